//! P001: an internal block that is not closed, or not opened.

use super::file;
use crate::diagnostic::{Diagnostic, Example, Level, Metadata, ProblemKind, Problems, Subject};
use crate::redact::internal_blocks;
use crate::rules::{Check, Library, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    metadata: &METADATA,
    checks: &[
        Check::Problem(ProblemKind::InternalBlock),
        Check::Problem(ProblemKind::MarkerLookalike),
        Check::Library(check_files),
    ],
};

static METADATA: Metadata = Metadata {
    code: "P001",
    name: "open-internal-block",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "An internal block or a comment has only one end, something resembles a marker of an internal block, or a \
              marker stands in a file that is published as it is.",
    why: "Internal blocks and comments hold what must not be published. If one end is missing or misspelt, notes of \
          the team could become public.",
    remedy: "Write `<!-- internal -->` before the passage for the team and `<!-- /internal -->` after it. Close each \
             comment with `-->`, and write none inside another. Write arrows and comments that readers should see as \
             code. Delete passages for the team from files of figures and plain text. If readers should see what resembles a marker, allow it with a reason.",
    wrong: Example::Edit { replace: "The first page", with: "<!-- /internal --> The first page" },
    right: Example::Edit {
        replace: "The first page",
        with: "<!-- internal -->Ask Support.<!-- /internal --> The first page",
    },
};

/// Nothing is cut out of files that are published beside texts.
fn check_files(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    file::each_linked_text(library, found, &METADATA, |text| marked_line(text).into_iter().collect());
    for (path, text) in file::always_published(library) {
        let message = marked_line(text);
        found.extend(message.map(|message| Diagnostic::new(&METADATA, path.as_str(), Span::at(0), message)));
    }
}

/// What is told of the first marker in a file.
fn marked_line(text: &str) -> Option<String> {
    let mut problems = Problems::default();
    let blocks = internal_blocks(text, &mut problems);
    let problems = problems.0.iter().map(|problem| problem.span.start);
    let at = blocks.iter().map(|block| block.span.start).chain(problems).min()?;
    let line = text[..at].matches('\n').count() + 1;
    Some(format!("line {line}: this marks a passage as internal, and the file is published with all of it"))
}
