//! The weaknesses of a review, each against what answers it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ActionIndex, ActionStatus, Corpus, NamedWeakness, Registry, Review, ReviewIndex, WeaknessKind};
use crate::text::{Span, Spanned};

/// How far the answer to a weakness is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WeaknessState {
    /// Nothing answers it: no action, or only actions that were given up.
    Unanswered,
    /// An action that answers it is still to be done.
    Underway,
    /// It is left as it is, on purpose.
    Accepted,
    /// At least one action that answers it is done, and none is left to do.
    Controlled,
}

impl WeaknessState {
    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Underway => "underway",
            Self::Accepted => "accepted",
            Self::Controlled => "controlled",
        }
    }
}

/// A weakness of a review. Indexes point into the review's own lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weakness {
    /// The id of the factor, or the label of the item; empty when the item has none.
    pub name: String,
    /// Where it was seen.
    pub kind: WeaknessKind,
    /// The words of the item.
    pub text: Option<Span>,
    /// The actions that answer it.
    pub actions: Vec<ActionIndex>,
    /// The entry that accepts it.
    pub accepted: Option<usize>,
    /// How far the answer is.
    pub state: WeaknessState,
}

/// The weaknesses of a review: its factors with the primary one first, what went poorly, where it was luck,
/// and everything else it accepts. Each name stands once.
pub fn weaknesses(review: &Review, corpus: &Corpus) -> Vec<Weakness> {
    let registry = &corpus.policy.registry;
    let mut actions: BTreeMap<&str, Vec<ActionIndex>> = BTreeMap::new();
    for (at, action) in review.actions.iter().enumerate() {
        for weakness in &action.addresses {
            let answers = actions.entry(registry.canonical(&weakness.value)).or_default();
            if answers.last() != Some(&ActionIndex(at)) {
                answers.push(ActionIndex(at));
            }
        }
    }
    let accepted = review.accepted.iter().map(|accepted| &accepted.weakness);
    let accepted: Vec<NamedWeakness<'_>> = accepted.map(|name| accepted_only(name, registry)).collect();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, weakness) in accepted.iter().enumerate() {
        reasons.entry(weakness.name).or_insert(at);
    }
    let is_known = |named: &NamedWeakness<'_>| match named.kind {
        WeaknessKind::Factor(_) => registry.get(named.name).is_some(),
        WeaknessKind::LocalFactor(_) | WeaknessKind::WentPoorly | WeaknessKind::Luck | WeaknessKind::Named => true,
    };
    let mut named: Vec<NamedWeakness<'_>> = review.weaknesses(registry).filter(is_known).collect();
    named.sort_by_key(|weakness| weakness.kind);
    let mut seen = BTreeSet::new();
    let named = named.into_iter().chain(accepted).filter(|named| named.name.is_empty() || seen.insert(named.name));
    let weakness = |named: NamedWeakness<'_>| {
        let actions = actions.get(named.name).cloned().unwrap_or_default();
        let accepted = reasons.get(named.name).copied();
        let state = state_of(review, &actions, accepted);
        Weakness { name: named.name.to_owned(), kind: named.kind, text: named.text, actions, accepted, state }
    };
    named.map(weakness).collect()
}

fn accepted_only<'a>(name: &'a Spanned<String>, registry: &'a Registry) -> NamedWeakness<'a> {
    NamedWeakness { name: registry.canonical(&name.value), kind: WeaknessKind::Named, span: name.span, text: None }
}

fn state_of(review: &Review, actions: &[ActionIndex], accepted: Option<usize>) -> WeaknessState {
    let is = |wanted: ActionStatus| actions.iter().any(|at| review.actions[*at].status == wanted);
    if is(ActionStatus::Open) || is(ActionStatus::InProgress) {
        WeaknessState::Underway
    } else if is(ActionStatus::Done) {
        WeaknessState::Controlled
    } else if accepted.is_some() {
        WeaknessState::Accepted
    } else {
        WeaknessState::Unanswered
    }
}

/// A lucky break in a review that was not withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LuckyBreak {
    /// The position of the review in the corpus.
    pub review: ReviewIndex,
    /// What luck helped with.
    pub weakness: Weakness,
}

/// Every lucky break by how far it was turned into a control, the newest first.
pub(super) fn lucky_breaks(corpus: &Corpus) -> BTreeMap<WeaknessState, Vec<LuckyBreak>> {
    let mut by_state: BTreeMap<WeaknessState, Vec<LuckyBreak>> = BTreeMap::new();
    for (position, review) in corpus.local().filter(|(_, review)| !review.is_withdrawn()) {
        let all = weaknesses(review, corpus);
        for weakness in all.into_iter().filter(|weakness| weakness.kind == WeaknessKind::Luck) {
            by_state.entry(weakness.state).or_default().push(LuckyBreak { review: position, weakness });
        }
    }
    by_state
}
