//! The ledger of luck.

use serde::Serialize;

use super::build::Builder;
use super::{ActionView, DateView, LinkView};
use crate::analysis::{Luck, Standing};
use crate::markdown::{cut, passage_words};
use crate::site::Ledger;
use crate::text::Span;

/// The ledger of luck: `luck`.
#[derive(Clone, Debug, Serialize)]
pub struct LuckView {
    /// The number of lucky conditions.
    pub count: usize,
    /// How many of them are no control yet, and not accepted either.
    pub left: usize,
    /// The conditions by how far they were turned into controls, those without an answer first.
    pub parts: Vec<LuckPartView>,
}

/// The lucky conditions of one standing.
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
    pub standing: &'static str,
}

/// Every standing, in the order in which they are shown.
const STANDINGS: [Standing; 4] = [Standing::Unanswered, Standing::Underway, Standing::Accepted, Standing::Controlled];

impl<'a> Builder<'a> {
    /// The page of all luck.
    pub(super) fn luck(&self) -> LuckView {
        let count = |standing: Standing| self.site.luck().get(&standing).map_or(0, Vec::len);
        let parts = STANDINGS.into_iter().filter(|standing| count(*standing) > 0);
        LuckView {
            count: STANDINGS.into_iter().map(count).sum(),
            left: count(Standing::Unanswered) + count(Standing::Underway),
            parts: parts.map(|standing| self.luck_part(standing)).collect(),
        }
    }

    fn luck_part(&self, standing: Standing) -> LuckPartView {
        let all = &self.site.luck()[&standing];
        let (title, meaning) = self.luck_words(standing);
        let is_long = all.len() > Ledger::SHOWN;
        LuckPartView {
            id: standing.slug(),
            title: title.to_owned(),
            meaning: meaning.to_owned(),
            count: all.len(),
            href: if is_long { self.to(&Ledger::Luck(standing).path(0)) } else { String::new() },
            conditions: all.iter().take(Ledger::SHOWN).map(|luck| self.condition(luck)).collect(),
        }
    }

    /// A lucky condition.
    pub(super) fn condition(&self, luck: &Luck) -> LuckyView {
        let review = &self.site.corpus.reviews[luck.review];
        let mut place = self.review_link(luck.review);
        let name = if luck.weakness.name.is_empty() { "where-we-got-lucky" } else { &luck.weakness.name };
        place.href = format!("{}#{name}", place.href);
        let reason = luck.weakness.accepted.and_then(|at| review.accepted[at].reason.as_ref());
        LuckyView {
            text: luck.weakness.text.map(|text| self.plain(luck.review, text)).unwrap_or_default(),
            review: place,
            date: review.date().map(|day| self.date(day)),
            perspective: crate::model::Words::word(review.perspective),
            actions: luck.weakness.actions.iter().map(|at| self.action(luck.review, *at)).collect(),
            reason: reason.map(|reason| self.inline(luck.review, &reason.value)).unwrap_or_default(),
            standing: luck.weakness.standing.slug(),
        }
    }

    /// What a part of the ledger is called, and what it holds.
    pub(super) fn luck_words(&self, standing: Standing) -> (&'a str, &'a str) {
        let key = format!("luck.{}", standing.slug());
        (self.say(&key), self.say(&format!("{key}_meaning")))
    }

    /// The words of a passage of the review at `position`, without markup.
    pub(super) fn plain(&self, position: usize, passage: Span) -> String {
        let review = &self.site.corpus.reviews[position];
        cut(&passage_words(&review.text, review.body, passage), 400)
    }
}
