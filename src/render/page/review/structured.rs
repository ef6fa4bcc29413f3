//! What a review says to programs: schema.org as JSON-LD.

use serde_json::{Value, json};

use crate::model::{Review, ReviewIndex};
use crate::render::context::PageContext;
use crate::render::markdown::{cut, outside};
use crate::render::part::structured::publisher_data;

/// The longest headline that search engines take, in characters.
const HEADLINE: usize = 110;

pub(super) fn report_data(context: &PageContext<'_>, position: ReviewIndex) -> Value {
    let review: &Review = &context.analysis.corpus.reviews[position];
    let page = context.absolute(&context.site.review_path(position));
    let factors = review.factors.iter().filter_map(|factor| context.analysis.corpus.factor(factor));
    let about = factors.map(|factor| json!({ "@type": "DefinedTerm", "name": factor.name }));
    let sources = review.references.iter().filter_map(|reference| outside(&reference.url.value));
    let sources: Vec<String> = sources.collect();
    let mut report = json!({
        "@context": "https://schema.org",
        "@type": ["TechArticle", "Report"],
        "url": page,
        "headline": cut(&review.title, HEADLINE),
        "inLanguage": context.site.about.language,
        "isPartOf": { "@type": "WebSite", "url": context.site.about.base_url.as_str() },
        "author": publisher_data(context),
        "about": about.collect::<Vec<Value>>(),
    });
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            report[key] = json!(value);
        }
    };
    add("datePublished", review.published().map(|day| day.to_string()));
    add("dateModified", review.modified().map(|day| day.to_string()));
    add("temporalCoverage", review.date().map(|day| day.to_string()));
    add("creativeWorkStatus", review.status.as_ref().map(|status| format!("{:?}", status.value)));
    if !sources.is_empty() {
        report["isBasedOn"] = json!(sources);
    }
    report
}
