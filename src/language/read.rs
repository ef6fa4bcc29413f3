//! Words as they are written: one TOML file a language, nested as its keys are.

use std::collections::BTreeMap;

use super::{CATEGORIES, Phrase, primary};
use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::table::{Table, Value, ValueKind, read_toml};
use crate::text::Span;

/// The words of every key.
#[derive(Clone, Debug, Default)]
pub struct Phrases(pub(super) BTreeMap<String, Phrase>);

/// The languages that come with the program, each with its file.
pub const BUILT_IN: [(&str, &str); 6] = [
    ("ar", include_str!("../../themes/default/i18n/ar.toml")),
    ("de", include_str!("../../themes/default/i18n/de.toml")),
    ("en", include_str!("../../themes/default/i18n/en.toml")),
    ("es", include_str!("../../themes/default/i18n/es.toml")),
    ("fr", include_str!("../../themes/default/i18n/fr.toml")),
    ("ja", include_str!("../../themes/default/i18n/ja.toml")),
];

impl Phrases {
    /// The built-in words for a tag, English where there are none: `de-AT` takes those of `de`.
    pub fn for_tag(tag: &str) -> Self {
        let mut phrases = Self::default();
        names(tag).iter().for_each(|name| phrases.add_built_in(name));
        phrases
    }

    /// Puts the built-in words of a language, if there are any, in place of those of the same key.
    pub fn add_built_in(&mut self, name: &str) {
        for (_, text) in BUILT_IN.iter().filter(|(known, _)| *known == name) {
            self.add(text);
        }
    }

    /// Puts the words of a file in place of those of the same key.
    pub fn add(&mut self, text: &str) -> Vec<Problem> {
        let mut problems = Problems::default();
        let table = read_toml(text, Span::new(0, text.len()), &mut problems);
        flatten("", &table, &mut self.0, &mut problems);
        problems.0
    }
}

/// The names of the files that a tag takes its words from; each wins over those before it: `en`, `pt`, `pt-br`.
pub fn names(tag: &str) -> Vec<String> {
    let whole = tag.replace('_', "-").to_lowercase();
    let mut names = vec!["en".to_owned(), primary(&whole).to_owned(), whole];
    names.dedup();
    names
}

fn flatten(prefix: &str, table: &Table, phrases: &mut BTreeMap<String, Phrase>, problems: &mut Problems) {
    for entry in &table.entries {
        let key = if prefix.is_empty() { entry.key.clone() } else { format!("{prefix}.{}", entry.key) };
        match &entry.value.kind {
            ValueKind::Table(inner) => match counted(inner) {
                Some(forms) => _ = phrases.insert(key, Phrase::Counted(forms)),
                None => flatten(&key, inner, phrases, problems),
            },
            ValueKind::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    plain(format!("{key}.{}", at + 1), item, phrases, problems);
                }
            }
            _ => plain(key, &entry.value, phrases, problems),
        }
    }
}

fn plain(key: String, value: &Value, phrases: &mut BTreeMap<String, Phrase>, problems: &mut Problems) {
    match &value.kind {
        ValueKind::Text(words) => _ = phrases.insert(key, Phrase::Plain(words.clone())),
        ValueKind::Integer(number) => _ = phrases.insert(key, Phrase::Plain(number.to_string())),
        other => problems
            .add(ProblemKind::WrongType, value.span, format!("`{key}` takes words, and this is {}", other.noun()))
            .help("Write a string, or a table with the plural forms: { one = \"…\", other = \"…\" }."),
    }
}

/// The plural forms of a table, when it holds nothing else.
fn counted(table: &Table) -> Option<BTreeMap<&'static str, String>> {
    let mut forms = BTreeMap::new();
    for entry in &table.entries {
        let category = CATEGORIES.into_iter().find(|category| *category == entry.key)?;
        forms.insert(category, entry.value.kind.text()?.to_owned());
    }
    forms.contains_key("other").then_some(forms)
}
