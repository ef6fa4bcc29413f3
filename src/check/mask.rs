//! Secrets that were found, kept out of what other findings say.

use crate::diagnostic::{Diagnostic, Shown};
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
    let masked = findings.iter().filter(|finding| finding.shown == Shown::Masked);
    let secrets: Vec<(String, String)> = masked.filter_map(secret).collect();
    for (path, secret) in secrets {
        for finding in findings.iter_mut().filter(|finding| finding.path == path) {
            finding.message = finding.message.replace(&secret, MASK);
            finding.help = finding.help.take().map(|help| help.replace(&secret, MASK));
        }
    }
}
