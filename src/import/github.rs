//! Issues of GitHub as JSON, by `gh issue list --json` or by its REST API.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::issue::{Comment, Issue};
use super::item::{Batch, Skipped};
use super::json::{list, names, text};
use super::moment::Moment;
use super::piece::Piece;

/// `gh issue list --json …`, `gh issue view --json …` and `gh api repos/…/issues`.
pub(super) const GITHUB: Container = Container { name: "github", title: "GitHub issues", takes, convert };

fn takes(piece: &Piece) -> bool {
    let is_issue = |value: &Value| value.get("number").is_some_and(Value::is_u64) && value.get("title").is_some();
    piece.objects().first().is_some_and(is_issue)
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let item = |object: &Value| {
        let number = object.get("number").and_then(Value::as_u64).unwrap_or_default();
        let origin = format!("{} #{number}", piece.path);
        match object.get("pull_request") {
            Some(_) => Err(Skipped { origin, why: "a pull request".to_owned() }),
            None => issue(object, origin, number).into_item(context),
        }
    };
    piece.objects().iter().map(item).collect()
}

fn issue(object: &Value, origin: String, number: u64) -> Issue {
    let comment = |comment: &Value| {
        let at = text(comment, &["createdAt", "created_at"]).and_then(Moment::read);
        Some(Comment { at, text: text(comment, &["body"])?.to_owned() })
    };
    let comments = list(object, &["comments", "comment_list"]);
    Issue {
        origin,
        number: number.to_string(),
        title: text(object, &["title"]).unwrap_or_default().to_owned(),
        body: text(object, &["body"]).unwrap_or_default().to_owned(),
        labels: names(list(object, &["labels"]), &["name"]),
        opened: text(object, &["createdAt", "created_at"]).and_then(Moment::read),
        // The API's own address is no page.
        address: text(object, &["html_url", "url"]).map(str::to_owned),
        severity: None,
        comments: comments.iter().filter_map(comment).collect(),
        comment_count: object.get("comments").and_then(Value::as_u64).map_or(comments.len(), |count| count as usize),
    }
}
