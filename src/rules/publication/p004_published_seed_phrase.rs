//! P004: the seed phrase of a wallet stands in what will be published.

use bip39::Language;

use super::file;
use super::secret::{self, Secret};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, Library, ReviewContext, Rule, passage};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Review(check), Check::Library(check_pages)] };

static METADATA: Metadata = Metadata {
    code: "P004",
    name: "published-seed-phrase",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "A seed phrase would be published: twelve or more words that make the keys of a wallet.",
    why: "The words are the wallet: anyone who reads them can take everything in it.",
    remedy: "Move everything to a wallet with new keys first. Then say that the phrase was exposed, without its words.",
    wrong: Example::Edit {
        replace: "Rules ran",
        with: "The wallet was `ladder crystal meadow orbit velvet tiger cabin sunset harvest puzzle rocket ocean`. \
               Rules ran",
    },
    right: Example::Edit { replace: "Rules ran", with: "The wallet's twelve words were in a log. Rules ran" },
};

/// The shortest phrase of BIP-39.
const WORDS: usize = 12;

/// Fewer different words than this are the phrase of a test: "test test test … junk", "abandon abandon … about".
const DIFFERENT_WORDS: usize = 6;

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for passage in passage::published(context) {
        secret::report(&METADATA, passage, find(&passage.text), findings);
    }
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    secret::report_others(&METADATA, library, find, found);
    secret::report_files(&METADATA, file::always_published_documents(library), find, found);
}

/// Runs of words that are all of the English list of BIP-39. The list has neither "the" nor "of" nor "and",
/// so that sentences have no such runs; what is between the words does not matter.
fn find(text: &str) -> Vec<Secret> {
    // Most strings of the front matter are shorter than the shortest words and what divides them.
    if text.len() < WORDS * 4 - 1 {
        return Vec::new();
    }
    let is_listed = |(_, word): &(usize, &str)| Language::English.find_word(&word.to_ascii_lowercase()).is_some();
    // Of so many listed words in a row one stands at each such place.
    let may_be_one = |run: &[(usize, &str)]| run.iter().skip(WORDS - 1).step_by(WORDS).any(is_listed);
    let phrases = |run: &[(usize, &str)]| -> Vec<Secret> {
        if may_be_one(run) { run.split(|word| !is_listed(word)).filter_map(phrase).collect() } else { Vec::new() }
    };
    let (mut found, mut run) = (Vec::new(), Vec::new());
    let mut start = 0;
    // What is not ASCII divides words: no listed word has such a letter.
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        if byte.is_ascii_alphabetic() {
            continue;
        }
        let word = start..at;
        start = at + 1;
        // The list has words of three to eight letters. Sentences have others so often that few words are looked up.
        if (3..=8).contains(&word.len()) {
            run.push((word.start, &text[word]));
        } else if !word.is_empty() {
            found.extend(phrases(&run));
            run.clear();
        }
    }
    found.extend(phrases(&run));
    found
}

fn phrase(run: &[(usize, &str)]) -> Option<Secret> {
    let mut different: Vec<&str> = run.iter().map(|(_, word)| *word).collect();
    different.sort_unstable();
    different.dedup();
    let (start, _) = run.first()?;
    let (last, word) = run.last()?;
    let is_phrase = run.len() >= WORDS && different.len() >= DIFFERENT_WORDS;
    is_phrase
        .then(|| Secret { what: format!("a seed phrase of {} words", run.len()), range: *start..last + word.len() })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn phrases_are_found_however_they_are_written_down() {
        let words = "ladder crystal meadow orbit velvet tiger cabin sunset harvest puzzle rocket ocean";
        let numbered: Vec<String> =
            words.split(' ').enumerate().map(|(at, word)| format!("{}. {word}", at + 1)).collect();
        for text in [words.to_owned(), words.to_uppercase(), words.replace(' ', ",\n"), numbered.join("\n")] {
            let text = format!("The phrase: {text}. Which was lost.");
            let found = find(&text);
            assert_eq!(found.len(), 1, "{text}");
            assert!(text[found[0].range.clone()].to_lowercase().ends_with("ocean"), "{text}");
        }
        for text in [
            "test test test test test test test test test test test junk",
            "ladder crystal meadow orbit velvet tiger cabin sunset harvest puzzle rocket",
            "The owner of the wallet said that the phrase was on paper and that nobody else could ever read it again.",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
