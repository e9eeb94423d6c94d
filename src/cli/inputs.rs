//! From the inputs that the user names to statements: tables are read, articles are coded.

use super::coded::{Relations, Tabled};
use super::events::in_words;
use super::material::{Material, Source};
use super::options::{InputArgs, NetworkArgs, SureArg};
use super::progress::Progress;
use super::reader::{Opened, Reader};
use crate::actors::twins;
use crate::document::{Document, Ids, from_reader};
use crate::lexicon::Lexicon;
use crate::network::Ledger;
use crate::stances::{Coder, take_open};
use crate::statement::{Brief, Kind, Seen, Statement, Table, blanks, canonical_sort, check_against, each_row, merge};
use crate::{Error, Result};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::BufReader;

/// Documents that are coded together; what they take in memory is all that coding takes.
const BATCH: usize = 256;

/// Reads tables, codes articles. A document that a table speaks of is taken as coded there, and is not coded again.
///
/// # Errors
/// All files and rows that cannot be read, unless `--skip-bad`; inputs without any document or statement.
pub fn load(args: &InputArgs, network: &NetworkArgs, lexicon: &Lexicon) -> Result<Material> {
    let mut reader = Reader::new(args, &|names| names)?;
    let opened = reader.open_all(&args.inputs)?;
    let days = (network.from, network.to);
    load_opened(args, network.sure, days, lexicon, reader, opened)
}

/// As [`load`], and keeps what is known of the documents, and the words around the quotes.
///
/// # Errors
/// As [`load`].
pub fn load_with_shelf(args: &InputArgs, network: &NetworkArgs, lexicon: &Lexicon) -> Result<Material> {
    let mut reader = Reader { shelve: true, ..Reader::new(args, &|names| names)? };
    let opened = reader.open_all(&args.inputs)?;
    let days = (network.from, network.to);
    load_opened(args, network.sure, days, lexicon, reader, opened)
}

/// As [`load`], but where all inputs are tables of events, gives their statements to `take` as they are read, in the order
/// of their rows, and returns none.
///
/// # Errors
/// As [`load`], and those of `take`.
pub fn load_or_stream(
    args: &InputArgs,
    sure: SureArg,
    lexicon: &Lexicon,
    take: &mut dyn FnMut(&[Statement]) -> Result<()>,
) -> Result<Option<Material>> {
    let mut reader = Reader::new(args, &|names| names)?;
    let opened = reader.open_all(&args.inputs)?;
    if !opened.is_empty() || !reader.has_events() || !reader.errors.is_empty() {
        return load_opened(args, sure, (None, None), lexicon, reader, opened).map(Some);
    }
    stream_events(reader, lexicon, take).map(|()| None)
}

/// Gives the statements of all tables of events to `take`, in the order of their rows.
///
/// # Errors
/// Files and rows that cannot be read, unless `--skip-bad`; those of `take`.
pub(super) fn stream_events(
    mut reader: Reader<'_>,
    lexicon: &Lexicon,
    take: &mut dyn FnMut(&[Statement]) -> Result<()>,
) -> Result<()> {
    let quiet = reader.quiet;
    let (told, broken) = std::mem::take(&mut reader.events).stream(lexicon, reader.skip_bad, take)?;
    reader.errors.extend(broken);
    reader.notes.push(in_words(&reader.material.sources, told, false));
    reader.finish(&Progress::new("", None, quiet)).map(drop)
}

/// Enters all statements of the inputs into a ledger: as [`load`] has them, but tables are not kept in memory where there
/// are tables alone. `relations` says how the relation of other programs' tables is taken.
///
/// # Errors
/// As [`load`].
pub fn enter(
    args: &InputArgs,
    sure: SureArg,
    lexicon: &Lexicon,
    relations: Relations<'_>,
    ledger: &mut Ledger,
) -> Result<()> {
    let mut reader = Reader::new(args, relations)?;
    let aliases = args.aliases()?;
    let opened = reader.open_all(&args.inputs)?;
    if reader.has_events() {
        let message = "events are between two actors and on no matter: there is nothing to tie actors by; take --ties direct \
                       or combined";
        return Err(Error::Usage(message.to_owned()));
    }
    // Matters that are open are agreed on when all statements are at hand.
    if reader.parts || opened.iter().any(|o| matches!(o, Opened::Article(_))) {
        if opened.iter().any(|o| matches!(o, Opened::Table(table) if table.names.is_scale())) || reader.names.is_scale()
        {
            let message = "--scale is for tables alone; leave the articles out";
            return Err(Error::Usage(message.to_owned()));
        }
        let material = load_opened(args, sure, (None, None), lexicon, reader, opened)?;
        let others = material.statements.iter().filter(|s| s.holder != s.target);
        return others.into_iter().try_for_each(|s| ledger.add(&Brief::of(s)));
    }
    let mut seen = Seen::default();
    // Whom the aliases make one takes no stance toward himself.
    let add = |ledger: &mut Ledger, brief: &Brief<'_>| {
        if aliases.is_empty() && brief.holder != brief.target {
            return ledger.add(brief);
        }
        let renamed = aliases.lend(brief);
        if renamed.holder == renamed.target { Ok(()) } else { ledger.add(&renamed) }
    };
    for table in opened {
        let Opened::Table(Tabled { name, stream, names, rows }) = table else { continue };
        let mark = ledger.mark();
        let stream = BufReader::with_capacity(1 << 16, stream);
        match each_row(&name, stream, &names, &mut seen, &mut |b| add(ledger, b)).map_err(|e| rows.place(e)) {
            Ok(passed_over) => reader.passed_over(&name, passed_over),
            Err(error) => {
                ledger.back_to(mark);
                reader.bad(error);
            }
        }
    }
    reader.finish(&Progress::new("", None, args.work.quiet))?;
    if ledger.is_empty() {
        return Err(Error::Empty("the input holds neither documents nor statements".to_owned()));
    }
    Ok(())
}

fn load_opened(
    args: &InputArgs,
    sure: SureArg,
    days: (Option<Date>, Option<Date>),
    lexicon: &Lexicon,
    mut reader: Reader<'_>,
    opened: Vec<Opened>,
) -> Result<Material> {
    let aliases = args.aliases()?;
    let others = !opened.is_empty();
    let mut articles = Vec::new();
    let mut tables = Vec::new();
    for input in opened {
        match input {
            Opened::Article(article) => articles.push(article),
            Opened::Table(table) => tables.extend(reader.table(table)),
        }
    }
    let mut happened = reader.happened(days, lexicon, others)?;
    if !aliases.is_empty() {
        reader.material.each("--aliases")?;
    }
    let coded: BTreeSet<String> = tables.iter().flat_map(Table::documents).map(str::to_owned).collect();
    let known = coded.len() + happened.iter().map(|s: &Statement| &s.document).collect::<BTreeSet<_>>().len();
    let mut coder = Coder::new(lexicon)?;
    if args.unnamed {
        coder = coder.with_unnamed(lexicon)?;
    }
    let progress = Progress::new("documents coded", None, args.work.quiet);
    let mut statements = Vec::new();
    let mut ids = Ids::default();
    let mut kept: Vec<Document> = Vec::new();
    let mut batch: Vec<Document> = Vec::new();
    let mut read = 0;
    for (name, stream) in articles {
        let documents = match from_reader(&name, stream) {
            Ok(documents) => documents,
            Err(error) => {
                reader.bad(error);
                continue;
            }
        };
        for document in documents {
            match document.and_then(|d| ids.add(&d).map(|()| d)) {
                Ok(document) if coded.contains(&document.id) => kept.push(document),
                Ok(document) => batch.push(document),
                Err(error) => reader.bad(error),
            }
            if batch.len() == BATCH {
                read += batch.len();
                statements.extend(reader.shelved(&batch, code(&coder, &batch, &progress)));
                batch.clear();
            }
        }
    }
    read += batch.len();
    statements.extend(reader.shelved(&batch, code(&coder, &batch, &progress)));
    progress.finish();
    for table in &tables {
        reader.shelve(&kept, &table.statements);
    }
    for table in &mut tables {
        if let Err(error) = check_against(table, &kept) {
            reader.bad(error);
        }
    }
    let mut material = reader.finish(&progress)?;
    if !kept.is_empty() {
        progress.note(&already_coded(kept.len()));
    }
    statements.retain(|s| s.confidence.is_none_or(|c| c >= sure.floor(args.unnamed)));
    material.blanks = blanks(&tables);
    // What a person wrote stays as it is; only matters that a part of a run left open get a name.
    let mut hand = merge(tables)?;
    statements.append(&mut take_open(&mut hand));
    coder.unify_matters(&mut statements, &hand);
    offer_twins(&statements, &progress);
    hand.append(&mut statements);
    hand.append(&mut happened);
    args.rename(&aliases, &mut hand, &progress);
    if let Some(path) = &args.aliases {
        let name = path.display().to_string();
        material.sources.push(Source { path: name, kind: "aliases", sha256: None, file: Some(path.clone()) });
    }
    canonical_sort(&mut hand);
    material.statements = hand;
    material.documents = read + known;
    if let (Some(told), Some(_)) = (material.events, &material.counts) {
        material.documents = usize::try_from(told.statements).unwrap_or(usize::MAX);
    }
    if material.documents == 0 {
        if let Some(told) = material.events {
            let message =
                format!("none of the {} events is a stance between two actors that the lexicon knows", told.rows);
            return Err(Error::Empty(message));
        }
        return Err(Error::Empty("the input holds neither documents nor statements".to_owned()));
    }
    Ok(material)
}

/// Tells of documents that are not coded again.
pub(super) fn already_coded(documents: usize) -> String {
    let (verb, them) = if documents == 1 { ("document is", "it is") } else { ("documents are", "they are") };
    format!("{documents} {verb} coded in a statements table already; {them} not coded again")
}

/// More pairs than this are only counted.
const SHOWN: usize = 10;

/// Tells which of the names that the program coded may be one actor's.
pub(super) fn offer_twins(statements: &[Statement], progress: &Progress) {
    let targets = statements.iter().filter(|s| s.target_kind != Some(Kind::Matter)).map(|s| s.target.as_str());
    let pairs = twins(statements.iter().map(|s| s.holder.as_str()).chain(targets));
    for (one, other) in pairs.iter().take(SHOWN) {
        progress.note(&format!(
            "\"{one}\" and \"{other}\" may be one actor; if so, put both names in one row of actors.csv (--lexicon)"
        ));
    }
    if pairs.len() > SHOWN {
        progress.note(&format!("{} more pairs of names look alike", pairs.len() - SHOWN));
    }
}

fn code(coder: &Coder, batch: &[Document], progress: &Progress) -> Vec<Statement> {
    let coded: Vec<Vec<Statement>> = batch
        .par_iter()
        .map(|document| {
            let statements = coder.code(document);
            progress.add(1);
            statements
        })
        .collect();
    coded.into_iter().flatten().collect()
}
