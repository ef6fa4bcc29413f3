//! C005: factors of a federated site have no counterpart in the registry.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnmappedFactor)] };

static METADATA: Metadata = Metadata {
    code: "C005",
    name: "unmapped-factor",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Site,
    summary: "Factors of a site under `[[sources]]` have no counterpart in content/factors.toml.",
    why: "The site shows its reviews, but not under these factors. What happened to them may have happened to you \
          under another name.",
    remedy: "Read how they define the factor, and add their word to the `aliases` of your factor with the same \
             meaning. If you have none and it fits other incidents too, add a factor.",
    wrong: Example::Shown {
        text: "# content/factors.toml; the other site says `all-at-once`\n[[factor]]\nid = \"no-staged-rollout\"",
    },
    right: Example::Shown { text: "[[factor]]\nid = \"no-staged-rollout\"\naliases = [\"all-at-once\"]" },
};
