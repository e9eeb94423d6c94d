//! From a network to what will be seen: marks, lines and blocs.
//!
//! In: a network, its blocs, the sizes of the page. Out: a [`Picture`], which knows every mark's name, shape and
//! label and every line's look, and what stands behind each. Never here: places on the page, SVG.

use super::highlight::highlight;
use super::matters;
use super::names::{name_blocs, named, ways};
use super::style::Sizes;
use super::text::{Weight, width};
use super::{DiagramOptions, Matters};
use crate::Result;
use crate::clusters::Blocs;
use crate::layout::geometry::Point;
use crate::layout::{self, Effort, Graph, Node};
use crate::network::Network;
use crate::statement::{Kind, Relation};
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

/// At most so many actors are drawn, the most active: more would be ink without shape on any page.
pub const MOST_ACTORS: usize = 20_000;
/// Height of a line of a label, in font sizes.
pub const LEADING: f64 = 1.2;

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An actor of the network.
    Actor(NodeIndex),
    /// One of [`Network::matters`].
    Matter(usize),
    /// A whole bloc, by its number in [`Blocs`].
    Bloc(usize),
}

/// The outline of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Countries.
    Circle,
    /// Institutions.
    Square,
    /// Persons.
    Diamond,
    /// Matters.
    Dot,
}

/// A mark with its label.
#[derive(Debug, Clone)]
pub struct Mark {
    /// What it stands for.
    pub what: What,
    /// The actor's or the matter's name in the network.
    pub id: String,
    /// Its outline.
    pub shape: Shape,
    /// The radius of a circle of the same area.
    pub radius: f64,
    /// What it is called here, in full.
    pub name: String,
    /// Ways of setting the label, each a list of lines.
    pub labels: Vec<Vec<String>>,
    /// The bloc, if it has two members or more.
    pub bloc: Option<usize>,
    /// Ties and statements, to rank by.
    pub importance: f64,
    /// One of many, with a label that is not bold.
    pub light: bool,
    /// Neither highlighted nor tied to anybody who is, where somebody is.
    pub faded: bool,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// A tie.
    Tie(EdgeIndex),
    /// A stance on a matter: which matter, which of its stands.
    Stand(usize, usize),
    /// The matter is that actor's.
    Owner(usize),
    /// So many ties between the actors of two blocs.
    Ties(usize),
}

/// A line between two marks.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Index of the mark it starts from.
    pub from: usize,
    /// Index of the mark it ends at.
    pub to: usize,
    /// `None` for a line that only says whose matter it is.
    pub relation: Option<Relation>,
    /// It stands for ties of this relation in both directions.
    pub mutual: bool,
    /// All of its statements are hedged.
    pub hedged: bool,
    /// It stands for invitations that were not made.
    pub withheld: bool,
    /// How many statements it stands for; of an edge list, its weight in [`Picture::unit`]s.
    pub statements: u32,
    /// The same, or the weight that it was given.
    pub weight: f64,
    /// At an end of it is nobody who is highlighted, where somebody is.
    pub faded: bool,
    /// What it stands for.
    pub behind: Behind,
}

/// Actors found to stand together, two or more.
#[derive(Debug, Clone)]
pub struct Bloc {
    /// Number in [`Blocs`].
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Its marks, the most important first.
    pub members: Vec<usize>,
}

/// A bloc that is drawn as one mark.
#[derive(Debug, Clone)]
pub struct Group {
    /// Number in [`Blocs`].
    pub number: usize,
    /// How many actors it has.
    pub members: usize,
    /// The most important of them.
    pub top: Vec<String>,
    /// Ties between its members: invitations, support, opposition.
    pub inside: [usize; 3],
}

/// All that is drawn.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Actors first, then matters.
    pub marks: Vec<Mark>,
    /// Lines to draw.
    pub lines: Vec<Line>,
    /// Ties that a matter's hub stands for; they are not drawn but still keep apart or draw together.
    pub hidden: Vec<Line>,
    /// Blocs of two actors or more, by number.
    pub blocs: Vec<Bloc>,
    /// Whether any blocs were given.
    pub sorted: bool,
    /// Whether it is known what the actors are.
    pub kinds: bool,
    /// What one counts for in [`Line::statements`]: 1, or a weight of an edge list.
    pub unit: f64,
    /// Whether ties were counted from statements; otherwise they weigh what their edge list says.
    pub counted: bool,
    /// Where blocs are drawn and not their actors: one a mark.
    pub groups: Vec<Group>,
    /// Sizes of everything.
    pub sizes: Sizes,
}

impl Shape {
    /// The shape for a kind.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Country => Self::Circle,
            Kind::Institution => Self::Square,
            Kind::Person => Self::Diamond,
            Kind::Matter => Self::Dot,
        }
    }

    /// Half the width (and height) of the shape with this radius.
    pub fn half(self, radius: f64) -> f64 {
        match self {
            Self::Circle | Self::Dot => radius,
            Self::Square => 0.9 * radius,
            Self::Diamond => 1.25 * radius,
        }
    }

    /// Whether a step from the middle stays within the shape grown by `gap`.
    pub fn holds(self, radius: f64, gap: f64, step: Point) -> bool {
        match self {
            Self::Circle | Self::Dot => step.norm() < radius + gap,
            Self::Square => step.x.abs().max(step.y.abs()) < self.half(radius) + gap,
            Self::Diamond => step.x.abs() + step.y.abs() < self.half(radius) + gap * 1.4,
        }
    }
}

impl Mark {
    /// Whether somebody who says `name` means this mark.
    pub fn is_called(&self, name: &str) -> bool {
        is_called(&self.name, name) || is_called(&self.id, name)
    }

    /// How its label is set. Among many, bold would be too heavy.
    pub fn weight(&self) -> Weight {
        match self.shape {
            Shape::Circle | Shape::Square if self.light => Weight::Regular,
            Shape::Circle | Shape::Square => Weight::Bold,
            Shape::Diamond => Weight::Regular,
            Shape::Dot => Weight::Italic,
        }
    }
}

impl Picture {
    /// What is seen of a network within `width` by `height`.
    ///
    /// # Errors
    /// Somebody is to be highlighted who is not in the network.
    pub fn new(
        network: &Network,
        blocs: Option<&Blocs>,
        options: &DiagramOptions,
        width: f64,
        height: f64,
    ) -> Result<Self> {
        Self::in_detail(network, blocs, options, (width, height), 1.0)
    }

    /// As [`Picture::new`], with all smaller than usual by `detail`.
    ///
    /// # Errors
    /// Those of [`Picture::new`].
    pub fn in_detail(
        network: &Network,
        blocs: Option<&Blocs>,
        options: &DiagramOptions,
        (width, height): (f64, f64),
        detail: f64,
    ) -> Result<Self> {
        let actors = most_active(network);
        let shown = if actors.len() > layout::SMALL && options.matters == Matters::Auto {
            Vec::new()
        } else {
            matters::shown(network, options.matters)
        };
        let sizes = Sizes::in_detail((width, height), detail, actors.len() + shown.len(), network.graph.edge_count());
        let mut mark_of = vec![None; network.graph.node_count()];
        for (i, &node) in actors.iter().enumerate() {
            mark_of[node.index()] = Some(i);
        }
        let most = actors.iter().map(|&a| network.graph[a].statements).max().unwrap_or(1).max(1);
        let mut marks: Vec<Mark> = actors.iter().map(|&a| actor(network, a, most, &sizes, options)).collect();
        let mut lines = Vec::new();
        let mut hidden = Vec::new();
        for edge in network.graph.edge_references() {
            let (Some(from), Some(to)) = (mark_of[edge.source().index()], mark_of[edge.target().index()]) else {
                continue;
            };
            let into = if matters::replaces(network, edge.weight(), &shown) { &mut hidden } else { &mut lines };
            tie_lines(network, edge.id(), from, to, into);
        }
        for &m in &shown {
            let hub = marks.len();
            marks.push(matter(network, m, &sizes));
            let matter = &network.matters[m];
            for (s, stand) in matter.stands.iter().enumerate() {
                if let Some(from) = mark_of[stand.actor.index()] {
                    lines.push(Line {
                        from,
                        to: hub,
                        relation: Some(stand.relation),
                        mutual: false,
                        hedged: stand.hedged >= stand.statements && stand.hedged > 0,
                        withheld: false,
                        statements: stand.statements,
                        weight: f64::from(stand.statements),
                        faded: false,
                        behind: Behind::Stand(m, s),
                    });
                }
            }
            for owner in matters::owners(network, m, &shown) {
                if let Some(to) = mark_of[owner.index()] {
                    let line = Line {
                        from: hub,
                        to,
                        relation: None,
                        mutual: false,
                        hedged: false,
                        withheld: false,
                        statements: 1,
                        weight: 1.0,
                        faded: false,
                        behind: Behind::Owner(m),
                    };
                    lines.push(line);
                }
            }
        }
        let blocs_found = name_blocs(network, &mut marks, blocs, options);
        let mut picture = Self {
            marks,
            lines,
            hidden,
            blocs: blocs_found,
            sorted: blocs.is_some(),
            kinds: options.kinds,
            unit: network.imported.as_ref().map_or(1.0, |i| i.unit),
            counted: network.imported.is_none(),
            groups: Vec::new(),
            sizes,
        };
        highlight(&mut picture, &options.highlight)?;
        Ok(picture)
    }

    /// What the layout has to place.
    pub fn graph(&self, width: f64, height: f64, seed: u64, effort: Effort) -> Graph {
        let nodes = self.marks.iter().map(|mark| {
            let half = mark.shape.half(mark.radius) + self.sizes.gap;
            Node {
                half: Point::new(half, half),
                labels: mark.labels.iter().map(|lines| self.label_box(mark, lines)).collect(),
                bloc: mark.bloc,
                importance: mark.importance,
                hub: mark.shape == Shape::Dot,
                at: None,
            }
        });
        let tie = |line: &Line, drawn: bool| layout::Tie {
            a: line.from,
            b: line.to,
            sign: line.relation.map_or(0, |r| if line.withheld { 0 } else { r.sign() }),
            weight: f64::from(line.statements),
            drawn,
        };
        let ties = self.lines.iter().map(|l| tie(l, true)).chain(self.hidden.iter().map(|l| tie(l, false)));
        Graph { nodes: nodes.collect(), ties: ties.collect(), width, height, seed, effort }
    }

    /// How many lines of a bloc's label are its name: those before its size.
    pub fn name_lines(&self, mark: usize, variant: usize) -> usize {
        let lines = self.marks[mark].labels.get(variant).map_or(&[][..], Vec::as_slice);
        let size = self.groups.get(mark).map(|g| super::words::count(g.members, "actor"));
        lines.iter().position(|line| Some(line) == size.as_ref()).unwrap_or(lines.len())
    }

    /// Width and height of a label.
    fn label_box(&self, mark: &Mark, lines: &[String]) -> Point {
        let wide = lines.iter().map(|l| width(l, self.sizes.label, mark.weight())).fold(0.0, f64::max);
        Point::new(wide + 0.2 * self.sizes.label, lines.len() as f64 * LEADING * self.sizes.label)
    }
}

/// Whether somebody who says `name` means the one with this name: letter case and space around it say nothing.
pub fn is_called(own: &str, name: &str) -> bool {
    own.to_lowercase() == name.trim().to_lowercase()
}

/// The actors to draw, in the network's order.
fn most_active(network: &Network) -> Vec<NodeIndex> {
    let mut actors: Vec<NodeIndex> = network.graph.node_indices().collect();
    if actors.len() > MOST_ACTORS {
        actors.sort_by_cached_key(|&a| (std::cmp::Reverse((network.graph[a].statements, network.degree(a))), a));
        actors.truncate(MOST_ACTORS);
        actors.sort_unstable();
    }
    actors
}

fn actor(network: &Network, node: NodeIndex, most: u32, sizes: &Sizes, options: &DiagramOptions) -> Mark {
    let actor = &network.graph[node];
    let share = (f64::from(actor.statements) / f64::from(most)).sqrt().min(1.0);
    let mut mark = Mark {
        what: What::Actor(node),
        id: actor.name.clone(),
        shape: if options.kinds { Shape::of(actor.kind) } else { Shape::Circle },
        radius: sizes.radius * (0.78 + 0.62 * share),
        name: named(options.labels.get(&actor.name).unwrap_or(&actor.name), "(no name)"),
        labels: Vec::new(),
        bloc: None,
        importance: network.prominence(node) as f64,
        light: network.graph.node_count() > layout::SMALL,
        faded: false,
    };
    mark.labels = ways(&mark.name, sizes, mark.weight(), 10.5);
    mark
}

fn matter(network: &Network, index: usize, sizes: &Sizes) -> Mark {
    let matter = &network.matters[index];
    let mut mark = Mark {
        what: What::Matter(index),
        id: matter.name.clone(),
        shape: Shape::Dot,
        radius: 0.7 * sizes.radius,
        name: named(&matter.name, "(a matter)"),
        labels: Vec::new(),
        bloc: None,
        importance: matter.stands.len() as f64,
        light: false,
        faded: false,
    };
    mark.labels = ways(&mark.name, sizes, Weight::Italic, 12.0);
    mark
}

/// A tie as one line, or as two where some of its invitations were made and some withheld.
fn tie_lines(network: &Network, edge: EdgeIndex, from: usize, to: usize, into: &mut Vec<Line>) {
    let tie = &network.graph[edge];
    let withheld = tie.withheld.min(tie.statements);
    for (count, withheld) in [(tie.statements - withheld, false), (withheld, true)] {
        if count > 0 {
            into.push(Line {
                from,
                to,
                relation: Some(tie.relation),
                mutual: false,
                hedged: tie.hedged >= tie.statements,
                withheld,
                statements: count,
                weight: network.imported.as_ref().map_or(f64::from(count), |i| i.weights[edge.index()]),
                faded: false,
                behind: Behind::Tie(edge),
            });
        }
    }
}
