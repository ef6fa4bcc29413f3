//! The deadlines of open actions as a calendar (RFC 5545).

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};

use super::issuer::Issuer;
use crate::markdown::plain;
use crate::model::{Action, Corpus, Review, counts};

/// A day for each action that is to be done by then, those of withdrawn reviews left out. Calendars that people subscribe
/// to show events; most of them leave out tasks.
pub fn calendar(corpus: &Corpus, issuer: &Issuer<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", concat!("-//Casebook//Casebook ", env!("CARGO_PKG_VERSION"), "//EN")));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.name(&format!("Open actions: {}", issuer.title));
    for (_, review) in corpus.local().filter(|(_, review)| counts(review)) {
        for (at, action) in review.actions.iter().enumerate().filter(|(_, action)| action.is_open()) {
            if let Some(due) = &action.due {
                calendar.push(event(&Deadline { review, action, at, due: due.value }, issuer));
            }
        }
    }
    calendar.to_string()
}

struct Deadline<'a> {
    review: &'a Review,
    action: &'a Action,
    /// The position of the action in the review.
    at: usize,
    due: NaiveDate,
}

fn event(deadline: &Deadline<'_>, issuer: &Issuer<'_>) -> Event {
    let &Deadline { review, action, at, due } = deadline;
    let change = action.change.as_ref().map(|change| plain(&change.value)).unwrap_or_default();
    let anchor = action.anchor(at);
    let url = format!("{}#{anchor}", issuer.review_url(review));
    let owner = action.owner.as_ref().map(|owner| format!("\nOwner: {}", owner.value)).unwrap_or_default();
    // The newest change, not the clock: the same input gives the same bytes.
    let changed = review.modified().unwrap_or(due).and_time(NaiveTime::MIN).and_utc();
    let mut event = Event::new();
    event
        .uid(&format!("{}.{anchor}@{}", review.id, host(issuer.base_url)))
        .timestamp(changed)
        .add_property("LAST-MODIFIED", stamp(changed))
        .summary(&format!("Due: {change}"))
        .description(&format!("From the review “{}”.{owner}\n{url}", review.title))
        .url(&url)
        .starts(due)
        .append_property(Property::new("TRANSP", "TRANSPARENT"));
    if let Some(next) = due.checked_add_days(Days::new(1)) {
        event.ends(next);
    }
    event.done()
}

fn stamp(time: DateTime<Utc>) -> String {
    time.format("%Y%m%dT%H%M%SZ").to_string()
}

fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
