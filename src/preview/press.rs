//! Editions: the site is read again and prepared anew whenever a source changed.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use chrono::NaiveDate;

use crate::disk::Reader;
use crate::pipeline::{Memory, Options, Prepared, glance, prepare_again};
use crate::text::{SitePath, SourceSet};

/// Makes an edition of a site folder whenever something in it changed.
pub struct Press {
    reader: Reader,
    memory: Memory,
    options: Options,
    clock: Option<Clock>,
    /// What the last edition was made from; none when there is none, or when the folder could not be read since.
    last: Option<Arc<SourceSet>>,
    /// What was read and not yet judged.
    read: Option<Arc<SourceSet>>,
}

/// What day it is.
pub type Clock = fn() -> NaiveDate;

/// An edition: what it was made from, and what became of it.
pub struct Proof {
    /// Everything in the site folder.
    pub sources: Arc<SourceSet>,
    /// The findings, and what renders the site if no error stands in the way.
    pub prepared: Prepared,
    /// The texts that are new or changed since the edition before; empty for the first.
    pub changed: Vec<SitePath>,
}

impl Press {
    /// A press that has made nothing yet.
    pub fn new(root: &Path, options: Options) -> Self {
        Self { reader: Reader::new(root), memory: Memory::default(), options, clock: None, last: None, read: None }
    }

    /// The same, which goes with the time: each edition is made by the day that `clock` shows then.
    pub fn with_clock(self, clock: Option<Clock>) -> Self {
        Self { clock, ..self }
    }

    /// Whether something could not be read that perhaps can be read later, without any change.
    pub fn may_be_read_later(&self) -> bool {
        self.last.as_ref().is_none_or(|last| last.is_incomplete())
    }

    /// Reads the folder for the first time and makes an edition that nobody has judged: no finding is known yet. Whoever
    /// waits for the first page need not wait for the rules. None when something in it cannot be understood.
    pub fn glance(&mut self) -> Option<Proof> {
        let sources = Arc::new(self.reader.read().ok()?);
        let prepared = glance(&sources, &self.options, &mut self.memory);
        self.read = Some(sources.clone());
        Some(Proof { sources, prepared: prepared?, changed: Vec::new() })
    }

    /// Reads the folder and makes an edition; none when nothing changed since the last one. `begin` is called when
    /// something did, before the work begins; `early` is given the edition before all reviews were judged together,
    /// unless something found by then may stand in its way.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn run(&mut self, begin: impl FnOnce(), early: impl FnOnce(Proof) + Send) -> Result<Option<Proof>> {
        let sources = match self.read.take() {
            Some(read) => read,
            None => Arc::new(self.reader.read().inspect_err(|_| self.last = None)?),
        };
        let today = self.clock.map_or(self.options.today, |clock| clock());
        if self.last.as_ref() == Some(&sources) && self.options.today == today {
            return Ok(None);
        }
        self.options.today = today;
        begin();
        let changed = self.last.as_ref().map_or_else(Vec::new, |before| changed(before, &sources));
        let early = |prepared| early(Proof { sources: sources.clone(), prepared, changed: changed.clone() });
        let prepared = prepare_again(&sources, &self.options, &mut self.memory, early);
        self.last = Some(sources.clone());
        Ok(Some(Proof { sources, prepared, changed }))
    }
}

fn changed(before: &SourceSet, now: &SourceSet) -> Vec<SitePath> {
    let is_new = |source: &&crate::text::Source| before.texts.get(&source.path) != Some(source);
    now.texts.values().filter(is_new).map(|source| source.path.clone()).collect()
}
