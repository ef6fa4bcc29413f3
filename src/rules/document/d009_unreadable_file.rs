//! D009: a file cannot be read.

use crate::diagnostic::{Example, Level, Metadata, ProblemKind, Subject};
use crate::rules::{Check, Rule};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Problem(ProblemKind::Unreadable)] };

static METADATA: Metadata = Metadata {
    code: "D009",
    name: "unreadable-file",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Site,
    summary: "A file cannot be read, or is not text.",
    why: "The site would leave the review out, and its figures would be wrong without any notice.",
    remedy: "Save the file as UTF-8 inside the site folder, and let the account that runs Casebook read it.",
    wrong: Example::Shown { text: "A review saved in Latin-1, where the letter é is the single byte E9." },
    right: Example::Shown { text: "The same review saved in UTF-8, where the letter é is the two bytes C3 A9." },
};
