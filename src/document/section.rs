//! Divides a review into sections, and recognises each by its heading.

use super::outline::{Heading, Item, Outline};
use super::section_heading::{SYNONYMS, normalise};
use super::time::begins_with_time;
use crate::text::Span;

/// The sections that rules and pages know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionKind {
    /// What happened, and how it was resolved.
    Summary,
    /// When things happened, in UTC.
    Timeline,
    /// Why it was possible.
    RootCause,
    /// What else made it more likely, larger, longer or harder to see.
    ContributingFactors,
    /// What limited the incident, or helped to end it.
    WentWell,
    /// What hindered the response.
    WentPoorly,
    /// What could easily have been worse.
    GotLucky,
}

impl SectionKind {
    /// Every kind, in the order of the template.
    pub const ALL: [Self; 7] = [
        Self::Summary,
        Self::Timeline,
        Self::RootCause,
        Self::ContributingFactors,
        Self::WentWell,
        Self::WentPoorly,
        Self::GotLucky,
    ];

    /// The heading in the template for new reviews.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Timeline => "Timeline",
            Self::RootCause => "Root cause",
            Self::ContributingFactors => "Contributing factors",
            Self::WentWell => "What went well",
            Self::WentPoorly => "What went poorly",
            Self::GotLucky => "Where we got lucky",
        }
    }

    /// Whether a rule reports reviews without it.
    pub fn is_required(self) -> bool {
        self != Self::ContributingFactors
    }

    /// Recognises a heading by its synonyms; `None` for any other heading.
    pub fn from_heading(heading: &str) -> Option<Self> {
        let words = normalise(heading);
        let names = |(kind, whole, beginnings): &(Self, &[&str], &[&str])| {
            let is_named = whole.contains(&words.as_str()) || beginnings.iter().any(|first| words.starts_with(first));
            is_named.then_some(*kind)
        };
        SYNONYMS.iter().find_map(names)
    }
}

/// A heading and the text below it, up to the next section.
#[derive(Clone, Debug)]
pub struct Section {
    /// The kind that its heading names; `None` for sections of the author's own.
    pub kind: Option<SectionKind>,
    /// The heading; `None` for the text before the first heading.
    pub heading: Option<Heading>,
    /// Everything below the heading.
    pub content: Span,
    /// Whether readers see nothing below the heading.
    pub is_empty: bool,
}

impl Section {
    /// The items of top-level lists in the section.
    pub fn items<'a>(&self, outline: &'a Outline) -> impl Iterator<Item = &'a Item> {
        within(&outline.items, self.content, |item| item.span)
    }
}

/// The `parts` inside `place`. They have to be in order.
pub(super) fn within<T>(parts: &[T], place: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    let from = parts.partition_point(|part| span(part).start < place.start);
    parts[from..].iter().take_while(move |part| place.contains(span(part)))
}

/// Divides a body at its headings. A heading that names a kind begins a section, and so does any other that is not deeper
/// than the heading of the section around it.
pub(super) fn divide(outline: &Outline, body: Span) -> Vec<Section> {
    let mut sections = vec![Section { kind: None, heading: None, content: body, is_empty: true }];
    for heading in &outline.headings {
        let kind = SectionKind::from_heading(&heading.text);
        let current = sections.last_mut().expect("there is always a first section");
        let deeper = current.heading.as_ref().is_some_and(|open| heading.level > open.level);
        let is_in_timeline = current.kind == Some(SectionKind::Timeline) && kind.is_none();
        // The days of a timeline may stand on the level of its own heading.
        let subheading_of_timeline = is_in_timeline && (deeper || begins_with_time(&heading.text));
        if kind.is_some() || (!deeper && !subheading_of_timeline) {
            current.content = Span::new(current.content.start, heading.span.start);
            let content = Span::new(heading.span.end, body.end);
            sections.push(Section { kind, heading: Some(heading.clone()), content, is_empty: true });
        }
    }
    for section in &mut sections {
        let first = outline.words.partition_point(|at| *at < section.content.start);
        section.is_empty = outline.words.get(first).is_none_or(|at| *at >= section.content.end);
    }
    if sections[0].is_empty {
        sections.remove(0);
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::SectionKind;
    use crate::text::kebab_case;

    #[test]
    fn headings_are_known_in_the_forms_people_use() {
        for (heading, kind) in [
            ("Root causes", SectionKind::RootCause),
            ("3. Root Cause Analysis:", SectionKind::RootCause),
            (":magic_wand: What went wrong", SectionKind::WentPoorly),
            ("🍀 Where we got lucky", SectionKind::GotLucky),
            ("Timeline (all times in UTC)", SectionKind::Timeline),
            ("TL;DR", SectionKind::Summary),
            ("What didn't go so well?", SectionKind::WentPoorly),
        ] {
            assert_eq!(SectionKind::from_heading(heading), Some(kind), "{heading}");
        }
        assert_eq!(SectionKind::from_heading("Lessons learned"), None);
        for kind in SectionKind::ALL {
            assert_eq!(SectionKind::from_heading(kind.heading()), Some(kind));
        }
    }

    #[test]
    fn labels_are_made_from_letters_and_digits() {
        assert_eq!(kebab_case("The rule's author was at work."), "the-rule-s-author-was-at-work");
    }
}
