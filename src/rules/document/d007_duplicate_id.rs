//! D007: two things have the same id.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, ProblemKind, Subject};
use crate::model::Review;
use crate::rules::{Check, Library, ReviewContext, Rule};
use crate::text::{IdKind, Span, id_of_file};

pub(super) static RULE: Rule = Rule {
    metadata: &METADATA,
    checks: &[Check::Problem(ProblemKind::DuplicateId), Check::Review(check_actions), Check::Library(check)],
};

static METADATA: Metadata = Metadata {
    code: "D007",
    name: "duplicate-id",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Site,
    summary: "Two reviews, aliases, factors, actions of a review or files of the site have the same id or address, or ones that \
              differ only in case.",
    why: "The id is the address of the page. One of the two pages would overwrite the other; on some file systems \
          this happens even when only the case differs.",
    remedy: "Rename one of the two, or give a review an `id`. Put the old id of a review under `aliases` if it was ever published.",
    wrong: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"2024-03-04-Edge-CPU\"]" },
    right: Example::Edit { replace: "services = [\"edge proxy\"]", with: "aliases = [\"INC-1042\"]" },
};

fn check_actions(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let mut seen = BTreeMap::new();
    for id in context.review.actions.iter().filter_map(|action| action.id.as_ref()) {
        let first = *seen.entry(id.value.to_lowercase()).or_insert(id);
        if !std::ptr::eq(first, id) {
            let finding = findings.add(&METADATA, id.span, format!("the review has an action `{}` already", id.value));
            finding.relate(context.review.path.as_str(), first.span, "the first one");
        }
    }
}

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<String, &Review> = BTreeMap::new();
    let mut seen: BTreeSet<(&str, String)> = BTreeSet::new();
    // Ids first: an alias never takes an address from a review.
    let ids = library.reviews.iter().map(|review| (review, review.id.0.as_str(), Span::at(0)));
    let aliases = library
        .reviews
        .iter()
        .flat_map(|review| review.aliases.iter().map(move |alias| (review, alias.value.as_str(), alias.span)));
    for (review, id, span) in ids.chain(aliases) {
        let owner = *owners.entry(id.to_lowercase()).or_insert(review);
        let is_first = !span.is_empty() && seen.insert((review.path.as_str(), id.to_ascii_lowercase()));
        // An id comes first and stands nowhere in its file; an alias may repeat what its own review has.
        let message = match (owner.path == review.path, span.is_empty()) {
            (true, true) => continue,
            (true, false) if owner.id.0.eq_ignore_ascii_case(id) => format!("`{id}` is this review's own id"),
            (true, false) if is_first => continue,
            (true, false) => format!("the alias `{id}` is given twice"),
            (false, _) => format!("the id `{id}` is taken by {}", owner.path),
        };
        let mut findings = Findings::new(&review.path);
        let finding = findings.add(&METADATA, span, message);
        if owner.path != review.path {
            finding.relate(owner.path.as_str(), Span::at(0), "the review that has it");
        }
        if span.is_empty() {
            finding.help(format!(
                "Write a line such as `id = \"{}\"` into the front matter of {} or of {}. The id is the address of the page: \
                 where one of them was published, let the other change.",
                other_id(review),
                review.path,
                owner.path
            ));
        }
        found.extend(findings.into_vec());
    }
}

/// An id that nobody else is likely to have: that of the review, behind the folder that its file lies in.
fn other_id(review: &Review) -> String {
    let folder = review.path.folder().rsplit('/').next().unwrap_or_default();
    let id = &review.id.0;
    let other = match id_of_file(folder) {
        folder if folder.is_empty() || folder == *id => format!("{id}-2"),
        folder => format!("{folder}-{id}"),
    };
    if IdKind::Review.fault(&other).is_some() { "…".to_owned() } else { other }
}
