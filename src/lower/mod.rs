//! From a review as written to a review as readers think of it.

mod action;
mod address;
mod day;
mod decision;
mod factor;
mod front;
mod head;
mod id;
mod owner;
mod part;
mod phase_mark;
mod timeline;
mod weakness;
mod zone;

use std::cell::RefCell;

use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::document::{Document, FRONT_MATTER_HELP, Fence};
use crate::model::format::{OTHER_PROGRAMS, PAGE, REVIEW};
use crate::model::{LinkUse, Page, Policy, Review};
use crate::table::{TableReader, ValueKind};
use crate::text::nearest;
use decision::decided;
use id::{check_page_id, usable_page_aliases};

/// Turns `document` into a review. What cannot be understood becomes a problem, and the rest is kept.
pub fn lower(document: &Document, policy: &Policy) -> (Review, Vec<Problem>) {
    let problems = RefCell::new(Problems::default());
    let place = policy.reviews.of(&document.source.path);
    let table = decided(head::with_head(document, policy), document, place);
    let mut review = front::read(document, &table, policy, &problems);
    review.response.detection = review.response.detection.or_else(|| head::stated_detection(document));
    head::report_contradictions(document, policy, &mut problems.borrow_mut());
    review.timeline = timeline::lower(document, policy, &mut problems.borrow_mut());
    review.parts = part::parts(document, &review.title);
    review.headings = headings(document);
    review.links = links(document);
    review.addresses = address::addresses(document);
    review.stated_day = day::day_of_incident(document, &review);
    review.adopted = place.is_some_and(|place| place.adopts(review.date()));
    day::report_day(document, &review, &mut problems.borrow_mut());
    weakness::add_accepted(document, &mut review);
    factor::add_from_text(&mut review, document, policy, &mut problems.borrow_mut());
    action::add_from_text(&mut review, document, &policy.registry, &mut problems.borrow_mut());
    let mut all = document.problems.0.clone();
    // Without front matter, or with one that is broken, every key would be reported as missing.
    let unreadable =
        |problem: &Problem| matches!(problem.kind, ProblemKind::FrontMatterMissing | ProblemKind::BrokenToml);
    let level = review.tlp.as_ref().map(|tlp| tlp.value);
    let contradicts = head::contradicts_tlp(document, level, &mut problems.borrow_mut());
    review.is_clear = is_clear(document, &review, &all) && !contradicts;
    let front_is_broken = all.iter().any(unreadable);
    let found = problems.into_inner().0;
    all.extend(found.into_iter().filter(|problem| !front_is_broken || problem.kind != ProblemKind::MissingKey));
    one_for_missing_front_matter(document, &mut all);
    (review, all)
}

/// Where a file has no front matter, one problem stands for all keys that it lacks.
fn one_for_missing_front_matter(document: &Document, problems: &mut Vec<Problem>) {
    let is_missing = |problem: &Problem| problem.kind == ProblemKind::MissingKey && problem.span == document.top();
    if document.front.fence != Fence::None || !problems.iter().any(is_missing) {
        return;
    }
    problems.retain(|problem| !is_missing(problem));
    let mut missing = Problems::default();
    missing
        .add(ProblemKind::FrontMatterMissing, document.top(), "this file has no front matter")
        .help(FRONT_MATTER_HELP);
    problems.extend(missing.0);
}

/// Whether nothing that decides over publication was misunderstood.
fn is_clear(document: &Document, review: &Review, problems: &[Problem]) -> bool {
    let doubtful = [ProblemKind::FrontMatterMissing, ProblemKind::BrokenToml, ProblemKind::InternalBlock];
    let table = &document.front.table;
    let misread_publish = table.given("publish").is_some() && review.publish.is_none();
    let misspelt = table.entries.iter().any(|entry| {
        let keys = ["publish", "status", "tlp", "draft"];
        let is_known = REVIEW.key(&entry.key).is_some() || OTHER_PROGRAMS.contains(&entry.key.as_str());
        !is_known && nearest(&entry.key, keys.into_iter()).is_some()
    });
    let misread_draft = ["draft", "published"]
        .into_iter()
        .any(|key| table.given(key).is_some_and(|entry| !matches!(entry.value.kind, ValueKind::Boolean(_))));
    !misread_publish
        && !misread_draft
        && !misspelt
        && !problems.iter().chain(&document.redaction_problems.0).any(|problem| doubtful.contains(&problem.kind))
}

/// Turns a file below content/pages into a page. Its front matter has a `title`.
pub fn lower_page(document: &Document) -> (Page, Vec<Problem>) {
    let problems = RefCell::new(document.problems.clone());
    let reader = TableReader::new(&document.front.table, &PAGE, document.top(), &problems);
    let title = reader.required_text("title").map(|title| title.value);
    let aliases = front::own_aliases(&reader);
    reader.finish_beside(OTHER_PROGRAMS);
    let path = document.source.path.clone();
    let id = path.below("content/pages").unwrap_or(path.name()).trim_end_matches(".md").to_owned();
    check_page_id(&id, document.top(), &problems);
    let aliases = usable_page_aliases(aliases, &problems);
    one_for_missing_front_matter(document, &mut problems.borrow_mut().0);
    let title = title.unwrap_or_else(|| id.clone());
    let page = Page {
        path,
        id,
        title,
        aliases,
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
