//! Long lists of actions, accepted weaknesses and luck, cut into pages.

use super::address::path;
use crate::analysis::{ActionList, Analysis, WeaknessState};
use crate::text::SitePath;

/// A list with pages of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LongList {
    Actions(ActionList),
    /// Weaknesses left as they are, on purpose.
    Accepted,
    /// Lucky conditions, by how far they were turned into controls.
    Luck(WeaknessState),
}

impl LongList {
    /// The greatest number of entries on a page.
    pub const PAGE: usize = 100;
    /// The greatest number of pages of a list that is there for its newest entries. By state and by owner all are listed.
    pub const PAGES: usize = 10;
    /// The greatest number of entries that an overview shows of a list.
    pub const SHOWN: usize = 40;

    /// Every list of a site that has entries, in order.
    pub fn all(analysis: &Analysis) -> Vec<Self> {
        let mut all: Vec<Self> = analysis.board.lists.keys().cloned().map(Self::Actions).collect();
        if !analysis.board.accepted.is_empty() {
            all.push(Self::Accepted);
        }
        // The list of luck shows short lists whole.
        let long = analysis.luck.iter().filter(|(_, list)| list.len() > Self::SHOWN);
        all.extend(long.map(|(state, _)| Self::Luck(*state)));
        all
    }

    /// The address of a page, which is counted from 1.
    pub fn path(&self, number: usize) -> SitePath {
        let name = match self {
            Self::Actions(list) => format!("actions/{}", list.slug()),
            Self::Accepted => "actions/accepted".to_owned(),
            Self::Luck(state) => format!("lucky/{}", state.slug()),
        };
        match number {
            ..=1 => path(&format!("{name}.html")),
            // A slug has no full stop, so that no page takes the place of another list.
            _ => path(&format!("{name}.{}.html", number)),
        }
    }

    pub fn len(&self, analysis: &Analysis) -> usize {
        match self {
            Self::Actions(list) => analysis.board.lists.get(list).map_or(0, Vec::len),
            Self::Accepted => analysis.board.accepted.len(),
            Self::Luck(state) => analysis.luck.get(state).map_or(0, Vec::len),
        }
    }

    pub fn pages(&self, analysis: &Analysis) -> usize {
        let pages = self.len(analysis).div_ceil(Self::PAGE);
        match self {
            Self::Actions(ActionList::Kind(_) | ActionList::Age(_) | ActionList::Update(_)) => pages.min(Self::PAGES),
            _ => pages,
        }
    }
}
