//! Findings for programs.

use serde::Serialize;

use super::place::Places;
use crate::check::Counts;
use crate::diagnostic::Diagnostic;
use crate::text::{SourceSet, escape_json};

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    name: &'a str,
    level: &'a str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    help: &'a str,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    advice: usize,
    reviews: usize,
    published: usize,
    withheld: usize,
}

/// One JSON object with all findings and the counts. Lines and columns count from 1, columns in characters; ends are exclusive.
pub fn json(findings: &[Diagnostic], counts: &Counts, sources: &SourceSet) -> String {
    let mut places = Places::new(sources);
    let finding = |finding| one(finding, &mut places);
    let report = Report {
        version: 1,
        findings: findings.iter().map(finding).collect(),
        summary: Summary {
            error: counts.errors,
            warning: counts.warnings,
            advice: counts.advice,
            reviews: counts.reviews,
            published: counts.published,
            withheld: counts.withheld,
        },
    };
    // Strings and numbers always have a JSON form.
    let json = serde_json::to_string_pretty(&report).unwrap_or_default();
    escape_json(&json) + "\n"
}

fn one<'a>(finding: &'a Diagnostic, places: &mut Places<'_>) -> Finding<'a> {
    let (start, end) = places.of(finding);
    Finding {
        rule: finding.rule.code,
        name: finding.rule.name,
        level: finding.level.word(),
        message: &finding.message,
        file: &finding.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        help: finding.help.as_deref().unwrap_or(finding.rule.remedy),
    }
}
