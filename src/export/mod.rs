//! Networks in the forms that other programs read.
//!
//! In: a network, and blocs where there are any; or a matrix. Out: bytes. Never here: files, which are `output`'s.

mod csv;
mod graph;
mod matrix;

pub use self::csv::{edges_csv, edges_csv_by_window, nodes_csv};
pub use self::graph::{GraphFormat, graph_file};
pub use self::matrix::{MatrixEdges, matrix_csv};
