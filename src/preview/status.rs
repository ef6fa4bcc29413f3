//! What the script in a page is told: whether the page is another one by now, and what was found.

use serde::Serialize;

use super::edition::{Current, Found};
use super::page::{self, Print};
use super::state::State;
use crate::diagnostic::{Diagnostic, Level};
use crate::pipeline;
use crate::report::{FindingDetail, finding_detail};
use crate::text::SitePath;

/// How many errors are shown; the terminal says how many there are.
const ERRORS: usize = 20;

/// How many warnings are listed.
const WARNINGS: usize = 100;

/// How many findings are shown beside the text of a page.
const FINDINGS: usize = 60;

/// Fewer characters stand in too many places.
const SHORTEST: usize = 8;

#[derive(Serialize)]
struct Status<'a> {
    /// The name of the state that is shown.
    build: &'a str,
    #[serde(flatten)]
    face: Face,
    /// Why the site folder cannot be read; empty when it can.
    trouble: &'a str,
    /// How many errors and warnings there are.
    counts: Counts,
    /// The errors, a mistake in the template of this page among them.
    errors: Vec<Shown>,
    /// The warnings.
    warnings: Vec<Shown>,
    /// What helps whoever writes this page; none when no file is its source.
    aid: Option<AidView>,
    /// With drafts: the pages of reviews that readers do not see, and why.
    withheld: Vec<(String, String)>,
}

/// How the page looks, whatever was found in it.
#[derive(Serialize)]
struct Face {
    /// Tells the page from its former self, its style sheets left out.
    page: String,
    /// Tells its style sheets from former ones.
    look: String,
}

/// What helps whoever writes the page.
#[derive(Serialize)]
struct AidView {
    /// The file that the page is made of.
    source: String,
    /// Where an editor opens it.
    editor: String,
    /// Why readers do not see it; empty when they do.
    withheld: String,
    /// What a complete review has and this one lacks.
    missing: Vec<&'static str>,
    /// How much a complete review has.
    complete: usize,
    /// What was found in the file, each with words by which its place in the page is found.
    findings: Vec<Placed>,
    /// With drafts: the internal blocks, each with words that stand before it.
    internal: Vec<(String, Vec<String>)>,
}

/// A finding, and words of its line, the best ones first.
#[derive(Serialize)]
struct Placed {
    #[serde(flatten)]
    shown: Shown,
    words: Vec<String>,
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
    note: FindingDetail,
    editor: String,
}

/// What the script of the page at `shown`, the path of its address, is told.
pub(super) fn status(state: &State, current: &Current, shown: &str) -> String {
    let path = path_of(current, shown);
    let (face, mistake) = look_at(state, current, path.as_ref());
    let at = |level: Level| current.findings.iter().filter(move |finding| finding.level == level);
    let view = |finding: &Diagnostic| shown_finding(state, current, finding);
    let errors: Vec<Shown> = mistake.as_deref().into_iter().chain(at(Level::Error)).take(ERRORS).map(view).collect();
    let status = Status {
        build: &current.build,
        face,
        trouble: &current.trouble,
        counts: Counts {
            errors: current.counts.errors + usize::from(mistake.is_some()),
            warnings: current.counts.warnings,
        },
        errors,
        warnings: at(Level::Warning).take(WARNINGS).map(view).collect(),
        aid: path.as_ref().and_then(|path| aid_view(state, current, path)),
        withheld: withheld(state, current),
    };
    // Strings and numbers always have a JSON form.
    serde_json::to_string(&status).unwrap_or_default()
}

/// Whether the page at `shown` is another one by now. Nothing of this waits until the site was judged.
pub(super) fn face(state: &State, current: &Current, shown: &str) -> String {
    let (face, _) = look_at(state, current, path_of(current, shown).as_ref());
    serde_json::to_string(&face).unwrap_or_default()
}

fn path_of(current: &Current, shown: &str) -> Option<SitePath> {
    shown.strip_prefix(current.base_path.as_str()).and_then(page::path_of)
}

/// How a page looks, and the mistake in its template that keeps it as it was.
fn look_at(state: &State, current: &Current, path: Option<&SitePath>) -> (Face, Option<Box<Diagnostic>>) {
    let (print, mistake) = match path.map(|path| current.find(path, state.root())) {
        Some(Found::Bytes(bytes) | Found::Nothing(Some(bytes))) => (Some(Print::of(&bytes)), None),
        Some(Found::Broken(finding, older)) => (older.map(|older| Print::of(&older)), Some(finding)),
        _ => (None, None),
    };
    // Without a page there is the one that says so.
    let print = print.unwrap_or_else(|| Print::of(&page::bare()));
    (Face { page: format!("{:x}", print.page), look: format!("{:x}", print.look) }, mistake)
}

fn shown_finding(state: &State, current: &Current, finding: &Diagnostic) -> Shown {
    let note = finding_detail(finding, &current.sources);
    Shown { editor: state.editor(&finding.path, note.line, note.column), note }
}

fn aid_view(state: &State, current: &Current, path: &SitePath) -> Option<AidView> {
    let aid = pipeline::aid(&current.edition.as_ref()?.renderer, path)?;
    let text = current.sources.texts.get(&aid.source).map(|source| &*source.text).unwrap_or_default();
    let own = current.findings.iter().filter(|finding| finding.path == aid.source.as_str());
    let placed = |finding: &Diagnostic| {
        let shown = shown_finding(state, current, finding);
        let line = text.lines().nth(shown.note.line - 1).unwrap_or_default();
        Placed { words: words(line), shown }
    };
    let blocks = if state.show.drafts { pipeline::internal_blocks(&current.sources, &aid.source) } else { Vec::new() };
    Some(AidView {
        editor: state.editor(aid.source.as_str(), 1, 1),
        source: aid.source.to_string(),
        withheld: aid.withheld.unwrap_or_default(),
        missing: aid.coverage.iter().filter(|part| !part.is_there).map(|part| part.name).collect(),
        complete: aid.coverage.len(),
        findings: own.take(FINDINGS).map(placed).collect(),
        internal: blocks.into_iter().map(|block| (block.text, words(&block.after))).collect(),
    })
}

fn withheld(state: &State, current: &Current) -> Vec<(String, String)> {
    let Some(edition) = current.edition.as_ref().filter(|_| state.show.drafts) else { return Vec::new() };
    let pages = pipeline::withheld_pages(&edition.renderer).into_iter();
    pages.map(|(path, reason)| (format!("{}{path}", current.base_path), reason)).collect()
}

/// Words of a line of a source that its page shows in one piece, too: the whole line, and its parts between marks of
/// Markdown and quotes, the longest first. Addresses of links are left out.
fn words(line: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        plain.push_str(&rest[..at]);
        rest = rest[at..].find(')').map_or("", |end| &rest[at + end + 1..]);
    }
    plain.push_str(rest);
    let parts = plain.split(['"', '*', '`', '|', '—']).flat_map(|part| part.split(" = "));
    let mut parts: Vec<&str> = parts.map(str::trim).filter(|part| part.chars().count() >= SHORTEST).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let whole = Some(plain.trim()).filter(|line| line.chars().count() >= SHORTEST);
    whole.into_iter().chain(parts).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_of_a_line_are_those_of_the_page() {
        let check = |line: &str, expected: &[&str]| assert_eq!(words(line), expected, "{line}");
        check("change = \"Abort after 5 ms\"", &["change = \"Abort after 5 ms\"", "Abort after 5 ms"]);
        check("See [the long list](a.md#x) of it.", &["See [the long list of it.", "See [the long list of it."]);
        check("- 13:40 — **Detected** — an alert.", &["- 13:40 — **Detected** — an alert.", "an alert.", "Detected"]);
        check("+++", &[]);
    }
}
