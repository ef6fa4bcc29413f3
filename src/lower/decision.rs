//! What was decided for all reviews of a place, where a review does not say it itself.

use std::borrow::Cow;

use crate::document::Document;
use crate::model::{DecidedValue, Decision, ReviewPlace};
use crate::table::{Entry, Table, Value, ValueKind};
use crate::text::Span;

/// `table` with the decisions of its place for keys that it does not have. They stand at its top.
pub(super) fn decided<'a>(table: Cow<'a, Table>, document: &Document, place: Option<&ReviewPlace>) -> Cow<'a, Table> {
    let missing: Vec<&Decision> = place
        .iter()
        .flat_map(|place| &place.decisions)
        .filter(|decision| table.given(decision.key).is_none())
        .collect();
    if missing.is_empty() {
        return table;
    }
    let mut whole = table.into_owned();
    whole.fill_in(missing.into_iter().map(|decision| entry(decision, document.top())).collect());
    Cow::Owned(whole)
}

fn entry(decision: &Decision, span: Span) -> Entry {
    let text = |text: &String| ValueKind::Text(text.clone());
    let kind = match &decision.value {
        DecidedValue::Text(value) => text(value),
        DecidedValue::Texts(values) => {
            ValueKind::Array(values.iter().map(|value| Value { kind: text(value), span }).collect())
        }
    };
    Entry { key: decision.key.to_owned(), key_span: span, value: Value { kind, span } }
}
