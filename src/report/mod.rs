//! stub
use crate::balance::Balance;
use crate::clusters::Clustering;
use crate::network::{Network, NetworkOptions};
pub struct ReportInput<'a> { pub documents: usize, pub network: &'a Network, pub options: &'a NetworkOptions, pub clustering: &'a Clustering, pub balance: &'a Balance }
pub fn clusters_markdown(_: &ReportInput<'_>) -> String { String::new() }
pub fn clusters_json(_: &ReportInput<'_>) -> String { String::new() }
