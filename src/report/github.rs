//! Findings as annotations of a GitHub workflow.

use super::place::Places;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::SourceSet;

/// One workflow command a finding, errors first: GitHub shows ten of each level and no more.
pub fn github(findings: &[Diagnostic], sources: &SourceSet) -> String {
    let mut places = Places::new(sources);
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let mut text = String::new();
    for finding in sorted {
        let (start, end) = places.of(finding);
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Advice | Level::Off => "notice",
        };
        let title = property(&format!("{} {}", finding.rule.code, finding.rule.name));
        let help = finding.help.as_deref().unwrap_or(finding.rule.remedy);
        let place =
            format!("file={},line={},endLine={},col={}", property(&finding.path), start.line, end.line, start.column);
        text.push_str(&format!(
            "::{command} {place},title={title}::{}\n",
            data(&format!("{}\n{help}", finding.message))
        ));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
