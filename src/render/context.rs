//! What the functions that fill a page know: the site, its analysis, and where the page stands.

use std::ops::Range;

use chrono::NaiveDate;

use super::Renderer;
use super::markdown::{AddressForm, Links, cut, href, inline, plain_sentence};
use super::part::date::DateView;
use crate::analysis::Analysis;
use crate::markdown::passage_words;
use crate::model::ReviewIndex;
use crate::site::{PageKind, PageRoute, Site, page_range};
use crate::text::{SitePath, Span};

/// A page that is being rendered.
pub(super) struct PageContext<'a> {
    pub(super) renderer: &'a Renderer,
    pub(super) site: &'a Site,
    pub(super) analysis: &'a Analysis,
    /// The address of the page.
    pub(super) path: &'a SitePath,
    pub(super) route: &'a PageRoute,
    /// How addresses are written on this page.
    pub(super) form: AddressForm<'a>,
}

impl<'a> PageContext<'a> {
    /// The page for missing addresses is shown at any depth, so its own addresses are rooted.
    pub(super) fn new(renderer: &'a Renderer, path: &'a SitePath, route: &'a PageRoute) -> Self {
        let form = if route.kind == PageKind::NotFound { AddressForm::Rooted } else { AddressForm::From(path) };
        Self { renderer, site: &renderer.site, analysis: &renderer.analysis, path, route, form }
    }

    /// The words of a key in the language of the site.
    pub(super) fn say(&self, key: &str) -> &'a str {
        self.site.language.say(key)
    }

    /// A day for people and machines.
    pub(super) fn date(&self, day: NaiveDate) -> DateView {
        DateView { iso: day.to_string(), text: self.site.language.day(day) }
    }

    /// The address of an output, as this page writes it.
    pub(super) fn to(&self, target: &SitePath) -> String {
        href(self.site, self.form, target)
    }

    /// The address of an output that a site may lack; empty when it does.
    pub(super) fn to_if_planned(&self, target: &SitePath) -> String {
        if self.site.route(target).is_some() { self.to(target) } else { String::new() }
    }

    /// The address that an anchor is added to: empty for this page itself.
    pub(super) fn before_anchor(&self, page: &SitePath) -> String {
        if page == self.path { String::new() } else { self.to(page) }
    }

    /// The address of an output from anywhere in the world.
    pub(super) fn absolute(&self, target: &SitePath) -> String {
        href(self.site, AddressForm::Absolute, target)
    }

    /// Whether this is the first page of its list, or the only one.
    pub(super) fn is_first(&self) -> bool {
        self.route.number == 1
    }

    /// The positions of a list of `count` that stand on this page, at most `size` of them.
    pub(super) fn range_of_page(&self, count: usize, size: usize) -> Range<usize> {
        page_range(self.route.number, count, size)
    }

    /// Markdown of a string of the front matter of the review at `position`, as HTML.
    pub(super) fn inline(&self, position: ReviewIndex, text: &str) -> String {
        if let Some(plain) = plain_sentence(text) {
            return plain;
        }
        let home = self.site.review_path(position);
        inline(text, &Links::new(self.site, &self.analysis.corpus.reviews[position].path, Some(&home), self.form))
    }

    /// The first words of a passage of the review at `position`, without markup.
    pub(super) fn plain(&self, position: ReviewIndex, passage: Span) -> String {
        let review = &self.analysis.corpus.reviews[position];
        cut(&passage_words(&review.text, review.body, passage), 400)
    }
}
