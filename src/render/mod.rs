//! From a site to bytes: views, theme, Markdown, feeds.

pub mod chart;
mod data;
mod feed;
mod llms;
mod markdown;
mod opensearch;
mod search;
mod sitemap;
mod theme;
pub mod view;

use std::sync::{Arc, OnceLock};

pub use search::shard_words;
pub use theme::{Theme, ThemeFile, VARIABLES, audit, built_in_files, built_in_texts};

use crate::diagnostic::Diagnostic;
use crate::site::{Route, Site};
use crate::text::{Output, SitePath, strip_controls};

/// Renders the outputs of one site with one theme. Shared by all threads.
pub struct Renderer {
    site: Site,
    theme: Arc<Theme>,
    /// The plain summary of each review, made when a list first shows it.
    summaries: Vec<OnceLock<String>>,
    /// The files of the search index, made when one of them is first asked for.
    search: OnceLock<search::Files>,
    /// What templates see of the site: the same on every page.
    about: OnceLock<tera::Value>,
}

impl Renderer {
    /// A renderer that has rendered nothing yet.
    pub fn new(site: Site, theme: Arc<Theme>) -> Self {
        let summaries = site.corpus.reviews.iter().map(|_| OnceLock::new()).collect();
        Self { summaries, search: OnceLock::new(), about: OnceLock::new(), site, theme }
    }

    /// The site whose outputs these are.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Every output. The names of the files of the search index follow from what is in them, so it is made now.
    pub fn paths(&self) -> Vec<SitePath> {
        let mut paths: Vec<SitePath> = self.site.routes().iter().map(|(path, _)| (*path).clone()).collect();
        paths.extend(self.make_index().into_iter().flat_map(search::Files::names));
        paths
    }

    /// Makes the search index, if the site has one, which takes longer than any page.
    pub fn prepare(&self) {
        self.make_index();
    }

    fn make_index(&self) -> Option<&search::Files> {
        let is_wanted = self.site.routes().iter().any(|(_, route)| **route == Route::SearchIndex);
        is_wanted.then(|| self.search())
    }

    fn search(&self) -> &search::Files {
        self.search.get_or_init(|| search::Files::new(&self.site))
    }

    /// Whether both render with the same theme, to the last character of its files.
    pub fn has_theme_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.theme, &other.theme)
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
            return self.search().text(name).map(|text| Ok(Output::Bytes(text.as_bytes().to_vec())));
        };
        Some(self.render_route(path, route).map_err(|error| Box::new(self.theme.explain(&error))))
    }

    /// The icon, relative to the home page.
    fn icon(&self) -> Option<String> {
        self.theme.names().get("favicon.svg").map(|name| format!("assets/{name}"))
    }

    fn render_route(&self, path: &SitePath, route: &Route) -> Result<Output, tera::Error> {
        let text = match route {
            Route::Feed(topic, format) => feed::feed(self, path, topic, *format),
            Route::Sitemap => sitemap::sitemap(&self.site),
            Route::DataFile(file) => data::file(&self.site, *file),
            Route::Robots => sitemap::robots(&self.site),
            Route::WebManifest => sitemap::web_manifest(&self.site, self.icon().as_deref()),
            Route::OpenSearch => opensearch::opensearch(&self.site, self.icon().as_deref()),
            Route::FactorData => view::Builder::new(self, path).filter_script(),
            Route::Llms => llms::index(&self.site),
            Route::LlmsFull => llms::full(&self.site),
            Route::ReviewText(at) => llms::review(&self.site, *at),
            Route::SearchIndex => self.search().index(),
            Route::Fixed(text) => (*text).to_owned(),
            Route::ThemeAsset(name) => match self.theme.asset(name) {
                Some(ThemeFile::Text(text)) => return Ok(Output::Bytes(text.clone().into_bytes())),
                Some(ThemeFile::BuiltIn(bytes)) => return Ok(Output::Bytes(bytes.to_vec())),
                Some(ThemeFile::Copy(source)) => return Ok(Output::Copy(source.clone())),
                None => String::new(),
            },
            Route::Copy(source) => return Ok(Output::Copy(source.clone())),
            _ => view::Builder::new(self, path).page(route)?,
        };
        // Whatever an author or another site wrote: no kind of text here may hold them, XML and HTML least of all.
        Ok(Output::Bytes(strip_controls(text).into_bytes()))
    }
}
