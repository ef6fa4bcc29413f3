//! Suggestions for misspelt words.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Words of more characters are no typing errors, and take long to compare.
const LONGEST: usize = 200;

/// How many pairs of characters one [`Suggestions`] compares before it stops suggesting. A text with a mistake in every
/// word would otherwise cost the square of its length.
const COMPARED: usize = 100_000_000;

/// The candidate that differs from `word` in the fewest letters, upper and lower case alike; `None` when more than a
/// third of the letters differ.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    candidates
        .filter_map(|candidate| Some((distance(&lower, length, &candidate.to_lowercase())?, candidate)))
        .min_by_key(|(distance, candidate)| (*distance, candidate.len(), *candidate))
        .map(|(_, candidate)| candidate)
}

/// The edit distance of two words; `None` when it is more than a third of the longer one, or a word is too long.
fn distance(word: &str, length: usize, candidate: &str) -> Option<usize> {
    let other = candidate.chars().count();
    let most = (other.max(length) / 3).max(1);
    if length > LONGEST || other > LONGEST || length.abs_diff(other) > most {
        return None;
    }
    Some(strsim::damerau_levenshtein(word, candidate)).filter(|distance| *distance <= most)
}

/// A list of candidates for many misspelt words. Each word is compared once; answers are kept.
#[derive(Debug)]
pub struct Suggestions {
    candidates: Vec<String>,
    answers: RefCell<BTreeMap<String, Option<usize>>>,
    /// The length of all candidates, as far as they are compared.
    letters: usize,
    /// How many pairs of characters may still be compared.
    budget: Cell<usize>,
}

impl Suggestions {
    /// Keeps the candidates that [`Self::nearest`] chooses from.
    pub fn new(candidates: impl IntoIterator<Item = String>) -> Self {
        let candidates: Vec<String> = candidates.into_iter().collect();
        let letters = candidates.iter().map(|word| word.len().min(LONGEST) + 1).sum();
        Self { candidates, answers: RefCell::default(), letters, budget: Cell::new(COMPARED) }
    }

    /// The candidate nearest to `word`, as the function [`nearest`] finds it; `None` also once the budget is used up.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let known = self.answers.borrow().get(word).copied();
        let answer = known.unwrap_or_else(|| {
            let answer = self.compare(word);
            self.answers.borrow_mut().insert(word.to_owned(), answer);
            answer
        });
        answer.map(|at| self.candidates[at].as_str())
    }

    /// The candidates most like `word`, the most like it first; in their own order once the budget is used up.
    pub fn most_like(&self, word: &str, count: usize) -> Vec<&str> {
        let mut candidates: Vec<&str> = self.candidates.iter().map(String::as_str).collect();
        let cost = word.len().min(LONGEST).saturating_mul(self.letters);
        if let Some(left) = self.budget.get().checked_sub(cost).filter(|_| word.len() <= LONGEST) {
            self.budget.set(left);
            let likeness = |candidate: &str| match candidate.len() {
                0..=LONGEST => strsim::normalized_damerau_levenshtein(word, candidate),
                _ => 0.0,
            };
            let mut rated: Vec<(f64, &str)> = candidates.into_iter().map(|word| (likeness(word), word)).collect();
            rated.sort_by(|one, other| other.0.total_cmp(&one.0));
            candidates = rated.into_iter().map(|(_, word)| word).collect();
        }
        candidates.truncate(count);
        candidates
    }

    fn compare(&self, word: &str) -> Option<usize> {
        let cost = word.len().min(LONGEST).saturating_mul(self.letters);
        self.budget.set(self.budget.get().checked_sub(cost)?);
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
