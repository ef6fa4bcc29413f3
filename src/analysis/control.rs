//! The changes against factors by what became of them: which held, which did not, which are still promised.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::History;
use crate::model::{ActionKind, ActionRef, ActionStatus, Corpus, ReviewIndex};

/// What became of a change against a factor. Every change is in exactly one of these states for each of its factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ControlState {
    /// Done on a known day, with evidence, and the same organisation had no incident with the factor since.
    Proven,
    /// Done, and the same organisation had an incident with the factor after it.
    CameBack,
    /// Done, without evidence or on an unknown day, so that nobody can tell whether it held.
    Unproven,
    /// Still to be done, and not late.
    Underway,
    /// Still to be done, and its date has passed.
    Overdue,
    /// Given up on purpose.
    GivenUp,
}

impl ControlState {
    /// Every state, in the order in which pages show them.
    pub const ALL: [Self; 6] =
        [Self::Proven, Self::CameBack, Self::Unproven, Self::Underway, Self::Overdue, Self::GivenUp];

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Proven => "held",
            Self::CameBack => "came-back",
            Self::Unproven => "not-verified",
            Self::Underway => "in-progress",
            Self::Overdue => "overdue",
            Self::GivenUp => "given-up",
        }
    }
}

/// How many changes are in each state, in the order of [`ControlState::ALL`].
pub type ControlCounts = [usize; 6];

/// A change with those of its factors for which the same became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// The action.
    pub action: ActionRef,
    /// What became of it.
    pub state: ControlState,
    /// The factors by id, in the order in which the action names them.
    pub factors: Vec<String>,
    /// The review of the first incident with one of the factors that began after it was closed.
    pub again: Option<ReviewIndex>,
    /// How many such incidents there were, with the factor that came back most often.
    pub times: usize,
    /// How many incidents the same organisation had since, all without the factors; of a change that held.
    pub later: Option<usize>,
}

/// All changes against factors, of all reviews that count, by what became of them.
#[derive(Clone, Debug, Default)]
pub struct Controls {
    /// Those in each state that any is in. What stood through most later incidents comes first, and what is due first;
    /// else those of the newest reviews.
    pub lists: BTreeMap<ControlState, Vec<Control>>,
    /// How many there are against each factor, by its id.
    pub factors: BTreeMap<String, ControlCounts>,
    /// How many there are of each kind.
    pub kinds: BTreeMap<ActionKind, ControlCounts>,
}

impl Controls {
    /// Turns the histories of all factors around. `histories` stand by the numbers of the registry.
    pub(super) fn new(corpus: &Corpus, histories: &[History]) -> Self {
        let mut all = Self::default();
        let mut by_action: BTreeMap<ActionRef, BTreeMap<ControlState, Control>> = BTreeMap::new();
        for (at, history) in histories.iter().enumerate() {
            let factor = corpus.policy.registry.at(at);
            for place in &history.actions {
                let control = Control { factors: vec![factor.id.value.clone()], ..history.control(*place, corpus) };
                let counts = all.factors.entry(factor.id.value.clone()).or_default();
                counts[control.state as usize] += 1;
                let states = by_action.entry(*place).or_default();
                match states.get_mut(&control.state) {
                    Some(known) => join(known, control, corpus),
                    None => drop(states.insert(control.state, control)),
                }
            }
        }
        for control in by_action.into_values().flat_map(BTreeMap::into_values) {
            if let Some(kind) = corpus.action(control.action).kind {
                all.kinds.entry(kind).or_default()[control.state as usize] += 1;
            }
            all.lists.entry(control.state).or_default().push(control);
        }
        for list in all.lists.values_mut() {
            list.sort_by_cached_key(|control| order(control, corpus));
        }
        all
    }

    /// The number of changes in a state.
    pub fn count(&self, state: ControlState) -> usize {
        self.lists.get(&state).map_or(0, Vec::len)
    }
}

impl History {
    /// What became of one of the actions against the factor.
    pub fn control(&self, place: ActionRef, corpus: &Corpus) -> Control {
        let action = corpus.action(place);
        let lapse = self.lapses.binary_search_by_key(&place, |lapse| lapse.action).ok().map(|at| &self.lapses[at]);
        let held = self.held.binary_search_by_key(&place, |held| held.action).ok().map(|at| &self.held[at]);
        let state = match action.status {
            ActionStatus::Done if lapse.is_some() => ControlState::CameBack,
            ActionStatus::Done if held.is_some() => ControlState::Proven,
            ActionStatus::Done => ControlState::Unproven,
            ActionStatus::Cancelled => ControlState::GivenUp,
            ActionStatus::Open | ActionStatus::InProgress if action.is_overdue(corpus.policy.today) => {
                ControlState::Overdue
            }
            ActionStatus::Open | ActionStatus::InProgress => ControlState::Underway,
        };
        let (again, times) = lapse.map_or((None, 0), |lapse| (Some(lapse.first), lapse.count));
        Control { action: place, state, factors: Vec::new(), again, times, later: held.map(|held| held.later) }
    }
}

/// Adds a factor for which the same became of the change. The incident that came first is the one to name.
fn join(known: &mut Control, other: Control, corpus: &Corpus) {
    let named = &corpus.action(known.action).addresses;
    known.factors.extend(other.factors);
    let registry = &corpus.policy.registry;
    known.factors.sort_by_key(|id| named.iter().position(|name| registry.canonical(&name.value) == id));
    // Reviews stand by date, the newest first.
    known.again = known.again.max(other.again);
    known.times = known.times.max(other.times);
}

fn order(control: &Control, corpus: &Corpus) -> impl Ord + use<> {
    let action = corpus.action(control.action);
    let is_left = matches!(control.state, ControlState::Underway | ControlState::Overdue);
    let due = action.due.as_ref().map(|due| due.value).filter(|_| is_left);
    (Reverse(control.later), due.is_none(), due, control.action)
}
