//! P015: a line is shown in another order than it is written in.

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::rules::hidden_character::{self, Harm};
use crate::rules::{Check, Library, ReviewContext, Rule};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Review(check), Check::Library(check_others)] };

static METADATA: Metadata = Metadata {
    code: "P015",
    name: "reordered-text",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "A line has characters that change the direction of writing, but no script that needs them.",
    why: "Readers see another text than the file contains, on the page and in code review: an address may look like \
          another one, and a command like a harmless one. This is known as Trojan Source.",
    remedy: "Delete the character. Arabic, Hebrew and other scripts from right to left need none; where the order of a line \
             of theirs is wrong, isolates that begin and end in the same line (U+2067, U+2069) are no finding.",
    wrong: Example::Edit {
        replace: "The first page was not heard",
        with: "The first page was \u{202e}draeh ton\u{202c} heard",
    },
    right: Example::Edit {
        replace: "The first page was not heard",
        with: "The first page (\u{2067}الصفحة 1\u{2069}) was not heard",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    findings.extend(hidden_character::check(&METADATA, Harm::Reorders, &context.document.source));
}

fn check_others(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(
        hidden_character::others(library)
            .flat_map(|source| hidden_character::check(&METADATA, Harm::Reorders, &source)),
    );
}
