//! Sections whose lists and tables are timelines, whatever their headings say.

use super::entry::begins_with_clock;
use super::outline::Outline;
use super::section::{Section, SectionKind, of_kind, within};
use super::time::begins_with_time;
use crate::diagnostic::{ProblemKind, Problems};

/// How many times make a list a timeline under a heading that does not say so.
const FEWEST_TIMES: usize = 3;

/// The section that is measured: the first timeline of a text that says something.
pub(super) fn measured(sections: &[Section]) -> Option<&Section> {
    of_kind(sections, SectionKind::Timeline)
}

/// In a text without a timeline, the section with most times is one where most of its items begin with a time.
pub(super) fn find_unnamed(text: &str, outline: &Outline, sections: &mut [Section]) {
    if measured(sections).is_some() {
        return;
    }
    let times = |section: &Section| match section.kind {
        None | Some(SectionKind::Background | SectionKind::Response | SectionKind::Resolution) => {
            Times::of(text, outline, section)
        }
        Some(
            SectionKind::Summary
            | SectionKind::Impact
            | SectionKind::Trigger
            | SectionKind::Detection
            | SectionKind::Timeline
            | SectionKind::RootCause
            | SectionKind::FiveWhys
            | SectionKind::ContributingFactors
            | SectionKind::Lessons
            | SectionKind::WentWell
            | SectionKind::WentPoorly
            | SectionKind::GotLucky
            | SectionKind::Actions
            | SectionKind::References,
        ) => Times::default(),
    };
    let times: Vec<usize> = sections.iter().map(times).map(|times| times.if_timeline()).collect();
    let most = times.iter().copied().max().unwrap_or_default();
    if most > 0
        && let Some(at) = times.iter().position(|times| *times == most)
    {
        sections[at].kind = Some(SectionKind::Timeline);
    }
}

/// Reports sections that are shown as they are and look like a timeline beside the one that is measured.
pub(super) fn report_unmeasured(text: &str, outline: &Outline, sections: &[Section], problems: &mut Problems) {
    let Some(first) = measured(sections) else { return };
    for section in sections.iter().filter(|section| section.content != first.content) {
        let times = Times::of(text, outline, section);
        let is_timeline = section.kind == Some(SectionKind::Timeline) && times.timed > 0;
        let Some(heading) = section.heading.as_ref().filter(|_| is_timeline || times.if_timeline() > 0) else {
            continue;
        };
        let measured = first
            .heading
            .as_ref()
            .map_or("the first timeline".to_owned(), |heading| format!("\"{}\"", heading.text.trim()));
        let message = format!("this section has {} times and is not measured: {measured} is", times.timed);
        let end = heading.span.start + heading.span.slice(text).trim_end().len();
        problems.add(ProblemKind::UnmeasuredTimeline, (heading.span.start..end).into(), message);
    }
}

/// The items, rows, headings and paragraphs of a section.
#[derive(Clone, Copy, Default)]
struct Times {
    all: usize,
    /// Those that begin with a time of day.
    timed: usize,
}

impl Times {
    fn of(text: &str, outline: &Outline, section: &Section) -> Self {
        let has_time = |start: usize, end: usize| begins_with_clock(text, start, end);
        let items = section.items(outline).map(|item| has_time(item.start, item.span.end));
        let rows = within(&outline.rows, section.content, |row| row.span);
        let rows = rows.filter_map(|row| row.cells.first()).map(|cell| has_time(cell.start, cell.end));
        // Of other headings and paragraphs there may be any number between the times.
        let headings = within(&outline.headings, section.content, |heading| heading.span);
        let headings = headings.filter(|heading| begins_with_time(&heading.text)).map(|_| true);
        let paragraphs = within(&outline.paragraphs, section.content, |paragraph| *paragraph);
        let paragraphs = paragraphs.map(|paragraph| has_time(paragraph.start, paragraph.end)).filter(|timed| *timed);
        items.chain(rows).chain(headings).chain(paragraphs).fold(Self::default(), |times, is_timed| Self {
            all: times.all + 1,
            timed: times.timed + usize::from(is_timed),
        })
    }

    /// The number of times where these are enough for a timeline, else 0.
    fn if_timeline(self) -> usize {
        if self.timed >= FEWEST_TIMES && self.timed * 3 >= self.all * 2 { self.timed } else { 0 }
    }
}
