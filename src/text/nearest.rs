//! The word that was probably meant, among those that there are.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Words of more characters are no slips of the pen, and take long to compare.
const LONGEST: usize = 200;

/// How many pairs of characters are compared in the words of one list. Suggestions are a kindness; a text with a mistake in
/// every word, and as many words to choose from, gets them for the first thousands only.
const COMPARED: usize = 100_000_000;

/// The candidate that `word` was probably meant to be, if one is near enough.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    candidates
        .filter_map(|candidate| Some((distance(&lower, length, &candidate.to_lowercase())?, candidate)))
        .min_by_key(|(distance, candidate)| (*distance, candidate.len(), *candidate))
        .map(|(_, candidate)| candidate)
}

/// How many slips lie between two words, if they are few for their length. Words whose lengths differ more than that are
/// not compared.
fn distance(word: &str, length: usize, candidate: &str) -> Option<usize> {
    let other = candidate.chars().count();
    let most = (other.max(length) / 3).max(1);
    if length > LONGEST || other > LONGEST || length.abs_diff(other) > most {
        return None;
    }
    Some(strsim::damerau_levenshtein(word, candidate)).filter(|distance| *distance <= most)
}

/// A list of words from which many questions are answered, each once.
#[derive(Debug)]
pub struct Suggestions {
    candidates: Vec<String>,
    answers: RefCell<BTreeMap<String, Option<usize>>>,
    /// How many characters the words have, as far as they are compared.
    letters: usize,
    left: Cell<usize>,
}

impl Suggestions {
    /// The words to choose from.
    pub fn new(candidates: impl IntoIterator<Item = String>) -> Self {
        let candidates: Vec<String> = candidates.into_iter().collect();
        let letters = candidates.iter().map(|word| word.len().min(LONGEST) + 1).sum();
        Self { candidates, answers: RefCell::default(), letters, left: Cell::new(COMPARED) }
    }

    /// The same as [`nearest`], until so much was compared that the text is none that anybody corrects word by word.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let known = self.answers.borrow().get(word).copied();
        let answer = known.unwrap_or_else(|| {
            let answer = self.compare(word);
            self.answers.borrow_mut().insert(word.to_owned(), answer);
            answer
        });
        answer.map(|at| self.candidates[at].as_str())
    }

    fn compare(&self, word: &str) -> Option<usize> {
        let cost = word.len().min(LONGEST).saturating_mul(self.letters);
        let left = self.left.get().checked_sub(cost)?;
        self.left.set(left);
        let near = nearest(word, self.candidates.iter().map(String::as_str))?;
        self.candidates.iter().position(|candidate| candidate == near)
    }
}

#[cfg(test)]
mod tests {
    use super::{Suggestions, nearest};

    #[test]
    fn words_of_about_the_same_length_are_suggested() {
        let near = |word| nearest(word, ["severity", "title", "due"].into_iter());
        assert_eq!(near("sevrity"), Some("severity"));
        assert_eq!(near("Title"), Some("title"));
        assert_eq!(near("deu"), Some("due"));
        assert_eq!(near("participants"), None);
        assert_eq!(nearest(&"a".repeat(1_000_000), ["a".repeat(1_000_000).as_str()].into_iter()), None);
    }

    #[test]
    fn questions_end_when_much_was_compared() {
        let words = |letter: char| (0..3_000).map(move |number| format!("{letter}{number:08}"));
        let suggestions = Suggestions::new(words('a'));
        let answered: Vec<String> = words('b').filter(|word| suggestions.nearest(word).is_some()).collect();
        assert!((100..2_000).contains(&answered.len()), "{}", answered.len());
        // What was answered once stays so.
        assert_eq!(suggestions.nearest(&answered[0]), Some("a00000000"));
    }
}
