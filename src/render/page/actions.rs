//! The board of actions: what is left to do, how it is spread, and what changed.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::{ActionList, ActionState, Age, StateCounts};
use crate::model::Words;
use crate::model::{ActionKind, ActionRef, ReviewIndex, Update};
use crate::render::chart::{LegendView, StackedBar, StackedBarsView, stacked_bars};
use crate::render::context::PageContext;
use crate::render::part::accepted_risk::{AcceptedRiskView, accepted_risk_view};
use crate::render::part::action::{ActionSummaryView, ActionView, action_summary, action_view};
use crate::render::part::action_list::{list_link, state_name, update_name};
use crate::render::part::card::review_link;
use crate::render::part::date::DateView;
use crate::render::part::link::{LinkView, link};
use crate::site::{DataFile, LongList, address};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "actions.html",
    kind: "actions",
    variables: &[Variable::of::<BoardView>("board")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>) -> PageContent {
    PageContent::new(context.say("board.title"), context.say("board.lead")).with("board", &board_view(context))
}

/// The page of all actions: `board`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct BoardView {
    /// The day by which this was judged.
    pub today: DateView,
    /// The number of all actions.
    pub count: usize,
    /// Each state with its number and its list, the most urgent first; then what was accepted.
    pub states: Vec<StateView>,
    /// What is left to do, a part for each state, the most urgent first.
    pub left: Vec<StatePartView>,
    /// The actions by owner, those with most left to do first; none when no action names one.
    pub owners: Option<StackedBarsView>,
    /// The owners that the drawing leaves out.
    pub more_owners: Vec<LinkView>,
    /// How many owners stand in neither.
    pub other_owners: usize,
    /// The actions by what they are for.
    pub kinds: Option<StackedBarsView>,
    /// The actions by the factor that they answer, those with most left to do first.
    pub factors: Option<StackedBarsView>,
    /// What is left to do, by how long ago the review was held.
    pub ages: Option<StackedBarsView>,
    /// Promises kept in time and late.
    pub promises: Option<StackedBarsView>,
    /// Tangible changes, such as of runbooks, each with the actions that made it.
    pub changes: Vec<ChangeView>,
    /// The newest weaknesses that are accepted.
    pub accepted: Vec<AcceptedRiskView>,
    /// Downloads of all actions, such as a table, as far as the site has them.
    pub files: Vec<LinkView>,
}

/// A state of actions, such as overdue, with its number and its list.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct StateView {
    /// A word for classes: `overdue`, `in-progress`, `open`, `done`, `cancelled` or `accepted`.
    pub id: &'static str,
    /// The state in the language of the site: `Overdue`.
    pub name: String,
    /// The number of actions in the state.
    pub count: usize,
    /// Its list; empty when there is none.
    pub href: String,
}

/// The first actions in a state.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct StatePartView {
    /// The state that these actions are in.
    pub state: StateView,
    /// The first actions of the state, at most forty, by review; the review with the most urgent action first.
    pub reviews: Vec<ReviewActionsView>,
    /// How many actions these are.
    pub shown: usize,
}

/// The actions of one review in a state.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ReviewActionsView {
    /// The review.
    pub review: LinkView,
    /// Its actions, the most urgent first.
    pub actions: Vec<ActionView>,
}

/// A tangible change, such as of runbooks, with the newest actions that made it.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct ChangeView {
    /// A word for anchors: `runbook`.
    pub id: &'static str,
    /// What was changed, in the language of the site: `Runbooks`.
    pub name: String,
    /// How many actions made such a change.
    pub done: usize,
    /// How many will.
    pub left: usize,
    /// The list of all of them.
    pub href: String,
    /// The newest that are done, at most three.
    pub latest: Vec<ActionSummaryView>,
}

/// The greatest number of owners or factors in a drawing.
const BARS_DRAWN: usize = 15;

/// The greatest number of owners that are only named.
const OWNERS_NAMED: usize = 500;

/// The page of all actions.
fn board_view(context: &PageContext<'_>) -> BoardView {
    let board = context.analysis.board();
    let mut owners: Vec<ActionList> =
        board.lists.keys().filter(|list| matches!(list, ActionList::Owner(_))).cloned().collect();
    owners.sort_by_key(|owner| rank(&board.list_counts[owner]));
    let (drawn, named) = owners.split_at(owners.len().min(BARS_DRAWN));
    let kinds = ActionKind::WORDS.iter().map(|(_, kind)| ActionList::Kind(*kind));
    let ages = [Age::Year, Age::Months, Age::Weeks, Age::Fresh].map(ActionList::Age);
    let left = [ActionState::Overdue, ActionState::InProgress, ActionState::Open].into_iter();
    let files = [("board.csv", DataFile::Actions), ("board.calendar", DataFile::Calendar)];
    let files = files.map(|(key, file)| (context.say(key), file.path(&context.analysis.corpus))).into_iter();
    BoardView {
        today: context.date(context.analysis.corpus.policy.today),
        count: board.total.all(),
        states: state_views(context),
        left: left.filter_map(|state| state_part_view(context, state)).collect(),
        owners: action_chart(context, "board.by_owner_chart", drawn),
        more_owners: named.iter().take(OWNERS_NAMED).map(|owner| list_link(context, owner)).collect(),
        other_owners: named.len().saturating_sub(OWNERS_NAMED),
        kinds: action_chart(context, "board.by_purpose_chart", &kinds.collect::<Vec<_>>()),
        factors: factor_chart(context),
        ages: action_chart(context, "board.by_age_chart", &ages),
        promises: promise_chart(context),
        changes: Update::WORDS.iter().filter_map(|(_, update)| change_view(context, *update)).collect(),
        accepted: board.accepted.iter().take(5).map(|place| accepted_risk_view(context, *place)).collect(),
        files: files
            .filter(|(_, file)| context.site.route(file).is_some())
            .map(|(name, file)| link(name, context.to(&file)))
            .collect(),
    }
}

fn state_views(context: &PageContext<'_>) -> Vec<StateView> {
    let mut states: Vec<StateView> = ActionState::ALL.into_iter().map(|state| state_view(context, state)).collect();
    let count = context.analysis.board().accepted.len();
    let href = if count > 0 { context.to(&LongList::Accepted.path(1)) } else { String::new() };
    states.push(StateView { id: "accepted", name: context.say("board.accepted").to_owned(), count, href });
    states
}

fn state_view(context: &PageContext<'_>, state: ActionState) -> StateView {
    let count = context.analysis.board().total.of(state);
    let list = LongList::Actions(ActionList::State(state));
    let href = if count > 0 { context.to(&list.path(1)) } else { String::new() };
    StateView { id: state.slug(), name: state_name(context, state).to_owned(), count, href }
}

fn state_part_view(context: &PageContext<'_>, state: ActionState) -> Option<StatePartView> {
    let places = context.analysis.board().lists.get(&ActionList::State(state))?;
    let shown = &places[..places.len().min(LongList::SHOWN)];
    let mut positions: Vec<ReviewIndex> = Vec::new();
    for place in shown {
        if !positions.contains(&place.review) {
            positions.push(place.review);
        }
    }
    let of_review = |position: ReviewIndex| ReviewActionsView {
        review: review_link(context, position),
        actions: shown
            .iter()
            .filter(|place| place.review == position)
            .map(|place| action_view(context, *place))
            .collect(),
    };
    let reviews = positions.into_iter().map(of_review).collect();
    Some(StatePartView { state: state_view(context, state), reviews, shown: shown.len() })
}

/// How far the actions of several lists are; `title` is a key. None when none of the lists has any.
fn action_chart(context: &PageContext<'_>, title: &str, lists: &[ActionList]) -> Option<StackedBarsView> {
    let known = lists.iter().filter_map(|list| Some((list, context.analysis.board().list_counts.get(list)?)));
    let rows: Vec<StackedBar> = known
        .map(|(list, states)| {
            let LinkView { title, href, .. } = list_link(context, list);
            StackedBar { label: title, href, parts: parts(states) }
        })
        .collect();
    (!rows.is_empty()).then(|| stacked_bars(context.say(title), state_legend(context), &rows, &context.site.language))
}

fn factor_chart(context: &PageContext<'_>) -> Option<StackedBarsView> {
    let mut factors: Vec<(&String, &StateCounts)> = context.analysis.board().factors.iter().collect();
    factors.sort_by_key(|(_, states)| rank(states));
    let known = factors.into_iter().take(BARS_DRAWN);
    let rows: Vec<StackedBar> = known
        .filter_map(|(id, states)| {
            let factor = context.analysis.corpus.policy.registry.get(id)?;
            let href = context.to(&address::factor(id));
            Some(StackedBar { label: factor.name.clone(), href, parts: parts(states) })
        })
        .collect();
    let title = context.say("board.by_weakness_chart");
    (!rows.is_empty()).then(|| stacked_bars(title, state_legend(context), &rows, &context.site.language))
}

fn promise_chart(context: &PageContext<'_>) -> Option<StackedBarsView> {
    let kept = &context.analysis.board().promises;
    let names = [("good", "board.in_time"), ("bad", "board.late"), ("none", "board.undated")];
    let legend = names.map(|(class, key)| LegendView { class: class.to_owned(), name: context.say(key).to_owned() });
    let parts = vec![kept.in_time, kept.late, kept.undated];
    let any = parts.iter().any(|number| *number > 0);
    let row = StackedBar { label: context.say("board.actions_done").to_owned(), href: String::new(), parts };
    any.then(|| stacked_bars(context.say("board.promises"), legend.into(), &[row], &context.site.language))
}

fn change_view(context: &PageContext<'_>, update: Update) -> Option<ChangeView> {
    let list = ActionList::Update(update);
    let states = context.analysis.board().list_counts.get(&list)?;
    let is_done = |place: &&ActionRef| {
        let action = context.analysis.corpus.action(**place);
        ActionState::of(action, context.analysis.corpus.policy.today) == ActionState::Done
    };
    let latest = context.analysis.board().lists[&list].iter().filter(is_done).take(3);
    Some(ChangeView {
        id: update.word(),
        name: update_name(context, update).to_owned(),
        done: states.of(ActionState::Done),
        left: states.left(),
        href: context.to(&LongList::Actions(list.clone()).path(1)),
        latest: latest.map(|place| action_summary(context, *place)).collect(),
    })
}

fn state_legend(context: &PageContext<'_>) -> Vec<LegendView> {
    let entry =
        |state: ActionState| LegendView { class: state.slug().to_owned(), name: state_name(context, state).to_owned() };
    ActionState::ALL.map(entry).into()
}

/// Most left to do first, then most of all.
fn rank(states: &StateCounts) -> (Reverse<usize>, Reverse<usize>, Reverse<usize>) {
    (Reverse(states.of(ActionState::Overdue)), Reverse(states.left()), Reverse(states.all()))
}

fn parts(states: &StateCounts) -> Vec<usize> {
    ActionState::ALL.map(|state| states.of(state)).into()
}
