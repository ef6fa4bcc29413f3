//! OpenSearch: how a browser asks the search page of the site.

use quick_xml::escape::escape;

use super::markdown::cut;
use crate::site::Site;

/// The longest name that the format allows, in characters.
const NAME: usize = 16;

/// The description of the search. `icon` is relative to the home page.
pub(super) fn opensearch(site: &Site, icon: Option<&str>) -> String {
    let (about, base) = (&site.about, site.about.base_url.as_str());
    let name: String = cut(&about.title, NAME - 1).chars().take(NAME).collect();
    let what = if about.description.is_empty() { &about.title } else { &about.description };
    let image =
        icon.map(|icon| format!(" <Image type=\"image/svg+xml\">{}</Image>\n", escape(format!("{base}{icon}"))));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n \
         <ShortName>{}</ShortName>\n <Description>{}</Description>\n <InputEncoding>UTF-8</InputEncoding>\n \
         <Language>{}</Language>\n{} \
         <Url type=\"text/html\" template=\"{}search.html?q={{searchTerms}}\"/>\n \
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{}opensearch.xml\"/>\n\
         </OpenSearchDescription>\n",
        escape(&name),
        escape(cut(what, 1000)),
        escape(&about.language),
        image.unwrap_or_default(),
        escape(base),
        escape(base),
    )
}
