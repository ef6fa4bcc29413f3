//! The actions of a review: those of the front matter, and those that the text names.

use chrono::NaiveDate;

use super::owner::StatedOwner;
use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{ActionField, ActionLine, Document};
use crate::markdown::plain;
use crate::model::{Action, ActionKind, ActionStatus, Review, Unknown, Words};
use crate::text::{Spanned, kebab_case};

/// Adds the actions of the text to those of the front matter. One that both name is one action; where the front matter is
/// silent the text counts, and where the two say different things that is a problem.
pub(super) fn add_from_text(review: &mut Review, document: &Document, problems: &mut Problems) {
    let known: Vec<String> = review.actions.iter().map(name).collect();
    for line in &document.actions {
        let action = lower(line);
        let wanted = name(&action);
        match known.iter().position(|known| !known.is_empty() && *known == wanted) {
            Some(at) => merge(&mut review.actions[at], action, line, problems),
            None => review.actions.push(action),
        }
    }
}

/// The words by which an action is the same in front matter and text.
fn name(action: &Action) -> String {
    action.change.as_ref().map(|change| kebab_case(&plain(&change.value))).unwrap_or_default()
}

fn lower(line: &ActionLine) -> Action {
    let field = |field: ActionField| line.field(field).cloned();
    let day = |value: &Spanned<String>| Some(Spanned::new(value.value.parse::<NaiveDate>().ok()?, value.span));
    let status = field(ActionField::Status).and_then(|word| word_of::<ActionStatus>(&word.value));
    let answers = field(ActionField::Answers).map(|answers| {
        let parts = answers.value.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| Spanned::new(kebab_case(&plain(part)), answers.span)).collect()
    });
    let StatedOwner { owner, no_owner, unknown } = StatedOwner::new(field(ActionField::Owner));
    Action {
        span: line.span,
        id: None,
        block: line.block,
        groups: line.groups.clone(),
        change: Some(line.change.clone()),
        kind: field(ActionField::Kind).and_then(|word| word_of::<ActionKind>(&word.value)),
        addresses: answers.unwrap_or_default(),
        owner,
        no_owner,
        unknown,
        due: field(ActionField::Due).as_ref().and_then(day),
        status: status.unwrap_or(ActionStatus::Open),
        closed: None,
        updates: Vec::new(),
        link: field(ActionField::Link),
        evidence: field(ActionField::Evidence).map(|evidence| evidence.value),
    }
}

fn word_of<T: Words>(word: &str) -> Option<T> {
    T::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// Fills in what the front matter leaves out.
fn merge(action: &mut Action, text: Action, line: &ActionLine, problems: &mut Problems) {
    let mut differ = |what: &str, given: &str, written: &Spanned<String>| {
        let message = format!("the text says `{}` is the {what}, and the front matter says `{given}`", written.value);
        let help = "Keep one of the two. The front matter decides until then.";
        problems.add(ProblemKind::Contradiction, written.span, message).help(help);
    };
    match (&action.owner, &text.owner) {
        (Some(given), Some(written)) if kebab_case(&given.value) != kebab_case(&written.value) => {
            differ("owner", &given.value, written);
        }
        (Some(_), _) => {}
        (None, Some(_)) => {
            action.owner.clone_from(&text.owner);
            action.unknown.retain(|unknown| *unknown != Unknown::Owner);
        }
        (None, None) => {
            if action.no_owner.is_none() {
                action.no_owner.clone_from(&text.no_owner);
            }
            if action.unknown.is_empty() {
                action.unknown.clone_from(&text.unknown);
            }
        }
    }
    match (&action.due, &text.due, line.field(ActionField::Due)) {
        (Some(given), Some(due), Some(written)) if given.value != due.value => {
            differ("deadline", &given.value.to_string(), written);
        }
        (Some(_), _, _) => {}
        (None, Some(_), _) => {
            action.due.clone_from(&text.due);
            action.unknown.retain(|unknown| *unknown != Unknown::Due);
        }
        (None, None, _) => {}
    }
    if let Some(written) = line.field(ActionField::Status)
        && text.status != action.status
        && action.status != ActionStatus::Open
    {
        differ("status", action.status.word(), written);
    } else if line.field(ActionField::Status).is_some() {
        action.status = text.status;
    }
    action.groups = text.groups;
    action.block = text.block;
    action.kind = action.kind.or(text.kind);
    action.link = action.link.take().or(text.link);
    action.evidence = action.evidence.take().or(text.evidence);
    if action.addresses.is_empty() {
        action.addresses = text.addresses;
    }
}
