//! A review as written: front matter with spans, sections, timeline lines, internal blocks.

mod allowance;
mod front;
mod outline;
mod section;
mod time;
mod timeline;
mod zone;

use std::sync::Arc;

pub use allowance::Allowance;
pub use front::{Fence, Front};
pub use outline::{Heading, Item, Link, Outline, Row};
pub use section::{Section, SectionKind, fresh_anchor};
pub use time::{Clock, Day, Stamp, TimeZone};
pub use timeline::{EntryLine, StampError};

use crate::diagnostic::Problems;
use crate::redact::{self, Withheld};
use crate::table::limit_lists;
use crate::text::{Source, SourceMap, Span, Spanned};

/// A Markdown file with front matter, as far as it could be read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file without the internal blocks and comments of its body. All spans of the document are places in this text.
    pub source: Source,
    /// From places in the document to those in the file as it is written.
    pub map: SourceMap,
    /// The front matter.
    pub front: Front,
    /// The text of `source` with the front matter blanked out, at the same length.
    pub published: Arc<str>,
    /// Headings, list items, table rows and links of the published text.
    pub outline: Outline,
    /// The sections of the published text, in order.
    pub sections: Vec<Section>,
    /// The lines of the timeline section, in order.
    pub timeline: Vec<EntryLine>,
    /// The zone that the section says its times are in.
    pub timeline_zone: Option<Spanned<TimeZone>>,
    /// Where the author set a rule aside, by places in the file as it is written.
    pub allowances: Vec<Allowance>,
    /// What could not be understood on the way.
    pub problems: Problems,
    /// What is unclear about what is withheld, by places in the file as it is written.
    pub redaction_problems: Problems,
}

/// Reads `source`. Never fails: what cannot be understood becomes a problem in the result.
pub fn parse(source: &Source) -> Document {
    let (mut problems, mut redaction_problems) = (Problems::default(), Problems::default());
    let mut front = front::read(&source.text, &mut problems);
    limit_lists(&mut front.table, &mut problems);
    let passages = redact::find_withheld(&source.text, front.body, &mut redaction_problems);
    let allowances = allowance::read(&source.text, &front, &passages);
    let kept = redact::cut_out(&source.text, front.body, &passages);
    front.body = Span::new(front.body.start, kept.text.len());
    front::place_opening(&mut front, &kept.text, &mut problems);
    let published: Arc<str> = without_front(&kept.text, front.body).into();
    let outline = outline::read(&published, front.body, &mut problems);
    let sections = section::divide(&outline, front.body);
    let timeline = timeline::read(&published, &outline, &sections, &mut problems);
    let timeline_zone = zone::read(&published, &sections, &timeline);
    let source = Source { path: source.path.clone(), text: kept.text.into() };
    Document {
        source,
        map: kept.map,
        front,
        published,
        outline,
        sections,
        timeline,
        timeline_zone,
        allowances,
        problems,
        redaction_problems,
    }
}

/// The passages of the body of `source` that are withheld, in order.
pub fn withheld_passages(source: &Source) -> Vec<Withheld> {
    let mut problems = Problems::default();
    let front = front::read(&source.text, &mut problems);
    redact::find_withheld(&source.text, front.body, &mut problems)
}

fn without_front(text: &str, body: Span) -> String {
    let mut blank: String = text[..body.start].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    blank.push_str(body.slice(text));
    blank
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
