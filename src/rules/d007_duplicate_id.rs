//! D007: two things have the same id.

use std::collections::BTreeMap;

use super::{Check, Library, Rule};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata};
use crate::document::ProblemKind;
use crate::model::Review;
use crate::text::Span;

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::DuplicateId), Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "D007",
    name: "duplicate-id",
    level: Level::Error,
    collected: Level::Error,
    summary: "Two reviews, aliases or factors have the same id, or ids that differ only in case.",
    why: "The id is the address of the page. One of the two pages would overwrite the other, on some file systems \
          also when only the case differs.",
    remedy: "Rename one of the two files, or drop the alias. Put the old id under `aliases` if it was ever published.",
    wrong: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"2024-03-04-Edge-CPU\"]" },
    right: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"INC-1042\"]" },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<String, &Review> = BTreeMap::new();
    // Ids first: an alias never takes an address from a review.
    let ids = library.reviews.iter().map(|review| (review, review.id.0.as_str(), Span::at(0)));
    let aliases = library
        .reviews
        .iter()
        .flat_map(|review| review.aliases.iter().map(move |alias| (review, alias.value.as_str(), alias.span)));
    for (review, id, span) in ids.chain(aliases) {
        let Some(owner) = owners.insert(id.to_lowercase(), review) else { continue };
        let mut findings = Findings::new(&review.path);
        findings.add(&METADATA, span, format!("the id `{id}` is taken by {}", owner.path));
        found.extend(findings.into_vec());
        owners.insert(id.to_lowercase(), owner);
    }
}
