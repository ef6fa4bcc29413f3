//! Issues of GitHub as JSON, by `gh issue list --json` or by its REST API.

use serde_json::Value;

use super::Context;
use super::container::Container;
use super::issue::{Comment, Issue};
use super::item::{Batch, Skipped};
use super::json::{list, name_unread, names, text, word};
use super::left_out::LeftOut;
use super::piece::Piece;

/// `gh issue list --json …`, `gh issue view --json …` and `gh api repos/…/issues`.
pub(super) const GITHUB: Container = Container { name: "github", title: "GitHub issues", takes, convert };

/// The fields that are read. The API's own address is no page.
const READ: [&str; 19] = [
    "number",
    "number#",
    "title",
    "body",
    "labels[]",
    "labels.name",
    "comments[]",
    "comments#",
    "comments.totalCount#",
    "comments.body",
    "comments.createdAt|created_at",
    "comments.createdAt|created_at#",
    "comment_list[]",
    "comment_list.body",
    "comment_list.createdAt|created_at",
    "comment_list.createdAt|created_at#",
    "createdAt|created_at",
    "createdAt|created_at#",
    "html_url|url",
];

const CREATED: [&str; 2] = ["createdAt", "created_at"];

fn takes(piece: &Piece) -> bool {
    piece.objects().iter().any(is_issue)
}

fn is_issue(object: &Value) -> bool {
    let is_number = |number: String| number.bytes().all(|byte| byte.is_ascii_digit());
    word(object, &["number"]).is_some_and(is_number) && object.get("title").is_some()
}

fn convert(piece: &Piece, context: &Context<'_>) -> Batch {
    let item = |object: &Value| {
        let number = word(object, &["number"]).unwrap_or_else(|| "0".to_owned());
        let origin = format!("{} #{number}", piece.path);
        match object.get("pull_request") {
            Some(_) => Err(Skipped { origin, why: "a pull request".to_owned() }),
            None => issue(object, origin, number).into_item(context),
        }
    };
    piece.objects().iter().map(item).collect()
}

fn issue(object: &Value, origin: String, number: String) -> Issue {
    let comments = list(object, &["comments"]).iter().chain(list(object, &["comment_list"]));
    let comments = comments.filter_map(|comment| Comment::read(comment, &CREATED, &["body"]));
    let mut left_out = LeftOut::default();
    name_unread(object, &READ, &mut left_out);
    let count = ["comments", "comments.totalCount"].iter().find_map(|key| object.get(key)?.as_u64());
    Issue {
        origin,
        number,
        title: text(object, &["title"]).unwrap_or_default().to_owned(),
        body: text(object, &["body"]).unwrap_or_default().to_owned(),
        labels: names(list(object, &["labels"]), &["name"]),
        opened: word(object, &CREATED),
        address: text(object, &["html_url", "url"]).map(str::to_owned),
        severity: None,
        comments: comments.collect(),
        left_out,
        comment_count: count.unwrap_or_default() as usize,
    }
}
