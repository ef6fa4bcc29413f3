//! The reference of what authors write, made from the same tables that the readers go by.

use crate::model::format::{PAGE, REGISTRY, REVIEW, SITE};
use crate::table::{Key, KeyKind, Requirement, TableSchema};

/// `docs/reference.md`: every key of casebook.toml, content/factors.toml and front matter.
pub fn reference() -> String {
    let mut text = String::from(INTRODUCTION);
    let parts = [
        ("casebook.toml", &SITE, SITE_FILE),
        ("content/factors.toml", &REGISTRY, REGISTRY_FILE),
        ("Front matter of a review", &REVIEW, REVIEW_FILE),
        ("Front matter of a page", &PAGE, PAGE_FILE),
    ];
    for (title, shape, about) in parts {
        text.push_str(&format!("\n## {title}\n\n{about}\n"));
        write_table(shape, "", &mut text);
    }
    text
}

const INTRODUCTION: &str = "\
# Reference: casebook.toml, factors.toml and front matter

Every key that Casebook reads: what it takes, what holds without it, what it means, and an example. Any other key is an \
error that names the nearest one, but for keys of other programs in front matter. This page is made from the tables that the reader goes by; `casebook schema` prints them \
as JSON Schemas for editors.

The examples of a part, one below the other, are a file that works.
";

const SITE_FILE: &str = "The choices of a site. The file stands in the site folder; its folder is the site.";

const REGISTRY_FILE: &str = "The factors that reviews name by their ids.";

const REVIEW_FILE: &str = "\
What stands above the text of a review, here in TOML. [Front matter](front-matter.md) shows the same in YAML, and \
the short forms. What the text itself says, such as the impact, the actions or a line `**Severity:** P2`, need not stand \
here, too, and neither does what `[[reviews]]` decides for the place of the file.";

const PAGE_FILE: &str = "What stands above any other page, below content/pages.";

/// A table with its keys, words and example, and then the tables in it, each kind once. `header` is the line above it in
/// TOML; empty for the file itself.
fn write_table(shape: &'static TableSchema, header: &str, text: &mut String) {
    if !header.is_empty() {
        text.push_str(&format!("\n### `{header}`\n\n{}\n", shape.about));
    }
    if !shape.one_of.is_empty() {
        text.push_str(&format!("\nAt least one of {} is there.\n", listed(shape.one_of)));
    }
    text.push_str("\n| key | takes | without it | meaning |\n|---|---|---|---|\n");
    shape.keys.iter().for_each(|key| text.push_str(&row(key)));
    shape.keys.iter().for_each(|key| text.push_str(&words(key)));
    let lines: Vec<String> = shape.keys.iter().filter_map(example).collect();
    if !lines.is_empty() {
        let header = if header.is_empty() { String::new() } else { format!("{header}\n") };
        text.push_str(&format!("\n```toml\n{header}{}\n```\n", lines.join("\n")));
    }
    let inner: Vec<_> = shape.keys.iter().filter_map(|key| Some((key.name, table_in(key)?))).collect();
    for same in inner.chunk_by(|(_, (one, _)), (_, (next, _))| std::ptr::eq(*one, *next)) {
        let [(name, (inner, form)), others @ ..] = same else { continue };
        write_table(inner, &form.header(header, name), text);
        if !others.is_empty() {
            let others: Vec<&str> = others.iter().map(|(name, _)| *name).collect();
            text.push_str(&format!("\n{} are written in the same way.\n", listed(&others)));
        }
    }
}

/// How a table stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableForm {
    One,
    List,
    /// Under a name that the author chooses.
    Named,
}

impl TableForm {
    /// The line above the table `name` in TOML, inside the table of the line `outer`.
    fn header(self, outer: &str, name: &str) -> String {
        let outer = outer.trim_matches(['[', ']']);
        let path = if outer.is_empty() { name.to_owned() } else { format!("{outer}.{name}") };
        match self {
            Self::One => format!("[{path}]"),
            Self::List => format!("[[{path}]]"),
            Self::Named => format!("[{path}.{SAMPLE_NAME}]"),
        }
    }
}

/// The name that the example of a named table has: the only such tables are severities.
const SAMPLE_NAME: &str = "P2";

fn table_in(key: &Key) -> Option<(&'static TableSchema, TableForm)> {
    match key.kind {
        KeyKind::Table(shape) | KeyKind::TextOrTable(shape) => Some((shape, TableForm::One)),
        KeyKind::Tables(shape) => Some((shape, TableForm::List)),
        KeyKind::Named(shape) => Some((shape, TableForm::Named)),
        KeyKind::Text
        | KeyKind::Date
        | KeyKind::Count
        | KeyKind::Flag
        | KeyKind::Texts
        | KeyKind::Word(_)
        | KeyKind::Words(_)
        | KeyKind::NamedTexts
        | KeyKind::Reasons
        | KeyKind::Levels
        | KeyKind::Any => None,
    }
}

fn row(key: &Key) -> String {
    let unknown = if key.takes_unknown { ", or `\"unknown\"`" } else { "" };
    let without = match key.need {
        Requirement::Always => "required".to_owned(),
        Requirement::When(other, word) => format!("required where `{other}` is `{word}`"),
        Requirement::Optional if key.default.is_empty() => "–".to_owned(),
        Requirement::Optional => key.default.to_owned(),
    };
    let about = key.about.replace('|', "\\|");
    format!("| `{}` | {}{unknown} | {without} | {about} |\n", key.name, takes(key.kind))
}

fn takes(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Text => "a text",
        KeyKind::Date => "a date",
        KeyKind::Count => "a whole number",
        KeyKind::Flag => "`true` or `false`",
        KeyKind::Texts => "a list of texts",
        KeyKind::Word(_) => "a word, see below",
        KeyKind::Words(_) => "a list of words, see below",
        KeyKind::Table(_) => "a table, see below",
        KeyKind::TextOrTable(_) => "a text, or a table, see below",
        KeyKind::Tables(_) => "a list of tables, see below",
        KeyKind::Named(_) => "tables with a name, see below",
        KeyKind::NamedTexts => "texts with a name",
        KeyKind::Reasons => "rules, each with a reason",
        KeyKind::Levels => "rules, each with `\"off\"`, `\"advice\"`, `\"warning\"` or `\"error\"`",
        KeyKind::Any => "anything",
    }
}

/// The words that a key takes, each with its meaning.
fn words(key: &Key) -> String {
    let (KeyKind::Word(words) | KeyKind::Words(words)) = key.kind else { return String::new() };
    let list: String = words().into_iter().map(|(word, meaning)| format!("- `\"{word}\"`: {meaning}\n")).collect();
    format!("\nThe words of `{}`:\n\n{list}", key.name)
}

/// The line of a key in the example of its table; none for tables, and for keys that nothing reads yet.
fn example(key: &Key) -> Option<String> {
    if key.example.is_empty() && !matches!(key.kind, KeyKind::Word(_) | KeyKind::Words(_)) {
        return None;
    }
    let value = match key.kind {
        KeyKind::Word(words) if key.example.is_empty() => format!("{:?}", words().first()?.0),
        KeyKind::Words(words) => format!("{:?}", words().iter().map(|(word, _)| *word).collect::<Vec<_>>()),
        KeyKind::Text | KeyKind::Word(_) => format!("{:?}", key.example),
        KeyKind::Texts => format!("{:?}", [key.example]),
        KeyKind::Date
        | KeyKind::Count
        | KeyKind::Flag
        | KeyKind::Table(_)
        | KeyKind::TextOrTable(_)
        | KeyKind::Tables(_)
        | KeyKind::Named(_)
        | KeyKind::NamedTexts
        | KeyKind::Reasons
        | KeyKind::Levels
        | KeyKind::Any => key.example.to_owned(),
    };
    Some(format!("{} = {value}", key.name))
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
