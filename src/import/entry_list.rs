//! Lists and tables of YAML as those of Markdown.

use super::markdown::text_of;
use super::statuspage::title_case;
use crate::table::{Value, ValueKind};

/// Lists of tables of texts as a table, other lists and tables as items.
pub(super) fn list(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match &value.kind {
        ValueKind::Array(values) => {
            rows(values).unwrap_or_else(|| values.iter().map(|value| labelled(&indent, None, value, depth)).collect())
        }
        ValueKind::Table(table) => {
            let entries = table.entries.iter().filter(|entry| !entry.value.kind.is_empty());
            entries.map(|entry| labelled(&indent, Some(&entry.key), &entry.value, depth)).collect()
        }
        ValueKind::Text(_)
        | ValueKind::Integer(_)
        | ValueKind::Float(_)
        | ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::Time(_)
        | ValueKind::Nothing => String::new(),
    }
}

fn labelled(indent: &str, key: Option<&str>, value: &Value, depth: usize) -> String {
    let label = key.map(|key| format!("**{}:**", title_case(key))).unwrap_or_default();
    match text_of(value) {
        Some(text) => {
            let text = text.lines().collect::<Vec<_>>().join(&format!("\n{indent}  "));
            format!("{indent}- {}\n", format!("{label} {text}").trim())
        }
        None => match list(value, depth + 1) {
            inner if inner.is_empty() => String::new(),
            // A table cannot stand in an item, and items need no head of their own.
            inner if label.is_empty() => inner,
            inner => format!("{indent}- {label}\n{inner}"),
        },
    }
}

/// A table with a column for each key, where all rows hold nothing but texts.
fn rows(values: &[Value]) -> Option<String> {
    let mut columns: Vec<&str> = Vec::new();
    for value in values {
        let ValueKind::Table(table) = &value.kind else { return None };
        for entry in &table.entries {
            text_of(&entry.value).or_else(|| entry.value.kind.is_empty().then(String::new))?;
            if !columns.contains(&entry.key.as_str()) {
                columns.push(&entry.key);
            }
        }
    }
    let heads: Vec<String> = columns.iter().map(|key| title_case(key)).collect();
    let mut text = format!("| {} |\n{}|\n", heads.join(" | "), "| --- ".repeat(columns.len()));
    for value in values {
        let ValueKind::Table(table) = &value.kind else { return None };
        let cell = |key: &&str| table.get(key).and_then(|entry| text_of(&entry.value)).unwrap_or_default();
        let cells: Vec<String> = columns.iter().map(cell).collect();
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', "<br>")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    (!columns.is_empty()).then_some(text)
}
