//! "Add this factor to the registry": the lines of a factor that a review names and no one defined.

use lsp_types::CodeActionKind;

use super::{Changes, Offer};
use crate::diagnostic::Diagnostic;
use crate::language::capitalised;
use crate::lsp::view::{REGISTRY, View};
use crate::text::{Edit, MAX_ID_LENGTH, Span, id_of_title};

/// An offer for each factor that the finding is about. Its definition is left to the author, and asked for by a finding.
pub(super) fn offers(view: &View<'_>, finding: &Diagnostic) -> Vec<Offer> {
    let Some(read) = view.review() else { return Vec::new() };
    let known = view.known();
    let names: Vec<(&str, Option<&str>)> = match finding.rule.code {
        "F002" => {
            let unknown = read.review.factors.iter().filter(|used| read.place(used.id.span) == finding.span);
            unknown.map(|used| (used.id.value.as_str(), None)).collect()
        }
        "F009" => read
            .review
            .local_factors
            .iter()
            .map(|local| (local.label.value.as_str(), local.category.as_deref()))
            .collect(),
        _ => return Vec::new(),
    };
    let Some(registry) = known.sources.text(REGISTRY) else { return Vec::new() };
    let end = registry.text.trim_end().len();
    let first = known.policy.categories.first().map_or("", |category| category.id.as_str());
    let offer = |(name, category): (&str, Option<&str>)| {
        let words = capitalised(&name.replace('-', " "));
        let lines = format!(
            "\n\n[[factor]]\nid = \"{}\"\nname = \"{words}\"\ncategory = \"{}\"\ndefinition = \"\"\n",
            id_of_title(name, MAX_ID_LENGTH),
            category.unwrap_or(first)
        );
        let lines = if end == 0 { lines.trim_start().to_owned() } else { lines };
        let edit = Edit { span: Span::new(end, registry.text.len()), text: lines };
        Offer {
            title: format!("Add the factor \"{words}\" to the registry"),
            kind: CodeActionKind::QUICKFIX,
            changes: Changes::from([(REGISTRY.to_owned(), vec![edit])]),
            is_preferred: false,
        }
    };
    names.into_iter().map(offer).collect()
}
