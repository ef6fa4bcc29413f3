//! The sections of a review that datasets have words of, and back: a text in Markdown with the place of each piece.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::factor::LocalFactorData;
use super::timeline::{EntryData, UntimedData};
use super::untrusted::{LONGEST, MOST, escaped, line};
use crate::document::SectionKind;
use crate::markdown::{PlainText, single_spaced};
use crate::model::{Part, PartItem, Review, TimelineEntry, UntimedEntry};
use crate::text::{Span, Spanned, kebab_case};

/// An item of a list, such as one of what went well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemData {
    /// The name by which actions address it, made from its first words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it says.
    pub text: String,
}

impl ItemData {
    /// The items of all sections of a kind.
    pub(super) fn from_model(review: &Review, kind: SectionKind, text: &PlainText<'_>) -> Vec<Self> {
        let parts = review.parts.iter().filter(|part| part.kind == Some(kind));
        let item = |item: &PartItem| Self {
            label: item.label.as_ref().map(|label| label.value.clone()),
            text: single_spaced(&text.words(item.text)),
        };
        parts.flat_map(|part| &part.items).map(item).filter(|item| !item.text.is_empty()).collect()
    }

    /// The words of `words`, from the beginning, that make the label; none when there is no label, or they do not make it.
    fn lead<'a>(&self, words: &'a str) -> Option<&'a str> {
        let label = self.label.as_deref().filter(|label| !label.is_empty())?;
        let ends = words.char_indices().map(|(at, c)| at + c.len_utf8());
        // A label is shorter than the words it is made of, and only the first words can make it.
        let lead = ends.take(label.len() * 2 + 40).filter(|end| kebab_case(&words[..*end]) == label).last();
        lead.map(|end| &words[..end])
    }
}

/// The text of a review, section by section, as its authors would have written it.
#[derive(Default)]
pub(super) struct Sections {
    pub(super) text: String,
    pub(super) parts: Vec<Part>,
    pub(super) entries: Vec<TimelineEntry>,
    pub(super) untimed: Vec<UntimedEntry>,
}

/// Where an item of a list stands.
struct Item {
    /// The whole item, with its marker.
    whole: Span,
    /// Where its words begin; the end of the item when it has none.
    start: usize,
}

impl Sections {
    /// Adds a section of paragraphs.
    pub(super) fn add_prose(&mut self, kind: SectionKind, words: Option<&str>) {
        let cut: String = words.unwrap_or_default().chars().take(LONGEST).collect();
        let paragraph = |text: &str| {
            let lines = text.lines().map(line).filter(|line| !line.is_empty());
            lines.map(|line| escaped(&line)).collect::<Vec<_>>().join("\\\n")
        };
        let paragraphs = cut.split("\n\n").map(paragraph).filter(|paragraph| !paragraph.is_empty());
        let paragraphs: Vec<String> = paragraphs.collect();
        if paragraphs.is_empty() {
            return;
        }
        let part = self.open(kind);
        self.text.push_str(&paragraphs.join("\n\n"));
        self.text.push('\n');
        self.close(part);
    }

    /// Adds the timeline: those without a time at their places among the others.
    pub(super) fn add_timeline(&mut self, entries: &[EntryData], untimed: &[UntimedData]) {
        if entries.is_empty() && untimed.is_empty() {
            return;
        }
        let mut part = self.open(SectionKind::Timeline);
        let mut untimed: Vec<&UntimedData> = untimed.iter().take(MOST).collect();
        untimed.sort_by_key(|entry| entry.after);
        let mut untimed = untimed.into_iter().peekable();
        let entries = &entries[..entries.len().min(MOST)];
        for at in 0..=entries.len() {
            while let Some(entry) = untimed.next_if(|entry| entry.after <= at || at == entries.len()) {
                let item = self.add_item("", &escaped(&line(&entry.text)));
                part.items.push(PartItem { label: None, text: Span::new(item.start, item.whole.end) });
                self.untimed.push(entry.to_model(item.whole, item.start, at));
            }
            if let Some(entry) = entries.get(at) {
                let item = self.add_item("", &escaped(&line(&entry.text)));
                part.items.push(PartItem { label: None, text: Span::new(item.start, item.whole.end) });
                self.entries.push(entry.to_model(item.whole, item.start));
            }
        }
        self.close(part);
        let (timed, untimed) = (self.entries.last_mut(), self.untimed.last_mut());
        let ends = [timed.map(|entry| &mut entry.span.end), untimed.map(|entry| &mut entry.span.end)];
        if let Some(last) = ends.into_iter().flatten().max() {
            *last = self.text.len();
        }
    }

    /// Adds a section that is a list.
    pub(super) fn add_items(&mut self, kind: SectionKind, items: &[ItemData]) {
        let with_words =
            |item: &ItemData| Some((line(&item.text), item.clone())).filter(|(words, _)| !words.is_empty());
        let items: Vec<_> = items.iter().take(MOST).filter_map(with_words).collect();
        if items.is_empty() {
            return;
        }
        let mut part = self.open(kind);
        for (words, item) in items {
            let lead = item.lead(&words).unwrap_or_default();
            let bold = if lead.is_empty() { String::new() } else { format!("**{}**", escaped(lead.trim())) };
            let written = self.add_item(&bold, &escaped(words[lead.len()..].trim()));
            let place = Span::new(written.start, written.start + bold.len());
            let label = Some(Spanned::new(kebab_case(lead), place)).filter(|label| !label.value.is_empty());
            part.items.push(PartItem { label, text: Span::new(written.start, written.whole.end) });
        }
        self.close(part);
    }

    /// Adds the contributing factors that no registry has.
    pub(super) fn add_local_factors(&mut self, factors: &[LocalFactorData]) {
        let item = |local: &LocalFactorData| ItemData { label: Some(local.label.clone()), text: local.text.clone() };
        self.add_items(SectionKind::ContributingFactors, &factors.iter().map(item).collect::<Vec<_>>());
    }

    /// Adds a list item of two pieces, the first of which may be empty.
    fn add_item(&mut self, lead: &str, rest: &str) -> Item {
        let begin = self.text.len();
        self.text.push_str("- ");
        let start = self.text.len();
        self.text.push_str(lead);
        if !lead.is_empty() && !rest.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(rest);
        let is_empty = self.text.len() == start;
        self.text.push('\n');
        let end = self.text.len();
        Item { whole: Span::new(begin, end), start: if is_empty { end } else { start } }
    }

    fn open(&mut self, kind: SectionKind) -> Part {
        let start = self.text.len();
        self.text.push_str(&format!("## {}\n", kind.heading()));
        let end = self.text.len();
        self.text.push('\n');
        Part {
            kind: Some(kind),
            title: Some(Spanned::new(kind.heading().to_owned(), Span::new(start, end))),
            is_titled_as_review: false,
            level: 2,
            content: Span::at(end),
            is_empty: false,
            items: Vec::new(),
        }
    }

    fn close(&mut self, mut part: Part) {
        self.text.push('\n');
        // The blank line after a list belongs to its last item.
        if let Some(last) = part.items.last_mut() {
            last.text.end = self.text.len();
        }
        part.content = Span::new(part.content.start, self.text.len());
        self.parts.push(part);
    }
}
