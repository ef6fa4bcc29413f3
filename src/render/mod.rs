//! From a site to bytes: views, theme, Markdown, feeds.

pub mod chart;
mod context;
pub mod contract;
mod data;
mod feed;
mod llms;
mod markdown;
mod opensearch;
pub mod page;
pub mod part;
#[cfg(feature = "share-images")]
mod picture;
mod search;
mod sitemap;
mod theme;

use std::sync::{Arc, OnceLock};

pub use search::shard_words;
pub use theme::{Theme, ThemeFile, audit, built_in_files, built_in_texts};

use crate::analysis::{Analysis, IncidentKind};
use crate::diagnostic::Diagnostic;
use crate::document::SectionKind;
use crate::markdown::{excerpt, passage_words};
use crate::model::{Corpus, ReviewIndex};
use crate::site::{Export, Route, Site, StaticFile, address};
use crate::text::{Output, SitePath, strip_controls};
use context::PageContext;
use part::control::control_filter_data;
use part::filter::factor_filter_data;

/// Renders the outputs of one site with one theme. Shared by all threads.
pub struct Renderer {
    site: Arc<Site>,
    analysis: Analysis,
    theme: Arc<Theme>,
    /// The summary of each review without markup, made when something first shows it.
    summaries: Vec<OnceLock<Summary>>,
    /// The files of the search index, made when one of them is first asked for.
    search: OnceLock<search::Files>,
    /// What templates see of the site: the same on every page.
    about: OnceLock<tera::Value>,
}

/// The summary of a review as plain text; empty where it has none.
#[derive(Default)]
struct Summary {
    words: String,
    /// As much of it as a list shows.
    beginning: String,
}

/// Whether an output has no content although it should. A file of the theme or of `static` may be empty.
fn is_blank(output: &Output, route: &Route) -> bool {
    match (route, output) {
        (Route::Page(_) | Route::Export(_), Output::Bytes(bytes)) => bytes.trim_ascii().is_empty(),
        (Route::Page(_) | Route::Export(_), Output::Copy(_)) | (Route::Picture(_) | Route::File(_), _) => false,
    }
}

impl Renderer {
    /// A renderer that has rendered nothing yet.
    pub fn new(site: Site, analysis: Analysis, theme: Arc<Theme>) -> Self {
        Self::of(Arc::new(site), analysis, theme)
    }

    fn of(site: Arc<Site>, analysis: Analysis, theme: Arc<Theme>) -> Self {
        let summaries = analysis.corpus.reviews.iter().map(|_| OnceLock::new()).collect();
        Self { summaries, search: OnceLock::new(), about: OnceLock::new(), site, analysis, theme }
    }

    /// Whether it renders these very reviews.
    pub fn has_reviews(&self, corpus: &Corpus) -> bool {
        let own = &self.analysis.corpus.reviews;
        own.len() == corpus.reviews.len() && own.iter().zip(&corpus.reviews).all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// A renderer of the same site and theme for a corpus that differs from this one's at most in the prose of reviews;
    /// `None` for any other corpus.
    pub fn of_prose(&self, corpus: &Corpus) -> Option<Self> {
        Some(Self::of(self.site.clone(), self.analysis.of_prose(corpus)?, self.theme.clone()))
    }

    /// The site whose outputs these are.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// What may be published, and what follows from it.
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// The summary of the review at `position`.
    fn summary(&self, position: ReviewIndex) -> &Summary {
        self.summaries[position].get_or_init(|| {
            let review = &self.analysis.corpus.reviews[position];
            let Some(part) = review.part(SectionKind::Summary) else { return Summary::default() };
            let words = passage_words(&review.text, review.body, part.content);
            Summary { beginning: excerpt(&words, 220), words }
        })
    }

    /// Every output. The names of the files of the search index follow from what is in them, so it is made now.
    pub fn paths(&self) -> Vec<SitePath> {
        let mut paths: Vec<SitePath> = self.site.routes.keys().cloned().collect();
        paths.extend(self.search_files().into_iter().flat_map(search::Files::names));
        paths
    }

    /// Makes the search index, if the site has one, which takes longer than any page.
    pub fn make_search_index(&self) {
        self.search_files();
    }

    fn search_files(&self) -> Option<&search::Files> {
        let index = self.site.route(&address::path(address::SEARCH_INDEX));
        index.is_some_and(|route| *route == Route::Export(Export::SearchIndex)).then(|| self.search())
    }

    fn search(&self) -> &search::Files {
        self.search.get_or_init(|| search::Files::new(self))
    }

    /// Whether it renders with this theme.
    pub fn has_theme(&self, theme: &Arc<Theme>) -> bool {
        Arc::ptr_eq(&self.theme, theme)
    }

    /// Whether both render with the same theme, to the last character of its files.
    pub fn has_theme_of(&self, other: &Self) -> bool {
        self.has_theme(&other.theme)
    }

    /// The output of a source of the site.
    pub fn page_of(&self, source: &SitePath) -> Option<&SitePath> {
        self.site.targets.get(source)
    }

    /// What stands at `path`; `None` when the site has no such output.
    ///
    /// # Errors
    ///
    /// A mistake in a template, with its place in the template.
    pub fn render(&self, path: &SitePath) -> Option<Result<Output, Box<Diagnostic>>> {
        let Some(route) = self.site.route(path) else {
            let name = path.below(search::FOLDER)?;
            return self.search_files()?.text(name).map(|text| Ok(Output::Bytes(text.as_bytes().to_vec())));
        };
        let made = self.render_route(path, route).map_err(|error| Box::new(self.theme.explain(&error)));
        Some(made.and_then(|output| if is_blank(&output, route) { Err(self.nothing_at(path)) } else { Ok(output) }))
    }

    /// A finding about an output that is listed and that nothing is written for.
    pub fn nothing_at(&self, path: &SitePath) -> Box<Diagnostic> {
        let template = self.site.page(path).map(|kind| page::definition(kind).template);
        Box::new(self.theme.explain_blank(path, template))
    }

    /// The icon, relative to the home page.
    fn icon(&self) -> Option<String> {
        self.theme.names().get("favicon.svg").map(|name| format!("assets/{name}"))
    }

    fn render_route(&self, path: &SitePath, route: &Route) -> Result<Output, tera::Error> {
        let text = match route {
            Route::Page(page) => page::render(&PageContext::new(self, path, page))?,
            Route::Export(export) => self.export(path, export),
            Route::Picture(kind) => return Ok(Output::Bytes(self.picture(*kind))),
            Route::File(file) => return Ok(self.file(file)),
        };
        // Whatever an author or another site wrote: no kind of text here may hold them, XML and HTML least of all.
        Ok(Output::Bytes(strip_controls(text).into_bytes()))
    }

    /// Without the feature no picture is planned.
    fn picture(&self, kind: Option<IncidentKind>) -> Vec<u8> {
        #[cfg(feature = "share-images")]
        let bytes = picture::picture(self, kind);
        #[cfg(not(feature = "share-images"))]
        let bytes = kind.map_or_else(Vec::new, |_| Vec::new());
        bytes
    }

    fn export(&self, path: &SitePath, export: &Export) -> String {
        match export {
            Export::Feed(topic, format) => feed::feed(self, path, topic, *format),
            Export::Data(file) => data::file(self, *file),
            Export::Sitemap => sitemap::sitemap(self),
            Export::Robots => sitemap::robots(&self.site),
            Export::WebManifest => sitemap::web_manifest(&self.site, self.icon().as_deref()),
            Export::OpenSearch => opensearch::opensearch(&self.site, self.icon().as_deref()),
            Export::Llms => llms::index(self),
            Export::LlmsFull => llms::full(self),
            Export::ReviewText(at) => llms::review(self, *at),
            Export::SearchIndex => self.search().index(),
            Export::FactorFilter => self.factor_filter(),
            Export::ControlFilter => self.control_filter(),
        }
    }

    /// The factors and the reviews for the filter. It is a script, since a page that was opened from the disk may load
    /// that.
    fn factor_filter(&self) -> String {
        let path = address::path(address::FACTORS);
        let Some(Route::Page(page)) = self.site.route(&path) else { return String::new() };
        format!("casebookFactors({});\n", factor_filter_data(&PageContext::new(self, &path, page)))
    }

    /// The changes that the page of all of them leaves out, a script for the same reason.
    fn control_filter(&self) -> String {
        let path = address::path(address::CONTROLS);
        let Some(Route::Page(page)) = self.site.route(&path) else { return String::new() };
        format!("casebookControls({});\n", control_filter_data(&PageContext::new(self, &path, page)))
    }

    fn file(&self, file: &StaticFile) -> Output {
        match file {
            StaticFile::Theme(name) => match self.theme.asset(name) {
                Some(ThemeFile::Text(text)) => Output::Bytes(text.clone().into_bytes()),
                Some(ThemeFile::BuiltIn(bytes)) => Output::Bytes(bytes.to_vec()),
                Some(ThemeFile::Copy(source)) => Output::Copy(source.clone()),
                None => Output::Bytes(Vec::new()),
            },
            StaticFile::Copy(source) => Output::Copy(source.clone()),
            StaticFile::Empty => Output::Bytes(Vec::new()),
        }
    }
}
