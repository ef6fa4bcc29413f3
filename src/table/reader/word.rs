//! Reads words of closed vocabularies, and suggests the one that was meant.

use super::TableReader;
use crate::diagnostic::ProblemKind;
use crate::table::KeyKind;
use crate::text::{Edit, Spanned, nearest};

impl TableReader<'_> {
    /// The meaning of a word of a vocabulary, which is given as pairs of word and meaning. Other words are reported.
    pub fn word<T: Copy>(&self, key: &'static str, vocabulary: &[(&str, T)]) -> Option<Spanned<T>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Word(words) if have_words(&words(), vocabulary)));
        let word = self.string(key).filter(|word| !word.value.trim().is_empty())?;
        let prefix = self.schema.key(key).map_or("", |key| key.optional_prefix);
        if let Some((_, meaning)) = vocabulary.iter().find(|(known, _)| is_word(&word.value, known, prefix)) {
            return Some(Spanned::new(*meaning, word.span));
        }
        let words: Vec<&str> = vocabulary.iter().map(|(known, _)| *known).collect();
        self.unknown_word(key, &word, &words);
        None
    }

    /// The meanings of a list of words of a vocabulary. Other words are reported and left out.
    pub fn words<T: Copy>(&self, key: &'static str, vocabulary: &[(&str, T)]) -> Vec<T> {
        self.ask(key, |kind| matches!(kind, KeyKind::Words(words) if have_words(&words(), vocabulary)));
        let mut meanings = Vec::new();
        for word in self.strings(key) {
            match vocabulary.iter().find(|(known, _)| *known == word.value) {
                Some((_, meaning)) => meanings.push(*meaning),
                None => self.unknown_word(key, &word, &vocabulary.iter().map(|(known, _)| *known).collect::<Vec<_>>()),
            }
        }
        meanings
    }

    /// Reports a value that is none of `words`, and suggests the nearest one.
    pub fn unknown_word(&self, key: &str, word: &Spanned<String>, words: &[&str]) {
        let near = nearest(&word.value, words.iter().copied());
        let help = match near {
            Some(near) => format!("Did you mean `{near}`? It can be {}.", list(words)),
            None => format!("It can be {}.", list(words)),
        };
        let message = format!("`{}` is no value of `{key}`", word.value);
        let mut problem = self.add(ProblemKind::UnknownValue, word.span, message);
        problem.help(help);
        // Only the spelling is fixed without asking: `Final` is `final`, and `fial` may be anything.
        if let Some(near) = near.filter(|near| letters_of(near) == letters_of(&word.value)) {
            problem.fix.push(Edit { span: word.span, text: format!("\"{near}\"") });
        }
    }
}

fn have_words<T>(words: &[(&str, &str)], vocabulary: &[(&str, T)]) -> bool {
    words.iter().map(|(word, _)| *word).eq(vocabulary.iter().map(|(word, _)| *word))
}

/// Whether `word` is `known`, or, where words have a `prefix` that may be left out, `known` without it and in any case.
fn is_word(word: &str, known: &str, prefix: &str) -> bool {
    if prefix.is_empty() {
        return word == known;
    }
    let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    word.eq_ignore_ascii_case(known) || known.strip_prefix(prefix).is_some_and(|short| word.eq_ignore_ascii_case(short))
}

/// The letters and digits of a word in lower case, without hyphens and blanks.
fn letters_of(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn list(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => format!("`{one}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
    }
}
