//! A review as written: front matter, sections and timeline lines with their places.

mod action;
mod allowance;
mod entry;
mod factor;
mod factor_role;
mod front_matter;
mod head;
mod outline;
mod section;
mod section_heading;
mod stated_zone;
mod time;
mod timed_section;
mod timeline;

use std::sync::Arc;

pub use action::{ActionField, ActionLine, action_field_named};
pub use allowance::Allowance;
pub use entry::{EntryLine, MarkForm, MarkWords, TimestampError};
pub use factor::{FactorForm, FactorLine};
pub use factor_role::{RoleLabel, primary_behind_name, role_label};
pub use front_matter::{Fence, FrontMatter, HELP as FRONT_MATTER_HELP};
pub use head::HeadFact;
pub use outline::{Heading, HeadingForm, Item, Link, Outline, Row};
pub use section::{Section, SectionKind};
pub use section_heading::has_same_words;
pub use stated_zone::StatedZone;
pub use time::{Day, TimeOfDay, TimeZone, Timestamp, day_in, first_day_in, mentions_day, names_part_of_day};

use crate::diagnostic::Problems;
use crate::redact::{self, Withheld};
use crate::table::truncate_lists;
use crate::text::{Source, SourceMap, Span};

/// A Markdown file with front matter, as far as it could be read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file without the internal blocks and comments of its body. Spans of the document refer to this text.
    pub source: Source,
    /// Maps spans of the document to the file.
    pub map: SourceMap,
    /// The table above the text, and where it is.
    pub front: FrontMatter,
    /// The text of `source` with blanks over the front matter, so that offsets stay valid.
    pub published: Arc<str>,
    /// Headings, list items, table rows and links of the published text.
    pub outline: Outline,
    /// The sections of the published text, in order; text before the first heading is one, too.
    pub sections: Vec<Section>,
    /// The lines of the timeline section, in order.
    pub timeline: Vec<EntryLine>,
    /// The zone that the heading of the timeline, or the text above its entries, names.
    pub timeline_zone: Option<StatedZone>,
    /// The day that the heading of the timeline names.
    pub timeline_day: Option<Day>,
    /// The facts above its first section, in order.
    pub head: Vec<HeadFact>,
    /// The actions that the text names, in order.
    pub actions: Vec<ActionLine>,
    /// The places that may name factors, in order.
    pub factors: Vec<FactorLine>,
    /// Rules that the author allows to be broken; spans refer to the file.
    pub allowances: Vec<Allowance>,
    /// Mistakes in front matter and text.
    pub problems: Problems,
    /// Mistakes in internal blocks and comments; spans refer to the file.
    pub redaction_problems: Problems,
}

/// Reads any text without failing: each mistake becomes a problem in the result.
pub fn parse(source: &Source) -> Document {
    let (mut problems, mut redaction_problems) = (Problems::default(), Problems::default());
    let mut front = front_matter::read(&source.text, &mut problems);
    truncate_lists(&mut front.table, &mut problems);
    let passages = withheld_in(&source.text, &front, &mut redaction_problems);
    let mut allowances = allowance::in_comments(&source.text, &passages);
    let front_end = front.rest().start;
    let redacted = redact::cut_out(&source.text, front.rest(), &passages);
    front.body = Span::new(front.body.start, redacted.text.len());
    front_matter::place_opening(&mut front, &redacted.text, &mut problems);
    let published: Arc<str> = without_front(&redacted.text, &front).into();
    let outline = outline::read(&published, front.body, &mut problems);
    let mut sections = section::divide(&outline, front.body);
    let headings = sections.iter().filter_map(|section| Some(redacted.map.to_source(section.heading.as_ref()?.span)));
    allowances.splice(0..0, allowance::in_front_matter(&front, front_end, headings));
    timed_section::find_unnamed(&published, &outline, &mut sections);
    timed_section::report_unmeasured(&published, &outline, &sections, &mut problems);
    let timeline = timeline::read(&published, &outline, &sections, &mut problems);
    let timeline_zone = stated_zone::read(&published, &outline, &sections, &timeline);
    let timeline_day =
        timed_section::measured(&sections).and_then(|section| time::day_in(&section.heading.as_ref()?.text));
    let head = head::read(&published, &outline, &sections);
    let actions = action::read(&published, &outline, &sections);
    let factors = factor::read(&published, &outline, &sections);
    // A text from which nothing was cut out is kept once.
    let text = if redacted.text == *source.text { source.text.clone() } else { redacted.text.into() };
    let source = Source { path: source.path.clone(), text };
    Document {
        source,
        map: redacted.map,
        front,
        published,
        outline,
        sections,
        timeline,
        timeline_zone,
        timeline_day,
        head,
        actions,
        factors,
        allowances,
        problems,
        redaction_problems,
    }
}

/// The withheld passages of the body of `source`, in order; spans refer to the file.
pub fn withheld_passages(source: &Source) -> Vec<Withheld> {
    let mut problems = Problems::default();
    let front = front_matter::read(&source.text, &mut problems);
    withheld_in(&source.text, &front, &mut problems)
}

fn withheld_in(text: &str, front: &FrontMatter, problems: &mut Problems) -> Vec<Withheld> {
    // A title before the front matter holds no comment, but it may hold what resembles one.
    let mut passages = redact::find_withheld(text, front.title(), problems);
    passages.extend(redact::find_withheld(text, front.rest(), problems));
    passages
}

fn without_front(text: &str, front: &FrontMatter) -> String {
    let (title, rest) = (front.title(), front.rest());
    let mut blank = String::with_capacity(text.len());
    for (gap, kept) in [(Span::new(0, title.start), title), (Span::new(title.end, rest.start), rest)] {
        for (number, line) in gap.slice(text).split('\n').enumerate() {
            if number > 0 {
                blank.push('\n');
            }
            blank.extend(std::iter::repeat_n(' ', line.len()));
        }
        blank.push_str(kept.slice(text));
    }
    blank
}

impl Document {
    /// The section that stands for `kind`; `None` when the review has none.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        section::of_kind(&self.sections, kind)
    }

    /// The first line of the front matter, where findings about missing parts point.
    pub fn top(&self) -> Span {
        self.front.opening
    }
}
