//! Builds the tree of values from the events of the YAML parser.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::error::{self, Raw};
use super::place::{Places, first_line, trimmed, without_properties};
use super::{is_key, scalar};
use crate::diagnostic::{ProblemKind, Problems};
use crate::redact;
use crate::table::{Entry, Table, Value, ValueKind};
use crate::text::Span;

/// The greatest depth of nested tables and lists.
const DEPTH: usize = 64;

/// The greatest number of mistakes after which reading goes on.
const MISTAKES: usize = 20;

/// A YAML text, as far as it could be read.
pub(super) struct Tree {
    pub(super) root: Option<Value>,
    /// Whether the parser stopped at a mistake.
    pub(super) is_broken: bool,
}

impl Tree {
    /// Reads all of `raw`, which stands at `offset` in its file. Redaction and duplicate keys are reported as in TOML. After
    /// a mistake reading goes on at the next key that is not indented.
    pub(super) fn read(raw: &str, offset: usize, problems: &mut Problems) -> Self {
        let (mut root, mut is_broken) = (None, false);
        let mut start = 0;
        for _ in 0..MISTAKES {
            let mut building = Building::new(&raw[start..], offset + start, problems);
            building.root = root.take();
            let stopped = building.read();
            root = building.root;
            let Some(at) = stopped else { break };
            is_broken = true;
            let Some(next) = next_key(raw, start + at) else { break };
            start = next;
        }
        Self { root, is_broken }
    }
}

/// Where the next line after `at` begins that is a key without blanks before it.
fn next_key(raw: &str, at: usize) -> Option<usize> {
    let mut start = at + raw[at..].find('\n')? + 1;
    for line in raw[start..].split_inclusive('\n') {
        if line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'')) && is_key(line.trim_end()) {
            return Some(start);
        }
        start += line.len();
    }
    None
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
    /// The text from where reading began, or went on.
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

impl<'a> Building<'a> {
    fn new(raw: &'a str, offset: usize, problems: &'a mut Problems) -> Self {
        Self { raw, offset, places: Places::new(raw), open: Vec::new(), root: None, problems }
    }

    /// Reads to the end, or to the first mistake, whose place it gives. What was read before belongs to the same table.
    fn read(&mut self) -> Option<usize> {
        let before = self.root.take();
        let mut stopped = None;
        let mut parser = Parser::new_from_str(self.raw);
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, span)) => {
                    let span = self.places.span(span);
                    if self.take(event, span).is_err() {
                        stopped = Some(span.start);
                        break;
                    }
                }
                Err(error) => {
                    let at = self.places.byte(error.marker().index());
                    error::report(&error, Raw { text: self.raw, offset: self.offset }, at, self.problems);
                    stopped = Some(at);
                    break;
                }
            }
        }
        while !self.open.is_empty() {
            if !self.awaits_key() && matches!(self.open.last(), Some(Open { inside: Inside::Table { .. }, .. })) {
                self.value(Value { kind: ValueKind::Nothing, span: Span::default() });
            }
            self.close(None);
        }
        let read = self.root.take();
        self.root = self.joined(before, read);
        stopped
    }

    /// Two parts of one table.
    fn joined(&mut self, before: Option<Value>, after: Option<Value>) -> Option<Value> {
        let Some(mut root) = before else { return after };
        if let (ValueKind::Table(table), Some(Value { kind: ValueKind::Table(more), .. })) = (&mut root.kind, after) {
            let mut keys: BTreeSet<String> = table.entries.iter().map(|entry| entry.key.clone()).collect();
            for entry in more.entries {
                if keys.insert(entry.key.clone()) {
                    table.entries.push(entry);
                } else {
                    report_twice(&entry.key, entry.key_span, self.problems);
                }
            }
        }
        Some(root)
    }

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
                    report_twice(&name, key_span, self.problems);
                }
            }
        }
    }
}

fn report_twice(key: &str, place: Span, problems: &mut Problems) {
    let message = format!("`{key}` is written twice here");
    let help = "Keep one of the two. A list of several stands under one key, each item behind `- `.";
    problems.add(ProblemKind::BrokenToml, place, message).help(help);
}
