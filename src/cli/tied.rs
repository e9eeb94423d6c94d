//! The network that `edges` writes: of statements, or of the edge list that the input is.

use super::edge_lists::{edge_list, none_for};
use super::inputs::load;
use super::options::{InputArgs, NetworkArgs, SeedArg};
use super::ties::{TiesArg, TiesArgs};
use crate::clusters::{Blocs, blocs_alone};
use crate::lexicon::Lexicon;
use crate::network::{CombinedWeights, Network};
use crate::statement::Statement;
use crate::{Error, Result};

/// A network and what it was made of.
pub struct Tied {
    /// None of an edge list.
    pub statements: Vec<Statement>,
    /// All of it.
    pub whole: Network,
    /// The blocs that an edge list came with, or that were found in it.
    listed: Option<Blocs>,
}

impl Tied {
    /// Reads the input.
    ///
    /// # Errors
    /// Inputs that cannot be read; options that do not go with an edge list.
    pub fn read(
        input: &InputArgs,
        network: &NetworkArgs,
        ties: &TiesArgs,
        seed: SeedArg,
        lexicon: &Lexicon,
    ) -> Result<Self> {
        let Some(listed) = edge_list(input, true)? else {
            let mut material = load(input, network, lexicon)?;
            if ties.window.is_some() {
                material.each("--window")?;
            }
            let whole = network.network(&mut material, lexicon)?;
            return Ok(Self { statements: material.statements, whole, listed: None });
        };
        none_for(&listed.file, input, network)?;
        if ties.ties != TiesArg::Direct || ties.window.is_some() {
            let message = format!(
                "{} is an edge list, whose ties are there and have no dates: leave out --ties and --window",
                listed.file
            );
            return Err(Error::Usage(message));
        }
        let blocs = listed.blocs(seed.seed).0;
        Ok(Self { statements: Vec::new(), whole: listed.network(lexicon), listed: Some(blocs) })
    }

    /// The blocs of the whole network.
    pub fn blocs(&self, seed: SeedArg) -> Blocs {
        let found = || blocs_alone(&self.whole, &CombinedWeights::default(), &seed.blocs());
        self.listed.clone().unwrap_or_else(found)
    }
}
