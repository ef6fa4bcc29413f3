//! S003: words of a template, or a note that something is still to be written, were left in the text.

use std::collections::BTreeMap;

use super::placeholder::{SIGNS, is_unwritten, leftovers, placeholder};
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::document::{Document, Fence, Row};
use crate::model::format::OTHER_PROGRAMS;
use crate::rules::{Check, ReviewContext, Rule, phrase, trimmed};
use crate::table::Table;
use crate::text::{Span, kebab_case};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Signed(&SIGNS, check)] };

static METADATA: Metadata = Metadata {
    code: "S003",
    name: "leftover-prompt",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Form,
    summary: "Words of a template, or a note such as TODO, are left in the text.",
    why: "Readers see an unfinished text and doubt the rest of it. A question of the template looks like an answer \
          that you withhold.",
    remedy: "Replace the placeholder with your text, or delete it. Put notes for the team into an internal block.",
    wrong: Example::Edit {
        replace: "The first page was not heard for two minutes.",
        with: "TODO: ask the on-call engineer.",
    },
    right: Example::Edit {
        replace: "not heard for two minutes.",
        with: "not heard. The list of tasks, `TODO.md`, has the details.",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    report_comments(context, findings);
    report_values(&context.document.front.table, findings);
    report_text(context, findings);
}

/// Lines with the template's questions. There are many, and one finding is enough to delete them all.
fn report_comments(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.front.fence == Fence::None {
        return;
    }
    let front = Span::new(document.front.opening.end, document.front.span.end);
    let mut at = front.start;
    let mut questions = Vec::new();
    for line in front.slice(&document.source.text).split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().starts_with("#?") {
            questions.push(Span::new(at + indent, at + line.trim_end().len()));
        }
        at += line.len();
    }
    let message = match questions.len() {
        0 => return,
        1 => "a question of the template is left in the front matter".to_owned(),
        count => {
            format!("{count} lines with questions of the template are left in the front matter, the first one here")
        }
    };
    findings
        .add(&METADATA, questions[0], message)
        .help("Delete each line that begins with `#?` once you have answered it.");
}

fn report_values(front: &Table, findings: &mut Findings<'_>) {
    // What stands in `internal` is for the team, which may leave notes to itself there.
    let is_published = |key: &str| key != "internal" && !OTHER_PROGRAMS.contains(&key);
    for entry in front.entries.iter().filter(|entry| is_published(&entry.key)) {
        for (key, value) in entry.leaves() {
            if value.kind.text().is_some_and(is_unwritten) {
                findings.add(&METADATA, value.span, format!("`{key}` has no value yet"));
            }
        }
    }
}

/// Heads of columns whose cells say how far something is. There, "TODO" is a word like "done".
const STATES: &str = "status state progress done? done";

/// Whether `span` is all of a cell below such a head.
fn is_state(document: &Document, span: Span) -> bool {
    let text = &document.published;
    let row = document.outline.rows.iter().find(|row| row.span.contains(span));
    let column = |row: &Row| {
        row.cells.iter().position(|cell| cell.contains(span) && cell.slice(text).trim() == span.slice(text))
    };
    let head = row.and_then(|row| document.outline.tables.get(row.table)?.get(column(row)?));
    let is_listed = |head: &Span| phrase::is_listed(&head.slice(text).trim().to_lowercase(), STATES);
    span.slice(text) == "TODO" && head.is_some_and(is_listed)
}

/// Whether question marks stand in brackets for a time that nobody knows: `[???] the disk is full`.
fn is_unknown_time(text: &str, span: Span) -> bool {
    span.slice(text) == "???" && text[..span.start].ends_with('[') && text[span.end..].starts_with(']')
}

/// The same words in more places than these are one finding: a page of filler text is deleted as a whole.
const MANY: usize = 5;

/// The words that are left in the prose, each with the places where they stand, by the first of these.
fn left_words(context: &ReviewContext<'_>) -> Vec<(String, Vec<Span>)> {
    let document = context.document;
    let mut found: Vec<(String, Vec<Span>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for piece in phrase::prose(context) {
        let text = piece.slice(&document.published);
        for leftover in leftovers(text).into_iter().chain(placeholder(text)) {
            let span = Span::from(leftover).shifted(piece.start);
            if is_state(document, span) || is_unknown_time(&document.published, span) {
                continue;
            }
            let words = span.slice(&document.published).replace('\n', " ");
            let at = *known.entry(words.clone()).or_insert(found.len());
            match found.get_mut(at) {
                Some((_, places)) => places.push(span),
                None => found.push((words, vec![span])),
            }
        }
    }
    found
}

fn report_text(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    for (words, places) in left_words(context) {
        if places.len() > MANY {
            let message = format!("\"{words}\" is left in the text {} times, the first time here", places.len());
            findings.add(&METADATA, places[0], message);
            continue;
        }
        for place in places {
            findings.add(&METADATA, place, format!("\"{words}\" is left in the text"));
        }
    }
    for heading in &document.outline.headings {
        if !leftovers(&heading.text).is_empty() || placeholder(&heading.text).is_some() {
            let message = format!("the heading \"{}\" is one of a template", heading.text);
            findings.add(&METADATA, trimmed(heading.span, &document.published), message);
        }
    }
    let leads = document.outline.items.iter().filter_map(|item| item.lead.as_ref());
    for lead in leads.filter(|lead| kebab_case(&lead.value) == "the-label") {
        findings.add(&METADATA, lead.span, "this item is the example of the template");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::edited;

    #[test]
    fn a_state_in_a_table_is_no_leftover() {
        let with = |head: &str, cell: &str| {
            let table = format!("\n\n| What | {head} |\n|---|---|\n| Alert | done |\n| Limit | {cell} |\n\nRules ran");
            edited("Rules ran", &table).iter().any(|finding| finding.rule.code == "S003")
        };
        for (head, cell, is_found) in [
            ("Status", "TODO", false),
            ("State", "TODO", false),
            ("Status", "TODO: ask", true),
            ("Status", "TBD", true),
            ("Owner", "TODO", true),
        ] {
            assert_eq!(with(head, cell), is_found, "{head} {cell}");
        }
    }

    #[test]
    fn words_that_are_left_many_times_are_told_once() {
        let text = format!("TODO: ask.\n\n{}TODO: measure.\n\nRules ran", "Lorem ipsum.\n\n".repeat(6));
        let found = edited("Rules ran", &text);
        let messages: Vec<&str> = found.iter().filter(|f| f.rule.code == "S003").map(|f| f.message.as_str()).collect();
        let [first, filler, second] = messages[..] else { panic!("{messages:?}") };
        assert!(first.contains("TODO") && second.contains("TODO"), "{messages:?}");
        assert!(filler.ends_with("is left in the text 6 times, the first time here"), "{filler}");
    }

    #[test]
    fn a_time_that_nobody_knows_is_no_leftover() {
        let with = |text: &str| edited("Rules ran", &format!("\n\n- {text}\n\nRules ran"));
        assert!(!with("[???] The disk is full.").iter().any(|finding| finding.rule.code == "S003"));
        assert!(with("??? The disk is full.").iter().any(|finding| finding.rule.code == "S003"));
    }
}
