//! From a review as written to a review as readers think of it.

mod address;
mod front;
mod timeline;

use std::cell::RefCell;

use crate::diagnostic::{Problem, ProblemKind, Problems};

use crate::document::Document;

use crate::model::format::PAGE;
use crate::model::{LinkUse, Page, Part, PartItem, Policy, Review, ReviewId};
use crate::text::{MAX_ID_LENGTH, SitePath, Span, Spanned, is_windows_device};
use crate::text::{kebab_case, nearest};

/// Turns `document` into a review. What cannot be understood becomes a problem, and the rest is kept.
pub fn lower(document: &Document, policy: &Policy) -> (Review, Vec<Problem>) {
    let problems = RefCell::new(Problems::default());
    let mut review = front::read(document, policy, &problems);
    review.id = ReviewId(review_id(&document.source.path));
    check_id(&review.id.0, &document.source.path, document.top(), &problems);
    review.timeline = timeline::lower(document, policy, &mut problems.borrow_mut());
    review.parts = parts(document);
    review.headings = headings(document);
    review.links = links(document);
    review.addresses = address::addresses(document);
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
    let reader = crate::table::TableReader::new(&document.front.table, &PAGE, document.top(), &problems);
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

/// The id of a review's file: its name without `.md`, or its folder's.
pub fn review_id(path: &SitePath) -> String {
    match (path.name(), path.folder().rsplit('/').next()) {
        ("index.md", Some(folder)) => folder.to_owned(),
        _ => path.stem().to_owned(),
    }
}

fn check_id(id: &str, path: &SitePath, place: Span, problems: &RefCell<Problems>) {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = !id.is_empty() && id.chars().all(safe) && !id.starts_with('.') && !id.ends_with('.') && id != "index";
    if id.len() > MAX_ID_LENGTH {
        problems
            .borrow_mut()
            .add(
                ProblemKind::UnsafeId,
                place,
                format!("the id of the review has {} bytes, and {MAX_ID_LENGTH} are the most", id.len()),
            )
            .help("The file's name is the address of the page. Give the file a shorter name.");
    } else if !fits || is_windows_device(id) {
        problems.borrow_mut().add(ProblemKind::UnsafeId, place, format!("`{id}` cannot be the id of a review")).help(format!("The file's name is the address of the page. Rename {path}: letters, digits, hyphens, underscores and dots only, and neither `index` nor a name that Windows keeps for a device, such as `con`."));
    }
}

/// Names that other outputs of a site have, now or in a later version.
const TAKEN: [&str; 10] =
    ["index", "404", "actions", "data", "search", "lucky", "metrics", "metrics-collected", "metrics-sources", "feed"];
const TAKEN_FOLDERS: [&str; 12] = [
    "reviews",
    "sources",
    "factors",
    "services",
    "severities",
    "years",
    "organisations",
    "actions",
    "lucky",
    "data",
    "search",
    "assets",
];

fn check_page_id(id: &str, place: Span, problems: &RefCell<Problems>) {
    let folder = id.split_once('/').map(|(folder, _)| folder);
    let is_taken = TAKEN.contains(&id) || folder.is_some_and(|folder| TAKEN_FOLDERS.contains(&folder));
    if is_taken {
        problems
            .borrow_mut()
            .add(
                ProblemKind::UnsafeId,
                place,
                format!("`{id}` cannot be the id of a page: the site has a page of its own there"),
            )
            .help("Rename the file: its name is the address of the page.");
    }
    if id.split('/').any(|part| part.len() > MAX_ID_LENGTH) {
        problems
            .borrow_mut()
            .add(
                ProblemKind::UnsafeId,
                place,
                format!("a part of the page's address has more than {MAX_ID_LENGTH} bytes"),
            )
            .help("The names of the file and its folders are the address of the page. Give them shorter ones.");
    }
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

fn parts(document: &Document) -> Vec<Part> {
    let part = |section: &crate::document::Section| Part {
        kind: section.kind,
        title: section.heading.as_ref().map(|heading| Spanned::new(heading.text.clone(), heading.span)),
        content: section.content,
        is_empty: section.is_empty,
        labels: section
            .items(&document.outline)
            .filter_map(|item| item.lead.as_ref())
            .map(|lead| Spanned::new(kebab_case(&lead.value), lead.span))
            .filter(|label| !label.value.is_empty())
            .collect(),
        items: section.items(&document.outline).map(item).collect(),
    };
    document.sections.iter().map(part).collect()
}

fn item(item: &crate::document::Item) -> PartItem {
    PartItem {
        label: item.lead.as_ref().map(|lead| kebab_case(&lead.value)).unwrap_or_default(),
        text: Span::new(item.start, item.span.end.max(item.start)),
    }
}
