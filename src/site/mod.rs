//! Which outputs exist and what each is made of, as data.

pub(crate) mod address;
mod clash;
mod data;
mod feed;
mod long_list;
mod lost_address;
mod paging;
mod plan;
mod route;

use std::collections::BTreeMap;

pub(crate) use data::DataFile;
pub(crate) use feed::FeedFormat;
pub(crate) use long_list::LongList;
pub(crate) use lost_address::{LostAddresses, Successor};
pub(crate) use paging::{FACTORS_A_PAGE, REVIEWS_A_PAGE, SIGHTINGS_A_PAGE, TERMS_A_PAGE, page_path, page_range};
pub(crate) use plan::plan;
pub(crate) use route::{Export, PageKind, PageRoute, Route, StaticFile};

use crate::analysis::Facet;
use crate::config::{BaseUrl, ExportChoices, FeedChoices};
use crate::language::Language;
use crate::model::{Group, PageIndex, ReviewIndex};
use crate::text::{Asset, SitePath};

/// What a site's pages say about the site.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// A BCP 47 language tag.
    pub language: String,
    /// Whose site it is; may be empty.
    pub organisation: String,
    /// Where it will be reachable.
    pub base_url: BaseUrl,
    /// Where a file is edited on the code host, with `{path}` for the file; empty for nowhere.
    pub edit_url: String,
    /// The repository whose issues and commits texts refer to; empty for none.
    pub repository: String,
    /// What the feeds hold.
    pub feeds: FeedChoices,
    /// What is written for other programs beside the pages.
    pub exports: ExportChoices,
    /// The licence of the reviews; may be empty.
    pub licence: String,
}

/// What a theme brings to a site.
#[derive(Clone, Debug, Default)]
pub struct ThemeParts {
    /// The names of its files as they will be called.
    pub assets: Vec<String>,
    /// The words of its pages.
    pub language: Language,
    /// Whether its share image is the program's own, so that a drawing of the incidents says more.
    pub draws_incidents: bool,
}

/// An output that cannot be written beside the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The file it is made of.
    pub source: SitePath,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// A site: every output path and what it is made of.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// What its pages say about it.
    pub about: About,
    /// The words of its pages.
    pub language: Language,
    /// Every output, by path.
    pub routes: BTreeMap<SitePath, Route>,
    /// For each source that is published: its output. Links between sources follow it.
    pub targets: BTreeMap<SitePath, SitePath>,
    /// The files that are copied, with their sizes.
    pub assets: BTreeMap<SitePath, Asset>,
    /// The sources whose output has no address of its own.
    pub collisions: Vec<Collision>,
    /// The address of each review's page, in the order of the corpus.
    review_paths: Vec<SitePath>,
    /// The address of each page that the authors wrote, in the order of the corpus.
    page_paths: Vec<SitePath>,
    /// The addresses of the metrics of the groups that have reviews.
    metrics_paths: BTreeMap<Group, SitePath>,
    /// The greatest number of reviews that a term other than a year lists: a search shows the others.
    most_of_term: usize,
}

impl Site {
    /// What stands at an output path.
    pub fn route(&self, path: &SitePath) -> Option<&Route> {
        self.routes.get(path)
    }

    /// What the page at an output path shows; none when there is no page.
    pub fn page(&self, path: &SitePath) -> Option<&PageKind> {
        self.routes.get(path)?.page()
    }

    /// What the pages of a term list of its reviews, the newest first.
    pub fn shown<'a>(&self, facet: Facet, reviews: &'a [ReviewIndex]) -> &'a [ReviewIndex] {
        let most = if facet == Facet::Year { usize::MAX } else { self.most_of_term };
        &reviews[..reviews.len().min(most)]
    }

    /// The address of a review's page.
    pub fn review_path(&self, position: ReviewIndex) -> SitePath {
        self.review_paths[position].clone()
    }

    /// The address of a page that the authors wrote.
    pub fn page_path(&self, position: PageIndex) -> SitePath {
        self.page_paths[position].clone()
    }

    /// The address of the metrics of a group; none when it has no reviews.
    pub fn metrics_path(&self, group: Group) -> Option<&SitePath> {
        self.metrics_paths.get(&group)
    }
}
