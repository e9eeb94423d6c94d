//! Who is in which cluster, as a table that other programs read.
//!
//! In: names, clusters, stability. Out: CSV. Never here: words.

use crate::{Error, Result};

/// `Id,Cluster,Stability`, one row a node, sorted by cluster, then by name. Clusters count from 1; `Stability` (0 to 1, three decimals) is
/// empty where it was not measured.
///
/// # Errors
/// Lists of different lengths.
pub fn clusters_csv(names: &[String], of: &[usize], stability: Option<&[f64]>) -> Result<Vec<u8>> {
    if names.len() != of.len() || stability.is_some_and(|s| s.len() != of.len()) {
        return Err(Error::input("clusters.csv", "the clusters are of another network: find them again for this one"));
    }
    let failed = |e: csv::Error| Error::input("clusters.csv", e.to_string());
    let mut rows: Vec<usize> = (0..names.len()).collect();
    rows.sort_by_key(|&i| (of[i], &names[i]));
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["Id", "Cluster", "Stability"]).map_err(failed)?;
    for i in rows {
        let sure = stability.map_or(String::new(), |s| format!("{:.3}", s[i]));
        out.write_record([names[i].as_str(), &(of[i] + 1).to_string(), &sure]).map_err(failed)?;
    }
    out.into_inner().map_err(|e| Error::io("clusters.csv", e.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_cluster_by_cluster() {
        let names = ["b".to_owned(), "a, \"c\"".to_owned(), "c".to_owned()];
        let csv = |stability| String::from_utf8(clusters_csv(&names, &[0, 1, 0], stability).unwrap()).unwrap();
        assert_eq!(
            csv(Some(&[1.0, 0.5, 0.98765])),
            "Id,Cluster,Stability\nb,1,1.000\nc,1,0.988\n\"a, \"\"c\"\"\",2,0.500\n"
        );
        assert_eq!(csv(None), "Id,Cluster,Stability\nb,1,\nc,1,\n\"a, \"\"c\"\"\",2,\n");
        assert!(clusters_csv(&names, &[0], None).is_err());
    }
}
