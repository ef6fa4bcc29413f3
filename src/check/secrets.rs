//! Redaction of secrets in the texts of findings.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::diagnostic::{Diagnostic, Quote};
use crate::text::{SitePath, SourceSet};

/// The least length in bytes of a secret that is redacted. Shorter ones are part of many words.
const SHORTEST: usize = 6;

/// What stands in the place of a secret.
const PLACEHOLDER: &str = "…";

/// Replaces each secret that a finding points at in the messages of all findings of its file: another finding may repeat
/// it, such as one about a link with a password in it, and many people read reports.
pub(super) fn redact(findings: &mut [Diagnostic], sources: &SourceSet) {
    let secret = |finding: &Diagnostic| {
        let source = sources.texts.get(&SitePath::new(&finding.path).ok()?)?;
        let text = finding.span.slice(&source.text);
        (text.len() >= SHORTEST).then(|| (finding.path.clone(), text.to_owned()))
    };
    let masked = findings.iter().filter(|finding| finding.quote == Quote::Redacted);
    let mut secrets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, secret) in masked.filter_map(secret) {
        secrets.entry(path).or_default().insert(secret);
    }
    // A text may hold thousands: one pass over a message looks for all of them.
    let searches: BTreeMap<&String, AhoCorasick> =
        secrets.iter().map(|(path, secrets)| (path, search(secrets))).collect();
    for finding in findings.iter_mut() {
        let Some(search) = searches.get(&finding.path) else { continue };
        finding.message = redacted(search, &finding.message);
        finding.help = finding.help.take().map(|help| redacted(search, &help));
    }
}

fn search(secrets: &BTreeSet<String>) -> AhoCorasick {
    let builder = &mut AhoCorasick::builder();
    let builder = builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::NoncontiguousNFA));
    builder.build(secrets).expect("the secrets of a text are no longer than the text")
}

fn redacted(search: &AhoCorasick, text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    search.replace_all_with(text, &mut redacted, |_, _, redacted| {
        redacted.push_str(PLACEHOLDER);
        true
    });
    redacted
}
