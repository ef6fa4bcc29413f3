//! The columns of a table of actions, by their heads.

use std::sync::LazyLock;

use regex::Regex;

use super::field::Fields;
use super::value::ActionField;
use crate::text::Span;

/// The heads that people write, in lower case.
const HEADS: [(ActionField, &[&str]); 10] = [
    (ActionField::Owner, &["owner", "owners", "assignee", "assigned to", "responsible", "who", "team", "dri", "lead"]),
    (
        ActionField::Due,
        &["due", "due date", "deadline", "by", "by when", "when", "date", "target", "target date", "eta"],
    ),
    (ActionField::Status, &["status", "state", "progress", "done", "done?", "complete"]),
    (ActionField::Kind, &["kind", "type", "category"]),
    (ActionField::Answers, &["answers", "weakness", "addresses", "factor", "contributing factor"]),
    (
        ActionField::Link,
        &["link", "links", "ticket", "issue", "bug", "tracking", "tracked", "jira", "pr", "url", "reference"],
    ),
    (ActionField::Evidence, &["evidence", "proof", "verified by"]),
    (ActionField::Closed, &["closed", "closed on", "done on", "completed on"]),
    (ActionField::Updates, &["updates"]),
    (ActionField::Id, &["id"]),
];

/// The field that a head or a label names.
pub fn field_named(words: &str) -> Option<ActionField> {
    let words = words.trim().trim_matches(['*', '_', '`', ':']).to_lowercase();
    HEADS.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(field, _)| *field)
}

/// Whether a column holds the numbers of the rows.
fn is_number_head(head: &str) -> bool {
    let head = head.trim_matches(['*', '_', '`', ':', ' ']).to_lowercase();
    matches!(head.as_str(), "" | "#" | "no" | "no." | "nr" | "nr." | "№" | "number" | "n")
}

/// The heads of the column that says what is changed.
const CHANGE: [&str; 12] = [
    "action",
    "actions",
    "action item",
    "action items",
    "task",
    "tasks",
    "description",
    "what",
    "change",
    "item",
    "todo",
    "improvement",
];

/// What the columns of a table hold.
pub(super) struct Columns<'a> {
    text: &'a str,
    heads: &'a [Span],
    /// The column that says what is changed.
    pub(super) change: usize,
    fields: Vec<Option<ActionField>>,
}

impl<'a> Columns<'a> {
    pub(super) fn of(text: &'a str, heads: &'a [Span]) -> Self {
        let words = |head: &Span| head.slice(text).trim().trim_matches(['*', '_', '`', ':']).to_lowercase();
        let heads_in_words: Vec<String> = heads.iter().map(words).collect();
        let fields: Vec<Option<ActionField>> = heads_in_words.iter().map(|head| field_named(head)).collect();
        let named = heads_in_words.iter().position(|head| CHANGE.contains(&head.as_str()));
        let is_free = |at: &usize| fields[*at].is_none() && !is_number_head(&heads_in_words[*at]);
        let change = named.or_else(|| (0..fields.len()).find(is_free)).unwrap_or(0);
        Self { text, heads, change, fields }
    }

    /// Adds the words of a cell as the field that the head of its column names; else to the text, with the head.
    pub(super) fn add(&self, fields: &mut Fields<'_>, at: usize, cell: Span) {
        let words = fields.written_out(cell);
        let words = words.trim();
        let head = self.heads.get(at).map_or("", |head| head.slice(self.text).trim());
        // The number of the row.
        let is_number = words.chars().all(|c| c.is_ascii_digit() || matches!(c, '#' | '.' | ')'));
        if words.is_empty() || is_number && is_number_head(head) {
            return;
        }
        let place = Span::new(cell.start, cell.end);
        let field = self.fields.get(at).copied().flatten();
        let is_read = field.is_some_and(|field| fields.add_value(field, words, place));
        if !is_read {
            // Where it is tracked may say how far it is: `#12 **DONE**`.
            let words = if field == Some(ActionField::Link) { add_status_behind(fields, words, place) } else { words };
            if words.is_empty() || field.is_some_and(|field| fields.add_value(field, words, place)) {
                return;
            }
            fields.append(head, words);
        }
    }
}

/// Adds a status that stands in capitals or in bold at the end, and gives what is before it.
fn add_status_behind<'a>(fields: &mut Fields<'_>, words: &'a str, place: Span) -> &'a str {
    static LAST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(.*?)\s*(?:\*\*([A-Za-z ]+)\*\*|\b([A-Z]{3,}))$").expect("a regular expression")
    });
    let Some(found) = LAST.captures(words) else { return words };
    let is_status = |status: regex::Match<'_>| fields.add_value(ActionField::Status, status.as_str(), place);
    match (found.get(2).or_else(|| found.get(3)).is_some_and(is_status), found.get(1)) {
        (true, Some(before)) => before.as_str(),
        (true, None) | (false, _) => words,
    }
}
