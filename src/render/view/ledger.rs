//! Pages of long lists: actions, accepted weaknesses, luck.

use serde::Serialize;

use super::board::AcceptedRiskView;
use super::build::{Builder, link};
use super::luck::LuckyView;
use super::{ActionView, LinkView};
use crate::analysis::ActionList;
use crate::language::uncapitalised;
use crate::model::Words;
use crate::site::address::path;
use crate::site::{LongList, page_range};

/// A page of a long list: `ledger`.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerView {
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
    /// The number of pages.
    pub pages: usize,
    /// The page before this one.
    pub previous: Option<LinkView>,
    /// The page after this one.
    pub next: Option<LinkView>,
    /// The actions, in a list of actions.
    pub actions: Vec<ActionView>,
    /// The accepted weaknesses, in the list of those.
    pub accepted: Vec<AcceptedRiskView>,
    /// The lucky conditions, in a list of those.
    pub conditions: Vec<LuckyView>,
}

impl Builder<'_> {
    /// The title of a list and one of its pages.
    pub(super) fn ledger(&self, ledger: &LongList) -> (String, LedgerView) {
        let (mut title, lead) = self.ledger_words(ledger);
        let (count, pages) = (ledger.len(self.analysis), ledger.pages(self.analysis));
        let number = self.page.number;
        let range = page_range(number, count, LongList::PAGE);
        let up = match ledger {
            LongList::Luck(_) => link(self.say("luck.title"), self.to(&path("lucky.html"))),
            LongList::Actions(_) | LongList::Accepted => link(self.say("board.title"), self.to(&path("actions.html"))),
        };
        let to = |number: usize| {
            let name = self.site.language.fill("pages.page", &[("number", &number.to_string())]);
            link(name, self.to(&ledger.path(number)))
        };
        let mut view = LedgerView {
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
            conditions: Vec::new(),
        };
        match ledger {
            LongList::Actions(list) => {
                let places = self.analysis.board.lists.get(list).map_or(&[][..], |places| &places[range]);
                view.actions = places.iter().map(|place| self.action(*place)).collect();
            }
            LongList::Accepted => {
                let places = self.analysis.board.accepted[range].iter();
                view.accepted = places.map(|place| self.accepted_risk(*place)).collect();
            }
            LongList::Luck(state) => {
                let luck = self.analysis.luck.get(state).map_or(&[][..], |luck| &luck[range]);
                view.conditions = luck.iter().map(|luck| self.condition(luck)).collect();
            }
        }
        if number > 1 {
            title = self.site.language.fill("site.page", &[("title", &title), ("number", &number.to_string())]);
        }
        (title, view)
    }

    fn ledger_words(&self, ledger: &LongList) -> (String, String) {
        let named = |key: &str, name: &str| self.site.language.fill(key, &[("name", name)]);
        let list = match ledger {
            LongList::Accepted => {
                return (self.say("board.accepted").to_owned(), self.say("board.accepted_lead").to_owned());
            }
            LongList::Luck(state) => {
                let (title, meaning) = self.luck_words(*state);
                return (named("ledger.luck", &uncapitalised(title)), meaning.to_owned());
            }
            LongList::Actions(list) => list,
        };
        let name = self.list_name(list);
        let left_first = || self.say("ledger.left_first").to_owned();
        match list {
            ActionList::State(_) => (named("ledger.state", &uncapitalised(&name)), String::new()),
            ActionList::Owner(_) => (named("ledger.owner", &name), left_first()),
            ActionList::Kind(kind) => {
                let word = self.say(&format!("action.{}", kind.word()));
                let lead = self.site.language.fill("ledger.kind_lead", &[("word", word)]);
                (named("ledger.kind", &uncapitalised(&name)), lead)
            }
            ActionList::Age(_) => (self.say("ledger.age").to_owned(), named("ledger.age_lead", &uncapitalised(&name))),
            ActionList::Update(_) => (named("ledger.update", &name), left_first()),
        }
    }
}
