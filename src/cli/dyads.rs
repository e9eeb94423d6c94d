//! Where networks go whose files hold one value for two actors: Pajek and UCINET DL.
//!
//! In: networks, whole or of windows. Out: one file, where one relation is asked for; otherwise a folder with a file a
//! relation, and with the blocs. Never here: what such a file looks like.

use crate::clusters::Blocs;
use crate::export::{DyadFormat, Dyads, Look, partition};
use crate::network::Network;
use crate::output::{OutputDir, write_result};
use crate::statement::Relation;
use crate::{Error, Result};
use std::borrow::Borrow;
use std::path::Path;

/// How to write, and where.
pub struct Place<'a> {
    /// A file or a folder; standard output where there is none.
    pub output: Option<&'a Path>,
    /// How to write.
    pub format: DyadFormat,
    /// The one relation that is asked for.
    pub relation: Option<Relation>,
}

/// Refuses, before any work is done, to put several relations anywhere but into a folder.
///
/// # Errors
/// A usage error that tells both ways.
pub fn check_folder(folder: Option<&Path>) -> Result<()> {
    const BOTH: &str =
        "a file of this format holds one relation: choose one with --relation, or name a folder for all with -o DIR";
    let file = |path: &Path| ["net", "dl", "txt", "paj"].iter().any(|ending| path.extension() == Some(ending.as_ref()));
    match folder {
        None => Err(Error::Usage(BOTH.to_owned())),
        Some(path) if file(path) => Err(Error::Usage(format!("{BOTH}; {} looks like a file", path.display()))),
        Some(_) => Ok(()),
    }
}

/// Writes networks, labelled by their windows where there are any.
///
/// # Errors
/// Those of writing; `looks` or `blocs` of another network.
pub fn write<N: Borrow<Network>>(
    networks: impl Iterator<Item = (Option<String>, N)>,
    place: &Place,
    looks: &[Look],
    blocs: Option<&Blocs>,
) -> Result<()> {
    let mut dir = None;
    for (window, network) in networks {
        let network = network.borrow();
        if let (None, Some(relation)) = (&window, place.relation) {
            let dyads = Dyads::of_relation(network, relation, looks)?;
            return write_result(place.output, &dyads.write(place.format));
        }
        let dir = match &mut dir {
            Some(dir) => dir,
            None => dir.insert(OutputDir::create(place.output.unwrap_or(Path::new(".")))?),
        };
        for relation in place.relation.map_or(Relation::ALL.to_vec(), |one| vec![one]) {
            let dyads = Dyads::of_relation(network, relation, looks)?;
            if !dyads.is_empty() {
                let window = window.as_ref().map_or(String::new(), |label| label.replace(' ', "_") + "_");
                let name = format!("{window}{}.{}", dyads.relation, place.format.ending());
                dir.add(&name, &dyads.write(place.format))?;
            }
        }
        if let (None, Some(blocs), DyadFormat::Pajek) = (&window, blocs, place.format) {
            dir.add("blocs.clu", &partition(network, blocs)?)?;
        }
    }
    dir.map_or(Ok(()), OutputDir::commit)
}
