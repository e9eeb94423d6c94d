//! An order of rows in which neighbours are alike.
//!
//! In: rows of numbers. Out: a permutation. Never here: what rows stand for.
//!
//! The sum of the distances between neighbours is made small (the Hamiltonian path criterion of seriation: Hahsler,
//! Hornik and Buchta 2008, "Getting Things in Order", Journal of Statistical Software 25(3), section 2): nearest
//! neighbour first, then reversals of stretches as long as they shorten the path. Only `+ - * /` and square roots.

/// A row without its zeros.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Column and value; sorted by [`side_by_side`].
    pub values: Vec<(usize, f64)>,
    /// Of two rows alike, the one with more comes first.
    pub activity: f64,
}

/// What a step over all columns counts beside full disagreement, which is 2.
const SPREAD: f64 = 0.4;
/// Passes over all pairs of rows.
const PASSES: usize = 40;

/// Indices of the rows in order. With `spread`, the number of columns, rows whose values stand in neighbouring columns
/// are taken as somewhat alike, and the order begins at the left. O(n²) in the rows, with at most 40 passes.
pub fn side_by_side(rows: &mut [Row], spread: Option<usize>) -> Vec<usize> {
    for row in rows.iter_mut() {
        row.values.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    }
    let rows = &*rows;
    let middle: Vec<f64> = rows.iter().map(|row| spread.map_or(0.0, |columns| center(row) / columns as f64)).collect();
    let distance = |i: usize, j: usize| 1.0 - cosine(&rows[i], &rows[j]) + SPREAD * (middle[i] - middle[j]).abs();
    let n = rows.len();
    // Rows before others where nothing else decides.
    let mut rank: Vec<usize> = (0..n).collect();
    rank.sort_by(|&i, &j| {
        middle[i].total_cmp(&middle[j]).then(rows[j].activity.total_cmp(&rows[i].activity)).then(i.cmp(&j))
    });
    let table: Vec<f64> =
        rank.iter().flat_map(|&i| rank.iter().map(move |&j| (i, j))).map(|(i, j)| distance(i, j)).collect();
    let between = |i: usize, j: usize| table[i * n + j];

    let mut path: Vec<usize> = Vec::with_capacity(n);
    let mut left: Vec<usize> = (0..n).collect();
    while !left.is_empty() {
        let next = match path.last() {
            None => 0,
            Some(&last) => (0..left.len())
                .min_by(|&a, &b| between(last, left[a]).total_cmp(&between(last, left[b])).then(a.cmp(&b)))
                .unwrap_or(0),
        };
        path.push(left.remove(next));
    }
    shorten(&mut path, &between);
    if path.first() > path.last() {
        path.reverse();
    }
    path.into_iter().map(|i| rank[i]).collect()
}

/// Reverses stretches of the path as long as this shortens it.
fn shorten(path: &mut [usize], between: &dyn Fn(usize, usize) -> f64) {
    let n = path.len();
    for _ in 0..PASSES {
        let mut better = false;
        for i in 0..n {
            for j in i + 1..n {
                let mut change = 0.0;
                if i > 0 {
                    change += between(path[i - 1], path[j]) - between(path[i - 1], path[i]);
                }
                if j + 1 < n {
                    change += between(path[i], path[j + 1]) - between(path[j], path[j + 1]);
                }
                if change < -1e-9 {
                    path[i..=j].reverse();
                    better = true;
                }
            }
        }
        if !better {
            return;
        }
    }
}

/// Where a row's values stand on average; 0 without any.
fn center(row: &Row) -> f64 {
    let sum: f64 = row.values.iter().map(|v| v.0 as f64).sum();
    sum / row.values.len().max(1) as f64
}

/// From -1 for rows that are each other's opposite to 1 for like ones; 0 where they have nothing in common.
fn cosine(one: &Row, two: &Row) -> f64 {
    let (mut i, mut j, mut dot) = (0, 0, 0.0);
    while let (Some(a), Some(b)) = (one.values.get(i), two.values.get(j)) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                dot += a.1 * b.1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    let square = |row: &Row| row.values.iter().map(|v| v.1 * v.1).sum::<f64>();
    let norms = square(one) * square(two);
    if norms > 0.0 { dot / norms.sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(values: &[(usize, f64)]) -> Row {
        Row { values: values.to_vec(), activity: values.len() as f64 }
    }

    #[test]
    fn those_who_agree_stand_side_by_side() {
        let mut rows = [
            row(&[(0, 1.0), (1, -1.0)]),
            row(&[(2, 1.0), (3, 1.0)]),
            row(&[(0, 1.0), (1, -1.0)]),
            row(&[(2, 1.0), (3, 1.0)]),
            row(&[(0, -1.0), (1, 1.0)]),
        ];
        let order = side_by_side(&mut rows, Some(4));
        let at = |i: usize| order.iter().position(|&o| o == i).unwrap();
        assert_eq!((at(0).abs_diff(at(2)), at(1).abs_diff(at(3))), (1, 1), "{order:?}");
        assert!(at(0).abs_diff(at(4)) > 1, "opposites are not neighbours: {order:?}");
    }

    proptest! {
        #[test]
        fn the_order_is_a_permutation_and_the_same_for_shuffled_rows(
            values in prop::collection::vec(prop::collection::btree_map(0_usize..6, prop::sample::select(vec![-1.0, 1.0]), 0..5), 0..9)
        ) {
            let of = |values: &[std::collections::BTreeMap<usize, f64>]| -> Vec<Row> {
                values.iter().map(|v| row(&v.iter().map(|(&a, &b)| (a, b)).collect::<Vec<_>>())).collect()
            };
            let order = side_by_side(&mut of(&values), Some(6));
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..values.len()).collect::<Vec<_>>());
        }
    }
}
