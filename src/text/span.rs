//! Where something stands in a source file.

use std::ops::Range;

/// A half-open range of byte offsets into one source file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`. An end before the start gives an empty span.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same span, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as the range that slices a string.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The text that the span covers; empty when the span does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A change to a text: what stands at `span` gives way to `text`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What gives way; empty to add something.
    pub span: Span,
    /// What comes instead.
    pub text: String,
}

/// The text with `edits` made, and how many of them were. Of two that overlap, the later one is left for another time.
pub fn apply(text: &str, edits: &[Edit]) -> (String, usize) {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut changed = String::with_capacity(text.len());
    let (mut at, mut made) = (0, 0);
    for edit in sorted {
        let fits = edit.span.start >= at && text.get(edit.span.range()).is_some();
        if fits && (made == 0 || edit.span.start > at || !edit.span.is_empty()) {
            changed.push_str(&text[at..edit.span.start]);
            changed.push_str(&edit.text);
            at = edit.span.end;
            made += 1;
        }
    }
    changed.push_str(&text[at..]);
    (changed, made)
}

/// A value together with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::{Edit, Span, apply};

    #[test]
    fn edits_are_made_once_and_never_over_each_other() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        let edits = [edit(4, 7, "drei"), edit(0, 3, "1"), edit(0, 3, "1"), edit(2, 5, "x"), edit(99, 100, "y")];
        assert_eq!(apply("one two", &edits), ("1 drei".to_owned(), 2));
        assert_eq!(apply("a", &[edit(1, 1, "b")]), ("ab".to_owned(), 1));
    }
}
