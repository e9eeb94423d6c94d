//! The best tree over the words of one sentence.
//!
//! In: a score for every (dependent, head) pair, head 0 being the root.
//! Out: one head for each word such that the arcs form a tree with exactly one
//! word under the root (Chu and Liu 1965, Edmonds 1967; the root word forced
//! by a penalty on arcs from it). Ties go to
//! the lower head. Quadratic for almost every sentence, never worse than cubic.

/// Heads of the words `1..=n`, given `scores[(d - 1) * (n + 1) + h]`.
/// Scores must be finite. For `n = 0` the answer is empty.
pub fn best_heads(scores: &[f32], n: usize) -> Vec<usize> {
    if n == 0 {
        return Vec::new();
    }
    let width = n + 1;
    let greedy: Vec<usize> = (1..=n)
        .map(|d| {
            let row = &scores[(d - 1) * width..d * width];
            let mut best = usize::from(d == 1 && n > 1) * 2;
            if n == 1 {
                best = 0;
            }
            for h in 0..width {
                if h != d && row[h] > row[best] {
                    best = h;
                }
            }
            best
        })
        .collect();
    if greedy.iter().filter(|&&h| h == 0).count() == 1 && find_cycle(&greedy).is_none() {
        return greedy;
    }
    // Punish the root arc so that it is used once, which makes the best
    // arborescence the best one among those with a single root word.
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    for &s in scores {
        low = low.min(s);
        high = high.max(s);
    }
    let penalty = f64::from(high - low) * (n as f64 + 1.0) + 1.0;
    let mut full = vec![f64::NEG_INFINITY; width * width];
    for d in 1..width {
        for h in 0..width {
            if h != d {
                let s = f64::from(scores[(d - 1) * width + h]);
                full[d * width + h] = if h == 0 { s - penalty } else { s };
            }
        }
    }
    edmonds(full, width)[1..].to_vec()
}

/// A cycle among the words, as a list of words, if there is one.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut mark = vec![0usize; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && mark[at] == 0 {
            mark[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && mark[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at - 1];
            while next != at {
                cycle.push(next);
                next = heads[next - 1];
            }
            return Some(cycle);
        }
    }
    None
}

/// The members of a contracted cycle: the arc into each within the cycle, and
/// the words that it stands for.
type Cycle = Vec<((usize, usize), Vec<usize>)>;

/// Maximum arborescence rooted in node 0 of a dense graph, contracting one
/// cycle at a time in place: node `c` of the cycle becomes its representative.
fn edmonds(mut score: Vec<f64>, width: usize) -> Vec<usize> {
    // `from[d * width + h]`: the original arc that the present arc stands for.
    let mut from: Vec<(usize, usize)> = (0..width * width).map(|i| (i / width, i % width)).collect();
    let mut alive = vec![true; width];
    let mut words: Vec<Vec<usize>> = (0..width).map(|w| vec![w]).collect();
    let mut contracted: Vec<Cycle> = Vec::new();
    loop {
        let mut best = vec![0usize; width];
        for d in (1..width).filter(|&d| alive[d]) {
            let mut top = f64::NEG_INFINITY;
            for h in (0..width).filter(|&h| h != d && alive[h]) {
                if score[d * width + h] > top {
                    top = score[d * width + h];
                    best[d] = h;
                }
            }
        }
        let Some(cycle) = find_cycle(&best[1..]) else {
            return expand(&best, &from, &alive, contracted, width);
        };
        let keep = cycle[0];
        let arcs: Vec<(usize, usize)> = cycle.iter().map(|&d| from[d * width + best[d]]).collect();
        let inner: Vec<f64> = cycle.iter().map(|&d| score[d * width + best[d]]).collect();
        for other in (0..width).filter(|&o| alive[o] && !cycle.contains(&o)) {
            let (mut out_top, mut out_arc) = (f64::NEG_INFINITY, (0, 0));
            let (mut in_top, mut in_arc) = (f64::NEG_INFINITY, (0, 0));
            for (&c, &own) in cycle.iter().zip(&inner) {
                let into = score[c * width + other] - own;
                if into > in_top {
                    (in_top, in_arc) = (into, from[c * width + other]);
                }
                let out = score[other * width + c];
                if out > out_top {
                    (out_top, out_arc) = (out, from[other * width + c]);
                }
            }
            score[keep * width + other] = in_top;
            from[keep * width + other] = in_arc;
            score[other * width + keep] = out_top;
            from[other * width + keep] = out_arc;
        }
        let members: Vec<Vec<usize>> = cycle.iter().map(|&c| std::mem::take(&mut words[c])).collect();
        words[keep] = members.concat();
        for &c in &cycle[1..] {
            alive[c] = false;
        }
        contracted.push(arcs.into_iter().zip(members).collect());
    }
}

fn expand(best: &[usize], from: &[(usize, usize)], alive: &[bool], contracted: Vec<Cycle>, width: usize) -> Vec<usize> {
    let mut heads = vec![usize::MAX; width];
    for d in (1..width).filter(|&d| alive[d]) {
        let (dependent, head) = from[d * width + best[d]];
        heads[dependent] = head;
    }
    for cycle in contracted.into_iter().rev() {
        // The arc that enters this cycle has fixed a word of one member; the
        // inner arcs of all other members stand.
        for ((dependent, head), members) in cycle {
            if members.iter().all(|&w| heads[w] == usize::MAX) {
                heads[dependent] = head;
            }
        }
    }
    heads[0] = 0;
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_tree(heads: &[usize]) -> bool {
        heads.iter().filter(|&&h| h == 0).count() == 1 && find_cycle(heads).is_none()
    }

    fn brute(scores: &[f32], n: usize) -> f64 {
        let mut best = f64::NEG_INFINITY;
        let total = (n + 1).pow(n as u32);
        for code in 0..total {
            let mut rest = code;
            let heads: Vec<usize> = (0..n)
                .map(|_| {
                    let h = rest % (n + 1);
                    rest /= n + 1;
                    h
                })
                .collect();
            if is_tree(&heads) {
                best = best.max(total_of(scores, &heads));
            }
        }
        best
    }

    fn total_of(scores: &[f32], heads: &[usize]) -> f64 {
        let width = heads.len() + 1;
        heads.iter().enumerate().map(|(d, &h)| f64::from(scores[d * width + h])).sum()
    }

    #[test]
    fn finds_what_trying_all_trees_finds() {
        let mut seed = 7u64;
        for round in 0..300 {
            let n = 1 + round % 5;
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    ((seed >> 40) as f32) / 1e6
                })
                .collect();
            let heads = best_heads(&scores, n);
            assert!(is_tree(&heads), "{heads:?}");
            assert!((total_of(&scores, &heads) - brute(&scores, n)).abs() < 1e-3);
        }
    }

    #[test]
    fn equal_scores_still_give_a_tree() {
        for n in [1, 2, 3, 50, 300] {
            assert!(is_tree(&best_heads(&vec![0.0; n * (n + 1)], n)));
        }
    }
}
