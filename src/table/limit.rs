//! Limits on the length of lists in TOML. Items may appear on many pages, so a few kilobytes could take gigabytes.

use super::{Table, Value, ValueKind};
use crate::diagnostic::{ProblemKind, Problems};

/// The greatest number of items of any list.
const ITEMS: usize = 1_000;

/// The greatest number of related reviews of one review, since each of them lists it, too.
const RELATED: usize = 50;

/// Truncates lists that are too long, here and in all inner tables, and reports each.
pub fn truncate_lists(table: &mut Table, problems: &mut Problems) {
    for entry in &mut table.entries {
        let limit = if entry.key == "related" { RELATED } else { ITEMS };
        truncate_value(&mut entry.value, &entry.key, limit, problems);
    }
}

fn truncate_value(value: &mut Value, key: &str, limit: usize, problems: &mut Problems) {
    match &mut value.kind {
        ValueKind::Table(table) => truncate_lists(table, problems),
        ValueKind::Array(items) => {
            if let Some(first) = items.get(limit) {
                let message = format!("`{key}` has {} items, and no more than {limit} are read", items.len());
                let help = "Keep those that readers need, or divide the file.";
                problems.add(ProblemKind::TooMuch, first.span, message).help(help);
                items.truncate(limit);
            }
            items.iter_mut().for_each(|item| truncate_value(item, key, limit, problems));
        }
        ValueKind::Text(_)
        | ValueKind::Integer(_)
        | ValueKind::Float(_)
        | ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::Time(_)
        | ValueKind::Nothing => {}
    }
}
