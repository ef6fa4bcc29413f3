//! The actions of a review: those of the front matter, and those that the text names.

use chrono::NaiveDate;

use super::owner::StatedOwner;
use super::weakness::WeaknessNames;
use crate::diagnostic::{ProblemKind, Problems};
use crate::document::{ActionField, ActionLine, Document};
use crate::markdown::plain;
use crate::model::{Action, ActionKind, ActionStatus, Registry, Review, Unknown, Update, Words};
use crate::text::{Spanned, kebab_case};

/// Adds the actions of the text to those of the front matter. One that both name is one action; where the front matter is
/// silent the text counts, and where the two say different things that is a problem.
pub(super) fn add_from_text(review: &mut Review, document: &Document, registry: &Registry, problems: &mut Problems) {
    let names = WeaknessNames::new(review, document, registry);
    names.use_in(review);
    let known: Vec<(Option<String>, String)> = review.actions.iter().map(|action| (id(action), name(action))).collect();
    for line in &document.actions {
        let action = lower(line, &names);
        let (wanted_id, wanted) = (id(&action), name(&action));
        let is_same = |(id, known): &(Option<String>, String)| {
            wanted_id.is_some() && *id == wanted_id || !known.is_empty() && *known == wanted
        };
        match known.iter().position(is_same) {
            Some(at) => merge(&mut review.actions[at], action, line, problems),
            None => review.actions.push(action),
        }
    }
}

fn id(action: &Action) -> Option<String> {
    action.id.as_ref().map(|id| id.value.clone())
}

/// The words by which an action is the same in front matter and text.
fn name(action: &Action) -> String {
    action.change.as_ref().map(|change| kebab_case(&plain(&change.value))).unwrap_or_default()
}

fn lower(line: &ActionLine, names: &WeaknessNames<'_>) -> Action {
    let field = |field: ActionField| line.field(field).cloned();
    let day = |value: &Spanned<String>| Some(Spanned::new(value.value.parse::<NaiveDate>().ok()?, value.span));
    let status = field(ActionField::Status).and_then(|word| word_of::<ActionStatus>(&word.value));
    let answers = field(ActionField::Answers).map(|answers| {
        // The whole text of an item may hold commas.
        if let Some(name) = names.named(&plain(&answers.value)) {
            return vec![Spanned::new(name, answers.span)];
        }
        let parts = answers.value.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        let name = |words: &str| names.named(words).unwrap_or_else(|| kebab_case(words));
        parts.map(|part| Spanned::new(name(&plain(part)), answers.span)).collect()
    });
    let updates =
        field(ActionField::Updates).map(|words| words.value.split(", ").filter_map(word_of::<Update>).collect());
    let StatedOwner { owner, no_owner, unknown } = StatedOwner::new(field(ActionField::Owner));
    Action {
        span: line.span,
        id: field(ActionField::Id),
        block: line.block,
        groups: line.groups.clone(),
        change: Some(line.change.clone()),
        kind: field(ActionField::Kind).and_then(|word| word_of::<ActionKind>(&word.value)),
        addresses: answers.unwrap_or_default(),
        owner,
        no_owner,
        unknown,
        no_due: line.unread_due.clone().filter(|_| line.field(ActionField::Due).is_none()),
        due: field(ActionField::Due).as_ref().and_then(day),
        status: status.unwrap_or(ActionStatus::Open),
        closed: field(ActionField::Closed).as_ref().and_then(day),
        updates: updates.unwrap_or_default(),
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
    if let (Some(given), Some(written)) = (&action.change, &text.change)
        && kebab_case(&plain(&given.value)) != kebab_case(&plain(&written.value))
    {
        differ("change", &given.value, written);
    }
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
        (None, None, _) => action.no_due.clone_from(&text.no_due),
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
    action.id = action.id.take().or(text.id);
    action.closed = action.closed.take().or(text.closed);
    if action.updates.is_empty() {
        action.updates = text.updates;
    }
}

#[cfg(test)]
mod tests {
    use crate::document::parse;
    use crate::lower::lower;
    use crate::model::{Action, Policy, Update, Words};
    use crate::text::{SitePath, Source};

    fn actions(text: &str) -> Vec<Action> {
        let source = Source::new(SitePath::new("content/reviews/a.md").unwrap(), text);
        lower(&parse(&source), &Policy::default()).0.actions
    }

    /// All that an action says, in one line.
    fn said(action: &Action) -> String {
        let text = |text: Option<&str>| text.unwrap_or("-").to_owned();
        [
            text(action.change.as_ref().map(|change| change.value.as_str())),
            text(action.id.as_ref().map(|id| id.value.as_str())),
            text(action.kind.map(Words::word)),
            action.addresses.iter().map(|name| name.value.clone()).collect::<Vec<_>>().join("+"),
            text(action.owner.as_ref().map(|owner| owner.value.as_str())),
            text(action.due.as_ref().map(|due| due.value.to_string()).as_deref()),
            action.status.word().to_owned(),
            text(action.closed.as_ref().map(|closed| closed.value.to_string()).as_deref()),
            action.updates.iter().map(|update| update.word()).collect::<Vec<_>>().join("+"),
            text(action.link.as_ref().map(|link| link.value.as_str())),
            text(action.evidence.as_deref()),
        ]
        .join(" | ")
    }

    const WHOLE: &str = "Limit it | limit | prevent | disk-full+late-page | Storage team | 2024-03-31 | done | 2024-03-20 | \
        runbook+alerting | https://example.org/1 | It held; for a week.";

    #[test]
    fn items_inside_an_action_say_its_fields() {
        let found = actions(
            "## Actions\n\n- [x] Limit it\n  - Id: limit; kind: prevent; owner: Storage team; due: 2024-03-31\n  \
             - **Closed:** 2024-03-20; updates: runbook, alerting.\n  - Answers: disk full, late page\n  \
             - Evidence: It held;\n    for a week.\n  - Link: <https://example.org/1>\n",
        );
        assert_eq!(found.iter().map(said).collect::<Vec<_>>(), [WHOLE]);
        let found = actions("## Actions\n\n- Limit it\n  - Owner: Storage team\n  - by night\n  - Note: slow\n");
        assert_eq!(
            found.iter().map(said).collect::<Vec<_>>(),
            ["Limit it; by night; Note: slow | - | - |  | Storage team | - | open | - |  | - | -"]
        );
    }

    #[test]
    fn columns_of_a_table_say_the_same_fields() {
        let found = actions(
            "## Actions\n\n| Id | Action | Kind | Answers | Owner | Due | Status | Closed | Updates | Link | Evidence |\n\
             |-|-|-|-|-|-|-|-|-|-|-|\n| limit | Limit it | prevent | disk full, late page | Storage team | 2024-03-31 | \
             done | 2024-03-20 | runbook, alerting | <https://example.org/1> | It held; for a week. |\n",
        );
        assert_eq!(found.iter().map(said).collect::<Vec<_>>(), [WHOLE]);
    }

    #[test]
    fn every_word_for_what_an_action_updates_is_read() {
        let words: Vec<&str> = Update::WORDS.iter().map(|(word, _)| *word).collect();
        let found = actions(&format!("## Actions\n\n- Limit it\n  - Updates: {}\n", words.join(", ")));
        assert_eq!(found[0].updates.len(), words.len());
    }

    #[test]
    fn front_matter_and_text_are_one_action_by_id_or_by_words() {
        let front = "+++\n[[actions]]\nid = \"limit\"\nchange = \"Limit\"\n\n[[actions]]\nchange = \"Alert\"\n+++\n";
        let found = actions(&format!(
            "{front}\n## Actions\n\n- Limit it\n  - Id: limit; owner: A\n- alert (B, due 2024-03-31)\n"
        ));
        let changes: Vec<_> = found.iter().map(|action| action.change.as_ref().unwrap().value.as_str()).collect();
        assert_eq!(changes, ["Limit", "Alert"], "what the text says instead is a contradiction");
        let owners: Vec<_> = found.iter().map(|action| action.owner.as_ref().unwrap().value.as_str()).collect();
        assert_eq!(owners, ["A", "B"]);
    }
}
