//! Any table in YAML is read back as it was, and any text is read to its end.

use casebook::diagnostic::Problems;
use casebook::table::{Entry, Table, Value, ValueKind, Yaml, read_yaml};
use casebook::text::Span;
use chrono::NaiveDate;
use proptest::prelude::*;

use crate::support::TestSite;
use crate::support::yaml::yaml;

/// A tree without its places.
fn shape(table: &Table) -> Vec<(String, String)> {
    fn of(value: &Value) -> String {
        match &value.kind {
            ValueKind::Array(items) => format!("{:?}", items.iter().map(of).collect::<Vec<_>>()),
            ValueKind::Table(table) => format!("{:?}", shape(table)),
            kind => format!("{kind:?}"),
        }
    }
    table.entries.iter().map(|entry| (entry.key.clone(), of(&entry.value))).collect()
}

fn value(kind: ValueKind) -> Value {
    Value { kind, span: Span::default() }
}

fn table(entries: Vec<(String, Value)>) -> Table {
    let mut keys = std::collections::BTreeSet::new();
    let entry = |(key, value)| Entry { key, key_span: Span::default(), value };
    let entries = entries.into_iter().filter(|(key, _)| keys.insert(key.clone())).map(entry).collect();
    Table { entries, span: Span::default() }
}

/// Strings without what is withheld, and others that are close to what YAML takes for something else.
fn texts() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "true",
        "No",
        "~",
        "null",
        "12",
        "0x1f",
        "1e3",
        ".inf",
        "2024-03-31",
        "2024-13-01",
        "a: b",
        "a #b",
        "- a",
        "&a",
        "*a",
        "!a",
        "@a",
        "`a`",
        "%a",
        "{a}",
        "[a",
        "'",
        "\"",
        "\\",
        "a\nb\n",
        "a\n\nb",
        "\n",
        " a ",
        "\ta",
        "",
        "---",
        "...",
        "? a",
        "|",
        ">-",
        "#",
        "ü: é",
        "\u{feff}",
        "\u{0}",
        "a\r\nb",
        "\u{2028}",
    ];
    prop_oneof![proptest::sample::select(WORDS).prop_map(str::to_owned), "[^<>&\\[\\](){}|+%=~:/*@—–]{0,12}"]
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        texts().prop_map(|words| value(ValueKind::Text(words))),
        any::<i64>().prop_map(|number| value(ValueKind::Integer(number))),
        any::<f64>().prop_map(|number| value(ValueKind::Float(number))),
        any::<bool>().prop_map(|truth| value(ValueKind::Boolean(truth))),
        (1970..2100i32, 1..365u32)
            .prop_map(|(year, day)| value(ValueKind::Date(NaiveDate::from_yo_opt(year, day).unwrap()))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| value(ValueKind::Array(items))),
            prop::collection::vec((texts(), inner), 0..4).prop_map(|entries| value(ValueKind::Table(table(entries)))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_written_in_yaml_is_read_back(entries in prop::collection::vec((texts(), tree()), 1..5)) {
        let table = table(entries);
        let text = yaml(&table);
        let mut problems = Problems::default();
        let read = match read_yaml(&text, Span::new(0, text.len()), &mut problems) {
            Yaml::Table(table) => table,
            other => panic!("{other:?}: {text}"),
        };
        prop_assert!(problems.0.is_empty(), "{}\n{:?}", text, problems);
        prop_assert_eq!(shape(&read), shape(&table), "{}", text);
        check_places(&read, &text);
    }

    #[test]
    fn any_text_is_read_as_yaml(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        let mut problems = Problems::default();
        if let Yaml::Table(table) = read_yaml(&text, Span::new(0, text.len()), &mut problems) {
            check_places(&table, &text);
        }
        for problem in &problems.0 {
            prop_assert!(text.get(problem.span.range()).is_some(), "{:?} points outside, or into a character", problem);
        }
    }
}

/// Keys without words, one inside the other, with a marker in the comment between them.
#[test]
fn empty_keys_in_each_other_are_read() {
    let text = "? # <!-- internal -->\n? a: ";
    let mut problems = Problems::default();
    read_yaml(text, Span::new(0, text.len()), &mut problems);
    assert!(!problems.0.is_empty(), "an open block is a problem");
}

/// Pieces that YAML is made of, and that break it.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a: ",
        "b:\n",
        "  c: d\n",
        "- ",
        "  - ",
        "? ",
        ": ",
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "|\n",
        ">-\n",
        "'",
        "\"",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "# x",
        "\n",
        "\n\n",
        "\t",
        "  ",
        "ü",
        "🍀",
        "%YAML 1.2\n",
        "...\n",
        "2024-01-31",
        "2024-02-31",
        "# <!-- internal -->\n",
        "# <!-- /internal -->\n",
        "<!--",
        "-->",
        "\\x",
        "\u{0}",
        "\r",
        "null",
        "<<: ",
    ];
    prop_oneof![proptest::sample::select(PIECES).prop_map(str::to_owned), ".{0,6}"]
}

/// Each key and value has a place in the text.
fn check_places(table: &Table, text: &str) {
    fn check(value: &Value, text: &str) {
        assert!(text.get(value.span.range()).is_some(), "{value:?} in {text}");
        match &value.kind {
            ValueKind::Array(items) => items.iter().for_each(|item| check(item, text)),
            ValueKind::Table(table) => check_places(table, text),
            _ => {}
        }
    }
    for entry in &table.entries {
        assert!(text.get(entry.key_span.range()).is_some(), "{entry:?} in {text}");
        check(&entry.value, text);
    }
}

#[test]
fn fix_mends_yaml_in_its_own_form_and_leaves_the_rest() {
    let space = TestSite::site();
    let path = "content/reviews/2024-05-06-a-queue.md";
    let wrong = "---\r\n# By the team.\r\ntitle: 'It''s full'   # short\r\nseverty: P2\r\nstatus: Final\r\ntlp: CLEAR\r\n\
        organisation: 5\r\nservices: [edge]\r\nactions:\r\n  - change: Add an alert\r\n    status: Open\r\n---\r\n\r\n\
        ## Impact\r\n\r\nSlow: severty stays here.\r\n";
    space.write(path, wrong);
    space.run(&["check", "--fix"]).expect(1, &["fixed content/reviews/2024-05-06-a-queue.md: `severty` → `severity`"]);
    let right = wrong
        .replace("severty: P2", "severity: P2")
        .replace("status: Final", "status: \"final\"")
        .replace("organisation: 5", "organisation: \"5\"")
        .replace("status: Open", "status: \"open\"");
    assert_eq!(space.read(path), right);
    let again = space.run(&["check", "--fix"]);
    assert!(!again.err.contains("fixed content"), "{}", again.err);
    assert_eq!(space.read(path), right);
}
