//! The weaknesses of a review: what its actions answer and what it accepts.

use crate::document::SectionKind;
use crate::rules::Subject;
use crate::text::Span;

/// A factor, or an item that went poorly or was luck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weakness {
    /// The canonical id of the factor, or the label of the item.
    pub(super) name: String,
    /// Where it stands.
    pub(super) span: Span,
}

/// The weaknesses that the review names, in the order of the file.
pub(super) fn of_review(subject: &Subject<'_>) -> Vec<Weakness> {
    let factors = subject.review.factors.iter().map(|factor| (canonical(subject, &factor.id.value), factor.id.span));
    let kinds = [SectionKind::WentPoorly, SectionKind::GotLucky];
    let parts = subject.review.parts.iter().filter(|part| part.kind.is_some_and(|kind| kinds.contains(&kind)));
    let labels = parts.flat_map(|part| &part.labels).map(|label| (label.value.clone(), label.span));
    factors.chain(labels).map(|(name, span)| Weakness { name, span }).collect()
}

/// The id of a factor in the registry, when `name` is an alias of it.
pub(super) fn canonical(subject: &Subject<'_>, name: &str) -> String {
    subject.policy.registry.get(name).map_or(name, |factor| factor.id.value.as_str()).to_owned()
}
