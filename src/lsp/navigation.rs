//! From a name to where it is given, and to every place where it stands.

use lsp_types::Location;

use super::mention::{self, Mention, Name, Role};
use super::view::{REGISTRY, View};
use crate::model::Review;
use crate::text::Span;

/// The names in the text of a view.
pub(super) fn mentions(view: &View<'_>) -> Vec<Mention> {
    if view.source.path.as_str() == REGISTRY {
        return mention::in_registry(&view.known().policy.registry, view.text());
    }
    let Some(read) = view.review() else { return Vec::new() };
    let mut mentions = mention::in_review(&read.review, view.text(), &view.known().policy.registry);
    if let Some(title) = read.document.front.table.given("title") {
        let span = mention::unquoted(title.value.span, view.text());
        mentions.push(Mention { name: Name::Review(read.review.id.0.clone()), span, role: Role::Given });
    }
    mentions
}

/// Where the name at a place is given: a factor in the registry, a label at its item, a review at its beginning. From the
/// item itself it leads to the actions that answer it.
pub(super) fn definition(view: &View<'_>, offset: usize) -> Option<Vec<Location>> {
    let mentions = mentions(view);
    let Mention { name, role, .. } = mention::at(&mentions, offset)?;
    let places: Vec<(String, Span)> = match (name, role) {
        (Name::Factor(_) | Name::Label(_), Role::Given) => answers(view, name).collect(),
        (Name::Factor(id), Role::Used | Role::Answered) => {
            let factor = view.known().policy.registry.get(id)?;
            vec![(REGISTRY.to_owned(), factor.id.span)]
        }
        (Name::Label(_), Role::Used | Role::Answered) => {
            let given = mentions.iter().filter(|mention| mention.name == *name && mention.role == Role::Given);
            given.map(|mention| (view.source.path.as_str().to_owned(), mention.span)).collect()
        }
        (Name::Review(id), _) => {
            let is_called = |review: &Review| names(review).any(|name| name.eq_ignore_ascii_case(id));
            let called = view.known().reviews.iter().filter(|review| is_called(review));
            called.map(|review| (review.path.as_str().to_owned(), Span::at(0))).collect()
        }
    };
    let own = || {
        vec![(view.source.path.as_str().to_owned(), mention::at(&mentions, offset).map_or(Span::at(0), |at| at.span))]
    };
    let places = if places.is_empty() { own() } else { places };
    Some(places.iter().filter_map(|(path, span)| view.location(path, *span)).collect())
}

/// Every place of the name at a place, in all files. Labels belong to one review.
pub(super) fn references(view: &View<'_>, offset: usize) -> Option<Vec<Location>> {
    let own = mentions(view);
    let name = &mention::at(&own, offset)?.name;
    let places = everywhere(view, name);
    Some(places.iter().filter_map(|(path, mention)| view.location(path, mention.span)).collect())
}

/// Every mention of a name, by file.
pub(super) fn everywhere(view: &View<'_>, name: &Name) -> Vec<(String, Mention)> {
    let path = view.source.path.as_str();
    let called: Vec<&str> = match name {
        Name::Review(id) => names_of_review(view, id),
        Name::Factor(_) | Name::Label(_) => Vec::new(),
    };
    let is_same = |other: &Name| match other {
        Name::Review(id) => called.iter().any(|name| name.eq_ignore_ascii_case(id)),
        Name::Factor(_) | Name::Label(_) => other == name,
    };
    let of_file = |path: &str, found: Vec<Mention>| {
        let found = found.into_iter().filter(|mention| is_same(&mention.name));
        found.map(|mention| (path.to_owned(), mention)).collect::<Vec<_>>()
    };
    if let Name::Label(_) = name {
        return of_file(path, mentions(view));
    }
    let known = view.known();
    let registry = &known.policy.registry;
    let text = |path: &str| known.sources.text(path).map(|source| &*source.text).unwrap_or_default();
    let mut places = of_file(REGISTRY, mention::in_registry(registry, text(REGISTRY)));
    for review in &known.reviews {
        let path = review.path.as_str();
        places.extend(of_file(path, mention::in_review(review, text(path), registry)));
    }
    places
}

/// The actions of this review that answer a weakness.
fn answers<'a>(view: &'a View<'_>, name: &'a Name) -> impl Iterator<Item = (String, Span)> + 'a {
    let registry = &view.known().policy.registry;
    let is_meant = move |value: &str| match name {
        Name::Factor(id) => registry.canonical(value) == id,
        Name::Label(label) => value == label,
        Name::Review(_) => false,
    };
    view.review().into_iter().flat_map(move |read| {
        let actions = read.review.actions.iter();
        let answering = actions.filter(move |action| action.addresses.iter().any(|answer| is_meant(&answer.value)));
        answering.map(|action| {
            let span = read.place(action.span);
            let span = Span::new(span.start, span.start + span.slice(view.text()).trim_end().len());
            (view.source.path.as_str().to_owned(), span)
        })
    })
}

/// The id and the aliases of a review.
fn names(review: &Review) -> impl Iterator<Item = &str> {
    std::iter::once(review.id.0.as_str()).chain(review.aliases.iter().map(|alias| alias.value.as_str()))
}

/// All names of the review that has one of them.
fn names_of_review<'a>(view: &View<'a>, id: &'a str) -> Vec<&'a str> {
    let reviews = &view.known().reviews;
    let called = reviews.iter().find(|review| names(review).any(|name| name.eq_ignore_ascii_case(id)));
    called.map_or_else(|| vec![id], |review| names(review).collect())
}
