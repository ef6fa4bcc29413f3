//! D015: a line has characters that no reader sees.

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::rules::hidden_character::{self, Harm};
use crate::rules::{Check, Library, ReviewContext, Rule};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Review(check), Check::Library(check_others)] };

static METADATA: Metadata = Metadata {
    code: "D015",
    name: "unseen-character",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "A line has control characters, such as terminal colours, or other characters that are invisible.",
    why: "They come along when text is copied. Commands that readers copy fail, other programs do not find the words around \
          them, and pages leave control characters out, so that half of a colour code stays: `[1;31mERROR`.",
    remedy: "Run `casebook check --fix`, which removes them, or type the passage again.",
    wrong: Example::Edit {
        replace: "The first page was not heard",
        with: "The first page was \u{1b}[1mnot\u{1b}[0m heard",
    },
    right: Example::Edit { replace: "The first page was not heard", with: "The first page was **not** heard" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    findings.extend(hidden_character::check(&METADATA, Harm::Unseen, &context.document.source));
}

fn check_others(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(
        hidden_character::others(library).flat_map(|source| hidden_character::check(&METADATA, Harm::Unseen, &source)),
    );
}
