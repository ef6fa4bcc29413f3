//! RSS feeds, with the full text of each review.

use chrono::NaiveDate;
use rss::extension::atom::{AtomExtension, Link};
use rss::{Category, ChannelBuilder, Guid, Item, ItemBuilder};

use super::markdown::{Body, Form, Links, Shape, address, cut, inline};
use crate::document::SectionKind;
use crate::model::{Review, Words};
use crate::site::{FeedItem, Site, feed_items};
use crate::text::SitePath;

/// What a feed is about.
pub(super) struct Channel {
    /// What it is called.
    title: String,
    /// What it holds, in a sentence.
    description: String,
    /// The page for people.
    page: String,
    /// What may be in it, as positions in the corpus.
    reviews: Vec<usize>,
}

impl Channel {
    /// All reviews.
    pub(super) fn all(site: &Site) -> Self {
        let description = match site.about.description.as_str() {
            "" => format!("Post-incident reviews: {}", site.about.title),
            text => text.to_owned(),
        };
        let page = site.about.base_url.as_str().to_owned();
        Self { title: site.about.title.clone(), description, page, reviews: (0..site.corpus.reviews.len()).collect() }
    }

    /// The reviews with a factor.
    pub(super) fn factor(site: &Site, id: &str) -> Self {
        let factor = site.corpus.policy.registry.get(id);
        let name = factor.map_or(id, |factor| factor.name.as_str());
        Self {
            title: format!("{name} – {}", site.about.title),
            description: factor.map(|factor| factor.definition.clone()).unwrap_or_default(),
            page: address(site, Form::Absolute, &site.factor_path(id)),
            reviews: site.sightings.get(id).map(|seen| seen.reviews.clone()).unwrap_or_default(),
        }
    }
}

/// A feed, which stands at `path`.
pub(super) fn rss(site: &Site, path: &SitePath, channel: Channel) -> String {
    let items = feed_items(site, channel.reviews.into_iter());
    // The newest change, not the clock: the same input gives the same bytes.
    let changed = items.iter().map(|item| item.modified).max();
    let own_link = Link {
        href: address(site, Form::Absolute, path),
        rel: "self".to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let mut feed = ChannelBuilder::default()
        .title(legal(&channel.title))
        .link(channel.page)
        .description(legal(&channel.description))
        .language(Some(site.about.language.clone()))
        .last_build_date(changed.map(date))
        .generator(Some(concat!("Casebook ", env!("CARGO_PKG_VERSION")).to_owned()))
        .items(items.iter().map(|item| feed_item(site, item)).collect::<Vec<_>>())
        .build();
    feed.set_atom_ext(AtomExtension { links: vec![own_link] });
    feed.namespaces.insert("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned());
    feed.namespaces.insert("content".to_owned(), "http://purl.org/rss/1.0/modules/content/".to_owned());
    let mut bytes = feed.pretty_write_to(Vec::new(), b' ', 1).unwrap_or_default();
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

fn feed_item(site: &Site, item: &FeedItem) -> Item {
    let review = &site.corpus.reviews[item.review];
    let page = site.review_path(item.review);
    let links = Links::new(site, &review.path, Some(&page), Form::Absolute);
    let body =
        Body::new(&review.text, review.body, &links, &Shape { sections: &review.section_starts(), ..Shape::PLAIN });
    let summary = review.part(SectionKind::Summary).map(|part| body.plain(part.content, 300)).unwrap_or_default();
    let address = address(site, Form::Absolute, &page);
    let factors = review.factors.iter().filter_map(|factor| site.corpus.factor(factor));
    let categories = factors.map(|factor| Category { name: legal(&factor.name), domain: None });
    ItemBuilder::default()
        .title(Some(legal(&review.title)))
        .link(Some(address))
        // The id never changes, so a reader that moved with the site still knows what it has read.
        .guid(Some(Guid { value: format!("casebook:{}:{}", organisation(site, review), review.id), permalink: false }))
        .description(
            Some(legal(&cut(&summary, 300))).filter(|text| !text.is_empty()).or_else(|| Some(legal(&review.title))),
        )
        .pub_date(Some(date(item.published)))
        .categories(categories.collect::<Vec<_>>())
        .content(Some(legal(&content(site, review, &body, &links))))
        .build()
}

fn organisation(site: &Site, review: &Review) -> String {
    let name = review.organisation.as_ref().map_or(site.about.organisation.as_str(), |name| name.value.as_str());
    if name.is_empty() { "own".to_owned() } else { crate::site::slug(name) }
}

/// The whole review: facts first, then the text as written, then the actions.
fn content(site: &Site, review: &Review, body: &Body<'_>, links: &Links<'_>) -> String {
    let mut html = String::new();
    let status = review.status.as_ref().map(|status| status.value.word()).unwrap_or_default();
    let severity = review.severity.as_ref().map(|severity| severity.value.as_str()).unwrap_or_default();
    let day = review.date().map(|day| day.to_string()).unwrap_or_default();
    html.push_str(&format!("<p>{day} · {} · {} · {status}</p>\n", inline(severity, links), review.kind.word()));
    for revision in &review.revisions {
        html.push_str(&format!(
            "<p><strong>Correction of {}:</strong> {}</p>\n",
            revision.date.value,
            inline(&revision.change, links)
        ));
    }
    html.push_str(&section_list("Impact", review.impact.texts.iter().map(|(_, text)| inline(&text.value, links))));
    for part in review.parts.iter().filter(|part| !part.is_empty) {
        if let Some(title) = &part.title {
            html.push_str(&format!("<h2>{}</h2>\n", inline(&title.value, links)));
        }
        html.push_str(&body.html(part.content));
    }
    let factor = |factor: &crate::model::FactorUse| {
        let name = site.corpus.factor(factor).map_or(factor.id.value.as_str(), |known| known.name.as_str());
        let note = factor.note.as_ref().map(|note| format!(": {}", inline(&note.value, links))).unwrap_or_default();
        format!("<strong>{}</strong>{note}", inline(name, links))
    };
    html.push_str(&section_list("Factors", review.factors.iter().map(factor)));
    let actions = review.actions.iter().filter_map(|action| {
        let change = action.change.as_ref()?;
        Some(format!("{} ({})", inline(&change.value, links), action.status.word()))
    });
    html.push_str(&section_list("Actions", actions));
    html.push_str(&body.footnotes());
    html
}

fn section_list(title: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("<li>{item}</li>\n")).collect();
    if items.is_empty() { items } else { format!("<h2>{title}</h2>\n<ul>\n{items}</ul>\n") }
}

/// RFC 2822, at noon in UTC, so that the day is the same almost everywhere.
fn date(day: NaiveDate) -> String {
    // chrono's own function for this form ends the program for years that the form cannot hold.
    day.format("%a, %-d %b %Y 12:00:00 +0000").to_string()
}

/// Without the characters that XML cannot hold.
fn legal(text: &str) -> String {
    let is_legal =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_legal).collect()
}
