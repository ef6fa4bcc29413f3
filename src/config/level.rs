//! How strict rules are: `[levels]`, `[levels.collected]` and `[levels.adopted]`.

use std::cell::RefCell;

use crate::diagnostic::{Level, ProblemKind, Problems};
use crate::table::{Table, TableReader, ValueKind};
use crate::text::Spanned;

/// A rule's level as casebook.toml sets it.
#[derive(Clone, Debug)]
pub struct LevelSetting {
    /// The name of the rule as written.
    pub rule: Spanned<String>,
    pub level: Level,
}

/// The levels that casebook.toml sets.
#[derive(Clone, Debug, Default)]
pub struct LevelSettings {
    /// For all reviews.
    pub all: Vec<LevelSetting>,
    /// For collected reviews.
    pub collected: Vec<LevelSetting>,
    /// For adopted reviews.
    pub adopted: Vec<LevelSetting>,
}

pub(super) fn read_levels(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> LevelSettings {
    let Some((table, _)) = reader.table("levels") else { return LevelSettings::default() };
    let mut settings = LevelSettings::default();
    let mut all = table.clone();
    all.entries.retain(|entry| {
        let ValueKind::Table(inner) = &entry.value.kind else { return true };
        let of_profile = match entry.key.as_str() {
            "collected" => &mut settings.collected,
            "adopted" => &mut settings.adopted,
            _ => return true,
        };
        of_profile.extend(level_settings(inner, problems));
        false
    });
    settings.all = level_settings(&all, problems);
    settings
}

fn level_settings(table: &Table, problems: &RefCell<Problems>) -> Vec<LevelSetting> {
    let mut settings = Vec::new();
    for entry in &table.entries {
        match entry.value.kind.text().and_then(Level::from_word) {
            Some(level) => settings.push(LevelSetting { rule: Spanned::new(entry.key.clone(), entry.key_span), level }),
            None => problems
                .borrow_mut()
                .add(ProblemKind::UnknownValue, entry.value.span, format!("this is no level for `{}`", entry.key))
                .help("A level is \"off\", \"advice\", \"warning\" or \"error\"."),
        }
    }
    settings
}
