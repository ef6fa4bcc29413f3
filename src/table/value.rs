//! A table as data: every key and every value with its place, whatever grammar it was written in.

use chrono::NaiveDate;

use crate::text::Span;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands.
    pub span: Span,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date without a time.
    Date(NaiveDate),
    /// A date or time that is more, or other, than a plain date.
    Time(String),
    /// A list.
    Array(Vec<Value>),
    /// A table.
    Table(Table),
}

impl ValueKind {
    /// What to call such a value in a message.
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
        }
    }
}

/// A table: its entries in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Where the table stands; for a `[table]`, its header.
    pub span: Span,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

impl Table {
    /// The entry of a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}
