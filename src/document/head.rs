//! The facts in the head of a text: lines such as `**Severity:** SEV2`, and tables of two columns, before its first section.

use std::sync::LazyLock;

use regex::Regex;

use super::outline::{HeadingForm, Outline};
use super::section::{Section, within};
use crate::text::{Span, Spanned};

/// Headings of sections that hold such facts, in lower case.
const SECTIONS: [&str; 8] =
    ["metadata", "details", "incident details", "at a glance", "overview of facts", "facts", "information", "incident"];

/// The greatest number of facts that are read.
const FACTS: usize = 100;

/// A label and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadFact {
    /// The label without markup and colon.
    pub label: Spanned<String>,
    /// The words behind it, in Markdown.
    pub value: Spanned<String>,
}

/// A bold label at the beginning of a line, with the colon inside or behind the bold words.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)([^*_\n]{1,40}?)[ \t]*(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*:)[ \t]*(.*?)[ \t\\]*$")
        .expect("a regular expression")
});

/// Reads the facts of the head, in order.
pub(super) fn read(text: &str, outline: &Outline, sections: &[Section]) -> Vec<HeadFact> {
    let mut facts = Vec::new();
    for section in sections.iter().filter(|section| section.kind.is_none()) {
        let Some(heading) = &section.heading else {
            facts.extend(in_passage(text, outline, section.content));
            continue;
        };
        let is_title =
            heading.form == HeadingForm::Heading && heading.level == 1 && section.content.start < first(sections);
        let name = heading.text.trim().trim_end_matches(':').to_lowercase();
        if is_title || SECTIONS.contains(&name.as_str()) {
            facts.extend(in_passage(text, outline, section.content));
        }
        // Where labels head the sections, one that names no kind is a fact.
        if matches!(heading.form, HeadingForm::ParagraphLabel | HeadingForm::ItemLabel) {
            let words = section.content.slice(text);
            let line = words.trim_start().lines().next().unwrap_or_default().trim();
            let start = section.content.start + (words.len() - words.trim_start().len());
            facts.push(HeadFact {
                label: Spanned::new(heading.text.clone(), heading.span),
                value: Spanned::new(line.to_owned(), Span::new(start, start + line.len())),
            });
        }
    }
    facts.retain(|fact| !fact.value.value.is_empty());
    facts.sort_by_key(|fact| fact.label.span.start);
    facts.truncate(FACTS);
    facts
}

/// Where the first section of a known kind begins.
fn first(sections: &[Section]) -> usize {
    sections.iter().find(|section| section.kind.is_some()).map_or(usize::MAX, |section| section.content.start)
}

fn in_passage(text: &str, outline: &Outline, passage: Span) -> Vec<HeadFact> {
    let paragraphs = within(&outline.paragraphs, passage, |paragraph| *paragraph).copied();
    let items = within(&outline.items, passage, |item| item.span).map(|item| {
        // The words of an item, without the lists in it.
        let line = item.span.slice(text).lines().next().unwrap_or_default();
        Span::new(item.span.start, item.span.start + line.len())
    });
    let mut facts: Vec<HeadFact> = paragraphs.chain(items).flat_map(|block| in_lines(text, block)).collect();
    for row in within(&outline.rows, passage, |row| row.span) {
        if let [label, value] = row.cells.as_slice() {
            facts.extend(in_cells(text, *label, *value));
        }
    }
    for head in &outline.tables {
        if let [label, value] = head.as_slice()
            && passage.contains(*label)
        {
            facts.extend(in_cells(text, *label, *value));
        }
    }
    facts
}

fn in_lines(text: &str, block: Span) -> Vec<HeadFact> {
    let fact = |found: regex::Captures<'_>| {
        let part = |at: usize| {
            let part = found.get(at)?;
            let place = Span::new(block.start + part.start(), block.start + part.end());
            Some(Spanned::new(part.as_str().trim().to_owned(), place))
        };
        Some(HeadFact { label: part(1)?, value: part(2)? })
    };
    LINE.captures_iter(block.slice(text)).filter_map(fact).collect()
}

fn in_cells(text: &str, label: Span, value: Span) -> Option<HeadFact> {
    let words = |cell: Span| Spanned::new(cell.slice(text).trim().to_owned(), cell);
    let (mut label, value) = (words(label), words(value));
    label.value = label.value.trim_matches(['*', '_', ':', ' ']).to_owned();
    (!label.value.is_empty() && label.value.len() <= 40).then_some(HeadFact { label, value })
}
