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
    for (path, route) in site.routes() {
        let modified = match route {
            // The page that counts is the original.
            Route::Review(at) if site.corpus.reviews[*at].origin.is_some() => continue,
            Route::Review(at) => site.corpus.reviews[*at].modified(),
            Route::Home | Route::Reviews | Route::Factors | Route::Factor(_) | Route::Actions | Route::Data => None,
            Route::Terms(_) | Route::Term(..) | Route::Page(_) | Route::Further(..) => None,
            _ => continue,
        };
        let address = match route {
            Route::Home => site.about.base_url.as_str().to_owned(),
            _ => address(site, Form::Absolute, path),
        };
        let modified = modified.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        xml.push_str(&format!("<url><loc>{}</loc>{modified}</url>\n", escape(&address)));
    }
    xml.push_str("</urlset>\n");
    xml
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
