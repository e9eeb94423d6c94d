//! Networks in the forms that other programs read.
//!
//! In: a network, and blocs where there are any. Out: bytes. Never here: files, which are `output`'s.

mod csv;

pub use self::csv::{edges_csv, nodes_csv};
