//! The rows and cells of a table of actions.

use lsp_types::CompletionItemKind;

use super::proposal::{Proposal, choice};
use super::value::{self, Word};
use super::{Proposals, line};
use crate::document::{ActionField, action_field_named};
use crate::lsp::view::View;
use crate::model::{ActionKind, ActionStatus, Update, words};

/// The table that a new review has.
const HEAD: &str = "| Action | Owner | Due | Status | Answers |";
const RULER: &str = "|--------|-------|-----|--------|---------|";

/// What can stand in the cell at a place, by the head of its column.
pub(super) fn propose(view: &View<'_>, offset: usize) -> Option<Proposals> {
    let text = view.text();
    let before = line::before(text, offset);
    let table = table_above(text, offset - before.len());
    if table.is_empty() {
        let list = vec![Proposal::new("table of actions", CompletionItemKind::SNIPPET, HEAD)];
        return HEAD.starts_with(before).then_some(Proposals { start: offset - before.len(), list });
    }
    if table.len() == 1 {
        let list = vec![Proposal::new("the line below the heads", CompletionItemKind::SNIPPET, ruler(table[0]))];
        return Some(Proposals { start: offset - before.len(), list });
    }
    let column = before.matches('|').count().checked_sub(1)?;
    let field = heads(table[0]).get(column).and_then(|head| action_field_named(head))?;
    let is_several = matches!(field, ActionField::Answers | ActionField::Updates);
    let is_end = |c: char| c == '|' || (is_several && c == ',');
    let cell = before.rfind(is_end).map_or(0, |at| at + 1);
    let written = &before[cell..];
    let start = offset - written.trim_start().len();
    let list = of_field(view, field)
        .into_iter()
        .map(|word| Proposal::word(&word.text, &word.text).detail(word.detail).about(word.about));
    // A blank stands behind the bar.
    let gap = if written.is_empty() { " " } else { "" };
    let list = list.map(|proposal| Proposal { text: format!("{gap}{}", proposal.text), ..proposal });
    Some(Proposals { start, list: list.collect() })
}

/// Rows that can stand on an empty line.
pub(super) fn rows(view: &View<'_>, offset: usize) -> Vec<Proposal> {
    let text = view.text();
    let table = table_above(text, line::start(text, offset));
    match table.as_slice() {
        [] => vec![
            Proposal::new(
                "table of actions",
                CompletionItemKind::SNIPPET,
                format!("{HEAD}\n{RULER}\n{}", row(view, HEAD)),
            ),
            Proposal::new("heads of a table of actions", CompletionItemKind::SNIPPET, HEAD),
        ],
        [head] => vec![Proposal::new("the line below the heads", CompletionItemKind::SNIPPET, ruler(head))],
        [head, ..] => {
            vec![Proposal::new("action", CompletionItemKind::SNIPPET, row(view, head)).detail("a row of this table")]
        }
    }
}

/// The lines of the table that ends above a line.
fn table_above(text: &str, start: usize) -> Vec<&str> {
    let mut lines: Vec<&str> =
        text[..start].lines().rev().take_while(|line| line.trim_start().starts_with('|')).collect();
    lines.reverse();
    lines
}

fn heads(line: &str) -> Vec<&str> {
    line.trim().trim_matches('|').split('|').map(str::trim).collect()
}

fn ruler(head: &str) -> String {
    let cells = heads(head).iter().map(|head| "-".repeat(head.chars().count() + 2)).collect::<Vec<_>>();
    format!("|{}|", cells.join("|"))
}

/// A row with a place for each cell.
fn row(view: &View<'_>, head: &str) -> String {
    let cell = |(at, head): (usize, &&str)| {
        let number = at + 1;
        match action_field_named(head) {
            None => format!("${{{number}:What exactly changes}}"),
            Some(ActionField::Owner) => format!("${{{number}:Team}}"),
            Some(ActionField::Due) => format!("${{{number}:{}}}", value::day(view, 30)),
            Some(field) => {
                let words: Vec<String> = of_field(view, field).into_iter().map(|word| word.text).take(20).collect();
                choice(number, words.iter().map(String::as_str))
            }
        }
    };
    let cells: Vec<String> = heads(head).iter().enumerate().map(cell).collect();
    format!("| {} |", cells.join(" | "))
}

fn of_field(view: &View<'_>, field: ActionField) -> Vec<Word> {
    let listed = |words: Vec<&str>| words.into_iter().map(|word| Word::new(word, "")).collect();
    match field {
        ActionField::Owner => value::owners(view),
        ActionField::Due => vec![Word::new(&value::day(view, 30), "")],
        ActionField::Closed => vec![Word::new(&value::day(view, 0), "")],
        ActionField::Status => listed(words::<ActionStatus>()),
        ActionField::Kind => listed(words::<ActionKind>()),
        ActionField::Updates => listed(words::<Update>()),
        ActionField::Answers => value::weaknesses(view),
        ActionField::Link | ActionField::Evidence | ActionField::Id => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD, RULER, ruler};

    #[test]
    fn the_line_below_the_heads_is_as_wide_as_they_are() {
        assert_eq!(ruler(HEAD), RULER);
    }
}
