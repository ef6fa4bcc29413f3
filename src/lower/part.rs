//! The parts of a review's text, with the level of each on the page.

use super::weakness;
use crate::document::{Document, Heading, Item, Section, SectionKind, has_same_words};
use crate::model::{Part, PartItem};
use crate::text::{Span, Spanned, kebab_case};

/// The parts of a text below the title of its review.
pub(super) fn parts(document: &Document, title: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut above: Vec<&Heading> = Vec::new();
    let mut has_title = false;
    for section in &document.sections {
        let heading = section.heading.as_ref();
        let says_title = heading.is_some_and(|heading| !has_title && has_same_words(&heading.text, title));
        has_title |= says_title;
        above.retain(|above| heading.is_some_and(|heading| above.level < heading.level));
        let level = if above.is_empty() { 2 } else { 3 };
        // The page shows no heading of its own above its title's text and its summary.
        let is_shown = !says_title && section.kind != Some(SectionKind::Summary);
        above.extend(heading.filter(|_| is_shown));
        parts.push(Part {
            kind: section.kind,
            title: heading.map(|heading| Spanned::new(heading.text.clone(), heading.span)),
            is_titled_as_review: says_title,
            level,
            content: section.content,
            is_empty: section.is_empty,
            items: items(document, section),
        });
    }
    weakness::name_items(document, &mut parts);
    parts
}

fn items(document: &Document, section: &Section) -> Vec<PartItem> {
    section.items(&document.outline).map(item).collect()
}

fn item(item: &Item) -> PartItem {
    let label = item.lead.as_ref().map(|lead| Spanned::new(kebab_case(&lead.value), lead.span));
    PartItem {
        label: label.filter(|label| !label.value.is_empty()),
        text: Span::new(item.start, item.span.end.max(item.start)),
    }
}
