//! Issues of trackers, whichever program keeps them.

use chrono::NaiveDate;
use serde_json::Value;

use super::item::{Item, Skipped};
use super::json::{passage, word};
use super::label::{read_labels, read_severity};
use super::left_out::LeftOut;
use super::markdown::{counted, document};
use super::moment::{Moment, day_in_title, entry, time_of_entry, unread_time};
use super::written::FrontValue;
use super::{Choice, Comments, Context};
use crate::document::SectionKind;
use crate::scaffold::calls_itself_review;
use crate::text::{SitePath, Source};

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
    /// When it was opened, as its tracker says it.
    pub(super) opened: Option<String>,
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
    /// When it was written, as its tracker says it.
    pub(super) at: Option<String>,
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
        item.date = self.day(&mut item.left_out);
        item.id = Some(self.alias());
        item.front.add_text("title", Some(&self.title));
        item.front.add("date", item.date.map_or(FrontValue::Texts(Vec::new()), FrontValue::Day));
        read_labels(&self.labels, context.policy, &mut item);
        if let Some(severity) = &self.severity {
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
        self.if_review(item, context)
    }

    /// The item, unless it does not look like a review and only those were asked for. What its title or a label calls a
    /// review is one, however it is written.
    fn if_review(self, item: Item, context: &Context<'_>) -> Result<Item, Skipped> {
        let is_empty = item.body.trim().is_empty();
        let is_called_review = || {
            let path = SitePath::new("issue.md").expect("the name is a path");
            calls_itself_review(&Source::new(path, &super::written::review(&item)))
        };
        match context.wish.choice {
            // What its title and its labels say is all that there is.
            Choice::All if is_empty && !self.title.is_empty() => Ok(item),
            Choice::Reviews if is_empty => {
                let why = "it has no text; `--all` takes its title and labels over".to_owned();
                Err(Skipped { origin: self.origin, why })
            }
            Choice::Reviews if is_called_review() => Ok(item),
            Choice::All | Choice::Reviews => item.if_review(context),
        }
    }

    /// The day that the title names, else the one on which the issue was opened, in UTC.
    fn day(&self, left_out: &mut Vec<String>) -> Option<NaiveDate> {
        let opened = self.opened.as_deref().and_then(Moment::read).map(Moment::day);
        if let (Some(time), None) = (&self.opened, opened) {
            left_out.push(unread_time(time));
        }
        let titled = day_in_title(&self.title);
        if let (Some(opened), true) = (opened, titled.is_some_and(|day| Some(day) != opened)) {
            left_out.push(format!("{opened}, the day on which it was opened, since the title says another one"));
        }
        titled.or(opened)
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
        let held = self.comments.len();
        let missing = self.comment_count.saturating_sub(held);
        if missing > 0 {
            let what = counted(missing, "comment", "comments");
            item.left_out.push(format!("{what}, which the export does not hold"));
        }
        if self.comments.is_empty() {
            return;
        }
        if context.wish.comments == Comments::LeftOut {
            let what = counted(held, "comment", "comments");
            return item.left_out.push(format!("{what}; `--comments timeline` takes them over"));
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
    /// Reads a comment, which may be nothing but its text.
    pub(super) fn read(comment: &Value, times: &[&str], texts: &[&str]) -> Option<Self> {
        let said = comment.as_str().or_else(|| passage(comment, texts))?;
        Some(Self { at: word(comment, times), text: said.to_owned() })
    }

    fn entry(&self) -> String {
        entry(&self.at.as_deref().map_or_else(|| "Later".to_owned(), time_of_entry), &self.text)
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
