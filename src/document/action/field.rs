//! What the words of an action say besides the change: who does it, until when, and how far it is.

use super::field_pattern::{FIRST, HANDLE, LABEL, LAST, LAST_DAY, SENTENCE, VALUE_END};
use super::link::written_out;
use super::table::field_named;
use super::value::{ActionField, LABELS, field_of, is_deadline_alone, looks_like_deadline, value};
use crate::document::outline::{Item, Link};
use crate::markdown::single_spaced;
use crate::text::{Span, Spanned};
use std::ops::Range;

/// The fields of one action, and what of its text is left.
pub(super) struct Fields<'a> {
    text: &'a str,
    words: Span,
    /// Those of the text, in order.
    links: &'a [Link],
    /// The fields that were found, each kind once.
    pub(super) found: Vec<(ActionField, Spanned<String>)>,
    /// What looks like a deadline and is no day.
    pub(super) unread_due: Option<Spanned<String>>,
    /// The places whose words were understood, in no order.
    taken: Vec<Span>,
    /// What other cells of the row say.
    appended: String,
}

impl<'a> Fields<'a> {
    /// The fields in a passage, with the items inside it.
    pub(super) fn of_text(text: &'a str, words: Span, links: &'a [Link], inner: &[&Item]) -> Self {
        let mut fields = Self {
            text,
            words,
            links,
            found: Vec::new(),
            unread_due: None,
            taken: Vec::new(),
            appended: String::new(),
        };
        for item in inner {
            fields.read_item(item);
        }
        fields.read_struck_out();
        fields.read_first();
        fields.read_labels();
        while fields.read_brackets() {}
        fields.read_last();
        fields.read_sentence();
        fields.read_last_day();
        fields.read_handle();
        fields
    }

    /// Adds a field that has been understood; the first of a kind counts.
    pub(super) fn add(&mut self, field: ActionField, value: &str, place: Span) {
        if !self.found.iter().any(|(known, _)| *known == field) {
            self.found.push((field, Spanned::new(value.to_owned(), place)));
        }
    }

    /// Adds a field in the author's words; `false` when they are none of its kind.
    pub(super) fn add_value(&mut self, field: ActionField, words: &str, place: Span) -> bool {
        let Some(value) = value(field, words) else {
            if field == ActionField::Due {
                self.add_unread_due(words, place);
            }
            return false;
        };
        self.add(field, &value, place);
        true
    }

    /// Keeps words that look like a deadline.
    fn add_unread_due(&mut self, words: &str, place: Span) {
        if looks_like_deadline(words) && self.unread_due.is_none() {
            self.unread_due = Some(Spanned::new(words.trim().to_owned(), place));
        }
    }

    /// Adds words that are no field to the text of the action.
    pub(super) fn append(&mut self, head: &str, words: &str) {
        let head = if head.is_empty() { String::new() } else { format!("{head}: ") };
        self.appended.push_str(&format!(" ({head}{words})"));
    }

    /// The text of the action on one line, without the fields.
    pub(super) fn rest(&self) -> String {
        let mut taken = self.taken.clone();
        taken.sort_by_key(|place| place.start);
        let (mut at, mut rest) = (self.words.start, String::new());
        for place in taken {
            if place.start > at {
                rest.push_str(&self.written_out(Span::new(at, place.start)));
            }
            at = at.max(place.end);
        }
        if at < self.words.end {
            rest.push_str(&self.written_out(Span::new(at, self.words.end)));
        }
        let mut line = String::new();
        for part in rest.lines().map(str::trim).filter(|part| !part.is_empty()) {
            let item = part.strip_prefix(['-', '*', '+']).filter(|after| after.starts_with(' '));
            match item {
                Some(item) if !line.is_empty() => line.push_str(&format!("; {}", item.trim())),
                _ => line.push_str(&format!("{}{part}", if line.is_empty() { "" } else { " " })),
            }
        }
        line.push_str(&self.appended);
        line.trim().trim_end_matches([',', ';', '—', '–']).trim().to_owned()
    }

    /// The words of a place with links that can stand elsewhere.
    pub(super) fn written_out(&self, place: Span) -> String {
        written_out(self.text, place, self.links)
    }

    /// The words up to the places at their end that were understood.
    fn slice(&self) -> &'a str {
        let mut end = self.words.end;
        while let Some(place) = self.taken.iter().find(|place| place.start < end && place.end >= end) {
            end = place.start;
        }
        &self.text[self.words.start..end.max(self.words.start)]
    }

    fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.words.start + range.start, self.words.start + range.end)
    }

    fn take(&mut self, range: Range<usize>) {
        let mut place = self.place(range);
        // Nothing but blanks behind it belongs to it as well, so that the rest ends before it.
        let behind = self.text[place.end..self.words.end].trim();
        if behind.is_empty() || behind == "." {
            place.end = self.words.end;
        }
        self.taken.push(place);
    }

    /// Reads an item inside the action that says nothing but fields: `Owner: Storage team; due: 2024-03-31`.
    fn read_item(&mut self, item: &Item) {
        let words = Span::new(item.start.min(item.span.end), item.span.end);
        let mut labels: Vec<(ActionField, usize, usize)> = Vec::new();
        let mut start = words.start;
        for part in words.slice(self.text).split_inclusive(';') {
            let label = part.split_once(':').and_then(|(name, _)| Some((field_named(name)?, name.len() + 1)));
            match (label, labels.last_mut()) {
                (Some((field, length)), _) => labels.push((field, start + length, start + part.len())),
                // A semicolon inside a value.
                (None, Some((_, _, end))) => *end = start + part.len(),
                (None, None) => return,
            }
            start += part.len();
        }
        let mut read = Vec::new();
        for (field, start, end) in labels {
            let said = self.text[start..end].trim_start_matches(['*', '_']);
            let place = Span::new(end - said.trim_start().len(), end);
            let said = place.slice(self.text).trim_end().trim_end_matches(';');
            let is_prose = field == ActionField::Evidence;
            let Some(value) = value(field, if is_prose { said } else { said.trim_end_matches('.') }) else {
                if field == ActionField::Due {
                    self.add_unread_due(said, Span::new(place.start, place.start + said.len()));
                }
                return;
            };
            read.push((field, value, Span::new(place.start, place.start + said.len())));
        }
        for (field, value, place) in read {
            self.add(field, &single_spaced(&value), place);
        }
        self.taken.push(Span::new(item.span.start.max(self.words.start), item.span.end));
    }

    fn read_struck_out(&mut self) {
        let words = self.slice().trim();
        if words.len() > 4 && words.starts_with("~~") && words.ends_with("~~") {
            self.add(ActionField::Status, "done", Span::at(self.words.start));
        }
    }

    fn read_first(&mut self) {
        let Some(found) = FIRST.captures(self.slice()) else { return };
        let Some(word) = found.get(1).or_else(|| found.get(2)) else { return };
        if self.add_value(ActionField::Status, word.as_str(), self.place(word.range())) {
            self.take(0..found.get(0).map_or(0, |whole| whole.end()));
        }
    }

    fn read_labels(&mut self) {
        let words = self.slice();
        let labels: Vec<_> = LABEL.captures_iter(words).collect();
        for (at, label) in labels.iter().enumerate() {
            let (Some(whole), Some(name)) = (label.get(0), label.get(1)) else { continue };
            let next = labels.get(at + 1).and_then(|next| next.get(0)).map_or(words.len(), |next| next.start());
            let behind = &words[whole.end()..next.max(whole.end())];
            let end = VALUE_END.find(behind).map_or(behind.len(), |end| end.start());
            let value = behind[..end].trim_end_matches(['.', ' ', '—', '–', '-']).trim();
            // Another sentence may follow a day.
            let (value, end) = match value.find(". ").filter(|at| field_of(&value[..*at]) == Some(ActionField::Due)) {
                Some(at) => (&value[..at], at + 1),
                None => (value, end),
            };
            let name = name.as_str().to_lowercase();
            let Some((field, _)) = LABELS.iter().find(|(_, names)| names.contains(&name.as_str())) else { continue };
            let place = self.place(whole.end()..whole.end() + value.len());
            if self.add_value(*field, &self.written_out(place), place) {
                // The bracket around the fields goes with the last of them.
                let mut end = whole.end() + end;
                let opened = words[..whole.start() + 1].ends_with('(');
                if opened && words[end..].starts_with(')') || words[end..].starts_with([')', ',', ';', '|']) {
                    end += 1;
                }
                self.take(whole.start()..end);
            }
        }
    }

    /// Reads the brackets at the end, if all that stands in them is understood.
    fn read_brackets(&mut self) -> bool {
        let words = self.slice().trim_end().trim_end_matches('.').trim_end();
        let Some(open) = words.strip_suffix(')').and_then(|inner| inner.rfind('(')) else { return false };
        if words[..open].ends_with(']') {
            return false;
        }
        let inner = &words[open + 1..words.len() - 1];
        let mut parts = Vec::new();
        let mut start = open + 1;
        for part in inner.split([',', ';', '|']) {
            let trimmed = part.trim();
            let at = start + (part.len() - part.trim_start().len());
            parts.push((trimmed, at));
            start += part.len() + 1;
        }
        let fields: Vec<Option<ActionField>> = parts.iter().map(|(part, _)| field_of(part)).collect();
        if let Some(((part, at), _)) =
            parts.iter().zip(&fields).find(|((part, _), field)| field.is_none() && is_deadline_alone(part))
        {
            self.add_unread_due(part, self.place(*at..at + part.len()));
            return false;
        }
        let unknown = fields.iter().filter(|field| field.is_none()).count();
        if unknown > 1 || unknown == parts.len() {
            return false;
        }
        let is_name = |part: &str| value(ActionField::Owner, part).is_some();
        if parts.iter().zip(&fields).any(|((part, _), field)| field.is_none() && !is_name(part)) {
            return false;
        }
        for ((part, at), field) in parts.iter().zip(fields) {
            self.add_value(field.unwrap_or(ActionField::Owner), part, self.place(*at..at + part.len()));
        }
        self.take(open..words.len());
        true
    }

    fn read_last(&mut self) {
        let Some(found) = LAST.captures(self.slice()) else { return };
        let Some(word) = found.get(1).or_else(|| found.get(2)) else { return };
        if self.add_value(ActionField::Status, word.as_str(), self.place(word.range())) {
            self.take(found.get(0).map_or(0..0, |whole| whole.range()));
        }
    }

    fn read_last_day(&mut self) {
        let Some(found) = LAST_DAY.captures(self.slice()) else { return };
        let Some(day) = found.get(1) else { return };
        if field_of(day.as_str()).is_none() && !is_deadline_alone(day.as_str()) {
            return;
        }
        if self.add_value(ActionField::Due, day.as_str(), self.place(day.range())) {
            self.take(found.get(0).map_or(0..0, |whole| whole.range()));
        }
    }

    /// The sentence stays: it says where, too.
    fn read_sentence(&mut self) {
        let Some(word) = SENTENCE.captures(self.slice()).and_then(|found| found.get(1)) else { return };
        self.add_value(ActionField::Status, word.as_str(), self.place(word.range()));
    }

    fn read_handle(&mut self) {
        let Some(handle) = HANDLE.captures(self.slice()).and_then(|found| found.get(1)) else { return };
        if !self.found.iter().any(|(field, _)| *field == ActionField::Owner) {
            self.add(ActionField::Owner, handle.as_str(), self.place(handle.range()));
            self.take(handle.range());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;
    use crate::document::ActionField;
    use crate::text::Span;

    fn read(text: &str) -> (String, Vec<(ActionField, String)>) {
        let fields = Fields::of_text(text, Span::new(0, text.len()), &[], &[]);
        let found = fields.found.iter().map(|(field, value)| (*field, value.value.clone())).collect();
        (fields.rest(), found)
    }

    #[test]
    fn fields_are_read_in_the_forms_people_write() {
        use ActionField::{Due, Kind, Owner, Status};
        type Case = (&'static str, &'static str, &'static [(ActionField, &'static str)]);
        let cases: &[Case] = &[
            ("Limit the queue (platform, 2026-05-01)", "Limit the queue", &[(Owner, "platform"), (Due, "2026-05-01")]),
            (
                "Limit the queue. Owner: platform team, due: 1 May 2026.",
                "Limit the queue.",
                &[(Owner, "platform team"), (Due, "2026-05-01")],
            ),
            ("Limit it (Owner: ops; Status: in progress)", "Limit it", &[(Owner, "ops"), (Status, "in-progress")]),
            ("Limit it — **Owner:** ops — **Due:** 2026-05-01", "Limit it", &[(Owner, "ops"), (Due, "2026-05-01")]),
            ("Limit it. Due: 2026-05-01. See the docs", "Limit it. See the docs", &[(Due, "2026-05-01")]),
            ("Limit it @ops", "Limit it", &[(Owner, "@ops")]),
            ("Limit it (done)", "Limit it", &[(Status, "done")]),
            ("✅ Limit it", "Limit it", &[(Status, "done")]),
            ("Done: limit it", "limit it", &[(Status, "done")]),
            ("~~Limit it~~", "~~Limit it~~", &[(Status, "done")]),
            ("Limit it - in progress", "Limit it", &[(Status, "in-progress")]),
            ("Limit it — @ops, by 1 May 2026", "Limit it", &[(Due, "2026-05-01"), (Owner, "@ops")]),
            ("Limit it - due 2026-05-01.", "Limit it", &[(Due, "2026-05-01")]),
            ("✅ Done: limit it", "Done: limit it", &[(Status, "done")]),
            ("Limit it - ✅ Done", "Limit it", &[(Status, "done")]),
            ("Limit what was made by 1 May 2026", "Limit what was made by 1 May 2026", &[]),
            ("Limit it (“new”)", "Limit it (“new”)", &[]),
            ("Limit it (Done!)", "Limit it", &[(Status, "done")]),
            ("Limit it. DONE in #12", "Limit it. DONE in #12", &[(Status, "done")]),
            (
                "Limit it. DONE in [PR #12](https://example.org/a.b/12)",
                "Limit it. DONE in [PR #12](https://example.org/a.b/12)",
                &[(Status, "done")],
            ),
            ("Limit it (type: prevent)", "Limit it", &[(Kind, "prevent")]),
            ("Limit it\n  to ten\n  - by hand\n  - by code", "Limit it to ten; by hand; by code", &[]),
            // What is none of these stays.
            ("Limit it (see the docs)", "Limit it (see the docs)", &[]),
            ("Limit it (see [this](https://example.org/a))", "Limit it (see [this](https://example.org/a))", &[]),
            ("Write [a report](https://example.org/a)", "Write [a report](https://example.org/a)", &[]),
            ("Limit it. Done in time, it helps", "Limit it. Done in time, it helps", &[]),
            ("Limit it. DONE by hand. Now by code", "Limit it. DONE by hand. Now by code", &[]),
            ("Status: page needs an owner", "Status: page needs an owner", &[]),
            ("Limit it (Owner: TBD, due: 2026-05-01)", "Limit it", &[(Owner, "TBD"), (Due, "2026-05-01")]),
            ("Due: soon", "Due: soon", &[]),
            ("Add a limit, due: soon", "Add a limit, due: soon", &[]),
        ];
        for (text, rest, fields) in cases {
            let expected: Vec<_> = fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
            assert_eq!(read(text), ((*rest).to_owned(), expected), "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_deadline_and_is_no_day_is_kept_and_told() {
        for (text, due) in [
            ("Limit it (due: Dec 10)", Some("Dec 10")),
            ("Limit it. Due: 01.12.2026", Some("01.12.2026")),
            ("Limit it (platform, Q1)", Some("Q1")),
            ("Limit it (platform, Dec 10)", Some("Dec 10")),
            ("Limit it — by Dec 10", Some("by Dec 10")),
            ("Limit it (due: end of month)", Some("end of month")),
            ("Limit it (due: soon)", None),
            ("Limit it (due: 2026-05-01)", None),
            ("Limit it (see 1.2, all of it)", None),
            ("Limit it — due to May", None),
        ] {
            let fields = Fields::of_text(text, Span::new(0, text.len()), &[], &[]);
            let found = fields.unread_due.as_ref().map(|due| (due.value.as_str(), due.span.slice(text)));
            assert_eq!(found, due.map(|due| (due, due)), "{text}");
            if let Some(due) = due {
                assert!(fields.rest().contains(due), "{text}: {}", fields.rest());
            }
        }
    }
}
