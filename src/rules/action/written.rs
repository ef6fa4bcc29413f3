//! What stands in the front matter for an action, whether it could be read or not.

use crate::document::Document;
use crate::model::Action;
use crate::table::{Table, Value, ValueKind};

/// Whether the front matter gives an action a key whose value has a finding of its own: it is not missing, and to say so would
/// be a second finding for one mistake.
pub(super) fn is_unreadable(document: &Document, action: &Action, key: &str) -> bool {
    let value = table(document, action).and_then(|table| table.get(key)).map(|entry| &entry.value.kind);
    value.is_some_and(|value| *value != ValueKind::Nothing && !is_empty_list(value))
}

fn is_empty_list(value: &ValueKind) -> bool {
    matches!(value, ValueKind::Array(items) if items.is_empty())
}

fn table<'a>(document: &'a Document, action: &Action) -> Option<&'a Table> {
    let ValueKind::Array(actions) = &document.front.table.get("actions")?.value.kind else { return None };
    let is_its = |value: &&Value| value.span.start == action.span.start;
    match &actions.iter().find(is_its)?.kind {
        ValueKind::Table(table) => Some(table),
        _ => None,
    }
}
