//! The facts in the head of a text: lines such as `**Severity:** SEV2`, and tables of two columns, before its first section.

use std::sync::LazyLock;

use regex::Regex;

use super::entry::{EntryLine, TimestampError, entry};
use super::outline::{Heading, HeadingForm, Outline};
use super::section::{Section, SectionKind, within};
use super::time::{Statement, TimeZone, heading_statement};
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

/// A bold label at the beginning of a line, with the colon inside or behind the bold words, or a dash behind them.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)([^*_\n]{1,40}?)[ \t]*(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*(?:[:–—]|-[ \t]))[ \t]*(.*?)[ \t\\]*$")
        .expect("a regular expression")
});

impl HeadFact {
    /// The moment that the value states, in the grammar of timelines, also where it cannot be read whole. `None` where it
    /// begins with something else.
    pub fn moment(&self, text: &str) -> Option<EntryLine> {
        let line = entry(text, self.value.span, self.value.span.start);
        let is_moment = match &line.stamp {
            // `2h30` is how long something took.
            Ok(stamp) => stamp.day.is_some() || !line.stamp_span.slice(text).contains('h'),
            Err(TimestampError::Unreadable { .. }) => true,
            Err(TimestampError::Missing) => false,
        };
        is_moment.then_some(line)
    }

    /// The zone in the label: `Started (UTC)`.
    pub fn zone(&self) -> Option<TimeZone> {
        match heading_statement(&self.label.value) {
            Statement::Zone(zone) => Some(zone),
            Statement::Nothing | Statement::Unclear => None,
        }
    }
}

/// A label at the beginning of a line, in paragraphs that hold nothing but such lines.
static PLAIN_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(\p{L}[^*_`:\[\n.!?,]{0,39}?)[ \t]*:[ \t]+(\S.*?)[ \t\\]*$").expect("a regular expression")
});

/// A label at the beginning of an item, in sections that hold nothing but facts, and before the first section.
static PLAIN_ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:[-*+][ \t]+)([^*_`:\[\n]{1,40}?)[ \t]*:[ \t]+(.*?)[ \t\\]*$")
        .expect("a regular expression")
});

/// Reads the facts of the head, in order.
pub(super) fn read(text: &str, outline: &Outline, sections: &[Section]) -> Vec<HeadFact> {
    let mut facts = Vec::new();
    // Labels such as "Detection" head sections, and may state when it was.
    let may_state =
        |section: &&Section| matches!(section.kind, None | Some(SectionKind::Detection | SectionKind::Resolution));
    for section in sections.iter().filter(may_state) {
        let Some(heading) = &section.heading else {
            facts.extend(in_passage(text, outline, section.content));
            facts.extend(in_plain_lines(text, outline, section.content));
            continue;
        };
        let is_title =
            heading.form == HeadingForm::Heading && heading.level == 1 && section.content.start < first(sections);
        if section.kind.is_none() && (is_title || holds_facts(heading)) {
            facts.extend(in_passage(text, outline, section.content));
            facts.extend(in_plain_items(text, outline, section));
            if is_title {
                facts.extend(in_plain_lines(text, outline, section.content));
            }
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
    // The words of an item may be a paragraph, too.
    facts.dedup_by_key(|fact| fact.label.span);
    facts.truncate(FACTS);
    facts
}

fn holds_facts(heading: &Heading) -> bool {
    SECTIONS.contains(&heading.text.trim().trim_end_matches(':').to_lowercase().as_str())
}

/// Where the first section of a known kind begins.
fn first(sections: &[Section]) -> usize {
    sections.iter().find(|section| section.kind.is_some()).map_or(usize::MAX, |section| section.content.start)
}

fn in_passage(text: &str, outline: &Outline, passage: Span) -> Vec<HeadFact> {
    let paragraphs = within(&outline.paragraphs, passage, |paragraph| *paragraph).copied();
    let blocks = paragraphs.chain(first_lines(text, outline, passage));
    let mut facts: Vec<HeadFact> = blocks.flat_map(|block| in_lines(&LINE, text, block)).collect();
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

/// What stands in items below a heading that says so, in the section or above it.
fn in_plain_items(text: &str, outline: &Outline, section: &Section) -> Vec<HeadFact> {
    let inner = within(&outline.headings, section.content, |heading| heading.span);
    let headings: Vec<&Heading> = section.heading.iter().chain(inner).collect();
    let mut facts = Vec::new();
    for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| holds_facts(heading)) {
        let end = headings.get(at + 1).map_or(section.content.end, |next| next.span.start);
        let items = first_lines(text, outline, Span::new(heading.span.end, end));
        facts.extend(items.flat_map(|item| in_lines(&PLAIN_ITEM, text, item)));
    }
    facts
}

/// What stands before the first section, and before any other heading, in lines and items without any markup.
fn in_plain_lines(text: &str, outline: &Outline, passage: Span) -> Vec<HeadFact> {
    let next = within(&outline.headings, passage, |heading| heading.span).next();
    let passage = Span::new(passage.start, next.map_or(passage.end, |heading| heading.span.start));
    let paragraphs = within(&outline.paragraphs, passage, |paragraph| *paragraph).copied();
    let holds_facts = |paragraph: &Span| paragraph.slice(text).lines().all(|line| PLAIN_LINE.is_match(line));
    let lines = paragraphs.filter(holds_facts).flat_map(|paragraph| in_lines(&PLAIN_LINE, text, paragraph));
    let items = first_lines(text, outline, passage).flat_map(|item| in_lines(&PLAIN_ITEM, text, item));
    lines.chain(items).collect()
}

/// The words of items, without the lists in them.
fn first_lines<'a>(text: &'a str, outline: &'a Outline, passage: Span) -> impl Iterator<Item = Span> + 'a {
    within(&outline.items, passage, |item| item.span).map(|item| {
        let line = item.span.slice(text).lines().next().unwrap_or_default();
        Span::new(item.span.start, item.span.start + line.len())
    })
}

fn in_lines(form: &Regex, text: &str, block: Span) -> Vec<HeadFact> {
    let fact = |found: regex::Captures<'_>| {
        let part = |at: usize| {
            let part = found.get(at)?;
            let place = Span::new(block.start + part.start(), block.start + part.end());
            Some(Spanned::new(part.as_str().trim().to_owned(), place))
        };
        Some(HeadFact { label: part(1)?, value: part(2)? })
    };
    form.captures_iter(block.slice(text)).filter_map(fact).collect()
}

fn in_cells(text: &str, label: Span, value: Span) -> Option<HeadFact> {
    let words = |cell: Span| Spanned::new(cell.slice(text).trim().to_owned(), cell);
    let (mut label, value) = (words(label), words(value));
    label.value = label.value.trim_matches(['*', '_', ':', ' ']).to_owned();
    (!label.value.is_empty() && label.value.len() <= 40).then_some(HeadFact { label, value })
}
