//! What can be done about the findings at a place, and with the text there.

mod allow;
mod factor;
mod section;
mod utc;

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, Diagnostic};

use super::edit::{self, Changes, workspace_edit};
use super::finding::diagnostic;
use super::view::View;
use crate::diagnostic::{self as findings, Quote};
use crate::text::{Edit, Span, truncate_line};

/// The greatest number of characters that are shown of the words that a fix changes.
const LONGEST: usize = 40;

/// The greatest number of findings about which something is offered at once: each takes a reading of the text.
const MOST_FINDINGS: usize = 20;

/// Something that can be done.
struct Offer {
    title: String,
    kind: CodeActionKind,
    changes: Changes,
    /// Whether it is certainly right.
    is_preferred: bool,
}

/// What can be done in a part of a text: fixes first, then what an author has to decide.
pub(super) fn actions(view: &View<'_>, part: Span) -> Vec<CodeActionOrCommand> {
    let touches = |span: Span| span.start <= part.end && part.start <= span.end;
    let here: Vec<&findings::Diagnostic> =
        view.findings().filter(|finding| touches(finding.span)).take(MOST_FINDINGS).collect();
    let mut actions = Vec::new();
    for finding in here {
        let shown = diagnostic(finding, &view.lines, Vec::new());
        let mut offers: Vec<Offer> = fix(view, finding).into_iter().collect();
        offers.extend(factor::offers(view, finding));
        offers.extend(section::offer(view, finding));
        offers.extend(allow::offer(view, finding));
        actions.extend(offers.into_iter().filter_map(|offer| action(view, offer, Some(shown.clone()))));
    }
    actions.extend(utc::offer(view, part).and_then(|offer| action(view, offer, None)));
    actions
}

fn action(view: &View<'_>, offer: Offer, finding: Option<Diagnostic>) -> Option<CodeActionOrCommand> {
    let action = CodeAction {
        title: offer.title,
        kind: Some(offer.kind),
        diagnostics: finding.map(|finding| vec![finding]),
        edit: Some(workspace_edit(view, &offer.changes)?),
        is_preferred: offer.is_preferred.then_some(true),
        ..CodeAction::default()
    };
    Some(CodeActionOrCommand::CodeAction(action))
}

/// The fix that a finding offers.
fn fix(view: &View<'_>, finding: &findings::Diagnostic) -> Option<Offer> {
    if finding.fix.is_empty() {
        return None;
    }
    let shown = |words: &str| truncate_line(words, LONGEST);
    let title = match finding.fix.as_slice() {
        [edit] if finding.quote == Quote::Verbatim && !edit.text.trim().is_empty() && !edit.span.is_empty() => {
            format!("Fix: `{}` → `{}`", shown(edit.span.slice(view.text())), shown(&edit.text))
        }
        _ => format!("Fix: {}", finding.message),
    };
    let edits: Vec<Edit> = finding.fix.clone();
    Some(Offer { title, kind: CodeActionKind::QUICKFIX, changes: edit::own(view, edits), is_preferred: true })
}
