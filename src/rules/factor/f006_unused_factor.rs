//! F006: no review names a factor of the registry.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Example, Level, Metadata, Subject};
use crate::model::Factor;
use crate::rules::{Check, Library, REGISTRY_PATH, Rule, message};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "F006",
    name: "unused-factor",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Site,
    summary: "No review names a factor of the registry.",
    why: "Everyone who looks for a factor has to read past it. Often it is an old name for something that other \
          reviews call differently, and the pattern is split in two.",
    remedy: "Delete it, or merge it into the factor that the reviews name and keep its id there as an alias. When \
             most factors of a registry are unused, this rule reports nothing: then it is a list to choose from.",
    wrong: Example::File {
        path: "content/factors.toml",
        text: "[[factor]]\nid = \"unbounded-computation\"\nname = \"Unbounded computation\"\ncategory = \"design\"\n\
               definition = \"A piece of work can take any amount of CPU or time.\"\n\n\
               [[factor]]\nid = \"no-staged-rollout\"\nname = \"No staged rollout\"\ncategory = \"process\"\n\
               definition = \"A change reaches every instance in one step.\"\n\n\
               [[factor]]\nid = \"expired-certificate\"\nname = \"Expired certificate\"\ncategory = \"process\"\n\
               definition = \"Something is valid until a day that nobody watches.\"\n",
    },
    right: Example::File {
        path: "content/factors.toml",
        text: "[[factor]]\nid = \"unbounded-computation\"\nname = \"Unbounded computation\"\ncategory = \"design\"\n\
               definition = \"A piece of work can take any amount of CPU or time.\"\n\n\
               [[factor]]\nid = \"no-staged-rollout\"\nname = \"No staged rollout\"\ncategory = \"process\"\n\
               definition = \"A change reaches every instance in one step.\"\n",
    },
};

/// The greatest number of factors that one finding names.
const SHOWN: usize = 5;

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let registry = &library.policy.registry;
    let named = library.reviews.iter().flat_map(|review| &review.factors);
    let used: BTreeSet<&str> =
        named.filter_map(|factor| registry.get(&factor.id.value)).map(|factor| factor.id.value.as_str()).collect();
    let unused: Vec<&Factor> = registry.iter().filter(|factor| !used.contains(factor.id.value.as_str())).collect();
    let Some(first) = unused.first().filter(|_| unused.len() < used.len()) else { return };
    let mut names: Vec<String> = unused.iter().take(SHOWN).map(|factor| format!("`{}`", factor.id.value)).collect();
    names.extend((unused.len() > SHOWN).then(|| format!("{} more", unused.len() - SHOWN)));
    let noun = if unused.len() == 1 { "factor" } else { "factors" };
    let message = format!("no review names the {noun} {}", message::list(&names));
    found.push(Diagnostic::new(&METADATA, REGISTRY_PATH, first.id.span, message));
}
