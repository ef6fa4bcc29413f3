//! "Convert the times to UTC": a timeline that says the same in UTC.

use lsp_types::CodeActionKind;

use super::{Offer, edit};
use crate::document::{SectionKind, StatedZone, parse};
use crate::lower::lower;
use crate::lsp::view::{ReadReview, View};
use crate::model::{Moment, Precision, Review};
use crate::text::{Edit, Source, Span, apply_edits};

/// How the zone is said in the new text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    /// Once, in the heading.
    InHeading,
    /// Behind each time.
    InEntries,
}

/// The timeline in UTC, where it has times in another zone and every moment stays what it was.
pub(super) fn offer(view: &View<'_>, part: Span) -> Option<Offer> {
    let read = view.review()?;
    let section = read.document.section(SectionKind::Timeline)?;
    let heading = section.heading.as_ref()?;
    let place = read.place(Span::new(heading.span.start, section.content.end));
    let is_here = place.start <= part.end && part.start <= place.end;
    let is_elsewhere = read.review.timeline.entries().iter().any(|entry| entry.written.is_some());
    if !is_here || !is_elsewhere {
        return None;
    }
    let edits = [Zone::InHeading, Zone::InEntries].into_iter().map(|zone| converted(view, read, zone));
    let edits = edits.into_iter().flatten().find(|edits| says_the_same(view, read, edits))?;
    Some(Offer {
        title: "Convert the times to UTC".to_owned(),
        kind: CodeActionKind::REFACTOR_REWRITE,
        changes: edit::own(view, edits),
        is_preferred: false,
    })
}

fn converted(view: &View<'_>, read: &ReadReview, zone: Zone) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    if zone == Zone::InHeading {
        let heading = read.document.section(SectionKind::Timeline)?.heading.as_ref()?;
        // A sentence that says otherwise below the heading would stay.
        let is_elsewhere = match &read.document.timeline_zone {
            Some(StatedZone::Zone(stated)) => !heading.span.contains(stated.span),
            Some(StatedZone::Unclear(_)) => true,
            None => false,
        };
        if is_elsewhere {
            return None;
        }
        let span = read.place(heading.span);
        let line = span.slice(view.text()).trim_end();
        let words = line.rfind('(').filter(|_| line.ends_with(')')).map_or(line, |at| line[..at].trim_end());
        edits.push(Edit {
            span: Span::new(span.start + words.len(), span.start + line.len()),
            text: " (UTC)".to_owned(),
        });
    }
    let mut day = None;
    for entry in read.review.timeline.entries().iter().filter(|entry| entry.at.has_time()) {
        let mut text = if entry.at.approximate { "~".to_owned() } else { String::new() };
        let date = entry.at.at.date();
        if day != Some(date) {
            text = format!("{date} {text}");
            day = Some(date);
        }
        text.push_str(&clock(&entry.at));
        if let Some(until) = &entry.until {
            text.push_str(&format!("–{}", clock(until)));
        }
        if zone == Zone::InEntries {
            text.push_str(" UTC");
        }
        edits.push(Edit { span: read.place(entry.stamp_span), text });
    }
    Some(edits)
}

fn clock(moment: &Moment) -> String {
    let form = if moment.precision == Precision::Second { "%H:%M:%S" } else { "%H:%M" };
    moment.at.format(form).to_string()
}

/// Whether the text with the edits has the same entries at the same moments, and none in another zone.
fn says_the_same(view: &View<'_>, read: &ReadReview, edits: &[Edit]) -> bool {
    let (text, made) = apply_edits(view.text(), edits);
    let document = parse(&Source::new(view.source.path.clone(), &text));
    let (review, _) = lower(&document, &view.known().policy);
    let moments = |review: &Review| {
        let entries = review.timeline.entries().iter();
        let moment = |moment: &Moment| (moment.at, moment.precision, moment.approximate);
        entries
            .map(|entry| (moment(&entry.at), entry.until.as_ref().map(moment), entry.marks.len()))
            .collect::<Vec<_>>()
    };
    let is_in_utc = review.timeline.entries().iter().all(|entry| entry.written.is_none());
    made == edits.len() && is_in_utc && moments(&review) == moments(&read.review)
}
