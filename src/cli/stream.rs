//! Articles to statements as a stream: each document's statements go out as soon as it is coded, in the order of the input.
//!
//! In: documents to come. Out: their statements, one document at a time. Never here: more than a few documents at once, so
//! that a stream of any length takes the same memory; names of matters, which need all documents.

use crate::document::Document;
use crate::stances::Coder;
use crate::statement::Statement;
use crate::{Error, Result};
use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, TryRecvError, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// Documents that are under way at a time, for each thread: so many may be done while an early one takes long.
const UNDER_WAY: usize = 16;

/// What became of a document.
type Coded = std::result::Result<Result<Vec<Statement>>, Box<dyn Any + Send>>;

/// Takes what becomes of each document, in the order of the documents.
pub trait Sink {
    /// Takes the statements of a document, or why it could not be read.
    ///
    /// # Errors
    /// Whatever ends the stream.
    fn take(&mut self, coded: Result<Vec<Statement>>) -> Result<()>;

    /// Nothing comes at the moment: what was held back goes out.
    ///
    /// # Errors
    /// A failed write.
    fn rest(&mut self) -> Result<()>;
}

/// Codes documents on `threads` threads.
///
/// The threads are not waited for when the sink has had enough: one of them may be waiting for input that never comes.
///
/// # Errors
/// Those of the sink.
pub fn code_stream(
    documents: impl Iterator<Item = Result<Document>> + Send + 'static,
    coder: &Arc<Coder>,
    threads: usize,
    sink: &mut dyn Sink,
) -> Result<()> {
    let under_way = threads * UNDER_WAY;
    let (give_back, tickets) = sync_channel(under_way);
    for _ in 0..under_way {
        give_back.send(()).map_err(|_| gone())?;
    }
    let (give, work) = channel::<(u64, Document)>();
    let (done, coded) = channel::<(u64, Coded)>();
    let reader_done = done.clone();
    thread::spawn(move || {
        for (number, document) in (0..).zip(documents) {
            let sent = match document {
                Ok(document) => give.send((number, document)).is_ok(),
                Err(error) => reader_done.send((number, Ok(Err(error)))).is_ok(),
            };
            if !sent || tickets.recv().is_err() {
                return;
            }
        }
    });
    let work = Arc::new(Mutex::new(work));
    for _ in 0..threads {
        let (work, done, coder) = (Arc::clone(&work), done.clone(), Arc::clone(coder));
        thread::spawn(move || {
            while let Some((number, document)) = next(&work) {
                let coded = catch_unwind(AssertUnwindSafe(|| Ok(coder.code(&document))));
                if done.send((number, coded)).is_err() {
                    return;
                }
            }
        });
    }
    drop(done);
    in_order(&coded, sink, &|| _ = give_back.send(()))
}

fn next(work: &Mutex<Receiver<(u64, Document)>>) -> Option<(u64, Document)> {
    work.lock().ok()?.recv().ok()
}

/// Gives to the sink what is done, in the order of the documents.
fn in_order(coded: &Receiver<(u64, Coded)>, sink: &mut dyn Sink, passed: &dyn Fn()) -> Result<()> {
    let mut early: BTreeMap<u64, Coded> = BTreeMap::new();
    let mut next = 0;
    loop {
        let (number, one) = match coded.try_recv() {
            Ok(one) => one,
            Err(TryRecvError::Empty) => {
                sink.rest()?;
                match coded.recv() {
                    Ok(one) => one,
                    Err(_) => break,
                }
            }
            Err(TryRecvError::Disconnected) => break,
        };
        early.insert(number, one);
        while let Some(one) = early.remove(&next) {
            sink.take(one.unwrap_or_else(|panic| resume_unwind(panic)))?;
            next += 1;
            passed();
        }
    }
    if early.is_empty() { Ok(()) } else { Err(gone()) }
}

fn gone() -> Error {
    Error::Empty("a thread of the program ended before its work was done".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    struct Taken(Vec<String>, Option<usize>);

    impl Sink for Taken {
        fn take(&mut self, coded: Result<Vec<Statement>>) -> Result<()> {
            match coded {
                Ok(statements) => self.0.extend(statements.into_iter().map(|s| format!("{} {}", s.document, s.target))),
                Err(error) => self.0.push(error.to_string()),
            }
            if Some(self.0.len()) == self.1 { Err(gone()) } else { Ok(()) }
        }

        fn rest(&mut self) -> Result<()> {
            Ok(())
        }
    }

    fn document(number: usize) -> Result<Document> {
        if number == 7 {
            return Err(Error::at("f", 8, "bad"));
        }
        // Some take longer than those behind them.
        let more = if number.is_multiple_of(5) { "Norway met Sweden in Oslo. ".repeat(40) } else { String::new() };
        let text = format!("{more}Belarus condemned Sweden.");
        let id = format!("d{number}");
        Ok(Document { id, date: None, text, headline: 0, url: None, publisher: None, file: "f".into() })
    }

    #[test]
    fn the_order_of_the_documents_is_kept_by_any_number_of_threads() {
        let coder = Arc::new(Coder::new(&Lexicon::embedded().unwrap()).unwrap());
        let expected: Vec<String> =
            (0..60).map(|n| if n == 7 { "f:8: bad".to_owned() } else { format!("d{n} Sweden") }).collect();
        for threads in [1, 3] {
            let mut taken = Taken(Vec::new(), None);
            code_stream((0..60).map(document), &coder, threads, &mut taken).unwrap();
            assert_eq!(taken.0, expected);
        }
    }

    #[test]
    fn a_sink_that_has_had_enough_ends_an_endless_stream() {
        let coder = Arc::new(Coder::new(&Lexicon::embedded().unwrap()).unwrap());
        let mut taken = Taken(Vec::new(), Some(3));
        assert!(code_stream((10..).map(document), &coder, 2, &mut taken).is_err());
        assert_eq!(taken.0.len(), 3);
    }
}
