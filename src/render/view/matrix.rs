//! The weaknesses of a review, each against what answers it.

use serde::Serialize;

use super::build::{Builder, link};

use super::{DateView, LinkView};
use crate::analysis::{WeaknessState, weaknesses};
use crate::markdown::{cut, plain};
use crate::model::{ActionRef, FactorRole, Perspective, ReviewIndex, WeaknessKind, Words};

/// A weakness of a review.
#[derive(Clone, Debug, Serialize)]
pub struct WeaknessView {
    /// Its name, with the way to it: to the factor's page, or to the item on this page.
    pub weakness: LinkView,
    /// `primary`, `contributing`, `went-poorly`, `got-lucky` or `accepted`.
    pub kind: &'static str,
    /// The same in words: `Primary factor`.
    pub kind_name: String,
    /// The actions that answer it.
    pub actions: Vec<AnsweringView>,
    /// Whether it is left as it is, on purpose.
    pub accepted: bool,
    /// Why it is, as HTML; may be empty.
    pub reason: String,
    /// What stands there when nothing answers it, or only what was given up; else empty.
    pub nothing: String,
    /// `unanswered`, `underway`, `accepted` or `controlled`.
    pub state: &'static str,
}

/// An action as an answer to a weakness.
#[derive(Clone, Debug, Serialize)]
pub struct AnsweringView {
    /// What is changed, as plain text.
    pub change: String,
    /// Its place on the page of its review.
    pub href: String,
    /// `open`, `in-progress`, `done` or `cancelled`.
    pub status: &'static str,
    /// The same in the language of the site.
    pub status_name: String,
    /// Whether its date has passed.
    pub overdue: bool,
    /// When it was closed.
    pub closed: Option<DateView>,
}

impl Builder<'_> {
    /// The weaknesses of the review at `position`.
    pub(super) fn matrix(&self, position: ReviewIndex) -> Vec<WeaknessView> {
        let review = &self.analysis.corpus.reviews[position];
        let nothing = match review.perspective {
            Perspective::Own => self.say("weakness.nothing"),
            // What the source does not say may still have been done.
            Perspective::Collected => self.say("weakness.source_names_nothing"),
        };
        let view = |weakness: crate::analysis::Weakness| {
            let kind = kind_word(weakness.kind);
            let reason = weakness.accepted.and_then(|at| review.accepted[at].reason.as_ref());
            WeaknessView {
                weakness: match (weakness.name.as_str(), weakness.text) {
                    ("", Some(text)) => link(cut(&self.plain(position, text), 90), String::new()),
                    (name, _) => self.weakness(position, name),
                },
                kind,
                kind_name: self.say(&format!("weakness.{kind}")).to_owned(),
                actions: weakness
                    .actions
                    .iter()
                    .map(|at| self.answering(ActionRef { review: position, action: *at }))
                    .collect(),
                accepted: weakness.accepted.is_some(),
                reason: reason.map(|reason| self.inline(position, &reason.value)).unwrap_or_default(),
                nothing: if weakness.state == WeaknessState::Unanswered { nothing.to_owned() } else { String::new() },
                state: weakness.state.slug(),
            }
        };
        weaknesses(review, &self.analysis.corpus).into_iter().map(view).collect()
    }

    /// An action in short.
    pub(super) fn answering(&self, place: ActionRef) -> AnsweringView {
        let review = &self.analysis.corpus.reviews[place.review];
        let action = self.analysis.corpus.action(place);
        let page = self.site.review_path(place.review);
        let page = if page == *self.path { String::new() } else { self.to(&page) };
        AnsweringView {
            change: action.change.as_ref().map(|change| cut(&plain(&change.value), 300)).unwrap_or_default(),
            href: format!("{page}#{}", action.anchor(place.action.0)),
            status: action.status.word(),
            status_name: self.status_name(action.status).to_owned(),
            overdue: review.is_overdue(action, self.analysis.corpus.policy.today),
            closed: action.closed.as_ref().map(|closed| self.date(closed.value)),
        }
    }
}

fn kind_word(kind: WeaknessKind) -> &'static str {
    match kind {
        WeaknessKind::Factor(FactorRole::Primary) => "primary",
        WeaknessKind::Factor(FactorRole::Contributing) => "contributing",
        WeaknessKind::WentPoorly => "went-poorly",
        WeaknessKind::Luck => "got-lucky",
        WeaknessKind::Named => "accepted",
    }
}
