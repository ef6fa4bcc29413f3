//! The places of a page that a link may name after `#`.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::unique_anchor;

use crate::model::{PAGE_ANCHORS, Page, Review};
use crate::text::kebab_case;

/// The anchors on the page of a review.
pub(super) fn of_review(review: &Review) -> BTreeSet<String> {
    let mut anchors: BTreeMap<String, usize> = PAGE_ANCHORS.map(|anchor| (anchor.to_owned(), 1)).into();
    anchors.extend(review.parts.iter().flat_map(|part| &part.labels).map(|label| (label.value.clone(), 1)));
    anchors.extend((1..=review.timeline.entries().len()).map(|number| (format!("entry-{number}"), 1)));
    anchors.extend(review.actions.iter().enumerate().map(|(at, action)| (action.anchor(at), 1)));
    // The page gives the parts that every review has the same titles; the author's words are no anchors there.
    let known = review.parts.iter().filter(|part| part.kind.is_some()).filter_map(|part| part.title.as_ref());
    let known: BTreeSet<&str> = known.map(|title| title.value.as_str()).collect();
    add_headings(&mut anchors, review.headings.iter().filter(|heading| !known.contains(heading.as_str())));
    anchors.into_keys().collect()
}

/// The anchors on a page.
pub(super) fn of_page(page: &Page) -> BTreeSet<String> {
    let mut anchors = BTreeMap::from([("main".to_owned(), 1)]);
    add_headings(&mut anchors, page.headings.iter());
    anchors.into_keys().collect()
}

fn add_headings<'a>(anchors: &mut BTreeMap<String, usize>, headings: impl Iterator<Item = &'a String>) {
    for heading in headings {
        let label = kebab_case(heading);
        unique_anchor(anchors, if label.is_empty() { "section" } else { &label });
    }
}
