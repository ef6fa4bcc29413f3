//! Lucky breaks, by whether a safeguard has replaced them.

use serde::Serialize;

use super::build::Builder;
use super::{ActionView, DateView, LinkView};
use crate::analysis::{Luck, WeaknessState};
use crate::markdown::{cut, passage_words};
use crate::model::{ActionRef, ReviewIndex};
use crate::site::LongList;
use crate::text::Span;

/// The page of lucky breaks: `luck`.
#[derive(Clone, Debug, Serialize)]
pub struct LuckView {
    /// The number of lucky conditions.
    pub count: usize,
    /// How many of them are no control yet, and not accepted either.
    pub left: usize,
    /// The conditions by how far they were turned into controls, those without an answer first.
    pub parts: Vec<LuckPartView>,
}

/// The lucky conditions of one state.
#[derive(Clone, Debug, Serialize)]
pub struct LuckPartView {
    /// A word for anchors: `unanswered`, `underway`, `accepted` or `controlled`.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What that means, in a sentence.
    pub meaning: String,
    /// The number of conditions.
    pub count: usize,
    /// The list of all; empty when they all stand here.
    pub href: String,
    /// The conditions, the newest first.
    pub conditions: Vec<LuckyView>,
}

/// A lucky condition.
#[derive(Clone, Debug, Serialize)]
pub struct LuckyView {
    /// What it was, as plain text.
    pub text: String,
    /// The review, at the place where it says so.
    pub review: LinkView,
    /// The day of the incident.
    pub date: Option<DateView>,
    /// `own` or `collected`.
    pub perspective: &'static str,
    /// The actions that answer it.
    pub actions: Vec<ActionView>,
    /// Why it is accepted, as HTML; may be empty.
    pub reason: String,
    /// `unanswered`, `underway`, `accepted` or `controlled`.
    pub state: &'static str,
}

/// Every state, in the order in which they are shown.
const STATES: [WeaknessState; 4] =
    [WeaknessState::Unanswered, WeaknessState::Underway, WeaknessState::Accepted, WeaknessState::Controlled];

impl<'a> Builder<'a> {
    /// The page of all luck.
    pub(super) fn luck(&self) -> LuckView {
        let count = |state: WeaknessState| self.analysis.luck.get(&state).map_or(0, Vec::len);
        let parts = STATES.into_iter().filter(|state| count(*state) > 0);
        LuckView {
            count: STATES.into_iter().map(count).sum(),
            left: count(WeaknessState::Unanswered) + count(WeaknessState::Underway),
            parts: parts.map(|state| self.luck_part(state)).collect(),
        }
    }

    fn luck_part(&self, state: WeaknessState) -> LuckPartView {
        let all = &self.analysis.luck[&state];
        let (title, meaning) = self.luck_words(state);
        let is_long = all.len() > LongList::SHOWN;
        LuckPartView {
            id: state.slug(),
            title: title.to_owned(),
            meaning: meaning.to_owned(),
            count: all.len(),
            href: if is_long { self.to(&LongList::Luck(state).path(1)) } else { String::new() },
            conditions: all.iter().take(LongList::SHOWN).map(|luck| self.condition(luck)).collect(),
        }
    }

    /// A lucky condition.
    pub(super) fn condition(&self, luck: &Luck) -> LuckyView {
        let review = &self.analysis.corpus.reviews[luck.review];
        let mut place = self.review_link(luck.review);
        let name = if luck.weakness.name.is_empty() { "where-we-got-lucky" } else { &luck.weakness.name };
        place.href = format!("{}#{name}", place.href);
        let reason = luck.weakness.accepted.and_then(|at| review.accepted[at].reason.as_ref());
        LuckyView {
            text: luck.weakness.text.map(|text| self.plain(luck.review, text)).unwrap_or_default(),
            review: place,
            date: review.date().map(|day| self.date(day)),
            perspective: crate::model::Words::word(review.perspective),
            actions: luck
                .weakness
                .actions
                .iter()
                .map(|at| self.action(ActionRef { review: luck.review, action: *at }))
                .collect(),
            reason: reason.map(|reason| self.inline(luck.review, &reason.value)).unwrap_or_default(),
            state: luck.weakness.state.slug(),
        }
    }

    /// What a part of the ledger is called, and what it holds.
    pub(super) fn luck_words(&self, state: WeaknessState) -> (&'a str, &'a str) {
        let key = format!("luck.{}", state.slug());
        (self.say(&key), self.say(&format!("{key}_meaning")))
    }

    /// The words of a passage of the review at `position`, without markup.
    pub(super) fn plain(&self, position: ReviewIndex, passage: Span) -> String {
        let review = &self.analysis.corpus.reviews[position];
        cut(&passage_words(&review.text, review.body, passage), 400)
    }
}
