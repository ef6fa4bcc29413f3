//! The weaknesses of a review, each against what answers it.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::SectionKind;
use crate::model::{ActionIndex, ActionStatus, Corpus, FactorRole, Part, Registry, Review, ReviewIndex};
use crate::text::Span;

/// Where a weakness was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WeaknessKind {
    /// A factor of the registry, and the part it played.
    Factor(FactorRole),
    /// An item under what went poorly.
    WentPoorly,
    /// An item under where the team got lucky.
    LuckyBreak,
    /// None of these: only `accepted` names it.
    Named,
}

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
/// and whatever else it accepts. Each name stands once.
pub fn weaknesses<'a>(review: &'a Review, corpus: &'a Corpus) -> Vec<Weakness> {
    let registry = &corpus.policy.registry;
    let mut actions: BTreeMap<&str, Vec<ActionIndex>> = BTreeMap::new();
    for (at, action) in review.actions.iter().enumerate() {
        for weakness in &action.addresses {
            let answers = actions.entry(canonical(&weakness.value, registry)).or_default();
            if answers.last() != Some(&ActionIndex(at)) {
                answers.push(ActionIndex(at));
            }
        }
    }
    let accepted: Vec<&str> =
        review.accepted.iter().map(|accepted| canonical(&accepted.weakness.value, registry)).collect();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, name) in accepted.iter().enumerate() {
        reasons.entry(name).or_insert(at);
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut add = |name: &'a str, kind: WeaknessKind, text: Option<Span>| {
        if name.is_empty() || seen.insert(name) {
            let actions = actions.get(name).cloned().unwrap_or_default();
            let accepted = reasons.get(name).copied();
            let state = state_of(review, &actions, accepted);
            found.push(Weakness { name: name.to_owned(), kind, text, actions, accepted, state });
        }
    };
    let mut factors: Vec<_> = review.factors.iter().filter(|used| corpus.factor(used).is_some()).collect();
    factors.sort_by_key(|used| used.role != FactorRole::Primary);
    for used in factors {
        add(canonical(&used.id.value, registry), WeaknessKind::Factor(used.role), None);
    }
    for (section, kind) in
        [(SectionKind::WentPoorly, WeaknessKind::WentPoorly), (SectionKind::GotLucky, WeaknessKind::LuckyBreak)]
    {
        let parts = review.parts.iter().filter(|part: &&Part| part.kind == Some(section));
        for item in parts.flat_map(|part| &part.items) {
            add(&item.label, kind, Some(item.text));
        }
    }
    for name in accepted.iter().copied() {
        add(name, WeaknessKind::Named, None);
    }
    found
}

/// The id of the factor that `name` stands for, or `name` itself.
fn canonical<'a>(name: &'a str, registry: &'a Registry) -> &'a str {
    registry.get(name).map_or(name, |factor| &factor.id.value)
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
        for weakness in all.into_iter().filter(|weakness| weakness.kind == WeaknessKind::LuckyBreak) {
            by_state.entry(weakness.state).or_default().push(LuckyBreak { review: position, weakness });
        }
    }
    by_state
}
