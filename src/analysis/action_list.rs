//! The lists of the board of actions: by state, owner, purpose, age and what changes.

use chrono::NaiveDate;

use crate::model::{Action, ActionKind, ActionStatus, Review, Update, Words};

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

    pub(super) fn add(&mut self, state: ActionState) {
        self.0[state as usize] += 1;
    }
}
