//! What the reviews show together: facets, the board of actions, factors through time, measures, relations, weaknesses.

mod action_list;
mod board;
mod control;
mod distribution;
mod event;
mod facet;
mod history;
mod incident_line;
mod measure;
mod owner;
mod pattern;
mod related;
mod sighting;
mod weakness;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use action_list::{ActionList, ActionState, Age, StateCounts};
pub use board::{AcceptedRef, Board, DeadlineRecord};
pub use control::{Control, ControlCounts, ControlState, Controls};
pub use distribution::{Sample, Spread, Value};
pub use event::{Event, EventKind, Topic};
pub use facet::{Facet, Term, slug};
pub use history::{Held, History, Lapse, Recurrence};
pub use incident_line::{IncidentKind, IncidentLine, IncidentLines, NoticedBy, incident_line, incident_lines};
pub use measure::{Answers, Calendar, MEASURED, Measures, Period, ReviewTimeliness, Sampled, Unit};
pub use pattern::{Count, Matrix, Quarter, Trend, companions, detections, factors_in, matrix, trend};
pub use related::{Relation, related};
pub use sighting::Sightings;
pub use weakness::{LuckyBreak, Weakness, WeaknessState, weaknesses};

use crate::model::{Corpus, Factor, FactorUse, Group, Metrics, ReviewId, ReviewIndex};

/// A corpus, and all that follows from it. Nothing here depends on addresses, on a theme or on who will read the site.
#[derive(Debug)]
pub struct Analysis {
    /// What may be published.
    pub corpus: Corpus,
    /// The terms of each facet, in the order of their index page.
    pub facets: BTreeMap<Facet, Vec<Term>>,
    /// The position of each published review in the corpus.
    pub positions: BTreeMap<ReviewId, ReviewIndex>,
    /// Where each factor was seen, by its id. A factor that was never seen has no entry.
    pub sightings: BTreeMap<String, Sightings>,
    /// All actions, in lists and counted.
    pub board: Board,
    /// The changes against factors, of this site and of others, by what became of them.
    pub controls: Controls,
    /// The lucky breaks by how far each was turned into a control, the newest first.
    pub lucky_breaks: BTreeMap<WeaknessState, Vec<LuckyBreak>>,
    /// In the order of the registry.
    histories: Vec<History>,
    /// In the order of the corpus.
    metrics: Vec<Metrics>,
    /// What happened to each review, in the order of the corpus.
    events: Vec<Vec<Event>>,
    connections: related::Connections,
    measures: BTreeMap<Group, Measures>,
}

impl Analysis {
    /// Analyses a corpus. Costs a few milliseconds for a thousand reviews.
    pub fn new(corpus: Corpus) -> Self {
        let positions = corpus.indexed().map(|(at, review)| (review.id.clone(), at)).collect();
        let sightings = sighting::sightings(&corpus);
        let histories = history::histories(&corpus, &sightings);
        let facets = || Facet::ALL.into_par_iter().map(|facet| (facet, facet::terms(facet, &corpus))).collect();
        let metrics = || corpus.reviews.par_iter().map(|review| Metrics::derive(&review.timeline)).collect();
        let ((facets, metrics), (connections, board)): ((Vec<_>, Vec<_>), _) = rayon::join(
            || rayon::join(facets, metrics),
            || rayon::join(|| related::connections(&corpus, &positions), || Board::new(&corpus)),
        );
        let measures = Group::ALL.map(|group| (group, Measures::new(&corpus, &metrics, group)));
        Self {
            facets: facets.into_iter().collect(),
            positions,
            sightings,
            board,
            controls: Controls::new(&corpus, &histories),
            lucky_breaks: weakness::lucky_breaks(&corpus),
            events: event::events(&corpus, &histories),
            histories,
            metrics,
            connections,
            measures: measures.into(),
            corpus,
        }
    }

    /// What became of a factor; empty for one that is not registered.
    pub fn history(&self, factor: &Factor) -> &History {
        static NONE: History =
            History { actions: Vec::new(), recurrences: Vec::new(), lapses: Vec::new(), held: Vec::new(), done: 0 };
        self.corpus.policy.registry.position(&factor.id.value).map_or(&NONE, |at| &self.histories[at])
    }

    /// The durations of the review at a position.
    pub fn durations(&self, position: ReviewIndex) -> &Metrics {
        &self.metrics[position]
    }

    /// The term of a facet with a slug.
    pub fn term(&self, facet: Facet, slug: &str) -> Option<&Term> {
        self.facets.get(&facet)?.iter().find(|term| term.slug == slug)
    }

    /// How the review at `position` names the factor `id`, by its id or an alias.
    pub fn use_of(&self, position: ReviewIndex, id: &str) -> Option<&FactorUse> {
        let review = &self.corpus.reviews[position];
        review.factors.iter().find(|used| self.corpus.factor(used).is_some_and(|factor| factor.id.value == id))
    }

    /// What all reviews of a group say together.
    pub fn measures(&self, group: Group) -> &Measures {
        &self.measures[&group]
    }

    /// The groups of which there are reviews, the site's own first.
    pub fn groups(&self) -> Vec<Group> {
        let is_there = |wanted: &Group| self.corpus.reviews.iter().any(|review| review.group() == *wanted);
        Group::ALL.into_iter().filter(is_there).collect()
    }
}
