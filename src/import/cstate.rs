//! Issues of cState, a status page that Hugo builds.

use super::Context;
use super::container::Container;
use super::item::{Audience, Batch, Item, Skipped};
use super::label::read_severity;
use super::left_out::{Kind, LeftOut};
use super::markdown::{CodeFence, document, is_markdown, text_of, title, with_yaml};
use super::moment::{day_of, entry};
use super::piece::Piece;
use super::written::FrontValue;
use super::yaml::{as_written, name_comments};
use crate::document::Document;
use crate::table::ValueKind;

/// Files of `content/issues`.
pub(super) const CSTATE: Container = Container { name: "cstate", title: "cState", takes, convert };

/// Keys that are read.
const KEYS: [&str; 6] = ["affected", "date", "informational", "resolvedWhen", "severity", "title"];

const KEY: Kind = ("key of the front matter", "keys of the front matter");

fn takes(piece: &Piece) -> bool {
    let text = piece.text().unwrap_or_default();
    let has = |key: &str| text.lines().take(40).any(|line| line.starts_with(key));
    is_markdown(piece) && (tracked(text).is_some() || (has("section: issue") && has("title:")))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    Batch::one(issue(piece, context))
}

fn issue(piece: &Piece, context: &Context<'_>) -> Result<Item, Skipped> {
    let text = &*with_yaml(piece.text().unwrap_or_default());
    let document = document(&piece.path, text);
    let origin = piece.path.as_str().to_owned();
    let table = as_written(&document.front.table, text);
    let value = |key: &str| table.given(key).and_then(|entry| text_of(&entry.value));
    if value("informational").as_deref() == Some("true") {
        return Err(Skipped { origin, why: "an announcement".to_owned() });
    }
    let mut item = Item { origin, audience: Audience::Public, ..Item::default() };
    item.title = title(&document).unwrap_or_default();
    item.name = Some(piece.path.name().to_owned());
    item.date = value("date").as_deref().and_then(day_of);
    item.front.add_text("title", Some(&item.title.clone()));
    item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
    if let Some(severity) = value("severity") {
        read_severity(&severity, context.policy, &mut item);
    }
    item.front.add("services", FrontValue::Texts(affected(&document)));
    let decisions = table.entries.iter().filter(|entry| item.take_decision(entry));
    let taken: Vec<&str> = decisions.map(|entry| entry.key.as_str()).collect();
    let mut left_out = LeftOut::default();
    let entries = table.entries.iter().filter(|entry| !entry.value.kind.is_empty());
    for entry in entries.filter(|entry| ![&KEYS[..], &taken].concat().contains(&entry.key.as_str())) {
        let value = text_of(&entry.value).map(|value| format!(": {value}")).unwrap_or_default();
        left_out.name(KEY, &format!("{}{value}", entry.key));
    }
    name_comments(&text[..document.front.body.start], &table, &mut left_out);
    item.left_out.extend(left_out.lines());
    let mut facts = String::new();
    for (label, key) in [("Started", "date"), ("Resolved", "resolvedWhen")] {
        facts.extend(value(key).map(|time| format!("- **{label}:** {time}\n")));
    }
    item.body = format!("{facts}\n{}", with_timeline(&text[document.front.body.start..]));
    Ok(item)
}

fn affected(document: &Document) -> Vec<String> {
    match document.front.table.given("affected").map(|entry| &entry.value.kind) {
        Some(ValueKind::Array(values)) => values.iter().filter_map(text_of).collect(),
        _ => document.front.table.given("affected").and_then(|entry| text_of(&entry.value)).into_iter().collect(),
    }
}

/// The text, with its updates as a timeline below, the oldest first. An update is a paragraph with its time at the end,
/// or several paragraphs of which the last one is a time alone, or the first one begins with the state in italics.
fn with_timeline(body: &str) -> String {
    let (mut said, mut entries) = (String::new(), Vec::new());
    // Paragraphs that may belong to the next update.
    let mut open: Vec<&str> = Vec::new();
    let mut say = |blocks: &mut Vec<&str>| blocks.drain(..).for_each(|block| said.push_str(&format!("{block}\n\n")));
    for block in blocks(body) {
        match tracked(block) {
            Some((before, time, after)) => {
                let text = format!("{}{after}", before.trim_end());
                // Behind an update stands nothing but the next one.
                let start = if entries.is_empty() { first_of_update(&open, &text) } else { 0 };
                let own = open.split_off(start);
                say(&mut open);
                let text = own.into_iter().chain([text.as_str()]).collect::<Vec<_>>().join("\n\n");
                entries.push(entry(&in_utc(time), text.trim()));
            }
            None if block == "---" => say(&mut open),
            None => open.push(block),
        }
    }
    say(&mut open);
    entries.reverse();
    if entries.is_empty() { said } else { format!("{said}## Timeline\n\n{}", entries.concat()) }
}

/// The paragraphs of a text. A code block is one, with its blank lines.
fn blocks(body: &str) -> Vec<&str> {
    let mut blocks = Vec::new();
    let (mut start, mut at, mut fence) = (0, 0, CodeFence::default());
    for line in body.split_inclusive('\n') {
        let is_in_code = fence.is_in_code(line);
        if line.trim().is_empty() && !is_in_code {
            blocks.push(&body[start..at]);
            start = at + line.len();
        }
        at += line.len();
    }
    blocks.push(&body[start..]);
    blocks.into_iter().map(str::trim).filter(|block| !block.is_empty()).collect()
}

/// What stands before the shortcode with the time of an update, that time, and what stands behind it.
fn tracked(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices("{{<").find_map(|(at, sign)| {
        let (time, after) = text[at + sign.len()..].trim_start().strip_prefix("track")?.split_once(">}}")?;
        let time = time.strip_prefix([' ', '"'])?.trim().trim_matches('"');
        Some((&text[..at], time, after))
    })
}

/// The place of the first of the paragraphs that belong to the first update, which ends in `text`.
fn first_of_update(open: &[&str], text: &str) -> usize {
    let states = |block: &&str| block.starts_with(['*', '_']);
    if text.trim().is_empty() {
        return 0;
    }
    if states(&text) { open.len() } else { open.iter().rposition(states).unwrap_or(open.len()) }
}

/// A time with an offset in UTC; one without stays as it is, since nobody knows its zone.
fn in_utc(time: &str) -> String {
    super::moment::Moment::read(time).map_or_else(|| time.to_owned(), super::moment::Moment::entry)
}
