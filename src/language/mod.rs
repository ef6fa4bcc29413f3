//! The language of the interface: its words, plurals, dates, numbers and durations.

mod duration;
mod number;
mod read;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

pub use read::{BUILT_IN, Phrases, names};

/// The words of a language, ready to be used; a copy costs nothing.
///
/// Words are known by a key such as `home.recurs`. What is in braces is filled in: `{count} reviews`.
#[derive(Clone)]
pub struct Language(Arc<Content>);

struct Content {
    tag: String,
    phrases: FxHashMap<String, Phrase>,
    rules: PluralRules,
}

/// What stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// Words.
    Plain(String),
    /// Words that depend on a number, by the plural category of CLDR: `one`, `few`, `other`, …
    Counted(BTreeMap<&'static str, String>),
}

/// The plural categories of CLDR.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 11] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

impl Language {
    /// A language with a BCP 47 tag. `phrases` holds words for every key.
    pub fn new(tag: &str, phrases: Phrases) -> Self {
        let rules = [tag, primary(tag), "en"].into_iter().find_map(|tag| {
            PluralRules::create(tag.parse::<LanguageIdentifier>().ok()?, PluralRuleType::CARDINAL).ok()
        });
        let rules = rules.expect("English has plural rules");
        Self(Arc::new(Content { tag: tag.to_owned(), phrases: phrases.0.into_iter().collect(), rules }))
    }

    /// The language in which all words are there.
    pub fn english() -> Self {
        static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::new("en", Phrases::for_tag("en")));
        ENGLISH.clone()
    }

    /// The BCP 47 tag.
    pub fn tag(&self) -> &str {
        &self.0.tag
    }

    /// In which direction it is written: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&primary(self.tag())) { "rtl" } else { "ltr" }
    }

    /// What stands under a key.
    pub fn get(&self, key: &str) -> Option<&Phrase> {
        self.0.phrases.get(key)
    }

    /// Every key with what stands there, in the order of the keys.
    pub fn phrases(&self) -> impl Iterator<Item = (&str, &Phrase)> {
        let mut keys: Vec<&String> = self.0.phrases.keys().collect();
        keys.sort_unstable();
        keys.into_iter().map(|key| (key.as_str(), &self.0.phrases[key]))
    }

    /// The words of a key.
    pub fn say(&self, key: &str) -> &str {
        self.form(key, 0)
    }

    /// The words of a key, with `values` by their names in place of what stands in braces.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let value =
            |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| Cow::Borrowed(*value));
        substitute(self.say(key), value)
    }

    /// Like [`Self::say`] with values, in the plural form for `number`, which also replaces `{count}`.
    pub fn count(&self, key: &str, number: usize, values: &[(&str, &str)]) -> String {
        let value = |name: &str| match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => Some(Cow::Borrowed(*value)),
            None => (name == "count").then(|| Cow::Owned(self.number(number as u64))),
        };
        substitute(self.form(key, number as u64), value)
    }

    /// The words of a key that suit a number.
    fn form(&self, key: &str, number: u64) -> &str {
        // The built-in English words are complete, and every other language falls back to them: tests hold it to that.
        let phrase = self.get(key).unwrap_or_else(|| panic!("there are no words for {key:?}"));
        match phrase {
            Phrase::Plain(words) => words,
            Phrase::Counted(_) => phrase.form(self.category(number)),
        }
    }

    /// The plural category of a number.
    pub fn category(&self, number: u64) -> &'static str {
        match self.0.rules.select(number) {
            Ok(PluralCategory::ZERO) => "zero",
            Ok(PluralCategory::ONE) => "one",
            Ok(PluralCategory::TWO) => "two",
            Ok(PluralCategory::FEW) => "few",
            Ok(PluralCategory::MANY) => "many",
            Ok(PluralCategory::OTHER) | Err(_) => "other",
        }
    }

    /// Names in a row: `a, b, c`.
    pub fn list<T: AsRef<str>>(&self, names: impl IntoIterator<Item = T>) -> String {
        let mut row = String::new();
        for (at, name) in names.into_iter().enumerate() {
            if at > 0 {
                row.push_str(self.say("list.separator"));
            }
            row.push_str(name.as_ref());
        }
        row
    }

    /// The name under `key` of what the program itself named in English, such as a default severity; a name that the
    /// site chose stays as it is.
    pub fn default_name<'a>(&'a self, key: &str, name: &'a str) -> &'a str {
        match (self.get(key), Self::english().get(key)) {
            (Some(Phrase::Plain(own)), Some(Phrase::Plain(english))) if english == name => own,
            _ => name,
        }
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::english()
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Language").field(&self.0.tag).finish()
    }
}

impl Phrase {
    /// The form of a plural category; a language without it uses `other`.
    pub fn form(&self, category: &str) -> &str {
        match self {
            Self::Plain(words) => words,
            Self::Counted(forms) => forms.get(category).or_else(|| forms.get("other")).map_or("", String::as_str),
        }
    }

    /// Every form.
    pub fn forms(&self) -> Vec<&str> {
        match self {
            Self::Plain(words) => vec![words],
            Self::Counted(forms) => forms.values().map(String::as_str).collect(),
        }
    }
}

/// The language of a tag without its region and script: `pt` of `pt-BR`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// `text` with a capital at its beginning. The rest stays: German writes its nouns with capitals.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `text` without a capital at its beginning, as it stands inside a sentence.
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// `text` with the value of each name in braces; what has no value stays as it is.
pub fn substitute<'v>(text: &str, mut value: impl FnMut(&str) -> Option<Cow<'v, str>>) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                filled.push_str(&value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The names in braces, and `[]` where there is a link.
pub fn placeholders(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    substitute(text, |name| {
        names.insert(name.to_owned());
        None
    });
    if text.contains('[') && text.contains(']') {
        names.insert("[]".to_owned());
    }
    names
}

#[cfg(test)]
mod tests;
