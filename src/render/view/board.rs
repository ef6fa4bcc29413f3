//! The board of actions: what is left to do, how it is spread, and what changed.

use std::cmp::Reverse;

use serde::Serialize;

use super::build::{Builder, link};
use super::{ActionView, AnsweringView, DateView, LinkView};
use crate::analysis::{AcceptedRef, ActionList, ActionState, Age, StateCounts};
use crate::model::{ActionKind, ActionRef, Update, Words};
use crate::render::chart::{LegendView, StackRow, StackView, stack};
use crate::site::address::path;
use crate::site::{LongList, address};

/// The page of all actions: `board`.
#[derive(Clone, Debug, Serialize)]
pub struct BoardView {
    /// The day by which this was judged.
    pub today: DateView,
    /// The number of all actions.
    pub count: usize,
    /// Each state with its number and its list, the most urgent first; then what was accepted.
    pub states: Vec<StateView>,
    /// What is left to do: one part for each state that has any.
    pub left: Vec<StatePartView>,
    /// The actions by owner, those with most left to do first; none when no action names one.
    pub owners: Option<StackView>,
    /// The owners that the drawing leaves out.
    pub more_owners: Vec<LinkView>,
    /// How many owners stand in neither.
    pub other_owners: usize,
    /// The actions by what they are for.
    pub kinds: Option<StackView>,
    /// The actions by the factor that they answer, those with most left to do first.
    pub factors: Option<StackView>,
    /// What is left to do, by how long ago the review was held.
    pub ages: Option<StackView>,
    /// Promises kept in time and late.
    pub promises: Option<StackView>,
    /// What changed tangibly.
    pub changes: Vec<ChangeView>,
    /// The newest weaknesses that are accepted.
    pub accepted: Vec<AcceptedRiskView>,
    /// The same as files, where the site has them.
    pub files: Vec<LinkView>,
}

/// A state of actions.
#[derive(Clone, Debug, Serialize)]
pub struct StateView {
    /// A word for classes: `overdue`, `in-progress`, `open`, `done`, `cancelled` or `accepted`.
    pub id: &'static str,
    /// `Overdue`.
    pub name: String,
    /// The number of actions.
    pub count: usize,
    /// Its list; empty when there is none.
    pub href: String,
}

/// The first actions in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StatePartView {
    /// The state.
    pub state: StateView,
    /// Its first actions.
    pub actions: Vec<ActionView>,
}

/// A tangible change, such as of runbooks, with the newest actions that made it.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// A word for anchors: `runbook`.
    pub id: &'static str,
    /// `Runbooks`.
    pub name: String,
    /// How many actions made such a change.
    pub done: usize,
    /// How many will.
    pub left: usize,
    /// The list of all of them.
    pub href: String,
    /// The newest that are done, at most three.
    pub latest: Vec<AnsweringView>,
}

/// A weakness of some review that is accepted.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptedRiskView {
    /// The weakness.
    pub weakness: LinkView,
    /// Why, as HTML; may be empty.
    pub reason: String,
    /// The review that accepts it.
    pub review: LinkView,
    /// The day of the incident.
    pub date: Option<DateView>,
}

/// The greatest number of owners or factors in a drawing.
const BARS: usize = 15;
/// The greatest number of owners that are only named.
const NAMED: usize = 500;

impl<'a> Builder<'a> {
    /// The page of all actions.
    pub(super) fn board(&self) -> BoardView {
        let board = &self.analysis.board;
        let mut owners: Vec<ActionList> =
            board.lists.keys().filter(|list| matches!(list, ActionList::Owner(_))).cloned().collect();
        owners.sort_by_key(|owner| rank(&board.tallies[owner]));
        let (drawn, named) = owners.split_at(owners.len().min(BARS));
        let kinds = ActionKind::WORDS.iter().map(|(_, kind)| ActionList::Kind(*kind));
        let ages = [Age::Year, Age::Months, Age::Weeks, Age::Fresh].map(ActionList::Age);
        let left = [ActionState::Overdue, ActionState::InProgress, ActionState::Open].into_iter();
        let files = [("board.csv", "data/actions.csv"), ("board.calendar", "data/actions.ics")];
        let files = files.map(|(key, file)| (self.say(key), path(file))).into_iter();
        BoardView {
            today: self.date(self.analysis.corpus.policy.today),
            count: board.tally.all(),
            states: self.states(),
            left: left.filter_map(|state| self.state_part(state)).collect(),
            owners: self.spread("board.by_owner_chart", drawn),
            more_owners: named.iter().take(NAMED).map(|owner| self.list_link(owner)).collect(),
            other_owners: named.len().saturating_sub(NAMED),
            kinds: self.spread("board.by_purpose_chart", &kinds.collect::<Vec<_>>()),
            factors: self.factor_spread(),
            ages: self.spread("board.by_age_chart", &ages),
            promises: self.promises(),
            changes: Update::WORDS.iter().filter_map(|(_, update)| self.change(*update)).collect(),
            accepted: board.accepted.iter().take(5).map(|place| self.accepted_risk(*place)).collect(),
            files: files
                .filter(|(_, file)| self.site.route(file).is_some())
                .map(|(name, file)| link(name, self.to(&file)))
                .collect(),
        }
    }

    fn states(&self) -> Vec<StateView> {
        let mut states: Vec<StateView> = ActionState::ALL.into_iter().map(|state| self.state(state)).collect();
        let count = self.analysis.board.accepted.len();
        let href = if count > 0 { self.to(&LongList::Accepted.path(1)) } else { String::new() };
        states.push(StateView { id: "accepted", name: self.say("board.accepted").to_owned(), count, href });
        states
    }

    fn state(&self, state: ActionState) -> StateView {
        let count = self.analysis.board.tally.of(state);
        let list = LongList::Actions(ActionList::State(state));
        let href = if count > 0 { self.to(&list.path(1)) } else { String::new() };
        StateView { id: state.slug(), name: self.state_name(state).to_owned(), count, href }
    }

    fn state_part(&self, state: ActionState) -> Option<StatePartView> {
        let places = self.analysis.board.lists.get(&ActionList::State(state))?;
        let actions = places.iter().take(LongList::SHOWN).map(|place| self.action(*place)).collect();
        Some(StatePartView { state: self.state(state), actions })
    }

    /// A link to a list of actions.
    pub(super) fn list_link(&self, list: &ActionList) -> LinkView {
        link(self.list_name(list), self.to(&LongList::Actions(list.clone()).path(1)))
    }

    /// What a list of actions is called where others of its sort stand beside it.
    pub(super) fn list_name(&self, list: &ActionList) -> String {
        match list {
            ActionList::State(state) => self.state_name(*state).to_owned(),
            ActionList::Kind(kind) => self.say(&format!("purpose.{}", kind.word())).to_owned(),
            ActionList::Age(age) => self.age_name(*age).to_owned(),
            ActionList::Update(update) => self.update_name(*update).to_owned(),
            ActionList::Owner(slug) => match self.analysis.board.owners.get(slug) {
                Some((name, Some(organisation))) => format!("{name}, {organisation}"),
                Some((name, None)) => name.clone(),
                None => slug.clone(),
            },
        }
    }

    /// How far the actions of several lists are; `title` is a key. None when none of the lists has any.
    fn spread(&self, title: &str, lists: &[ActionList]) -> Option<StackView> {
        let known = lists.iter().filter_map(|list| Some((list, self.analysis.board.tallies.get(list)?)));
        let rows: Vec<StackRow> = known
            .map(|(list, tally)| {
                let LinkView { title, href, .. } = self.list_link(list);
                StackRow { label: title, href, parts: parts(tally) }
            })
            .collect();
        (!rows.is_empty()).then(|| stack(self.say(title), self.legend(), &rows, &self.site.language))
    }

    fn factor_spread(&self) -> Option<StackView> {
        let mut factors: Vec<(&String, &StateCounts)> = self.analysis.board.factors.iter().collect();
        factors.sort_by_key(|(_, tally)| rank(tally));
        let known = factors.into_iter().take(BARS);
        let rows: Vec<StackRow> = known
            .filter_map(|(id, tally)| {
                let factor = self.analysis.corpus.policy.registry.get(id)?;
                let href = self.to(&address::factor(id));
                Some(StackRow { label: factor.name.clone(), href, parts: parts(tally) })
            })
            .collect();
        let title = self.say("board.by_weakness_chart");
        (!rows.is_empty()).then(|| stack(title, self.legend(), &rows, &self.site.language))
    }

    fn promises(&self) -> Option<StackView> {
        let kept = &self.analysis.board.promises;
        let names = [("good", "board.in_time"), ("bad", "board.late"), ("none", "board.undated")];
        let legend = names.map(|(class, key)| LegendView { class: class.to_owned(), name: self.say(key).to_owned() });
        let parts = vec![kept.in_time, kept.late, kept.undated];
        let any = parts.iter().any(|number| *number > 0);
        let row = StackRow { label: self.say("board.actions_done").to_owned(), href: String::new(), parts };
        any.then(|| stack(self.say("board.promises"), legend.into(), &[row], &self.site.language))
    }

    fn change(&self, update: Update) -> Option<ChangeView> {
        let list = ActionList::Update(update);
        let tally = self.analysis.board.tallies.get(&list)?;
        let is_done = |place: &&ActionRef| {
            let action = self.analysis.corpus.action(**place);
            ActionState::of(action, self.analysis.corpus.policy.today) == ActionState::Done
        };
        let latest = self.analysis.board.lists[&list].iter().filter(is_done).take(3);
        Some(ChangeView {
            id: update.word(),
            name: self.update_name(update).to_owned(),
            done: tally.of(ActionState::Done),
            left: tally.left(),
            href: self.to(&LongList::Actions(list.clone()).path(1)),
            latest: latest.map(|place| self.answering(*place)).collect(),
        })
    }

    fn legend(&self) -> Vec<LegendView> {
        let entry =
            |state: ActionState| LegendView { class: state.slug().to_owned(), name: self.state_name(state).to_owned() };
        ActionState::ALL.map(entry).into()
    }

    fn state_name(&self, state: ActionState) -> &'a str {
        self.say(&format!("action.{}", state.slug()))
    }

    fn age_name(&self, age: Age) -> &'a str {
        self.say(match age {
            Age::Year => "age.year",
            Age::Months => "age.months",
            Age::Weeks => "age.weeks",
            Age::Fresh => "age.fresh",
        })
    }

    /// What an action changes, in the language of the site.
    pub(super) fn update_name(&self, update: Update) -> &'a str {
        self.say(&format!("update.{}", update.word()))
    }

    /// An accepted weakness of some review.
    pub(super) fn accepted_risk(&self, place: AcceptedRef) -> AcceptedRiskView {
        let review = &self.analysis.corpus.reviews[place.review];
        let accepted = &review.accepted[place.entry];
        AcceptedRiskView {
            weakness: self.weakness(place.review, &accepted.weakness.value),
            reason: accepted.reason.as_ref().map(|why| self.inline(place.review, &why.value)).unwrap_or_default(),
            review: self.review_link(place.review),
            date: review.date().map(|day| self.date(day)),
        }
    }
}

/// Most left to do first, then most of all.
fn rank(tally: &StateCounts) -> (Reverse<usize>, Reverse<usize>, Reverse<usize>) {
    (Reverse(tally.of(ActionState::Overdue)), Reverse(tally.left()), Reverse(tally.all()))
}

fn parts(tally: &StateCounts) -> Vec<usize> {
    ActionState::ALL.map(|state| tally.of(state)).into()
}
