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
use std::sync::{Arc, OnceLock};

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

use crate::model::{Corpus, Factor, FactorUse, Group, Metrics, Review, ReviewId, ReviewIndex};

/// A corpus, and all that follows from it. Nothing here depends on addresses, on a theme or on who will read the site.
#[derive(Debug)]
pub struct Analysis {
    /// What may be published.
    pub corpus: Corpus,
    results: Arc<Results>,
    /// They hold places in texts, so they are no results of the facts alone.
    lucky_breaks: OnceLock<BTreeMap<WeaknessState, Vec<LuckyBreak>>>,
}

/// What follows from the facts of all reviews, whatever their prose says.
#[derive(Debug)]
struct Results {
    facets: BTreeMap<Facet, Vec<Term>>,
    sightings: BTreeMap<String, Sightings>,
    board: Board,
    controls: Controls,
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
        Self { results: Arc::new(Results::of(&corpus)), corpus, lucky_breaks: OnceLock::new() }
    }

    /// The analysis of a corpus of the same policy that differs from this one at most in the prose of reviews, without the
    /// work; `None` for any other.
    pub fn of_prose(&self, corpus: &Corpus) -> Option<Self> {
        let is_same = |(one, other): (&Arc<Review>, &Arc<Review>)| Arc::ptr_eq(one, other) || one.has_same_facts(other);
        let is_known = self.corpus.reviews.len() == corpus.reviews.len()
            && self.corpus.reviews.iter().zip(&corpus.reviews).all(is_same)
            && self.corpus.policy == corpus.policy;
        is_known.then(|| Self { results: self.results.clone(), corpus: corpus.clone(), lucky_breaks: OnceLock::new() })
    }

    /// The terms of each facet, in the order of their index page.
    pub fn facets(&self) -> &BTreeMap<Facet, Vec<Term>> {
        &self.results.facets
    }

    /// Where each factor was seen, by its id. A factor that was never seen has no entry.
    pub fn sightings(&self) -> &BTreeMap<String, Sightings> {
        &self.results.sightings
    }

    /// All actions, in lists and counted.
    pub fn board(&self) -> &Board {
        &self.results.board
    }

    /// The changes against factors, of this site and of others, by what became of them.
    pub fn controls(&self) -> &Controls {
        &self.results.controls
    }

    /// The lucky breaks by how far each was turned into a control, the newest first.
    pub fn lucky_breaks(&self) -> &BTreeMap<WeaknessState, Vec<LuckyBreak>> {
        self.lucky_breaks.get_or_init(|| weakness::lucky_breaks(&self.corpus))
    }

    /// What became of a factor; empty for one that is not registered.
    pub fn history(&self, factor: &Factor) -> &History {
        static NONE: History =
            History { actions: Vec::new(), recurrences: Vec::new(), lapses: Vec::new(), held: Vec::new(), done: 0 };
        self.corpus.policy.registry.position(&factor.id.value).map_or(&NONE, |at| &self.results.histories[at])
    }

    /// The durations of the review at a position.
    pub fn durations(&self, position: ReviewIndex) -> &Metrics {
        &self.results.metrics[position]
    }

    /// The term of a facet with a slug.
    pub fn term(&self, facet: Facet, slug: &str) -> Option<&Term> {
        self.facets().get(&facet)?.iter().find(|term| term.slug == slug)
    }

    /// How the review at `position` names the factor `id`, by its id or an alias.
    pub fn use_of(&self, position: ReviewIndex, id: &str) -> Option<&FactorUse> {
        let review = &self.corpus.reviews[position];
        review.factors.iter().find(|used| self.corpus.factor(used).is_some_and(|factor| factor.id.value == id))
    }

    /// What all reviews of a group say together.
    pub fn measures(&self, group: Group) -> &Measures {
        &self.results.measures[&group]
    }

    /// The groups of which there are reviews, the site's own first.
    pub fn groups(&self) -> Vec<Group> {
        let is_there = |wanted: &Group| self.corpus.reviews.iter().any(|review| review.group() == *wanted);
        Group::ALL.into_iter().filter(is_there).collect()
    }
}

impl Results {
    fn of(corpus: &Corpus) -> Self {
        let positions: BTreeMap<&ReviewId, ReviewIndex> =
            corpus.indexed().map(|(at, review)| (&review.id, at)).collect();
        let sightings = sighting::sightings(corpus);
        let histories = history::histories(corpus, &sightings);
        let facets = || Facet::ALL.into_par_iter().map(|facet| (facet, facet::terms(facet, corpus))).collect();
        let metrics = || corpus.reviews.par_iter().map(|review| Metrics::derive(&review.timeline)).collect();
        let ((facets, metrics), (connections, board)): ((Vec<_>, Vec<_>), _) = rayon::join(
            || rayon::join(facets, metrics),
            || rayon::join(|| related::connections(corpus, &positions), || Board::new(corpus)),
        );
        let measures = Group::ALL.map(|group| (group, Measures::new(corpus, &metrics, group)));
        Self {
            facets: facets.into_iter().collect(),
            sightings,
            board,
            controls: Controls::new(corpus, &histories),
            events: event::events(corpus, &histories),
            histories,
            metrics,
            connections,
            measures: measures.into(),
        }
    }
}
