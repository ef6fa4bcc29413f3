//! What an output is made of: a page, an export or a file.

use crate::analysis::{Facet, IncidentKind, Topic};
use crate::model::{Corpus, Group, PageIndex, ReviewIndex};
use crate::text::SitePath;

use super::{DataFile, FeedFormat, LongList};

/// What an output is made of. Positions point into the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A page, made with a template.
    Page(PageRoute),
    /// Data or text for other programs.
    Export(Export),
    /// The drawing of all incidents, as a picture that stands for a page where a link to it is shared; one kind of
    /// incident stands out, or none does.
    Picture(Option<IncidentKind>),
    /// A file whose bytes are there already.
    File(StaticFile),
}

/// A page of the site, and where it stands in its list when the list takes several pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRoute {
    /// What it shows.
    pub kind: PageKind,
    /// The address of the first page of the list; its own address when there is only one.
    pub first: SitePath,
    /// Its number in the list, from 1.
    pub number: usize,
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The home page of the site.
    Home,
    /// The list of all reviews.
    Reviews,
    /// One review.
    Review(ReviewIndex),
    /// The index of all factors, by category.
    Factors,
    /// A factor, by its id.
    Factor(String),
    /// The index of a facet.
    Facet(Facet),
    /// The reviews of a term, by its slug.
    Term(Facet, String),
    /// All actions: what is left to do, and how they are spread.
    Actions,
    /// One long list of actions, accepted weaknesses, luck or changes.
    LongList(LongList),
    /// Every lucky break, and what became of it.
    Luck,
    /// What was changed, and whether it held.
    Controls,
    /// What was measured over all reviews of one group.
    Metrics(Group),
    /// What there is for other programs, and how to use it.
    Data,
    /// The questions of all factors: could this happen to you?
    SelfCheck,
    /// How to follow the site, with its feeds.
    Subscribe,
    /// The page on which reviews are searched.
    Search,
    /// A page that the authors wrote, such as "About".
    Content(PageIndex),
    /// What is shown where nothing is.
    NotFound,
    /// A former address, which leads to this one.
    Redirect(SitePath),
}

/// Data or text for other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// A feed about the site or one topic of it, in one format.
    Feed(Topic, FeedFormat),
    /// The dataset, a part of it, or its schema.
    Data(DataFile),
    /// The list of pages for search engines.
    Sitemap,
    /// What crawlers may read: robots.txt.
    Robots,
    /// How a browser asks the search page.
    OpenSearch,
    /// What the site is, for language models: llms.txt.
    Llms,
    /// The full text of the newest reviews, for language models: llms-full.txt.
    LlmsFull,
    /// A review as Markdown.
    ReviewText(ReviewIndex),
    /// What devices show of the site.
    WebManifest,
    /// The list of the files of the search index, whose names follow from what is in them.
    SearchIndex,
    /// The reviews for the filter of the factors, where they are too many for the page.
    FactorFilter,
    /// The changes that the page of all of them has no room for, for its filter.
    ControlFilter,
}

/// A file whose bytes are there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaticFile {
    /// A file of the theme, by its published name.
    Theme(String),
    /// A copy of a file of the site folder.
    Copy(SitePath),
    /// A file without content whose name is all that matters.
    Empty,
}

impl PageKind {
    /// The file that the page shows; none when it shows several, or none.
    pub fn source<'a>(&self, corpus: &'a Corpus) -> Option<&'a SitePath> {
        match self {
            Self::Review(at) => Some(&corpus.reviews[*at].path),
            Self::Content(at) => Some(&corpus.pages[*at].path),
            Self::Home
            | Self::Reviews
            | Self::Factors
            | Self::Factor(_)
            | Self::Facet(_)
            | Self::Term(..)
            | Self::Actions
            | Self::LongList(_)
            | Self::Luck
            | Self::Controls
            | Self::Metrics(_)
            | Self::Data
            | Self::SelfCheck
            | Self::Subscribe
            | Self::Search
            | Self::NotFound
            | Self::Redirect(_) => None,
        }
    }
}

impl Route {
    /// The page with nothing before or after it that stands at `path`.
    pub(super) fn single(path: SitePath, kind: PageKind) -> (SitePath, Self) {
        (path.clone(), Self::Page(PageRoute { kind, first: path, number: 1 }))
    }

    /// What the page shows; none for exports and files.
    pub fn page(&self) -> Option<&PageKind> {
        match self {
            Self::Page(page) => Some(&page.kind),
            Self::Export(_) | Self::Picture(_) | Self::File(_) => None,
        }
    }
}
