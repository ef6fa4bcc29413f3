//! Issues of GitHub as JSON, by `gh issue list --json` or by its REST API.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::issue::{Comment, Issue};
use super::item::{Batch, Skipped};
use super::json::{key_of, list, name_unread, names, text};
use super::left_out::LeftOut;
use super::moment::Moment;
use super::piece::Piece;

/// `gh issue list --json …`, `gh issue view --json …` and `gh api repos/…/issues`.
pub(super) const GITHUB: Container = Container { name: "github", title: "GitHub issues", takes, convert };

/// The fields that are read.
const READ: [&str; 13] = [
    "number",
    "title",
    "body",
    "labels",
    "labels.name",
    "comments.body",
    "comments.createdAt",
    "comments.created_at",
    "comment_list.body",
    "comment_list.created_at",
    "createdAt",
    "created_at",
    "comments",
];

/// Fields with the address of the page; the API's own address is no page.
const ADDRESS: [&str; 2] = ["html_url", "url"];

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
        address: text(object, &ADDRESS).map(str::to_owned),
        severity: None,
        comments: comments.iter().filter_map(comment).collect(),
        left_out: left_out(object),
        comment_count: object.get("comments").and_then(Value::as_u64).map_or(comments.len(), |count| count as usize),
    }
}

fn left_out(object: &Value) -> LeftOut {
    let mut left_out = LeftOut::default();
    let lists = ["labels", "comments"].map(|key| object.get(key).is_some_and(is_list_of_objects).then_some(key));
    let read = READ.into_iter().filter(|key| !lists.contains(&Some(*key))).chain(key_of(object, &ADDRESS));
    name_unread(object, &read.collect::<Vec<_>>(), &mut left_out);
    left_out
}

/// Whether a list holds objects, whose fields are looked at one by one, and not names or a number of them.
fn is_list_of_objects(value: &Value) -> bool {
    value.as_array().is_some_and(|values| values.iter().all(Value::is_object))
}
