//! What the script in a page is told: whether the page is another one by now, and what was found.

use serde::Serialize;

use super::edition::{Current, Found};
use super::page::{self, Print};
use super::state::State;
use crate::diagnostic::{Diagnostic, Level};
use crate::report::{Note, note};

/// How many errors are shown; the terminal says how many there are.
const ERRORS: usize = 20;

/// How many warnings are listed.
const WARNINGS: usize = 100;

#[derive(Serialize)]
struct Status<'a> {
    /// The name of the state that is shown.
    build: &'a str,
    /// Tells the page from its former self, its style sheets left out; empty when there is no page.
    page: String,
    /// Tells its style sheets from former ones.
    look: String,
    /// Why the site folder cannot be read; empty when it can.
    trouble: &'a str,
    /// How many errors and warnings there are.
    counts: Counts,
    /// The errors, a mistake in the template of this page among them.
    errors: Vec<Shown>,
    /// The warnings.
    warnings: Vec<Shown>,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
}

/// A finding, and where an editor opens its place; empty when none is known.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    note: Note,
    editor: String,
}

/// What the script of the page at `shown`, the path of its address, is told.
pub(super) fn status(state: &State, current: &Current, shown: &str) -> String {
    let path = shown.strip_prefix(current.base_path.as_str()).and_then(page::path_of);
    let found = path.map(|path| current.find(&path, state.root()));
    let (print, mistake) = match found {
        Some(Found::Bytes(bytes) | Found::Nothing(Some(bytes))) => (Some(Print::of(&bytes)), None),
        Some(Found::Broken(finding, older)) => (older.map(|older| Print::of(&older)), Some(finding)),
        _ => (None, None),
    };
    // Without a page there is the one that says so.
    let print = print.unwrap_or_else(|| Print::of(&page::bare()));
    let at = |level: Level| current.findings.iter().filter(move |finding| finding.level == level);
    let view = |finding: &Diagnostic| {
        let note = note(finding, &current.sources);
        Shown { editor: state.editor(&note.file, note.line, note.column), note }
    };
    let errors: Vec<Shown> = mistake.as_deref().into_iter().chain(at(Level::Error)).take(ERRORS).map(view).collect();
    let status = Status {
        build: &current.build,
        page: format!("{:x}", print.page),
        look: format!("{:x}", print.look),
        trouble: &current.trouble,
        counts: Counts {
            errors: current.counts.errors + usize::from(mistake.is_some()),
            warnings: current.counts.warnings,
        },
        errors,
        warnings: at(Level::Warning).take(WARNINGS).map(view).collect(),
    };
    // Strings and numbers always have a JSON form.
    serde_json::to_string(&status).unwrap_or_default()
}
