//! From a review as written to a review as readers think of it.

mod action;
mod address;
mod front;
mod id;
mod part;
mod phase_mark;
mod timeline;
mod zone;

use std::cell::RefCell;

pub use id::review_id;

use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::document::Document;
use crate::model::format::PAGE;
use crate::model::{LinkUse, Page, Policy, Review, ReviewId};
use crate::table::TableReader;
use crate::text::nearest;
use id::{check_page_id, check_review_id};

/// Turns `document` into a review. What cannot be understood becomes a problem, and the rest is kept.
pub fn lower(document: &Document, policy: &Policy) -> (Review, Vec<Problem>) {
    let problems = RefCell::new(Problems::default());
    let mut review = front::read(document, policy, &problems);
    review.id = ReviewId(review_id(&document.source.path));
    check_review_id(&document.source.path, document.top(), &problems);
    review.timeline = timeline::lower(document, policy, &mut problems.borrow_mut());
    review.parts = part::parts(document, &review.title);
    review.headings = headings(document);
    review.links = links(document);
    review.addresses = address::addresses(document);
    action::add_from_text(&mut review, document, &mut problems.borrow_mut());
    let mut all = document.problems.0.clone();
    // Without front matter, or with one that is broken, every key would be reported as missing.
    let unreadable =
        |problem: &Problem| matches!(problem.kind, ProblemKind::FrontMatterMissing | ProblemKind::BrokenToml);
    review.is_clear = is_clear(document, &review, &all);
    let front_is_broken = all.iter().any(unreadable);
    let found = problems.into_inner().0;
    all.extend(found.into_iter().filter(|problem| !front_is_broken || problem.kind != ProblemKind::MissingKey));
    (review, all)
}

/// Whether nothing that decides over publication was misunderstood.
fn is_clear(document: &Document, review: &Review, problems: &[Problem]) -> bool {
    let doubtful = [ProblemKind::FrontMatterMissing, ProblemKind::BrokenToml, ProblemKind::InternalBlock];
    let table = &document.front.table;
    let misread_publish = table.get("publish").is_some() && review.publish.is_none();
    let misspelt = table.entries.iter().any(|entry| {
        let keys = ["publish", "status", "tlp"];
        !keys.contains(&entry.key.as_str()) && nearest(&entry.key, keys.into_iter()).is_some()
    });
    !misread_publish
        && !misspelt
        && !problems.iter().chain(&document.redaction_problems.0).any(|problem| doubtful.contains(&problem.kind))
}

/// Turns a file below content/pages into a page. Its front matter has a `title`.
pub fn lower_page(document: &Document) -> (Page, Vec<Problem>) {
    let problems = RefCell::new(document.problems.clone());
    let reader = TableReader::new(&document.front.table, &PAGE, document.top(), &problems);
    let title = reader.required_text("title").map(|title| title.value);
    reader.finish();
    let path = document.source.path.clone();
    let id = path.below("content/pages").unwrap_or(path.name()).trim_end_matches(".md").to_owned();
    check_page_id(&id, document.top(), &problems);
    let title = title.unwrap_or_else(|| id.clone());
    let page = Page {
        path,
        id,
        title,
        headings: headings(document),
        links: links(document),
        text: document.published.clone(),
        map: document.map.clone(),
        body: document.front.body,
    };
    (page, problems.into_inner().0)
}

fn headings(document: &Document) -> Vec<String> {
    document.outline.headings.iter().map(|heading| heading.text.clone()).collect()
}

fn links(document: &Document) -> Vec<LinkUse> {
    let link = |link: &crate::document::Link| LinkUse {
        destination: link.destination.clone(),
        span: link.span,
        image: link.image,
    };
    document.outline.links.iter().map(link).collect()
}
