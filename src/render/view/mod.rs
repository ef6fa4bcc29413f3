//! What a theme's templates see: plain data, with every address relative to the page it stands on.

mod article;
mod board;
mod build;
mod card;
mod chart;
mod citation;
mod data;
mod entry;
mod factor;
mod filter;
mod image;
mod ledger;
mod listing;
mod luck;
mod matrix;
mod metrics;
mod paging;
mod review;
mod ribbon;
mod structured;
mod subscribe;

pub use article::{
    AnswerView, BlockView, EntryView, FactView, FactorUseView, MarkView, MetricView, PhaseView, ReferenceView,
    RelatedView, ResponseView, ReviewView, RevisionView, RibbonView, SegmentView,
};
pub use board::{AcceptedRiskView, BoardView, ChangeView, StatePartView, StateView};
pub(super) use build::{Builder, is_in_sitemap};
pub use chart::{CellView, MatrixRowView, MatrixView, PairView, ShareView, SparkView};
pub use citation::CitationView;
pub use data::{DataFileView, DataView, ExampleView};
pub use factor::{ConditionView, FacetView, FactorIndexView, FactorPageView, LapseView, RecurrenceView};
pub use filter::{FilterFacetView, FilterTermView, FilterView};
pub use image::ImageView;
pub use ledger::LedgerView;
pub(super) use listing::term_words;
pub use luck::{LuckPartView, LuckView, LuckyView};
pub use matrix::{AnsweringView, WeaknessView};
pub use metrics::{DurationView, LongestView, MedianView, MetricsView, NoView, NoteView};
pub use paging::PagesView;
pub use subscribe::{SubscribeView, TopicsView};

use serde::Serialize;

/// The site as every page sees it: `site`.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The name of the site.
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// A BCP 47 language tag.
    pub language: String,
    /// In which direction that is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Whose site it is; may be empty.
    pub organisation: String,
    /// The address of the home page, with a closing slash.
    pub base_url: String,
    /// The number of published reviews.
    pub reviews: usize,
    /// The program and its version.
    pub generator: String,
}

/// The page itself: `page`.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// Its title, without the site's.
    pub title: String,
    /// A sentence for search engines; may be empty.
    pub description: String,
    /// Its absolute address.
    pub canonical: String,
    /// The way to the home page's folder: empty or `../`; for 404 the base path, which is absolute.
    pub root: String,
    /// Which template it was made with: home, review, reviews, factors, factor, terms, term, actions,
    /// ledger, luck, metrics, data, subscribe, page, search, not-found.
    pub kind: &'static str,
    /// The places to go, in order.
    pub navigation: Vec<LinkView>,
    /// The addresses of the theme's files by their names: `assets["style.css"]`.
    pub assets: std::collections::BTreeMap<String, String>,
    /// The address of the RSS feed of the site.
    pub feed: String,
    /// Where this page's file is edited on the code host; empty for nowhere.
    pub edit: String,
    /// The feeds that this page announces: those of the site, and its own.
    pub feeds: Vec<FeedView>,
    /// What the page says to programs: JSON-LD, safe inside `<script>`; may be empty.
    pub structured: String,
    /// The address of the same text as Markdown; may be empty.
    pub markdown: String,
    /// The address of the description of the search; may be empty.
    pub search: String,
    /// The picture that stands for the page where a link to it is shared.
    pub og_image: Option<ImageView>,
    /// The way through a list of several pages; none when there is only one.
    pub pages: Option<PagesView>,
}

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FeedView {
    /// What it is called.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Its absolute address, to be put into a feed reader.
    pub address: String,
    /// `RSS`, `Atom` or `JSON Feed`.
    pub format: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Whether it is about what this page is about.
    pub is_own: bool,
}

/// A link with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Whether it leads to the section of the site that this page is in.
    pub current: bool,
}

/// A term, such as a service, with the reviews that have it.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The number of reviews.
    pub count: usize,
    /// What it means; may be empty.
    pub description: String,
}

/// A date for people and machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// ISO 8601: `2026-03-19`.
    pub iso: String,
    /// `19 March 2026`.
    pub text: String,
}

/// The severity of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeverityView {
    /// The id: `P1`.
    pub id: String,
    /// What it is called: `Critical`.
    pub name: String,
    /// 1 is the most severe.
    pub rank: usize,
    /// Its page.
    pub href: String,
}

/// A review in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// The permanent name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The day of the incident.
    pub date: Option<DateView>,
    /// How bad it was.
    pub severity: Option<SeverityView>,
    /// `incident` or `near-miss`.
    pub kind: &'static str,
    /// `interim`, `final` or `withdrawn`.
    pub status: &'static str,
    /// `own` or `collected`.
    pub perspective: &'static str,
    /// Whose incident it was, with the page of that organisation; only when it is not the site's own.
    pub organisation: Option<LinkView>,
    /// The site that it was taken over from.
    pub origin: Option<OriginView>,
    /// The services affected, with their pages.
    pub services: Vec<LinkView>,
    /// The beginning of the summary, as plain text; may be empty.
    pub summary: String,
    /// The factor without which it would not have happened.
    pub primary_factor: Option<LinkView>,
    /// How long there was impact: `27 min`; may be empty.
    pub impact_time: String,
}

/// The site that a review was taken over from.
#[derive(Clone, Debug, Serialize)]
pub struct OriginView {
    /// Whose site it is.
    pub organisation: String,
    /// What it is called.
    pub site: String,
    /// The page of the review there.
    pub href: String,
    /// The licence of its reviews; may be empty.
    pub licence: String,
}

/// A link from a list to a part of it, which may stand on another page of the list.
#[derive(Clone, Debug, Serialize)]
pub struct JumpView {
    /// What the part is called.
    pub title: String,
    /// Where it begins.
    pub href: String,
    /// How much it holds.
    pub count: usize,
}

/// What the page of a term has beside its reviews: `term`. Factors stand on the first page only.
#[derive(Clone, Debug, Serialize)]
pub struct TermPageView {
    /// The page of all terms of its kind, such as all services.
    pub facet: LinkView,
    /// The factors of its reviews, the most frequent first; at most twelve.
    pub factors: Vec<ShareView>,
    /// The other factors of its reviews.
    pub rest: Vec<ShareView>,
}

/// A list of reviews under headings.
#[derive(Clone, Debug, Serialize)]
pub struct ListingView {
    /// What the list holds, in a sentence; may be empty.
    pub lead: String,
    /// The number of reviews.
    pub count: usize,
    /// The years of the whole list, each with the place where it begins.
    pub jumps: Vec<JumpView>,
    /// The reviews of this page, by year.
    pub groups: Vec<GroupView>,
}

/// A part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Its heading; may be empty.
    pub title: String,
    /// Its anchor.
    pub id: String,
    /// The reviews.
    pub reviews: Vec<CardView>,
}

/// A factor in a list.
#[derive(Clone, Debug, Serialize)]
pub struct FactorView {
    /// The permanent name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The id of its category.
    pub category: String,
    /// What it means.
    pub definition: String,
    /// The number of reviews it was seen in.
    pub count: usize,
    /// In how many of them it was the primary factor.
    pub primary: usize,
    /// The day it was last seen.
    pub last_seen: Option<DateView>,
    /// In how many reviews it came back after an action against it was closed.
    pub recurrences: usize,
    /// How often it was seen over time; in the index and on the home page only.
    pub spark: Option<SparkView>,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Questions for readers: could this happen to us?
    pub ask: Vec<String>,
}

/// A category with its factors: an item of `categories`.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryView {
    /// The id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// The factors that were seen, the most frequent first.
    pub factors: Vec<FactorView>,
    /// The factors of the registry that no published review has.
    pub unseen: Vec<FactorView>,
}

/// A factor as it was seen in one review.
#[derive(Clone, Debug, Serialize)]
pub struct SightingView {
    /// The review.
    pub review: CardView,
    /// `primary` or `contributing`.
    pub role: &'static str,
    /// How it showed, as HTML; may be empty.
    pub note: String,
}

/// An action.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// Its anchor on the page of its review.
    pub anchor: String,
    /// What is changed, as HTML.
    pub change: String,
    /// `prevent`, `detect`, `mitigate`, `process` or empty.
    pub kind: &'static str,
    /// The same in the language of the site.
    pub kind_name: String,
    /// What it answers: factors and items, with links.
    pub addresses: Vec<LinkView>,
    /// The team or role; may be empty.
    pub owner: String,
    /// All actions of that team or role; may be empty.
    pub owner_href: String,
    /// By when.
    pub due: Option<DateView>,
    /// `open`, `in-progress`, `done` or `cancelled`.
    pub status: &'static str,
    /// The same in the language of the site.
    pub status_name: String,
    /// Whether its date has passed.
    pub overdue: bool,
    /// When it was closed.
    pub closed: Option<DateView>,
    /// What changes with it, in the language of the site.
    pub updates: Vec<String>,
    /// Where to follow it; may be empty.
    pub link: String,
    /// How it is known to work, as HTML; may be empty.
    pub evidence: String,
    /// The review it belongs to.
    pub review: LinkView,
}

/// The home page: `home`.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// The newest reviews, at most six.
    pub latest: Vec<CardView>,
    /// The factors seen most often, at most eight.
    pub top_factors: Vec<FactorView>,
    /// The newest near misses that are not among the newest reviews, at most three.
    pub near_misses: Vec<CardView>,
    /// The actions whose date has passed, at most five.
    pub overdue: Vec<ActionView>,
    /// The number of all actions that are not done.
    pub open_actions: usize,
    /// The number of all actions that are done.
    pub done_actions: usize,
    /// The number of lucky conditions.
    pub luck: usize,
    /// How long it took to detect and to mitigate, where enough reviews tell.
    pub medians: Vec<MedianView>,
    /// The number of factors that were seen.
    pub factors: usize,
    /// The number of organisations.
    pub organisations: usize,
    /// Incidents and near misses.
    pub kinds: Vec<TermView>,
    /// The years with reviews, the newest first.
    pub years: Vec<TermView>,
    /// The severities with reviews, the most severe first.
    pub severities: Vec<TermView>,
}
