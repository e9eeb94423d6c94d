//! How sentences of unlike length lie in one matrix without padding: rows
//! sorted by position, then by sentence, the longest sentence first.

/// The places of a batch of sentences.
pub struct Pack {
    /// Lengths with the root, longest first.
    pub lens: Vec<usize>,
    /// How many sentences have position `t`.
    pub counts: Vec<usize>,
    /// First row of position `t`.
    pub starts: Vec<usize>,
    /// Number of rows.
    pub rows: usize,
}

impl Pack {
    /// `lens` must not increase.
    pub fn new(lens: Vec<usize>) -> Pack {
        let longest = lens.first().copied().unwrap_or(0);
        let counts: Vec<usize> = (0..longest).map(|t| lens.iter().take_while(|&&l| l > t).count()).collect();
        let mut rows = 0;
        let starts = counts
            .iter()
            .map(|c| {
                rows += c;
                rows - c
            })
            .collect();
        Pack { lens, counts, starts, rows }
    }

    /// The row of position `t` of sentence `b`.
    pub fn row(&self, b: usize, t: usize) -> usize {
        self.starts[t] + b
    }

    /// For each row in sentence order, its row in packed order.
    pub fn order(&self) -> Vec<usize> {
        let mut out = Vec::with_capacity(self.rows);
        for (b, &len) in self.lens.iter().enumerate() {
            out.extend((0..len).map(|t| self.row(b, t)));
        }
        out
    }
}
