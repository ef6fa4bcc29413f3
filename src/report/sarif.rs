//! Findings as SARIF 2.1.0, for code scanning. Source: the OASIS standard of that name.

use serde_json::{Value, json};

use super::place::Places;
use crate::diagnostic::{Diagnostic, Level, Metadata};
use crate::rules::CATALOGUE;
use crate::text::{Position, SourceSet, escape_json};

/// One SARIF log with one run: all rules, all findings, and the changes that the findings offer.
/// Paths are relative to the root of the repository, in which `folder` is the site's folder, with a closing slash. Columns count characters.
pub fn sarif(findings: &[Diagnostic], sources: &SourceSet, folder: &str) -> String {
    let mut places = Places::new(sources);
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, &mut places, folder)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "casebook",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": CATALOGUE.iter().map(|rule| rule_of(rule.metadata)).collect::<Vec<_>>(),
                }
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    escape_json(&format!("{log:#}")) + "\n"
}

fn rule_of(rule: &Metadata) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule.remedy },
        "defaultConfiguration": { "level": level(rule.level) },
    })
}

fn result(finding: &Diagnostic, places: &mut Places<'_>, folder: &str) -> Value {
    let (start, end) = places.of(finding);
    let help = finding.help.as_deref().unwrap_or(finding.rule.remedy);
    let uri = uri(&format!("{folder}{}", finding.path));
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": CATALOGUE.iter().position(|rule| rule.metadata.code == finding.rule.code),
        "level": level(finding.level),
        "message": { "text": format!("{}. {help}", finding.message) },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri }, "region": region(start, end) } }],
    });
    if !finding.fix.is_empty() {
        let replacement = |edit: &crate::text::Edit| {
            let (start, end) = places.span(finding, edit.span);
            json!({ "deletedRegion": region(start, end), "insertedContent": { "text": edit.text } })
        };
        let replacements: Vec<Value> = finding.fix.iter().map(replacement).collect();
        let changes = json!([{ "artifactLocation": { "uri": uri }, "replacements": replacements }]);
        result["fixes"] = json!([{ "description": { "text": help }, "artifactChanges": changes }]);
    }
    result
}

fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "note",
        Level::Off => "none",
    }
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~');
    path.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
