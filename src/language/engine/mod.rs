//! English text to sentences, tokens, tags, lemmas and dependency trees.
//!
//! In: text. Out: sentences of tokens by [`Model::parse`]. What happens on the
//! way, one module each:
//!
//! 1. [`split`]: paragraphs by layout, then tokens and sentences by a
//!    perceptron over characters, with guards for addresses and clitics;
//! 2. [`headline`]: title case and capitals are undone for the network;
//! 3. [`features`]: a word as a row of a table and a bag of spellings;
//! 4. [`network`]: two bidirectional LSTM layers, scores for tags, heads and
//!    labels, all products in 8-bit integers ([`matrix`], [`kernel`]);
//! 5. [`tree`]: the best tree with one root;
//! 6. [`lemma`]: lemmas by rule and exception.
//!
//! What never happens here: reading or writing files, calling a mathematical
//! library, sums whose order depends on the machine, threads, panics on any
//! text. The weights are a file of their own, `model/english.bin`; the model
//! card is `docs/model.md`, the trainer `examples/train/`.
pub(crate) mod boost;
pub mod conllu;
pub mod features;
pub mod file;
pub mod headline;
pub mod inventory;
pub mod kernel;
pub mod lemma;
pub mod lstm;
pub mod matrix;
pub mod model;
pub mod network;
pub mod numeric;
pub mod pack;
pub mod sizes;
pub mod split;
pub mod token;
pub mod tree;
pub mod upos;
#[cfg(target_arch = "x86_64")]
pub mod vector;
pub mod words;

pub use model::Model;
pub use token::{Sentence, Token};
pub use upos::Upos;
