//! Tables and values with their places, independent of the syntax they were written in.

use chrono::NaiveDate;

use crate::text::Span;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The type, and the value itself.
    pub kind: ValueKind,
    /// The place of the value in the file.
    pub span: Span,
}

/// A value without its place.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// A string.
    Text(String),
    /// A whole number in the range of `i64`.
    Integer(i64),
    /// A number with a fraction, or a whole number beyond `i64`, which becomes infinite.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date without a time.
    Date(NaiveDate),
    /// A time, or a date with a time, as written.
    Time(String),
    /// A list.
    Array(Vec<Value>),
    /// A table.
    Table(Table),
    /// No value: YAML's null, or what could not be read and was reported.
    Nothing,
}

impl ValueKind {
    /// Whether it is written without quotes or brackets, so that quotes make a string of it.
    pub fn is_bare(&self) -> bool {
        match self {
            Self::Integer(_) | Self::Float(_) | Self::Boolean(_) | Self::Date(_) | Self::Time(_) => true,
            Self::Text(_) | Self::Array(_) | Self::Table(_) | Self::Nothing => false,
        }
    }

    /// Whether nobody filled it in: no value, or a string of blanks.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Nothing => true,
            Self::Integer(_)
            | Self::Float(_)
            | Self::Boolean(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Array(_)
            | Self::Table(_) => false,
        }
    }

    /// The string, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Integer(_)
            | Self::Float(_)
            | Self::Boolean(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Array(_)
            | Self::Table(_)
            | Self::Nothing => None,
        }
    }

    /// The type as messages name it, such as "a string".
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number with a fraction",
            Self::Boolean(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Time(_) => "a date with a time",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Nothing => "no value",
        }
    }
}

/// A table: its entries in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Keys and values in the order of the file.
    pub entries: Vec<Entry>,
    /// The place of the table; of a `[table]`, its header.
    pub span: Span,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key without quotes.
    pub key: String,
    /// The place of the key in the file.
    pub key_span: Span,
    /// The value and its place.
    pub value: Value,
}

impl Entry {
    /// The values in it that hold no others, in the order of the file, each with the key that is nearest to it.
    pub fn leaves(&self) -> Vec<(&str, &Value)> {
        let mut leaves = Vec::new();
        add_leaves(&self.key, &self.value, &mut leaves);
        leaves
    }
}

fn add_leaves<'a>(key: &'a str, value: &'a Value, leaves: &mut Vec<(&'a str, &'a Value)>) {
    match &value.kind {
        ValueKind::Array(items) => items.iter().for_each(|item| add_leaves(key, item, leaves)),
        ValueKind::Table(table) => {
            table.entries.iter().for_each(|entry| add_leaves(&entry.key, &entry.value, leaves));
        }
        ValueKind::Text(_)
        | ValueKind::Integer(_)
        | ValueKind::Float(_)
        | ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::Time(_)
        | ValueKind::Nothing => leaves.push((key, value)),
    }
}

impl Table {
    /// The entry of `key`, also an empty one; `None` when the table lacks it.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The entry of `key` where its value says something. A key of a template that nobody filled in says nothing.
    pub fn given(&self, key: &str) -> Option<&Entry> {
        self.get(key).filter(|entry| !entry.value.kind.is_empty())
    }

    /// Adds entries in the place of those that say nothing.
    pub fn fill_in(&mut self, found: Vec<Entry>) {
        self.entries.retain(|entry| found.iter().all(|found| found.key != entry.key) || !entry.value.kind.is_empty());
        self.entries.extend(found);
    }
}
