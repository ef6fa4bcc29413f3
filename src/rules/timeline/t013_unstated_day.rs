//! T013: an entry says that days have passed, and has no date.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "T013",
    name: "unstated-day",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "A timeline entry says that a day or more has passed, but has no date.",
    why: "An entry without a date is on the day of the entry above it. The site would publish durations that are a \
          day or more too short.",
    remedy: "Write the date before the time: `2024-03-05 09:00 — …`.",
    wrong: Example::Edit { replace: "**Resolved** —", with: "**Resolved** — the next day," },
    right: Example::Edit {
        replace: "14:52 — **Resolved** —", with: "2024-03-05 14:52 — **Resolved** — the next day,"
    },
};

/// Words at the beginning of an entry that say that it lies on a later day.
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\W*(?:on |in |by |over )?(?:the )?(?:(?:next|following) (?:day|morning|afternoon|evening|week|weekend|month)|(?:a|one|two|three|four|five|six|several|some|\d+) (?:days?|weeks?|months?) (?:later|after))\b",
    )
    .expect("a regular expression")
});

/// A date, or a month by its name.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\d{4}-\d{2}|\d{1,2}[./]\d{1,2}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
        .expect("a regular expression")
});

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let text = &context.review.text;
    let entries = context.review.timeline.entries();
    for pair in entries.windows(2) {
        let (before, entry) = (&pair[0], &pair[1]);
        let (stamp, said) = (entry.stamp_span.slice(text), text.get(entry.text_start..entry.span.end).unwrap_or(""));
        let is_same_day = before.at.at.date() == entry.at.at.date();
        if is_same_day && !DATE.is_match(stamp) && LATER.is_match(said) {
            let day = before.at.at.date();
            let message = format!("`{stamp}` is read as a time of {day}, and the entry says that it was later");
            findings.add(&METADATA, entry.stamp_span, message);
        }
    }
}
