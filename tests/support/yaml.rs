//! Front matter in TOML, written again in YAML as people write it.

use casebook::diagnostic::Problems;
use casebook::table::{Table, Value, ValueKind, read_toml};
use casebook::text::Span;

/// A review without the `+++` lines: the TOML above, and the body below.
pub fn parts(review: &str) -> (&str, &str) {
    review.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).expect("a review in TOML")
}

/// A review with its front matter in YAML.
pub fn in_yaml(review: &str) -> String {
    let (front, body) = parts(review);
    let mut problems = Problems::default();
    let table = read_toml(front, Span::new(0, front.len()), &mut problems);
    format!("---\n{}---\n{body}", yaml(&table))
}

/// `table` in block style.
pub fn yaml(table: &Table) -> String {
    let mut text = String::new();
    write_table(table, 0, &mut text);
    text
}

fn write_table(table: &Table, indent: usize, text: &mut String) {
    for (at, entry) in table.entries.iter().enumerate() {
        if at > 0 || !text.ends_with("- ") {
            text.push_str(&" ".repeat(indent));
        }
        text.push_str(&scalar(&entry.key, usize::MAX));
        text.push(':');
        write_value(&entry.value, indent, text);
    }
}

fn write_value(value: &Value, indent: usize, text: &mut String) {
    match &value.kind {
        ValueKind::Table(table) if table.entries.is_empty() => text.push_str(" {}\n"),
        ValueKind::Table(table) => {
            text.push('\n');
            write_table(table, indent + 2, text);
        }
        ValueKind::Array(items) if items.is_empty() => text.push_str(" []\n"),
        ValueKind::Array(items) => {
            text.push('\n');
            for item in items {
                text.push_str(&" ".repeat(indent + 2));
                text.push('-');
                match &item.kind {
                    ValueKind::Table(table) if !table.entries.is_empty() => {
                        text.push(' ');
                        write_table(table, indent + 4, text);
                    }
                    _ => write_value(item, indent + 2, text),
                }
            }
        }
        ValueKind::Text(words) => text.push_str(&format!(" {}\n", scalar(words, indent + 2))),
        ValueKind::Integer(number) => text.push_str(&format!(" {number}\n")),
        ValueKind::Float(number) if number.is_nan() => text.push_str(" .nan\n"),
        ValueKind::Float(number) if number.is_infinite() => {
            text.push_str(if *number > 0.0 { " .inf\n" } else { " -.inf\n" });
        }
        ValueKind::Float(number) => text.push_str(&format!(" {number:?}\n")),
        ValueKind::Boolean(truth) => text.push_str(&format!(" {truth}\n")),
        ValueKind::Date(date) => text.push_str(&format!(" {date}\n")),
        ValueKind::Time(time) => text.push_str(&format!(" {time}\n")),
        ValueKind::Nothing => text.push('\n'),
    }
}

/// A string in one of the styles that can hold it; which one depends on its length, so that each occurs. Lines of a block
/// stand `indent` blanks deep.
fn scalar(words: &str, indent: usize) -> String {
    let is_plain = words.starts_with(char::is_alphabetic)
        && !["true", "false", "null", "y", "n"].contains(&words.to_lowercase().as_str())
        && words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ',' | '_' | '%' | ';' | '/'))
        && !words.ends_with(' ');
    let is_printable = words.chars().all(|c| !c.is_control() && c != '\u{feff}');
    let lines_are_printable = words.lines().all(|line| {
        !line.starts_with([' ', '\t'])
            && !line.trim().is_empty()
            && line.chars().all(|c| !c.is_control() && c != '\u{feff}')
    });
    let is_block =
        words.ends_with('\n') && lines_are_printable && !words.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}']);
    match words.len() % 3 {
        0 | 1 if is_plain => words.to_owned(),
        _ if indent < usize::MAX && is_block => {
            let lines: Vec<String> = words.lines().map(|line| format!("{}{line}", " ".repeat(indent))).collect();
            format!("|\n{}", lines.join("\n"))
        }
        1 if is_printable => format!("'{}'", words.replace('\'', "''")),
        _ => serde_json::to_string(words).unwrap(),
    }
}
