//! What the reviews show together: facets, the board of actions, factors through time, measures, relations, weaknesses.

pub(crate) mod board;
mod distribution;
mod facet;
pub(crate) mod history;
mod measure;
mod pattern;
mod related;
mod weakness;

pub use board::{ActionList, ActionRef, ActionState, Age, Board, Promises, Tally};
pub use distribution::{Sample, Spread, Value};
pub(crate) use facet::terms;
pub use facet::{Facet, Term, slug};
pub use history::{ActionPlace, History, Lapse, Recurrence};
pub use measure::{Answers, Calendar, Held, MEASURED, Measures, Period, Sampled, Unit};
pub use pattern::{Count, Matrix, Quarter, Trend, companions, detections, factors_in, matrix, trend};
pub(crate) use related::Connections;
pub use related::{Relation, related};
pub use weakness::{Luck, Standing, Weakness, luck, weaknesses};
