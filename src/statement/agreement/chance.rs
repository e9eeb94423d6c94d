//! Agreement of two coders beyond what chance would give.
//!
//! In: the values that units got, or how many got which value from the one and which from the other of two coders. Out:
//! the coefficients.
//! Never here: what the units are.

use std::collections::BTreeMap;

/// Units by the two values they got: the first coder's, the second's.
pub(super) type Values = BTreeMap<(String, String), u64>;

/// Krippendorff's alpha for nominal data, any number of coders, values missing: of each unit those that it got, at least
/// two. With n values in all, n_c of them c, and o_cc the sum over all units of n_uc (n_uc - 1) / (m_u - 1), where m_u
/// values are the unit's and n_uc of them c,
///
/// alpha = ((n - 1) sum o_cc - sum n_c (n_c - 1)) / (n (n - 1) - sum n_c (n_c - 1))
///
/// (K. Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C). 1 is full agreement, 0 what
/// chance gives. `None` where all values are the same or there are none: then nothing can be said.
pub(super) fn alpha_nominal(units: &[Vec<&str>]) -> Option<f64> {
    let mut of_value: BTreeMap<&str, f64> = BTreeMap::new();
    let (mut n, mut same) = (0.0, 0.0);
    for unit in units {
        let mut here: BTreeMap<&str, f64> = BTreeMap::new();
        unit.iter().for_each(|value| *here.entry(value).or_default() += 1.0);
        let m = unit.len() as f64;
        n += m;
        same += here.values().map(|c| c * (c - 1.0)).sum::<f64>() / (m - 1.0);
        here.into_iter().for_each(|(value, c)| *of_value.entry(value).or_default() += c);
    }
    let by_chance: f64 = of_value.values().map(|c| c * (c - 1.0)).sum();
    ratio((n - 1.0) * same - by_chance, n * (n - 1.0) - by_chance)
}

/// Krippendorff's alpha for numbers whose difference counts, by its square (the same paper, section D):
/// 1 - D_o / D_e, where D_o is the mean over all pairs of values within units, each unit with the weight 1 / (m_u - 1),
/// and D_e that over all pairs of values. Sums of squares stand for the pairs, so that time grows with the values alone.
pub(super) fn alpha_interval(units: &[Vec<f64>]) -> Option<f64> {
    let n = units.iter().map(Vec::len).sum::<usize>() as f64;
    let mean = units.iter().flatten().sum::<f64>() / n;
    // Twice the sum over unordered pairs of the squared differences.
    let pairs = |values: &[f64]| {
        let (sum, squares) = values.iter().map(|v| v - mean).fold((0.0, 0.0), |(s, q), v| (s + v, q + v * v));
        2.0 * (values.len() as f64 * squares - sum * sum)
    };
    let all: Vec<f64> = units.iter().flatten().copied().collect();
    let seen: f64 = units.iter().map(|unit| pairs(unit) / (unit.len() as f64 - 1.0)).sum();
    let by_chance = pairs(&all);
    ratio(by_chance - (n - 1.0) * seen, by_chance)
}

/// Krippendorff's alpha for numbers of which only the order counts: two values differ by the square of how many values lie
/// between them, half of either's own counted. That is the difference of their mean ranks, so ranks are taken for interval
/// data.
pub(super) fn alpha_ordinal(units: &[Vec<f64>]) -> Option<f64> {
    let mut all: Vec<f64> = units.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let rank = |value: &f64| {
        let (below, up_to) = (all.partition_point(|v| v < value), all.partition_point(|v| v <= value));
        (below + up_to) as f64 / 2.0
    };
    alpha_interval(&units.iter().map(|unit| unit.iter().map(rank).collect()).collect::<Vec<_>>())
}

/// Cohen's kappa, (p - e) / (1 - e), with p the share of units with the same value and e the share to be expected if
/// each coder gave its values at random in the numbers in which it gave them (J. Cohen 1960, "A Coefficient of Agreement
/// for Nominal Scales"). `None` where e is 1 or there are no units.
pub(super) fn kappa(values: &Values) -> Option<f64> {
    let mut of_value: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let (mut n, mut same) = (0.0, 0.0);
    for ((a, b), units) in values {
        let units = *units as f64;
        of_value.entry(a).or_default().0 += units;
        of_value.entry(b).or_default().1 += units;
        n += units;
        if a == b {
            same += units;
        }
    }
    let by_chance: f64 = of_value.values().map(|(a, b)| a * b).sum();
    ratio(n * same - by_chance, n * n - by_chance)
}

/// A share, where there is a whole.
pub(super) fn ratio(part: f64, whole: f64) -> Option<f64> {
    if whole > 0.0 { Some(part / whole) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(a: &str, b: &str) -> Values {
        let mut values = Values::new();
        for (a, b) in a.chars().zip(b.chars()) {
            *values.entry((a.into(), b.into())).or_default() += 1;
        }
        values
    }

    fn alpha(a: &str, b: &str) -> Option<f64> {
        alpha_nominal(
            &a.split("").zip(b.split("")).filter(|(a, _)| !a.is_empty()).map(|(a, b)| vec![a, b]).collect::<Vec<_>>(),
        )
    }

    fn thousandths(value: Option<f64>) -> f64 {
        (value.unwrap() * 1000.0).round()
    }

    #[test]
    fn alpha_is_that_of_the_papers_examples() {
        assert_eq!(thousandths(alpha("0100000010", "1110010000")), 95.0, "A: two coders, two values");
        assert_eq!(thousandths(alpha("aabbdcccedda", "babbbccceddd")), 692.0, "B: two coders, nominal");
    }

    #[test]
    fn alpha_of_many_coders_with_gaps_is_that_of_the_papers_example() {
        let coders = ["123321412...", "12332241 25.3", ".33323422 51.", "12332441251."].map(|c| c.replace(' ', ""));
        let unit = |u: usize| coders.iter().map(move |c| &c[u..=u]).filter(|v| *v != ".").collect::<Vec<_>>();
        let units: Vec<Vec<&str>> = (0..12).map(unit).filter(|values| values.len() > 1).collect();
        let numbers: Vec<Vec<f64>> = units.iter().map(|u| u.iter().map(|v| v.parse().unwrap()).collect()).collect();
        assert_eq!(thousandths(alpha_nominal(&units)), 743.0);
        assert_eq!(thousandths(alpha_ordinal(&numbers)), 815.0);
        assert_eq!(thousandths(alpha_interval(&numbers)), 849.0);
    }

    #[test]
    fn kappa_is_that_of_a_table_reckoned_by_hand() {
        // 50 units: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no; p = .7, e = .5 * .6 + .5 * .4 = .5.
        let mut table = Values::new();
        for (a, b, units) in [("y", "y", 20), ("y", "n", 5), ("n", "y", 10), ("n", "n", 15)] {
            table.insert((a.into(), b.into()), units);
        }
        assert_eq!((kappa(&table).unwrap() * 1e9).round(), 4e8);
    }

    #[test]
    fn without_variation_nothing_is_said() {
        for same in ["", "aaa"] {
            assert_eq!((alpha(same, same), kappa(&values(same, same))), (None, None));
        }
        assert_eq!((alpha("ab", "ab"), kappa(&values("ab", "ab"))), (Some(1.0), Some(1.0)));
        for numbers in [vec![], vec![vec![0.1, 0.1], vec![0.1, 0.1]]] {
            assert_eq!((alpha_interval(&numbers), alpha_ordinal(&numbers)), (None, None));
        }
        assert_eq!(alpha_interval(&[vec![1.5, 1.5], vec![2.0, 2.0]]), Some(1.0));
    }
}
