//! F001: not exactly one factor is the primary one.

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
    summary: "A review needs exactly one primary factor.",
    why: "Readers look for incidents that were possible for the same reason as theirs. That reason is the primary \
          factor; with none, or several, they cannot find the incident, and it cannot be counted.",
    remedy: "Ask of each factor: had it been otherwise, would it have happened? Give `role = \"primary\"` to the one \
             that decides this most clearly. The others are contributing, which is the default.",
    wrong: Example::Edit { replace: "role = \"primary\"\n", with: "" },
    right: Example::Edit { replace: "role = \"primary\"", with: "role = \"primary\"" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    // A role or a factor that cannot be read has a finding already, and may be the primary one.
    if !context.has_whole_front_matter() || !is_readable(context) {
        return;
    }
    let factors = &context.review.factors;
    let mut primary = factors.iter().filter(|factor| factor.role == FactorRole::Primary);
    match (primary.next(), factors.first()) {
        (None, None) => {
            let help = "Add `[[factors]]` with an id of content/factors.toml and `role = \"primary\"`.";
            findings.add(&METADATA, context.document.top(), "the review names no factor").help(help);
        }
        (None, Some(first)) => {
            findings.add(&METADATA, first.id.span, "none of the factors is the primary one");
        }
        (Some(first), _) => {
            for other in primary {
                let message = format!("factor `{}` is primary, and so is `{}`", other.id.value, first.id.value);
                findings.add(&METADATA, other.id.span, message);
            }
        }
    }
}

fn is_readable(context: &ReviewContext<'_>) -> bool {
    let is_known = |role: &&str| FactorRole::WORDS.iter().any(|(word, _)| word == role);
    let roles = roles(context.document);
    roles.len() == context.review.factors.len() && roles.iter().flatten().all(is_known)
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
