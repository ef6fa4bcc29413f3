//! Reads YAML as a table with places, and cuts out what is withheld.

mod error;
mod place;
mod scalar;
mod tree;

use super::{Table, ValueKind, withheld};
use crate::diagnostic::Problems;
use crate::text::Span;
use tree::Tree;

/// What a text between two `---` lines is.
#[derive(Debug)]
pub enum Yaml {
    /// A table, as far as it could be read; an empty one when there is nothing but comments.
    Table(Table),
    /// Prose between two thematic breaks.
    Prose,
    /// No table, and hardly prose: a list, or lines that YAML cannot read and that begin without a key.
    Unclear,
}

/// Reads the YAML that `span` covers in `text`, as [`super::read_toml`] reads TOML: a syntax error becomes a problem, and
/// what stands before it is read. An alias is a problem, too, so no text grows by reading it.
pub fn read_yaml(text: &str, span: Span, problems: &mut Problems) -> Yaml {
    let raw = span.slice(text);
    let mut found = Problems::default();
    let blanked =
        withheld::has_markers(raw).then(|| withheld::without_blocks(raw, span.start, tree::scalars(raw), &mut found));
    let raw = blanked.as_deref().unwrap_or(raw);
    let empty = || Table { entries: Vec::new(), span: Span::at(span.start) };
    let opening = raw.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(opening) = opening else {
        problems.0.append(&mut found.0);
        return Yaml::Table(empty());
    };
    let Tree { root, is_broken } = Tree::read(raw, span.start, &mut found);
    let root = root.map(|root| root.kind);
    match root {
        Some(ValueKind::Table(table)) if !is_broken || is_key(opening) => {
            problems.0.append(&mut found.0);
            Yaml::Table(table)
        }
        _ if is_broken && is_key(opening) => {
            problems.0.append(&mut found.0);
            Yaml::Table(empty())
        }
        Some(ValueKind::Text(_)) if !is_broken => Yaml::Prose,
        _ => Yaml::Unclear,
    }
}

/// Whether a line is a key with its value, or with a value below it.
fn is_key(line: &str) -> bool {
    let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | '"' | '\'');
    let key = line.trim_start_matches(is_sign);
    key.len() < line.len() && !line.starts_with("- ") && (key == ":" || key.starts_with(": "))
}

#[cfg(test)]
mod tests {
    use super::{Yaml, read_yaml};
    use crate::diagnostic::Problems;
    use crate::table::{Table, Value, ValueKind};
    use crate::text::Span;

    /// Reads `raw` behind three bytes of something else, so that a place that is not shifted shows.
    fn read(raw: &str) -> (String, Yaml, Problems) {
        let mut problems = Problems::default();
        let text = format!("+++{raw}+++");
        let yaml = read_yaml(&text, Span::new(3, 3 + raw.len()), &mut problems);
        (text, yaml, problems)
    }

    /// The leaves of a tree: the words of each key and value where they stand, and the type.
    fn leaves(table: &Table, text: &str, found: &mut Vec<String>) {
        fn add(value: &Value, text: &str, found: &mut Vec<String>) {
            match &value.kind {
                ValueKind::Table(table) => leaves(table, text, found),
                ValueKind::Array(items) => items.iter().for_each(|item| {
                    found.push("-".to_owned());
                    add(item, text, found);
                }),
                kind => found.push(format!("{} {}", kind.noun(), value.span.slice(text))),
            }
        }
        for entry in &table.entries {
            assert_eq!(entry.key_span.slice(text).trim_matches(['"', '\'']), entry.key);
            found.push(format!("{}:", entry.key));
            add(&entry.value, text, found);
        }
    }

    #[test]
    fn keys_and_values_stand_where_they_say() {
        let raw = "\ntitle: Zażółć  # a comment\nimpact:\n  users: \"a\"\n  \"two\": 'b'\nactions:\n  - change: &x ü\n    due: 2024-01-01\n  - {change: [b, 3]}\nlist:\n- no\n- true\nlines: |\n  one\n  two\n# comment\nfolded: >-\n  three\n  four\n\nempty:\nplain: a\n  b\nword: !!str 12\n";
        let (text, yaml, problems) = read(raw);
        let Yaml::Table(table) = yaml else { panic!("no table") };
        let mut found = Vec::new();
        leaves(&table, &text, &mut found);
        let expected = [
            "title:",
            "a string Zażółć",
            "impact:",
            "users:",
            "a string \"a\"",
            "two:",
            "a string 'b'",
            "actions:",
            "-",
            "change:",
            "a string ü",
            "due:",
            "a date 2024-01-01",
            "-",
            "change:",
            "-",
            "a string b",
            "-",
            "a whole number 3",
            "list:",
            "-",
            "a string no",
            "-",
            "true or false true",
            "lines:",
            "a string one\n  two",
            "folded:",
            "a string three\n  four",
            "empty:",
            "no value empty",
            "plain:",
            "a string a\n  b",
            "word:",
            "a string 12",
        ];
        assert_eq!(found, expected);
        assert!(problems.0.is_empty(), "{problems:?}");
        let place = |key: &str| table.get(key).unwrap().value.span.slice(&text).to_owned();
        assert_eq!(place("impact"), "users: \"a\"");
        assert_eq!(place("actions"), "- change: &x ü");
    }

    #[test]
    fn mistakes_are_named_where_they_are() {
        for (raw, place, words) in [
            ("title: Search: it failed\nb: c\n", ":", "a second `: ` stands in one value"),
            ("a: b\n\tc: d\n", "\t", "a tab stands where YAML takes blanks only"),
            ("title: x\n  \nno key\nb: c\n", "no key", "this line is no `key: value`"),
            ("b:\n  c: d\n e: f\n", "e", "this line does not continue what stands above it"),
            ("a: \"x\nb: c\n", "\"x", "this quoted string is not closed"),
            ("a: 'x' y\nb: c\n", "y", "text follows the closing quotation mark"),
            ("a: @team\n", "@", "a value cannot begin with this character"),
            ("a: [b, c\n", "c", "this list or table is not closed"),
            ("a: *b\n", "*", "`*` begins an alias in YAML"),
            ("a: &b x\nc: *b\n", "*b", "`*b` repeats a value from elsewhere, which Casebook does not read"),
            ("a: &b {x: y}\nc:\n  <<: *b\n", "*b", "`*b` repeats a value from elsewhere, which Casebook does not read"),
            ("a: b\nü: d\na: e\n", "a", "`a` is written twice here"),
            ("a: {{ page.title }}\n", "{ page.title }", "a table or a list stands where a key belongs"),
            ("a: 2026-02-30\n", "2026-02-30", "there is no day 2026-02-30"),
        ] {
            let (text, yaml, problems) = read(raw);
            let found: Vec<_> =
                problems.0.iter().map(|problem| (problem.span.slice(&text), problem.message.as_str())).collect();
            let [(at, message)] = found[..] else { panic!("{raw}: {found:?}") };
            assert_eq!(at, place, "{raw}: {message}");
            assert!(message.ends_with(words), "{raw}: {message}");
            assert!(matches!(yaml, Yaml::Table(_)), "{raw}: {yaml:?}");
        }
        let (_, yaml, problems) = read("title: a: b\nlist: [c\n  d]: e\nü: \"f\nkind: g\ntitle: h\n");
        let Yaml::Table(table) = yaml else { panic!("{yaml:?}") };
        assert_eq!(
            table.entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(),
            ["title", "list", "ü", "kind"]
        );
        assert_eq!(problems.0.len(), 4, "reading goes on after a mistake: {problems:?}");
        // A key that is written twice is reported where it stands for the second time.
        assert_eq!(read("a: b\na: c\n").2.0[0].span, Span::new(8, 9));
    }

    #[test]
    fn what_no_table_is_stays_text() {
        for prose in
            ["Some prose.\n", "Two lines\nof prose, and a colon:\nthe end\n", "**bold**\n", "> quoted\n> twice\n"]
        {
            let (_, yaml, problems) = read(prose);
            assert!(!matches!(yaml, Yaml::Table(_)) && problems.0.is_empty(), "{prose}: {yaml:?}");
        }
        assert!(matches!(read("Some prose.\n").1, Yaml::Prose));
        assert!(matches!(read("- a\n- b\n").1, Yaml::Unclear));
        for table in ["", "\n# a comment\n", "a:\n", "Incident date: 2024-01-01\n", "{a: b}\n"] {
            assert!(matches!(read(table).1, Yaml::Table(_)), "{table}");
        }
    }

    #[test]
    fn internal_blocks_are_cut_out_wherever_they_are_marked() {
        for raw in [
            "title: a\n# <!-- internal -->\nowner: kassel\nlist:\n  - kassel\n# <!-- /internal -->\nkind: b\n",
            "title: a\nnote: |\n  x\n# <!-- internal -->\nowner: kassel\n# <!-- /internal -->\nkind: b\n",
            "title: a\nnote: >\n  x\n  # <!-- internal -->\n  kassel\n  # <!-- /internal -->\nkind: b\n",
            "title: a <!-- internal -->kassel<!-- /internal -->\nkind: b\n",
            "title: \"a <!-- kassel -->\"\nkind: b\n",
            "title: \"a \\u003c!-- internal -->kassel\\x3c!-- /internal -->\"\nkind: b\n",
            "? |\n  # <!-- internal -->\n  kassel\n  # <!-- /internal -->\n: c\nkind: b\n",
            "title: a\n<!-- internal -->\nowner: kassel\n<!-- /internal -->\nkind: b\n",
            "title: a\nlist:\n  - b # <!-- internal -->\n  - kassel # <!-- /internal -->\nkind: b\n",
            "title: a\n  b\n# <!-- internal -->\nowner: kassel\n# <!-- /internal -->\nkind: b\n",
        ] {
            let (_, yaml, problems) = read(raw);
            assert!(problems.0.is_empty(), "{raw}: {problems:?}");
            let tree = format!("{yaml:?}");
            assert!(!tree.contains("kassel") && tree.contains("\"kind\""), "{raw}: {tree}");
        }
        for raw in
            ["title: a\n# internal\nowner: b\n", "a: b\n# <!-- internal -->\nstatus: draft\n# <!-- /internal -->\n"]
        {
            assert_eq!(read(raw).2.0.len(), 1, "{raw}");
        }
    }
}
