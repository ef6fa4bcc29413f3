//! What others get of a site: its feeds, and files for other programs.

use std::cell::RefCell;

use crate::diagnostic::Problems;
use crate::model::{Extra, FeedEvent, Words, format};
use crate::table::TableReader;

/// How many items the feeds hold, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedChoices {
    /// The greatest number of items in the feeds of the site.
    pub limit: usize,
    /// The greatest number of items in the feed of a factor, service, severity or organisation.
    pub topic_limit: usize,
    /// The events that become items.
    pub events: Vec<FeedEvent>,
}

impl Default for FeedChoices {
    fn default() -> Self {
        // Many actions are closed for each review that is published, and would push the reviews out.
        let events = FeedEvent::ALL.into_iter().filter(|event| *event != FeedEvent::ActionClosed).collect();
        Self { limit: 30, topic_limit: 10, events }
    }
}

/// What is written for other programs beside the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportChoices {
    /// The greatest number of reviews in llms-full.txt; there is no such file when it is 0.
    pub full_text: usize,
    /// The files that each review gets beside its page.
    pub per_review: Vec<Extra>,
}

impl Default for ExportChoices {
    fn default() -> Self {
        Self { full_text: 200, per_review: Vec::new() }
    }
}

pub(super) fn read_feeds(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> FeedChoices {
    let default = FeedChoices::default();
    let Some((table, place)) = reader.table("feeds") else { return default };
    let reader = TableReader::new(table, &format::FEEDS, place, problems);
    let choices = FeedChoices {
        limit: number(&reader, "limit").unwrap_or(default.limit),
        topic_limit: number(&reader, "topic_limit").unwrap_or(default.topic_limit),
        events: reader.words("events", Words::WORDS),
    };
    let is_chosen = reader.present("events");
    reader.finish();
    if is_chosen { choices } else { FeedChoices { events: default.events, ..choices } }
}

pub(super) fn read_exports(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> ExportChoices {
    let default = ExportChoices::default();
    let Some((table, place)) = reader.table("exports") else { return default };
    let reader = TableReader::new(table, &format::EXPORTS, place, problems);
    let choices = ExportChoices {
        full_text: number(&reader, "full_text").unwrap_or(default.full_text),
        per_review: reader.words("per_review", Words::WORDS),
    };
    reader.finish();
    choices
}

fn number(reader: &TableReader<'_>, key: &'static str) -> Option<usize> {
    usize::try_from(reader.count(key)?.value).ok()
}
