//! Entries in YAML: a file with keys for the parts of a review, or Markdown below such keys.

use super::Context;
use super::container::Container;
use super::entry_list::list;
use super::item::{Audience, Batch, Item, Skipped};
use super::label::read_severity;
use super::left_out::{Kind, LeftOut};
use super::markdown::{document, is_markdown, text_of};
use super::moment::day_of;
use super::piece::{Piece, line_of};
use super::statuspage::title_case;
use super::written::FrontValue;
use super::yaml::{as_written, name_comments};
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
    let mut left_out = LeftOut::default();
    if is_markdown(piece) {
        let document = document(&piece.path, text);
        let (front, body) = text.split_at(document.front.body.start);
        let table = as_written(&document.front.table, text);
        name_comments(front, &table, &mut left_out);
        return Batch::one(item(piece, (&table, body.trim(), left_out), context));
    }
    let mut problems = Problems::default();
    match read_yaml(text, Span::new(0, text.len()), &mut problems) {
        Yaml::Table(table) if !table.entries.is_empty() => match problems.0.first() {
            None => {
                let table = as_written(&table, text);
                name_comments(text, &table, &mut left_out);
                Batch::one(item(piece, (&table, "", left_out), context))
            }
            Some(problem) => {
                let line = line_of(text, problem.span.start);
                refused(piece, format!("broken YAML in line {line}: {}", problem.message))
            }
        },
        Yaml::Table(_) | Yaml::Prose | Yaml::Unclear => refused(piece, no_table(text).to_owned()),
    }
}

/// Why a YAML text is no entry.
fn no_table(text: &str) -> &'static str {
    let is_said = |line: &&str| !line.trim().is_empty() && *line != "---" && !line.starts_with(['#', '%']);
    match text.lines().find(is_said) {
        Some(line) if line.starts_with("- ") => "YAML that is a list; each entry needs a file of its own",
        Some(_) | None => "YAML that is no table",
    }
}

fn refused(piece: &Piece, why: String) -> Batch {
    Batch::one(Err(Skipped { origin: piece.path.as_str().to_owned(), why }))
}

fn item(piece: &Piece, entry: (&Table, &str, LeftOut), context: &Context<'_>) -> Result<Item, Skipped> {
    let (table, body, left_out) = entry;
    let mut item = Item { origin: piece.path.as_str().to_owned(), audience: Audience::Public, ..Item::default() };
    // A name that is an id tells nobody what it is about.
    item.name = table.get("uuid").is_none().then(|| piece.path.stem().to_owned());
    item.left_out = left_out.lines();
    let (mut facts, mut sections) = (String::new(), String::new());
    for entry in table.entries.iter().filter(|entry| !entry.value.kind.is_empty()) {
        if item.take_decision(entry) {
            continue;
        }
        match KEYS.iter().find(|(key, _)| *key == entry.key) {
            Some((_, holds)) if read(entry, *holds, &mut item, context) => {}
            Some(_) | None => write(entry, &mut facts, &mut sections),
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

/// Reads a key that is data, unless its value is of another kind, or another key said the same before.
fn read(entry: &Entry, holds: Holds, item: &mut Item, context: &Context<'_>) -> bool {
    let Some(text) = text_of(&entry.value) else { return read_list(&entry.value, holds, item) };
    let is_there = match holds {
        Holds::Title => !item.title.is_empty(),
        Holds::Day => item.front.has("date"),
        Holds::Severity => item.front.has("severity"),
        Holds::Services => item.front.has("services"),
        Holds::Organisation => item.front.has("organisation"),
        Holds::Id => item.id.is_some(),
        Holds::Tags => item.front.has("tags"),
        Holds::Sources | Holds::Nothing => false,
    };
    if is_there {
        return false;
    }
    match holds {
        Holds::Title => item.title = text,
        Holds::Day => {
            item.date = day_of(&text);
            item.front.add("date", item.date.map_or(FrontValue::Text(text), FrontValue::Day));
        }
        Holds::Severity => read_severity(&text, context.policy, item),
        Holds::Services => item.front.add("services", FrontValue::Texts(vec![text])),
        Holds::Organisation => item.front.add_text("organisation", Some(&text)),
        Holds::Id => {
            item.add_alias(&text);
            item.id = Some(text);
        }
        Holds::Tags => item.front.add("tags", FrontValue::Texts(vec![text])),
        Holds::Sources => add_source(&text, item),
        Holds::Nothing => item.left_out.push(format!("`{}: {text}`, which only its own program needs", entry.key)),
    }
    true
}

/// Reads a list or a table that is data.
fn read_list(value: &Value, holds: Holds, item: &mut Item) -> bool {
    let texts = match &value.kind {
        ValueKind::Array(values) => values.iter().map(text_of).collect::<Option<Vec<String>>>(),
        _ => None,
    };
    match (holds, texts) {
        (Holds::Services, Some(texts)) if !item.front.has("services") => {
            item.front.add("services", FrontValue::Texts(texts));
        }
        (Holds::Tags, Some(texts)) if !item.front.has("tags") => item.front.add("tags", FrontValue::Texts(texts)),
        (Holds::Sources, _) => return read_sources(value, item),
        _ => return false,
    }
    true
}

const FIELD: Kind = ("field of a source", "fields of sources");

/// Reads sources, unless one of them has no address.
fn read_sources(value: &Value, item: &mut Item) -> bool {
    let ValueKind::Array(values) = &value.kind else { return false };
    let address = |value: &Value| match &value.kind {
        ValueKind::Table(table) => table.given("url").and_then(|entry| text_of(&entry.value)),
        _ => text_of(value),
    };
    let Some(addresses) = values.iter().map(address).collect::<Option<Vec<String>>>() else { return false };
    let mut left_out = LeftOut::default();
    for (value, url) in values.iter().zip(addresses) {
        let ValueKind::Table(table) = &value.kind else {
            add_source(&url, item);
            continue;
        };
        let field = |key: &str| table.given(key).and_then(|entry| text_of(&entry.value));
        let name = match (field("publisher"), field("title")) {
            (Some(publisher), Some(title)) => format!("{title} ({publisher})"),
            (publisher, title) => title.or(publisher).unwrap_or_else(|| url.clone()),
        };
        for other in table.entries.iter().filter(|entry| !["url", "publisher", "title"].contains(&entry.key.as_str())) {
            left_out.name(FIELD, &format!("{}: {}", other.key, text_of(&other.value).unwrap_or_default()));
        }
        item.address.get_or_insert_with(|| url.clone());
        item.add_reference(vec![("title".to_owned(), name), ("url".to_owned(), url)]);
    }
    item.left_out.extend(left_out.lines());
    true
}

fn add_source(url: &str, item: &mut Item) {
    item.address.get_or_insert_with(|| url.to_owned());
    item.add_reference(vec![("url".to_owned(), url.to_owned())]);
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
