//! The words that people write for the fields of an action, and the values that they stand for.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::time::{Day, day_in};

/// What is said about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionField {
    /// Who is responsible, as written.
    Owner,
    /// The day by which it is to be done, as `2024-03-31`.
    Due,
    /// `open`, `in-progress`, `done` or `cancelled`.
    Status,
    /// `prevent`, `detect`, `mitigate` or `process`.
    Kind,
    /// The factors and labels that it answers, with commas between them.
    Answers,
    /// The address where it is tracked.
    Link,
    /// How it is known to work, in Markdown.
    Evidence,
    /// The day on which it was closed, as `2024-03-31`.
    Closed,
    /// What changes tangibly with it, such as `runbook`, with commas between them.
    Updates,
    /// Its name within the review.
    Id,
}

/// Words before a colon, in lower case.
pub(super) const LABELS: [(ActionField, &[&str]); 5] = [
    (ActionField::Owner, &["owner", "owners", "assignee", "assigned to", "responsible", "dri"]),
    (ActionField::Due, &["due", "due date", "due by", "deadline", "eta", "target date"]),
    (ActionField::Status, &["status", "state"]),
    (ActionField::Kind, &["kind", "type"]),
    (ActionField::Evidence, &["evidence", "verified by"]),
];

/// Words and signs that say how far an action is.
const STATUSES: [(&str, &[&str]); 4] = [
    (
        "done",
        &[
            "done",
            "complete",
            "completed",
            "closed",
            "fixed",
            "finished",
            "resolved",
            "shipped",
            "merged",
            "✅",
            "☑",
            "☑️",
            "✔",
            "✔️",
            "yes",
            "x",
            "[x]",
        ],
    ),
    ("in-progress", &["in progress", "in-progress", "ongoing", "started", "wip", "doing", "in review", "🚧", "🔄"]),
    ("open", &["open", "todo", "to do", "planned", "not started", "pending", "outstanding", "new", "no", "[ ]"]),
    (
        "cancelled",
        &["cancelled", "canceled", "won't do", "wont do", "won't fix", "wontfix", "abandoned", "dropped", "❌"],
    ),
];

/// Other words for kinds of actions.
const KINDS: [(&str, &[&str]); 4] = [
    ("prevent", &["prevent", "prevention", "preventive", "preventative"]),
    ("detect", &["detect", "detection", "monitoring", "alerting"]),
    ("mitigate", &["mitigate", "mitigation", "mitigative"]),
    ("process", &["process"]),
];

/// What an action can change tangibly.
const UPDATES: [&str; 7] = ["runbook", "alerting", "access", "communication", "training", "design", "tooling"];

/// The most words that the name of an owner has.
const OWNER_WORDS: usize = 6;

/// What a part of the brackets at the end is, where it says so by itself.
pub(super) fn field_of(part: &str) -> Option<ActionField> {
    if part.starts_with('@') && !part.contains(' ') {
        return Some(ActionField::Owner);
    }
    [ActionField::Due, ActionField::Status].into_iter().find(|field| value(*field, part).is_some())
}

/// The value that words stand for in a field; `None` where they are no such value.
pub(super) fn value(field: ActionField, words: &str) -> Option<String> {
    let words = words.trim().trim_matches(['*', '_', '`']).trim();
    let known = |table: &[(&'static str, &[&str])]| {
        let lower = words.to_lowercase().replace('’', "'");
        table.iter().find(|(_, names)| names.contains(&lower.as_str())).map(|(word, _)| (*word).to_owned())
    };
    match field {
        ActionField::Owner => {
            let count = words.split_whitespace().count();
            (1..=OWNER_WORDS).contains(&count).then(|| words.to_owned())
        }
        ActionField::Due | ActionField::Closed => due(words),
        ActionField::Status => known(&STATUSES).or_else(|| {
            // `✅ Done`, `Done!`
            let is_sign = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !"“”„‘’‚«»".contains(c);
            let word = words.trim_matches(|c: char| c == '!' || c.is_whitespace() || is_sign(c));
            (word.len() < words.len()).then(|| value(field, word))?
        }),
        ActionField::Kind => known(&KINDS),
        ActionField::Answers | ActionField::Evidence => (!words.is_empty()).then(|| words.to_owned()),
        ActionField::Link => link(words),
        ActionField::Updates => {
            let parts: Vec<String> = words.split(',').map(|part| part.trim().to_lowercase()).collect();
            parts.iter().all(|part| UPDATES.contains(&part.as_str())).then(|| parts.join(", "))
        }
        ActionField::Id => (!words.is_empty() && !words.contains(char::is_whitespace)).then(|| words.to_owned()),
    }
}

/// A day alone, perhaps behind "by" or "due".
fn due(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    let prefix = ["by ", "due ", "until ", "before "].into_iter().find(|prefix| lower.starts_with(prefix));
    let words = words.get(prefix.map_or(0, str::len)..)?;
    let is_short = words.split_whitespace().count() <= 4 && words.len() <= 30;
    match day_in(words).filter(|_| is_short)? {
        Day::Date(day) => Some(day.to_string()),
        Day::Month(_) | Day::Yearless { .. } => None,
    }
}

/// A day that is not whole, or a longer time: `Dec 10`, `01.12.2026`, `Q1`, `end of month`.
const PART_OF_DATE: &str = r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:\d{4}[ -]?)?[QH][1-4](?:[ /-]?\d{2,4})?|(?:\d{1,2}(?:st|nd|rd|th)?[ ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?(?:[ ]\d{1,2}(?:st|nd|rd|th)?)?(?:,?[ ]\d{4})?|(?:next|this|end[ ]of(?:[ ]the)?|early|late|mid)[ -](?:week|month|quarter|year|sprint)|tomorrow|eo[dwmqy]|(?:mon|tues|wednes|thurs|fri|satur|sun)day";

/// Whether words in the place of a deadline, which are no day, mean a time all the same.
pub(super) fn looks_like_deadline(words: &str) -> bool {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)\b(?:{PART_OF_DATE})\b|\b\d{{4}}\b|\bweek \d")).expect("a regular expression")
    });
    words.len() <= 40 && PART.is_match(words)
}

/// Whether words say nothing but a time that is no day, wherever they stand. `1.2` may be anything.
pub(super) fn is_deadline_alone(words: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)^(?:by |due |until |before )?(?:{PART_OF_DATE})$")).expect("a regular expression")
    });
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d+[./-]\d+$").expect("a regular expression"));
    WHOLE.is_match(words.trim()) && !NUMBER.is_match(words.trim())
}

/// The address of a link in Markdown, or a bare address.
fn link(words: &str) -> Option<String> {
    let target = words.strip_suffix(')').and_then(|link| link.rsplit_once("](")).map(|(_, target)| target);
    let address = target.unwrap_or_else(|| words.trim_matches(['<', '>']));
    (address.starts_with("https://") || address.starts_with("http://")).then(|| address.to_owned())
}
