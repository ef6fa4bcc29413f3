//! The keys that a table may have. Readers check tables by it, and the JSON Schemas are made from it.

/// A kind of table and every key that it may have.
#[derive(Debug)]
pub struct TableSchema {
    /// Its name in messages, such as "an action".
    pub noun: &'static str,
    /// Its purpose in one sentence, for the JSON Schema.
    pub about: &'static str,
    /// Its keys in the order of the template.
    pub keys: &'static [Key],
    /// Keys of which at least one is required; may be empty.
    pub one_of: &'static [&'static str],
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as written in TOML.
    pub name: &'static str,
    /// The type of its value.
    pub kind: KeyKind,
    /// Whether it may be left out.
    pub need: Requirement,
    /// Its meaning in one or two sentences, for the JSON Schema and the reference.
    pub about: &'static str,
    /// What holds where it is left out; empty for nothing.
    pub default: &'static str,
    /// A value for the reference: a text without its quotes, one item of a list, or the value as TOML writes it; empty
    /// where the words of the key are shown.
    pub example: &'static str,
    /// A regular expression for its text, or for each text of its list, in the syntax of JSON Schema.
    pub pattern: Option<&'static str>,
    /// Whether it takes the word `unknown`, too.
    pub takes_unknown: bool,
    /// The beginning of its words that may be left out; such words are taken in any case. Empty for all others.
    pub optional_prefix: &'static str,
}

/// Whether a key is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// It may be left out.
    Optional,
    /// It is required.
    Always,
    /// It is required when the key of the first name has the second word.
    When(&'static str, &'static str),
}

/// Gives the words of a vocabulary, each with its meaning in a sentence.
pub type WordList = fn() -> Vec<(&'static str, &'static str)>;

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum KeyKind {
    /// A string that is not empty.
    Text,
    /// A TOML date, written without quotes.
    Date,
    /// A whole number, 0 or more.
    Count,
    /// `true` or `false`.
    Flag,
    /// A list of strings, none of them empty.
    Texts,
    /// One word of a closed set.
    Word(WordList),
    /// A list of words of a closed set.
    Words(WordList),
    /// A table.
    Table(&'static TableSchema),
    /// A string, or a table that says the same in more words.
    TextOrTable(&'static TableSchema),
    /// A list of tables.
    Tables(&'static TableSchema),
    /// A table whose keys are names that the author chooses, each with a table.
    Named(&'static TableSchema),
    /// A table whose keys are names that the author chooses, each with a string.
    NamedTexts,
    /// A table from rules to the reasons why their findings are allowed.
    Reasons,
    /// A table from rules to levels; its keys `collected` and `adopted` have such tables for reviews of that kind.
    Levels,
    /// Anything, since other code reads it, or a later version.
    Any,
}

impl TableSchema {
    /// The key `name`; `None` when the table may not have it.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl Key {
    const fn new(name: &'static str, kind: KeyKind, about: &'static str) -> Self {
        Self {
            name,
            kind,
            need: Requirement::Optional,
            about,
            default: "",
            example: "",
            pattern: None,
            takes_unknown: false,
            optional_prefix: "",
        }
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

    /// A key that takes `true` or `false`.
    pub const fn flag(name: &'static str, about: &'static str) -> Self {
        Self::new(name, KeyKind::Flag, about)
    }

    /// A key that takes a list of strings.
    pub const fn texts(name: &'static str, about: &'static str) -> Self {
        Self::new(name, KeyKind::Texts, about)
    }

    /// A key that takes one of the words that `words` gives.
    pub const fn word(name: &'static str, words: WordList, about: &'static str) -> Self {
        Self::new(name, KeyKind::Word(words), about)
    }

    /// A key that takes a list of the words that `words` gives.
    pub const fn words(name: &'static str, words: WordList, about: &'static str) -> Self {
        Self::new(name, KeyKind::Words(words), about)
    }

    /// A key that takes a table.
    pub const fn table(name: &'static str, shape: &'static TableSchema) -> Self {
        Self::new(name, KeyKind::Table(shape), shape.about)
    }

    /// A key that takes a string, or a table that says the same in more words.
    pub const fn text_or_table(name: &'static str, shape: &'static TableSchema) -> Self {
        Self::new(name, KeyKind::TextOrTable(shape), shape.about)
    }

    /// A key that takes a list of tables.
    pub const fn tables(name: &'static str, shape: &'static TableSchema) -> Self {
        Self::new(name, KeyKind::Tables(shape), shape.about)
    }

    /// A key that takes a table of tables, each under a name that the author chooses.
    pub const fn named(name: &'static str, shape: &'static TableSchema) -> Self {
        Self::new(name, KeyKind::Named(shape), shape.about)
    }

    /// A key of any kind, for those without a function of their own.
    pub const fn of_kind(name: &'static str, kind: KeyKind, about: &'static str) -> Self {
        Self::new(name, kind, about)
    }

    /// Makes the key required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.need = Requirement::Always;
        self
    }

    /// Makes the key required when `key` has the word `word`.
    #[must_use]
    pub const fn required_when(mut self, key: &'static str, word: &'static str) -> Self {
        self.need = Requirement::When(key, word);
        self
    }

    /// Says what holds without the key.
    #[must_use]
    pub const fn without(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    /// Shows a value: a text without its quotes, one item of a list, or the value as TOML writes it.
    #[must_use]
    pub const fn like_this(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// Lets it be `unknown`.
    #[must_use]
    pub const fn or_unknown(mut self) -> Self {
        self.takes_unknown = true;
        self
    }

    /// Lets its words be written without `prefix`, and in any case.
    #[must_use]
    pub const fn or_without(mut self, prefix: &'static str) -> Self {
        self.optional_prefix = prefix;
        self
    }

    /// Sets the regular expression that its text has to match.
    #[must_use]
    pub const fn like(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }
}
