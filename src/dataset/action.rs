//! What was changed, and what was left as it is, in a dataset and back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::issuer::{address, encoded};
use super::untrusted::{MOST, at_top, line, lines, said};
use super::word::{Address, Day, Word};
use super::written::{said_plainly, values};
use crate::markdown::plain;
use crate::model::{Accepted, Action, ActionKind, ActionStatus, Unknown, Update};
use crate::text::Span;

/// A change that addresses a weakness.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActionData {
    /// Its name within the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands on the page of its review.
    pub url: Address,
    /// The sub-heading and the label above it: a horizon such as `Short term`, or a category.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// What exactly is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Word<ActionKind>>,
    /// The factors, or labels of items, that it addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// The team or role responsible for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// How far it is.
    pub status: Word<ActionStatus>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Day>,
    /// What changes tangibly with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<Word<Update>>,
    /// What the authors say that they do not know of it. Since 1.2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Word<Unknown>>,
    /// Where its progress is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Address>,
    /// How it is known to work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// A known weakness, left as it is on purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AcceptedData {
    /// A factor, or the label of an item.
    pub weakness: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl ActionData {
    /// The action at position `at` of the review whose page is `page`.
    pub(super) fn from_model(action: &Action, at: usize, page: &Address) -> Self {
        Self {
            id: action.id.as_ref().map(|id| id.value.clone()),
            url: Address(format!("{page}#{}", encoded(&action.anchor(at)))),
            groups: action.groups.iter().map(|group| plain(&group.value)).collect(),
            change: said_plainly(action.change.as_ref()),
            kind: action.kind.map(Word),
            addresses: values(&action.addresses),
            owner: action.owner.as_ref().map(|owner| owner.value.clone()),
            due: action.due.as_ref().map(|due| Day(due.value)),
            status: Word(action.status),
            closed: action.closed.as_ref().map(|closed| Day(closed.value)),
            updates: action.updates.iter().copied().map(Word).collect(),
            unknown: action.unknown.iter().copied().map(Word).collect(),
            link: action.link.as_ref().and_then(|link| address(&link.value)),
            evidence: action.evidence.as_deref().map(plain),
        }
    }

    pub(super) fn to_model(&self) -> Action {
        Action {
            span: Span::at(0),
            block: None,
            groups: lines(&self.groups),
            id: self.id.as_ref().map(|id| at_top(line(id))),
            change: said(self.change.as_ref()).map(at_top),
            kind: self.kind.map(|kind| kind.0),
            addresses: lines(&self.addresses),
            unknown: self.unknown.iter().take(MOST).map(|unknown| unknown.0).collect(),
            no_owner: None,
            no_due: None,
            owner: self.owner.as_ref().map(|owner| at_top(line(owner))),
            due: self.due.as_ref().map(|day| at_top(day.0)),
            status: self.status.0,
            closed: self.closed.as_ref().map(|day| at_top(day.0)),
            updates: self.updates.iter().take(MOST).map(|update| update.0).collect(),
            link: self.link.as_ref().map(|link| at_top(link.0.clone())),
            evidence: said(self.evidence.as_ref()),
        }
    }
}

impl AcceptedData {
    pub(super) fn from_model(accepted: &Accepted) -> Self {
        Self { weakness: accepted.weakness.value.clone(), reason: said_plainly(accepted.reason.as_ref()) }
    }

    pub(super) fn to_model(&self) -> Accepted {
        Accepted { weakness: at_top(line(&self.weakness)), reason: said(self.reason.as_ref()).map(at_top) }
    }
}
