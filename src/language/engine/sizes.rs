//! The widths of the network, read from the model file.

/// Every width that the parts of the network agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Rows of the word table: unknown, root, then the known words.
    pub words: usize,
    /// Width of a word vector.
    pub word: usize,
    /// Width of a spelling vector.
    pub gram: usize,
    /// Rows of the table of words met outside the treebanks: none, then the words.
    pub wides: usize,
    /// Width of such a vector.
    pub wide: usize,
    /// Number of LSTM layers.
    pub layers: usize,
    /// Cells of one direction of one layer.
    pub cells: usize,
    /// Width of the two arc vectors.
    pub arc: usize,
    /// Width of the two label vectors.
    pub label: usize,
    /// Width of the tag vector.
    pub tag: usize,
    /// Number of tags (universal and Penn joined).
    pub tags: usize,
    /// Number of relation labels.
    pub labels: usize,
}

impl Sizes {
    /// Width of the network's input.
    pub fn input(&self) -> usize {
        self.word + self.gram + self.wide
    }

    /// Width of what a layer gives on.
    pub fn both(&self) -> usize {
        2 * self.cells
    }

    /// Width of the arc, label and tag vectors side by side.
    pub fn mixed(&self) -> usize {
        2 * self.arc + 2 * self.label + self.tag
    }

    /// Width of the input of a layer.
    pub fn layer_input(&self, layer: usize) -> usize {
        if layer == 0 { self.input() } else { self.both() }
    }
}
