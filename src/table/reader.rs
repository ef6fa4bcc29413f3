//! Typed reading of a table: every value that is missing, unknown or of the wrong type becomes a problem.

use std::cell::RefCell;

use chrono::{Datelike, NaiveDate};

use super::{Entry, KeyKind, Need, Shape, Table, Value, ValueKind};
use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::text::{Edit, Span, Spanned, nearest};

/// The first year that can be meant. Earlier ones are slips of the pen: `0026` is no year of an incident.
pub const FIRST_YEAR: i32 = 1970;

/// Reads the keys of one table. Builds with debug assertions, such as tests, prove that the shape and what is read agree.
pub struct TableReader<'a> {
    table: &'a Table,
    shape: &'static Shape,
    /// Where findings about missing keys point.
    place: Span,
    asked: RefCell<Vec<Asked>>,
    problems: &'a RefCell<Problems>,
}

/// A key that was asked for, and whether it had to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    For(&'static str),
    WithNeed(&'static str),
}

impl<'a> TableReader<'a> {
    /// Begins to read `table`, which should look like `shape`; missing keys are reported at `place`.
    pub fn new(table: &'a Table, shape: &'static Shape, place: Span, problems: &'a RefCell<Problems>) -> Self {
        Self { table, shape, place, asked: RefCell::default(), problems }
    }

    /// The place that stands for the whole table.
    pub fn place(&self) -> Span {
        self.place
    }

    /// A string that says something. One that is blank is reported: what is left empty is left out.
    pub fn text(&self, key: &'static str) -> Option<Spanned<String>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Text));
        let text = self.string(key)?;
        if text.value.trim().is_empty() {
            let help = "Write something between the quotes, or delete the key.".to_owned();
            self.add(ProblemKind::MissingKey, text.span, format!("`{key}` is empty"), Some(help));
            return None;
        }
        Some(text)
    }

    fn string(&self, key: &'static str) -> Option<Spanned<String>> {
        self.value(key, "a string", |kind| match kind {
            ValueKind::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// A string that has to be there and say something.
    pub fn required_text(&self, key: &'static str) -> Option<Spanned<String>> {
        self.require(key);
        self.text(key)
    }

    /// A date in a year that can be meant.
    pub fn date(&self, key: &'static str) -> Option<Spanned<NaiveDate>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Date));
        let date = self.value(key, "a date such as 2024-03-31, without quotes", |kind| match kind {
            ValueKind::Date(date) => Some(*date),
            _ => None,
        })?;
        if date.value.year() < FIRST_YEAR {
            let message = format!("`{key}` is a day of the year {}", date.value.year());
            let help =
                format!("Write the year with all four digits, such as 2024; years begin with {FIRST_YEAR} here.");
            self.add(ProblemKind::WrongType, date.span, message, Some(help));
            return None;
        }
        Some(date)
    }

    /// A whole number that is not negative.
    pub fn count(&self, key: &'static str) -> Option<Spanned<u64>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Count));
        self.value(key, "a whole number from 0", |kind| match kind {
            ValueKind::Integer(number) => u64::try_from(*number).ok(),
            _ => None,
        })
    }

    /// A list of strings; an item of another type is reported and left out.
    pub fn texts(&self, key: &'static str) -> Vec<Spanned<String>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Texts));
        self.strings(key)
    }

    fn strings(&self, key: &'static str) -> Vec<Spanned<String>> {
        let items = self.value(key, "a list of strings", |kind| match kind {
            ValueKind::Array(items) => Some(items.clone()),
            _ => None,
        });
        let mut texts = Vec::new();
        for item in items.map(|items| items.value).unwrap_or_default() {
            match item.kind {
                ValueKind::Text(text) if text.trim().is_empty() => {
                    self.add(ProblemKind::MissingKey, item.span, format!("an item of `{key}` is empty"), None);
                }
                ValueKind::Text(text) => texts.push(Spanned::new(text, item.span)),
                other => self.wrong_type(item.span, &format!("an item of `{key}`"), "a string", other.noun()),
            }
        }
        texts
    }

    /// A word of a vocabulary, given as pairs of word and meaning. Other words are reported with the nearest one.
    pub fn word<T: Copy>(&self, key: &'static str, vocabulary: &[(&str, T)]) -> Option<Spanned<T>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Word(words) if have_words(&words(), vocabulary)));
        let word = self.string(key)?;
        if let Some((_, meaning)) = vocabulary.iter().find(|(known, _)| *known == word.value) {
            return Some(Spanned::new(*meaning, word.span));
        }
        let words: Vec<&str> = vocabulary.iter().map(|(known, _)| *known).collect();
        self.unknown_word(key, &word, &words);
        None
    }

    /// A list of words of a vocabulary.
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

    /// Reports a value that is none of `words`.
    pub fn unknown_word(&self, key: &str, word: &Spanned<String>, words: &[&str]) {
        let near = nearest(&word.value, words.iter().copied());
        let help = match near {
            Some(near) => format!("Did you mean `{near}`? It can be {}.", list(words)),
            None => format!("It can be {}.", list(words)),
        };
        let message = format!("`{}` is no value of `{key}`", word.value);
        self.add(ProblemKind::UnknownValue, word.span, message, Some(help));
        // Only how a word is written is mended without asking: `Final` is `final`, and `fial` may be anything.
        if let Some(near) = near.filter(|near| plain(near) == plain(&word.value)) {
            self.fix(word.span, format!("\"{near}\""));
        }
    }

    /// A table inside this one, and the place of its key.
    pub fn table(&self, key: &'static str) -> Option<(&'a Table, Span)> {
        self.ask(key, |kind| matches!(kind, KeyKind::Table(_) | KeyKind::Named(_) | KeyKind::Levels));
        let entry = self.entry(key)?;
        match &entry.value.kind {
            ValueKind::Table(table) => Some((table, entry.key_span)),
            other => {
                self.wrong_type(entry.value.span, &format!("`{key}`"), "a table", other.noun());
                None
            }
        }
    }

    /// A list of tables, each with the place that stands for it.
    pub fn tables(&self, key: &'static str) -> Vec<(&'a Table, Span)> {
        self.ask(key, |kind| matches!(kind, KeyKind::Tables(_)));
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let ValueKind::Array(items) = &entry.value.kind else {
            let wanted = format!("a list of tables, each opened by `[[{key}]]`");
            self.wrong_type(entry.value.span, &format!("`{key}`"), &wanted, entry.value.kind.noun());
            return Vec::new();
        };
        let mut tables = Vec::new();
        for Value { kind, span } in items {
            match kind {
                ValueKind::Table(table) => tables.push((table, *span)),
                other => self.wrong_type(*span, &format!("an item of `{key}`"), "a table", other.noun()),
            }
        }
        tables
    }

    /// Whether a key is there, whatever its value.
    pub fn present(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Reports a key that has to be there and is not.
    pub fn require(&self, key: &'static str) {
        debug_assert!(
            self.shape.key(key).is_some_and(|key| key.need != Need::Optional),
            "the format says that {} may lack `{key}`",
            self.shape.noun
        );
        self.asked.borrow_mut().push(Asked::WithNeed(key));
        if !self.present(key) {
            self.add(ProblemKind::MissingKey, self.place, format!("{} has no `{key}`", self.shape.noun), None);
        }
    }

    /// Accepts a key that is read elsewhere, or by a later version.
    pub fn accept(&self, key: &'static str) {
        self.ask(key, |kind| matches!(kind, KeyKind::Any | KeyKind::Reasons));
    }

    /// Ends the reading: every key that the shape does not have is reported.
    pub fn finish(self) {
        debug_assert!(self.has_read_all(), "{} was not read as the format says", self.shape.noun);
        let known = || self.shape.keys.iter().map(|key| key.name);
        for entry in self.table.entries.iter().filter(|entry| self.shape.key(&entry.key).is_none()) {
            let near = nearest(&entry.key, known());
            let help = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Delete it, or move it to a key that exists; `casebook new` shows them all.".to_owned(),
            };
            let message = format!("{} has no key `{}`", self.shape.noun, entry.key);
            self.add(ProblemKind::UnknownKey, entry.key_span, message, Some(help));
            if let Some(near) = near.filter(|near| !self.present(near)) {
                self.fix(entry.key_span, near.to_owned());
            }
        }
    }

    /// Whether each key of the shape was asked for, and those that are always needed with that need.
    fn has_read_all(&self) -> bool {
        let asked = self.asked.borrow();
        self.shape.keys.iter().all(|key| match key.need {
            Need::Always => asked.contains(&Asked::WithNeed(key.name)),
            _ => {
                asked.iter().any(|asked| matches!(asked, Asked::For(name) | Asked::WithNeed(name) if *name == key.name))
            }
        })
    }

    /// Remembers that a key was asked for. It has to be in the shape, and to take what it is read as.
    fn ask(&self, key: &'static str, fits: impl Fn(&KeyKind) -> bool) {
        debug_assert!(
            self.shape.key(key).is_some_and(|key| fits(&key.kind)),
            "the format does not know `{key}` of {} as it is read",
            self.shape.noun
        );
        self.asked.borrow_mut().push(Asked::For(key));
    }

    fn entry(&self, key: &'static str) -> Option<&'a Entry> {
        self.table.get(key)
    }

    fn value<T>(&self, key: &'static str, wanted: &str, read: impl Fn(&ValueKind) -> Option<T>) -> Option<Spanned<T>> {
        let value = &self.entry(key)?.value;
        match read(&value.kind) {
            Some(read) => Some(Spanned::new(read, value.span)),
            None => {
                self.wrong_type(value.span, &format!("`{key}`"), wanted, value.kind.noun());
                None
            }
        }
    }

    fn wrong_type(&self, span: Span, subject: &str, wanted: &str, found: &str) {
        let help = Some(format!("Write {wanted}."));
        self.add(ProblemKind::WrongType, span, format!("{subject} takes {wanted}, and this is {found}"), help);
    }

    /// Offers a change that mends the problem that was added last.
    fn fix(&self, span: Span, text: String) {
        if let Some(last) = self.problems.borrow_mut().0.last_mut() {
            last.fix.push(Edit { span, text });
        }
    }

    fn add(&self, kind: ProblemKind, span: Span, message: String, help: Option<String>) {
        self.problems.borrow_mut().0.push(Problem { kind, span, message, help, fix: Vec::new() });
    }
}

fn have_words<T>(words: &[&str], vocabulary: &[(&str, T)]) -> bool {
    words.iter().copied().eq(vocabulary.iter().map(|(word, _)| *word))
}

/// A word without what only writing adds: case, hyphens and blanks.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn list(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => format!("`{one}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
    }
}
