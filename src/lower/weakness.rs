//! The items that say a weakness: their labels, and the reasons for which some are left as they are.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, SectionKind};
use crate::markdown::plain;
use crate::model::{Accepted, Part, Registry, Review};
use crate::text::{Span, Spanned, kebab_case};

/// How many of its first words name an item without a label.
const LABEL_WORDS: usize = 6;

/// How the reason begins for which a weakness is left as it is, in brackets at the end of its item.
const ACCEPTED: &str = "(accepted:";

/// Gives items that say a weakness, and begin with no label, their first words as a label, unless another item has it.
pub(super) fn name_items(document: &Document, parts: &mut [Part]) {
    let mut known: BTreeSet<String> = parts.iter().flat_map(Part::labels).map(|label| label.value.clone()).collect();
    for item in parts.iter_mut().filter(|part| is_weak(part)).flat_map(|part| &mut part.items) {
        if item.label.is_none()
            && let Some(label) = first_words(&document.published, item.text)
            && known.insert(label.value.clone())
        {
            item.label = Some(label);
        }
    }
}

/// The first words of an item as a label, up to the end of its first sentence.
pub(super) fn first_words(text: &str, item: Span) -> Option<Spanned<String>> {
    let line = item.slice(text).lines().next()?;
    let sentence = line.find([':', ';', ',', '.', '—', '–', '(', '?', '!']).unwrap_or(line.len());
    let role = line.to_ascii_lowercase().find(" [primary").unwrap_or(line.len());
    let sentence = sentence.min(role);
    let words = line[..sentence].split_inclusive(char::is_whitespace).take(LABEL_WORDS);
    let end = words.map(str::len).sum();
    let end = line[..end].trim_end().len();
    let label = kebab_case(&plain(&line[..end]));
    (!label.is_empty()).then(|| Spanned::new(label, Span::new(item.start, item.start + end)))
}

/// What the weaknesses and strengths of a review may be called by those who answer them.
pub(super) struct WeaknessNames<'r> {
    registry: &'r Registry,
    text: &'r str,
    /// The factors of the review, as the registry calls them.
    factors: BTreeSet<String>,
    /// The labels of its items.
    labels: BTreeSet<String>,
    /// The label and the words of each item.
    items: Vec<(String, Span)>,
    /// The labels by all words of their items, made when a name is neither a label nor a factor.
    by_words: OnceCell<BTreeMap<String, String>>,
}

impl<'r> WeaknessNames<'r> {
    pub(super) fn new(review: &Review, document: &'r Document, registry: &'r Registry) -> Self {
        let local = review.local_factors.iter().map(|local| (&local.label, local.text));
        let parts = review.parts.iter().flat_map(|part| &part.items);
        let parts = parts.filter_map(|item| Some((item.label.as_ref()?, item.text)));
        let items: Vec<(String, Span)> = local.chain(parts).map(|(label, text)| (label.value.clone(), text)).collect();
        Self {
            registry,
            text: &document.published,
            factors: review.factors.iter().map(|used| registry.canonical(&used.id.value).to_owned()).collect(),
            labels: items.iter().map(|(label, _)| label.clone()).collect(),
            items,
            by_words: OnceCell::new(),
        }
    }

    /// The labels by all words of their items but the reason for which one is accepted. The first of several counts.
    fn by_words(&self) -> &BTreeMap<String, String> {
        self.by_words.get_or_init(|| {
            let mut labels = BTreeMap::new();
            for (label, item) in &self.items {
                let words = item.slice(self.text);
                let words = &words[..words.to_ascii_lowercase().rfind(ACCEPTED).unwrap_or(words.len())];
                labels.entry(kebab_case(&plain(words))).or_insert_with(|| label.clone());
            }
            labels
        })
    }

    /// The id or the label of what `words` name: a factor of the review by any of its names, an item by its label or by
    /// all its words, another factor of the registry.
    pub(super) fn named(&self, words: &str) -> Option<String> {
        let key = kebab_case(words);
        let factor = self.registry.named(words).map(|factor| &factor.id.value);
        let item = || self.labels.get(&key).or_else(|| self.by_words().get(&key));
        factor.filter(|id| self.factors.contains(*id)).or_else(item).or(factor).cloned()
    }

    /// Gives what the front matter answers and accepts by other words its name. What is a name already stays.
    pub(super) fn use_in(&self, review: &mut Review) {
        let answered = review.actions.iter_mut().flat_map(|action| &mut action.addresses);
        for name in answered.chain(review.accepted.iter_mut().map(|accepted| &mut accepted.weakness)) {
            if self.registry.get(&name.value).is_none()
                && !self.labels.contains(&name.value)
                && let Some(known) = self.named(&name.value)
            {
                name.value = known;
            }
        }
    }
}

/// Adds the weaknesses that their items call accepted to those of the front matter, which counts where both speak.
pub(super) fn add_accepted(document: &Document, review: &mut Review) {
    let items = review.parts.iter().filter(|part| is_weak(part)).flat_map(|part| &part.items);
    let items: Vec<(Spanned<String>, Span)> = items.filter_map(|item| Some((item.label.clone()?, item.text))).collect();
    for (weakness, item) in items {
        accept(review, &document.published, weakness, item);
    }
}

/// Adds `weakness` to what the review accepts, if its item gives the reason and the front matter gives none.
pub(super) fn accept(review: &mut Review, text: &str, weakness: Spanned<String>, item: Span) {
    let is_known = review.accepted.iter().any(|known| known.weakness.value == weakness.value);
    if let Some(reason) = accepted_reason(text, item).filter(|_| !is_known) {
        review.accepted.push(Accepted { weakness, reason: Some(reason) });
    }
}

fn accepted_reason(text: &str, item: Span) -> Option<Spanned<String>> {
    let words = item.slice(text);
    let inner = words.trim_end().trim_end_matches('.').strip_suffix(')')?;
    let at = inner.to_ascii_lowercase().rfind(ACCEPTED)? + ACCEPTED.len();
    let reason = inner[at..].trim();
    let start = item.start + at + (inner[at..].len() - inner[at..].trim_start().len());
    (!reason.is_empty()).then(|| Spanned::new(reason.to_owned(), Span::new(start, start + reason.len())))
}

fn is_weak(part: &Part) -> bool {
    matches!(part.kind, Some(SectionKind::WentPoorly | SectionKind::GotLucky))
}
