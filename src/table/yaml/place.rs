//! Places in YAML: from the parser's characters to bytes, and of scalars and blocks without what surrounds them.

use saphyr_parser::ScalarStyle;

use crate::text::Span;

/// Byte offsets for the parser's places, which count characters.
pub(super) struct Places {
    /// The offset of each character and the end; `None` when each character is one byte.
    offsets: Option<Vec<usize>>,
    end: usize,
}

impl Places {
    pub(super) fn new(raw: &str) -> Self {
        let offsets = (!raw.is_ascii()).then(|| raw.char_indices().map(|(at, _)| at).collect());
        Self { offsets, end: raw.len() }
    }

    pub(super) fn byte(&self, index: usize) -> usize {
        match &self.offsets {
            Some(offsets) => offsets.get(index).copied().unwrap_or(self.end),
            None => index.min(self.end),
        }
    }

    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()))
    }
}

/// A scalar without the line breaks at its end, which the parser counts to those of several lines.
pub(super) fn trimmed(raw: &str, span: Span, style: ScalarStyle) -> Span {
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => {
            Span::new(span.start, span.start + span.slice(raw).trim_end().len())
        }
        ScalarStyle::SingleQuoted => Span::new(span.start, span.start + quoted_length(span.slice(raw), '\'')),
        ScalarStyle::DoubleQuoted => Span::new(span.start, span.start + quoted_length(span.slice(raw), '"')),
        ScalarStyle::Plain => span,
    }
}

/// The length of a string up to its closing quotation mark, which the parser takes further, over a comment behind it.
fn quoted_length(text: &str, quote: char) -> usize {
    let Some(opening) = text.find(quote) else { return text.len() };
    let mut signs = text[opening + 1..].char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' && quote == '"' {
            signs.next();
        } else if sign == quote && signs.next_if(|(_, next)| quote == '\'' && *next == quote).is_none() {
            return opening + 1 + at + 1;
        }
    }
    text.len()
}

/// A scalar without the anchor and the tag before it.
pub(super) fn without_properties(raw: &str, span: Span) -> Span {
    let mut rest = span.slice(raw);
    while rest.starts_with(['&', '!']) {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest[end..].trim_start();
    }
    Span::new(span.end - rest.len(), span.end)
}

/// From a place to the end of its line, without blanks there.
pub(super) fn first_line(raw: &str, span: Span) -> Span {
    let line = raw[span.start..].lines().next().unwrap_or("");
    Span::new(span.start, span.start + line.trim_end().len())
}
