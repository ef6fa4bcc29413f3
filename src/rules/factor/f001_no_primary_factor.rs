//! F001: no factor is the primary one.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::Document;
use crate::model::{FactorRole, Words};
use crate::rules::{Check, ReviewContext, Rule};
use crate::table::{Value, ValueKind};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F001",
    name: "no-primary-factor",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Completeness,
    summary: "No factor of a review is the primary one.",
    why: "Readers look for incidents that were possible for the same reason as theirs. That reason is the primary \
          factor; with none they cannot find the incident, and it cannot be counted. Two of them are a contradiction, D017.",
    remedy: "Ask of each factor: had it been otherwise, would it have happened? Write \"(primary)\" behind the name \
             of the one that decides this most clearly, or give it `role = \"primary\"` in the front matter. The others \
             are contributing.",
    wrong: Example::Edit { replace: "role = \"primary\"\n", with: "" },
    right: Example::Edit { replace: "role = \"primary\"", with: "role = \"primary\"" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    // A role or a factor that cannot be read has a finding already, and may be the primary one.
    if !context.has_whole_front_matter() || !is_readable(context) {
        return;
    }
    let factors = &context.review.factors;
    if context.review.local_factors.iter().any(|local| local.role == FactorRole::Primary) {
        return;
    }
    if factors.iter().any(|factor| factor.role == FactorRole::Primary) {
        return;
    }
    match factors.first() {
        None => {
            let help = "Begin an item under \"Contributing factors\" with a name from content/factors.toml in bold, and write \
                        \"(primary)\" behind it: `- **Missing alert** (primary): …`.";
            let (place, message) = match context.review.local_factors.first() {
                Some(local) => (local.label.span, "none of the contributing factors is in the registry"),
                None => (context.document.top(), "the review names no factor"),
            };
            findings.add(&METADATA, place, message).help(help);
        }
        Some(first) => {
            findings.add(&METADATA, first.id.span, "none of the factors is the primary one");
        }
    }
}

fn is_readable(context: &ReviewContext<'_>) -> bool {
    let is_known = |role: &&str| FactorRole::WORDS.iter().any(|(word, _)| word == role);
    let roles = roles(context.document);
    let front = context.document.front.span;
    let given = context.review.factors.iter().filter(|factor| front.contains(factor.id.span)).count();
    roles.len() == given && roles.iter().flatten().all(is_known)
}

/// The role of each `[[factors]]` as written; what is no string counts as an unknown word.
fn roles(document: &Document) -> Vec<Option<&str>> {
    let Some(entry) = document.front.table.get("factors") else { return Vec::new() };
    let ValueKind::Array(factors) = &entry.value.kind else { return vec![Some("")] };
    factors.iter().map(role).collect()
}

fn role(factor: &Value) -> Option<&str> {
    let ValueKind::Table(table) = &factor.kind else { return Some("") };
    match &table.get("role")?.value.kind {
        ValueKind::Text(word) => Some(word),
        ValueKind::Integer(_)
        | ValueKind::Float(_)
        | ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::Time(_)
        | ValueKind::Array(_)
        | ValueKind::Table(_) => Some(""),
        ValueKind::Nothing => None,
    }
}
