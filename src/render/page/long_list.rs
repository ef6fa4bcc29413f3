//! Pages of long lists: actions, accepted weaknesses, lucky breaks, changes.

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, PageDefinition, Sitemap, Variable};
use crate::analysis::ActionList;
use crate::language::uncapitalised;
use crate::model::Words;
use crate::render::context::PageContext;
use crate::render::part::accepted_risk::{AcceptedRiskView, accepted_risk_view};
use crate::render::part::action::{ActionView, action_view};
use crate::render::part::action_list::list_name;
use crate::render::part::control::{ControlView, control_view, control_words};
use crate::render::part::link::{LinkView, link};
use crate::render::part::lucky_break::{LuckyBreakView, lucky_break, lucky_break_words};
use crate::site::address::{self, path};
use crate::site::{LongList, page_range};

pub(super) const DEFINITION: PageDefinition = PageDefinition {
    template: "long-list.html",
    kind: "ledger",
    variables: &[Variable::of::<LongListView>("list")],
    sitemap: Sitemap::Listed,
};

pub(super) fn content(context: &PageContext<'_>, list: &LongList) -> PageContent {
    let (title, view) = long_list_view(context, list);
    PageContent::new(title, &view.lead).with("list", &view)
}

/// A page of a long list: `list`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LongListView {
    /// What the list holds, in a sentence.
    pub lead: String,
    /// The page that the list belongs to.
    pub up: LinkView,
    /// The number of entries of the whole list.
    pub count: usize,
    /// How many entries the pages leave out; 0 when they show all.
    pub left_out: usize,
    /// The number of this page, from 1.
    pub page: usize,
    /// The number of pages that the list takes.
    pub pages: usize,
    /// The page before this one.
    pub previous: Option<LinkView>,
    /// The page after this one.
    pub next: Option<LinkView>,
    /// The actions, in a list of actions.
    pub actions: Vec<ActionView>,
    /// The accepted weaknesses, in the list of those.
    pub accepted: Vec<AcceptedRiskView>,
    /// The lucky breaks, in a list of those.
    pub lucky_breaks: Vec<LuckyBreakView>,
    /// The changes, in a list of those.
    pub controls: Vec<ControlView>,
}

/// The title of a list and one of its pages.
fn long_list_view(context: &PageContext<'_>, list: &LongList) -> (String, LongListView) {
    let (mut title, lead) = long_list_words(context, list);
    let (count, pages) = (list.len(context.analysis), list.pages(context.analysis));
    let number = context.route.number;
    let range = page_range(number, count, LongList::PAGE);
    let up = match list {
        LongList::Luck(_) => link(context.say("luck.title"), context.to(&path(address::LUCK))),
        LongList::Controls(_) => link(context.say("controls.title"), context.to(&path(address::CONTROLS))),
        LongList::Actions(_) | LongList::Accepted => {
            link(context.say("board.title"), context.to(&path(address::ACTIONS)))
        }
    };
    let to = |number: usize| {
        let name = context.site.language.fill("pages.page", &[("number", &number.to_string())]);
        link(name, context.to(&list.path(number)))
    };
    let mut view = LongListView {
        lead,
        up,
        count,
        left_out: count.saturating_sub(pages * LongList::PAGE),
        page: number,
        pages,
        previous: (number > 1).then(|| to(number - 1)),
        next: (number < pages).then(|| to(number + 1)),
        actions: Vec::new(),
        accepted: Vec::new(),
        lucky_breaks: Vec::new(),
        controls: Vec::new(),
    };
    match list {
        LongList::Actions(list) => {
            let places = context.analysis.board().lists.get(list).map_or(&[][..], |places| &places[range]);
            view.actions = places.iter().map(|place| action_view(context, *place)).collect();
        }
        LongList::Accepted => {
            let places = context.analysis.board().accepted[range].iter();
            view.accepted = places.map(|place| accepted_risk_view(context, *place)).collect();
        }
        LongList::Luck(state) => {
            let luck = context.analysis.lucky_breaks().get(state).map_or(&[][..], |luck| &luck[range]);
            view.lucky_breaks = luck.iter().map(|luck| lucky_break(context, luck)).collect();
        }
        LongList::Controls(state) => {
            let controls = context.analysis.controls().lists.get(state).map_or(&[][..], |controls| &controls[range]);
            view.controls = controls.iter().map(|control| control_view(context, control)).collect();
        }
    }
    if number > 1 {
        title = context.site.language.fill("site.page", &[("title", &title), ("number", &number.to_string())]);
    }
    (title, view)
}

fn long_list_words(context: &PageContext<'_>, list: &LongList) -> (String, String) {
    let named = |key: &str, name: &str| context.site.language.fill(key, &[("name", name)]);
    let list = match list {
        LongList::Accepted => {
            return (context.say("board.accepted").to_owned(), context.say("board.accepted_lead").to_owned());
        }
        LongList::Luck(state) => {
            let (title, meaning) = lucky_break_words(context, *state);
            return (named("long_list.luck", &uncapitalised(title)), meaning.to_owned());
        }
        LongList::Controls(state) => {
            let (title, meaning) = control_words(context, *state);
            return (named("long_list.controls", &uncapitalised(title)), meaning.to_owned());
        }
        LongList::Actions(list) => list,
    };
    let name = list_name(context, list);
    let left_first = || context.say("long_list.left_first").to_owned();
    match list {
        ActionList::State(_) => (named("long_list.state", &uncapitalised(&name)), String::new()),
        ActionList::Owner(_) => (named("long_list.owner", &name), left_first()),
        ActionList::Kind(kind) => {
            let word = context.say(&format!("action.{}", kind.word()));
            let lead = context.site.language.fill("long_list.kind_lead", &[("word", word)]);
            (named("long_list.kind", &uncapitalised(&name)), lead)
        }
        ActionList::Age(_) => {
            (context.say("long_list.age").to_owned(), named("long_list.age_lead", &uncapitalised(&name)))
        }
        ActionList::Update(_) => (named("long_list.update", &name), left_first()),
    }
}
