//! Which outputs exist and what each is made of, as data.

mod clash;
mod data;
mod feed;
mod ledger;
mod paging;
mod plan;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use data::DataFile;
pub use feed::{FeedFormat, FeedItem, Occasion, Topic};
pub use ledger::Ledger;
pub use paging::{
    FACTORS_A_PAGE, REVIEWS_A_PAGE, REVIEWS_IN_FILTER, SIGHTINGS_A_PAGE, TERMS_A_PAGE, page_count, page_path,
    page_range,
};
pub use plan::plan;

use crate::analysis::{ActionRef, Board, Facet, History, Luck, Measures, Standing, Term, board, luck};
use crate::config::{BaseUrl, ExportChoices, FeedChoices};
use crate::language::Language;
use crate::model::{Corpus, FactorUse, Group, Metrics, ReviewId};
use crate::search;
use crate::text::{Asset, SitePath};

/// What a site's pages say about the site.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its name.
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
}

/// What an output is made of. Indexes point into the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The home page.
    Home,
    /// The list of all reviews.
    Reviews,
    /// The page of a review.
    Review(usize),
    /// The factors by category.
    Factors,
    /// The reviews for the filter of the factors, where they are too many for the page.
    FactorData,
    /// The page of a factor, by its id.
    Factor(String),
    /// The index of a facet.
    Terms(Facet),
    /// The reviews of a term, by its slug.
    Term(Facet, String),
    /// All actions: what is left to do, and how they are spread.
    Actions,
    /// A further page of the list that begins at this path, by its number from 2.
    Further(SitePath, usize),
    /// A page of a list of actions, accepted weaknesses or luck, counted from 0.
    Ledger(Ledger, usize),
    /// Every lucky condition, and what became of it.
    Luck,
    /// What was measured over all reviews of one group.
    Metrics(Group),
    /// What there is for other programs, and how to use it.
    Data,
    /// A file for other programs.
    DataFile(DataFile),
    /// Another page.
    Page(usize),
    /// What is shown where nothing is.
    NotFound,
    /// A former address, which leads to this one.
    Redirect(SitePath),
    /// A feed.
    Feed(Topic, FeedFormat),
    /// How to follow the site, with its feeds.
    Subscribe,
    /// The list of pages for search engines.
    Sitemap,
    /// What crawlers may do.
    Robots,
    /// How a browser asks the search page.
    OpenSearch,
    /// What the site is, for language models.
    Llms,
    /// The full text of the newest reviews, for language models.
    LlmsFull,
    /// A review as Markdown.
    ReviewText(usize),
    /// What devices show of the site.
    WebManifest,
    /// The page on which reviews are searched.
    Search,
    /// The list of the files of the search index, whose names follow from what is in them.
    SearchIndex,
    /// A file with a fixed text.
    Fixed(&'static str),
    /// A file of the theme, by its name.
    ThemeAsset(String),
    /// A copy of a file of the site folder.
    Copy(SitePath),
}

/// Where a factor was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sightings {
    /// The positions of the reviews in the corpus, the newest first.
    pub reviews: Vec<usize>,
    /// In how many of them it is the primary factor.
    pub primary: usize,
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
#[derive(Debug, Default)]
pub struct Site {
    /// What its pages say about it.
    pub about: About,
    /// The words of its pages.
    pub language: Language,
    /// What may be published.
    pub corpus: Corpus,
    /// Every output but those that follow from the actions, the luck and what became of the factors: see [`Site::route`].
    routes: BTreeMap<SitePath, Route>,
    /// The pages of the lists of actions and luck, listed when one of them is first asked for.
    ledgers: OnceLock<BTreeMap<SitePath, Route>>,
    /// The further pages of factors, listed when one of them is first asked for.
    factor_pages: OnceLock<BTreeMap<SitePath, Route>>,
    /// The terms of each facet.
    pub facets: BTreeMap<Facet, Vec<Term>>,
    /// The position of each published review in the corpus.
    pub positions: BTreeMap<ReviewId, usize>,
    /// Where each factor that was seen was seen, by its id.
    pub sightings: BTreeMap<String, Sightings>,
    /// The address of each review's page, in the order of the corpus.
    review_paths: Vec<SitePath>,
    /// The durations of each review once they were asked for, in the order of the corpus.
    metrics: Vec<OnceLock<Metrics>>,
    /// For each source that is published: its output. Links between sources follow it.
    pub targets: BTreeMap<SitePath, SitePath>,
    /// The files that are copied, with their sizes.
    pub assets: BTreeMap<SitePath, Asset>,
    /// The sources whose output has no address of its own.
    pub collisions: Vec<Collision>,
    /// What became of each factor, computed when it is first asked for.
    pub(crate) histories: OnceLock<Vec<History>>,
    /// What happened to each review, computed when it is first asked for.
    happened: OnceLock<Vec<Vec<FeedItem>>>,
    /// What connects reviews, computed when it is first asked for.
    pub(crate) connections: OnceLock<crate::analysis::Connections>,
    /// Whether owners of actions are told apart by organisation.
    has_several_owners: bool,
    /// All actions, collected when they are first asked for.
    board: OnceLock<Board>,
    /// Every lucky condition, collected when they are first asked for.
    luck: OnceLock<BTreeMap<Standing, Vec<Luck>>>,
    /// What was measured, once it was asked for, by group.
    measures: [OnceLock<Measures>; 3],
    /// The words of all reviews and what they are about, once somebody searches.
    search: OnceLock<(search::Index, search::FilterColumns)>,
}

impl Site {
    /// What stands at an output path.
    pub fn route(&self, path: &SitePath) -> Option<&Route> {
        // The further pages of a factor stand in a folder of their own below that of the factors.
        let derived = match path.as_str().split_once('/') {
            Some(("actions" | "lucky", _)) => Some(self.ledgers()),
            Some(("factors", _)) => Some(self.factor_pages()),
            _ => None,
        };
        derived.and_then(|routes| routes.get(path)).or_else(|| self.routes.get(path))
    }

    /// Every output, by path.
    pub fn routes(&self) -> Vec<(&SitePath, &Route)> {
        let derived = [self.ledgers(), self.factor_pages()];
        let is_taken = |path: &SitePath| derived.iter().any(|routes| routes.contains_key(path));
        let direct = self.routes.iter().filter(|(path, _)| !is_taken(path));
        let mut all: Vec<(&SitePath, &Route)> = direct.chain(derived.into_iter().flatten()).collect();
        all.sort_by_key(|(path, _)| *path);
        all
    }

    fn ledgers(&self) -> &BTreeMap<SitePath, Route> {
        self.ledgers.get_or_init(|| plan::ledgers(self))
    }

    fn factor_pages(&self) -> &BTreeMap<SitePath, Route> {
        self.factor_pages.get_or_init(|| plan::factor_pages(self))
    }

    /// All actions, in lists and counted.
    pub fn board(&self) -> &Board {
        self.board.get_or_init(|| Board::new(&self.corpus))
    }

    /// Every lucky condition by how far it was turned into a control.
    pub fn luck(&self) -> &BTreeMap<Standing, Vec<Luck>> {
        self.luck.get_or_init(|| luck(&self.corpus))
    }

    /// The name in addresses of the owner of an action that is on the board.
    pub fn owner_slug(&self, place: ActionRef) -> Option<String> {
        board::owner_slug(&self.corpus, place, self.has_several_owners)
    }

    /// The address of a review's page.
    pub fn review_path(&self, position: usize) -> SitePath {
        self.review_paths[position].clone()
    }

    /// The durations of a review.
    pub fn durations(&self, position: usize) -> &Metrics {
        self.metrics[position].get_or_init(|| Metrics::derive(&self.corpus.reviews[position].timeline))
    }

    /// The address of a review as Markdown.
    pub fn review_text_path(&self, position: usize) -> SitePath {
        path(&format!("reviews/{}.md", self.corpus.reviews[position].id))
    }

    /// The address of a factor's page.
    pub fn factor_path(&self, id: &str) -> SitePath {
        path(&format!("factors/{id}.html"))
    }

    /// The term of a facet with a slug.
    pub fn term(&self, facet: Facet, slug: &str) -> Option<&Term> {
        self.facets.get(&facet)?.iter().find(|term| term.slug == slug)
    }

    /// How the review at `position` names the factor `id`, by its id or an alias.
    pub fn use_of(&self, position: usize, id: &str) -> Option<&FactorUse> {
        let review = &self.corpus.reviews[position];
        review.factors.iter().find(|used| self.corpus.factor(used).is_some_and(|factor| factor.id.value == id))
    }

    /// What all reviews of a group say together. Measured when it is first asked for.
    pub fn measures(&self, group: Group) -> &Measures {
        self.measures[group as usize].get_or_init(|| Measures::new(self, group))
    }

    /// The groups of which there are reviews, the site's own first.
    pub fn groups(&self) -> Vec<Group> {
        let is_there = |wanted: &Group| self.corpus.reviews.iter().any(|review| review.group() == *wanted);
        Group::ALL.into_iter().filter(is_there).collect()
    }

    /// The words of all reviews and what they are about. Read when they are first asked for.
    pub fn search(&self) -> &(search::Index, search::FilterColumns) {
        self.search.get_or_init(|| (search::Index::new(&self.corpus), search::FilterColumns::new(&self.corpus)))
    }

    /// The address of the metrics of a group. The first one there is has the plain address.
    pub fn metrics_path(&self, group: Group) -> SitePath {
        let is_first = self.groups().first().is_none_or(|first| *first == group);
        path(match group {
            _ if is_first => "metrics.html",
            Group::Own | Group::Collected => "metrics-collected.html",
            Group::Sources => "metrics-sources.html",
        })
    }

    /// The address of another page.
    pub fn page_path(&self, position: usize) -> SitePath {
        path(&format!("{}.html", self.corpus.pages[position].id))
    }
}

/// A path that the program itself put together from safe parts.
pub(crate) fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap_or_else(|error| panic!("the address {text:?} {error}"))
}
