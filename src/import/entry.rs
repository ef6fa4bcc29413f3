//! Entries in YAML: a file with keys for the parts of a review, or Markdown below such keys.

use super::Context;
use super::container::Container;
use super::item::{Audience, Batch, Item, Skipped};
use super::label::read_severity;
use super::markdown::{document, is_markdown, text_of};
use super::moment::day_of;
use super::piece::Piece;
use super::statuspage::title_case;
use super::written::FrontValue;
use crate::diagnostic::Problems;
use crate::table::{Entry, Table, Value, ValueKind, Yaml, read_yaml};
use crate::text::Span;

/// Collections such as icco/postmortems and agent-postmortems.
pub(super) const ENTRY: Container = Container { name: "entry", title: "YAML entries", takes, convert };

/// What a key holds, whatever program wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Title,
    Day,
    Severity,
    Services,
    Organisation,
    Id,
    Tags,
    Sources,
    /// What only its own program needs.
    Nothing,
}

/// Keys that are data. All others are facts or sections of the text, under their own names.
const KEYS: [(&str, Holds); 24] = [
    ("title", Holds::Title),
    ("name", Holds::Title),
    ("date", Holds::Day),
    ("incident_date", Holds::Day),
    ("severity", Holds::Severity),
    ("services", Holds::Services),
    ("service", Holds::Services),
    ("product", Holds::Services),
    ("company", Holds::Organisation),
    ("organisation", Holds::Organisation),
    ("organization", Holds::Organisation),
    ("id", Holds::Id),
    ("uuid", Holds::Id),
    ("incident_id", Holds::Id),
    ("tags", Holds::Tags),
    ("keywords", Holds::Tags),
    ("categories", Holds::Tags),
    ("url", Holds::Sources),
    ("sources", Holds::Sources),
    ("references", Holds::Sources),
    ("links", Holds::Sources),
    ("schema_version", Holds::Nothing),
    ("taxonomy_version", Holds::Nothing),
    ("machine_export", Holds::Nothing),
];

/// Keys for times, with the labels of facts that the reader knows.
const TIMES: [(&str, &str); 2] = [("start_time", "Started"), ("end_time", "Ended")];

/// A text longer than this, or with a sentence in it, is a section.
const LONGEST_FACT: usize = 80;

fn takes(piece: &Piece) -> bool {
    if piece.has_ending(&["yaml", "yml"]) {
        return piece.text().is_some();
    }
    let Some(front) = piece.text().and_then(|text| text.strip_prefix("---\n")) else { return false };
    let has = |key: &str| front.lines().take_while(|line| *line != "---").any(|line| line.starts_with(key));
    is_markdown(piece) && (has("start_time:") || has("end_time:")) && (has("company:") || has("product:"))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let text = piece.text().unwrap_or_default();
    if is_markdown(piece) {
        let document = document(&piece.path, text);
        let body = document.front.body.slice(text).trim();
        return Batch::one(item(piece, &document.front.table, body, context));
    }
    let mut problems = Problems::default();
    match read_yaml(text, Span::new(0, text.len()), &mut problems) {
        Yaml::Table(table) if !table.entries.is_empty() => match problems.0.first() {
            None => Batch::one(item(piece, &table, "", context)),
            Some(problem) => refused(piece, format!("broken YAML: {}", problem.message)),
        },
        Yaml::Table(_) | Yaml::Prose | Yaml::Unclear => refused(piece, "YAML that is no table".to_owned()),
    }
}

fn refused(piece: &Piece, why: String) -> Batch {
    Batch::one(Err(Skipped { origin: piece.path.as_str().to_owned(), why }))
}

fn item(piece: &Piece, table: &Table, body: &str, context: &Context<'_>) -> Result<Item, Skipped> {
    let mut item = Item { origin: piece.path.as_str().to_owned(), audience: Audience::Public, ..Item::default() };
    // A name that is an id tells nobody what it is about.
    item.name = table.get("uuid").is_none().then(|| piece.path.stem().to_owned());
    let (mut facts, mut sections) = (String::new(), String::new());
    for entry in table.entries.iter().filter(|entry| !entry.value.kind.is_empty()) {
        match KEYS.iter().find(|(key, _)| *key == entry.key) {
            Some((_, holds)) => read(entry, *holds, &mut item, context),
            None => write(entry, &mut facts, &mut sections),
        }
    }
    if item.title.is_empty() {
        item.title = made_title(table, body);
    }
    if item.title.is_empty() {
        return Err(Skipped { origin: item.origin, why: "YAML without a title or a text; it is no entry".to_owned() });
    }
    item.front.add_text("title", Some(&item.title.clone()));
    let parts = [facts.trim(), body, sections.trim()];
    item.body = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    if item.body.trim().is_empty() {
        return Err(Skipped { origin: item.origin, why: "it has no text".to_owned() });
    }
    Ok(item)
}

/// Whose incident it was, with the first sentence about it.
fn made_title(table: &Table, body: &str) -> String {
    let first = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let sentence = first.split(". ").next().unwrap_or(first).trim_end_matches('.');
    let words: Vec<&str> = sentence.split_whitespace().take(14).collect();
    let company = table.given("company").and_then(|entry| text_of(&entry.value));
    match (company, words.is_empty()) {
        (Some(company), false) => format!("{company}: {}", words.join(" ")),
        (Some(company), true) => company,
        (None, _) => words.join(" "),
    }
}

fn read(entry: &Entry, holds: Holds, item: &mut Item, context: &Context<'_>) {
    let text = text_of(&entry.value).unwrap_or_default();
    match holds {
        Holds::Title => item.title = text,
        Holds::Day => {
            item.date = day_of(&text);
            item.front.add("date", item.date.map_or(FrontValue::Text(text), FrontValue::Day));
        }
        Holds::Severity => read_severity(&text, context.policy, item),
        Holds::Services => item.front.add("services", FrontValue::Texts(texts(&entry.value))),
        Holds::Organisation => item.front.add_text("organisation", Some(&text)),
        Holds::Id => {
            item.front.add("aliases", FrontValue::Texts(vec![text.clone()]));
            item.id = Some(text);
        }
        Holds::Tags => item.front.add("tags", FrontValue::Texts(texts(&entry.value))),
        Holds::Sources => read_sources(&entry.value, item),
        Holds::Nothing => item.left_out.push(format!("`{}`, which only its own program needs", entry.key)),
    }
}

fn texts(value: &Value) -> Vec<String> {
    if let ValueKind::Array(values) = &value.kind {
        return values.iter().filter_map(text_of).collect();
    }
    text_of(value).into_iter().collect()
}

fn read_sources(value: &Value, item: &mut Item) {
    let values =
        if let ValueKind::Array(values) = &value.kind { values.as_slice() } else { std::slice::from_ref(value) };
    for value in values {
        let ValueKind::Table(table) = &value.kind else {
            if let Some(url) = text_of(value) {
                item.address.get_or_insert_with(|| url.clone());
                item.front.add_reference(vec![("url".to_owned(), url)]);
            }
            continue;
        };
        let field = |key: &str| table.given(key).and_then(|entry| text_of(&entry.value));
        let Some(url) = field("url") else { continue };
        let name = match (field("publisher"), field("title")) {
            (Some(publisher), Some(title)) => format!("{title} ({publisher})"),
            (publisher, title) => title.or(publisher).unwrap_or_else(|| url.clone()),
        };
        item.address.get_or_insert_with(|| url.clone());
        item.front.add_reference(vec![("title".to_owned(), name), ("url".to_owned(), url)]);
    }
}

/// Writes a key that is no data: a short value as a fact, anything else as a section.
fn write(entry: &Entry, facts: &mut String, sections: &mut String) {
    let label = TIMES.iter().find(|(key, _)| *key == entry.key).map(|(_, label)| (*label).to_owned());
    let label = label.unwrap_or_else(|| title_case(&entry.key.replace('-', " ")));
    match text_of(&entry.value) {
        Some(text) if text.chars().count() <= LONGEST_FACT && !text.contains(['\n']) && !text.ends_with('.') => {
            facts.push_str(&format!("- **{label}:** {text}\n"));
        }
        Some(text) => sections.push_str(&format!("\n## {label}\n\n{text}\n")),
        None => {
            let list = list(&entry.value, 0);
            if !list.is_empty() {
                sections.push_str(&format!("\n## {label}\n\n{list}"));
            }
        }
    }
}

/// Lists of tables of texts as a table, other lists and tables as items.
fn list(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match &value.kind {
        ValueKind::Array(values) => {
            rows(values).unwrap_or_else(|| values.iter().map(|value| labelled(&indent, None, value, depth)).collect())
        }
        ValueKind::Table(table) => {
            let entries = table.entries.iter().filter(|entry| !entry.value.kind.is_empty());
            entries.map(|entry| labelled(&indent, Some(&entry.key), &entry.value, depth)).collect()
        }
        ValueKind::Text(_)
        | ValueKind::Integer(_)
        | ValueKind::Float(_)
        | ValueKind::Boolean(_)
        | ValueKind::Date(_)
        | ValueKind::Time(_)
        | ValueKind::Nothing => String::new(),
    }
}

fn labelled(indent: &str, key: Option<&str>, value: &Value, depth: usize) -> String {
    let label = key.map(|key| format!("**{}:**", title_case(key))).unwrap_or_default();
    match text_of(value) {
        Some(text) => {
            let text = text.lines().collect::<Vec<_>>().join(&format!("\n{indent}  "));
            format!("{indent}- {}\n", format!("{label} {text}").trim())
        }
        None => match list(value, depth + 1) {
            inner if inner.is_empty() => String::new(),
            // A table cannot stand in an item, and items need no head of their own.
            inner if label.is_empty() => inner,
            inner => format!("{indent}- {label}\n{inner}"),
        },
    }
}

/// A table with a column for each key, where all rows hold nothing but texts.
fn rows(values: &[Value]) -> Option<String> {
    let mut columns: Vec<&str> = Vec::new();
    for value in values {
        let ValueKind::Table(table) = &value.kind else { return None };
        for entry in &table.entries {
            text_of(&entry.value).or_else(|| entry.value.kind.is_empty().then(String::new))?;
            if !columns.contains(&entry.key.as_str()) {
                columns.push(&entry.key);
            }
        }
    }
    let heads: Vec<String> = columns.iter().map(|key| title_case(key)).collect();
    let mut text = format!("| {} |\n{}|\n", heads.join(" | "), "| --- ".repeat(columns.len()));
    for value in values {
        let ValueKind::Table(table) = &value.kind else { return None };
        let cell = |key: &&str| table.get(key).and_then(|entry| text_of(&entry.value)).unwrap_or_default();
        let cells: Vec<String> = columns.iter().map(cell).collect();
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', "<br>")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    (!columns.is_empty()).then_some(text)
}
