//! The keys of every file that authors write in TOML: one table that the readers and the JSON Schemas share.

mod other_program;
mod registry;
mod review;
mod site;

pub use other_program::OTHER_PROGRAMS;
pub use registry::{FACTOR, REGISTRY};
pub use review::{ACCEPTED, ACTION, ANSWER, FACTOR_USE, IMPACT, PAGE, REFERENCE, RESPONSE, REVIEW, REVISION};
pub use site::{CATEGORY, EXPORTS, FEDERATED_SITE, FEEDS, MARK, REVIEWS, SEVERITY, SITE};

use super::vocabulary::Words;

/// The words of a vocabulary, each with its meaning.
fn meanings<T: Words>() -> Vec<(&'static str, &'static str)> {
    T::WORDS.iter().map(|(word, _)| *word).zip(T::MEANINGS.iter().copied()).collect()
}
