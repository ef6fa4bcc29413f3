//! Findings as annotations of a GitHub workflow.

use super::place::Places;
use super::{concise, summary};
use crate::check::Counts;
use crate::diagnostic::{Diagnostic, Level};
use crate::text::{ColourCodes, SourceSet, escape_line, escape_terminal};

/// GitHub shows this many annotations of each kind in a step, and drops the rest without a word.
const SHOWN: usize = 10;

/// One workflow command for each of the first ten findings of a level, errors first; the others as plain lines. `folder` is
/// the site's folder in the repository, with a closing slash.
pub fn github(findings: &[Diagnostic], sources: &SourceSet, folder: &str) -> String {
    let mut places = Places::new(sources);
    let (mut commands, mut lines) = (String::new(), Vec::new());
    for level in [Level::Error, Level::Warning, Level::Advice] {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        for (at, finding) in of_level.enumerate() {
            match at < SHOWN {
                true => commands.push_str(&command(finding, &mut places, folder)),
                false => lines.push(finding.clone()),
            }
        }
    }
    // The commands are ours; no other line is one.
    commands + &escape_terminal(&concise(&lines, sources), ColourCodes::Escaped)
}

fn command(finding: &Diagnostic, places: &mut Places<'_>, folder: &str) -> String {
    let (start, end) = places.of(finding);
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice | Level::Off => "notice",
    };
    let title = property(&format!("{} {}", finding.rule.code, finding.rule.name));
    let help = finding.help.as_deref().unwrap_or(finding.rule.remedy);
    let place = format!(
        "file={},line={},endLine={},col={}",
        property(&escape_line(&format!("{folder}{}", finding.path))),
        start.line,
        end.line,
        start.column
    );
    format!("::{command} {place},title={title}::{}\n", data(&format!("{}\n{help}", finding.message)))
}

/// A table of all findings in Markdown, for the summary of a workflow's step.
pub fn step_summary(findings: &[Diagnostic], counts: &Counts, sources: &SourceSet) -> String {
    let mut places = Places::new(sources);
    let mut text = format!("### Casebook: {}\n\n", summary(counts));
    if !findings.is_empty() {
        text.push_str("| level | rule | where | what |\n|---|---|---|---|\n");
    }
    for finding in findings {
        let (at, _) = places.of(finding);
        let place = cell(&format!("{}:{}:{}", escape_line(&finding.path), at.line, at.column));
        let rule = format!("{} {}", finding.rule.code, finding.rule.name);
        text.push_str(&format!("| {} | {rule} | {place} | {} |\n", finding.level.word(), cell(&finding.message)));
    }
    text
}

/// Escapes text for a cell of a table, so that no review can add markup.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => cell.push(' '),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '!' | '&' | '#' => cell.extend(['\\', c]),
            other => cell.push(other),
        }
    }
    cell
}

/// Text in a command: it ends at the end of its line, and holds no command of another service.
fn data(text: &str) -> String {
    escape_terminal(text, ColourCodes::Escaped).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
