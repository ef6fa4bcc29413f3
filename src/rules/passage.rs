//! What readers will see of a review or page, as passages in which rules look for what must not be there.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Document, parse};
use crate::model::format::OTHER_PROGRAMS;
use crate::rules::pattern::Patterns;
use crate::rules::{Library, ReviewContext, phrase};
use crate::text::{SitePath, SourceMap, Span, SpanSet};

/// What happens to block quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotations {
    /// They are text like any other.
    Kept,
    /// They are left out, as other people's words.
    LeftOut,
}

/// A piece of text that is published.
#[derive(Clone, Debug)]
pub(super) struct Passage<'a> {
    pub(super) text: Cow<'a, str>,
    span: Span,
    /// Whether `text` stands at `span` letter by letter. A string with escapes, or over several lines, does not.
    is_literal: bool,
    /// Where the words of a text that is not literal stand, counted from `span`; `None` where that cannot be told.
    words: Option<SourceMap>,
}

impl Passage<'_> {
    /// Where a part of the text stands in the file; the whole string where that cannot be told.
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        match &self.words {
            _ if self.is_literal => Span::from(range).shifted(self.span.start),
            Some(words) => words.to_source(range.into()).shifted(self.span.start),
            None => self.span,
        }
    }

    /// Whether places are exact, so that what stands there can be changed.
    pub(super) fn is_literal(&self) -> bool {
        self.is_literal
    }
}

/// The strings of the front matter and the body, without what is internal.
pub(super) fn published<'s, 'a>(context: &'s ReviewContext<'a>) -> &'s [Passage<'a>] {
    context.cached.passages.get_or_init(|| {
        let document = context.document;
        let mut passages = Vec::new();
        let is_published = |key: &str| key != "internal" && !OTHER_PROGRAMS.contains(&key);
        for entry in document.front.table.entries.iter().filter(|entry| is_published(&entry.key)) {
            for (_, value) in entry.leaves() {
                let string = value.kind.text().map(|text| of_string(text, value.span, &document.source.text));
                passages.extend(string);
            }
        }
        passages.push(body(&document.published, document.front.body));
        passages
    })
}

/// The strings of the front matter, without those that are internal.
pub(super) fn strings<'s, 'a>(context: &'s ReviewContext<'a>) -> &'s [Passage<'a>] {
    let passages = published(context);
    &passages[..passages.len() - 1]
}

/// Whether what is published may have a match: the file as a whole has one, or a string that says something else than what
/// stands there.
pub(super) fn may_have(context: &ReviewContext<'_>, patterns: &Patterns) -> bool {
    let others = strings(context).iter().filter(|passage| !passage.is_literal);
    patterns.are_in(&context.document.source.text) || others.into_iter().any(|passage| patterns.are_in(&passage.text))
}

/// The body of each page, with the path of its file.
pub(super) fn of_pages<'a>(library: &Library<'a>) -> impl Iterator<Item = (&'a SitePath, Passage<'a>)> {
    library.pages.iter().map(|page| (&page.path, body(&page.text, page.body)))
}

/// The pages, each as it is written.
pub(super) fn pages(library: &Library<'_>) -> Vec<Document> {
    library.pages.iter().filter_map(|page| Some(parse(library.sources.texts.get(&page.path)?))).collect()
}

fn body(text: &str, span: Span) -> Passage<'_> {
    Passage { text: span.slice(text).into(), span, is_literal: true, words: None }
}

fn of_string<'a>(text: &'a str, span: Span, source: &str) -> Passage<'a> {
    let inside = phrase::inside_quotes(span, source);
    let is_literal = inside.slice(source) == text;
    let span = if is_literal { inside } else { span };
    let words = if is_literal { None } else { SourceMap::of_words(text, span.slice(source)) };
    Passage { text: text.into(), span, is_literal, words }
}

/// The running text of the body at its own places, with everything else blanked out: code is a run of
/// underscores, markup is blanks, and where a paragraph, item, cell or quotation ends there is a full stop.
pub(super) fn prose(document: &Document, quotations: Quotations) -> Passage<'_> {
    let published = &document.published;
    let mut bytes = Vec::with_capacity(published.len());
    let left_out = match quotations {
        Quotations::Kept => SpanSet::default(),
        Quotations::LeftOut => SpanSet::new(document.outline.quotations.iter().copied()),
    };
    for piece in &document.outline.prose {
        if piece.start < bytes.len() || left_out.covers(*piece) {
            continue;
        }
        blank_gap(&published[bytes.len()..piece.start], &mut bytes);
        bytes.extend_from_slice(piece.slice(published).as_bytes());
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    let span = Span::new(0, text.len());
    Passage { text: text.into(), span, is_literal: true, words: None }
}

fn blank_gap(gap: &str, bytes: &mut Vec<u8>) {
    let is_block_end = gap.matches('\n').count() > 1 || gap.contains("\n-") || gap.contains('|');
    let is_line = gap.contains('\n') && !gap.trim().is_empty() && !gap.contains(['`', ']', '*', '_']);
    let is_code = gap.contains('`');
    let from = bytes.len();
    bytes.resize(from + gap.len(), if is_code && !is_block_end { b'_' } else { b' ' });
    let kept = &mut bytes[from..];
    gap.match_indices('`').for_each(|(at, _)| kept[at] = b' ');
    gap.match_indices('\n').for_each(|(at, _)| kept[at] = b'\n');
    if let Some(first) = kept.first_mut().filter(|_| is_block_end || is_line) {
        *first = b'.';
    }
}

#[cfg(test)]
mod tests {
    use super::{Quotations, prose};
    use crate::document::parse;
    use crate::text::{SitePath, Source};

    fn check(body: &str, expected: &str) {
        let text = format!("+++\n+++\n{body}");
        let source = Source { path: SitePath::new("content/reviews/a.md").unwrap(), text: text.into() };
        let document = parse(&source);
        let prose = prose(&document, Quotations::LeftOut).text.into_owned();
        assert!(prose.len() <= document.published.len());
        let words: Vec<&str> = prose.trim_start_matches(['.', ' ', '\n']).split_whitespace().collect();
        assert_eq!(words.join(" "), expected, "{body}");
    }

    #[test]
    fn sentences_run_through_links_and_emphasis_and_stop_at_blocks() {
        check("One **of** [ours](https://x.example)\nforgot", "One of ours forgot");
        check("One\n\n- two\n- three", "One. two. three");
        check("## Head\n\nOne\n\n> two\nlazy\n\nthree `code` four", "One. three ____ four");
        check("One\n\n```\ntwo\n```\n\nthree", "One. three");
        check("| a | b |\n|---|---|\n| c | d |", "a. b. c. d");
    }
}
