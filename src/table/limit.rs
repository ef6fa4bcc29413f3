//! How many items of a list are read. Each may be shown many times, so a few kilobytes could cost gigabytes.

use super::{Table, Value, ValueKind};
use crate::diagnostic::{ProblemKind, Problems};

/// The greatest number of items of a list in TOML.
const ITEMS: usize = 1_000;

/// The greatest number of reviews that one review names as related. Each of them shows it, too.
const RELATED: usize = 50;

/// Reports the parts of a list in TOML that are too many, and takes them away.
pub fn limit_lists(table: &mut Table, problems: &mut Problems) {
    for entry in &mut table.entries {
        let limit = if entry.key == "related" { RELATED } else { ITEMS };
        limit_value(&mut entry.value, &entry.key, limit, problems);
    }
}

fn limit_value(value: &mut Value, key: &str, limit: usize, problems: &mut Problems) {
    match &mut value.kind {
        ValueKind::Table(table) => limit_lists(table, problems),
        ValueKind::Array(items) => {
            if let Some(first) = items.get(limit) {
                let message = format!("`{key}` has {} items, and no more than {limit} are read", items.len());
                let help = "Keep those that readers need, or divide the file.";
                problems.add(ProblemKind::TooMuch, first.span, message).help(help);
                items.truncate(limit);
            }
            items.iter_mut().for_each(|item| limit_value(item, key, limit, problems));
        }
        _ => {}
    }
}
