//! The places of a page that a link may name after `#`.

use std::collections::BTreeSet;

use crate::document::label_of;
use crate::model::{Page, Review};

/// The blocks that the page of a review may have.
const BLOCKS: [&str; 16] = [
    "main",
    "contents",
    "summary",
    "impact",
    "timeline",
    "root-cause",
    "factors",
    "what-went-well",
    "what-went-poorly",
    "where-we-got-lucky",
    "response",
    "actions",
    "accepted",
    "corrections",
    "references",
    "related",
];

/// The anchors on the page of a review.
pub(super) fn of_review(review: &Review) -> BTreeSet<String> {
    let mut anchors: BTreeSet<String> = BLOCKS.map(str::to_owned).into();
    anchors.extend(review.parts.iter().flat_map(|part| &part.labels).map(|label| label.value.clone()));
    anchors.extend((1..=review.timeline.entries.len()).map(|number| format!("entry-{number}")));
    for (at, action) in review.actions.iter().enumerate() {
        let id = action.id.as_ref().map(|id| label_of(&id.value)).filter(|id| !id.is_empty());
        anchors.insert(format!("action-{}", id.unwrap_or_else(|| (at + 1).to_string())));
    }
    // The page gives the parts that every review has the same titles; the author's words are no anchors there.
    let known = review.parts.iter().filter(|part| part.kind.is_some()).filter_map(|part| part.title.as_ref());
    let known: BTreeSet<&str> = known.map(|title| title.value.as_str()).collect();
    add_headings(&mut anchors, review.headings.iter().filter(|heading| !known.contains(heading.as_str())));
    anchors
}

/// The anchors on a page.
pub(super) fn of_page(page: &Page) -> BTreeSet<String> {
    let mut anchors: BTreeSet<String> = ["main".to_owned()].into();
    add_headings(&mut anchors, page.headings.iter());
    anchors
}

fn add_headings<'a>(anchors: &mut BTreeSet<String>, headings: impl Iterator<Item = &'a String>) {
    for heading in headings {
        let label = label_of(heading);
        let wanted = if label.is_empty() { "section".to_owned() } else { label };
        // The second heading of the same words gets a number.
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.clone()).chain(numbered).find(|anchor| !anchors.contains(anchor));
        anchors.extend(free);
    }
}
