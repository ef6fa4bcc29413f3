//! The actions of all reviews, in lists and counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::facet::slug;
use crate::model::{
    Action, ActionIndex, ActionKind, ActionRef, ActionStatus, Corpus, Review, ReviewIndex, Update, Words, counts,
};

/// How far an action is on the day of the build. Every action is in exactly one of these states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionState {
    /// Still to be done, and its date has passed.
    Overdue,
    /// Begun.
    InProgress,
    /// Not begun.
    Open,
    /// Finished.
    Done,
    /// Given up, on purpose.
    Cancelled,
}

impl ActionState {
    /// Every state, the most urgent first.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::InProgress, Self::Open, Self::Done, Self::Cancelled];

    /// The state of an action on `today`.
    pub fn of(action: &Action, today: NaiveDate) -> Self {
        match action.status {
            _ if action.is_overdue(today) => Self::Overdue,
            ActionStatus::Open => Self::Open,
            ActionStatus::InProgress => Self::InProgress,
            ActionStatus::Done => Self::Done,
            ActionStatus::Cancelled => Self::Cancelled,
        }
    }

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::InProgress => "in-progress",
            Self::Open => "open",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether it is still to be done.
    pub fn is_left(self) -> bool {
        matches!(self, Self::Overdue | Self::InProgress | Self::Open)
    }
}

/// How long ago the review was held that an action comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Age {
    /// More than a year ago.
    Year,
    /// 91 to 365 days ago.
    Months,
    /// 31 to 90 days ago.
    Weeks,
    /// At most 30 days ago.
    Fresh,
}

impl Age {
    /// The age of the actions of a review on `today`; none when the review has no date at all.
    pub fn of(review: &Review, today: NaiveDate) -> Option<Self> {
        let held = review.reviewed.as_ref().map(|day| day.value).or_else(|| review.published())?;
        Some(match (today - held).num_days() {
            366.. => Self::Year,
            91.. => Self::Months,
            31.. => Self::Weeks,
            _ => Self::Fresh,
        })
    }

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Year => "over-a-year",
            Self::Months => "over-90-days",
            Self::Weeks => "over-30-days",
            Self::Fresh => "up-to-30-days",
        }
    }
}

/// A list of actions that has pages of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionList {
    /// Those in a state.
    State(ActionState),
    /// Those of an owner, by its name in addresses.
    Owner(String),
    /// Those for a purpose.
    Kind(ActionKind),
    /// Those still to be done, by how long ago the review was.
    Age(Age),
    /// Those that change something tangible.
    Update(Update),
}

impl ActionList {
    /// Its name in addresses.
    pub fn slug(&self) -> String {
        match self {
            Self::State(state) => state.slug().to_owned(),
            Self::Owner(owner) => format!("owner-{owner}"),
            Self::Kind(kind) => format!("kind-{}", kind.word()),
            Self::Age(age) => format!("age-{}", age.slug()),
            Self::Update(update) => format!("change-{}", update.word()),
        }
    }
}

/// The longest name of an owner in addresses, in bytes.
const LONGEST: usize = 160;

/// How many actions are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts([usize; 5]);

impl StateCounts {
    /// The number in a state.
    pub fn of(&self, state: ActionState) -> usize {
        self.0[state as usize]
    }

    /// The number still to be done.
    pub fn left(&self) -> usize {
        ActionState::ALL.iter().filter(|state| state.is_left()).map(|state| self.of(*state)).sum()
    }

    /// The number of all.
    pub fn all(&self) -> usize {
        self.0.iter().sum()
    }

    fn add(&mut self, state: ActionState) {
        self.0[state as usize] += 1;
    }
}

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
        let mut owners = Owners { naming, ..Owners::default() };
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

/// The lists of the owners, while they are made. There are many actions and few owners, and a name in addresses takes
/// its time.
#[derive(Default)]
struct Owners<'a> {
    naming: OwnerNaming,
    /// By organisation and name: the position in `lists`, if there is a list.
    known: FxHashMap<(Option<&'a str>, &'a str), Option<usize>>,
    /// By the name in addresses.
    slugs: BTreeMap<String, usize>,
    lists: Vec<(Vec<ActionRef>, StateCounts)>,
}

impl<'a> Owners<'a> {
    fn add(&mut self, place: ActionRef, state: ActionState, corpus: &'a Corpus) {
        let review = &corpus.reviews[place.review];
        let Some(owner) = &review.actions[place.action].owner else { return };
        let key = (organisation(review), owner.value.as_str());
        let known = match self.known.get(&key) {
            Some(known) => *known,
            None => {
                let slug = self.naming.slug(corpus, place).filter(|slug| !slug.is_empty());
                let at = slug.map(|slug| self.list(slug));
                self.known.insert(key, at);
                at
            }
        };
        if let Some(at) = known {
            let (places, tally) = &mut self.lists[at];
            places.push(place);
            tally.add(state);
        }
    }

    /// The list with a name in addresses.
    fn list(&mut self, slug: String) -> usize {
        let next = self.lists.len();
        let at = *self.slugs.entry(slug).or_insert(next);
        if at == next {
            self.lists.push(Default::default());
        }
        at
    }

    fn hand_over(mut self, board: &mut Board, corpus: &Corpus) {
        for (slug, at) in self.slugs {
            let (places, tally) = std::mem::take(&mut self.lists[at]);
            // Two owners whose names give the same address are called by the name of the first action.
            if let Some(first) = places.first() {
                let review = &corpus.reviews[first.review];
                let name =
                    review.actions[first.action].owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default();
                let of = self.naming.organisation(review).map(str::to_owned);
                board.owners.insert(slug.clone(), (name, of));
            }
            let list = ActionList::Owner(slug);
            board.tallies.insert(list.clone(), tally);
            board.lists.insert(list, places);
        }
    }
}

/// How owners are named on the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum OwnerNaming {
    /// All reviews on the board are of one organisation.
    #[default]
    NameAlone,
    /// Teams of several organisations may have one name.
    WithOrganisation,
}

impl OwnerNaming {
    fn of(corpus: &Corpus) -> Self {
        let counted = corpus.local().filter(|(_, review)| counts(review));
        let mut organisations = counted.map(|(_, review)| organisation(review));
        let first = organisations.next();
        if organisations.any(|other| Some(other) != first) { Self::WithOrganisation } else { Self::NameAlone }
    }

    fn organisation(self, review: &Review) -> Option<&str> {
        match self {
            Self::NameAlone => None,
            Self::WithOrganisation => organisation(review),
        }
    }

    /// The name in addresses of the owner of an action; none when it has no owner or is not on the board.
    fn slug(self, corpus: &Corpus, place: ActionRef) -> Option<String> {
        let review = Some(&corpus.reviews[place.review]).filter(|review| review.origin.is_none() && counts(review))?;
        let name = &review.actions[place.action].owner.as_ref()?.value;
        // Two hyphens stand in no part of it, so that no two pairs give the same name.
        let joined = self.organisation(review).map_or_else(|| slug(name), |of| format!("{}--{}", slug(of), slug(name)));
        // File systems take up to 255 bytes; a slug that is cut ends in a fingerprint.
        Some(if joined.len() > LONGEST { slug(&joined) } else { joined })
    }
}

fn organisation(review: &Review) -> Option<&str> {
    review.organisation.as_ref().map(|name| name.value.as_str())
}

/// What is left to do first, those without a date after the others; then what was closed last.
fn order(action: &Action, today: NaiveDate) -> impl Ord + use<> {
    let state = ActionState::of(action, today);
    let due = action.due.as_ref().map(|due| due.value);
    let closed = action.closed.as_ref().map(|closed| closed.value);
    let by_due = if state.is_left() { (due.is_none(), due) } else { (false, None) };
    (!state.is_left(), by_due, Reverse(closed))
}
