//! Long lists of actions, accepted weaknesses, luck and changes, cut into pages.

use super::address::path;
use crate::analysis::{ActionList, Analysis, ControlState, WeaknessState};
use crate::text::SitePath;

/// A list with pages of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LongList {
    /// The actions of one list of the board.
    Actions(ActionList),
    /// Weaknesses left as they are, on purpose.
    Accepted,
    /// Lucky breaks, by how far they were turned into controls.
    Luck(WeaknessState),
    /// Changes against factors, by what became of them.
    Controls(ControlState),
}

impl LongList {
    /// The greatest number of entries on a page.
    pub const PAGE: usize = 100;
    /// The greatest number of pages of a list of what is over or was turned into a control, the newest first.
    pub const PAGES: usize = 5;
    /// The greatest number of entries that an overview shows of a list.
    pub const SHOWN: usize = 40;
    /// The greatest number of changes that the page of all of them shows of each state.
    pub const CONTROLS_SHOWN: usize = 25;

    /// Every list of a site that has entries, in order.
    pub fn all(analysis: &Analysis) -> Vec<Self> {
        let mut all: Vec<Self> = analysis.board().lists.keys().cloned().map(Self::Actions).collect();
        if !analysis.board().accepted.is_empty() {
            all.push(Self::Accepted);
        }
        // The list of luck shows short lists whole.
        let long = analysis.lucky_breaks().iter().filter(|(_, list)| list.len() > Self::SHOWN);
        all.extend(long.map(|(state, _)| Self::Luck(*state)));
        let long =
            ControlState::ALL.into_iter().filter(|state| analysis.controls().count(*state) > Self::CONTROLS_SHOWN);
        all.extend(long.map(Self::Controls));
        all
    }

    /// Whether the page of all changes has no room for some.
    pub fn has_more_controls(analysis: &Analysis) -> bool {
        ControlState::ALL.into_iter().any(|state| analysis.controls().count(state) > Self::CONTROLS_SHOWN)
    }

    /// The address of a page, which is counted from 1.
    pub fn path(&self, number: usize) -> SitePath {
        let name = match self {
            Self::Actions(list) => format!("actions/{}", list.slug()),
            Self::Accepted => "actions/accepted".to_owned(),
            Self::Luck(state) => format!("lucky/{}", state.slug()),
            Self::Controls(state) => format!("controls/{}", state.slug()),
        };
        match number {
            ..=1 => path(&format!("{name}.html")),
            // A slug has no full stop, so that no page takes the place of another list.
            _ => path(&format!("{name}.{}.html", number)),
        }
    }

    /// The number of entries on all pages together.
    pub fn len(&self, analysis: &Analysis) -> usize {
        match self {
            Self::Actions(list) => analysis.board().lists.get(list).map_or(0, Vec::len),
            Self::Accepted => analysis.board().accepted.len(),
            Self::Luck(state) => analysis.lucky_breaks().get(state).map_or(0, Vec::len),
            Self::Controls(state) => analysis.controls().count(*state),
        }
    }

    /// The number of pages. What is left to do, or was accepted, is listed whole; of other lists the first page or pages
    /// are there, and the data of the site has the rest.
    pub fn pages(&self, analysis: &Analysis) -> usize {
        let pages = self.len(analysis).div_ceil(Self::PAGE);
        match self {
            Self::Actions(ActionList::State(state)) if state.is_left() => pages,
            Self::Accepted => pages,
            Self::Luck(_) | Self::Controls(_) => pages.min(Self::PAGES),
            Self::Actions(
                ActionList::State(_)
                | ActionList::Owner(_)
                | ActionList::Kind(_)
                | ActionList::Age(_)
                | ActionList::Update(_),
            ) => pages.min(1),
        }
    }
}
