//! The reviews as data for other programs, and back: JSON with its schema, tables, a calendar.

mod action;
mod calendar;
mod casebook_json;
mod factor;
mod impact;
mod issuer;
mod read;
mod reference;
mod response;
mod review;
mod section;
mod table;
mod timeline;
mod untrusted;
mod word;
mod written;

pub use calendar::calendar;
pub use casebook_json::{Dataset, dataset, one_review, schema};
pub use issuer::Issuer;
pub use read::{Refusal, fingerprint, read};
pub use review::{ReviewData, SCHEMA_VERSION, review};
pub use table::{actions_csv, factors_csv, reviews_csv};
