//! What a table may hold, as data: the reader knows keys from it, and the JSON Schemas are made from it.

/// A table of the format: every key that it may hold.
#[derive(Debug)]
pub struct Shape {
    /// What it is called in messages: "an action".
    pub noun: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// Its keys, in the order in which they are usually written.
    pub keys: &'static [Key],
    /// Keys of which at least one has to be there; empty when none has to.
    pub one_of: &'static [&'static str],
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// What it takes.
    pub kind: KeyKind,
    /// Whether it has to be there.
    pub need: Need,
    /// What it says, in a sentence or two.
    pub about: &'static str,
    /// What its text, or each text of its list, looks like, as a regular expression that JSON Schema knows too.
    pub pattern: Option<&'static str>,
}

/// Whether a key has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It may be left out.
    Optional,
    /// It has to be there.
    Always,
    /// It has to be there when another key has this word.
    When(&'static str, &'static str),
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum KeyKind {
    /// A string.
    Text,
    /// A date without quotes.
    Date,
    /// A whole number from 0.
    Count,
    /// A list of strings.
    Texts,
    /// One word of a closed set.
    Word(fn() -> Vec<&'static str>),
    /// A list of words of a closed set.
    Words(fn() -> Vec<&'static str>),
    /// A table.
    Table(&'static Shape),
    /// A list of tables.
    Tables(&'static Shape),
    /// A table whose keys are names that the author chooses, each with a table.
    Named(&'static Shape),
    /// A table whose keys are rules, each with the reason why it does not apply.
    Reasons,
    /// A table whose keys are rules, each with a level; `collected` holds the same for collected reviews.
    Levels,
    /// Anything: it is read elsewhere, or by a later version.
    Any,
}

impl Shape {
    /// The key of a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Key {
    const fn new(name: &'static str, kind: KeyKind, about: &'static str) -> Self {
        Self { name, kind, need: Need::Optional, about, pattern: None }
    }

    /// A key that takes a string.
    pub const fn text(name: &'static str, about: &'static str) -> Self {
        Self::new(name, KeyKind::Text, about)
    }

    /// A key that takes a date.
    pub const fn date(name: &'static str, about: &'static str) -> Self {
        Self::new(name, KeyKind::Date, about)
    }

    /// A key that takes a whole number from 0.
    pub const fn count(name: &'static str, about: &'static str) -> Self {
        Self::new(name, KeyKind::Count, about)
    }

    /// A key that takes a list of strings.
    pub const fn texts(name: &'static str, about: &'static str) -> Self {
        Self::new(name, KeyKind::Texts, about)
    }

    /// A key that takes one of the words that `words` gives.
    pub const fn word(name: &'static str, words: fn() -> Vec<&'static str>, about: &'static str) -> Self {
        Self::new(name, KeyKind::Word(words), about)
    }

    /// A key that takes a list of the words that `words` gives.
    pub const fn words(name: &'static str, words: fn() -> Vec<&'static str>, about: &'static str) -> Self {
        Self::new(name, KeyKind::Words(words), about)
    }

    /// A key that takes a table.
    pub const fn table(name: &'static str, shape: &'static Shape) -> Self {
        Self::new(name, KeyKind::Table(shape), shape.about)
    }

    /// A key that takes a list of tables.
    pub const fn tables(name: &'static str, shape: &'static Shape) -> Self {
        Self::new(name, KeyKind::Tables(shape), shape.about)
    }

    /// A key that takes a table of tables, each under a name that the author chooses.
    pub const fn named(name: &'static str, shape: &'static Shape) -> Self {
        Self::new(name, KeyKind::Named(shape), shape.about)
    }

    /// A key that takes a table of rules, as `kind` says, or anything at all.
    pub const fn open(name: &'static str, kind: KeyKind, about: &'static str) -> Self {
        Self::new(name, kind, about)
    }

    /// The same key, which has to be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.need = Need::Always;
        self
    }

    /// The same key, which has to be there when `key` has the word `word`.
    #[must_use]
    pub const fn required_when(mut self, key: &'static str, word: &'static str) -> Self {
        self.need = Need::When(key, word);
        self
    }

    /// The same key, whose text looks like `pattern`.
    #[must_use]
    pub const fn like(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }
}
