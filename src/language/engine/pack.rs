//! How sentences of unlike length lie in one matrix without padding: rows
//! sorted by position, then by sentence, the longest sentence first.

/// The places of a batch of sentences.
#[derive(Debug)]
pub struct Pack {
    /// How many sentences have position `t`.
    pub counts: Vec<usize>,
    /// First row of position `t`.
    pub starts: Vec<usize>,
    /// Number of rows.
    pub rows: usize,
}

impl Pack {
    /// Places for sentences of these lengths, which must not increase.
    pub fn new(lens: &[usize]) -> Pack {
        let longest = lens.first().copied().unwrap_or(0);
        let mut counts = Vec::with_capacity(longest);
        let mut alive = lens.len();
        for t in 0..longest {
            while alive > 0 && lens[alive - 1] <= t {
                alive -= 1;
            }
            counts.push(alive);
        }
        let mut rows = 0;
        let starts = counts
            .iter()
            .map(|c| {
                rows += c;
                rows - c
            })
            .collect();
        Pack { counts, starts, rows }
    }

    /// The row of position `t` of sentence `b`.
    pub fn row(&self, b: usize, t: usize) -> usize {
        self.starts[t] + b
    }
}
