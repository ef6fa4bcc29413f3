//! What search engines and devices read: the sitemap, robots.txt and the web app manifest.

use quick_xml::escape::escape;
use serde_json::json;

use super::markdown::{Form, address};
use crate::site::{Route, Site};

/// The sitemap: every page that people read, with the day a review was last changed.
pub(super) fn sitemap(site: &Site) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, route) in site.routes().into_iter().filter(|(_, route)| is_listed(site, route)) {
        let review = if let Route::Review(at) = route { site.corpus.reviews.get(*at) } else { None };
        let modified = review.and_then(|review| review.modified());
        let is_home = *route == Route::Home;
        let address =
            if is_home { site.about.base_url.as_str().to_owned() } else { address(site, Form::Absolute, path) };
        let modified = modified.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        xml.push_str(&format!("<url><loc>{}</loc>{modified}</url>\n", escape(&address)));
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Whether an output is a page that people look for.
fn is_listed(site: &Site, route: &Route) -> bool {
    match route {
        // The page that counts is the original.
        Route::Review(at) => site.corpus.reviews[*at].origin.is_none(),
        Route::Home
        | Route::Reviews
        | Route::Factors
        | Route::Factor(_)
        | Route::Terms(_)
        | Route::Term(..)
        | Route::Actions
        | Route::Ledger(..)
        | Route::Luck
        | Route::Metrics(_)
        | Route::Data
        | Route::Page(_)
        | Route::Subscribe
        | Route::Further(..) => true,
        // Nobody looks for these: a search has no text of its own, and the others lead elsewhere.
        Route::Search | Route::NotFound | Route::Redirect(_) => false,
        Route::FactorData
        | Route::DataFile(_)
        | Route::Feed(..)
        | Route::Sitemap
        | Route::Robots
        | Route::OpenSearch
        | Route::Llms
        | Route::LlmsFull
        | Route::ReviewText(_)
        | Route::WebManifest
        | Route::SearchIndex
        | Route::Fixed(_)
        | Route::ThemeAsset(_)
        | Route::Copy(_) => false,
    }
}

/// Crawlers may read everything.
pub(super) fn robots(site: &Site) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}sitemap.xml\n", site.about.base_url.as_str())
}

/// What a device shows when a reader keeps the site among its applications. `icon` is relative to the home page.
pub(super) fn web_manifest(site: &Site, icon: Option<&str>) -> String {
    let icons: Vec<_> =
        icon.map(|icon| json!({ "src": icon, "sizes": "any", "type": "image/svg+xml" })).into_iter().collect();
    let manifest = json!({
        "name": site.about.title,
        "short_name": site.about.organisation,
        "description": site.about.description,
        "lang": site.about.language,
        "start_url": ".",
        "scope": ".",
        "display": "minimal-ui",
        "icons": icons,
    });
    format!("{manifest:#}\n")
}
