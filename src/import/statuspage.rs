//! Incidents of a status page: Statuspage's `incidents.json`, and those of programs that speak as it does.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::html::text_of_update;
use super::item::{Audience, Batch, Item, Skipped};
use super::json::{list, names, text};
use super::label::read_severity;
use super::moment::{Moment, entry};
use super::piece::Piece;
use super::written::FrontValue;

/// `https://status.example.org/api/v2/incidents.json`, of Statuspage, incident.io, Rootly, Instatus and others.
pub(super) const STATUSPAGE: Container = Container { name: "statuspage", title: "status pages", takes, convert };

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
    let began = text(object, &["started_at", "created_at"]).and_then(Moment::read);
    let mut item = Item { origin, title: title.to_owned(), audience: Audience::Public, ..Item::default() };
    item.date = began.map(Moment::day);
    item.id = Some(id.to_owned());
    item.address = text(object, &["shortlink", "url"]).map(str::to_owned);
    item.front.add_text("title", Some(title));
    item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
    if let Some(impact) = impact.filter(|impact| *impact != "none") {
        read_severity(impact, context.policy, &mut item);
    }
    item.front.add("services", FrontValue::Texts(components(object)));
    item.front.add("aliases", FrontValue::Texts([id.to_owned()].into_iter().filter(|id| !id.is_empty()).collect()));
    if let Some(address) = &item.address {
        item.front
            .add_reference(vec![("title".to_owned(), "Status page".to_owned()), ("url".to_owned(), address.clone())]);
    }
    let postmortem = text(object, &["postmortem_body"]).map(text_of_update).unwrap_or_default();
    item.body = format!("{postmortem}\n\n## {}\n\n{}", heading(&postmortem), updates(object));
    Ok(item)
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

/// The updates as entries, the oldest first. An update of the kind `postmortem` says the postmortem again.
fn updates(object: &Value) -> String {
    let time = |update: &Value| text(update, &["display_at", "created_at"]).and_then(Moment::read);
    let has_postmortem = text(object, &["postmortem_body"]).is_some();
    let is_again = |update: &&Value| has_postmortem && text(update, &["status"]) == Some("postmortem");
    let mut all: Vec<&Value> = list(object, &["incident_updates"]).iter().filter(|update| !is_again(update)).collect();
    all.reverse();
    all.sort_by_key(|update| time(update));
    let entry_of = |update: &&Value| {
        let status = text(update, &["status"]).map(|status| format!("**{}** ", title_case(status))).unwrap_or_default();
        let said = text(update, &["body", "message"]).map(text_of_update).unwrap_or_default();
        entry(&time(update).map_or_else(|| "Later".to_owned(), Moment::entry), &format!("{status}{said}"))
    };
    all.iter().map(entry_of).collect()
}

/// A word of a program as people write it: `in_progress` is "In progress".
pub(super) fn title_case(word: &str) -> String {
    let word = word.replace('_', " ");
    let mut signs = word.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
