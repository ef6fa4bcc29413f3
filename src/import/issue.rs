//! Issues of trackers, whichever program keeps them.

use super::item::{Item, Skipped};
use super::label::{read_labels, read_severity};
use super::left_out::LeftOut;
use super::markdown::{counted, document};
use super::moment::{Moment, entry};
use super::written::FrontValue;
use super::{Comments, Context};
use crate::document::SectionKind;
use crate::text::SitePath;

/// An issue, as all trackers have it.
#[derive(Clone, Debug, Default)]
pub(super) struct Issue {
    /// Where it is in the source.
    pub(super) origin: String,
    /// Its number or key.
    pub(super) number: String,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) labels: Vec<String>,
    pub(super) opened: Option<Moment>,
    pub(super) address: Option<String>,
    /// The severity, where it is no label.
    pub(super) severity: Option<String>,
    pub(super) comments: Vec<Comment>,
    /// How many comments there are; the export may hold fewer.
    pub(super) comment_count: usize,
    /// What its tracker holds besides.
    pub(super) left_out: LeftOut,
}

/// A comment. Its author is a person, and stays behind.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    pub(super) at: Option<Moment>,
    pub(super) text: String,
}

impl Issue {
    /// The issue as an item.
    ///
    /// # Errors
    ///
    /// Why it is no review.
    pub(super) fn into_item(self, context: &Context<'_>) -> Result<Item, Skipped> {
        let mut item = Item { origin: self.origin.clone(), title: self.title.clone(), ..Item::default() };
        item.date = self.opened.map(Moment::day);
        item.id = Some(self.alias());
        item.front.add_text("title", Some(&self.title));
        item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
        read_labels(&self.labels, context.policy, &mut item);
        if let Some(severity) = self.severity.as_ref().filter(|_| !item.front.has("severity")) {
            read_severity(severity, context.policy, &mut item);
        }
        item.add_alias(&self.alias());
        if let Some(address) = &self.address {
            item.add_reference(vec![("title".to_owned(), "Issue".to_owned()), ("url".to_owned(), address.clone())]);
        }
        item.address.clone_from(&self.address);
        item.body = form(&self.body, &mut item);
        self.add_comments(&mut item, context);
        item.left_out.extend(self.left_out.lines());
        item.if_review(context)
    }

    /// The number with the name of the repository, so that two trackers can come into one site.
    fn alias(&self) -> String {
        let repository = self.address.as_deref().and_then(|address| {
            let path = address.split("://").last()?.split('/').skip(1);
            let parts: Vec<&str> = path.take_while(|part| !matches!(*part, "issues" | "-" | "work_items")).collect();
            parts.last().map(|name| (*name).to_owned())
        });
        format!("{}-{}", repository.as_deref().unwrap_or("issue"), self.number)
    }

    fn add_comments(&self, item: &mut Item, context: &Context<'_>) {
        if context.wish.comments == Comments::LeftOut || self.comments.is_empty() {
            let count = self.comment_count.max(self.comments.len());
            let how = if self.comments.is_empty() {
                ", which the export does not hold"
            } else {
                "; `--comments timeline` takes them over"
            };
            if count > 0 {
                item.left_out.push(format!("{}{how}", counted(count, "comment", "comments")));
            }
            return;
        }
        let path = SitePath::new("issue.md").expect("the name is a path");
        let has_timeline =
            document(&path, &item.body).sections.iter().any(|section| section.kind == Some(SectionKind::Timeline));
        let heading = if has_timeline { "Comments" } else { "Timeline" };
        let entries: String = self.comments.iter().map(Comment::entry).collect();
        item.body = format!("{}\n\n## {heading}\n\n{entries}", item.body.trim_end());
    }
}

impl Comment {
    fn entry(&self) -> String {
        match self.at {
            Some(at) => entry(&at.entry(), &self.text),
            None => entry("Later", &self.text),
        }
    }
}

/// What a form writes where nobody answered.
const NO_ANSWER: &str = "_No response_";

/// The longest answer of a form that is a fact and no section.
const LONGEST_FACT: usize = 80;

/// The body of an issue. A form writes `### Field` above each answer: one of a few words becomes a fact above the text,
/// as people write it, and one that nobody gave stays behind.
fn form(body: &str, item: &mut Item) -> String {
    let body = body.replace("\r\n", "\n");
    let has_other_headings = body.lines().any(|line| line.starts_with("# ") || line.starts_with("## "));
    if !body.starts_with("### ") || has_other_headings {
        return body;
    }
    let (mut facts, mut sections, mut empty) = (String::new(), String::new(), Vec::new());
    for field in body.trim_start_matches("### ").split("\n### ") {
        let (name, answer) = field.split_once('\n').unwrap_or((field, ""));
        let (name, answer) = (name.trim(), answer.trim());
        match answer {
            "" | NO_ANSWER => empty.push(name.to_owned()),
            _ if is_fact(answer) => facts.push_str(&format!("- **{}:** {answer}\n", name.trim_end_matches(':'))),
            _ => sections.push_str(&format!("### {name}\n\n{answer}\n\n")),
        }
    }
    if !empty.is_empty() {
        item.left_out.push(format!("fields without an answer: {}", empty.join(", ")));
    }
    format!("{facts}\n{sections}")
}

fn is_fact(answer: &str) -> bool {
    let is_short = answer.chars().count() <= LONGEST_FACT && !answer.contains('\n');
    is_short && !answer.ends_with(['.', '!', '?']) && !answer.starts_with(['-', '*', '#', '>', '`', '|', '!', '['])
}
