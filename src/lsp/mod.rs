//! The language server: findings, completion and navigation in the editor, from the same reading and rules as `check`.

mod capability;
mod code_action;
mod completion;
mod edit;
mod finding;
mod hover;
mod judge;
mod mention;
mod navigation;
mod notification;
mod open_text;
mod outline;
mod position;
mod rename;
mod request;
mod schema;
mod server;
mod site;
mod uri;
mod view;

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};

pub use server::converse;
pub(crate) use server::serve;

/// What a language server depends on besides what its editor tells it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The site folder, as a whole path; none takes the sites in the folders of the editor and around the files it opens.
    pub site: Option<PathBuf>,
    /// By what it judges deadlines and embargoes.
    pub clock: Clock,
}

/// What tells the time in UTC.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// This function.
    Running(fn() -> NaiveDateTime),
    /// It stands still.
    Stopped(NaiveDateTime),
}

impl Clock {
    /// The time, in UTC.
    fn now(self) -> NaiveDateTime {
        match self {
            Self::Running(now) => now(),
            Self::Stopped(now) => now,
        }
    }

    /// The day by which actions and embargoes are judged.
    fn today(self) -> NaiveDate {
        self.now().date()
    }
}
