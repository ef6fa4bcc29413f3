//! What a table of YAML or TOML does not keep of its text: comments, and numbers as they are written.

use super::left_out::{Kind, LeftOut};
use crate::table::{Entry, Table, Value, ValueKind};
use crate::text::Span;

const COMMENT: Kind = ("comment in the YAML", "comments in the YAML");

/// Names the comments around the values of `table`, which was read from the beginning of `text`.
pub(super) fn name_comments(text: &str, table: &Table, left_out: &mut LeftOut) {
    let mut values = Vec::new();
    add_places(table, &mut values);
    values.sort();
    let is_value = |at: usize| {
        let after = values.partition_point(|value| value.start <= at);
        after > 0 && at < values[after - 1].end
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_sign = |place: &usize| line[..*place].ends_with([' ', '\t']) || *place == 0;
        let signs = line.match_indices('#').map(|(place, _)| place);
        let comment = signs.filter(is_sign).find(|place| !is_value(at + place));
        let words = comment.map(|place| line[place + 1..].trim()).unwrap_or_default();
        if !words.is_empty() {
            left_out.name(COMMENT, words);
        }
        at += line.len();
    }
}

/// The places of all keys, and of all values that hold no others.
fn add_places(table: &Table, places: &mut Vec<Span>) {
    for Entry { key_span, value, .. } in &table.entries {
        places.push(*key_span);
        add_place(value, places);
    }
}

fn add_place(value: &Value, places: &mut Vec<Span>) {
    match &value.kind {
        ValueKind::Array(values) => values.iter().for_each(|value| add_place(value, places)),
        ValueKind::Table(table) => add_places(table, places),
        ValueKind::Text(_)
        | ValueKind::Integer(_)
        | ValueKind::Float(_)
        | ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::Time(_)
        | ValueKind::Nothing => places.push(value.span),
    }
}

/// The table with each number as the text that its author wrote: the version 1.10 is not 1.1.
pub(super) fn as_written(table: &Table, text: &str) -> Table {
    let entry = |entry: &Entry| Entry { value: written(&entry.value, text), ..entry.clone() };
    Table { entries: table.entries.iter().map(entry).collect(), span: table.span }
}

fn written(value: &Value, text: &str) -> Value {
    let kind = match &value.kind {
        ValueKind::Integer(_) | ValueKind::Float(_) => ValueKind::Text(value.span.slice(text).to_owned()),
        ValueKind::Array(values) => ValueKind::Array(values.iter().map(|value| written(value, text)).collect()),
        ValueKind::Table(table) => ValueKind::Table(as_written(table, text)),
        ValueKind::Text(_) | ValueKind::Boolean(_) | ValueKind::Date(_) | ValueKind::Time(_) | ValueKind::Nothing => {
            value.kind.clone()
        }
    };
    Value { kind, span: value.span }
}

#[cfg(test)]
mod tests {
    use super::{as_written, name_comments};
    use crate::diagnostic::Problems;
    use crate::import::left_out::LeftOut;
    use crate::import::markdown::text_of;
    use crate::table::{Table, Yaml, read_yaml};
    use crate::text::Span;

    fn table(text: &str) -> Table {
        match read_yaml(text, Span::new(0, text.len()), &mut Problems::default()) {
            Yaml::Table(table) => table,
            Yaml::Prose | Yaml::Unclear => panic!("{text:?} is no table"),
        }
    }

    #[test]
    fn comments_are_what_stands_in_no_value() {
        for (text, said) in [
            ("a: b # one\n", &["one"][..]),
            ("# one\na: b\n  # two\n", &["one", "two"]),
            ("a: b#c\nd: 'e # f'\ng: \"h # i\" # one\n", &["one"]),
            ("a: 'it''s # b' # one\n\"c\": \"d \\\" # e\" # two\n", &["one", "two"]),
            ("a: |\n  # no heading?\n  b # c\nd: e\n", &[]),
            ("a:\n  - b # one\n  - c\n", &["one"]),
            ("a: [b, c] # one\n", &["one"]),
            ("a: # one\n  b: c\n", &["one"]),
        ] {
            let mut left_out = LeftOut::default();
            name_comments(text, &table(text), &mut left_out);
            let lines = left_out.lines().concat();
            for words in said {
                assert!(lines.contains(&format!("`{words}`")), "{text:?}: {words} is not in {lines}");
            }
            assert_eq!(lines.matches('`').count(), 2 * said.len(), "{text:?}: {lines}");
        }
    }

    #[test]
    fn numbers_stay_as_they_are_written() {
        let text = "a: 1.10\nb: 0x1F\nc: [1e3]\nd: {e: 007}\n";
        let table = as_written(&table(text), text);
        let first = |key: &str| text_of(&table.get(key).unwrap().value);
        assert_eq!((first("a").as_deref(), first("b").as_deref()), (Some("1.10"), Some("0x1F")));
        assert!(format!("{table:?}").contains("Text(\"1e3\")"), "{table:?}");
    }
}
