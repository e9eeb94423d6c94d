//! Blocs: which actors stand together.
//!
//! In: a signed undirected graph. Out: a [`Blocs`]. Never here: text, drawing, files.

/// A partition of the network's actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocs {
    /// Bloc of each node, by node index; blocs are numbered from 0, largest first, ties by their first actor's name.
    pub of: Vec<usize>,
    /// Share of resamplings (bootstrap over documents) in which the actor stays with its bloc; 0..1, by node index.
    pub stability: Vec<f64>,
    /// Negative weight inside blocs plus positive weight between them (Doreian & Mrvar 2009); 0 is perfect balance.
    pub cost: f64,
}
