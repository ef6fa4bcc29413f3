//! Which table of the format a place in TOML or YAML belongs to.

use super::view::{REGISTRY, View};
use crate::diagnostic::Problems;
use crate::model::format;
use crate::table::{Key, KeyKind, Table, TableSchema, ValueKind, read_toml};
use crate::text::Span;

/// The keys of the top of a file, of what lies above the text of a review or a page, else of a TOML file.
pub(super) fn of_file(view: &View<'_>) -> Option<&'static TableSchema> {
    match view.source.path.as_str() {
        "casebook.toml" => Some(&format::SITE),
        REGISTRY => Some(&format::REGISTRY),
        _ if view.is_review() => Some(&format::REVIEW),
        path if path.starts_with("content/pages/") => Some(&format::PAGE),
        _ => None,
    }
}

/// The key at a place.
pub(super) fn key_at(view: &View<'_>, offset: usize) -> Option<&'static Key> {
    let top = of_file(view)?;
    match view.review() {
        Some(read) => key_in(&read.document.front.table, top, offset),
        None if view.source.path.extension() == Some("toml") => {
            let text = view.text();
            let table = read_toml(text, Span::new(0, text.len()), &mut Problems::default());
            key_in(&table, top, offset)
        }
        None => None,
    }
}

fn key_in(table: &Table, schema: &'static TableSchema, offset: usize) -> Option<&'static Key> {
    let place = Span::at(offset);
    for entry in &table.entries {
        let Some(key) = schema.key(&entry.key) else { continue };
        if entry.key_span.contains(place) {
            return Some(key);
        }
        let inner = below(key.kind).and_then(|schema| {
            tables_in(&entry.value.kind).into_iter().find_map(|table| key_in(table, schema, offset))
        });
        if inner.is_some() {
            return inner;
        }
    }
    None
}

/// A table, or those of a list.
pub(super) fn tables_in(value: &ValueKind) -> Vec<&Table> {
    let items = if let ValueKind::Array(items) = value { items.as_slice() } else { &[] };
    let kinds = std::iter::once(value).chain(items.iter().map(|item| &item.kind));
    kinds.filter_map(|kind| if let ValueKind::Table(table) = kind { Some(table) } else { None }).collect()
}

/// The keys of the tables that a key takes.
pub(super) fn below(kind: KeyKind) -> Option<&'static TableSchema> {
    match kind {
        KeyKind::Table(schema) | KeyKind::TextOrTable(schema) | KeyKind::Tables(schema) | KeyKind::Named(schema) => {
            Some(schema)
        }
        KeyKind::Text
        | KeyKind::Date
        | KeyKind::Count
        | KeyKind::Flag
        | KeyKind::Texts
        | KeyKind::Word(_)
        | KeyKind::Words(_)
        | KeyKind::NamedTexts
        | KeyKind::Reasons
        | KeyKind::Levels
        | KeyKind::Any => None,
    }
}
