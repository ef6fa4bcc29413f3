//! The weaknesses that a review names: its factors, what went poorly, and where luck helped.

use super::factor::Registry;
use super::review::{PartItem, Review};
use super::vocabulary::FactorRole;
use crate::document::SectionKind;
use crate::text::{Span, Spanned};

/// Where a weakness was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WeaknessKind {
    /// A factor of the registry, and the part it played.
    Factor(FactorRole),
    /// A factor that only this review names, and the part it played.
    LocalFactor(FactorRole),
    /// An item under what went poorly.
    WentPoorly,
    /// An item under where the team got lucky.
    Luck,
    /// None of these: only `accepted` names it.
    Named,
}

/// The sections whose items are weaknesses.
const SECTIONS: [(SectionKind, WeaknessKind); 2] =
    [(SectionKind::WentPoorly, WeaknessKind::WentPoorly), (SectionKind::GotLucky, WeaknessKind::Luck)];

/// A weakness as a review names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedWeakness<'a> {
    /// The id of the factor in the registry, or the label of the item; empty when the item has none.
    pub name: &'a str,
    /// Where it was seen.
    pub kind: WeaknessKind,
    /// The place of the name, or of an item that has none.
    pub span: Span,
    /// The words of the item.
    pub text: Option<Span>,
}

impl Review {
    /// The weaknesses that the review names, in the order of the file. Factors that the registry lacks are among them.
    pub fn weaknesses<'a>(&'a self, registry: &'a Registry) -> impl Iterator<Item = NamedWeakness<'a>> {
        let factors = self.factors.iter().map(|factor| NamedWeakness {
            name: registry.canonical(&factor.id.value),
            kind: WeaknessKind::Factor(factor.role),
            span: factor.id.span,
            text: None,
        });
        let local = self.local_factors.iter().map(|local| NamedWeakness {
            name: &local.label.value,
            kind: WeaknessKind::LocalFactor(local.role),
            span: local.label.span,
            text: Some(local.text),
        });
        let items = self.parts.iter().flat_map(|part| {
            let weak = SECTIONS.into_iter().find(|(section, _)| part.kind == Some(*section));
            weak.into_iter().flat_map(|(_, kind)| part.items.iter().map(move |item| named_item(item, kind)))
        });
        factors.chain(local).chain(items)
    }

    /// The labels of what went well: actions may build on it.
    pub fn strengths(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.parts.iter().filter(|part| part.kind == Some(SectionKind::WentWell)).flat_map(|part| part.labels())
    }
}

fn named_item(item: &PartItem, kind: WeaknessKind) -> NamedWeakness<'_> {
    let label = item.label.as_ref();
    NamedWeakness {
        name: label.map_or("", |label| &label.value),
        kind,
        span: label.map_or(item.text, |label| label.span),
        text: Some(item.text),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::parse;
    use crate::lower::lower;
    use crate::model::{FactorRole, Policy, WeaknessKind};
    use crate::text::{SitePath, Source};

    #[test]
    fn factors_come_first_then_items_of_the_file_by_their_labels_or_first_words() {
        let text = "+++\n[[factors]]\nid = \"a\"\nrole = \"primary\"\n+++\n\n## What went well\n\n- **Calm.** Yes.\n\n\
            ## Where we got lucky\n\n- **Big luck.** One.\n\n## What went poorly\n\n- No label.\n";
        let source = Source::new(SitePath::new("content/reviews/a.md").unwrap(), text);
        let (review, _) = lower(&parse(&source), &Policy::default());
        let policy = Policy::default();
        let found: Vec<_> =
            review.weaknesses(&policy.registry).map(|weakness| (weakness.name, weakness.kind)).collect();
        let expected = [
            ("a", WeaknessKind::Factor(FactorRole::Primary)),
            ("big-luck", WeaknessKind::Luck),
            ("no-label", WeaknessKind::WentPoorly),
        ];
        assert_eq!(found, expected);
        assert_eq!(review.strengths().map(|label| label.value.as_str()).collect::<Vec<_>>(), ["calm"]);
    }
}
