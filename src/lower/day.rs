//! The day of the incident as its author states it, and what is wrong with that.

use chrono::{Datelike, Duration, NaiveDate};

use super::head::{DATE, facts, title};
use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{Day, Document, HeadFact, day_in, first_day_in, mentions_day, names_part_of_day};
use crate::markdown::plain;
use crate::model::{Precision, Review, Timeline};
use crate::table::{Value, ValueKind};
use crate::text::Span;

/// Words in a label after which nothing but a date stands, in lower case.
const DATE_WORDS: [&str; 4] = ["date", "day", "datum", "fecha"];

/// Words for a day that nobody knows, in lower case.
const UNKNOWN: [&str; 8] = ["unknown", "not known", "tbd", "tbc", "n/a", "none", "-", "?"];

/// The day and the year from which the times of the text are counted: those of a label, or of the heading above all.
pub(super) fn stated_day(document: &Document) -> (Option<NaiveDate>, Option<i32>) {
    let words = match labels(document).next() {
        Some((_, words)) => words,
        None => title(document).map(|(title, _)| title).unwrap_or_default(),
    };
    let day = labelled_day(document).or_else(|| titled_day(document));
    let numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    let mut years = numbers.filter_map(|number| number.parse::<i32>().ok()).filter(|year| (1970..2200).contains(year));
    let year = years.next();
    let is_one = years.all(|other| Some(other) == year);
    (day, day.map(|day| day.year()).or(year.filter(|_| is_one)))
}

/// The day of the incident that is stated beside its timeline. A label counts more than the timeline, whose first entry
/// may lie on the day before in UTC. The title counts where no entry has a day, and the `date` of another generator, which
/// may be that of publication, where nothing else tells a day.
pub(super) fn day_of_incident(document: &Document, review: &Review) -> Option<NaiveDate> {
    let or_titled = || titled_day(document).filter(|_| review.timeline.date().is_none());
    let or_generated = || {
        let words = generated(document).map(|(words, _)| words).filter(|_| review.date().is_none());
        words.and_then(|words| first_day_in(&words))
    };
    labelled_day(document).or_else(or_titled).or_else(or_generated)
}

/// Reports a stated day that cannot be read or that the timeline contradicts, and an adopted review without any.
pub(super) fn report_day(document: &Document, review: &Review, problems: &mut Problems) {
    let mut place = generated(document).map(|(_, span)| span);
    let mut is_reported = false;
    for (fact, words) in labels(document).filter(|(_, words)| first_day_in(words).is_none()) {
        place = place.or(Some(fact.value.span));
        let label = fact.label.value.trim();
        let is_date = DATE_WORDS.iter().any(|word| label.to_lowercase().contains(word));
        let is_meant = (is_date && !is_unknown(&words) || mentions_day(&words)) && !names_part_of_day(&words);
        if is_meant {
            is_reported = true;
            let message = format!("`{words}` after \"{label}\" cannot be read as a day");
            let help =
                "Write the day as `2024-03-04` or `4 March 2024`. In `03/04/2024` either number may be the month.";
            problems.add(ProblemKind::UnreadableEntry, fact.value.span, message).help(help);
        }
    }
    report_contradiction(document, &review.timeline, problems);
    let lacks_day = review.date().is_none() && !is_reported;
    if lacks_day && (review.adopted || labels(document).next().is_some()) {
        let message = if review.adopted {
            "no day of this incident is known, so it counts as an old one: the review is judged by what it says, not by what it lacks"
        } else {
            "no day of this incident is known"
        };
        problems.add(ProblemKind::UnknownDay, place.unwrap_or(document.top()), message);
    }
}

fn report_contradiction(document: &Document, timeline: &Timeline, problems: &mut Problems) {
    let days = timeline.entries().iter().filter(|entry| entry.at.precision != Precision::Month);
    let (first, last) = (days.clone().map(|entry| entry.at.at.date()).min(), timeline.last_date());
    let (Some(first), Some(last)) = (first, last) else { return };
    for (fact, words) in labels(document) {
        let Some(day) = first_day_in(&words) else { continue };
        if day + Duration::days(1) < first || last + Duration::days(1) < day {
            let lies = if first == last { format!("is on {first}") } else { format!("goes from {first} to {last}") };
            let message = format!("this says {day}, and the timeline {lies}");
            let help = "Correct one of the two. The day that is stated here counts until then.";
            problems.add(ProblemKind::Contradiction, fact.value.span, message).help(help);
        }
    }
}

fn labelled_day(document: &Document) -> Option<NaiveDate> {
    labels(document).find_map(|(_, words)| first_day_in(&words))
}

fn titled_day(document: &Document) -> Option<NaiveDate> {
    match day_in(&title(document)?.0)? {
        Day::Date(day) => Some(day),
        Day::Month(_) | Day::Yearless { .. } => None,
    }
}

/// The labels for the day, each with the words behind it.
fn labels(document: &Document) -> impl Iterator<Item = (&HeadFact, String)> {
    facts(document).filter(|(key, _)| *key == DATE).map(|(_, fact)| (fact, plain(&fact.value.value)))
}

/// The `date` by which other generators sort their pages.
fn generated(document: &Document) -> Option<(String, Span)> {
    match &document.front.table.given("date")?.value {
        Value { kind: ValueKind::Date(day), span } => Some((day.to_string(), *span)),
        Value { kind: ValueKind::Text(words) | ValueKind::Time(words), span } => Some((words.clone(), *span)),
        Value {
            kind:
                ValueKind::Integer(_)
                | ValueKind::Float(_)
                | ValueKind::Boolean(_)
                | ValueKind::Array(_)
                | ValueKind::Table(_)
                | ValueKind::Nothing,
            ..
        } => None,
    }
}

fn is_unknown(words: &str) -> bool {
    let words = words.trim().trim_end_matches('.').to_lowercase();
    words.is_empty() || UNKNOWN.contains(&words.as_str())
}
