//! What search engines and devices read: the sitemap, robots.txt and the web app manifest.

use quick_xml::escape::escape;
use serde_json::json;

use super::Renderer;
use super::markdown::{AddressForm, href};
use super::page::{Sitemap, definition};
use crate::site::{PageKind, Site};

/// The sitemap: every page that people look for, with the day a review was last changed.
pub(super) fn sitemap(renderer: &Renderer) -> String {
    let site = &renderer.site;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let pages = site.routes.iter().filter_map(|(path, route)| Some((path, route.page()?)));
    for (path, kind) in pages.filter(|(_, kind)| definition(kind).sitemap == Sitemap::Listed) {
        let review = if let PageKind::Review(at) = kind { renderer.analysis.corpus.reviews.get(at.0) } else { None };
        // The page that counts is the original.
        if review.is_some_and(|review| review.origin.is_some()) {
            continue;
        }
        let modified = review.and_then(|review| review.modified());
        let address = if *kind == PageKind::Home {
            site.about.base_url.as_str().to_owned()
        } else {
            href(site, AddressForm::Absolute, path)
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
