//! F007: two factors of the registry have nearly the same name.

use std::collections::{BTreeMap, BTreeSet};

use super::gist::gist;
use crate::diagnostic::{Diagnostic, Example, Level, Metadata, Subject};
use crate::model::Factor;
use crate::rules::{Check, Library, REGISTRY_PATH, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "F007",
    name: "similar-factors",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Site,
    summary: "Two factors of the registry have nearly the same name.",
    why: "Authors choose one or the other by chance. Each page shows half of the incidents, and a factor that recurs \
          looks like two that do not.",
    remedy: "Merge the two: keep one, and add the id of the other as an alias. If they differ, choose names that show \
             how.",
    wrong: Example::File {
        path: "content/factors.toml",
        text: "[[factor]]\nid = \"unbounded-computation\"\nname = \"Unbounded computation\"\ncategory = \"design\"\n\
               definition = \"A piece of work can take any amount of CPU or time.\"\n\n\
               [[factor]]\nid = \"no-staged-rollout\"\nname = \"No staged rollout\"\ncategory = \"process\"\n\
               definition = \"A change reaches every instance in one step.\"\n\n\
               [[factor]]\nid = \"missing-staged-rollouts\"\nname = \"Missing staged rollouts\"\ncategory = \"process\"\n\
               definition = \"Changes are not released in stages.\"\n\n\
               [[factor]]\nid = \"missing-alert\"\nname = \"Missing alert\"\ncategory = \"monitoring\"\n\
               definition = \"No alert fires on the effect.\"\n",
    },
    right: Example::File {
        path: "content/factors.toml",
        text: "[[factor]]\nid = \"unbounded-computation\"\nname = \"Unbounded computation\"\ncategory = \"design\"\n\
               definition = \"A piece of work can take any amount of CPU or time.\"\n\n\
               [[factor]]\nid = \"no-staged-rollout\"\nname = \"No staged rollout\"\ncategory = \"process\"\n\
               definition = \"A change reaches every instance in one step.\"\n\
               aliases = [\"missing-staged-rollouts\"]\n",
    },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<BTreeSet<String>, &Factor> = BTreeMap::new();
    for factor in library.policy.registry.iter() {
        let aliases = factor.aliases.iter().map(|alias| alias.value.as_str());
        let names: BTreeSet<BTreeSet<String>> =
            [factor.id.value.as_str(), factor.name.as_str()].into_iter().chain(aliases).map(gist).collect();
        let first = names.iter().filter(|gist| !gist.is_empty()).find_map(|gist| seen.get(gist));
        if let Some(first) = first {
            let message = format!("`{}` has nearly the same name as `{}`", factor.id.value, first.id.value);
            let mut finding = Diagnostic::new(&METADATA, REGISTRY_PATH, factor.id.span, message);
            finding.relate(REGISTRY_PATH, first.id.span, "the other factor");
            found.push(finding);
        }
        for gist in names {
            seen.entry(gist).or_insert(factor);
        }
    }
}
