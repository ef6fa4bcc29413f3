//! Incidents of a status page: Statuspage's `incidents.json`, and those of programs that speak as it does.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::html::text_of_update;
use super::item::{Audience, Batch, Item, Skipped};
use super::json::{key_of, list, name_unread, names, text};
use super::label::read_severity;
use super::left_out::{Kind, LeftOut};
use super::moment::{Moment, entry};
use super::piece::Piece;
use super::written::FrontValue;

/// `https://status.example.org/api/v2/incidents.json`, of Statuspage, incident.io, Rootly, Instatus and others.
pub(super) const STATUSPAGE: Container = Container { name: "statuspage", title: "status pages", takes, convert };

/// The fields that are read, besides the one of [`BEGAN`], [`ADDRESS`], [`TIME`] and [`SAID`] that says something first.
const READ: [&str; 10] = [
    "resolved_at",
    "id",
    "name",
    "title",
    "impact",
    "impact_override",
    "components.name",
    "incident_updates.status",
    "incident_updates.affected_components.name",
    "postmortem_body",
];

const BEGAN: [&str; 2] = ["started_at", "created_at"];
const ADDRESS: [&str; 2] = ["shortlink", "url"];
const TIME: [&str; 2] = ["display_at", "created_at"];
const SAID: [&str; 2] = ["body", "message"];

const AGAIN: Kind = ("update that says the postmortem again", "updates that say the postmortem again");

fn takes(piece: &Piece) -> bool {
    piece.objects().first().is_some_and(|value| value.get("incident_updates").is_some_and(Value::is_array))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    piece.objects().iter().map(|object| incident(object, piece, context)).collect()
}

fn incident(object: &Value, piece: &Piece, context: &Context<'_>) -> Result<Item, Skipped> {
    let id = text(object, &["id"]).unwrap_or_default();
    let title = text(object, &["name", "title"]).unwrap_or_default();
    let origin = format!("{} {}", piece.path, if id.is_empty() { title } else { id });
    let impact = text(object, &["impact", "impact_override"]);
    if impact == Some("maintenance") || text(object, &["scheduled_for"]).is_some() {
        return Err(Skipped { origin, why: "planned maintenance".to_owned() });
    }
    let began = text(object, &BEGAN).and_then(Moment::read);
    let mut item = Item { origin, title: title.to_owned(), audience: Audience::Public, ..Item::default() };
    item.date = began.map(Moment::day);
    item.id = Some(id.to_owned());
    item.address = text(object, &ADDRESS).map(str::to_owned);
    item.front.add_text("title", Some(title));
    item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
    if let Some(impact) = impact.filter(|impact| *impact != "none") {
        read_severity(impact, context.policy, &mut item);
    }
    item.front.add("services", FrontValue::Texts(components(object)));
    item.add_alias(id);
    if let Some(address) = &item.address {
        item.add_reference(vec![("title".to_owned(), "Status page".to_owned()), ("url".to_owned(), address.clone())]);
    }
    let postmortem = text(object, &["postmortem_body"]).map(text_of_update).unwrap_or_default();
    let mut left_out = unread(object);
    left_out.extend(postmortem.left_out);
    let postmortem = postmortem.markdown;
    let (again, updates): (Vec<&Value>, Vec<&Value>) =
        list(object, &["incident_updates"]).iter().partition(|update| says_again(update, &postmortem));
    left_out.count(AGAIN, again.len());
    item.left_out.extend(left_out.lines());
    item.body = format!("{}\n{postmortem}\n\n## {}\n\n{}", facts(object), heading(&postmortem), entries(updates));
    Ok(item)
}

fn unread(object: &Value) -> LeftOut {
    let mut left_out = LeftOut::default();
    let mut read: Vec<String> = READ.into_iter().map(str::to_owned).collect();
    read.extend([BEGAN, ADDRESS].iter().filter_map(|keys| key_of(object, keys)).map(str::to_owned));
    for update in list(object, &["incident_updates"]) {
        left_out.extend(text(update, &SAID).map(text_of_update).unwrap_or_default().left_out);
        let keys = [TIME, SAID].into_iter().filter_map(|keys| key_of(update, &keys));
        read.extend(keys.map(|key| format!("incident_updates.{key}")));
    }
    let are_names = |values: &[Value]| values.iter().all(Value::is_string);
    read.extend(are_names(list(object, &["components"])).then(|| "components".to_owned()));
    name_unread(object, &read.iter().map(String::as_str).collect::<Vec<_>>(), &mut left_out);
    left_out
}

/// Whether an update says the words of the postmortem, as the one does that announces it.
fn says_again(update: &Value, postmortem: &str) -> bool {
    let words = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    let said = words(&text(update, &SAID).map(text_of_update).unwrap_or_default().markdown);
    !said.is_empty() && words(postmortem).contains(&said)
}

/// When it began and ended, as people write it at the head of a review.
fn facts(object: &Value) -> String {
    let facts = [("Started", "started_at"), ("Resolved", "resolved_at")];
    let fact = |(label, key): (&str, &str)| {
        let time = text(object, &[key])?;
        Some(format!("- **{label}:** {}\n", Moment::read(time).map_or_else(|| time.to_owned(), Moment::entry)))
    };
    facts.into_iter().filter_map(fact).collect()
}

/// The updates stand under a heading of their own where the postmortem has a timeline.
fn heading(postmortem: &str) -> &'static str {
    let is_timeline = |line: &str| line.starts_with(['#', '*']) && line.to_lowercase().contains("timeline");
    if postmortem.lines().any(is_timeline) { "Status page updates" } else { "Timeline" }
}

/// The names of all components that the incident or one of its updates affected.
fn components(object: &Value) -> Vec<String> {
    let mut all = names(list(object, &["components"]), &["name"]);
    for update in list(object, &["incident_updates"]) {
        all.extend(names(list(update, &["affected_components"]), &["name"]));
    }
    let mut services: Vec<String> = Vec::new();
    for name in all {
        if !services.contains(&name) {
            services.push(name);
        }
    }
    services
}

/// The updates as entries, the oldest first. A time that cannot be read stays as it is.
fn entries(mut updates: Vec<&Value>) -> String {
    let time = |update: &Value| text(update, &TIME).and_then(Moment::read);
    updates.reverse();
    updates.sort_by_key(|update| time(update));
    let entry_of = |update: &&Value| {
        let status = text(update, &["status"])
            .map(|status| format!("**{}** ", one_line(&title_case(status))))
            .unwrap_or_default();
        let said = text(update, &SAID).map(text_of_update).unwrap_or_default().markdown;
        let at = time(update).map(Moment::entry).or_else(|| text(update, &TIME).map(str::to_owned));
        entry(at.as_deref().unwrap_or("Later"), &format!("{status}{said}"))
    };
    updates.iter().map(entry_of).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word of a program as people write it: `in_progress` is "In progress".
pub(super) fn title_case(word: &str) -> String {
    let word = word.replace('_', " ");
    let mut signs = word.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
