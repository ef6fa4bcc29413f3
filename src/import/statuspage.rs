//! Incidents of a status page: Statuspage's `incidents.json`, and those of programs that speak as it does.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::html::text_of_update;
use super::item::{Audience, Batch, Item, Skipped};
use super::json::{list, name_unread, names, text, word};
use super::label::read_severity;
use super::left_out::{Kind, LeftOut};
use super::moment::{Moment, entry_with_state, time_of_entry};
use super::piece::Piece;
use super::written::FrontValue;

/// `https://status.example.org/api/v2/incidents.json`, of Statuspage, incident.io, Rootly, Instatus and others.
pub(super) const STATUSPAGE: Container = Container { name: "statuspage", title: "status pages", takes, convert };

/// The fields that are read.
const READ: [&str; 18] = [
    "started_at|created_at",
    "started_at|created_at#",
    "resolved_at",
    "resolved_at#",
    "id",
    "id#",
    "name|title",
    "impact|impact_override",
    "shortlink|url",
    "components[]",
    "components.name",
    "incident_updates.status",
    "incident_updates.affected_components[]",
    "incident_updates.affected_components.name",
    "incident_updates.display_at|created_at",
    "incident_updates.display_at|created_at#",
    "incident_updates.body|message",
    "postmortem_body",
];

const BEGAN: [&str; 2] = ["started_at", "created_at"];
const TIME: [&str; 2] = ["display_at", "created_at"];
const SAID: [&str; 2] = ["body", "message"];

const AGAIN: Kind = ("update that says the postmortem again", "updates that say the postmortem again");

fn takes(piece: &Piece) -> bool {
    piece.objects().iter().any(|value| value.get("incident_updates").is_some_and(Value::is_array))
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    piece.objects().iter().map(|object| incident(object, piece, context)).collect()
}

fn incident(object: &Value, piece: &Piece, context: &Context<'_>) -> Result<Item, Skipped> {
    let id = word(object, &["id"]).unwrap_or_default();
    let title = text(object, &["name", "title"]).unwrap_or_default();
    let origin = format!("{} {}", piece.path, if id.is_empty() { title } else { &id });
    let impact = text(object, &["impact", "impact_override"]);
    if impact == Some("maintenance") || text(object, &["scheduled_for"]).is_some() {
        return Err(Skipped { origin, why: "planned maintenance".to_owned() });
    }
    let began = word(object, &BEGAN).as_deref().and_then(Moment::read);
    let mut item = Item { origin, title: title.to_owned(), audience: Audience::Public, ..Item::default() };
    item.date = began.map(Moment::day);
    item.id = Some(id.clone());
    item.address = text(object, &["shortlink", "url"]).map(str::to_owned);
    item.front.add_text("title", Some(title));
    item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
    if let Some(impact) = impact.filter(|impact| *impact != "none") {
        read_severity(impact, context.policy, &mut item);
    }
    item.front.add("services", FrontValue::Texts(components(object)));
    item.add_alias(&id);
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
    for update in list(object, &["incident_updates"]) {
        left_out.extend(text(update, &SAID).map(text_of_update).unwrap_or_default().left_out);
    }
    name_unread(object, &READ, &mut left_out);
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
    let facts = [("Started", &BEGAN[..]), ("Resolved", &["resolved_at"][..])];
    let fact =
        |(label, keys): (&str, &[&str])| Some(format!("- **{label}:** {}\n", time_of_entry(&word(object, keys)?)));
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
    let time = |update: &Value| word(update, &TIME);
    updates.reverse();
    updates.sort_by_key(|update| time(update).as_deref().and_then(Moment::read));
    let entry_of = |update: &&Value| {
        let status = text(update, &["status"]).map(|status| format!("**{}**", one_line(&title_case(status))));
        let said = text(update, &SAID).map(text_of_update).unwrap_or_default().markdown;
        let at = time(update).map_or_else(|| "Later".to_owned(), |time| time_of_entry(&time));
        entry_with_state(&at, &status.unwrap_or_default(), &said)
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
