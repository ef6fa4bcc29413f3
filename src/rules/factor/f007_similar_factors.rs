//! F007: two factors of the registry have nearly the same name.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Example, Level, Metadata, Subject};
use crate::model::Factor;
use crate::rules::{Check, Library, REGISTRY_PATH, Rule};
use crate::text::kebab_case;

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
            found.push(Diagnostic::new(&METADATA, REGISTRY_PATH, factor.id.span, message));
        }
        for gist in names {
            seen.entry(gist).or_insert(factor);
        }
    }
}

/// The words of a name in the singular, in no order; all words for what is not there are the same one.
fn gist(name: &str) -> BTreeSet<String> {
    const FILLERS: [&str; 7] = ["a", "an", "the", "of", "in", "on", "for"];
    const ABSENCE: [&str; 9] =
        ["no", "not", "missing", "lack", "lacking", "without", "absent", "absence", "insufficient"];
    let label = kebab_case(name);
    let words = label.split('-').filter(|word| !FILLERS.contains(word) && !word.is_empty());
    words
        .map(|word| match word {
            absence if ABSENCE.contains(&absence) => "no".to_owned(),
            plural if plural.len() > 3 && !plural.ends_with("ss") => plural.trim_end_matches('s').to_owned(),
            other => other.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::gist;

    #[test]
    fn names_are_compared_by_their_gist() {
        assert_eq!(gist("No staged rollout"), gist("missing-staged-rollouts"));
        assert_eq!(gist("Lack of an alert"), gist("missing-alert"));
        assert_ne!(gist("missing-runbook"), gist("missing-rollback"));
        assert_ne!(gist("missing-alert"), gist("alert"));
    }
}
