//! The moments that labels in the head of a text state: `**Started:** 2024-03-04 13:40 UTC`.

use chrono::Duration;

use super::Lowering;
use crate::diagnostic::ProblemKind;
use crate::document::{Document, EntryLine, HeadFact, TimeZone, TimestampError};
use crate::lower::day::stated_day;
use crate::lower::phase_mark::{LabelledPhase, phase_of_label};
use crate::model::{Mark, Moment, PhaseMark, Timeline, TimelineEntry};
use crate::text::Spanned;

/// How far apart two moments may be of which one is approximate, and still be the same.
const ABOUT: Duration = Duration::minutes(30);

impl Lowering<'_> {
    /// The phases that the head states, each once. What says something else than an entry of the timeline is reported.
    pub(super) fn head_marks(&mut self, document: &Document, timeline: &Timeline) -> Vec<TimelineEntry> {
        self.day = stated_day(document).0.or_else(|| timeline.date());
        let mut zone: Option<TimeZone> = None;
        let mut found: Vec<(LabelledPhase, TimelineEntry)> = Vec::new();
        for fact in &document.head {
            let Some(phase) = phase_of_label(&fact.label.value) else { continue };
            let Some(line) = fact.moment(self.text) else { continue };
            let Some(line) = self.readable(line, fact, &mut zone) else { continue };
            let Some(entry) = self.head_mark(phase.phase, fact, &line) else { continue };
            match found.iter_mut().find(|(known, _)| known.phase == phase.phase) {
                Some(known) if phase.is_name && !known.0.is_name => *known = (phase, entry),
                Some(_) => {}
                None => found.push((phase, entry)),
            }
        }
        for (phase, entry) in &found {
            self.compare(*phase, entry, timeline);
        }
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// A line with its zone: its own, that of the label, or the first that a line above names. One that cannot be read is
    /// reported.
    fn readable(&mut self, mut line: EntryLine, fact: &HeadFact, above: &mut Option<TimeZone>) -> Option<EntryLine> {
        match &mut line.stamp {
            Ok(stamp) if stamp.clock.is_some() => {
                stamp.zone = stamp.zone.take().or_else(|| fact.zone()).or_else(|| above.clone());
                *above = above.take().or_else(|| stamp.zone.clone());
                Some(line)
            }
            Ok(_) => Some(line),
            Err(TimestampError::Unreadable { read, unread, .. }) => {
                self.report_unreadable(*read, *unread);
                None
            }
            Err(TimestampError::Missing) => None,
        }
    }

    fn head_mark(&mut self, phase: PhaseMark, fact: &HeadFact, line: &EntryLine) -> Option<TimelineEntry> {
        let stamp = line.timestamp()?;
        let at = self.entry_moment(stamp, line)?;
        Some(TimelineEntry {
            at,
            until: self.until(line, at),
            marks: vec![Spanned::new(Mark::Phase(phase), fact.label.span)],
            span: fact.value.span,
            stamp_span: line.stamp_span,
            written: self.zones.written(stamp, &at, line.stamp_span.slice(self.text)),
            note: None,
            text_start: fact.value.span.end,
        })
    }

    fn compare(&mut self, phase: LabelledPhase, stated: &TimelineEntry, timeline: &Timeline) {
        // "Ended" may be the end of the impact, too.
        let is_end = !phase.is_name && phase.phase == PhaseMark::Resolved;
        let is_same = |marked: PhaseMark| marked == phase.phase || is_end && marked == PhaseMark::Mitigated;
        let mut marked = timeline.phases().filter(|(marked, ..)| is_same(*marked));
        if timeline.first(phase.phase).is_some() && marked.all(|(_, _, entry)| are_apart(stated, entry)) {
            let (words, name) = (stated.stamp_span.slice(self.text).trim(), phase.phase.name());
            let message = format!("this says `{words}`, and the timeline has \"{name}\" at another time");
            let help = "Correct one of the two. The timeline counts until then.";
            self.problems.add(ProblemKind::Contradiction, stated.stamp_span, message).help(help);
        }
    }
}

/// Whether two entries are certainly not the same moment.
fn are_apart(one: &TimelineEntry, other: &TimelineEntry) -> bool {
    let slack = if one.at.approximate || other.at.approximate { ABOUT } else { Duration::zero() };
    let end = |entry: &TimelineEntry| entry.until.as_ref().map_or(entry.at.latest(), Moment::latest);
    end(one) + slack < other.at.at || end(other) + slack < one.at.at
}
