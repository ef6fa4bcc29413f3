//! Pages of long lists: actions, accepted weaknesses, luck.

use serde::Serialize;

use super::board::AcceptedRiskView;
use super::build::{Builder, link, path};
use super::luck::LuckyView;
use super::{ActionView, LinkView};
use crate::analysis::ActionList;
use crate::language::uncapitalised;
use crate::model::Words;
use crate::site::Ledger;

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
    pub(super) fn ledger(&self, ledger: &Ledger, page: usize) -> (String, LedgerView) {
        let (mut title, lead) = self.ledger_words(ledger);
        let (count, pages) = (ledger.len(self.site), ledger.pages(self.site));
        let range = page * Ledger::PAGE..count.min((page + 1) * Ledger::PAGE);
        let up = match ledger {
            Ledger::Luck(_) => link(self.say("luck.title"), self.to(&path("lucky.html"))),
            Ledger::Actions(_) | Ledger::Accepted => link(self.say("board.title"), self.to(&path("actions.html"))),
        };
        let to = |page: usize| {
            let name = self.site.language.fill("pages.page", &[("number", &(page + 1).to_string())]);
            link(name, self.to(&ledger.path(page)))
        };
        let mut view = LedgerView {
            lead,
            up,
            count,
            left_out: count.saturating_sub(pages * Ledger::PAGE),
            page: page + 1,
            pages,
            previous: page.checked_sub(1).map(to),
            next: (page + 1 < pages).then(|| to(page + 1)),
            actions: Vec::new(),
            accepted: Vec::new(),
            conditions: Vec::new(),
        };
        match ledger {
            Ledger::Actions(list) => {
                let places = self.site.board().lists.get(list).map_or(&[][..], |places| &places[range]);
                view.actions = places.iter().map(|place| self.action(place.review, place.at)).collect();
            }
            Ledger::Accepted => {
                let places = self.site.board().accepted[range].iter();
                view.accepted = places.map(|place| self.accepted_risk(*place)).collect();
            }
            Ledger::Luck(standing) => {
                let luck = self.site.luck().get(standing).map_or(&[][..], |luck| &luck[range]);
                view.conditions = luck.iter().map(|luck| self.condition(luck)).collect();
            }
        }
        if page > 0 {
            title = self.site.language.fill("site.page", &[("title", &title), ("number", &(page + 1).to_string())]);
        }
        (title, view)
    }

    fn ledger_words(&self, ledger: &Ledger) -> (String, String) {
        let named = |key: &str, name: &str| self.site.language.fill(key, &[("name", name)]);
        let list = match ledger {
            Ledger::Accepted => {
                return (self.say("board.accepted").to_owned(), self.say("board.accepted_lead").to_owned());
            }
            Ledger::Luck(standing) => {
                let (title, meaning) = self.luck_words(*standing);
                return (named("ledger.luck", &uncapitalised(title)), meaning.to_owned());
            }
            Ledger::Actions(list) => list,
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
