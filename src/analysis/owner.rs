//! The owners of actions: their names in addresses, and their lists.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::action_list::{ActionList, ActionState, StateCounts};
use super::board::Board;
use super::facet::slug;
use crate::model::{ActionRef, Corpus, Review, counts};
use crate::text::composed;

/// The longest name of an owner in addresses, in bytes.
const LONGEST: usize = 160;

/// The lists of the owners, while they are made. There are many actions and few owners, and a name in addresses takes
/// its time.
#[derive(Default)]
pub(super) struct Owners<'a> {
    naming: OwnerNaming,
    /// By organisation and name: the position in `lists`, if there is a list.
    known: FxHashMap<(Option<&'a str>, &'a str), Option<usize>>,
    /// By the name in addresses.
    slugs: BTreeMap<String, usize>,
    lists: Vec<(Vec<ActionRef>, StateCounts)>,
}

impl<'a> Owners<'a> {
    pub(super) fn new(naming: OwnerNaming) -> Self {
        Self { naming, ..Self::default() }
    }

    pub(super) fn add(&mut self, place: ActionRef, state: ActionState, corpus: &'a Corpus) {
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
            let (places, states) = &mut self.lists[at];
            places.push(place);
            states.add(state);
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

    pub(super) fn add_to_board(mut self, board: &mut Board, corpus: &Corpus) {
        for (slug, at) in self.slugs {
            let (places, states) = std::mem::take(&mut self.lists[at]);
            // Two owners whose names give the same address are called by the name of the first action.
            if let Some(first) = places.first() {
                let review = &corpus.reviews[first.review];
                let name =
                    review.actions[first.action].owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default();
                let of = self.naming.organisation(review).map(str::to_owned);
                board.owners.insert(slug.clone(), (name, of));
            }
            let list = ActionList::Owner(slug);
            board.list_counts.insert(list.clone(), states);
            board.lists.insert(list, places);
        }
    }
}

/// How owners are named on the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum OwnerNaming {
    /// All reviews on the board are of one organisation.
    #[default]
    NameAlone,
    /// Teams of several organisations may have one name.
    WithOrganisation,
}

impl OwnerNaming {
    pub(super) fn of(corpus: &Corpus) -> Self {
        let counted = corpus.local().filter(|(_, review)| counts(review));
        let mut organisations = counted.map(|(_, review)| organisation(review).map(composed));
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
    pub(super) fn slug(self, corpus: &Corpus, place: ActionRef) -> Option<String> {
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
