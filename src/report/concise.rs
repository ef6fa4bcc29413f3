//! Findings one a line, as editors and `grep` read them.

use super::place::Places;
use crate::diagnostic::Diagnostic;
use crate::text::{SourceSet, escape_line};

/// `file:line:column: level[code name] message`, one finding a line.
pub fn concise(findings: &[Diagnostic], sources: &SourceSet) -> String {
    let mut places = Places::new(sources);
    let mut text = String::new();
    for finding in findings {
        let (at, _) = places.of(finding);
        let (level, rule) = (finding.level.word(), finding.rule);
        text.push_str(&format!(
            "{}:{}:{}: {level}[{} {}] {}\n",
            escape_line(&finding.path),
            at.line,
            at.column,
            rule.code,
            rule.name,
            finding.message
        ));
    }
    text
}
