//! F009: contributing factors in the text that the registry does not have.

use std::collections::BTreeSet;

use super::gist::gist;
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Factor, LocalFactor, Registry};
use crate::rules::{Check, ReviewContext, Rule};
use crate::text::{self, MAX_ID_LENGTH, id_of_title};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "F009",
    name: "unregistered-factor",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "Contributing factors of the text are not in the registry.",
    why: "They stand on the page and are found by search, but no reader can see where else the same condition was met: \
          that takes one name for it in all reviews.",
    remedy: "Begin the item with the name of a factor of content/factors.toml in bold, or add the factor there. What is \
             particular to this one incident may stay as it is: allow it.",
    wrong: Example::Edit {
        replace: "## What went well",
        with: "## Contributing factors\n\n- **Nobody could stop a rule.** The only switch was for all of them. (accepted: rules are few)\n\n## What went well",
    },
    right: Example::Edit {
        replace: "## What went well",
        with: "## Contributing factors\n\n- **Big-bang release.** Rules skip the stages that programs have.\n\n## What went well",
    },
};

/// How many factors the help spells out.
const SHOWN: usize = 3;

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let local = &context.review.local_factors;
    let Some(first) = local.first() else { return };
    let words = |local: &LocalFactor| local.label.value.replace('-', " ");
    let message = match local.len() {
        1 => format!("the registry has no factor \"{}\"", words(first)),
        count => format!("{count} contributing factors of this list are not in the registry"),
    };
    let registry = &context.policy.registry;
    let mut help = String::new();
    for factor in local.iter().take(SHOWN) {
        if let Some(near) = nearest(&factor.label.value, registry) {
            help.push_str(&format!("\"{}\" may be **{}**. ", words(factor), near.name));
        }
    }
    help.push_str("Begin the item with the name of a factor in bold, or add it to content/factors.toml:");
    let lines = local.iter().take(SHOWN).flat_map(|factor| lines_to_add(factor, &words(factor)));
    let more = local.len().checked_sub(SHOWN + 1).map(|more| format!("… and {} more", more + 1));
    findings.add(&METADATA, first.label.span, message).help(help).lines(lines.chain(more));
}

/// The factor whose id or alias differs from `label` in few letters, else the one whose id, name or alias shares most words
/// with it, at least half of them.
fn nearest<'a>(label: &str, registry: &'a Registry) -> Option<&'a Factor> {
    if let Some(misspelt) = text::nearest(label, registry.names()) {
        return registry.get(misspelt);
    }
    let wanted = gist(label);
    let likeness = |factor: &Factor| {
        let aliases = factor.aliases.iter().map(|alias| alias.value.as_str());
        let names = [factor.id.value.as_str(), factor.name.as_str()].into_iter().chain(aliases);
        names.map(|name| shared(&wanted, &gist(name))).max().unwrap_or(0)
    };
    let best = registry.iter().map(|factor| (likeness(factor), factor)).max_by_key(|(likeness, _)| *likeness)?;
    (best.0 >= 50).then_some(best.1)
}

/// How many of a hundred different words two names share.
fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    100 * one.intersection(other).count() / one.union(other).count().max(1)
}

fn lines_to_add(factor: &LocalFactor, words: &str) -> [String; 5] {
    let first = words.chars().next().map_or(0, char::len_utf8);
    let name = words[..first].to_uppercase() + &words[first..];
    [
        "[[factor]]".to_owned(),
        format!("id = \"{}\"", id_of_title(&factor.label.value, MAX_ID_LENGTH)),
        format!("name = \"{name}\""),
        format!("category = \"{}\"", factor.category.as_deref().unwrap_or("")),
        "definition = \"\"".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::edited;

    #[test]
    fn the_help_names_the_nearest_factor_and_the_lines_to_add() {
        let list = "## Contributing factors\n\n### Process\n\n- **Rollout without stages.** All at once.\n- Something else. Really.\n\n";
        let found = edited("## What went well", &format!("{list}## What went well"));
        let finding = found.iter().find(|finding| finding.rule.code == "F009").unwrap();
        assert_eq!(finding.message, "2 contributing factors of this list are not in the registry");
        assert_eq!(
            finding.help.as_deref(),
            Some(
                "\"rollout without stages\" may be **No staged rollout**. Begin the item with the name of a factor in \
                 bold, or add it to content/factors.toml:\n\
                 [[factor]]\nid = \"rollout-without-stages\"\nname = \"Rollout without stages\"\ncategory = \"process\"\n\
                 definition = \"\"\n\
                 [[factor]]\nid = \"something-else\"\nname = \"Something else\"\ncategory = \"process\"\ndefinition = \"\""
            )
        );
    }

    #[test]
    fn a_misspelt_name_is_near_although_it_shares_few_words() {
        let found = edited(
            "## What went well",
            "## Contributing factors\n\n- **Unboundd computation.** At once.\n\n## What went well",
        );
        let help = found.iter().find(|finding| finding.rule.code == "F009").and_then(|finding| finding.help.as_deref());
        assert!(
            help.is_some_and(|help| help.starts_with("\"unboundd computation\" may be **Unbounded computation**")),
            "{help:?}"
        );
    }
}
