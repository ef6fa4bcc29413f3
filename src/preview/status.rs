//! What the script in a page asks for: whether the page changed, and what was found in it.

use serde::Serialize;

use super::page::{self, Fingerprint};
use super::snapshot::{Found, Snapshot};
use super::state::State;
use crate::diagnostic::{Diagnostic, Level, Quote};
use crate::pipeline;
use crate::report::{FindingDetail, finding_detail};
use crate::text::SitePath;

/// How many errors are shown; the terminal says how many there are.
const ERRORS: usize = 20;

/// How many warnings are listed.
const WARNINGS: usize = 100;

/// How many findings are shown beside the text of a page.
const FINDINGS: usize = 60;

/// The least number of characters that identify a place in a page.
const SHORTEST: usize = 8;

#[derive(Serialize)]
struct Status<'a> {
    /// The name of the snapshot.
    build: &'a str,
    #[serde(flatten)]
    fingerprint: PageFingerprint,
    /// Whether the pages are made of the files as they are, and not of an earlier version.
    current: bool,
    /// Why the site folder cannot be read; empty when it can.
    trouble: &'a str,
    /// How many errors and warnings there are.
    counts: Counts,
    /// The errors, a mistake in the template of this page among them.
    errors: Vec<Shown>,
    warnings: Vec<Shown>,
    /// Notes for the author of the page; none when no file is its source.
    authoring: Option<Authoring>,
    /// With drafts: the pages of reviews that readers do not see, and why.
    withheld: Vec<(String, String)>,
}

/// The hashes by which the script sees that the page changed, in hexadecimal digits.
#[derive(Serialize)]
struct PageFingerprint {
    /// The hash of the page without the names of its style sheets.
    page: String,
    /// The hash of the names of its style sheets.
    styles: String,
}

/// Notes for the author of a page.
#[derive(Serialize)]
struct Authoring {
    /// The file that the page is made of.
    source: String,
    /// Where an editor opens it.
    editor: String,
    /// Why readers do not see it; empty when they do.
    withheld: String,
    /// What a complete review has and this one lacks.
    missing: Vec<&'static str>,
    /// The number of parts of a complete review; 0 for other pages.
    complete: usize,
    /// What was found in the file, each with words by which its place in the page is found.
    findings: Vec<Placed>,
    /// With drafts: the internal blocks, each with words that stand before it.
    internal: Vec<(String, Vec<String>)>,
}

/// A finding, the words at its place, which may be none, and words of its line, the best ones first.
#[derive(Serialize)]
struct Placed {
    #[serde(flatten)]
    shown: Shown,
    marked: String,
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
pub(super) fn status(state: &State, snapshot: &Snapshot, shown: &str) -> String {
    let path = path_of(snapshot, shown);
    let (fingerprint, mistake) = fingerprint_of(state, snapshot, path.as_ref());
    let is_known = |mistake: &Diagnostic| {
        snapshot.findings.iter().any(|known| known.path == mistake.path && known.span == mistake.span)
    };
    let mistake = mistake.filter(|mistake| !is_known(mistake));
    let at = |level: Level| snapshot.findings.iter().filter(move |finding| finding.level == level);
    let view = |finding: &Diagnostic| shown_finding(state, snapshot, finding);
    let errors: Vec<Shown> = mistake.as_deref().into_iter().chain(at(Level::Error)).take(ERRORS).map(view).collect();
    let status = Status {
        build: &snapshot.build,
        current: snapshot.is_current,
        fingerprint,
        trouble: &snapshot.trouble,
        counts: Counts {
            errors: snapshot.counts.errors + usize::from(mistake.is_some()),
            warnings: snapshot.counts.warnings,
        },
        errors,
        warnings: at(Level::Warning).take(WARNINGS).map(view).collect(),
        authoring: path.as_ref().and_then(|path| authoring(state, snapshot, path)),
        withheld: withheld(state, snapshot),
    };
    // Strings and numbers always have a JSON form.
    serde_json::to_string(&status).unwrap_or_default()
}

/// The fingerprint of the page at `shown`. It is known before the judgement of the site.
pub(super) fn fingerprint(state: &State, snapshot: &Snapshot, shown: &str) -> String {
    let (fingerprint, _) = fingerprint_of(state, snapshot, path_of(snapshot, shown).as_ref());
    serde_json::to_string(&fingerprint).unwrap_or_default()
}

fn path_of(snapshot: &Snapshot, shown: &str) -> Option<SitePath> {
    shown.strip_prefix(snapshot.base_path.as_str()).and_then(page::path_of)
}

/// The fingerprint of a page, and the mistake in its template that makes the preview show an older one.
fn fingerprint_of(
    state: &State,
    snapshot: &Snapshot,
    path: Option<&SitePath>,
) -> (PageFingerprint, Option<Box<Diagnostic>>) {
    let (fingerprint, mistake) = match path.map(|path| snapshot.find(path, state.root())) {
        Some(Found::Bytes(bytes) | Found::Nothing(Some(bytes))) => (Some(Fingerprint::of(&bytes)), None),
        Some(Found::Broken(finding, older)) => (older.map(|older| Fingerprint::of(&older)), Some(finding)),
        Some(Found::Nothing(None) | Found::Unreadable(_)) | None => (None, None),
    };
    // An address without a page shows the bare one.
    let fingerprint = fingerprint.unwrap_or_else(|| Fingerprint::of(&page::bare()));
    (PageFingerprint { page: format!("{:x}", fingerprint.page), styles: format!("{:x}", fingerprint.styles) }, mistake)
}

fn shown_finding(state: &State, snapshot: &Snapshot, finding: &Diagnostic) -> Shown {
    let note = finding_detail(finding, &snapshot.sources);
    Shown { editor: state.editor(&finding.path, note.line, note.column), note }
}

fn authoring(state: &State, snapshot: &Snapshot, path: &SitePath) -> Option<Authoring> {
    let authoring = pipeline::authoring(&snapshot.site.as_ref()?.renderer, path)?;
    let text = snapshot.sources.texts.get(&authoring.source).map(|source| &*source.text).unwrap_or_default();
    let own = snapshot.findings.iter().filter(|finding| finding.path == authoring.source.as_str());
    let placed = |finding: &Diagnostic| {
        let shown = shown_finding(state, snapshot, finding);
        let line = text.lines().nth(shown.note.line - 1).unwrap_or_default();
        let marked = match finding.quote {
            Quote::Verbatim => text.get(finding.span.start..finding.span.end).unwrap_or_default().to_owned(),
            Quote::Redacted => String::new(),
        };
        Placed { marked, words: words(line), shown }
    };
    let blocks =
        if state.show.drafts { pipeline::internal_blocks(&snapshot.sources, &authoring.source) } else { Vec::new() };
    Some(Authoring {
        editor: state.editor(authoring.source.as_str(), 1, 1),
        source: authoring.source.to_string(),
        withheld: authoring.withheld.or_else(|| unfit(snapshot, &authoring.source)).unwrap_or_default(),
        missing: authoring.coverage.iter().filter(|part| !part.is_there).map(|part| part.name).collect(),
        complete: authoring.coverage.len(),
        findings: own.take(FINDINGS).map(placed).collect(),
        internal: blocks.into_iter().map(|block| (block.text, words(&block.after))).collect(),
    })
}

/// Why nothing of the site is published as long as a file stays as it is; none when it can be.
fn unfit(snapshot: &Snapshot, file: &SitePath) -> Option<String> {
    let is_error = |finding: &&Diagnostic| finding.level == Level::Error && finding.path == file.as_str();
    let errors = match snapshot.findings.iter().filter(is_error).count() {
        0 => return None,
        1 => "an error".to_owned(),
        count => format!("{count} errors"),
    };
    Some(format!("it has {errors}, and `casebook build` publishes nothing until it is fixed or withheld"))
}

fn withheld(state: &State, snapshot: &Snapshot) -> Vec<(String, String)> {
    let Some(site) = snapshot.site.as_ref().filter(|_| state.show.drafts) else { return Vec::new() };
    let pages = pipeline::withheld_pages(&site.renderer).into_iter();
    pages.map(|(path, reason)| (format!("{}{path}", snapshot.base_path), reason)).collect()
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
