//! Secrets that were found, kept out of what other findings say.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::diagnostic::{Diagnostic, Quote};
use crate::text::{SitePath, SourceSet};

/// Shorter ones stand in many words by chance.
const SHORTEST: usize = 6;

/// What stands in the place of a secret.
const MASK: &str = "…";

/// Findings repeat what they are about, such as an address with a password in it. Reports are read by many.
pub(super) fn secrets(findings: &mut [Diagnostic], sources: &SourceSet) {
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
        finding.message = hidden(search, &finding.message);
        finding.help = finding.help.take().map(|help| hidden(search, &help));
    }
}

fn search(secrets: &BTreeSet<String>) -> AhoCorasick {
    let builder = &mut AhoCorasick::builder();
    let builder = builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::NoncontiguousNFA));
    builder.build(secrets).expect("the secrets of a text are no longer than the text")
}

fn hidden(search: &AhoCorasick, text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    search.replace_all_with(text, &mut hidden, |_, _, hidden| {
        hidden.push_str(MASK);
        true
    });
    hidden
}
