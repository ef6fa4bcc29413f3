//! The files for other programs.

use super::address::{self, path};
use crate::model::{Corpus, ReviewIndex};
use crate::text::SitePath;

/// A file for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DataFile {
    Dataset,
    /// The JSON Schema of that.
    Schema,
    /// The reviews as a table.
    Reviews,
    /// The factors as a table.
    Factors,
    /// The actions as a table.
    Actions,
    /// The deadlines of open actions as a calendar.
    Calendar,
    /// The review at a position of the corpus as JSON, with its whole text.
    Review(ReviewIndex),
}

impl DataFile {
    /// Those that every site has.
    pub const ALL: [Self; 6] =
        [Self::Dataset, Self::Schema, Self::Reviews, Self::Factors, Self::Actions, Self::Calendar];

    pub fn path(self, corpus: &Corpus) -> SitePath {
        match self {
            Self::Dataset => path("data/casebook.json"),
            Self::Schema => path("data/casebook.schema.json"),
            Self::Reviews => path("data/reviews.csv"),
            Self::Factors => path("data/factors.csv"),
            Self::Actions => path("data/actions.csv"),
            Self::Calendar => path("data/actions.ics"),
            Self::Review(at) => address::review_data(&corpus.reviews[at]),
        }
    }
}
