//! T007: the text gives a duration that no two marks of the timeline have.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use chrono::Duration;

use super::duration;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::SectionKind;
use crate::model::{MetricKind, Metrics, Moment, PhaseMark, TimelineEntry};
use crate::rules::phrase::{self, Phrases};
use crate::rules::{Check, ReviewContext, Rule};
use crate::text::{Span, SpanSet};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T007",
    name: "contradictory-duration",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Contradiction,
    summary: "The text and the timeline disagree on how long the incident lasted.",
    why: "Readers see two numbers on one page and trust neither. The one in the text is often left over from an \
          earlier version of the timeline, and people quote that one.",
    remedy: "Correct the duration in the text, or the times of the marks. A duration is right when any two marked entries \
             lie that far apart.",
    wrong: Example::Edit { replace: "of the edge servers.", with: "of the edge servers. The outage lasted 2 hours." },
    right: Example::Edit {
        replace: "of the edge servers.",
        with: "of the edge servers. The outage lasted almost half an hour.",
    },
};

/// What fails: words of which one stands shortly before a duration that tells of the outage.
static FAILURES: Phrases = Phrases::new(&[
    "outage",
    "incident",
    "disruption",
    "interruption",
    "downtime",
    "impact",
    "failed",
    "failing",
    "unavailable",
    "unreachable",
    "inaccessible",
    "offline",
    "down",
    "degraded",
    "broken",
    "disrupted",
    "interrupted",
    "impacted",
    "affected",
    "could not",
    "unable",
    "errors",
]);

/// Words that make of the duration something else than the length of the outage.
static OTHERS: Phrases = Phrases::new(&[
    "each",
    "every",
    "per",
    "some",
    "a few",
    "next",
    "last",
    "later",
    "after",
    "before",
    "at a time",
    "or more",
    "or less",
    "longer",
    "not",
    "again",
]);

/// The greatest length of a clause in bytes: words further away tell of something else.
const CLAUSE: usize = 400;

/// Words before a duration by which it is the length of something.
static LEADS: Phrases = Phrases::new(&[
    "for about",
    "for around",
    "for approximately",
    "for",
    "lasted about",
    "lasted for",
    "lasted",
    "outage of",
]);

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    // To compare all marks with each other takes time; most texts state no duration.
    let marked = OnceCell::new();
    let text = &context.document.source.text;
    for span in spans(context) {
        for (at, stated) in stated(span.slice(text)) {
            // Nobody means "two hours" to the minute, nor do marks know their seconds.
            let slack = (stated.duration * 15 / 100).max(stated.unit / 2).max(Duration::minutes(1));
            let Some(marked) = marked.get_or_init(|| marked_durations(context)) else { return };
            let first = marked.partition_point(|(_, most)| *most + slack < stated.duration);
            if marked.get(first).is_none_or(|(least, _)| *least - slack > stated.duration) {
                let place = Span::new(at, at + stated.length).shifted(span.start);
                let message = format!("\"{}\" matches no two marks of the timeline", place.slice(text));
                findings.add(&METADATA, place, message);
            }
        }
    }
}

/// Where the text tells of the outage as a whole: impact, summary and root cause.
fn spans(context: &ReviewContext<'_>) -> Vec<Span> {
    let kinds = [SectionKind::Summary, SectionKind::RootCause];
    let sections = context.document.sections.iter();
    let told = sections.filter(|section| section.kind.is_some_and(|kind| kinds.contains(&kind)));
    let told = SpanSet::new(told.map(|section| section.content));
    let prose = phrase::prose(context).iter().copied();
    let prose = prose.filter(|span| told.covers(*span));
    context.review.impact.texts.iter().map(|(_, text)| text.span).chain(prose).collect()
}

/// The least and most time between any two marked entries, and of impact: in order, and those that overlap as one.
/// `None` when the timeline does not tell when the impact began and when it ended.
fn marked_durations(context: &ReviewContext<'_>) -> Option<Vec<(Duration, Duration)>> {
    let timeline = &context.review.timeline;
    timeline.first(PhaseMark::ImpactStarted)?;
    timeline.first(PhaseMark::Resolved).or_else(|| timeline.first(PhaseMark::Mitigated))?;
    let marked = timeline.entries().iter().filter(|entry| !entry.marks.is_empty());
    let mut marked: Vec<&TimelineEntry> = marked.collect();
    if !timeline.stated().is_empty() {
        marked.extend(timeline.stated());
        marked.sort_by_key(|entry| entry.at.at);
    }
    let mut all: Vec<(Duration, Duration)> = Vec::new();
    for (at, from) in marked.iter().enumerate() {
        all.extend(from.until.iter().map(|until| between(&from.at, until)));
        all.extend(marked[at + 1..].iter().map(|to| between(&from.at, &to.at)));
    }
    all.extend(Metrics::derive(timeline).get(MetricKind::TimeOfImpact).map(|time| (time.duration, time.duration)));
    all.sort_unstable();
    let mut joined: Vec<(Duration, Duration)> = Vec::new();
    for (least, most) in all {
        match joined.last_mut() {
            Some(last) if least <= last.1 => last.1 = last.1.max(most),
            _ => joined.push((least, most)),
        }
    }
    Some(joined)
}

/// The least and most time that can lie between two moments. Approximate ones are off by a quarter of an hour at most.
fn between(from: &Moment, to: &Moment) -> (Duration, Duration) {
    let slack = Duration::minutes(if from.approximate || to.approximate { 15 } else { 0 });
    (to.at - from.latest() - slack, to.latest() - from.at + slack)
}

/// The durations in `text` that tell how long the outage was, with their places.
fn stated(text: &str) -> Vec<(usize, duration::Stated)> {
    let lead = |(range, _): &(std::ops::Range<usize>, &str)| {
        let skipped = text[range.end..].len() - text[range.end..].trim_start().len();
        let at = range.end + skipped;
        duration::read(&text[at..]).map(|stated| (range.start, at, stated))
    };
    let claims = phrase::Claims::new(text);
    let mut known = BTreeSet::new();
    let mut found: Vec<(usize, duration::Stated)> = Vec::new();
    for (start, at, stated) in LEADS.find(text).iter().filter_map(lead) {
        let before = clause_before(&text[..at]);
        let after = words(&text[at + stated.length..], 2);
        let names_failure = FAILURES.are_in(before);
        let is_other = OTHERS.are_in(before) || OTHERS.are_in(after);
        if names_failure && !is_other && !claims.spare(start) && known.insert(at) {
            found.push((at, stated));
        }
    }
    found
}

/// The end of `text` since the last full stop, comma or bracket.
fn clause_before(text: &str) -> &str {
    let text = phrase::tail(text, CLAUSE);
    text.rsplit([',', ';', '(', ':', '!', '?']).next().and_then(|clause| clause.rsplit(". ").next()).unwrap_or(text)
}

/// The first `count` words of `text`, up to the end of the sentence.
fn words(text: &str, count: usize) -> &str {
    let text = phrase::head(text, CLAUSE);
    let sentence = text.split(['.', ',', ';']).next().unwrap_or(text);
    let end = sentence.match_indices(char::is_whitespace).filter(|(at, _)| *at > 0).nth(count).map(|(at, _)| at);
    &sentence[..end.unwrap_or(sentence.len())]
}

#[cfg(test)]
mod tests {
    use super::stated;

    fn check(text: &str, durations: &[&str]) {
        let found: Vec<&str> = stated(text).iter().map(|(at, stated)| &text[*at..at + stated.length]).collect();
        assert_eq!(found, durations, "{text}");
    }

    #[test]
    fn durations_of_the_outage_are_found() {
        check("82 % of requests failed for 27 minutes.", &["27 minutes"]);
        check("The outage lasted about two hours and 5 minutes, and then", &["two hours and 5 minutes"]);
        check("Search was down\nfor an hour. It was an outage of 3 h.", &["an hour", "3 h"]);
    }

    #[test]
    fn other_durations_are_left_alone() {
        for text in [
            "The failed job waited, for 20 minutes, for a lock",
            "Each request failed for 30 seconds",
            "Some users were affected for 10 minutes",
            "Requests failed for up to 20 minutes",
            "The service was down for 20 minutes after each deployment",
            "It was not down for 20 minutes",
            "The cache keeps entries for 20 minutes",
        ] {
            check(text, &[]);
        }
    }
}
