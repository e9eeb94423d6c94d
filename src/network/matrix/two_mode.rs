//! Actors by matters.
//!
//! In: counts. Out: cells by row. Never here: pairs of actors.

use super::counts::Counts;
use super::{Normalize, Sides};

/// The cells of each row that are not 0.
pub(super) fn cells(counts: &Counts, sides: Sides, normalize: Normalize) -> Vec<Vec<(u32, f64)>> {
    let mut activity = vec![0.0; counts.rows.len()];
    let mut prominence = vec![0.0; counts.columns.len()];
    for cell in &counts.cells {
        activity[cell.row as usize] += f64::from(cell.count);
        prominence[cell.column as usize] += f64::from(cell.count);
    }
    let mut cells: Vec<Vec<(u32, f64)>> = vec![Vec::new(); counts.rows.len()];
    for cell in &counts.cells {
        let count = f64::from(cell.count);
        let level = counts.sides.get(cell.side as usize).copied().unwrap_or_default();
        // Opposition is 0 among the sides and -1 among the signs.
        let sign = if counts.scale { f64::from(level) } else { f64::from(2 * level - 1) };
        let value = match sides {
            Sides::Ignore => count,
            Sides::Subtract => sign * count,
            // 1 for the highest side, 2 for the next, 4, 8 ...
            Sides::Combine => (1u64 << (counts.sides.len() - 1 - cell.side as usize)) as f64,
        };
        let row = &mut cells[cell.row as usize];
        match row.last_mut() {
            Some((column, sum)) if *column == cell.column => *sum += value,
            _ => row.push((cell.column, value)),
        }
    }
    for (row, activity) in cells.iter_mut().zip(activity) {
        row.retain(|(_, value)| *value != 0.0);
        for (column, value) in row {
            *value /= match normalize {
                Normalize::Activity => activity,
                Normalize::Prominence => prominence[*column as usize],
                _ => 1.0,
            };
        }
    }
    cells
}
