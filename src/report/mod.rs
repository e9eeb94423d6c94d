//! The cluster report: who stands with whom, against whom, on what evidence, in words that can be quoted.
//!
//! In: a network, its blocs, its balance. Out: Markdown or JSON as text. Never here: files, new computations on the
//! network beyond counting and choosing what to say.

mod accounts;
mod between;
mod certainty;
mod chance;
mod escape;
mod explorer;
mod findings;
mod graph;
mod html;
mod lines;
mod markdown;
mod method;
mod opening;
mod sections;
mod sentences;
mod standing;
mod table;
#[cfg(test)]
mod tests;
mod time;
mod words;

pub use explorer::{ExplorerInput, explorer_html};
pub use graph::{GraphInput, graph_json, graph_markdown};
pub use html::report_html;
pub use table::clusters_csv;

use crate::balance::Balance;
use crate::clusters::Clustering;
use crate::network::{Network, NetworkOptions, Window};

/// What the report tells about.
#[derive(Debug, Clone, Copy)]
pub struct ReportInput<'a> {
    /// Documents that were read, with or without statements.
    pub documents: usize,
    /// The network.
    pub network: &'a Network,
    /// How it was made.
    pub options: &'a NetworkOptions,
    /// Its blocs.
    pub clustering: &'a Clustering,
    /// Its balance, of the same graph.
    pub balance: &'a Balance,
    /// The same in time windows; none where no windows were asked for.
    pub windows: &'a [WindowInput],
}

/// The network of one time window, and its blocs.
#[derive(Debug, Clone)]
pub struct WindowInput {
    /// The window.
    pub window: Window,
    /// The network of its statements.
    pub network: Network,
    /// Bloc of each node of that network.
    pub of: Vec<usize>,
    /// What these blocs cost, see [`Blocs::cost`](crate::clusters::Blocs::cost).
    pub cost: f64,
}

/// The report as CommonMark with tables. Text of documents is escaped; the same input gives the same bytes.
pub fn clusters_markdown(input: &ReportInput<'_>) -> String {
    markdown::write(input, &findings::find(input))
}

/// All that the report knows, also what the Markdown leaves out for brevity, as indented JSON that ends with a newline.
pub fn clusters_json(input: &ReportInput<'_>) -> String {
    // Writing plain structs of text and numbers cannot fail; numbers that JSON lacks become null.
    let mut json = serde_json::to_string_pretty(&findings::find(input)).unwrap_or_default();
    json.push('\n');
    json
}
