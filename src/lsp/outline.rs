//! The parts of a text for the outline of an editor, and what it can fold.

use lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind};

use super::view::{REGISTRY, ReadReview, View};
use crate::document::withheld_passages;
use crate::text::Span;

/// The headings of a review with the entries and actions below them, or the factors of the registry.
pub(super) fn symbols(view: &View<'_>) -> Vec<DocumentSymbol> {
    if view.source.path.as_str() == REGISTRY {
        let factors = view.known().policy.registry.iter();
        let mut places: Vec<Part> = factors
            .map(|factor| Part::new(&factor.name, SymbolKind::CONSTANT, factor.id.span).about(&factor.id.value))
            .collect();
        places.sort_by_key(|part| part.span.start);
        return places.iter().map(|part| part.symbol(view, Vec::new())).collect();
    }
    let Some(read) = view.review() else { return Vec::new() };
    let mut parts = headings(read);
    parts.extend(entries(read));
    parts.extend(actions(read));
    parts.sort_by_key(|part| (part.span.start, part.level));
    let mut parts = parts.into_iter().peekable();
    let mut symbols = Vec::new();
    while let Some(part) = parts.next() {
        symbols.push(nested(part, &mut parts, view));
    }
    symbols
}

/// A part of a text with a name.
struct Part {
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    span: Span,
    /// The place of the name.
    own: Span,
    level: u8,
}

/// The level of what stands below every heading.
const LEAF: u8 = u8::MAX;

impl Part {
    fn new(name: &str, kind: SymbolKind, span: Span) -> Self {
        let name = name.trim();
        let name = if name.is_empty() { "…" } else { name };
        Self { name: name.to_owned(), detail: None, kind, span, own: Span::at(span.start), level: LEAF }
    }

    fn about(self, detail: &str) -> Self {
        Self { detail: Some(detail.to_owned()), ..self }
    }

    #[allow(deprecated, reason = "the type has the field all the same")]
    fn symbol(&self, view: &View<'_>, children: Vec<DocumentSymbol>) -> DocumentSymbol {
        DocumentSymbol {
            name: self.name.clone(),
            detail: self.detail.clone(),
            kind: self.kind,
            tags: None,
            deprecated: None,
            range: view.range(self.span),
            selection_range: view.range(self.own),
            children: (!children.is_empty()).then_some(children),
        }
    }
}

/// A part with all that stands below it.
fn nested(part: Part, parts: &mut std::iter::Peekable<std::vec::IntoIter<Part>>, view: &View<'_>) -> DocumentSymbol {
    let mut children = Vec::new();
    while let Some(inner) = parts.next_if(|next| next.level > part.level && next.span.start < part.span.end) {
        children.push(nested(inner, parts, view));
    }
    part.symbol(view, children)
}

/// The headings, each up to the next one that is not below it.
fn headings(read: &ReadReview) -> Vec<Part> {
    let headings = &read.document.outline.headings;
    let end = read.document.source.text.trim_end().len();
    let part = |(at, heading): (usize, &crate::document::Heading)| {
        let next = headings[at + 1..].iter().find(|next| next.level <= heading.level);
        let span = Span::new(heading.span.start, next.map_or(end, |next| next.span.start));
        let kind = if heading.level == 1 { SymbolKind::FILE } else { SymbolKind::STRING };
        Part {
            span: read.place(trimmed(span, read)),
            own: read.place(trimmed(heading.span, read)),
            level: heading.level,
            ..Part::new(&heading.text, kind, heading.span)
        }
    };
    headings.iter().enumerate().map(part).collect()
}

fn entries(read: &ReadReview) -> impl Iterator<Item = Part> {
    let text = &read.document.source.text;
    read.review.timeline.entries().iter().map(move |entry| {
        let marks: Vec<&str> = entry.marks.iter().map(|mark| mark.value.name()).collect();
        let time = entry.stamp_span.slice(text);
        let part = Part {
            own: read.place(entry.stamp_span),
            ..Part::new(time, SymbolKind::EVENT, read.place(trimmed(entry.span, read)))
        };
        if marks.is_empty() { part } else { part.about(&marks.join(", ")) }
    })
}

fn actions(read: &ReadReview) -> impl Iterator<Item = Part> {
    read.review.actions.iter().filter(|action| action.block.is_some()).map(|action| {
        let name = action.change.as_ref().map_or("", |change| change.value.as_str());
        let status = crate::model::Words::word(action.status);
        Part::new(name, SymbolKind::PROPERTY, read.place(trimmed(action.span, read))).about(status)
    })
}

/// A span without the blank lines at its end.
fn trimmed(span: Span, read: &ReadReview) -> Span {
    Span::new(span.start, span.start + span.slice(&read.document.source.text).trim_end().len())
}

/// The front matter, the parts below headings, internal blocks and comments of more than one line.
pub(super) fn folds(view: &View<'_>) -> Vec<FoldingRange> {
    let mut places: Vec<(Span, Option<FoldingRangeKind>)> = Vec::new();
    if let Some(read) = view.review() {
        places.push((read.place(read.document.front.span), Some(FoldingRangeKind::Imports)));
        places.extend(headings(read).iter().map(|part| (part.span, Some(FoldingRangeKind::Region))));
        let withheld = withheld_passages(&view.source);
        places.extend(withheld.iter().map(|passage| (passage.span, Some(FoldingRangeKind::Comment))));
    } else {
        places.extend(tables(view.text()).into_iter().map(|span| (span, Some(FoldingRangeKind::Region))));
    }
    let fold = |(span, kind): (Span, Option<FoldingRangeKind>)| {
        let range = view.range(span);
        (range.end.line > range.start.line).then(|| FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind,
            ..FoldingRange::default()
        })
    };
    let mut folds: Vec<FoldingRange> = places.into_iter().filter_map(fold).collect();
    folds.sort_by_key(|fold| (fold.start_line, fold.end_line));
    folds
}

/// The tables of a TOML file, each from its head to the last line that says something before the next.
fn tables(text: &str) -> Vec<Span> {
    let mut tables: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if words.starts_with('[') {
            tables.push(Span::new(start, start + words.len()));
        } else if let (Some(table), false) = (tables.last_mut(), words.is_empty()) {
            table.end = start + words.len();
        }
        start += line.len();
    }
    tables
}
