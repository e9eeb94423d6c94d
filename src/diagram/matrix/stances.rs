//! What the cells of a matrix hold.
//!
//! In: a network. Out: for each actor and each matter (or each other actor) what the one says of the other. Never here:
//! which rows and columns are shown, and where.

use super::super::Matters;
use crate::network::{Network, Tie, units};
use crate::statement::Relation;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// What stands over the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// An actor whom stances are toward.
    Actor(NodeIndex),
    /// One of [`Network::matters`].
    Matter(usize),
}

/// What some statements say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// Support.
    Support,
    /// Opposition.
    Oppose,
    /// An invitation.
    Invite,
    /// An invitation that was not made.
    Withheld,
}

/// The statements of one kind in a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What they say.
    pub says: Says,
    /// How many count.
    pub statements: u32,
    /// How many of these are hedged.
    pub hedged: u32,
    /// The weight that it was given, in a network from an edge list, which has no statements.
    pub weight: Option<f64>,
    /// Indices into [`Network::statements`], best evidence first.
    pub evidence: Vec<usize>,
}

/// What the numbers in cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// Statements.
    #[default]
    Statements,
    /// Weights of an edge list, small whole numbers.
    Weights,
    /// None: the weights of the edge list are no counts.
    Hidden,
}

/// All that could be shown.
#[derive(Debug)]
pub struct Stances {
    /// Whether the columns are matters; else they are actors.
    pub on_matters: bool,
    /// What is counted.
    pub numbers: Numbers,
    /// The cells that are not empty, with their parts in the order of [`Says`].
    pub cells: BTreeMap<(NodeIndex, Column), Vec<Part>>,
}

impl Says {
    /// In the order of the legend.
    pub const ALL: [Self; 4] = [Self::Support, Self::Oppose, Self::Invite, Self::Withheld];

    fn of(relation: Relation) -> Self {
        match relation {
            Relation::Support => Self::Support,
            Relation::Oppose => Self::Oppose,
            Relation::Invite => Self::Invite,
        }
    }

    /// The relation, which has the colour.
    pub fn relation(self) -> Relation {
        match self {
            Self::Support => Relation::Support,
            Self::Oppose => Relation::Oppose,
            Self::Invite | Self::Withheld => Relation::Invite,
        }
    }

    /// The word for it in classes and data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Withheld => "withheld",
            other => other.relation().as_str(),
        }
    }

    /// What an actor does who says it.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Support => "supports",
            Self::Oppose => "opposes",
            Self::Invite => "invites",
            Self::Withheld => "does not invite",
        }
    }
}

impl Part {
    /// Whether nothing of it is said outright.
    pub fn is_hedged(&self) -> bool {
        self.hedged > 0 && self.hedged >= self.statements
    }
}

impl Stances {
    /// The stances on matters or those toward actors, as is wanted; of themselves those on matters where there are two
    /// or more on one matter. Where there are only others, the others.
    pub fn of(network: &Network, matters: Matters) -> Self {
        let on_matters = match matters {
            _ if network.matters.is_empty() => false,
            _ if network.graph.edge_count() == 0 => true,
            Matters::Auto => network.matters.iter().any(|m| m.stands.len() > 1),
            Matters::Show => true,
            Matters::Hide => false,
        };
        let numbers = match &network.imported {
            None => Numbers::Statements,
            Some(imported) if imported.unit == 1.0 => Numbers::Weights,
            Some(_) => Numbers::Hidden,
        };
        let mut cells: BTreeMap<(NodeIndex, Column), Vec<Part>> = BTreeMap::new();
        if on_matters {
            for (m, matter) in network.matters.iter().enumerate() {
                for stand in &matter.stands {
                    let says = Says::of(stand.relation);
                    let (statements, hedged, evidence) = (stand.statements, stand.hedged, stand.evidence.clone());
                    let part = Part { says, statements, hedged, weight: None, evidence };
                    cells.entry((stand.actor, Column::Matter(m))).or_default().push(part);
                }
            }
        } else {
            for edge in network.graph.edge_references() {
                let cell = cells.entry((edge.source(), Column::Actor(edge.target()))).or_default();
                cell.extend(match &network.imported {
                    None => parts(network, edge.weight()),
                    Some(imported) => {
                        let weight = imported.weights.get(edge.id().index()).copied();
                        let statements = if numbers == Numbers::Hidden { 1 } else { edge.weight().statements };
                        let says = Says::of(edge.weight().relation);
                        vec![Part { says, statements, hedged: 0, weight, evidence: Vec::new() }]
                    }
                });
            }
        }
        for parts in cells.values_mut() {
            parts.sort_by_key(|p| p.says);
        }
        Self { on_matters, numbers, cells }
    }
}

/// A tie as one part, or as two where some of its invitations were made and some withheld.
fn parts(network: &Network, tie: &Tie) -> Vec<Part> {
    let counted = units(&network.statements, &tie.evidence);
    let withheld = tie.withheld.min(tie.statements);
    [(Says::of(tie.relation), tie.statements - withheld, false), (Says::Withheld, withheld, true)]
        .into_iter()
        .filter(|&(_, statements, _)| statements > 0)
        .map(|(says, statements, not)| {
            let is_of = |&i: &usize| network.statements.get(i).is_none_or(|s| withheld == 0 || s.withheld == not);
            let evidence = tie.evidence.iter().copied().filter(is_of).collect();
            let hedged = match withheld {
                0 => tie.hedged,
                _ => counted.iter().filter(|u| u.withheld == not && u.hedged).count() as u32,
            };
            Part { says, statements, hedged, weight: None, evidence }
        })
        .collect()
}
