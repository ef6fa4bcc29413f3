//! Full-text search: the inverted index as data, and queries on it.

mod article;
mod excerpt;
mod filter;
mod index;
mod passage;
mod query;
mod rank;
mod score;
mod shard;
mod stem;
mod value;
mod variant;
mod varint;
mod word;

pub use excerpt::{Excerpt, contains_phrase, excerpt};
pub use filter::{Field, FilterColumns, Row};
pub use index::{Index, Term, review_of};
pub use passage::{KNOWN_PLACES, Passage, Place, passages};
pub use query::{Filter, Query, QueryTerm, TermRole};
pub use rank::{Answer, Searcher, UnknownValue};
pub use score::Hit;
pub use shard::{correction_terms, frequent_terms, shards};
pub use stem::{is_one_edit, stem};
pub use value::Value;
pub use varint::push as push_varint;
pub use word::{TokenKind, fold, for_each_word};
