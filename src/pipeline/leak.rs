//! The leak detector: a second lock that finds words of withheld text in outputs.
//!
//! The first lock is that withheld text never enters the corpus. This one shares no code with it: it reads the sources
//! once more by simple means, and looks at the bytes that would be written.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Mutex;

use aho_corasick::AhoCorasick;

use super::passage::{withheld_passages, without_withheld};
use super::{Configuration, Options, ReviewRules, Stages, corpus};
use crate::model::Corpus;
use crate::render::{built_in_texts, shard_words};
use crate::search::for_each_word;
use crate::text::{LineIndex, Output, SitePath, SourceSet, composed};

/// The least length in bytes of a word that is looked for. Shorter ones are on every page.
const SHORTEST: usize = 4;

/// Looks for words of withheld text in every output.
pub struct LeakDetector {
    words: Vec<String>,
    matcher: Option<Matcher>,
    /// The words that were seen, by output.
    seen: Mutex<BTreeMap<SitePath, BTreeSet<usize>>>,
}

/// A word of withheld text in an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The output in which withheld words were found.
    pub output: SitePath,
    /// The source of the word, as `file:line:column`. The word itself is not repeated: reports are published, too.
    pub source: String,
}

impl LeakDetector {
    /// A detector of the words that stand in `sources` only where they are withheld from `corpus`.
    pub fn new(sources: &SourceSet, corpus: &Corpus) -> Self {
        let mut withheld: BTreeSet<String> = BTreeSet::new();
        for passage in withheld_passages(sources, corpus) {
            forms(&passage.text(), |word, _| _ = withheld.insert(word));
        }
        if !withheld.is_empty() {
            let without = without_withheld(sources, corpus);
            let mut left: HashSet<String> = std::mem::take(&mut withheld).into_iter().collect();
            for text in built_in_texts() {
                forms(text, |word, _| _ = left.remove(&word));
            }
            for source in without.texts.values() {
                forms(&source.text, |word, _| _ = left.remove(&word));
            }
            withheld.extend(left);
        }
        let words: Vec<String> = withheld.into_iter().collect();
        let matcher = if words.is_empty() { None } else { Matcher::new(&words) };
        Self { words, matcher, seen: Mutex::default() }
    }

    /// Looks for withheld words in the address of an output and, unless it is a copied file, in its bytes.
    pub fn inspect(&self, path: &SitePath, output: &Output) {
        let Some(matcher) = &self.matcher else { return };
        let mut found = BTreeSet::new();
        for bytes in [Some(path.as_str().as_bytes()), text_of(output).as_deref()].into_iter().flatten() {
            found.extend(matcher.whole_words(bytes));
        }
        if !found.is_empty() {
            self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path.clone(), found);
        }
    }

    /// The words that came from withheld text. A word that stands there may come from elsewhere, too, such as the name
    /// of a month: it is harmless when the output has it even if the withheld text is not there.
    pub fn leaks(self, sources: &SourceSet, options: &Options) -> Vec<Leak> {
        let seen = self.seen.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some(matcher) = self.matcher.filter(|_| !seen.is_empty()) else { return Vec::new() };
        let (published, _) = corpus(sources, options);
        let clean = without_withheld(sources, &published);
        let renderer = Stages::read(Configuration::read(&clean, options), None, ReviewRules::Later).plan().ok();
        let mut leaks = Vec::new();
        for (path, words) in seen {
            let output = renderer.as_ref().and_then(|renderer| renderer.render(&path)?.ok());
            let known: BTreeSet<usize> = match &output {
                Some(output) => [Some(path.as_str().as_bytes()), text_of(output).as_deref()]
                    .into_iter()
                    .flatten()
                    .flat_map(|bytes| matcher.whole_words(bytes))
                    .collect(),
                None => BTreeSet::new(),
            };
            for word in words.difference(&known) {
                let source = place(&self.words[*word], sources, &published);
                leaks.push(Leak { output: path.clone(), source });
            }
        }
        leaks
    }
}

fn text_of(output: &Output) -> Option<Cow<'_, [u8]>> {
    match output {
        // Numbers stand between the words of the index; this search would take them for words.
        Output::Bytes(bytes) => Some(shard_words(bytes).map_or(Cow::Borrowed(bytes), Cow::Owned)),
        Output::Copy(_) => None,
    }
}

/// Finds words in outputs, in lower case, with a capital, and in capitals.
struct Matcher {
    patterns: AhoCorasick,
    /// For each pattern, the position of its word.
    words: Vec<usize>,
}

impl Matcher {
    fn new(words: &[String]) -> Option<Self> {
        let mut patterns: Vec<(String, usize)> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            patterns.push((word.clone(), at));
            // The automaton compares case for ASCII alone.
            if !word.is_ascii() {
                let mut rest = word.chars();
                let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
                patterns.extend([(first + rest.as_str(), at), (word.to_uppercase(), at)]);
            }
        }
        let (texts, words): (Vec<String>, Vec<usize>) = patterns.into_iter().unzip();
        let patterns = AhoCorasick::builder().ascii_case_insensitive(true).build(texts).ok()?;
        Some(Self { patterns, words })
    }

    /// The positions of the words that stand in `bytes` and are not part of a longer one.
    fn whole_words(&self, bytes: &[u8]) -> BTreeSet<usize> {
        let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let is_whole = |start: usize, end: usize| {
            let before = start.checked_sub(1).and_then(|before| bytes.get(before));
            !is_part(before) && !is_part(bytes.get(end))
        };
        let found = self.patterns.find_overlapping_iter(bytes).filter(|found| is_whole(found.start(), found.end()));
        found.map(|found| self.words[found.pattern().as_usize()]).collect()
    }
}

/// The words of a text in every form that an output could have, and where they begin: as [`words`] has them, with composed
/// letters as addresses have them, and as the index of search has them, which is without accents, in parts and whole.
fn forms(text: &str, mut each: impl FnMut(String, usize)) {
    words(text, &mut each);
    for_each_word(text, |word, _, at| {
        if is_long(word) {
            each(word.to_owned(), at.start);
        }
        let chunk = &text[at.clone()];
        if !chunk.is_ascii() {
            words(&composed(chunk), |word, _| each(word, at.start));
        }
    });
}

/// Whether a word tells a passage from others. Numbers have to be longer.
fn is_long(word: &str) -> bool {
    word.len() >= if word.bytes().all(|byte| byte.is_ascii_digit()) { SHORTEST + 2 } else { SHORTEST }
}

/// The words of a text in lower case, and where they begin.
fn words(text: &str, mut each: impl FnMut(String, usize)) {
    let mut start = 0;
    for part in text.split(|c: char| !c.is_alphanumeric()) {
        if is_long(part) {
            each(part.to_lowercase(), start);
        }
        let next = text[start + part.len()..].chars().next();
        start += part.len() + next.map_or(0, char::len_utf8);
    }
}

fn place(word: &str, sources: &SourceSet, corpus: &Corpus) -> String {
    for passage in withheld_passages(sources, corpus) {
        let mut found = None;
        forms(&passage.text(), |other, at| {
            if other == word && found.is_none() {
                found = Some(at);
            }
        });
        if let Some(at) = found {
            let (source, is_literal) = (passage.source, matches!(passage.text(), Cow::Borrowed(_)));
            let offset = passage.span.start + if is_literal { at } else { 0 };
            let position = LineIndex::new(&source.text).position(&source.text, offset);
            return format!("{}:{}:{}", source.path, position.line, position.column);
        }
    }
    "withheld text".to_owned()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::LeakDetector;
    use crate::pipeline::{Audience, Options, corpus};
    use crate::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
    use crate::text::{Output, SitePath, SourceSet};

    fn sources() -> SourceSet {
        let mut sources = SourceSet::default();
        let draft = SAMPLE_REVIEW.replace("\"final\"", "\"draft\"").replace("The rule's author", "Zebrafinch");
        let review = SAMPLE_REVIEW.replace("[impact]", "[internal]\nnote = \"wombat\"\n\n[impact]").replace(
            "## Root cause\n",
            "## Root cause\n\n<!-- internal -->Quokkas, November.<!-- / Internal --><!-- numbat -->OldWallaby<!-- wallaby --><!-- Müngersdorf A\u{308}tna Ki\u{ad}wi\u{ad}nest الخازوق -->\n",
        );
        let factors = SAMPLE_FACTORS.replacen("definition = \"", "definition = \"<!-- bandicoot -->", 1);
        let files = [
            (
                "casebook.toml",
                "title = \"Lessons\"\nbase_url = \"https://example.org/\"\ndescription = \"\\u003c!-- internal --\\u003e b\\u0069lby <!-- /internal -->\"\n",
            ),
            ("content/factors.toml", &factors),
            ("content/reviews/draft.md", &draft),
            (SAMPLE_PATH, &review),
        ];
        for (path, text) in files {
            sources.add_text(SitePath::new(path).unwrap(), text);
        }
        sources
    }

    /// The sources of the leaks that are seen when `text` stands in the output at `path`.
    fn check_output(path: &str, text: &str) -> Vec<String> {
        let sources = sources();
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let options = Options { today, base_url: None, audience: Audience::Public };
        let detector = LeakDetector::new(&sources, &corpus(&sources, &options).0);
        detector.inspect(&SitePath::new(path).unwrap(), &Output::Bytes(text.as_bytes().to_vec()));
        detector.leaks(&sources, &options).into_iter().map(|leak| leak.source).collect()
    }

    #[test]
    fn a_withheld_word_is_found_wherever_it_stands() {
        let draft = "content/reviews/draft.md:88:5";
        assert_eq!(check_output("index.html", "<b>Zebrafinch</b>"), [draft]);
        assert_eq!(check_output("feed.json", "\"a ZEBRAFINCH\""), [draft]);
        assert_eq!(check_output("services/zebrafinch.html", ""), [draft]);
        assert_eq!(check_output("index.html", "wombat"), [format!("{SAMPLE_PATH}:13:9")]);
        assert_eq!(check_output("index.html", "?q=quokkas&amp;"), [format!("{SAMPLE_PATH}:79:18")]);
        assert_eq!(check_output("index.html", "numbat"), [format!("{SAMPLE_PATH}:79:60")]);
        assert_eq!(check_output("index.html", "bilby"), ["casebook.toml:3:16"]);
        assert_eq!(check_output("index.html", "bandicoot"), ["content/factors.toml:5:20"]);
    }

    #[test]
    fn a_withheld_word_is_found_in_every_form() {
        for (path, text, column) in [
            ("search/1.js", "casebookData(\"mungersdorf !# other !\")", 101),
            ("search/1.js", "casebookData(\"atna !#\")", 113),
            ("search/1.js", "casebookData(\"kiwinest !#\")", 119),
            ("search/1.js", "casebookData(\"خازوق !#\")", 130),
            ("search/index.js", "\"firsts\":\"a mungersdorf\"", 101),
            ("index.html", "Müngersdorf", 101),
            ("index.html", "MÜNGERSDORF", 101),
            ("services/ätna.html", "", 113),
            ("index.html", "Ätna", 113),
        ] {
            assert_eq!(check_output(path, text), [format!("{SAMPLE_PATH}:79:{column}")], "{path} {text}");
        }
    }

    #[test]
    fn words_that_come_from_elsewhere_are_harmless() {
        assert!(check_output("index.html", "Zebrafinches and the filter").is_empty());
        assert!(check_output("index.html", "Contributing factors").is_empty());
        // The index of search holds the parts of `OldWallaby`.
        assert!(check_output("index.html", "wallaby").is_empty());
    }
}
