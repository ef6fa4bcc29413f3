//! Which view each page gets, and the parts that every page has.

use chrono::NaiveDate;
use serde::Serialize;
use tera::Context;

use super::{DateView, LinkView, PageView, SiteView};
use crate::analysis::{Analysis, Facet};
use crate::markdown::{PlainText, passage_words};
use crate::model::{PageIndex, ReviewIndex};
use crate::render::markdown::{Body, Form, Links, Shape, cut, encoded, href, inline, plain_sentence};
use crate::render::{Renderer, VARIABLES};
use crate::site::address::{self, path};
use crate::site::{PageKind, PageRoute, Site};
use crate::text::SitePath;

/// Builds the views of one page.
pub(in crate::render) struct Builder<'a> {
    pub(super) renderer: &'a Renderer,
    pub(super) site: &'a Site,
    pub(super) analysis: &'a Analysis,
    pub(super) path: &'a SitePath,
    pub(super) page: &'a PageRoute,
    pub(super) form: Form<'a>,
}

impl<'a> Builder<'a> {
    /// A builder for the page at `path`. The page for missing addresses is shown at any depth, so its own are rooted.
    pub(in crate::render) fn new(renderer: &'a Renderer, path: &'a SitePath, page: &'a PageRoute) -> Self {
        let form = if page.kind == PageKind::NotFound { Form::Rooted } else { Form::From(path) };
        Self { renderer, site: &renderer.site, analysis: &renderer.analysis, path, page, form }
    }

    /// The page that a route stands for.
    pub(in crate::render) fn page(&self) -> Result<String, tera::Error> {
        match &self.page.kind {
            PageKind::Home => {
                let title = self.site.about.title.clone();
                self.fill(
                    "home.html",
                    "home",
                    &title,
                    &self.site.about.description,
                    vec![("home", value(&self.home()))],
                )
            }
            PageKind::Reviews => {
                let listing = self.all_reviews();
                let views = vec![
                    ("listing", value(&listing)),
                    ("facets", value(&self.facets())),
                    ("filter", value(&self.review_filter())),
                ];
                self.fill("reviews.html", "reviews", self.say("reviews.title"), self.say("reviews.lead"), views)
            }
            PageKind::Review(at) => {
                let review = self.review(*at);
                let title = review.card.title.clone();
                let description = cut(&review.card.summary, 160);
                self.fill("review.html", "review", &title, &description, vec![("review", value(&review))])
            }
            PageKind::Factors => {
                let (categories, index) = self.factor_index();
                let views = vec![("categories", value(&categories)), ("index", value(&index))];
                self.fill("factors.html", "factors", self.say("factors.title"), self.say("factors.lead"), views)
            }
            PageKind::Factor(id) => {
                let factor = self.factor_page(id);
                let (title, definition) = (factor.factor.name.clone(), factor.factor.definition.clone());
                self.fill("factor.html", "factor", &title, &cut(&definition, 160), vec![("factor", value(&factor))])
            }
            PageKind::Facet(facet) => {
                let (title, lead) = self.facet_words(*facet);
                let terms = self.terms(*facet);
                self.fill("terms.html", "terms", title, lead, vec![("terms", value(&terms)), ("lead", value(&lead))])
            }
            PageKind::Term(facet, slug) => {
                let (name, listing) = self.term(*facet, slug);
                let lead = listing.lead.clone();
                let views = vec![("listing", value(&listing)), ("term", value(&self.term_factors(*facet, slug)))];
                self.fill("term.html", "term", &name, &lead, views)
            }
            PageKind::Actions => {
                let views = vec![("board", value(&self.board()))];
                self.fill("actions.html", "actions", self.say("board.title"), self.say("board.lead"), views)
            }
            PageKind::LongList(list) => {
                let (title, view) = self.ledger(list);
                let lead = view.lead.clone();
                self.fill("ledger.html", "ledger", &title, &lead, vec![("ledger", value(&view))])
            }
            PageKind::Luck => {
                let views = vec![("luck", value(&self.luck()))];
                self.fill("luck.html", "luck", self.say("luck.title"), self.say("luck.lead"), views)
            }
            PageKind::Metrics(group) => {
                let metrics = self.metrics(*group);
                let (title, lead) = (metrics.title.clone(), metrics.lead.clone());
                self.fill("metrics.html", "metrics", &title, &lead, vec![("metrics", value(&metrics))])
            }
            PageKind::Data => {
                let views = vec![("data", value(&self.data()))];
                self.fill("data.html", "data", self.say("data.title"), self.say("data.lead"), views)
            }
            PageKind::Subscribe => {
                let views = vec![("subscribe", value(&self.subscribe()))];
                let (title, lead) = (self.say("subscribe.title"), self.say("subscribe.lead"));
                self.fill("subscribe.html", "subscribe", title, lead, views)
            }
            PageKind::Content(at) => {
                let page = &self.analysis.corpus.pages[*at];
                let links = Links::new(self.site, &page.path, Some(self.path), self.form);
                let body = Body::new(&page.text, page.body, &links, &Shape { top: 2, ..Shape::PLAIN });
                let html = body.html(page.body) + &body.footnotes();
                self.fill(
                    "page.html",
                    "page",
                    &page.title,
                    &cut(&PlainText::new(&page.text, page.body).words(page.body), 160),
                    vec![("html", value(&html))],
                )
            }
            PageKind::Search => {
                self.fill("search.html", "search", self.say("search.title"), self.say("search.lead"), Vec::new())
            }
            PageKind::NotFound => self.fill("not-found.html", "not-found", self.say("not_found.title"), "", Vec::new()),
            PageKind::Redirect(target) => {
                let target = self.to(target);
                self.fill("redirect.html", "redirect", self.say("moved.title"), "", vec![("target", value(&target))])
            }
        }
    }

    fn fill(
        &self,
        template: &str,
        kind: &'static str,
        title: &str,
        description: &str,
        views: Vec<(&'static str, tera::Value)>,
    ) -> Result<String, tera::Error> {
        let mut context = Context::new();
        let about = self.renderer.about.get_or_init(|| value(&self.site_view()));
        context.insert_value("site", about.clone());
        context.insert_value("page", value(&self.page_view(kind, title, description)));
        let known = VARIABLES.iter().find(|(known, _)| *known == template).map(|(_, known)| *known);
        debug_assert!(
            known.is_some_and(|known| known.iter().map(|(name, _)| name).eq(views.iter().map(|(name, _)| name))),
            "the contract says something else of {template}"
        );
        for (name, view) in views {
            context.insert_value(name, view);
        }
        self.renderer.theme.fill(template, &context)
    }

    fn site_view(&self) -> SiteView {
        let about = &self.site.about;
        SiteView {
            title: about.title.clone(),
            description: about.description.clone(),
            language: about.language.clone(),
            direction: self.site.language.direction(),
            organisation: about.organisation.clone(),
            base_url: about.base_url.as_str().to_owned(),
            reviews: self.analysis.corpus.local().count(),
            generator: concat!("Casebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    fn page_view(&self, kind: &'static str, title: &str, description: &str) -> PageView {
        let root = match self.form {
            Form::From(page) => "../".repeat(page.as_str().matches('/').count()),
            Form::Absolute | Form::Rooted => self.site.about.base_url.path().to_owned(),
        };
        let origin = match &self.page.kind {
            PageKind::Review(at) => self.analysis.corpus.reviews[*at].origin.as_ref(),
            _ => None,
        };
        let canonical = match kind {
            _ if origin.is_some() => origin.map(|origin| origin.address.clone()).unwrap_or_default(),
            "home" => self.site.about.base_url.as_str().to_owned(),
            _ => href(self.site, Form::Absolute, self.path),
        };
        let asset = |hashed: &String| self.to(&path(&format!("assets/{hashed}")));
        PageView {
            title: title.to_owned(),
            description: description.to_owned(),
            canonical,
            root,
            kind,
            navigation: self.navigation(),
            assets: self.renderer.theme.names().iter().map(|(name, hashed)| (name.clone(), asset(hashed))).collect(),
            feed: self.to(&path("feed.xml")),
            edit: self.edit_address(),
            feeds: self.feeds(),
            structured: self.structured(description),
            markdown: self.markdown_address(),
            search: self.if_there(&path(address::OPEN_SEARCH)),
            og_image: self.image(),
            pages: self.pages(),
        }
    }

    fn navigation(&self) -> Vec<LinkView> {
        let say = |key: &str| self.say(key).to_owned();
        let mut places =
            vec![(say("nav.reviews"), path("reviews/index.html")), (say("nav.factors"), path("factors/index.html"))];
        let terms = |facet: Facet| self.analysis.facets.get(&facet).map_or(0, Vec::len);
        if terms(Facet::Organisation) > 1 {
            places.push((say("nav.organisations"), address::facet(Facet::Organisation)));
        }
        if terms(Facet::Service) > 0 {
            places.push((say("nav.services"), address::facet(Facet::Service)));
        }
        places.push((say("nav.actions"), path("actions.html")));
        places.push((say("nav.metrics"), path("metrics.html")));
        let pages = self
            .analysis
            .corpus
            .pages
            .iter()
            .enumerate()
            .map(|(at, page)| (PageIndex(at), page))
            .filter(|(_, page)| !page.id.contains('/'));
        places.extend(pages.map(|(at, page)| (page.title.clone(), self.site.page_path(at))));
        let first = &self.page.first;
        let folder = first.folder();
        let is_current = |place: &SitePath| place == first || (!folder.is_empty() && place.folder() == folder);
        places
            .into_iter()
            .map(|(title, place)| LinkView { title, href: self.to(&place), current: is_current(&place) })
            .collect()
    }

    /// The words of a key in the language of the site.
    pub(super) fn say(&self, key: &str) -> &'a str {
        self.site.language.say(key)
    }

    /// A day for people and machines.
    pub(super) fn date(&self, day: NaiveDate) -> DateView {
        DateView { iso: day.to_string(), text: self.site.language.day(day) }
    }

    /// What a facet is called, and what its index holds.
    pub(super) fn facet_words(&self, facet: Facet) -> (&'a str, &'a str) {
        let key = format!("facet.{}", facet.folder());
        (self.say(&key), self.say(&format!("{key}_lead")))
    }

    /// The address of an output that a site may lack; empty when it does.
    pub(super) fn if_there(&self, target: &SitePath) -> String {
        if self.site.route(target).is_some() { self.to(target) } else { String::new() }
    }

    /// Where the file of this page is edited on the code host; empty when there is no such place.
    fn edit_address(&self) -> String {
        let source = self.page.kind.source(&self.analysis.corpus);
        source.map(|file| self.site.about.edit_url.replace("{path}", &encoded(file))).unwrap_or_default()
    }

    /// The address of this page's text as Markdown; empty when there is none.
    fn markdown_address(&self) -> String {
        let PageKind::Review(at) = &self.page.kind else { return String::new() };
        self.if_there(&address::review_text(&self.analysis.corpus.reviews[*at]))
    }

    /// The address of an output, as this page writes it.
    pub(super) fn to(&self, target: &SitePath) -> String {
        href(self.site, self.form, target)
    }

    /// Markdown of a string of the front matter of the review at `position`, as HTML.
    pub(super) fn inline(&self, position: ReviewIndex, text: &str) -> String {
        if let Some(plain) = plain_sentence(text) {
            return plain;
        }
        let home = self.site.review_path(position);
        inline(text, &Links::new(self.site, &self.analysis.corpus.reviews[position].path, Some(&home), self.form))
    }

    /// The beginning of the summary of the review at `position`.
    pub(super) fn summary(&self, position: ReviewIndex) -> String {
        let make = || {
            let review = &self.analysis.corpus.reviews[position];
            let Some(part) = review.part(crate::document::SectionKind::Summary) else { return String::new() };
            cut(&passage_words(&review.text, review.body, part.content), 220)
        };
        self.renderer.summaries[position].get_or_init(make).clone()
    }
}

/// Whether search engines are told of a page. Some have no text of their own, and others lead elsewhere.
pub(in crate::render) fn is_in_sitemap(kind: &PageKind) -> bool {
    match kind {
        PageKind::Home
        | PageKind::Reviews
        | PageKind::Review(_)
        | PageKind::Factors
        | PageKind::Factor(_)
        | PageKind::Facet(_)
        | PageKind::Term(..)
        | PageKind::Actions
        | PageKind::LongList(_)
        | PageKind::Luck
        | PageKind::Metrics(_)
        | PageKind::Data
        | PageKind::Subscribe
        | PageKind::Content(_) => true,
        PageKind::Search | PageKind::NotFound | PageKind::Redirect(_) => false,
    }
}

/// A link that leads nowhere special.
pub(super) fn link(title: impl Into<String>, href: String) -> LinkView {
    LinkView { title: title.into(), href, current: false }
}

fn value<T: Serialize>(view: &T) -> tera::Value {
    tera::Value::from_serializable(view)
}
