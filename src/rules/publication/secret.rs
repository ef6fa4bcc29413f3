//! What the rules about secrets share: how one is reported without being repeated, and what only looks like one.

use std::ops::Range;

use super::file;
use crate::diagnostic::{Diagnostic, Findings, Metadata};
use crate::rules::Library;
use crate::rules::passage::{Passage, of_pages};
use crate::text::{SitePath, Span};

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Secret {
    /// What it is, without what makes it a secret.
    pub(super) what: String,
    pub(super) range: Range<usize>,
}

/// Reports secrets in a passage, each once where it stands.
pub(super) fn report(rule: &'static Metadata, passage: &Passage<'_>, secrets: Vec<Secret>, to: &mut Findings<'_>) {
    for secret in secrets {
        to.add(rule, passage.place(secret.range), format!("{} would be published", secret.what)).redact();
    }
}

/// Reports the secrets that `find` sees in the pages of the site, and in the texts that reviews and pages lead to.
pub(super) fn report_others(
    rule: &'static Metadata,
    library: &Library<'_>,
    find: fn(&str) -> Vec<Secret>,
    found: &mut Vec<Diagnostic>,
) {
    for (path, passage) in of_pages(library) {
        let mut findings = Findings::new(path);
        report(rule, &passage, find(&passage.text), &mut findings);
        found.extend(findings.into_vec());
    }
    file::each_linked_text(library, found, rule, |text| messages(text, find));
}

/// Reports the secrets that `find` sees in texts that are published as they are, each at the beginning of its file.
pub(super) fn report_files<'a>(
    rule: &'static Metadata,
    files: impl Iterator<Item = (&'a SitePath, &'a str)>,
    find: fn(&str) -> Vec<Secret>,
    found: &mut Vec<Diagnostic>,
) {
    for (path, text) in files {
        let start = Span::at(0);
        found.extend(
            messages(text, find).into_iter().map(|message| Diagnostic::new(rule, path.as_str(), start, message)),
        );
    }
}

/// What is told of the secrets of another file: their lines, counted from its beginning. Ten tell enough.
fn messages(text: &str, find: fn(&str) -> Vec<Secret>) -> Vec<String> {
    let line = |secret: &Secret| text[..secret.range.start].matches('\n').count() + 1;
    let message = |secret: Secret| format!("line {}: {} would be published", line(&secret), secret.what);
    find(text).into_iter().take(10).map(message).collect()
}

/// Whether something in the place of a secret is there to be replaced, or is the one of a documentation.
pub(super) fn is_placeholder(value: &str) -> bool {
    const WORDS: [&str; 17] = [
        "example",
        "placeholder",
        "redacted",
        "changeme",
        "change-me",
        "change_me",
        "your",
        "dummy",
        "insert",
        "masked",
        "hidden",
        "removed",
        "sample",
        "xxxx",
        "1234",
        "abcd",
        "…",
    ];
    const NAMES: [&str; 15] = [
        "password",
        "passwd",
        "pass",
        "pwd",
        "pw",
        "secret",
        "token",
        "null",
        "none",
        "undefined",
        "true",
        "false",
        "string",
        "test",
        "value",
    ];
    let lower = value.to_lowercase();
    // Of a token, the part after its last fixed separator; masks repeat few characters there.
    let tail = lower.rsplit(['_', '-', '.', ':', '/']).next().unwrap_or(&lower);
    let mut distinct: Vec<char> = tail.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    // A random token of twenty characters has "1234" or "abcd" in it once in a hundred thousand times.
    WORDS.iter().any(|word| lower.contains(word))
        || NAMES.contains(&lower.as_str())
        || value.contains(['<', '>', '{', '}', '$', '%', '*', '('])
        || value.contains("...")
        || (tail.len() > 5 && distinct.len() < 5)
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_are_told_apart_from_values() {
        for text in [
            "<password>",
            "${PASSWORD}",
            "changeme",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxx",
            "secret",
            "pass",
            "********",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["hunter2!", "correct-horse", "q7Zt2Kx9Lw4Rv8"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
