//! A text of a site, and what is known of the site, as a question about a place in the text needs them.

use std::borrow::Cow;
use std::cell::OnceCell;

use chrono::NaiveDateTime;
use lsp_types::{Location, Range};

use super::capability::Client;
use super::judge::{Judged, ReadSite};
use super::position::Lines;
use super::site::Site;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, parse};
use crate::lower::lower;
use crate::model::Review;
use crate::text::{SitePath, Source, Span};

/// The registry of factors.
pub(super) const REGISTRY: &str = "content/factors.toml";

/// A text as it is now, and the site as it was judged last.
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    pub(super) judged: &'a Judged,
    pub(super) client: &'a Client,
    /// The time in UTC.
    pub(super) now: NaiveDateTime,
    pub(super) lines: Cow<'a, Lines>,
    pub(super) source: Source,
    review: OnceCell<ReadReview>,
}

/// A review as it is written, and as it is understood.
pub(super) struct ReadReview {
    pub(super) document: Document,
    pub(super) review: Review,
}

impl<'a> View<'a> {
    /// The text at `path`; none when there is no such text, or nothing is known of its site.
    pub(super) fn new(site: &'a Site, path: &SitePath, client: &'a Client, now: NaiveDateTime) -> Option<Self> {
        let judged = site.judged.as_ref()?;
        let (lines, source) = match site.open.get(path) {
            Some(open) => (Cow::Borrowed(&open.lines), Source::new(path.clone(), open.lines.raw())),
            None => {
                (Cow::Owned(site.lines(path.as_str(), client.encoding)?), judged.site.sources.texts.get(path)?.clone())
            }
        };
        Some(Self { site, judged, client, now, lines, source, review: OnceCell::new() })
    }

    /// The reviews and settings of the site.
    pub(super) fn known(&self) -> &'a ReadSite {
        &self.judged.site
    }

    pub(super) fn text(&self) -> &str {
        &self.source.text
    }

    /// Whether the text is a review.
    pub(super) fn is_review(&self) -> bool {
        self.known().policy.is_review(&self.source.path)
    }

    /// The text read as a review.
    pub(super) fn review(&self) -> Option<&ReadReview> {
        let read = || {
            let document = parse(&self.source);
            let (review, _) = lower(&document, &self.known().policy);
            ReadReview { document, review }
        };
        self.is_review().then(|| self.review.get_or_init(read))
    }

    /// The findings in the text, in order.
    pub(super) fn findings(&self) -> impl Iterator<Item = &'a Diagnostic> {
        let path = self.source.path.clone();
        self.judged.findings.iter().filter(move |finding| finding.path == path.as_str())
    }

    pub(super) fn range(&self, span: Span) -> Range {
        self.lines.range(span)
    }

    /// A place in a file of the site.
    pub(super) fn location(&self, path: &str, span: Span) -> Option<Location> {
        let lines = self.site.lines(path, self.client.encoding)?;
        Some(Location { uri: self.site.uri(path)?, range: lines.range(span) })
    }
}

impl ReadReview {
    /// A place of the review, in its file.
    pub(super) fn place(&self, span: Span) -> Span {
        self.document.map.to_source(span)
    }
}
