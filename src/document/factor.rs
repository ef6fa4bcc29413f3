//! Finds where a text may name factors: the items of its contributing factors, and the beginning of its root cause.

use super::outline::{HeadingForm, Item, Link, Outline};
use super::section::{Section, SectionKind, of_kind, within};
use crate::markdown::plain;
use crate::text::{Span, Spanned};

/// The greatest number of places that are read from one text.
const LINES: usize = 500;

/// A place of the text that may name a factor at its beginning.
#[derive(Clone, Debug)]
pub struct FactorLine {
    /// What kind of place it is.
    pub form: FactorForm,
    /// The item, paragraph or heading.
    pub span: Span,
    /// The same without the marker of a list or the signs of a heading.
    pub words: Span,
    /// The bold words that it begins with.
    pub lead: Option<Spanned<String>>,
    /// The words of the nearest sub-heading or label above it: a category such as "Tooling".
    pub group: Option<String>,
    /// The items below it, for which it is a label unless it names a factor itself.
    pub inner: Vec<FactorLine>,
}

/// What a place says about the factor that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorForm {
    /// An item below "Contributing factors": a factor whatever it is called.
    Listed,
    /// Running text or a heading: a factor only by its name in the registry.
    Running,
    /// The same, at the beginning of the root cause.
    RootCause,
    /// The same, but a link in the root cause.
    LinkInRootCause,
}

/// Reads the places of all sections that name factors, in order.
pub(super) fn read(text: &str, outline: &Outline, sections: &[Section]) -> Vec<FactorLine> {
    let mut lines = Vec::new();
    for section in sections {
        match section.kind {
            Some(SectionKind::ContributingFactors) => {
                let items = section.items(outline).filter(|item| !is_task(text, item));
                lines.extend(items.map(|item| listed(text, outline, section, item)));
                lines.extend(running(outline, section));
            }
            Some(SectionKind::FiveWhys) => lines.extend(section.items(outline).map(|item| line_of(item, None))),
            Some(
                SectionKind::Summary
                | SectionKind::Impact
                | SectionKind::Background
                | SectionKind::Trigger
                | SectionKind::Detection
                | SectionKind::Response
                | SectionKind::Resolution
                | SectionKind::Timeline
                | SectionKind::RootCause
                | SectionKind::Lessons
                | SectionKind::WentWell
                | SectionKind::WentPoorly
                | SectionKind::GotLucky
                | SectionKind::Actions
                | SectionKind::References,
            )
            | None => {}
        }
    }
    lines
        .extend(of_kind(sections, SectionKind::RootCause).into_iter().flat_map(|section| root_cause(outline, section)));
    lines.sort_by_key(|line| line.span.start);
    lines.truncate(LINES);
    lines
}

/// Whether a box to be ticked stands before an item: it is something to do.
fn is_task(text: &str, item: &Item) -> bool {
    text.get(item.span.start..item.start).is_some_and(|marker| marker.contains('['))
}

fn line_of(item: &Item, group: Option<String>) -> FactorLine {
    let words = Span::new(item.start.min(item.span.end), item.span.end);
    FactorLine { form: FactorForm::Running, span: item.span, words, lead: item.lead.clone(), group, inner: Vec::new() }
}

/// The most words of an item that is a label for the list inside it.
const LABEL_WORDS: usize = 4;

/// An item, with the items of the list inside it where it may be a label for them.
fn listed(text: &str, outline: &Outline, section: &Section, item: &Item) -> FactorLine {
    let heading = group_above(outline, section, item.span.start);
    if heading.as_ref().is_some_and(|heading| SectionKind::from_heading(heading) == Some(SectionKind::FiveWhys)) {
        return line_of(item, None);
    }
    let listed = |item: &Item, group: Option<String>| FactorLine { form: FactorForm::Listed, ..line_of(item, group) };
    let inner: Vec<&Item> =
        within(&outline.items, item.span, |inner| inner.span).filter(|inner| inner.depth == item.depth + 1).collect();
    let label = match (inner.first(), &item.lead) {
        // Nothing but bold words stands above the inner list.
        (Some(first), Some(lead)) if !has_words(outline, Span::new(lead.span.end, first.span.start)) => {
            Some(lead.value.clone())
        }
        (Some(first), None) => {
            let words = Span::new(item.start.min(first.span.start), first.span.start).slice(text).trim();
            Some(plain(words)).filter(|label| label.split_whitespace().count() <= LABEL_WORDS)
        }
        (Some(_), Some(_)) | (None, _) => None,
    };
    let line = listed(item, heading);
    let Some(label) = label else { return line };
    let label = label.trim().trim_end_matches([':', '：']).to_owned();
    FactorLine { inner: inner.into_iter().map(|inner| listed(inner, Some(label.clone()))).collect(), ..line }
}

fn has_words(outline: &Outline, place: Span) -> bool {
    let first = outline.words.partition_point(|at| *at < place.start);
    outline.words.get(first).is_some_and(|at| *at < place.end)
}

/// The sub-heading above `at`: of that kind or a line in bold.
fn group_above(outline: &Outline, section: &Section, at: usize) -> Option<String> {
    let above = Span::new(section.content.start, at);
    let headings = [&outline.headings, &outline.labels].map(|headings| {
        let inside = within(headings, above, |heading| heading.span);
        inside.filter(|heading| matches!(heading.form, HeadingForm::Heading | HeadingForm::BoldLine)).last()
    });
    let nearest = headings.into_iter().flatten().max_by_key(|heading| heading.span.start)?;
    Some(nearest.text.trim().trim_end_matches([':', '：']).to_owned())
}

/// The paragraphs and sub-headings of a section.
fn running(outline: &Outline, section: &Section) -> impl Iterator<Item = FactorLine> {
    let at = |span: Span, words: Span| FactorLine {
        form: FactorForm::Running,
        span,
        words,
        lead: None,
        group: None,
        inner: Vec::new(),
    };
    let paragraphs =
        within(&outline.paragraphs, section.content, |paragraph| *paragraph).map(move |span| at(*span, *span));
    let headings = within(&outline.headings, section.content, |heading| heading.span);
    let headings = headings.filter(|heading| heading.form == HeadingForm::Heading);
    paragraphs.chain(headings.map(move |heading| {
        let lead = Spanned::new(heading.text.clone(), heading.span);
        FactorLine { lead: Some(lead), ..at(heading.span, heading.span) }
    }))
}

/// What a root cause begins with, its other items, and its links.
fn root_cause<'a>(outline: &'a Outline, section: &Section) -> impl Iterator<Item = FactorLine> + use<'a> {
    let paragraph = within(&outline.paragraphs, section.content, |paragraph| *paragraph).next();
    let paragraph = paragraph.map(|span| FactorLine {
        form: FactorForm::RootCause,
        span: *span,
        words: *span,
        lead: None,
        group: None,
        inner: Vec::new(),
    });
    let items: Vec<&Item> = section.items(outline).collect();
    let outer = items.iter().map(|item| item.depth).min();
    let is_list = items.iter().filter(|item| Some(item.depth) == outer).count() > 1;
    let first_item = items.first().map(|item| item.span.start);
    let mut lines: Vec<FactorLine> = items.into_iter().map(|item| line_of(item, None)).collect();
    lines.extend(paragraph);
    // Of several items none is more than the others, unless it says so.
    if let Some(first) = lines.iter_mut().min_by_key(|line| line.span.start)
        && !(is_list && first_item == Some(first.span.start))
    {
        first.form = FactorForm::RootCause;
    }
    let link = |link: &Link| FactorLine {
        form: FactorForm::LinkInRootCause,
        span: link.span,
        words: link.span,
        lead: Some(Spanned::new(link.text.clone(), link.span)),
        group: None,
        inner: Vec::new(),
    };
    let links = within(&outline.links, section.content, |link| link.span).filter(|link| !link.image);
    lines.into_iter().chain(links.map(link))
}
