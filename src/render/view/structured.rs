//! What a page says to programs: schema.org as JSON-LD.

use serde_json::{Value, json};

use super::build::Builder;
use crate::document::SectionKind;
use crate::model::{Review, ReviewIndex};
use crate::render::markdown::{Form, href, outside};
use crate::site::address::path;
use crate::site::{PageKind, address};
use crate::text::SitePath;

/// The longest headline that search engines take, in characters.
const HEADLINE: usize = 110;

impl Builder<'_> {
    /// The JSON-LD of this page, safe inside `<script>`; empty where there is nothing to say.
    pub(super) fn structured(&self, description: &str) -> String {
        let data = match &self.page.kind {
            PageKind::Home => Some(self.website()),
            // A review of another site is described by its own page.
            PageKind::Review(at) if self.analysis.corpus.reviews[*at].origin.is_some() => None,
            PageKind::Review(at) => Some(self.report(*at, description)),
            PageKind::Factor(id) if self.page.number == 1 => Some(self.defined_term(id)),
            PageKind::Reviews
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
            | PageKind::Search
            | PageKind::Content(_)
            | PageKind::NotFound
            | PageKind::Redirect(_) => None,
        };
        data.as_ref().map(script_safe).unwrap_or_default()
    }

    fn website(&self) -> Value {
        let about = &self.site.about;
        let mut website = json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": about.title,
            "url": about.base_url.as_str(),
            "inLanguage": about.language,
            "publisher": self.publisher(),
        });
        if !about.description.is_empty() {
            website["description"] = json!(about.description);
        }
        let search = path("search.html");
        if self.site.route(&search).is_some() {
            website["potentialAction"] = json!({
                "@type": "SearchAction",
                "target": format!("{}?q={{search_term_string}}", self.absolute(&search)),
                "query-input": "required name=search_term_string",
            });
        }
        website
    }

    fn report(&self, position: ReviewIndex, description: &str) -> Value {
        let review: &Review = &self.analysis.corpus.reviews[position];
        let page = self.absolute(&self.site.review_path(position));
        let factors = review.factors.iter().filter_map(|factor| self.analysis.corpus.factor(factor));
        let about = factors.map(|factor| {
            let page = self.absolute(&address::factor(&factor.id.value));
            json!({ "@type": "DefinedTerm", "name": factor.name, "url": page })
        });
        let sources = review.references.iter().filter_map(|reference| outside(&reference.url.value));
        let sources: Vec<String> = sources.collect();
        let mut report = json!({
            "@context": "https://schema.org",
            "@type": ["TechArticle", "Report"],
            "@id": page,
            "url": page,
            "mainEntityOfPage": page,
            "headline": crate::render::markdown::cut(&review.title, HEADLINE),
            "inLanguage": self.site.about.language,
            "isPartOf": { "@type": "WebSite", "name": self.site.about.title, "url": self.site.about.base_url.as_str() },
            "author": self.publisher(),
            "publisher": self.publisher(),
            "about": about.collect::<Vec<Value>>(),
        });
        let mut add = |key: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                report[key] = json!(value);
            }
        };
        let has_summary = review.part(SectionKind::Summary).is_some();
        add("description", has_summary.then(|| description.to_owned()));
        add("datePublished", review.published().map(|day| day.to_string()));
        add("dateModified", review.modified().map(|day| day.to_string()));
        add("temporalCoverage", review.date().map(|day| day.to_string()));
        add("creativeWorkStatus", review.status.as_ref().map(|status| format!("{:?}", status.value)));
        if !sources.is_empty() {
            report["isBasedOn"] = json!(sources);
        }
        report
    }

    fn defined_term(&self, id: &str) -> Value {
        let Some(factor) = self.analysis.corpus.policy.registry.get(id) else { return Value::Null };
        let aliases: Vec<&str> = factor.aliases.iter().map(|alias| alias.value.as_str()).collect();
        let mut term = json!({
            "@context": "https://schema.org",
            "@type": "DefinedTerm",
            "name": factor.name,
            "description": factor.definition,
            "url": self.absolute(&address::factor(id)),
            "inDefinedTermSet": self.absolute(&path("factors/index.html")),
        });
        if !aliases.is_empty() {
            term["alternateName"] = json!(aliases);
        }
        term
    }

    /// Who is responsible for the site: its organisation, or the site itself.
    pub(super) fn publisher(&self) -> Value {
        let about = &self.site.about;
        let name = if about.organisation.is_empty() { &about.title } else { &about.organisation };
        json!({ "@type": "Organization", "name": name })
    }

    fn absolute(&self, target: &SitePath) -> String {
        href(self.site, Form::Absolute, target)
    }
}

/// JSON that is safe inside `<script>`: without what could end the script or begin a comment in it, and without the two
/// line ends that old scripts do not know.
pub(super) fn script_safe(data: &Value) -> String {
    let mut safe = String::new();
    for c in data.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            other => safe.push(other),
        }
    }
    safe
}
