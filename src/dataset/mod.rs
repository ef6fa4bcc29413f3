//! The reviews as data for other programs, and back: JSON with its schema, tables, a calendar.

mod calendar;
mod load;
mod part;
mod read;
mod shape;
mod table;
mod word;
mod write;

pub use calendar::calendar;
pub use load::review;
pub use read::{Refusal, fingerprint, read};
pub use shape::{Dataset, ReviewData, SCHEMA_VERSION, schema};
pub use table::{actions_csv, factors_csv, reviews_csv};
pub use write::{Issuer, dataset, one_review};
