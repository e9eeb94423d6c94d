//! Agreement of two coders beyond what chance would give.
//!
//! In: how many units got which value from the one and which from the other coder. Out: the coefficients.
//! Never here: what the units are.

use std::collections::BTreeMap;

/// Units by the two values they got: the first coder's, the second's.
pub(super) type Values = BTreeMap<(String, String), u64>;

/// Krippendorff's alpha for nominal data, two coders, no value missing: with n = 2 x units values, n_c of them c and
/// o_cc = 2 x the units in which both coders gave c,
///
/// alpha = ((n - 1) sum o_cc - sum n_c (n_c - 1)) / (n (n - 1) - sum n_c (n_c - 1))
///
/// (K. Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section B). 1 is full agreement, 0 what
/// chance gives. `None` where all values are the same or there are none: then nothing can be said.
pub(super) fn alpha(values: &Values) -> Option<f64> {
    let mut of_value: BTreeMap<&str, f64> = BTreeMap::new();
    let (mut n, mut same) = (0.0, 0.0);
    for ((a, b), units) in values {
        let units = *units as f64;
        *of_value.entry(a).or_default() += units;
        *of_value.entry(b).or_default() += units;
        n += 2.0 * units;
        if a == b {
            same += 2.0 * units;
        }
    }
    let by_chance: f64 = of_value.values().map(|c| c * (c - 1.0)).sum();
    ratio((n - 1.0) * same - by_chance, n * (n - 1.0) - by_chance)
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

    #[test]
    fn alpha_is_that_of_the_papers_examples() {
        let binary = alpha(&values("0100000010", "1110010000")).unwrap();
        assert_eq!((binary * 1000.0).round(), 95.0);
        let nominal = alpha(&values("aabbdcccedda", "babbbccceddd"));
        assert_eq!((nominal.unwrap() * 1000.0).round(), 692.0);
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
        for table in [values("", ""), values("aaa", "aaa")] {
            assert_eq!((alpha(&table), kappa(&table)), (None, None));
        }
        assert_eq!((alpha(&values("ab", "ab")), kappa(&values("ab", "ab"))), (Some(1.0), Some(1.0)));
    }
}
