//! A006: an action answers, or a review accepts, something that the review does not have.

use super::{Check, Rule, Subject};
use crate::diagnostic::{Example, Findings, Level, Metadata};
use crate::document::{SectionKind, nearest};
use crate::text::Spanned;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A006",
    name: "unknown-weakness",
    level: Level::Error,
    collected: Level::Error,
    summary: "An action answers, or the review accepts, a weakness that the review does not have.",
    why: "The page shows under each weakness what is done about it. With a slip in the name the action stands nowhere, \
          and the weakness looks forgotten.",
    remedy: "Write the id of a factor of this review, or the label of an item: its bold words in lower case, with \
             hyphens. An accepted weakness is a factor, or an item that went poorly or was luck.",
    wrong: Example::Edit {
        replace: "addresses = [\"no-staged-rollout\"]",
        with: "addresses = [\"no-staged-rollout\", \"pager-silent\"]",
    },
    right: Example::Edit {
        replace: "addresses = [\"no-staged-rollout\"]",
        with: "addresses = [\"big-bang-release\", \"fast-switch-off\"]",
    },
};

/// The parts whose items are weaknesses, and before them the one whose items are strengths to build on.
const PARTS: [SectionKind; 3] = [SectionKind::WentWell, SectionKind::WentPoorly, SectionKind::GotLucky];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let addressed = subject.review.actions.iter().flat_map(|action| &action.addresses);
    for weakness in addressed {
        report(subject, weakness, &PARTS, findings);
    }
    for accepted in &subject.review.accepted {
        report(subject, &accepted.weakness, &PARTS[1..], findings);
    }
}

fn report(subject: &Subject<'_>, weakness: &Spanned<String>, parts: &[SectionKind], findings: &mut Findings<'_>) {
    let name = &weakness.value;
    let canonical = |id: &str| subject.policy.registry.get(id).map(|factor| factor.id.value.clone());
    let factors = subject.review.factors.iter().map(|factor| factor.id.value.as_str());
    let mut known: Vec<&str> = factors.collect();
    let wanted = canonical(name);
    // A factor that the registry does not have is F002's or F003's finding, and may be the one that is meant here.
    let may_be_meant = |id: &&str| wanted.is_some() && canonical(id).is_none_or(|id| Some(id) == wanted);
    if known.iter().any(|id| id == name || may_be_meant(id)) {
        return;
    }
    let labels = labels(subject, parts);
    if labels.contains(&name.as_str()) {
        return;
    }
    known.extend(labels);
    let help = match (wanted, nearest(name, known.into_iter())) {
        (Some(_), _) => {
            format!("The registry has it: name `{name}` under `[[factors]]` too, or write a factor of this review.")
        }
        (None, Some(near)) => format!("Did you mean `{near}`?"),
        (None, None) => {
            "Write the id of a factor of this review, or the bold words that an item begins with, in lower case \
                         with hyphens: \"Pager on silent.\" is `pager-on-silent`."
                .to_owned()
        }
    };
    findings.add(&METADATA, weakness.span, format!("`{name}` is no weakness of this review")).help(help);
}

fn labels<'a>(subject: &Subject<'a>, kinds: &[SectionKind]) -> Vec<&'a str> {
    let parts = subject.review.parts.iter().filter(|part| part.kind.is_some_and(|kind| kinds.contains(&kind)));
    parts.flat_map(|part| &part.labels).map(|label| label.value.as_str()).collect()
}
