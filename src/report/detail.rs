//! Findings in parts, for the error page of the preview.

use serde::Serialize;

use super::human::excerpt;
use super::place::Places;
use crate::diagnostic::{Diagnostic, Quote};
use crate::text::{SourceSet, escape_line};

/// The parts of a finding, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingDetail {
    /// The code of its rule.
    pub rule: &'static str,
    /// The name of its rule.
    pub name: &'static str,
    /// `error`, `warning` or `advice`.
    pub level: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The path of the file, with hidden characters escaped.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line of the file, with `^` below the place on a second line; empty when the file has no text.
    pub excerpt: String,
    /// Why the rule exists.
    pub why: &'static str,
    /// The help of the finding, or the remedy of its rule.
    pub help: String,
}

/// Splits a finding into its parts.
pub fn finding_detail(finding: &Diagnostic, sources: &SourceSet) -> FindingDetail {
    let mut places = Places::new(sources);
    let (position, _) = places.of(finding);
    let source = places.source(finding).filter(|source| !source.text.is_empty());
    FindingDetail {
        rule: finding.rule.code,
        name: finding.rule.name,
        level: finding.level.word(),
        message: finding.message.clone(),
        file: escape_line(&finding.path).into_owned(),
        line: position.line,
        column: position.column,
        excerpt: source.map(|source| marked(&source.text, finding, position.line)).unwrap_or_default(),
        why: finding.rule.why,
        help: finding.help.clone().unwrap_or_else(|| finding.rule.remedy.to_owned()),
    }
}

fn marked(text: &str, finding: &Diagnostic, line: usize) -> String {
    let (shown, _, span) = excerpt(text, finding, line);
    let hidden = "•".repeat(shown[span.clone()].chars().count());
    let marked = if finding.quote == Quote::Redacted { hidden.as_str() } else { &shown[span.clone()] };
    let whole = format!("{}{marked}{}", &shown[..span.start], &shown[span.end..]);
    // A tab would move the mark away from what it is under.
    let shown_text = whole.replace('\t', " ");
    let before = " ".repeat(shown[..span.start].chars().count());
    let marks = "^".repeat(shown[span.clone()].chars().count().max(1));
    let number = line.to_string();
    format!("{number} | {shown_text}\n{} | {before}{marks}", " ".repeat(number.len()))
}

#[cfg(test)]
mod tests {
    use super::finding_detail;
    use crate::diagnostic::Diagnostic;
    use crate::rules::find;
    use crate::text::{SitePath, SourceSet, Span};

    #[test]
    fn the_mark_stands_under_the_place() {
        let mut sources = SourceSet::default();
        sources.add_text(SitePath::new("a.md").unwrap(), "one\n\tä <b> ö\n");
        let rule = find("D001").unwrap().metadata;
        let note = finding_detail(&Diagnostic::new(rule, "a.md", Span::new(8, 11), "x"), &sources);
        assert_eq!((note.line, note.column), (2, 4));
        assert_eq!(note.excerpt, "2 |  ä <b> ö\n  |    ^^^");
        assert_eq!(note.help, rule.remedy);
        let mut secret = Diagnostic::new(rule, "a.md", Span::new(8, 11), "x");
        secret.quote = crate::diagnostic::Quote::Redacted;
        assert_eq!(super::finding_detail(&secret, &sources).excerpt, "2 |  ä ••• ö\n  |    ^^^");
        let gone = super::finding_detail(&Diagnostic::new(rule, "gone.md", Span::at(0), "x"), &sources);
        assert_eq!(gone.excerpt, "");
    }
}
