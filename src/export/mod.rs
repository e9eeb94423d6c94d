//! Networks in the forms that other programs read.
//!
//! In: a network, blocs and looks where there are any; or a matrix. Out: bytes. Never here: files, which are `output`'s;
//! choosing places and colours.
//!
//! `csv` are tables, by `profile`; `graph` are nodes and edges in one file; `dyads` are formats that hold one value for two
//! actors, so that each relation has a file; `matrix` is a table of cells. `docs/interchange.md` tells what each reader asks for.

mod csv;
mod dyads;
mod graph;
mod matrix;
mod profile;
mod records;

pub use self::csv::{edges_csv, edges_csv_by_window, nodes_csv};
pub use self::dyads::{DyadFormat, Dyads, partition};
pub use self::graph::{GraphFormat, graph_file, matrix_graph};
pub use self::matrix::{MatrixEdges, matrix_csv};
pub use self::profile::Profile;

use crate::Error;

/// How a node looks, for formats that keep it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The middle of its mark, y growing downward, in any unit; `None` where it has no place.
    pub at: Option<[f64; 2]>,
    /// The radius of its mark, in the same unit.
    pub radius: f64,
    /// Red, green and blue.
    pub colour: [u8; 3],
}

/// The colour of support (1), opposition (-1) and invitations (0), as in pictures on white.
fn colour_of(sign: i8) -> [u8; 3] {
    match sign {
        1 => [0x00, 0x84, 0x6B],
        -1 => [0xD1, 0x47, 0x1F],
        _ => [0x2F, 0x6F, 0xB5],
    }
}

/// The error for a text that a format has no way to write.
fn refused(what: &str, text: &str, has: char, format: &str) -> Error {
    let short: String = text.chars().take(60).collect();
    let message = format!(
        "the {what} {short:?} has the character U+{:04X}, which {format} cannot hold: take it out, or use --format json",
        u32::from(has)
    );
    Error::input(format.to_lowercase(), message)
}
