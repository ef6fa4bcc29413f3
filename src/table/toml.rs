//! Reads TOML as a table with places, and cuts out what is withheld.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::{Entry, Table, Value, ValueKind, withheld};
use crate::diagnostic::{ProblemKind, Problems};
use crate::redact;
use crate::text::Span;

/// Reads the TOML that `span` covers in `text`. Syntax errors become problems, and the rest is read. Cut out are comments
/// and internal blocks inside strings, and everything between TOML comments that are markers of an internal block.
pub fn read_toml(text: &str, span: Span, problems: &mut Problems) -> Table {
    let raw = without_blocks(span.slice(text), span.start, problems);
    let (table, errors) = DeTable::parse_recoverable(&raw);
    for error in errors {
        let place = error.span().map_or(Span::at(span.start), |range| Span::from(range).shifted(span.start));
        problems.add(ProblemKind::BrokenToml, place, syntax_error(error.message()));
    }
    let at = Span::from(table.span()).shifted(span.start);
    Conversion { raw: &raw, offset: span.start, problems }.table(table.get_ref(), at)
}

/// `raw` with blanks over the internal blocks whose markers are outside of strings.
fn without_blocks<'a>(raw: &'a str, offset: usize, problems: &mut Problems) -> Cow<'a, str> {
    if !withheld::has_markers(raw) {
        return raw.into();
    }
    let mut strings = Vec::new();
    collect_strings(DeTable::parse_recoverable(raw).0.get_ref(), &mut strings);
    withheld::without_blocks(raw, offset, strings, problems).into()
}

/// Adds the places of all keys and strings to `found`; none overlaps another.
fn collect_strings(table: &DeTable<'_>, found: &mut Vec<Span>) {
    fn collect(value: &toml::Spanned<DeValue<'_>>, found: &mut Vec<Span>) {
        match value.get_ref() {
            DeValue::String(_) => found.push(value.span().into()),
            DeValue::Array(items) => items.iter().for_each(|item| collect(item, found)),
            DeValue::Table(table) => collect_strings(table, found),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }
    for (key, value) in table {
        found.push(key.span().into());
        collect(value, found);
    }
}

fn syntax_error(message: &str) -> String {
    let line = message.lines().map(str::trim).collect::<Vec<_>>().join(", ");
    format!("this is not TOML: {line}")
}

/// Converts the table of the parser, and moves places from the TOML to the whole file.
struct Conversion<'a> {
    raw: &'a str,
    offset: usize,
    problems: &'a mut Problems,
}

impl Conversion<'_> {
    fn table(&mut self, table: &DeTable<'_>, span: Span) -> Table {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_span = self.place(key.span());
            entries.push(Entry {
                key: self.string(key.get_ref(), key_span),
                key_span,
                value: self.value(value.get_ref(), self.place(value.span())),
            });
        }
        entries.sort_by_key(|entry| entry.key_span);
        Table { entries, span }
    }

    fn value(&mut self, value: &DeValue<'_>, span: Span) -> Value {
        let kind = match value {
            DeValue::String(text) => ValueKind::Text(self.string(text, span)),
            DeValue::Integer(number) => match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
                Ok(number) => ValueKind::Integer(number),
                Err(_) => ValueKind::Float(f64::INFINITY),
            },
            DeValue::Float(number) => ValueKind::Float(number.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(value) => ValueKind::Boolean(*value),
            DeValue::Datetime(time) => match (time.date, time.time) {
                // A day that no calendar has is an error of the parser, reported there.
                (Some(date), None) => NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
                    .map_or(ValueKind::Nothing, ValueKind::Date),
                (None, None) => ValueKind::Nothing,
                _ => ValueKind::Time(time.to_string()),
            },
            DeValue::Array(array) => {
                ValueKind::Array(array.iter().map(|item| self.value(item.get_ref(), self.place(item.span()))).collect())
            }
            DeValue::Table(table) => ValueKind::Table(self.table(table, span)),
        };
        Value { kind, span }
    }

    fn string(&mut self, value: &str, span: Span) -> String {
        let raw = Span::new(span.start - self.offset, span.end - self.offset).slice(self.raw);
        redact::redact_string(value.to_owned(), raw, span, self.problems)
    }

    fn place(&self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.offset)
    }
}
