//! What an editor shows about the place under the pointer: findings, factors, reviews, times, actions, keys.

use chrono::{NaiveDateTime, TimeDelta};
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::mention::{self, Name};
use super::navigation::mentions;
use super::schema;
use super::view::{ReadReview, View};
use crate::diagnostic::Diagnostic;
use crate::model::{Action, PhaseMark, Words};
use crate::report::rule_address;
use crate::text::Span;

/// How many reviews are named with a factor.
const NAMED: usize = 8;

/// All that is known about a place, the findings first.
pub(super) fn hover(view: &View<'_>, offset: usize) -> Option<Hover> {
    let place = Span::at(offset);
    let findings = view.findings().filter(|finding| finding.span.contains(place));
    let mut parts: Vec<String> = findings.map(about_finding).collect();
    let names = mentions(view);
    let name = mention::at(&names, offset);
    parts.extend(name.and_then(|mention| about_name(view, &mention.name)));
    if let Some(read) = view.review() {
        parts.extend(about_time(read, offset));
        parts.extend(action_at(read, offset).map(|action| about_action(view, read, action)));
    }
    parts.extend(schema::key_at(view, offset).map(|key| format!("`{}`: {}", key.name, key.about)));
    if parts.is_empty() {
        return None;
    }
    let value = parts.join("\n\n---\n\n");
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: name.map(|mention| view.range(mention.span)) })
}

fn about_finding(finding: &Diagnostic) -> String {
    let rule = finding.rule;
    let help = finding.help.as_deref().unwrap_or(rule.remedy);
    // Lines to copy stand below the sentence.
    let help = help.replace('\n', "  \n");
    let remedy = if finding.help.is_some() { format!("\n\n{}", rule.remedy) } else { String::new() };
    format!(
        "**{} {}** ({}): {}\n\n{}\n\n**What to do:** {help}{remedy}\n\n[The rule with examples]({})",
        rule.code,
        rule.name,
        finding.level.word(),
        finding.message,
        rule.why,
        rule_address(rule)
    )
}

fn about_name(view: &View<'_>, name: &Name) -> Option<String> {
    let known = view.known();
    match name {
        Name::Factor(id) => Some(about_factor(view, id)?),
        Name::Label(label) => {
            let read = view.review()?;
            let answering = |action: &&Action| action.addresses.iter().any(|answer| answer.value == *label);
            let actions: Vec<String> = read.review.actions.iter().filter(answering).map(line_of_action).collect();
            let actions = if actions.is_empty() { "No action answers it yet.".to_owned() } else { actions.join("\n") };
            Some(format!("Weakness `{label}` of this review\n\n{actions}"))
        }
        Name::Review(id) => {
            let review = known.reviews.iter().find(|review| review.id.0.eq_ignore_ascii_case(id))?;
            let day = review.date().map(|day| format!(" ({day})")).unwrap_or_default();
            Some(format!("**{}**{day}\n\n{}", review.title, review.path))
        }
    }
}

/// A factor, what it means, and the reviews that have it.
pub(super) fn about_factor(view: &View<'_>, id: &str) -> Option<String> {
    let known = view.known();
    let factor = known.policy.registry.get(id)?;
    let id = factor.id.value.as_str();
    let has_it = |review: &&std::sync::Arc<crate::model::Review>| {
        review.factors.iter().any(|used| known.policy.registry.canonical(&used.id.value) == id)
    };
    let mut seen: Vec<_> = known.reviews.iter().filter(has_it).collect();
    seen.sort_by_key(|review| std::cmp::Reverse(review.date()));
    let line = |review: &std::sync::Arc<crate::model::Review>| {
        format!("- {}: {}", review.date().map(|day| day.to_string()).unwrap_or_default(), review.title)
    };
    let lines: Vec<String> = seen.iter().take(NAMED).map(|review| line(review)).collect();
    let count = match seen.len() {
        0 => "No review has it yet.".to_owned(),
        1 => "Seen in 1 review:".to_owned(),
        count => format!("Seen in {count} reviews:"),
    };
    Some(format!(
        "**{}** `{id}` ({})\n\n{}\n\n{count}\n\n{}",
        factor.name,
        factor.category,
        factor.definition,
        lines.join("\n")
    ))
}

/// The time of the entry whose time is at a place: in UTC, and since impact began.
fn about_time(read: &ReadReview, offset: usize) -> Option<String> {
    let timeline = &read.review.timeline;
    let is_here = |span: Span| read.place(span).contains(Span::at(offset));
    let entry = timeline.entries().iter().find(|entry| is_here(entry.stamp_span))?;
    let mut text = format!("{} UTC", written(entry.at.at));
    if let Some(until) = entry.until {
        text.push_str(&format!(" to {} UTC", written(until.at)));
    }
    if entry.at.approximate {
        text.push_str(", approximate");
    }
    let start = timeline.first(PhaseMark::ImpactStarted).filter(|start| start.has_time() && entry.at.has_time());
    if let Some(start) = start {
        text.push_str(&format!("\n\n{}", since(entry.at.at - start.at)));
    }
    Some(text)
}

fn written(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// How long before or after the start of impact.
fn since(offset: TimeDelta) -> String {
    let minutes = offset.num_minutes();
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let length = match (hours, rest) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    };
    match minutes {
        0 => "The start of impact".to_owned(),
        1.. => format!("{length} after the start of impact"),
        _ => format!("{length} before the start of impact"),
    }
}

fn action_at(read: &ReadReview, offset: usize) -> Option<&Action> {
    read.review.actions.iter().find(|action| read.place(action.span).contains(Span::at(offset)))
}

fn about_action(view: &View<'_>, read: &ReadReview, action: &Action) -> String {
    let policy = &view.known().policy;
    let overdue = if read.review.is_overdue(action, policy.today) { ", overdue" } else { "" };
    let mut facts = vec![format!("{}{overdue}", action.status.word())];
    facts.extend(action.owner.as_ref().map(|owner| format!("owner: {}", owner.value)));
    facts.extend(action.due.as_ref().map(|due| format!("due: {}", due.value)));
    facts.extend(action.closed.as_ref().map(|closed| format!("closed: {}", closed.value)));
    facts.extend(action.kind.map(|kind| format!("kind: {}", kind.word())));
    let answers: Vec<&str> = action.addresses.iter().map(|answer| answer.value.as_str()).collect();
    if !answers.is_empty() {
        facts.push(format!("answers: {}", answers.join(", ")));
    }
    format!("Action: {}", facts.join(" · "))
}

fn line_of_action(action: &Action) -> String {
    let change = action.change.as_ref().map_or("", |change| change.value.as_str());
    format!("- {change} ({})", action.status.word())
}
