//! Which view each page gets, and the parts that every page has.

use chrono::NaiveDate;
use serde::Serialize;
use tera::Context;

use super::{DateView, LinkView, PageView, SiteView};
use crate::analysis::Facet;
use crate::markdown::{PlainText, passage_words};
use crate::render::markdown::{Body, Form, Links, Shape, address, cut, encoded, inline, plain_sentence};
use crate::render::{Renderer, VARIABLES};
use crate::site::{Route, Site};
use crate::text::SitePath;

/// Builds the views of one page.
pub(in crate::render) struct Builder<'a> {
    pub(super) renderer: &'a Renderer,
    pub(super) site: &'a Site,
    pub(super) path: &'a SitePath,
    pub(super) form: Form<'a>,
    /// The path of the first page of the list that this page belongs to; its own path if it is no list.
    pub(super) first: &'a SitePath,
    /// The number of this page in its list, from 1.
    pub(super) number: usize,
}

impl<'a> Builder<'a> {
    /// A builder for the page at `path`. The page for missing addresses is shown at any depth, so its own are rooted.
    pub(in crate::render) fn new(renderer: &'a Renderer, path: &'a SitePath) -> Self {
        let form = if path.as_str() == "404.html" { Form::Rooted } else { Form::From(path) };
        Self { renderer, site: &renderer.site, path, form, first: path, number: 1 }
    }

    /// The page that a route stands for.
    pub(in crate::render) fn page(&self, route: &Route) -> Result<String, tera::Error> {
        match route {
            Route::Home => {
                let title = self.site.about.title.clone();
                self.fill(
                    "home.html",
                    "home",
                    &title,
                    &self.site.about.description,
                    vec![("home", value(&self.home()))],
                )
            }
            Route::Reviews => {
                let listing = self.all_reviews();
                let views = vec![
                    ("listing", value(&listing)),
                    ("facets", value(&self.facets())),
                    ("filter", value(&self.review_filter())),
                ];
                self.fill("reviews.html", "reviews", self.say("reviews.title"), self.say("reviews.lead"), views)
            }
            Route::Review(at) => {
                let review = self.review(*at);
                let title = review.card.title.clone();
                let description = cut(&review.card.summary, 160);
                self.fill("review.html", "review", &title, &description, vec![("review", value(&review))])
            }
            Route::Factors => {
                let (categories, index) = self.factor_index();
                let views = vec![("categories", value(&categories)), ("index", value(&index))];
                self.fill("factors.html", "factors", self.say("factors.title"), self.say("factors.lead"), views)
            }
            Route::Factor(id) => {
                let factor = self.factor_page(id);
                let (title, definition) = (factor.factor.name.clone(), factor.factor.definition.clone());
                self.fill("factor.html", "factor", &title, &cut(&definition, 160), vec![("factor", value(&factor))])
            }
            Route::Terms(facet) => {
                let (title, lead) = self.facet_words(*facet);
                let terms = self.terms(*facet);
                self.fill("terms.html", "terms", title, lead, vec![("terms", value(&terms)), ("lead", value(&lead))])
            }
            Route::Term(facet, slug) => {
                let (name, listing) = self.term(*facet, slug);
                let lead = listing.lead.clone();
                let views = vec![("listing", value(&listing)), ("term", value(&self.term_factors(*facet, slug)))];
                self.fill("term.html", "term", &name, &lead, views)
            }
            Route::Actions => {
                let views = vec![("board", value(&self.board()))];
                self.fill("actions.html", "actions", self.say("board.title"), self.say("board.lead"), views)
            }
            Route::Ledger(ledger, page) => {
                let (title, view) = self.ledger(ledger, *page);
                let lead = view.lead.clone();
                self.fill("ledger.html", "ledger", &title, &lead, vec![("ledger", value(&view))])
            }
            Route::Luck => {
                let views = vec![("luck", value(&self.luck()))];
                self.fill("luck.html", "luck", self.say("luck.title"), self.say("luck.lead"), views)
            }
            Route::Metrics(group) => {
                let metrics = self.metrics(*group);
                let (title, lead) = (metrics.title.clone(), metrics.lead.clone());
                self.fill("metrics.html", "metrics", &title, &lead, vec![("metrics", value(&metrics))])
            }
            Route::Data => {
                let views = vec![("data", value(&self.data()))];
                self.fill("data.html", "data", self.say("data.title"), self.say("data.lead"), views)
            }
            Route::Subscribe => {
                let views = vec![("subscribe", value(&self.subscribe()))];
                let (title, lead) = (self.say("subscribe.title"), self.say("subscribe.lead"));
                self.fill("subscribe.html", "subscribe", title, lead, views)
            }
            Route::Page(at) => {
                let page = &self.site.corpus.pages[*at];
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
            Route::Search => {
                self.fill("search.html", "search", self.say("search.title"), self.say("search.lead"), Vec::new())
            }
            Route::NotFound => self.fill("not-found.html", "not-found", self.say("not_found.title"), "", Vec::new()),
            Route::Redirect(target) => {
                let target = self.to(target);
                self.fill("redirect.html", "redirect", self.say("moved.title"), "", vec![("target", value(&target))])
            }
            Route::Further(first, number) => match self.site.route(first) {
                None | Some(Route::Further(..)) => Ok(String::new()),
                Some(route) => Builder { first, number: *number, ..*self }.page(route),
            },
            _ => Ok(String::new()),
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
            reviews: self.site.corpus.local().count(),
            generator: concat!("Casebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    fn page_view(&self, kind: &'static str, title: &str, description: &str) -> PageView {
        let root = match self.form {
            Form::From(page) => "../".repeat(page.as_str().matches('/').count()),
            Form::Absolute | Form::Rooted => self.site.about.base_url.path().to_owned(),
        };
        let origin = match self.site.route(self.path) {
            Some(Route::Review(at)) => self.site.corpus.reviews[*at].origin.as_ref(),
            _ => None,
        };
        let canonical = match kind {
            _ if origin.is_some() => origin.map(|origin| origin.address.clone()).unwrap_or_default(),
            "home" => self.site.about.base_url.as_str().to_owned(),
            _ => address(self.site, Form::Absolute, self.path),
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
            search: self.if_there("opensearch.xml"),
            og_image: self.image(),
            pages: self.pages(),
        }
    }

    fn navigation(&self) -> Vec<LinkView> {
        let say = |key: &str| self.say(key).to_owned();
        let mut places =
            vec![(say("nav.reviews"), path("reviews/index.html")), (say("nav.factors"), path("factors/index.html"))];
        let terms = |facet: Facet| self.site.facets.get(&facet).map_or(0, Vec::len);
        if terms(Facet::Organisation) > 1 {
            places.push((say("nav.organisations"), Facet::Organisation.index_path()));
        }
        if terms(Facet::Service) > 0 {
            places.push((say("nav.services"), Facet::Service.index_path()));
        }
        places.push((say("nav.actions"), path("actions.html")));
        places.push((say("nav.metrics"), path("metrics.html")));
        let pages = self.site.corpus.pages.iter().enumerate().filter(|(_, page)| !page.id.contains('/'));
        places.extend(pages.map(|(at, page)| (page.title.clone(), self.site.page_path(at))));
        let folder = self.first.folder();
        let is_current = |place: &SitePath| place == self.first || (!folder.is_empty() && place.folder() == folder);
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
    pub(super) fn if_there(&self, name: &str) -> String {
        let target = path(name);
        if self.site.route(&target).is_some() { self.to(&target) } else { String::new() }
    }

    /// Where the file of this page is edited on the code host; empty when there is no such place.
    fn edit_address(&self) -> String {
        let file = match self.site.route(self.path) {
            Some(Route::Review(at)) => &self.site.corpus.reviews[*at].path,
            Some(Route::Page(at)) => &self.site.corpus.pages[*at].path,
            _ => return String::new(),
        };
        self.site.about.edit_url.replace("{path}", &encoded(file))
    }

    /// The address of this page's text as Markdown; empty when there is none.
    fn markdown_address(&self) -> String {
        match self.site.route(self.path) {
            Some(Route::Review(at)) => self.if_there(self.site.review_text_path(*at).as_str()),
            _ => String::new(),
        }
    }

    /// The address of an output, as this page writes it.
    pub(super) fn to(&self, target: &SitePath) -> String {
        address(self.site, self.form, target)
    }

    /// Markdown of a string of the front matter of the review at `position`, as HTML.
    pub(super) fn inline(&self, position: usize, text: &str) -> String {
        if let Some(plain) = plain_sentence(text) {
            return plain;
        }
        let home = self.site.review_path(position);
        inline(text, &Links::new(self.site, &self.site.corpus.reviews[position].path, Some(&home), self.form))
    }

    /// The beginning of the summary of the review at `position`.
    pub(super) fn summary(&self, position: usize) -> String {
        let make = || {
            let review = &self.site.corpus.reviews[position];
            let Some(part) = review.part(crate::document::SectionKind::Summary) else { return String::new() };
            cut(&passage_words(&review.text, review.body, part.content), 220)
        };
        self.renderer.summaries[position].get_or_init(make).clone()
    }
}

/// A link that leads nowhere special.
pub(super) fn link(title: impl Into<String>, href: String) -> LinkView {
    LinkView { title: title.into(), href, current: false }
}

pub(super) fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap_or_else(|error| panic!("the address {text:?} {error}"))
}

fn value<T: Serialize>(view: &T) -> tera::Value {
    tera::Value::from_serializable(view)
}
