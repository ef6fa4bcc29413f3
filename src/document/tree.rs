//! TOML as a tree in which every key and every value knows its place.

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::{ProblemKind, Problems};
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

/// Reads the TOML that `span` covers in `text`. What breaks the grammar becomes a problem, and the rest is read.
pub fn read_toml(text: &str, span: Span, problems: &mut Problems) -> Table {
    let (table, errors) = DeTable::parse_recoverable(span.slice(text));
    for error in errors {
        let place = error.span().map_or(Span::at(span.start), |range| Span::from(range).shifted(span.start));
        problems.add(ProblemKind::BrokenToml, place, sentence(error.message()));
    }
    let at = Span::from(table.span()).shifted(span.start);
    convert_table(table.get_ref(), at, span.start)
}

fn sentence(message: &str) -> String {
    let line = message.lines().map(str::trim).collect::<Vec<_>>().join(", ");
    format!("this is not TOML: {line}")
}

fn convert_table(table: &DeTable<'_>, span: Span, offset: usize) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: Span::from(key.span()).shifted(offset),
            value: convert(value.get_ref(), Span::from(value.span()).shifted(offset), offset),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    Table { entries, span }
}

fn convert(value: &DeValue<'_>, span: Span, offset: usize) -> Value {
    let kind = match value {
        DeValue::String(text) => ValueKind::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
            Ok(number) => ValueKind::Integer(number),
            Err(_) => ValueKind::Float(f64::INFINITY),
        },
        DeValue::Float(number) => ValueKind::Float(number.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => ValueKind::Boolean(*value),
        DeValue::Datetime(time) => match (time.date, time.time) {
            (Some(date), None) => NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
                .map_or_else(|| ValueKind::Time(time.to_string()), ValueKind::Date),
            _ => ValueKind::Time(time.to_string()),
        },
        DeValue::Array(array) => ValueKind::Array(
            array.iter().map(|item| convert(item.get_ref(), Span::from(item.span()).shifted(offset), offset)).collect(),
        ),
        DeValue::Table(table) => ValueKind::Table(convert_table(table, span, offset)),
    };
    Value { kind, span }
}
