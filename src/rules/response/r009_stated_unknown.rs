//! R009: the authors say that they do not know a value.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Action, Review, Unknown, Words};
use crate::rules::{Check, ReviewContext, Rule, message};
use crate::table::{Table, ValueKind};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "R009",
    name: "stated-unknown",
    level: Level::Advice,
    collected: Level::Off,
    subject: Subject::Completeness,
    summary: "A severity, a day, an owner or a deadline is given as \"unknown\".",
    why: "It is honest, and the page says so. But nobody can be asked about an action without an owner, and figures leave \
          the review out.",
    remedy: "Write the value when you know it.",
    wrong: Example::Edit { replace: "due = 2027-04-30", with: "due = \"unknown\"" },
    right: Example::Edit { replace: "due = 2027-04-30", with: "due = 2027-05-31" },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review: &Review = context.review;
    let front = &context.document.front.table;
    for unknown in &review.unknown {
        let place = place(front, *unknown).unwrap_or(context.document.top());
        findings.add(&METADATA, place, format!("`{}` is given as unknown", unknown.word()));
    }
    let named = |action: &Action, unknown: Unknown| match unknown {
        Unknown::Owner => format!("the owner of {} is given as unknown", message::action(action)),
        Unknown::Severity | Unknown::Reviewed | Unknown::Due => {
            format!("`{}` of {} is given as unknown", unknown.word(), message::action(action))
        }
    };
    for action in review.actions.iter().filter(|action| !action.unknown.is_empty()) {
        let table = table_of(front, action);
        for unknown in &action.unknown {
            let place = table.and_then(|table| place(table, *unknown)).unwrap_or(action.span);
            findings.add(&METADATA, place, named(action, *unknown));
        }
    }
}

fn place(table: &Table, unknown: Unknown) -> Option<Span> {
    table.get(unknown.word()).map(|entry| entry.value.span)
}

/// The table of the front matter in which an action stands.
fn table_of<'a>(front: &'a Table, action: &Action) -> Option<&'a Table> {
    let ValueKind::Array(items) = &front.get("actions")?.value.kind else { return None };
    items.iter().find(|item| item.span == action.span).and_then(|item| match &item.kind {
        ValueKind::Table(table) => Some(table),
        _ => None,
    })
}
