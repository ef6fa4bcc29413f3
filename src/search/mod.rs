//! Search: the index of all words as data, and questions to it.

mod catalogue;
mod code;
mod excerpt;
mod index;
mod query;
mod rank;
mod shard;
mod stem;
mod text;
mod token;

pub use catalogue::{Catalogue, Field, Row, Value};
pub use code::push as push_number;
pub use excerpt::{Excerpt, excerpt, has_phrase};
pub use index::{Index, Term, review_of};
pub use query::{Query, Role, Unit};
pub use rank::{Answer, Hit, Searcher};
pub use shard::{heavy, shards, suggestions};
pub use stem::{is_one_edit, stem};
pub use text::{KNOWN_PLACES, Passage, Place, passages};
pub use token::{Form, fold, words};
