//! "Write the missing section": its heading, in the order in which sections usually stand.

use lsp_types::CodeActionKind;

use super::{Offer, edit};
use crate::diagnostic::Diagnostic;
use crate::document::{Section, SectionKind};
use crate::lsp::view::View;
use crate::text::{Edit, Span};

/// The heading that a finding misses.
pub(super) fn offer(view: &View<'_>, finding: &Diagnostic) -> Option<Offer> {
    let read = view.review().filter(|_| finding.rule.code == "S001")?;
    let named = |kind: &SectionKind| finding.message.contains(&format!("\"{}\"", kind.heading()));
    let kind = SectionKind::ALL.into_iter().find(named)?;
    let rank = |kind: SectionKind| SectionKind::ALL.iter().position(|known| *known == kind);
    let sections = &read.document.sections;
    let is_before = |section: &Section| section.kind.is_some_and(|known| rank(known) < rank(kind));
    let level = sections
        .iter()
        .find_map(|section| section.kind.and(section.heading.as_ref()))
        .map_or(2, |heading| heading.level);
    // It stands behind the last section that usually comes before it, else above the first one.
    let next = match sections.iter().rposition(is_before) {
        Some(at) => sections.get(at + 1),
        None => sections.iter().find(|section| section.kind.is_some()),
    };
    let text = view.text();
    let place = next.and_then(|section| section.heading.as_ref()).map(|heading| read.place(heading.span).start);
    let heading = format!("{} {}\n\n", "#".repeat(usize::from(level)), kind.heading());
    let edit = match place {
        Some(at) => Edit { span: Span::at(at), text: heading },
        None => {
            let end = text.trim_end().len();
            Edit { span: Span::new(end, text.len()), text: format!("\n\n{heading}") }
        }
    };
    let title = format!("Write the section \"{}\"", kind.heading());
    Some(Offer { title, kind: CodeActionKind::QUICKFIX, changes: edit::own(view, vec![edit]), is_preferred: false })
}
