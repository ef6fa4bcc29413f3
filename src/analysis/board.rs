//! The actions of all reviews, in lists and counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::action_list::{ActionList, ActionState, Age, StateCounts};
use super::owner::{OwnerNaming, Owners};
use crate::model::{Action, ActionIndex, ActionRef, Corpus, ReviewIndex, Update, Words, counts};

/// How many finished actions kept their date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeadlineRecord {
    /// Closed on their date or before it.
    pub in_time: usize,
    /// Closed after it.
    pub late: usize,
    /// Finished, with no date or no day of closing.
    pub undated: usize,
}

/// An entry with which a review accepts a weakness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptedRef {
    /// The review.
    pub review: ReviewIndex,
    /// The position among its accepted weaknesses, from 0.
    pub entry: usize,
}

/// All actions, in lists and counted.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Every list that is not empty. What is left to do comes first, the next date first, then what was closed last.
    pub lists: BTreeMap<ActionList, Vec<ActionRef>>,
    /// How far the actions of each list are.
    pub tallies: BTreeMap<ActionList, StateCounts>,
    /// How far all actions are.
    pub tally: StateCounts,
    /// How far the actions are that answer each factor, by its id.
    pub factors: BTreeMap<String, StateCounts>,
    /// The names of the owners by their names in addresses, with the organisation where there are several.
    pub owners: BTreeMap<String, (String, Option<String>)>,
    /// How many finished actions kept their date.
    pub promises: DeadlineRecord,
    /// The entries of reviews that accept a weakness.
    pub accepted: Vec<AcceptedRef>,
    naming: OwnerNaming,
}

impl Board {
    /// Collects the actions of all reviews but those that were withdrawn.
    pub fn new(corpus: &Corpus) -> Self {
        let today = corpus.policy.today;
        let counted = || corpus.local().filter(|(_, review)| counts(review));
        let mut all = Vec::new();
        for (review, held) in counted() {
            all.extend((0..held.actions.len()).map(|at| ActionRef { review, action: ActionIndex(at) }));
        }
        all.sort_by_cached_key(|place| order(corpus.action(*place), today));
        let naming = OwnerNaming::of(corpus);
        let mut board = Self { naming, ..Self::default() };
        let mut owners = Owners::new(naming);
        let mut factors = vec![StateCounts::default(); corpus.policy.registry.len()];
        for place in all {
            let review = &corpus.reviews[place.review];
            let state = ActionState::of(&review.actions[place.action], today);
            board.add(place, state, corpus);
            owners.add(place, state, corpus);
            for factor in factors_of(&review.actions[place.action], corpus) {
                factors[factor].add(state);
            }
        }
        owners.hand_over(&mut board, corpus);
        let name = |at: usize| corpus.policy.registry.at(at).id.value.clone();
        let answered = factors.into_iter().enumerate().filter(|(_, tally)| tally.all() > 0);
        board.factors = answered.map(|(at, tally)| (name(at), tally)).collect();
        for (review, held) in counted() {
            board.accepted.extend((0..held.accepted.len()).map(|entry| AcceptedRef { review, entry }));
        }
        board
    }

    /// The name in addresses of the owner of an action; none when it has no owner or is not on the board.
    pub fn owner_slug(&self, corpus: &Corpus, place: ActionRef) -> Option<String> {
        self.naming.slug(corpus, place)
    }

    /// Takes an action into all lists but that of its owner.
    fn add(&mut self, place: ActionRef, state: ActionState, corpus: &Corpus) {
        let review = &corpus.reviews[place.review];
        let action = &review.actions[place.action];
        let age = Age::of(review, corpus.policy.today).filter(|_| state.is_left());
        let updates = Update::WORDS.iter().map(|(_, update)| *update).filter(|update| action.updates.contains(update));
        let lists = [ActionList::State(state)]
            .into_iter()
            .chain(action.kind.map(ActionList::Kind))
            .chain(age.map(ActionList::Age))
            .chain(updates.map(ActionList::Update));
        for list in lists {
            self.lists.entry(list.clone()).or_default().push(place);
            self.tallies.entry(list).or_default().add(state);
        }
        self.tally.add(state);
        if state == ActionState::Done {
            match (&action.due, &action.closed) {
                (Some(due), Some(closed)) if closed.value <= due.value => self.promises.in_time += 1,
                (Some(_), Some(_)) => self.promises.late += 1,
                _ => self.promises.undated += 1,
            }
        }
    }
}

/// The numbers of the factors that an action answers, each once.
fn factors_of(action: &Action, corpus: &Corpus) -> Vec<usize> {
    let registry = &corpus.policy.registry;
    let mut factors: Vec<usize> = action.addresses.iter().filter_map(|name| registry.position(&name.value)).collect();
    factors.sort_unstable();
    factors.dedup();
    factors
}

/// What is left to do first, those without a date after the others; then what was closed last.
fn order(action: &Action, today: NaiveDate) -> impl Ord + use<> {
    let state = ActionState::of(action, today);
    let due = action.due.as_ref().map(|due| due.value);
    let closed = action.closed.as_ref().map(|closed| closed.value);
    let by_due = if state.is_left() { (due.is_none(), due) } else { (false, None) };
    (!state.is_left(), by_due, Reverse(closed))
}
