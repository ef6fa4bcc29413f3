//! What every page has around its own part: the variables `site` and `page`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{PageContent, Variable};
use crate::analysis::Facet;
use crate::model::PageIndex;
use crate::render::context::PageContext;
use crate::render::markdown::{AddressForm, encoded};
use crate::render::part::feed::{FeedView, feeds_of_page};
use crate::render::part::image::{ImageView, share_image};
use crate::render::part::link::LinkView;
use crate::render::part::paging::{PagesView, page_links};
use crate::render::part::structured::script_safe;
use crate::site::address;
use crate::site::address::path;
use crate::text::SitePath;

/// What every template sees.
pub(in crate::render) const FRAME_VARIABLES: &[Variable] =
    &[Variable::of::<SiteView>("site"), Variable::of::<PageView>("page")];

/// The site as every page sees it: `site`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
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

/// What every page says about itself: `page`.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct PageView {
    /// Its title, without the site's.
    pub title: String,
    /// A sentence for search engines; may be empty.
    pub description: String,
    /// The absolute address that search engines should use: that of the page, or that of the original review.
    pub canonical: String,
    /// The way to the home page's folder: empty or `../`; for 404 the base path, which is absolute.
    pub root: String,
    /// Which template it was made with: home, review, reviews, factors, factor, terms, term, actions,
    /// ledger, luck, controls, metrics, data, self-check, subscribe, page, search, not-found.
    pub kind: &'static str,
    /// The places to go, in order.
    pub navigation: Vec<LinkView>,
    /// The addresses of the theme's files by their names: `assets["style.css"]`.
    pub assets: BTreeMap<String, String>,
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

pub(super) fn site_view(context: &PageContext<'_>) -> SiteView {
    let about = &context.site.about;
    SiteView {
        title: about.title.clone(),
        description: about.description.clone(),
        language: about.language.clone(),
        direction: context.site.language.direction(),
        organisation: about.organisation.clone(),
        base_url: about.base_url.as_str().to_owned(),
        reviews: context.analysis.corpus.local().count(),
        generator: concat!("Casebook ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

pub(super) fn page_view(context: &PageContext<'_>, kind: &'static str, content: &PageContent) -> PageView {
    let root = match context.form {
        AddressForm::From(page) => "../".repeat(page.as_str().matches('/').count()),
        AddressForm::Absolute | AddressForm::Rooted => context.site.about.base_url.path().to_owned(),
    };
    let asset = |hashed: &String| context.to(&address::theme_file(hashed));
    PageView {
        title: content.title.clone(),
        description: content.description.clone(),
        canonical: content.canonical.clone().unwrap_or_else(|| context.absolute(context.path)),
        root,
        kind,
        navigation: navigation(context),
        assets: context.renderer.theme.names().iter().map(|(name, hashed)| (name.clone(), asset(hashed))).collect(),
        feed: context.to(&path(address::FEED)),
        edit: edit_address(context),
        feeds: feeds_of_page(context, content.topic.as_ref()),
        structured: content.structured.as_ref().map(script_safe).unwrap_or_default(),
        markdown: content.markdown.clone(),
        search: context.to_if_planned(&path(address::OPEN_SEARCH)),
        og_image: share_image(context),
        pages: page_links(context),
    }
}

fn navigation(context: &PageContext<'_>) -> Vec<LinkView> {
    let say = |key: &str| context.say(key).to_owned();
    let mut places = vec![(say("nav.reviews"), path(address::REVIEWS)), (say("nav.factors"), path(address::FACTORS))];
    let terms = |facet: Facet| context.analysis.facets().get(&facet).map_or(0, Vec::len);
    if terms(Facet::Organisation) > 1 {
        places.push((say("nav.organisations"), address::facet(Facet::Organisation)));
    }
    if terms(Facet::Service) > 0 {
        places.push((say("nav.services"), address::facet(Facet::Service)));
    }
    places.push((say("nav.actions"), path(address::ACTIONS)));
    places.push((say("nav.metrics"), path(address::METRICS)));
    let pages = context
        .analysis
        .corpus
        .pages
        .iter()
        .enumerate()
        .map(|(at, page)| (PageIndex(at), page))
        .filter(|(_, page)| !page.id.contains('/'));
    places.extend(pages.map(|(at, page)| (page.title.clone(), context.site.page_path(at))));
    let first = &context.route.first;
    let folder = first.folder();
    let is_current = |place: &SitePath| place == first || (!folder.is_empty() && place.folder() == folder);
    places
        .into_iter()
        .map(|(title, place)| LinkView { title, href: context.to(&place), current: is_current(&place) })
        .collect()
}

/// Where the file of this page is edited on the code host; empty when there is no such place.
fn edit_address(context: &PageContext<'_>) -> String {
    let source = context.route.kind.source(&context.analysis.corpus);
    source.map(|file| context.site.about.edit_url.replace("{path}", &encoded(file))).unwrap_or_default()
}
