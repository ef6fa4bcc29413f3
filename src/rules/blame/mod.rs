//! Rules on language that blames people.

mod sentence;
mod sentence_pattern;
mod sentence_word;
mod subject;

#[cfg(test)]
mod sentence_tests;

pub(super) use sentence::{BlamedPerson, blames_in};

rules! {
    b001_blamed_person,
    b002_hindsight,
    b003_named_fault,
    b004_self_blame,
}
