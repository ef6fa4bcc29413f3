//! "Allow here": the comment or the key that sets a finding aside, with a place for the reason.

use lsp_types::CodeActionKind;

use super::{Offer, edit};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Fence, parse};
use crate::lsp::view::View;
use crate::text::{Edit, Source, Span, apply_edits};

/// Sets a finding aside where the author says why. Of the places that an allowance can have, the first that covers the
/// finding and changes nothing else is taken.
pub(super) fn offer(view: &View<'_>, finding: &Diagnostic) -> Option<Offer> {
    if view.source.path.extension() != Some("md") && !view.is_review() {
        return None;
    }
    let rule = finding.rule;
    let document = parse(&view.source);
    let text = view.text();
    let front = document.map.to_source(document.front.span);
    let place = finding.span.start;
    let in_front = front.contains(Span::at(place)) && document.front.fence != Fence::None;
    let is_heading =
        text[..place].rsplit('\n').next().is_some_and(|line| line.starts_with('#')) || text[place..].starts_with('#');
    let key = in_front_matter(&document, text, rule.name);
    let comments = comments(text, place, rule.name);
    let edits: Vec<Edit> = match in_front || is_heading {
        true => key.into_iter().chain(comments).collect(),
        false => comments.into_iter().chain(key).collect(),
    };
    let found = edits.into_iter().find(|edit| covers(view, &document, edit, finding))?;
    let title = format!("Allow {} here, with a reason", rule.name);
    Some(Offer { title, kind: CodeActionKind::QUICKFIX, changes: edit::own(view, vec![found]), is_preferred: false })
}

/// A comment at the end of the line, and one above it.
fn comments(text: &str, place: usize, rule: &str) -> Vec<Edit> {
    let start = text[..place].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[start..];
    let end = start + line[..line.find('\n').unwrap_or(line.len())].trim_end().len();
    let comment = format!("<!-- casebook: allow {rule}: -->");
    let edit = |at: usize, text: String| Edit { span: Span::at(at), text };
    vec![edit(end, format!(" {comment}")), edit(start, format!("{comment}\n")), edit(start, format!("{comment}\n\n"))]
}

/// A key of `allow` in the front matter.
fn in_front_matter(document: &Document, text: &str, rule: &str) -> Option<Edit> {
    let front = document.map.to_source(document.front.span);
    let inner = front.slice(text);
    let closing = front.start + inner.trim_end().rfind('\n')? + 1;
    let edit = |at: usize, text: String| Some(Edit { span: Span::at(at), text });
    let behind = |head: &str| {
        let at = inner.find(head)? + head.len();
        Some(front.start + at)
    };
    match document.front.fence {
        Fence::Plus | Fence::CodeBlock => match (behind("\n[allow]\n"), behind("\nallow = {")) {
            (Some(at), _) => edit(at, format!("{rule} = \"\"\n")),
            (None, Some(at)) => {
                let is_empty = text[at..].trim_start().starts_with('}');
                edit(at, format!(" {rule} = \"\"{}", if is_empty { " " } else { "," }))
            }
            (None, None) => edit(closing, format!("\n[allow]\n{rule} = \"\"\n")),
        },
        Fence::Dashes => match behind("\nallow:\n") {
            Some(at) => edit(at, format!("  {rule}: \"\"\n")),
            None => edit(closing, format!("allow:\n  {rule}: \"\"\n")),
        },
        Fence::None => None,
    }
}

/// Whether a text with the edit says what it said before, and allows the finding.
fn covers(view: &View<'_>, before: &Document, edit: &Edit, finding: &Diagnostic) -> bool {
    let (text, _) = apply_edits(view.text(), std::slice::from_ref(edit));
    let document = parse(&Source::new(view.source.path.clone(), &text));
    let moved = if edit.span.start <= finding.span.start { edit.text.len() } else { 0 };
    let place = Span::at(finding.span.start + moved);
    let is_covered = document.allowances.iter().any(|allowance| {
        allowance.rule.value == finding.rule.name && allowance.covers.iter().any(|part| part.contains(place))
    });
    let words = |document: &Document| {
        let sections: Vec<_> = document.sections.iter().map(|section| (section.kind, section.is_empty)).collect();
        (document.front.table.entries.len().min(1), sections, document.timeline.len(), document.actions.len())
    };
    is_covered && words(&document) == words(before) && document.problems.0.len() <= before.problems.0.len()
}
