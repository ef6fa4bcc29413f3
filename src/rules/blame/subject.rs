//! Whether a name is the subject of what is said: a person, and not somebody to whom it was done.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::rules::person::{ORGANISED, Persons};
use crate::rules::phrase;

/// Words before a name that is not the subject: "the alert to Tom failed to arrive".
const BEFORE_OBJECTS: &str =
    "to for by from of with at on in like via than about without against behind into upon under near";

/// Words in capitals after which a name still begins: those that open a sentence, and roles.
const BEFORE_NAMES: &str = "\
    a after afterwards also although and as because before both but colleague colleagues developer engineer even here if \
    later manager meanwhile nor once only or our since so soon that then though today tomorrow until when where while who \
    why yesterday yet monday tuesday wednesday thursday friday saturday sunday";

/// Capitalised words that no person is called by, whoever is spoken of beside them.
const NO_NAMES: &str = "\
    a an and as at but each every everybody everyone for he her his i if in it its management neither no nobody none one \
    our people she somebody someone support that the their then there these they this those we what when which while who \
    you";

/// A pronoun behind it shows that a name is that of a person.
static PRONOUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[^;]{0,80}?(?-u:\b)(?:he|she|his|her|himself|herself)(?-u:\b)").expect("a regular expression")
});

/// Whether the name at `name` in `sentence` is that of a person who is the subject of what ends at `said`.
pub(super) fn is_person(sentence: &str, name: Range<usize>, said: usize, persons: &Persons) -> bool {
    let words = &sentence[name.clone()];
    let before = &sentence[..name.start];
    let is_agent = before.ends_with("by ") && name.end == said;
    if !is_agent && !may_begin_name(before) {
        return false;
    }
    persons.include(words) || is_called_by_pronoun(sentence, words, said)
}

/// Whether two words in capitals may be a person's name; "Google Cloud" and "Then Prometheus" are none.
pub(super) fn may_be_pair(pair: &str, persons: &Persons) -> bool {
    let mut words = pair.split_whitespace().map(str::to_lowercase);
    let (Some(first), Some(last)) = (words.next(), words.next()) else { return false };
    let is_opening = [BEFORE_NAMES, BEFORE_OBJECTS, NO_NAMES].iter().any(|list| phrase::is_listed(&first, list));
    !is_opening && !first.ends_with("ly") && !phrase::is_listed(&last, ORGANISED) && !persons.have_other(&first)
}

fn may_begin_name(before: &str) -> bool {
    let is_adjacent = before.ends_with(|c: char| c.is_whitespace());
    let Some(last) = phrase::last_words(before).next().filter(|_| is_adjacent) else { return true };
    let lower = last.to_lowercase();
    let is_open =
        !last.ends_with(char::is_alphanumeric) || lower.ends_with("ly") || phrase::is_listed(&lower, BEFORE_NAMES);
    !phrase::is_listed(&lower, BEFORE_OBJECTS) && (is_open || last.starts_with(char::is_lowercase))
}

/// "Xanthe forgot the key that she had changed."
fn is_called_by_pronoun(sentence: &str, name: &str, said: usize) -> bool {
    let is_word = !name.contains(char::is_whitespace) && name.chars().skip(1).all(char::is_lowercase);
    is_word && !phrase::is_listed(&name.to_lowercase(), NO_NAMES) && PRONOUN.is_match(&sentence[said..])
}
