//! What a page says to programs: schema.org as JSON-LD.

use serde_json::{Value, json};

use super::build::{Builder, path};
use crate::document::SectionKind;
use crate::model::Review;
use crate::render::markdown::{Form, address, outside};
use crate::site::Route;
use crate::text::SitePath;

/// The longest headline that search engines take, in characters.
const HEADLINE: usize = 110;

impl Builder<'_> {
    /// The JSON-LD of this page, safe inside `<script>`; empty where there is nothing to say.
    pub(super) fn structured(&self, description: &str) -> String {
        let data = match self.site.route(self.path) {
            Some(Route::Home) => self.website(),
            // Of a review of another site its own page speaks.
            Some(Route::Review(at)) if self.site.corpus.reviews[*at].origin.is_some() => return String::new(),
            Some(Route::Review(at)) => self.report(*at, description),
            Some(Route::Factor(id)) => self.defined_term(id),
            _ => return String::new(),
        };
        script_safe(&data)
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

    fn report(&self, position: usize, description: &str) -> Value {
        let review: &Review = &self.site.corpus.reviews[position];
        let page = self.absolute(&self.site.review_path(position));
        let factors = review.factors.iter().filter_map(|factor| self.site.corpus.factor(factor));
        let about = factors.map(|factor| {
            let page = self.absolute(&self.site.factor_path(&factor.id.value));
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
        let Some(factor) = self.site.corpus.policy.registry.get(id) else { return Value::Null };
        let aliases: Vec<&str> = factor.aliases.iter().map(|alias| alias.value.as_str()).collect();
        let mut term = json!({
            "@context": "https://schema.org",
            "@type": "DefinedTerm",
            "name": factor.name,
            "description": factor.definition,
            "url": self.absolute(&self.site.factor_path(id)),
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
        address(self.site, Form::Absolute, target)
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
