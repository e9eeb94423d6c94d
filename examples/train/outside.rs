//! Vectors of words that were learned elsewhere, on far more text than the
//! treebanks hold. `scripts/vectors.py` makes the file.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

/// Fixed vectors. Row 0 is for words that have none.
pub struct Outside {
    /// The words, from row 1.
    pub words: Vec<String>,
    /// Width of a vector.
    pub width: usize,
    values: Vec<f32>,
    rows: HashMap<String, u32>,
}

impl Outside {
    /// Reads a line `COUNT WIDTH`, a line for each word, then the vectors as
    /// little-endian 32-bit numbers, of which the mean square is made 1.
    pub fn read(path: &str) -> Result<Outside, String> {
        let wrong = |e: &dyn std::fmt::Display| format!("{path}: {e}");
        let mut file = BufReader::new(std::fs::File::open(path).map_err(|e| wrong(&e))?);
        let mut line = || {
            let mut text = String::new();
            file.read_line(&mut text).map_err(|e| wrong(&e))?;
            Ok::<String, String>(text.trim_end().to_owned())
        };
        let head = line()?;
        let (count, width) = head.split_once(' ').ok_or_else(|| wrong(&"no count and width"))?;
        let count: usize = count.parse().map_err(|e| wrong(&e))?;
        let width: usize = width.parse().map_err(|e| wrong(&e))?;
        let words = (0..count).map(|_| line()).collect::<Result<Vec<_>, _>>()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|e| wrong(&e))?;
        let mut values = vec![0.0; width];
        values.extend(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
        if values.len() != (count + 1) * width {
            return Err(wrong(&"it is cut short"));
        }
        let square = values.iter().map(|v| f64::from(v * v)).sum::<f64>() / (count * width) as f64;
        let scale = (1.0 / square.sqrt()) as f32;
        values.iter_mut().for_each(|v| *v *= scale);
        let rows = words.iter().zip(1..).map(|(w, i)| (w.clone(), i)).collect();
        Ok(Outside { words, width, values, rows })
    }

    /// The row of a normalized spelling.
    pub fn find(&self, norm: &str) -> u32 {
        self.rows.get(norm).copied().unwrap_or(0)
    }

    /// The vector of a row.
    pub fn row(&self, row: u32) -> &[f32] {
        &self.values[row as usize * self.width..][..self.width]
    }

    /// Every row times `project`, a matrix of `wide` columns.
    pub fn projected(&self, project: &[f32], wide: usize) -> Vec<f32> {
        let n = self.words.len() + 1;
        let mut out = vec![0.0; n * wide];
        crate::mm::set(
            n,
            wide,
            self.width,
            crate::mm::n(&self.values, self.width),
            crate::mm::n(project, wide),
            &mut out,
            wide,
        );
        out
    }
}
