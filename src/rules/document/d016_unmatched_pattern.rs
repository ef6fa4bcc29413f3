//! D016: a pattern of `[[reviews]]` takes no file.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::UnmatchedPattern)] };

static METADATA: Metadata = Metadata {
    code: "D016",
    name: "unmatched-pattern",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Site,
    summary: "A pattern under `[[reviews]]` in casebook.toml matches no file.",
    why: "The reviews that it was written for are missing from the site, and nothing else tells you.",
    remedy: "Correct the pattern, which counts from the folder of casebook.toml and knows capitals, or delete it.",
    wrong: Example::File {
        path: "casebook.toml",
        text: "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n\n[[reviews]]\nfiles = [\"content/reviews\", \"dosc/postmortems/**/*.md\"]\n",
    },
    right: Example::File {
        path: "casebook.toml",
        text: "title = \"Lessons\"\nbase_url = \"https://example.org/\"\n\n[[reviews]]\nfiles = [\"content/reviews/**/*.md\"]\n",
    },
};
