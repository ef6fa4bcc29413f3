//! A006: an action answers, or a review accepts, something that the review does not have.

use std::collections::BTreeSet;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{NamedWeakness, WeaknessKind};
use crate::rules::{Check, ReviewContext, Rule, message};
use crate::text::{Spanned, Suggestions};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "A006",
    name: "unknown-weakness",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Contradiction,
    summary: "An action addresses, or the review accepts, a weakness that the review does not have.",
    why: "The page shows what is done about each weakness. With a typo in the name, the action appears nowhere and \
          the weakness looks forgotten.",
    remedy: "Write the id of a factor of this review, or the label of an item: its bold words in lower case, with \
             hyphens. You can accept a factor, or an item under what went poorly or where luck helped.",
    wrong: Example::Edit { replace: "\"no-staged-rollout\"]", with: "\"no-staged-rollout\", \"pager-silent\"]" },
    right: Example::Edit { replace: "\"no-staged-rollout\"]", with: "\"big-bang-release\", \"fast-switch-off\"]" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    let is_item = |weakness: &NamedWeakness<'_>| !matches!(weakness.kind, WeaknessKind::Factor(_));
    let items = review.weaknesses(&context.policy.registry).filter(is_item).map(|weakness| weakness.name);
    let items: Vec<&str> = items.filter(|label| !label.is_empty()).collect();
    // An action may build on a strength as well.
    let strengths = review.strengths().map(|label| label.value.as_str());
    let known = Known::new(context, items.iter().copied().chain(strengths));
    for weakness in review.actions.iter().flat_map(|action| &action.addresses) {
        report(context, weakness, &known, findings);
    }
    let known = Known::new(context, items.into_iter());
    for accepted in &review.accepted {
        report(context, &accepted.weakness, &known, findings);
    }
}

/// How many names the help gives.
const SHOWN: usize = 5;

/// What a review calls its weaknesses.
struct Known<'a> {
    /// The factors as written and the labels of items.
    names: BTreeSet<&'a str>,
    /// The factors as the registry calls them.
    factors: BTreeSet<&'a str>,
    /// Whether the registry lacks one of the factors. That is F002's or F003's finding, and it may be meant by any name.
    has_unregistered: bool,
    suggestions: Suggestions,
}

impl<'a> Known<'a> {
    fn new(context: &ReviewContext<'a>, labels: impl Iterator<Item = &'a str>) -> Self {
        let written = context.review.factors.iter().map(|factor| factor.id.value.as_str());
        let registered = written.clone().map(|id| context.policy.registry.get(id));
        let names: BTreeSet<&str> = written.chain(labels).collect();
        Self {
            factors: registered.clone().flatten().map(|factor| factor.id.value.as_str()).collect(),
            has_unregistered: registered.clone().any(|factor| factor.is_none()),
            suggestions: Suggestions::new(names.iter().map(|name| (*name).to_owned())),
            names,
        }
    }
}

fn report(context: &ReviewContext<'_>, weakness: &Spanned<String>, known: &Known<'_>, findings: &mut Findings<'_>) {
    let name = &weakness.value;
    let wanted = context.policy.registry.get(name).map(|factor| factor.id.value.as_str());
    let is_factor = wanted.is_some_and(|id| known.has_unregistered || known.factors.contains(id));
    if is_factor || known.names.contains(name.as_str()) {
        return;
    }
    let help = match (wanted, known.suggestions.nearest(name)) {
        (Some(_), _) => {
            "The registry has it: begin an item under \"Contributing factors\" with its name, or write a factor of this \
             review."
                .to_owned()
        }
        (None, Some(near)) => format!("Did you mean `{near}`?"),
        (None, None) => match known.suggestions.most_like(name, SHOWN).as_slice() {
            [] => "This review names no factor, and no item under what went poorly or where luck helped.".to_owned(),
            names => {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                let more = if known.names.len() > SHOWN { "among others " } else { "" };
                format!(
                    "It has {more}{}. The whole text of an item, or any name of a factor, will do too.",
                    message::list(&names)
                )
            }
        },
    };
    findings.add(&METADATA, weakness.span, format!("this review has no weakness `{name}`")).help(help);
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited};

    fn answering(name: &str) -> Vec<crate::diagnostic::Diagnostic> {
        let written = format!("\"no-staged-rollout\", \"{name}\"]");
        edited("\"no-staged-rollout\"]", &written)
    }

    #[test]
    fn a_factor_may_be_named_in_any_form_and_an_item_by_all_its_words() {
        for name in
            ["No staged rollout", "Pager on silent", "Pager on silent. The first page was not heard for two minutes."]
        {
            assert_eq!(codes(&answering(name)), [""; 0], "{name}");
        }
    }

    #[test]
    fn the_help_names_what_there_is_nearest_first() {
        let found = answering("phone-was-on-silent");
        let finding = found.iter().find(|finding| finding.rule.code == "A006").unwrap();
        let help = finding.help.as_deref().unwrap();
        assert!(help.contains("`pager-on-silent`, `") && help.matches('`').count() <= 10, "{help}");
    }
}
