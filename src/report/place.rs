//! Lines and columns of findings.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::text::{LineIndex, Position, SitePath, Source, SourceSet, Span};

/// Looks up places of findings, and indexes the lines of each file once.
pub(super) struct Places<'a> {
    sources: &'a SourceSet,
    indexes: BTreeMap<&'a str, LineIndex>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a SourceSet) -> Self {
        Self { sources, indexes: BTreeMap::new() }
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
        let index = self.indexes.entry(source.path.as_str()).or_insert_with(|| LineIndex::new(&source.text));
        (index.position(&source.text, span.start), index.position(&source.text, span.end))
    }
}
