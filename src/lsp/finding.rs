//! Findings as the diagnostics of the protocol, sent for the files whose findings changed.

use std::collections::{BTreeMap, BTreeSet};

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    PublishDiagnosticsParams, Uri,
};

use super::judge::Judged;
use super::position::{Encoding, Lines};
use super::site::Site;
use crate::diagnostic::{self, Level};
use crate::report::rule_address;
use crate::text::SitePath;

/// The name under which editors show findings.
const NAME: &str = "casebook";

type ByFile<'a> = BTreeMap<&'a str, Vec<&'a diagnostic::Diagnostic>>;

/// Takes in a judgement about the texts as they are now, and returns what changes for the editor.
pub(super) fn take_in(site: &mut Site, judged: Judged, encoding: Encoding) -> Vec<PublishDiagnosticsParams> {
    let before = site.judged.take();
    let old = before.as_ref().map(|judged| by_file(&judged.findings)).unwrap_or_default();
    let new = by_file(&judged.findings);
    let mut changed: BTreeSet<String> = BTreeSet::new();
    for path in old.keys().chain(new.keys()) {
        let same = match (old.get(path), new.get(path)) {
            (Some(old), Some(new)) => are_same(old, new) && has_same_text(path, before.as_ref(), &judged),
            (Some(_), None) | (None, _) => false,
        };
        if !same {
            changed.insert((*path).to_owned());
        }
    }
    for (path, text) in &site.open {
        if site.answered.insert(path.clone(), text.version) != Some(text.version) {
            changed.insert(path.as_str().to_owned());
        }
    }
    site.judged = Some(judged);
    let none = Vec::new();
    let site = &*site;
    let new = site.judged.as_ref().map(|judged| by_file(&judged.findings)).unwrap_or_default();
    changed.iter().filter_map(|path| publish(site, path, new.get(path.as_str()).unwrap_or(&none), encoding)).collect()
}

/// The findings of each file.
fn by_file(findings: &[diagnostic::Diagnostic]) -> ByFile<'_> {
    let mut files = ByFile::new();
    for finding in findings {
        files.entry(&finding.path).or_default().push(finding);
    }
    files
}

fn are_same(old: &[&diagnostic::Diagnostic], new: &[&diagnostic::Diagnostic]) -> bool {
    let key = |finding: &&diagnostic::Diagnostic| (finding.rule.code, finding.level, finding.span);
    let words = |finding: &&diagnostic::Diagnostic| (finding.message.clone(), finding.help.clone());
    old.len() == new.len()
        && old.iter().zip(new).all(|(a, b)| key(a) == key(b) && words(a) == words(b) && a.related == b.related)
}

/// Whether a file has the text that it had before, so that its findings stand on the same lines.
fn has_same_text(path: &str, before: Option<&Judged>, now: &Judged) -> bool {
    before.is_some_and(|before| before.site.sources.text(path) == now.site.sources.text(path))
}

fn publish(
    site: &Site,
    path: &str,
    findings: &[&diagnostic::Diagnostic],
    encoding: Encoding,
) -> Option<PublishDiagnosticsParams> {
    let uri = site.uri(path)?;
    let version = SitePath::new(path).ok().and_then(|path| site.open.get(&path)).map(|text| text.version);
    let lines = site.lines(path, encoding).unwrap_or_else(|| Lines::new("", encoding));
    let related = |finding: &diagnostic::Diagnostic| {
        let places = finding.related.iter().filter_map(|place| {
            let lines = site.lines(&place.path, encoding)?;
            let location = Location { uri: site.uri(&place.path)?, range: lines.range(place.span) };
            Some(DiagnosticRelatedInformation { location, message: place.message.clone() })
        });
        places.collect()
    };
    let diagnostics = findings.iter().map(|finding| diagnostic(finding, &lines, related(finding))).collect();
    Some(PublishDiagnosticsParams { uri, diagnostics, version })
}

/// A finding as the protocol has it: the message, below it what to do, and the page of its rule as a link.
pub(super) fn diagnostic(
    finding: &diagnostic::Diagnostic,
    lines: &Lines,
    related: Vec<DiagnosticRelatedInformation>,
) -> Diagnostic {
    let href: Result<Uri, _> = rule_address(finding.rule).parse();
    let help = finding.help.as_deref().unwrap_or(finding.rule.remedy);
    Diagnostic {
        range: lines.range(finding.span),
        severity: Some(severity(finding.level)),
        code: Some(NumberOrString::String(finding.rule.name.to_owned())),
        code_description: href.ok().map(|href| CodeDescription { href }),
        source: Some(NAME.to_owned()),
        message: format!("{}\n{help}", finding.message),
        related_information: (!related.is_empty()).then_some(related),
        tags: None,
        data: None,
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        // A hint is hardly seen in most editors.
        Level::Advice => DiagnosticSeverity::INFORMATION,
        Level::Off => DiagnosticSeverity::HINT,
    }
}
