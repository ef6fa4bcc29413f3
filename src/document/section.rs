//! Divides a review into sections, and recognises each by its heading.

use std::collections::BTreeSet;

use super::outline::{Heading, HeadingForm, Item, Outline};
use super::section_heading::{asks_what_went_wrong, names_horizon, section_kind};
use super::time::begins_with_time;
use crate::text::Span;

/// The sections that rules, pages and search know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionKind {
    /// What happened, and how it was resolved.
    Summary,
    /// Whom it affected, and how much.
    Impact,
    /// What one has to know to understand the rest, and what led up to it.
    Background,
    /// What set it off.
    Trigger,
    /// How it was noticed.
    Detection,
    /// What was done first, by whom.
    Response,
    /// What ended it.
    Resolution,
    /// When things happened, in UTC.
    Timeline,
    /// Why it was possible.
    RootCause,
    /// Questions and answers that lead to a cause.
    FiveWhys,
    /// What else made it more likely, larger, longer or harder to see.
    ContributingFactors,
    /// What was learned. Often it only holds what went well, what went poorly and where the team got lucky.
    Lessons,
    /// What limited the incident, or helped to end it.
    WentWell,
    /// What hindered the response.
    WentPoorly,
    /// What could easily have been worse.
    GotLucky,
    /// What will change.
    Actions,
    /// Where more is said.
    References,
}

impl SectionKind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::Summary,
        Self::Impact,
        Self::Background,
        Self::Trigger,
        Self::Detection,
        Self::Response,
        Self::Resolution,
        Self::Timeline,
        Self::RootCause,
        Self::FiveWhys,
        Self::ContributingFactors,
        Self::Lessons,
        Self::WentWell,
        Self::WentPoorly,
        Self::GotLucky,
        Self::Actions,
        Self::References,
    ];

    /// The heading that authors are advised to write.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Impact => "Impact",
            Self::Background => "Background",
            Self::Trigger => "Trigger",
            Self::Detection => "Detection",
            Self::Response => "Response",
            Self::Resolution => "Resolution",
            Self::Timeline => "Timeline",
            Self::RootCause => "Root cause",
            Self::FiveWhys => "Five whys",
            Self::ContributingFactors => "Contributing factors",
            Self::Lessons => "Lessons learned",
            Self::WentWell => "What went well",
            Self::WentPoorly => "What went poorly",
            Self::GotLucky => "Where we got lucky",
            Self::Actions => "Actions",
            Self::References => "References",
        }
    }

    /// Whether a rule reports reviews without it.
    pub fn is_required(self) -> bool {
        match self {
            Self::Summary | Self::Timeline | Self::RootCause | Self::WentWell | Self::WentPoorly | Self::GotLucky => {
                true
            }
            Self::Impact
            | Self::Background
            | Self::Trigger
            | Self::Detection
            | Self::Response
            | Self::Resolution
            | Self::FiveWhys
            | Self::ContributingFactors
            | Self::Lessons
            | Self::Actions
            | Self::References => false,
        }
    }

    /// Recognises a heading by its synonyms; `None` for any other heading.
    pub fn from_heading(heading: &str) -> Option<Self> {
        section_kind(heading)
    }

    /// Whether its heading begins a section even below the heading of another kind. Other kinds are parts of that one
    /// there: the detection in a timeline, the trigger in a root cause.
    fn divides_others(self) -> bool {
        self.is_required() || self == Self::ContributingFactors
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
    /// Whether readers see nothing below the heading before the next section.
    pub is_empty: bool,
}

impl Section {
    /// The items of the section's lists, without those in other items.
    pub fn items<'a>(&self, outline: &'a Outline) -> impl Iterator<Item = &'a Item> {
        let mut end = self.content.start;
        within(&outline.items, self.content, |item| item.span).filter(move |item| {
            let is_outer = item.span.start >= end;
            end = if is_outer { item.span.end } else { end };
            is_outer
        })
    }
}

/// The section that stands for its kind: the first that says something, else the first.
pub(super) fn of_kind(sections: &[Section], kind: SectionKind) -> Option<&Section> {
    let mut sections = sections.iter().filter(|section| section.kind == Some(kind));
    sections.clone().find(|section| !section.is_empty).or_else(|| sections.next())
}

/// The `parts` inside `place`. They have to be in order of their beginnings.
pub(super) fn within<T>(parts: &[T], place: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    let from = parts.partition_point(|part| span(part).start < place.start);
    parts[from..].iter().take_while(move |part| place.contains(span(part)))
}

/// Divides a body at its headings, and at the labels that stand for headings. One that names a kind begins a section, and
/// so does any other that is not deeper than the heading of the section around it.
pub(super) fn divide(outline: &Outline, body: Span) -> Vec<Section> {
    let first = Section { kind: None, heading: None, content: body, is_empty: true };
    let mut sections = vec![first];
    for heading in headings(outline) {
        let current = sections.last_mut().expect("there is always a first section");
        let is_plan = plans_actions(&heading, current);
        let kind = if is_plan { Some(SectionKind::Actions) } else { SectionKind::from_heading(&heading.text) };
        if !is_plan && !begins_section(&heading, kind, current) {
            continue;
        }
        current.content = Span::new(current.content.start, heading.span.start.max(current.content.start));
        let content = Span::new(heading.span.end, body.end);
        sections.push(Section { kind, heading: Some(heading), content, is_empty: true });
    }
    for section in &mut sections {
        let first = outline.words.partition_point(|at| *at < section.content.start);
        section.is_empty = outline.words.get(first).is_none_or(|at| *at >= section.content.end);
    }
    tell_causes_from_lists(outline, &mut sections);
    if sections[0].is_empty {
        sections.remove(0);
    }
    sections
}

/// Whether a heading below what was done, such as "Remediation", says by when more will be, or one beside such a heading.
fn plans_actions(heading: &Heading, current: &Section) -> bool {
    let Some(open) = &current.heading else { return false };
    let is_place = match current.kind {
        Some(SectionKind::Resolution) => heading.level > open.level,
        Some(SectionKind::Actions) => heading.level == open.level && names_horizon(&open.text),
        Some(_) | None => false,
    };
    is_place && heading.form == HeadingForm::Heading && names_horizon(&heading.text)
}

fn begins_section(heading: &Heading, kind: Option<SectionKind>, current: &Section) -> bool {
    let deeper = current.heading.as_ref().is_some_and(|open| heading.level > open.level);
    let holds_sections = matches!(current.kind, None | Some(SectionKind::Lessons));
    match kind {
        Some(kind) => !deeper || holds_sections || kind.divides_others(),
        // The days of a timeline may stand on the level of its own heading.
        None if current.kind == Some(SectionKind::Timeline) => !deeper && !begins_with_time(&heading.text),
        None => !deeper,
    }
}

/// "What went wrong" above running text tells the cause, unless another section does.
fn tell_causes_from_lists(outline: &Outline, sections: &mut [Section]) {
    let is_prose = |section: &Section| {
        let heading = section.heading.as_ref().is_some_and(|heading| asks_what_went_wrong(&heading.text));
        heading && !section.is_empty && section.items(outline).next().is_none()
    };
    if sections.iter().any(|section| section.kind == Some(SectionKind::RootCause)) {
        return;
    }
    if let Some(section) = sections.iter_mut().find(|section| is_prose(section)) {
        section.kind = Some(SectionKind::RootCause);
    }
}

/// The labels above the first section with a heading that are sections themselves: three or more that name different ones.
/// Two may be lines about the incident.
fn labels_of_head(outline: &Outline, named: &BTreeSet<SectionKind>) -> BTreeSet<usize> {
    let is_named = |heading: &&Heading| SectionKind::from_heading(&heading.text).is_some();
    let end = outline.headings.iter().find(is_named).map_or(0, |heading| heading.span.start);
    let above = outline.labels.iter().filter(|label| label.span.start < end);
    let new = |label: &Heading| {
        let kind = SectionKind::from_heading(&label.text).filter(|kind| !named.contains(kind))?;
        (label.form == HeadingForm::ParagraphLabel).then_some((kind, label.span.start))
    };
    let found: Vec<(SectionKind, usize)> = above.filter_map(new).collect();
    let kinds: BTreeSet<SectionKind> = found.iter().map(|(kind, _)| *kind).collect();
    if kinds.len() < 3 { BTreeSet::new() } else { found.into_iter().map(|(_, start)| start).collect() }
}

/// The headings of a text, and the labels that it uses as headings, in order.
fn headings(outline: &Outline) -> Vec<Heading> {
    let kinds = |headings: &[Heading], form: fn(HeadingForm) -> bool| -> BTreeSet<SectionKind> {
        let of_form = headings.iter().filter(|heading| form(heading.form));
        of_form.filter_map(|heading| SectionKind::from_heading(&heading.text)).collect()
    };
    let named = kinds(&outline.headings, |form| form == HeadingForm::Heading);
    let in_lines = kinds(&outline.labels, |form| form == HeadingForm::BoldLine);
    let before_words = kinds(&outline.labels, |form| form != HeadingForm::BoldLine);
    let in_head = labels_of_head(outline, &named);
    // A line in bold says by itself that it is a heading. Words before others may be any label, so it takes two of them, and
    // no sections that are named otherwise.
    let is_heading = |label: &&Heading| {
        let kind = SectionKind::from_heading(&label.text);
        let is_new = kind.is_some_and(|kind| !named.contains(&kind));
        match label.form {
            HeadingForm::BoldLine => is_new || kind.is_none() && named.is_empty() && in_lines.len() >= 2,
            HeadingForm::ParagraphLabel | HeadingForm::ItemLabel => {
                named.is_empty() && before_words.len() >= 2 || in_head.contains(&label.span.start)
            }
            HeadingForm::Heading => true,
            HeadingForm::Inner => false,
        }
    };
    let mut headings: Vec<Heading> =
        outline.headings.iter().chain(&outline.labels).filter(is_heading).cloned().collect();
    headings.sort_by_key(|heading| heading.span.start);
    let mut level = 1;
    for heading in &mut headings {
        match heading.form {
            HeadingForm::Heading | HeadingForm::Inner => level = heading.level,
            HeadingForm::BoldLine | HeadingForm::ParagraphLabel | HeadingForm::ItemLabel => {
                heading.level = (level + 1).min(6);
            }
        }
    }
    headings
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
            ("So what happened?", SectionKind::Summary),
            ("Summary of impact", SectionKind::Impact),
            ("Follow-up timeline (times in BST)", SectionKind::Timeline),
            ("Mitigation & Resolution", SectionKind::Resolution),
            ("What caused the incident?", SectionKind::RootCause),
            ("Lessons learned and future improvements", SectionKind::Lessons),
            ("Follow-up improvements", SectionKind::Actions),
            ("Related docs", SectionKind::References),
        ] {
            assert_eq!(SectionKind::from_heading(heading), Some(kind), "{heading}");
        }
        assert_eq!(SectionKind::from_heading("Thanks"), None);
        for kind in SectionKind::ALL {
            assert_eq!(SectionKind::from_heading(kind.heading()), Some(kind));
        }
    }

    #[test]
    fn labels_are_made_from_letters_and_digits() {
        assert_eq!(kebab_case("The rule's author was at work."), "the-rule-s-author-was-at-work");
    }
}
