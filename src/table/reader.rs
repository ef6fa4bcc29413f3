//! Reads a table key by key: missing and unknown keys, and values of the wrong type, become problems.

mod need;
mod word;

use std::cell::{RefCell, RefMut};

use chrono::{Datelike, NaiveDate};

use super::{Entry, KeyKind, Requirement, Table, TableSchema, Value, ValueKind};
use crate::diagnostic::{Problem, ProblemKind, Problems};
use crate::text::{Edit, Span, Spanned, nearest};

/// The earliest year of a date. Earlier ones are typing errors, such as `0026`.
pub const FIRST_YEAR: i32 = 1970;

/// Reads the keys of one table. Debug builds panic when the code reads other keys than the schema has.
pub struct TableReader<'a> {
    table: &'a Table,
    schema: &'static TableSchema,
    /// Where problems about missing keys point.
    place: Span,
    asked: RefCell<Vec<Asked>>,
    problems: &'a RefCell<Problems>,
}

/// A key that the code read, and whether it required it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    For(&'static str),
    WithNeed(&'static str),
}

impl<'a> TableReader<'a> {
    /// Begins to read `table` by `schema`. Missing keys are reported at `place`.
    pub fn new(table: &'a Table, schema: &'static TableSchema, place: Span, problems: &'a RefCell<Problems>) -> Self {
        Self { table, schema, place, asked: RefCell::default(), problems }
    }

    /// The place of the table for problems about all of it.
    pub fn place(&self) -> Span {
        self.place
    }

    /// A string; one of blanks only is reported, since an empty value means that the key should be left out.
    pub fn text(&self, key: &'static str) -> Option<Spanned<String>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Text));
        if self.says_unknown(key) {
            return None;
        }
        self.checked_text(key)
    }

    fn checked_text(&self, key: &'static str) -> Option<Spanned<String>> {
        let text = self.string(key)?;
        if text.value.trim().is_empty() {
            self.add(ProblemKind::MissingKey, text.span, format!("`{key}` is empty"))
                .help("Write something between the quotes, or delete the key.");
            return None;
        }
        Some(text)
    }

    /// Blanks count, so that they can be reported.
    fn string(&self, key: &'static str) -> Option<Spanned<String>> {
        match &self.table.get(key)?.value {
            Value { kind: ValueKind::Text(text), span } => Some(Spanned::new(text.clone(), *span)),
            _ => self.value(key, "a string", |_| None),
        }
    }

    /// A string as [`Self::text`] reads it; a missing key is reported.
    pub fn required_text(&self, key: &'static str) -> Option<Spanned<String>> {
        self.require(key);
        self.text(key)
    }

    /// A date from [`FIRST_YEAR`] on.
    pub fn date(&self, key: &'static str) -> Option<Spanned<NaiveDate>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Date));
        if self.says_unknown(key) {
            return None;
        }
        let date = self.value(key, "a date such as 2024-03-31, without quotes", |kind| match kind {
            ValueKind::Date(date) => Some(*date),
            _ => None,
        })?;
        if date.value.year() < FIRST_YEAR {
            let message = format!("`{key}` is a day of the year {}", date.value.year());
            let help =
                format!("Write the year with all four digits, such as 2024; years begin with {FIRST_YEAR} here.");
            self.add(ProblemKind::WrongType, date.span, message).help(help);
            return None;
        }
        Some(date)
    }

    /// Whether a key that takes it has the word `unknown`, in any case.
    pub fn says_unknown(&self, key: &str) -> bool {
        let takes_unknown = self.schema.key(key).is_some_and(|key| key.takes_unknown);
        let value = self.table.get(key).map(|entry| &entry.value.kind);
        takes_unknown && matches!(value, Some(ValueKind::Text(text)) if text.trim().eq_ignore_ascii_case("unknown"))
    }

    /// A whole number from 0.
    pub fn count(&self, key: &'static str) -> Option<Spanned<u64>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Count));
        self.value(key, "a whole number from 0", |kind| match kind {
            ValueKind::Integer(number) => u64::try_from(*number).ok(),
            _ => None,
        })
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &'static str) -> Option<Spanned<bool>> {
        self.ask(key, |kind| matches!(kind, KeyKind::Flag));
        self.value(key, "true or false, without quotes", |kind| match kind {
            ValueKind::Boolean(value) => Some(*value),
            _ => None,
        })
    }

    /// A list of strings. Empty items and those of another type are reported and left out; empty without the key.
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
            match &item.kind {
                ValueKind::Text(text) if text.trim().is_empty() => {
                    self.add(ProblemKind::MissingKey, item.span, format!("an item of `{key}` is empty"));
                }
                ValueKind::Text(text) => texts.push(Spanned::new(text.clone(), item.span)),
                ValueKind::Nothing => {}
                _ => self.wrong_type(&item, &format!("an item of `{key}`"), "a string"),
            }
        }
        texts
    }

    /// A table inside this one, and the place of its key; another type is reported.
    pub fn table(&self, key: &'static str) -> Option<(&'a Table, Span)> {
        self.ask(key, |kind| {
            matches!(
                kind,
                KeyKind::Table(_) | KeyKind::TextOrTable(_) | KeyKind::Named(_) | KeyKind::NamedTexts | KeyKind::Levels
            )
        });
        let entry = self.entry(key)?;
        match &entry.value.kind {
            ValueKind::Table(table) => Some((table, entry.key_span)),
            _ => {
                self.wrong_type(&entry.value, &format!("`{key}`"), "a table");
                None
            }
        }
    }

    /// The text of a key that takes a text or a table, when it is a text.
    pub fn text_instead_of_table(&self, key: &'static str) -> Option<Spanned<String>> {
        let is_text = matches!(self.table.get(key)?.value.kind, ValueKind::Text(_));
        if is_text { self.checked_text(key) } else { None }
    }

    /// A list of tables, each with its place; empty without the key. Another type is reported.
    pub fn tables(&self, key: &'static str) -> Vec<(&'a Table, Span)> {
        self.ask(key, |kind| matches!(kind, KeyKind::Tables(_)));
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let ValueKind::Array(items) = &entry.value.kind else {
            let wanted = format!("a list of tables, each opened by `[[{key}]]`");
            self.wrong_type(&entry.value, &format!("`{key}`"), &wanted);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match &item.kind {
                ValueKind::Table(table) => tables.push((table, item.span)),
                _ => self.wrong_type(item, &format!("an item of `{key}`"), "a table"),
            }
        }
        tables
    }

    /// Whether the table has a key with a value.
    pub fn present(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Marks a key as read that other code reads, or a later version.
    pub fn accept(&self, key: &'static str) {
        self.ask(key, |kind| matches!(kind, KeyKind::Any | KeyKind::Reasons));
    }

    /// Ends the reading, and reports every key that the schema does not have.
    pub fn finish(self) {
        self.finish_beside(&[]);
    }

    /// Ends the reading, and reports every key that neither the schema has nor `others` names.
    pub fn finish_beside(self, others: &[&str]) {
        debug_assert!(self.has_read_all(), "{} was not read as the format says", self.schema.noun);
        let known = || self.schema.keys.iter().map(|key| key.name);
        let is_known = |key: &str| self.schema.key(key).is_some() || others.contains(&key);
        for entry in self.table.entries.iter().filter(|entry| !is_known(&entry.key)) {
            let near = nearest(&entry.key, known());
            let help = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => {
                    format!("Delete it, or move it to a key that exists: {}.", word::list(&known().collect::<Vec<_>>()))
                }
            };
            let message = format!("{} has no key `{}`", self.schema.noun, entry.key);
            let mut problem = self.add(ProblemKind::UnknownKey, entry.key_span, message);
            problem.help(help);
            if let Some(near) = near.filter(|near| !self.present(near)) {
                problem.fix.push(Edit { span: entry.key_span, text: near.to_owned() });
            }
        }
    }

    /// Whether the code read every key, and required those that are always required.
    fn has_read_all(&self) -> bool {
        let asked = self.asked.borrow();
        self.schema.keys.iter().all(|key| match key.need {
            Requirement::Always => asked.contains(&Asked::WithNeed(key.name)),
            _ => {
                asked.iter().any(|asked| matches!(asked, Asked::For(name) | Asked::WithNeed(name) if *name == key.name))
            }
        })
    }

    /// Notes that a key is read. The schema must have it, with a kind that `fits`.
    fn ask(&self, key: &'static str, fits: impl Fn(&KeyKind) -> bool) {
        debug_assert!(
            self.schema.key(key).is_some_and(|key| fits(&key.kind)),
            "the format does not know `{key}` of {} as it is read",
            self.schema.noun
        );
        self.asked.borrow_mut().push(Asked::For(key));
    }

    /// The entry of a key. One without a value counts as left out, as authors of templates mean it.
    fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.table.given(key)
    }

    fn value<T>(&self, key: &'static str, wanted: &str, read: impl Fn(&ValueKind) -> Option<T>) -> Option<Spanned<T>> {
        let value = &self.entry(key)?.value;
        match read(&value.kind) {
            Some(read) => Some(Spanned::new(read, value.span)),
            None => {
                self.wrong_type(value, &format!("`{key}`"), wanted);
                None
            }
        }
    }

    /// Reports that `subject`, which has `value`, takes what `wanted` says.
    fn wrong_type(&self, value: &Value, subject: &str, wanted: &str) {
        let message = format!("{subject} takes {wanted}, and this is {}", value.kind.noun());
        let mut problem = self.add(ProblemKind::WrongType, value.span, message);
        if wanted == "a string" && value.kind.is_bare() {
            problem.help("Put it between quotes.");
            problem.fix = [value.span.start, value.span.end]
                .map(|end| Edit { span: Span::at(end), text: "\"".to_owned() })
                .into();
        } else {
            problem.help(format!("Write {wanted}."));
        }
    }

    fn add(&self, kind: ProblemKind, span: Span, message: String) -> RefMut<'_, Problem> {
        RefMut::map(self.problems.borrow_mut(), |problems| problems.add(kind, span, message))
    }
}
