//! Issues and incidents of GitLab as JSON, by `glab`, by its REST API, or as `issues.ndjson` of a project's export.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::issue::{Comment, Issue};
use super::item::Batch;
use super::json::{list, name_unread, names, text};
use super::left_out::{Kind, LeftOut};
use super::moment::Moment;
use super::piece::Piece;

/// `glab issue list --output json`, `glab api projects/…/issues` and exports.
pub(super) const GITLAB: Container = Container { name: "gitlab", title: "GitLab issues", takes, convert };

/// The fields that are read.
const READ: [&str; 15] = [
    "iid",
    "title",
    "description",
    "created_at",
    "web_url",
    "severity",
    "user_notes_count",
    "labels.name",
    "labels.title",
    "label_links.label.title",
    "notes.body",
    "notes.note",
    "notes.created_at",
    "notes.system",
    "notes.noteable_type",
];

const SYSTEM: Kind = ("note of the system", "notes of the system");

fn takes(piece: &Piece) -> bool {
    piece.objects().first().is_some_and(|value| value.get("iid").is_some() && value.get("title").is_some())
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    piece.objects().iter().map(|object| issue(object, piece).into_item(context)).collect()
}

fn issue(object: &Value, piece: &Piece) -> Issue {
    let number = object.get("iid").map(|iid| iid.to_string().replace('"', "")).unwrap_or_default();
    // Notes of the system tell who changed which label.
    let is_written = |note: &&Value| note.get("system").and_then(Value::as_bool) != Some(true);
    let comment = |note: &Value| {
        let at = text(note, &["created_at"]).and_then(Moment::read);
        Some(Comment { at, text: text(note, &["body", "note"])?.to_owned() })
    };
    let mut labels = names(list(object, &["labels"]), &["name", "title"]);
    labels.extend(
        list(object, &["label_links"]).iter().filter_map(|link| Some(text(link.get("label")?, &["title"])?.to_owned())),
    );
    let severity = text(object, &["severity"]).filter(|severity| !severity.eq_ignore_ascii_case("unknown"));
    Issue {
        origin: format!("{} #{number}", piece.path),
        number,
        title: text(object, &["title"]).unwrap_or_default().to_owned(),
        body: text(object, &["description"]).unwrap_or_default().to_owned(),
        labels,
        opened: text(object, &["created_at"]).and_then(Moment::read),
        address: text(object, &["web_url"]).map(str::to_owned),
        severity: severity.map(str::to_lowercase),
        comments: list(object, &["notes"]).iter().filter(is_written).filter_map(comment).collect(),
        left_out: left_out(object),
        comment_count: object.get("user_notes_count").and_then(Value::as_u64).unwrap_or_default() as usize,
    }
}

fn left_out(object: &Value) -> LeftOut {
    let mut left_out = LeftOut::default();
    let are_names = list(object, &["labels"]).iter().all(Value::is_string);
    let read = READ.into_iter().chain(are_names.then_some("labels"));
    name_unread(object, &read.collect::<Vec<_>>(), &mut left_out);
    let of_system = |note: &&Value| note.get("system").and_then(Value::as_bool) == Some(true);
    left_out.count(SYSTEM, list(object, &["notes"]).iter().filter(of_system).count());
    left_out
}
