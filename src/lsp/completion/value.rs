//! The values that a key can have, by the format and by what the site knows.

use std::collections::BTreeMap;

use chrono::Days;

use super::front::TableAt;
use crate::diagnostic::Level;
use crate::lsp::view::View;
use crate::model::Review;
use crate::table::KeyKind;

/// A value that a key can have.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// A few words about it.
    pub(super) detail: String,
    /// What it means, in Markdown.
    pub(super) about: String,
    /// Whether TOML writes it without quotes.
    pub(super) is_bare: bool,
}

impl Word {
    pub(super) fn new(text: &str, about: &str) -> Self {
        Self { text: text.to_owned(), detail: String::new(), about: about.to_owned(), is_bare: false }
    }

    fn detail(self, detail: &str) -> Self {
        Self { detail: detail.to_owned(), ..self }
    }

    fn bare(text: &str) -> Self {
        Self { is_bare: true, ..Self::new(text, "") }
    }
}

/// Days that an action usually gets.
const DUE: u64 = 30;

/// What the key of a table can have, the likeliest first.
pub(super) fn words(view: &View<'_>, table: &TableAt, key: &str) -> Vec<Word> {
    if matches!(table.kind, Some(KeyKind::Levels)) {
        return Level::ALL.iter().rev().map(|level| Word::new(level.word(), "")).collect();
    }
    let Some(known) = table.schema.and_then(|schema| schema.key(key)) else { return Vec::new() };
    let mut words = match known.kind {
        KeyKind::Word(list) | KeyKind::Words(list) => {
            list().into_iter().map(|(word, meaning)| Word::new(word, meaning)).collect()
        }
        KeyKind::Flag => vec![Word::bare("true"), Word::bare("false")],
        KeyKind::Date => vec![Word::bare(&day(view, if key == "due" { DUE } else { 0 }))],
        KeyKind::Text | KeyKind::Texts => named(view, table, key),
        KeyKind::Count
        | KeyKind::Table(_)
        | KeyKind::TextOrTable(_)
        | KeyKind::Tables(_)
        | KeyKind::Named(_)
        | KeyKind::NamedTexts
        | KeyKind::Reasons
        | KeyKind::Levels
        | KeyKind::Any => Vec::new(),
    };
    if known.takes_unknown && !matches!(known.kind, KeyKind::Date) {
        words.push(Word::new("unknown", "The authors do not know it."));
    }
    words
}

/// The day in so many days, as TOML writes it.
pub(super) fn day(view: &View<'_>, days: u64) -> String {
    let today = view.now.date();
    today.checked_add_days(Days::new(days)).unwrap_or(today).to_string()
}

/// Names that the site knows.
fn named(view: &View<'_>, table: &TableAt, key: &str) -> Vec<Word> {
    let policy = &view.known().policy;
    match (table.name.as_str(), key) {
        (_, "severity") => policy
            .severities
            .iter()
            .map(|severity| Word::new(&severity.id, &severity.name).detail(&severity.name))
            .collect(),
        (_, "services") => used(view, |review| review.services.iter().map(|service| service.value.clone()).collect()),
        (_, "participants") => used(view, |review| review.participants.iter().map(|team| team.value.clone()).collect()),
        (_, "organisation") => used(view, |review| review.organisation.iter().map(|name| name.value.clone()).collect()),
        (_, "owner") => owners(view),
        (_, "related") => related(view),
        ("factors", "id") => factors(view),
        (_, "addresses" | "weakness") => weaknesses(view),
        ("factor", "category") => policy
            .categories
            .iter()
            .map(|category| Word::new(&category.id, &category.description).detail(&category.name))
            .collect(),
        _ => Vec::new(),
    }
}

/// What reviews have already, the most frequent first.
fn used(view: &View<'_>, of: impl Fn(&Review) -> Vec<String>) -> Vec<Word> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in view.known().reviews.iter().flat_map(|review| of(review)) {
        *counts.entry(name).or_default() += 1;
    }
    let mut names: Vec<(String, usize)> = counts.into_iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let word = |(name, count): &(String, usize)| {
        Word::new(name, "").detail(&if *count == 1 { "in 1 review".to_owned() } else { format!("in {count} reviews") })
    };
    names.iter().map(word).collect()
}

/// The teams that own an action of the site.
pub(super) fn owners(view: &View<'_>) -> Vec<Word> {
    used(view, |review| {
        let owners = review.actions.iter().filter_map(|action| action.owner.as_ref());
        let mut owners: Vec<String> = owners.map(|owner| owner.value.clone()).collect();
        owners.sort();
        owners.dedup();
        owners
    })
}

/// The other reviews, the newest first.
fn related(view: &View<'_>) -> Vec<Word> {
    let mut others: Vec<_> = view.known().reviews.iter().filter(|review| review.path != view.source.path).collect();
    others.sort_by_key(|review| std::cmp::Reverse(review.date()));
    others.iter().map(|review| Word::new(&review.id.0, "").detail(&review.title)).collect()
}

/// The factors of the registry.
pub(super) fn factors(view: &View<'_>) -> Vec<Word> {
    let factors = view.known().policy.registry.iter();
    factors.map(|factor| Word::new(&factor.id.value, &factor.definition).detail(&factor.name)).collect()
}

/// What an action can answer: the labels and factors of the review, then what went well, then all other factors.
pub(super) fn weaknesses(view: &View<'_>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let registry = &view.known().policy.registry;
    if let Some(read) = view.review() {
        for weakness in read.review.weaknesses(registry).filter(|weakness| !weakness.name.is_empty()) {
            let about = registry.get(weakness.name).map_or("", |factor| factor.definition.as_str());
            words.push(Word::new(weakness.name, about).detail("of this review"));
        }
        words.extend(read.review.strengths().map(|label| Word::new(&label.value, "").detail("what went well")));
    }
    let known: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
    words.extend(factors(view).into_iter().filter(|word| !known.contains(&word.text)));
    let mut seen = std::collections::BTreeSet::new();
    words.retain(|word| seen.insert(word.text.clone()));
    words
}
