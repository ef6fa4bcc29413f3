//! Lines and columns of findings.

use crate::diagnostic::Diagnostic;
use crate::text::{LineIndex, Position, SitePath, Source, SourceSet, Span};

/// Looks up places of findings. They come file by file, so the lines of one file are known at a time.
pub(super) struct Places<'a> {
    sources: &'a SourceSet,
    /// The lines of the last file.
    lines: Option<(&'a SitePath, LineIndex)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a SourceSet) -> Self {
        Self { sources, lines: None }
    }

    /// The file of a finding; `None` when it was not read as text.
    pub(super) fn source(&self, finding: &Diagnostic) -> Option<&'a Source> {
        self.sources.texts.get(&SitePath::new(&finding.path).ok()?)
    }

    /// The first and the last position of a finding; 1:1 where there is no text. The end is exclusive.
    pub(super) fn of(&mut self, finding: &Diagnostic) -> (Position, Position) {
        self.span(finding, finding.span)
    }

    /// The first and the last position of another span in the file of a finding.
    pub(super) fn span(&mut self, finding: &Diagnostic, span: Span) -> (Position, Position) {
        let first = Position { line: 1, column: 1 };
        let Some(source) = self.source(finding) else { return (first, first) };
        let known = self.lines.take().filter(|(path, _)| **path == source.path);
        let (_, index) = self.lines.insert(known.unwrap_or_else(|| (&source.path, LineIndex::new(&source.text))));
        (index.position(&source.text, span.start), index.position(&source.text, span.end))
    }
}
