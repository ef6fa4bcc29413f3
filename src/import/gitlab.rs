//! Issues and incidents of GitLab as JSON, by `glab`, by its REST API, or as `issues.ndjson` of a project's export.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::issue::{Comment, Issue};
use super::item::Batch;
use super::json::{list, names, text};
use super::moment::Moment;
use super::piece::Piece;

/// `glab issue list --output json`, `glab api projects/…/issues` and exports.
pub(super) const GITLAB: Container = Container { name: "gitlab", title: "GitLab issues", takes, convert };

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
        comment_count: object.get("user_notes_count").and_then(Value::as_u64).unwrap_or_default() as usize,
    }
}
