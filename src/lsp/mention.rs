//! The names in a text that stand for something: a factor, a weakness of the review, another review.

use crate::model::{Registry, Review};
use crate::text::{Span, Spanned, kebab_case};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// The factor of the registry with this id.
    Factor(String),
    /// The item of the same review with this label.
    Label(String),
    /// The review with this id.
    Review(String),
}

/// A name at its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) name: Name,
    /// The words, without quotes around them.
    pub(super) span: Span,
    pub(super) role: Role,
}

/// What a name does at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is given here.
    Given,
    /// A review has it as a factor or names it as related.
    Used,
    /// An action answers it.
    Answered,
}

/// The names in a review, in the order of the file. `text` is the file as it is written.
pub(super) fn in_review(review: &Review, text: &str, registry: &Registry) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let place = |span: Span| review.map.to_source(span);
    let factors = review.factors.iter().map(|factor| (&factor.id, Role::Used));
    for (id, role) in factors {
        let name = Name::Factor(registry.canonical(&id.value).to_owned());
        found.push(Mention { name, span: unquoted(place(id.span), text), role });
    }
    let local = review.local_factors.iter().map(|local| &local.label);
    for label in local.chain(review.parts.iter().filter(|part| names_weaknesses(part)).flat_map(|part| part.labels())) {
        let span = unquoted(place(label.span), text);
        found.push(Mention { name: Name::Label(label.value.clone()), span, role: Role::Given });
    }
    let answers = review.actions.iter().flat_map(|action| &action.addresses);
    for answer in answers.chain(review.accepted.iter().map(|accepted| &accepted.weakness)) {
        let name = match registry.get(&answer.value) {
            Some(factor) => Name::Factor(factor.id.value.clone()),
            None => Name::Label(answer.value.clone()),
        };
        found.push(Mention { name, span: part_of(answer, place(answer.span), text, registry), role: Role::Answered });
    }
    for related in &review.related {
        let span = unquoted(place(related.span), text);
        found.push(Mention { name: Name::Review(related.value.clone()), span, role: Role::Used });
    }
    found.sort_by(|a, b| (a.span, &a.name).cmp(&(b.span, &b.name)));
    found.dedup();
    found
}

/// The names in the registry, each the id or an alias of a factor.
pub(super) fn in_registry(registry: &Registry, text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for factor in registry.iter() {
        let name = Name::Factor(factor.id.value.clone());
        found.push(Mention { name: name.clone(), span: unquoted(factor.id.span, text), role: Role::Given });
        for alias in &factor.aliases {
            found.push(Mention { name: name.clone(), span: unquoted(alias.span, text), role: Role::Used });
        }
    }
    found
}

/// The name at a place: the shortest around it.
pub(super) fn at(mentions: &[Mention], offset: usize) -> Option<&Mention> {
    let around = mentions.iter().filter(|mention| mention.span.contains(Span::at(offset)));
    around.min_by_key(|mention| mention.span.len())
}

fn names_weaknesses(part: &crate::model::Part) -> bool {
    part.is_reflection() || part.kind == Some(crate::document::SectionKind::ContributingFactors)
}

/// A span without the quotes, stars and code signs around its words.
pub(super) fn unquoted(span: Span, text: &str) -> Span {
    let is_around = |c: char| matches!(c, '"' | '\'' | '`' | '*' | '_') || c.is_whitespace();
    let words = span.slice(text);
    let start = span.start + (words.len() - words.trim_start_matches(is_around).len());
    Span::new(start, start + words.trim_matches(is_around).len())
}

/// Where a name stands in a cell that holds several.
fn part_of(name: &Spanned<String>, span: Span, text: &str, registry: &Registry) -> Span {
    let mut start = span.start;
    for part in span.slice(text).split([',', ';']) {
        let words = unquoted(Span::new(start, start + part.len()), text);
        let label = kebab_case(words.slice(text));
        let is_factor = registry.named(words.slice(text)).is_some_and(|factor| factor.id.value == name.value);
        if label == name.value || is_factor {
            return words;
        }
        start += part.len() + 1;
    }
    unquoted(span, text)
}

#[cfg(test)]
mod tests {
    use super::{Role, at, in_review};
    use crate::config::read_registry;
    use crate::document::parse;
    use crate::lower::lower;
    use crate::model::Policy;
    use crate::rules::SAMPLE_FACTORS;
    use crate::text::{SitePath, Source};

    #[test]
    fn names_are_found_where_they_stand() {
        let text = "+++\nrelated = [\"other\"]\n[[factors]]\nid = \"big-bang-release\"\n+++\n\
            <!-- internal -->\nx\n<!-- /internal -->\n## What went poorly\n- **Too late.** x\n\n## Actions\n\
            | Action | Answers |\n|---|---|\n| x | No staged rollout, `too-late` |\n";
        let source = Source::new(SitePath::new("content/reviews/a.md").unwrap(), text);
        let factors = Source::new(SitePath::new("content/factors.toml").unwrap(), SAMPLE_FACTORS);
        let registry = read_registry(&factors, &[]).0;
        let policy = Policy { registry, ..Policy::default() };
        let (review, _) = lower(&parse(&source), &policy);
        let mentions = in_review(&review, text, &policy.registry);
        let found: Vec<_> = mentions.iter().map(|mention| (mention.span.slice(text), mention.role)).collect();
        let expected = [
            ("other", Role::Used),
            ("big-bang-release", Role::Used),
            ("Too late.", Role::Given),
            ("No staged rollout", Role::Answered),
            ("too-late", Role::Answered),
        ];
        assert_eq!(found, expected);
        let place = text.find("-late`").unwrap();
        assert_eq!(at(&mentions, place).map(|mention| mention.span.slice(text)), Some("too-late"));
    }
}
