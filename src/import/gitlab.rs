//! Issues and incidents of GitLab as JSON, by `glab`, by its REST API, or as `issues.ndjson` of a project's export.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::issue::{Comment, Issue};
use super::item::Batch;
use super::json::{list, name_unread, names, text, word};
use super::left_out::{Kind, LeftOut};
use super::piece::Piece;

/// `glab issue list --output json`, `glab api projects/…/issues` and exports.
pub(super) const GITLAB: Container = Container { name: "gitlab", title: "GitLab issues", takes, convert };

/// The fields that are read.
const READ: [&str; 18] = [
    "iid",
    "iid#",
    "title",
    "description",
    "created_at|createdAt",
    "created_at|createdAt#",
    "web_url|webUrl",
    "severity",
    "user_notes_count|userNotesCount#",
    "labels[]",
    "labels.name|title",
    "label_links.label.title",
    "notes[]",
    "notes.body|note",
    "notes.created_at|createdAt",
    "notes.created_at|createdAt#",
    "notes.system#",
    "notes.noteable_type",
];

const CREATED: [&str; 2] = ["created_at", "createdAt"];

const SYSTEM: Kind = ("note of the system", "notes of the system");

fn takes(piece: &Piece) -> bool {
    piece.objects().iter().any(|value| value.get("iid").is_some() && value.get("title").is_some())
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    piece.objects().iter().map(|object| issue(object, piece).into_item(context)).collect()
}

fn issue(object: &Value, piece: &Piece) -> Issue {
    let number = word(object, &["iid"]).unwrap_or_default();
    // Notes of the system tell who changed which label.
    let is_of_system = |note: &&Value| note.get("system").and_then(Value::as_bool) == Some(true);
    let (of_system, written): (Vec<&Value>, Vec<&Value>) = list(object, &["notes"]).iter().partition(is_of_system);
    let comments = written.into_iter().filter_map(|note| Comment::read(note, &CREATED, &["body", "note"]));
    let mut labels = names(list(object, &["labels"]), &["name", "title"]);
    labels.extend(
        list(object, &["label_links"]).iter().filter_map(|link| Some(text(link.get("label")?, &["title"])?.to_owned())),
    );
    let severity = text(object, &["severity"]).filter(|severity| !severity.eq_ignore_ascii_case("unknown"));
    let mut left_out = LeftOut::default();
    name_unread(object, &READ, &mut left_out);
    left_out.count(SYSTEM, of_system.len());
    let count = ["user_notes_count", "userNotesCount"].iter().find_map(|key| object.get(key)?.as_u64());
    Issue {
        origin: format!("{} #{number}", piece.path),
        number,
        title: text(object, &["title"]).unwrap_or_default().to_owned(),
        body: text(object, &["description"]).unwrap_or_default().to_owned(),
        labels,
        opened: word(object, &CREATED),
        address: text(object, &["web_url", "webUrl"]).map(str::to_owned),
        severity: severity.map(str::to_lowercase),
        comments: comments.collect(),
        left_out,
        comment_count: count.unwrap_or_default() as usize,
    }
}
