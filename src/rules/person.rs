//! Who is a person: a common given name that names nothing else in the review, or somebody whom the review lists.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::publication::listed_persons;
use super::{ReviewContext, phrase};

/// Common given names of many languages. Those that are words, places, products or programs as well are left out: a wrong
/// finding on blame costs more trust than a missed one, and a listed or described person is found by other signs.
static GIVEN_NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| include_str!("given_names.txt").lines().collect());

/// The persons that a text may speak of.
#[derive(Debug, Default)]
pub(super) struct Persons {
    /// The first names in lists of authors, attendees and the like.
    listed: BTreeSet<String>,
    /// Words by which the review calls services, teams and organisations, in lower case.
    others: BTreeSet<String>,
}

impl Persons {
    /// Those of a review.
    pub(super) fn of(context: &ReviewContext<'_>) -> Self {
        let (review, policy) = (context.review, context.policy);
        let spanned = review.services.iter().chain(&review.participants).chain(&review.organisation);
        let others = spanned.map(|name| name.value.as_str()).chain(policy.organisation.as_deref());
        let listed = listed_persons(context.document);
        Self {
            listed: listed.into_iter().filter_map(|name| Some(name.split_whitespace().next()?.to_owned())).collect(),
            others: others.flat_map(|name| name.split_whitespace()).map(str::to_lowercase).collect(),
        }
    }

    /// Whether `word` is the given name of a person.
    pub(super) fn are_called(&self, word: &str) -> bool {
        self.listed.contains(word) || is_given_name(word) && !self.have_other(&word.to_lowercase())
    }

    /// Whether `word`, in lower case, belongs to the name of a service, a team or an organisation.
    pub(super) fn have_other(&self, word: &str) -> bool {
        self.others.contains(word)
    }

    /// Whether `name` is that of one person: "Priya", "Priya S.", "Priya Sharma".
    pub(super) fn include(&self, name: &str) -> bool {
        let mut words = name.split_whitespace();
        let surnames = || words.clone().skip(1);
        let is_surname = |word: &str| {
            word.starts_with(char::is_uppercase)
                && word.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '.' | '-' | '\'' | '’'))
                && !phrase::is_listed(&word.to_lowercase(), ORGANISED)
        };
        let is_whole = surnames().count() <= 2 && surnames().all(is_surname);
        is_whole && words.next().is_some_and(|first| self.are_called(first))
    }
}

/// Last words of the names of teams, products and programs.
pub(super) const ORGANISED: &str = "\
    agent api app bank bot cache cloud cluster controller core database db desk engine engineering group inc labs \
    manager network operations operator ops platform project queue robot scheduler security server service services \
    squad store support system systems team tool web";

/// Whether `word` is one of the given names that name nothing else.
pub(super) fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(word)
}

#[cfg(test)]
mod tests {
    use super::{GIVEN_NAMES, Persons};

    #[test]
    fn a_person_is_a_given_name_perhaps_with_a_surname() {
        let persons = Persons {
            listed: ["Xanthe".to_owned()].into_iter().collect(),
            others: ["simon".to_owned()].into_iter().collect(),
        };
        for name in ["Priya", "Tom", "José", "Priya S.", "Priya Sharma", "Xanthe"] {
            assert!(persons.include(name), "{name}");
        }
        for name in ["Simon", "Platform", "Prometheus", "Tom Team", "Tom the builder", "priya", "", "Tom and Jerry"] {
            assert!(!persons.include(name), "{name}");
        }
    }

    #[test]
    fn no_product_is_a_given_name() {
        for word in "Prometheus Fastly Travis Jenkins Cassandra Julia Ruby Hugo Grace May Otto Amber Gerrit".split(' ')
        {
            assert!(!GIVEN_NAMES.contains(word), "{word}");
        }
        assert_eq!(include_str!("given_names.txt").lines().count(), GIVEN_NAMES.len(), "each once");
    }
}
