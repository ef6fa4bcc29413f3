//! A review as written: front matter with spans, sections, timeline lines, internal blocks.

mod allowance;
mod comment;
mod front;
mod internal;
mod outline;
mod problem;
mod reader;
mod section;
mod shape;
mod time;
mod timeline;
mod tree;
mod zone;

use std::sync::Arc;

pub use allowance::Allowance;
pub use front::{Fence, Front};
pub use outline::{Heading, Item, Link, Outline, Row, markdown_events, markdown_options, visible_text};
pub use problem::{Problem, ProblemKind, Problems};
pub use reader::{FIRST_YEAR, TableReader, nearest};
pub use section::{Section, SectionKind, fresh_anchor, label_of};
pub use shape::{Key, KeyKind, Need, Shape};
pub use time::{Clock, Day, Stamp, TimeZone};
pub use timeline::{EntryLine, StampError};
pub use tree::{Entry, Table, Value, ValueKind, read_toml};

use crate::text::{Source, Span, Spanned};

/// A Markdown file with front matter, as far as it could be read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// The front matter.
    pub front: Front,
    /// The text of the file with the front matter, all internal blocks and all comments blanked out.
    /// It has the length of the source, so that spans fit both.
    pub published: Arc<str>,
    /// Headings, list items, table rows and links of the published text.
    pub outline: Outline,
    /// The sections of the published text, in order.
    pub sections: Vec<Section>,
    /// The lines of the timeline section, in order.
    pub timeline: Vec<EntryLine>,
    /// The zone that the section says its times are in.
    pub timeline_zone: Option<Spanned<TimeZone>>,
    /// Where the author set a rule aside.
    pub allowances: Vec<Allowance>,
    /// What could not be understood on the way.
    pub problems: Problems,
}

/// Reads `source`. Never fails: what cannot be understood becomes a problem in the result.
pub fn parse(source: &Source) -> Document {
    let mut problems = Problems::default();
    let front = front::read(&source.text, &mut problems);
    let without_internal = internal::blank(&source.text, front.body, &mut problems);
    let allowances = allowance::read(&without_internal, &front);
    let published: Arc<str> = comment::blank(without_internal, front.body).into();
    let outline = outline::read(&published, front.body);
    let sections = section::divide(&outline, front.body);
    let timeline = timeline::read(&published, &outline, &sections);
    let timeline_zone = zone::read(&published, &sections, &timeline);
    let source = source.clone();
    Document { source, front, published, outline, sections, timeline, timeline_zone, allowances, problems }
}

impl Document {
    /// The first section of a kind.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == Some(kind))
    }

    /// Where the front matter begins, for findings about something that is not there.
    pub fn top(&self) -> Span {
        self.front.opening
    }
}
