//! Findings for people: the line of the file, what is wrong, why it matters, and what to do.

use std::collections::BTreeMap;

use annotate_snippets::renderer::{DEFAULT_TERM_WIDTH, DecorStyle};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::place::Places;
use crate::check::Counts;
use crate::diagnostic::{Diagnostic, Level, Quote};
use crate::text::{SourceSet, escape_line};

/// Whether reports contain colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// ANSI escape sequences.
    Ansi,
    /// Plain text.
    None,
}

/// How many bytes of a line are shown before and after a finding.
const CONTEXT: usize = 400;

/// The greatest number of bytes of a finding that are shown.
const LONGEST: usize = 400;

/// All findings, each with its line. The reason for a rule follows its first finding only.
pub fn human<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>, sources: &'a SourceSet, colour: Colour) -> String {
    let findings: Vec<&Diagnostic> = findings.into_iter().collect();
    let renderer = match colour {
        Colour::Ansi => Renderer::styled(),
        Colour::None => Renderer::plain(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(DEFAULT_TERM_WIDTH);
    let mut places = Places::new(sources);
    let redacted = redacted_texts(&findings, &places);
    let mut explained: Vec<&str> = Vec::new();
    let mut text = String::new();
    for finding in findings {
        let is_first = !explained.contains(&finding.rule.code);
        if is_first {
            explained.push(finding.rule.code);
        }
        let mut group = group(finding, &mut places, &redacted);
        if is_first {
            group = group.element(Title::NOTE.with_name("why").message(finding.rule.why));
        }
        let help = finding.help.as_deref().unwrap_or(finding.rule.remedy);
        text.push_str(&renderer.render(&[group.element(Title::HELP.message(help))]));
        text.push_str("\n\n");
    }
    text
}

/// The text of each file with secrets, every secret replaced by signs of the same length, so that offsets stay valid.
fn redacted_texts(findings: &[&Diagnostic], places: &Places<'_>) -> BTreeMap<String, String> {
    let mut redacted: BTreeMap<String, String> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.quote == Quote::Redacted) {
        let Some(source) = places.source(finding) else { continue };
        let text = redacted.entry(finding.path.clone()).or_insert_with(|| source.text.to_string());
        let mask = |c: char| match c.len_utf8() {
            1 if c == '\n' => '\n',
            1 => '*',
            2 => '·',
            3 => '•',
            _ => '\u{1f512}',
        };
        let hidden: String = finding.span.slice(&source.text).chars().map(mask).collect();
        text.replace_range(finding.span.range(), &hidden);
    }
    redacted
}

/// The message of a finding, and the line of its file if the text could be read.
fn group<'a>(finding: &'a Diagnostic, places: &mut Places<'a>, redacted: &'a BTreeMap<String, String>) -> Group<'a> {
    let (position, _) = places.of(finding);
    let title = match finding.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Advice | Level::Off => Title::INFO.with_name("advice"),
    };
    let title =
        title.primary_title(finding.message.as_str()).id(format!("{} {}", finding.rule.code, finding.rule.name));
    match places.source(finding) {
        Some(source) if !source.text.is_empty() => {
            let text = redacted.get(&finding.path).map_or(&*source.text, String::as_str);
            let (excerpt, line, span) = excerpt(text, finding, position.line);
            let snippet = Snippet::source(excerpt).line_start(line).path(escape_line(&finding.path));
            title.element(snippet.annotation(AnnotationKind::Primary.span(span)))
        }
        _ => title.element(Origin::path(escape_line(&finding.path))),
    }
}

/// The first line of a finding, shortened around the place and with hidden characters escaped; its number; and the range
/// of the finding in it.
pub(super) fn excerpt(text: &str, finding: &Diagnostic, line: usize) -> (String, usize, std::ops::Range<usize>) {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(finding.span.start);
    // Only as much of a line is looked at as is shown: a line of a megabyte may have a finding in every word.
    let to_line_end = |from: usize, reach: usize| {
        let reach = floor(from + reach);
        text[from..reach].find('\n').map_or(reach, |at| from + at)
    };
    // A finding of several lines is shown by its first one.
    let end = floor(finding.span.end).clamp(start, to_line_end(start, LONGEST));
    let reach = floor(start.saturating_sub(CONTEXT));
    let from = text[reach..start].rfind('\n').map_or(reach, |at| reach + at + 1);
    let to = to_line_end(end, CONTEXT);
    let mut shown = escape_keeping_tabs(&text[from..start]);
    let marked = shown.len();
    shown.push_str(&escape_keeping_tabs(&text[start..end]));
    let span = marked..shown.len();
    shown.push_str(&escape_keeping_tabs(&text[end..to]));
    (shown, line, span)
}

/// A part of a line with hidden characters escaped, but not tabs, which indent it.
fn escape_keeping_tabs(part: &str) -> String {
    part.split('\t').map(escape_line).collect::<Vec<_>>().join("\t")
}

/// The number of findings of each rule, by level and then by frequency, one rule a line.
pub fn by_rule(findings: &[Diagnostic]) -> String {
    let mut rows: Vec<(Level, usize, &str, &str)> = Vec::new();
    for finding in findings {
        match rows.iter_mut().find(|row| row.0 == finding.level && row.2 == finding.rule.code) {
            Some(row) => row.1 += 1,
            None => rows.push((finding.level, 1, finding.rule.code, finding.rule.name)),
        }
    }
    rows.sort_by_key(|(level, count, code, _)| (std::cmp::Reverse(*level), std::cmp::Reverse(*count), *code));
    let line = |(level, count, code, name): (Level, usize, &str, &str)| {
        format!("{count:>6} {:<8} {code} {name}\n", level.word())
    };
    rows.into_iter().map(line).collect()
}

/// How to publish the other reviews first, where errors stand in reviews alone; none where they do not.
pub fn how_to_withhold(findings: &[Diagnostic], is_review: impl Fn(&str) -> bool) -> Option<String> {
    let mut files: Vec<&str> =
        findings.iter().filter(|finding| finding.level == Level::Error).map(|finding| finding.path.as_str()).collect();
    files.dedup();
    let names = match files.as_slice() {
        [] => return None,
        files if !files.iter().all(|file| is_review(file)) => return None,
        [file] => escape_line(file).into_owned(),
        files => format!("each of {} reviews, such as {}", files.len(), escape_line(files[0])),
    };
    Some(format!(
        "To publish the others first, withhold {names}: write `status = \"draft\"` into its front matter, or name the \
         file under `except` in casebook.toml."
    ))
}

/// The numbers of findings and reviews in one sentence.
pub fn summary(counts: &Counts) -> String {
    let found = tally(counts.errors, counts.warnings, counts.advice);
    let reviews = number(counts.reviews, "review");
    let publishable = if counts.errors > 0 { "ready once the errors are fixed" } else { "to publish" };
    format!("{found} in {reviews}: {} {publishable}, {} withheld", counts.published, counts.withheld)
}

/// How many findings of each level there are: "1 error, 2 pieces of advice", or "no findings".
pub fn tally(errors: usize, warnings: usize, advice: usize) -> String {
    let found: Vec<String> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| number(count, noun))
        .chain((advice > 0).then(|| format!("{} of advice", number(advice, "piece"))))
        .collect();
    if found.is_empty() { "no findings".to_owned() } else { found.join(", ") }
}

fn number(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
