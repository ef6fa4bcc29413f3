//! The ids of reviews, of former reviews and of pages: taken from the names of files, and judged by what an address can hold.

use std::cell::RefCell;

use crate::diagnostic::{ProblemKind, Problems};
use crate::document::Document;
use crate::model::reserved_for;
use crate::text::{IdFault, IdKind, MAX_ID_LENGTH, SitePath, Span, Spanned, id_of_file};

/// Names of files that say nothing: the folder's name is the id.
const UNNAMED: [&str; 2] = ["index", "readme"];

/// The id of a review: the one that it gives itself, else the name of its file, or of the folder of an `index.md` or
/// `README.md`. One that no address can have is reported.
pub(super) fn review_id(document: &Document, given: Option<Spanned<String>>, problems: &RefCell<Problems>) -> String {
    let path = &document.source.path;
    let (id, place) = match given {
        Some(given) => (given.value, given.span),
        None => (named_by_file(path), document.top()),
    };
    let (message, help) = match IdKind::Review.fault(&id) {
        None => return id,
        Some(IdFault::TooLong) => (
            format!("the id of the review has {} bytes, and {MAX_ID_LENGTH} are the most", id.len()),
            "The id is the address of the page. Give it a shorter one.".to_owned(),
        ),
        Some(IdFault::Unsafe) => (
            format!("`{id}` cannot be the id of a review"),
            format!(
                "The id is the address of the page, and {path} has no other. Write `id = \"…\"` into the front matter: \
                 letters, digits, hyphens, underscores and dots only, and neither `index` nor a name that Windows keeps \
                 for a device, such as `con`."
            ),
        ),
    };
    problems.borrow_mut().add(ProblemKind::UnsafeId, place, message).help(help);
    // Nothing is published under it; the address of its preview must be one all the same.
    let readable = id_of_file(&id);
    let is_usable = !readable.is_empty() && IdKind::Review.fault(&readable).is_none();
    if is_usable { readable } else { "review".to_owned() }
}

fn named_by_file(path: &SitePath) -> String {
    let own = id_of_file(path.name());
    match path.folder().rsplit('/').next() {
        Some(folder) if !folder.is_empty() && UNNAMED.iter().any(|name| own.eq_ignore_ascii_case(name)) => {
            id_of_file(folder)
        }
        _ => own,
    }
}

/// Those of `aliases` that can be addresses. The others are reported.
pub(super) fn usable_aliases(aliases: Vec<Spanned<String>>, problems: &RefCell<Problems>) -> Vec<Spanned<String>> {
    let is_id = |alias: &Spanned<String>| IdKind::Review.fault(&alias.value).is_none();
    let (usable, others): (Vec<_>, Vec<_>) = aliases.into_iter().partition(is_id);
    for alias in others {
        problems.borrow_mut().add(ProblemKind::UnsafeId, alias.span, format!("`{}` cannot be an alias", alias.value)).help(format!(
                "An alias becomes an address that leads here: up to {MAX_ID_LENGTH} letters, digits, hyphens, underscores \
                 and dots, and no name that Windows keeps for a device, such as `con`."
            ));
    }
    usable
}

/// Those of `aliases` at whose address a page could stand. The others are reported.
pub(super) fn usable_page_aliases(aliases: Vec<Spanned<String>>, problems: &RefCell<Problems>) -> Vec<Spanned<String>> {
    let is_address = |alias: &Spanned<String>| {
        let path = SitePath::new(&format!("{}.html", alias.value));
        path.is_ok_and(|path| path.portability_error().is_none()) && reserved_for(&alias.value).is_none()
    };
    let (usable, others): (Vec<_>, Vec<_>) = aliases.into_iter().partition(is_address);
    for alias in others {
        problems
            .borrow_mut()
            .add(ProblemKind::UnsafeId, alias.span, format!("`{}` cannot be an alias of a page", alias.value))
            .help(
                "Write the former address below that of the site, without `.html`, such as `help/terms`. It cannot be one \
                 that the site takes itself.",
            );
    }
    usable
}

/// Reports an id that cannot be that of a page, at `place`.
pub(super) fn check_page_id(id: &str, place: Span, problems: &RefCell<Problems>) {
    if let Some(reserved) = reserved_for(id) {
        problems
            .borrow_mut()
            .add(
                ProblemKind::UnsafeId,
                place,
                format!("`{id}` cannot be the id of a page: its address is kept for {}", reserved.holds),
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

#[cfg(test)]
mod tests {
    use crate::diagnostic::ProblemKind;
    use crate::document::parse;
    use crate::lower::lower_page;
    use crate::text::{SitePath, Source};

    #[test]
    fn pages_stay_off_the_addresses_of_the_site() {
        let check = |name: &str, expected: &[&str]| {
            let path = SitePath::new(&format!("content/pages/{name}.md")).unwrap();
            let (_, problems) = lower_page(&parse(&Source { path, text: "+++\ntitle = \"A\"\n+++\n".into() }));
            let found: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
            assert_eq!(found, expected, "{name}");
            assert!(problems.iter().all(|problem| problem.kind == ProblemKind::UnsafeId), "{name}");
        };
        check("about", &[]);
        check("help/actions", &[]);
        let kept = "cannot be the id of a page: its address is kept for";
        check("lucky", &[&format!("`lucky` {kept} the page of where teams got lucky")]);
        check("subscribe", &[&format!("`subscribe` {kept} the page about the feeds")]);
        check("Kinds/x", &[&format!("`Kinds/x` {kept} the lists of reviews by kind")]);
        check(&"x".repeat(121), &["a part of the page's address has more than 120 bytes"]);
    }
}
