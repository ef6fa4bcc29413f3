//! D001: a review has no front matter.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::FrontMatterMissing)] };

static METADATA: Metadata = Metadata {
    code: "D001",
    name: "missing-front-matter",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Completeness,
    summary: "A Markdown file has no front matter, and nothing else says what front matter has to say.",
    why: "Programs compare severity, status, factors and actions across incidents, so these need a fixed place. \
          Without `status` and `tlp` there is no decision to publish the text.",
    remedy: "Start the file with a line `+++`, then the keys in TOML, then a line `+++`; or with `---`, then the keys in \
             YAML, then `---`. `casebook new` writes a template.",
    wrong: Example::File {
        path: "content/reviews/2024-05-01-cache.md",
        text: "# The cache was empty\n\nIt was slow.\n",
    },
    right: Example::File { path: "content/pages/about.md", text: "+++\ntitle = \"About\"\n+++\n\nWhat we learned.\n" },
};
