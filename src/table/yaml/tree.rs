//! Builds the tree of values from the events of the YAML parser.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{error, scalar};
use crate::diagnostic::{ProblemKind, Problems};
use crate::redact;
use crate::table::{Entry, Table, Value, ValueKind};
use crate::text::Span;

/// The greatest depth of nested tables and lists.
const DEPTH: usize = 64;

/// A YAML text, as far as it could be read.
pub(super) struct Tree {
    pub(super) root: Option<Value>,
    /// Whether the parser stopped at a mistake.
    pub(super) is_broken: bool,
}

impl Tree {
    /// Reads all of `raw`, which stands at `offset` in its file. Redaction and duplicate keys are reported as in TOML.
    pub(super) fn read(raw: &str, offset: usize, problems: &mut Problems) -> Self {
        let mut building = Building { raw, offset, places: Places::new(raw), open: Vec::new(), root: None, problems };
        let mut parser = Parser::new_from_str(raw);
        let mut is_broken = false;
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, span)) => {
                    let span = building.places.span(span);
                    if building.take(event, span).is_err() {
                        is_broken = true;
                        break;
                    }
                }
                Err(error) => {
                    let at = building.places.byte(error.marker().index());
                    error::report(&error, raw, at, offset, building.problems);
                    is_broken = true;
                    break;
                }
            }
        }
        while !building.open.is_empty() {
            building.close(None);
        }
        Self { root: building.root, is_broken }
    }
}

/// The places of all keys and scalars in `raw`, in order, up to the first mistake.
pub(super) fn scalars(raw: &str) -> Vec<Span> {
    let places = Places::new(raw);
    let mut found = Vec::new();
    let mut parser = Parser::new_from_str(raw);
    while let Some(Ok((event, span))) = parser.next_event() {
        match event {
            Event::Scalar(_, style, _, _) => found.push(trimmed(raw, places.span(span), style)),
            Event::StreamEnd => break,
            _ => {}
        }
    }
    found
}

/// Reading stops here.
struct Stopped;

struct Building<'a> {
    raw: &'a str,
    offset: usize,
    places: Places,
    open: Vec<Open>,
    root: Option<Value>,
    problems: &'a mut Problems,
}

/// A table or list that is not closed yet.
struct Open {
    span: Span,
    inside: Inside,
}

enum Inside {
    Table { entries: Vec<Entry>, keys: BTreeSet<String>, key: Option<Key> },
    List(Vec<Value>),
}

/// A key that waits for its value; without a name when it is none.
struct Key {
    name: Option<String>,
    span: Span,
}

impl Building<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Stopped> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = trimmed(self.raw, span, style);
                let has_properties = anchor != 0 || tag.is_some();
                let span = if has_properties { without_properties(self.raw, span) } else { span };
                let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let text = self.redacted(text.into_owned(), span);
                if self.awaits_key() {
                    self.key(Some(text), span);
                } else {
                    let kind = self.scalar(text, span, if is_text { ScalarStyle::SingleQuoted } else { style });
                    self.value(Value { kind, span: span.shifted(self.offset) });
                }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.open.len() == DEPTH => {
                let message =
                    format!("tables and lists are nested more than {DEPTH} deep here, and no deeper ones are read");
                let place = first_line(self.raw, span).shifted(self.offset);
                self.problems.add(ProblemKind::BrokenToml, place, message);
                return Err(Stopped);
            }
            Event::SequenceStart(..) => self.open(span, Inside::List(Vec::new())),
            Event::MappingStart(..) => {
                self.open(span, Inside::Table { entries: Vec::new(), keys: BTreeSet::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(span)),
            Event::Alias(_) => {
                self.report_alias(span);
                if self.awaits_key() {
                    self.key(None, span);
                } else {
                    self.value(Value { kind: ValueKind::Nothing, span: span.shifted(self.offset) });
                }
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                let place = first_line(self.raw, span).shifted(self.offset);
                let message = "this is not YAML of one part: a second document begins here";
                self.problems
                    .add(ProblemKind::BrokenToml, place, message)
                    .help("Delete the line, or put it between quotes.");
                return Err(Stopped);
            }
            Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
        }
        Ok(())
    }

    fn report_alias(&mut self, span: Span) {
        let name = span.slice(self.raw);
        let message = format!("`{name}` repeats a value from elsewhere, which Casebook does not read");
        let help = "Write the value here. If the asterisk belongs to the text, put the value between quotes.";
        self.problems.add(ProblemKind::BrokenToml, span.shifted(self.offset), message).help(help);
    }

    fn scalar(&mut self, text: String, span: Span, style: ScalarStyle) -> ValueKind {
        if style != ScalarStyle::Plain {
            return ValueKind::Text(text);
        }
        if let Some(kind) = scalar::resolve(&text) {
            return kind;
        }
        let message = format!("there is no day {text}");
        self.problems.add(ProblemKind::BrokenToml, span.shifted(self.offset), message).help("Correct the date.");
        ValueKind::Nothing
    }

    fn redacted(&mut self, text: String, span: Span) -> String {
        redact::redact_string(text, span.slice(self.raw), span.shifted(self.offset), self.problems)
    }

    /// Whether the next value is a key.
    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { inside: Inside::Table { key: None, .. }, .. }))
    }

    fn key(&mut self, name: Option<String>, span: Span) {
        if let Some(Open { inside: Inside::Table { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(Key { name, span: span.shifted(self.offset) });
        }
    }

    fn open(&mut self, span: Span, inside: Inside) {
        self.open.push(Open { span, inside });
    }

    /// Closes the innermost table or list; `end` is the place of what closes it.
    fn close(&mut self, end: Option<Span>) {
        let Some(Open { span, inside }) = self.open.pop() else { return };
        // Between brackets all of it is its place; else the line on which it begins.
        let span = match end {
            Some(end) if matches!(self.raw.as_bytes().get(span.start), Some(b'{' | b'[')) && !end.is_empty() => {
                Span::new(span.start, end.end)
            }
            Some(_) | None => first_line(self.raw, span),
        };
        let span = span.shifted(self.offset);
        let kind = match inside {
            Inside::Table { entries, .. } => ValueKind::Table(Table { entries, span }),
            Inside::List(items) => ValueKind::Array(items),
        };
        if end.is_some() && self.awaits_key() {
            let message = "a table or a list stands where a key belongs";
            let help = "Put the value between quotes when a bracket belongs to it.";
            self.problems.add(ProblemKind::BrokenToml, span, message).help(help);
            self.key(None, Span::new(span.start - self.offset, span.end - self.offset));
        } else {
            self.value(Value { kind, span });
        }
    }

    fn value(&mut self, mut value: Value) {
        match self.open.last_mut().map(|open| &mut open.inside) {
            None => self.root = Some(value),
            Some(Inside::List(items)) => items.push(value),
            Some(Inside::Table { entries, keys, key }) => {
                let Some(Key { name, span: key_span }) = key.take() else { return };
                let Some(name) = name else { return };
                if value.kind == ValueKind::Nothing && value.span.is_empty() {
                    value.span = key_span;
                }
                if keys.insert(name.clone()) {
                    entries.push(Entry { key: name, key_span, value });
                } else {
                    let message = format!("`{name}` is written twice here");
                    let help = "Keep one of the two. A list of several stands under one key, each item behind `- `.";
                    self.problems.add(ProblemKind::BrokenToml, key_span, message).help(help);
                }
            }
        }
    }
}

/// A scalar without the line breaks at its end, which the parser counts to those of several lines.
fn trimmed(raw: &str, span: Span, style: ScalarStyle) -> Span {
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => {
            Span::new(span.start, span.start + span.slice(raw).trim_end().len())
        }
        ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => span,
    }
}

/// A scalar without the anchor and the tag before it.
fn without_properties(raw: &str, span: Span) -> Span {
    let mut rest = span.slice(raw);
    while rest.starts_with(['&', '!']) {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest[end..].trim_start();
    }
    Span::new(span.end - rest.len(), span.end)
}

/// From a place to the end of its line, without blanks there.
fn first_line(raw: &str, span: Span) -> Span {
    let line = raw[span.start..].lines().next().unwrap_or("");
    Span::new(span.start, span.start + line.trim_end().len())
}

/// Byte offsets for the parser's places, which count characters.
struct Places {
    /// The offset of each character and the end; `None` when each character is one byte.
    offsets: Option<Vec<usize>>,
    end: usize,
}

impl Places {
    fn new(raw: &str) -> Self {
        let offsets = (!raw.is_ascii()).then(|| raw.char_indices().map(|(at, _)| at).collect());
        Self { offsets, end: raw.len() }
    }

    fn byte(&self, index: usize) -> usize {
        match &self.offsets {
            Some(offsets) => offsets.get(index).copied().unwrap_or(self.end),
            None => index.min(self.end),
        }
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()))
    }
}
