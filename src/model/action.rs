//! What was changed after an incident, and which weaknesses were left as they are.

use chrono::NaiveDate;

use super::vocabulary::{ActionKind, ActionStatus, Unknown, Update};
use crate::text::{Span, Spanned};

/// A change that addresses a weakness.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its table in the front matter, or its item or row in the text, for findings about what is not there.
    pub span: Span,
    /// The item or row of the text that names it, with all items around it; none when only the front matter does.
    pub block: Option<Span>,
    /// The sub-heading and the label above it in the text: a horizon such as "Short term", or a category.
    pub groups: Vec<Spanned<String>>,
    /// Its name within the review.
    pub id: Option<Spanned<String>>,
    /// What exactly is changed, in Markdown.
    pub change: Option<Spanned<String>>,
    /// Whether it prevents, detects, mitigates, or changes how people work.
    pub kind: Option<ActionKind>,
    /// The factors or labels that it answers.
    pub addresses: Vec<Spanned<String>>,
    /// What the authors say that they do not know of it: owner, due.
    pub unknown: Vec<Unknown>,
    /// What stands in the place of an owner and is none: an issue, a hyphen, everyone.
    pub no_owner: Option<Spanned<String>>,
    /// The team or role responsible for it.
    pub owner: Option<Spanned<String>>,
    /// What the text writes as its deadline, where that is no day that is understood: a quarter, a day without a year.
    pub no_due: Option<Spanned<String>>,
    /// The day by which it is to be done.
    pub due: Option<Spanned<NaiveDate>>,
    /// Whether it is still to be done, done or given up.
    pub status: ActionStatus,
    /// The day on which it was closed.
    pub closed: Option<Spanned<NaiveDate>>,
    /// What changes tangibly with it.
    pub updates: Vec<Update>,
    /// Where its progress is tracked.
    pub link: Option<Spanned<String>>,
    /// How it is known to work, in Markdown.
    pub evidence: Option<String>,
}

impl Action {
    /// Whether it is still to be done and its date has passed on `today`.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.is_open() && self.due.as_ref().is_some_and(|due| due.value < today)
    }

    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        matches!(self.status, ActionStatus::Open | ActionStatus::InProgress)
    }
}

/// A weakness left as it is, on purpose.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// A factor or a label.
    pub weakness: Spanned<String>,
    /// Why it is left, in Markdown.
    pub reason: Option<Spanned<String>>,
}
