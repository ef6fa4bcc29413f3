//! Incidents of incident.io, as its API lists them.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::item::{Batch, Item, Skipped};
use super::json::{list, name_unread, text, word};
use super::label::read_severity;
use super::left_out::LeftOut;
use super::markdown::counted;
use super::moment::{Moment, entry, time_of_entry};
use super::piece::Piece;
use super::written::FrontValue;

/// `GET https://api.incident.io/v2/incidents`, with `incident_updates` and a postmortem where they were added.
pub(super) const INCIDENT_IO: Container = Container { name: "incident-io", title: "incident.io", takes, convert };

/// The fields that are read, and [`CREATED`] where nothing else says the day.
const READ: [&str; 24] = [
    "reference|id",
    "reference|id#",
    "name",
    "severity.name",
    "permalink",
    "postmortem_document_url",
    "summary",
    "postmortem_body|postmortem",
    "incident_role_assignments.*",
    "custom_field_entries.custom_field.name",
    "custom_field_entries.values.value_option.value",
    "custom_field_entries.values.value_option.name",
    "custom_field_entries.values.value_catalog_entry.value",
    "custom_field_entries.values.value_catalog_entry.name",
    "custom_field_entries.values.value_text",
    "custom_field_entries.values.value_link",
    "custom_field_entries.values.value_numeric",
    "incident_timestamp_values.incident_timestamp.name",
    "incident_timestamp_values.value.value",
    "custom_field_entries.values.value_numeric#",
    "incident_updates|updates[]",
    "incident_updates|updates.created_at",
    "incident_updates|updates.created_at#",
    "incident_updates|updates.message",
];

const REFERENCE: [&str; 2] = ["reference", "id"];
const CREATED: &str = "created_at";

fn takes(piece: &Piece) -> bool {
    let is_one =
        |value: &Value| value.get("incident_status").is_some() || value.get("incident_timestamp_values").is_some();
    piece.objects().iter().any(is_one)
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    piece.objects().iter().map(|object| incident(object, piece, context)).collect()
}

fn incident(object: &Value, piece: &Piece, context: &Context<'_>) -> Result<Item, Skipped> {
    let reference = word(object, &REFERENCE).unwrap_or_default();
    let title = text(object, &["name"]).unwrap_or_default();
    let origin = format!("{} {reference}", piece.path);
    let category = object.get("incident_status").and_then(|status| text(status, &["category"]));
    if matches!(category, Some("declined" | "merged" | "canceled" | "triage")) {
        return Err(Skipped { origin, why: format!("an incident that is {}", category.unwrap_or_default()) });
    }
    if matches!(text(object, &["mode"]), Some("test" | "tutorial")) {
        return Err(Skipped { origin, why: "a test".to_owned() });
    }
    let times = timestamps(object);
    let first = times.iter().map(|(at, _)| *at).min();
    let created = text(object, &[CREATED]).and_then(Moment::read).filter(|_| first.is_none());
    let mut item = Item { origin, title: title.to_owned(), ..Item::default() };
    item.date = first.or(created).map(Moment::day);
    item.id = Some(reference.clone());
    item.front.add_text("title", Some(title));
    item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
    if let Some(severity) = object.get("severity").and_then(|severity| text(severity, &["name"])) {
        read_severity(severity, context.policy, &mut item);
    }
    item.add_alias(&reference);
    for (key, name) in [("permalink", "Incident"), ("postmortem_document_url", "Postmortem")] {
        if let Some(url) = text(object, &[key]) {
            item.add_reference(vec![("title".to_owned(), name.to_owned()), ("url".to_owned(), url.to_owned())]);
        }
    }
    item.address = text(object, &["permalink"]).map(str::to_owned);
    let persons = list(object, &["incident_role_assignments"]).len();
    if persons > 0 {
        item.left_out.push(format!("{}: who had which role", counted(persons, "role", "roles")));
    }
    let mut left_out = LeftOut::default();
    let read = READ.into_iter().chain(created.map(|_| CREATED));
    name_unread(object, &read.collect::<Vec<_>>(), &mut left_out);
    item.left_out.extend(left_out.lines());
    item.body = body(object, times);
    Ok(item)
}

/// The facts, the summary, a postmortem where the export has one, and the timeline.
fn body(object: &Value, times: Vec<(Moment, String)>) -> String {
    let mut body = String::new();
    for field in list(object, &["custom_field_entries"]) {
        if let (Some(name), Some(value)) =
            (field.get("custom_field").and_then(|field| text(field, &["name"])), values(field))
        {
            body.push_str(&format!("- **{name}:** {value}\n"));
        }
    }
    for (name, time) in unread_times(object) {
        body.push_str(&format!("- **{name}:** {time}\n"));
    }
    if let Some(summary) = text(object, &["summary"]) {
        body.push_str(&format!("\n## Summary\n\n{summary}\n"));
    }
    if let Some(postmortem) = text(object, &["postmortem_body", "postmortem"]) {
        body.push_str(&format!("\n{postmortem}\n"));
    }
    let entries = entries(object, times);
    if !entries.is_empty() {
        body.push_str(&format!("\n## Timeline\n\n{entries}"));
    }
    body
}

/// Times and updates as entries, the oldest first. Updates whose time cannot be read keep its words, and come last.
fn entries(object: &Value, times: Vec<(Moment, String)>) -> String {
    let named = |(at, name): (Moment, String)| (Some(at), entry(&at.entry(), &format!("**{name}**")));
    let mut entries: Vec<(Option<Moment>, String)> = times.into_iter().map(named).collect();
    for update in list(object, &["incident_updates", "updates"]) {
        let Some(message) = update.as_str().or_else(|| text(update, &["message"])) else { continue };
        let time = word(update, &[CREATED]);
        let at = time.as_deref().and_then(Moment::read);
        let shown = time.map_or_else(|| "Later".to_owned(), |time| time_of_entry(&time));
        entries.push((at, entry(&shown, message)));
    }
    entries.sort_by_key(|(at, _)| (at.is_none(), *at));
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// The times that the incident keeps, with their names, such as "Reported at".
fn named_times(object: &Value) -> impl Iterator<Item = (&str, &str)> {
    list(object, &["incident_timestamp_values"]).iter().filter_map(|value| {
        let name = text(value.get("incident_timestamp")?, &["name"])?;
        Some((name.strip_suffix(" at").unwrap_or(name), text(value.get("value")?, &["value"])?))
    })
}

fn timestamps(object: &Value) -> Vec<(Moment, String)> {
    named_times(object).filter_map(|(name, time)| Some((Moment::read(time)?, name.to_owned()))).collect()
}

/// Those whose value is no moment.
fn unread_times(object: &Value) -> impl Iterator<Item = (&str, &str)> {
    named_times(object).filter(|(_, time)| Moment::read(time).is_none())
}

fn values(field: &Value) -> Option<String> {
    let value = |value: &Value| {
        let option = value.get("value_option").or_else(|| value.get("value_catalog_entry"));
        let named = option.and_then(|option| text(option, &["value", "name"]));
        named.map(str::to_owned).or_else(|| word(value, &["value_text", "value_link", "value_numeric"]))
    };
    let all: Vec<String> = list(field, &["values"]).iter().filter_map(value).collect();
    (!all.is_empty()).then(|| all.join(", "))
}
