//! A feed as RSS 2.0, Atom and JSON Feed 1.1.

use atom_syndication as atom;
use quick_xml::escape::escape;
use rss::extension::atom::{AtomExtension, Link};
use rss::{Category, ChannelBuilder, Guid, Item, ItemBuilder};
use serde_json::{Value, json};

use super::{Channel, Entry, noon};
use crate::site::FeedFormat;

const GENERATOR: &str = concat!("Casebook ", env!("CARGO_PKG_VERSION"));

/// RSS 2.0, with the whole text in `content:encoded`.
pub(super) fn rss(channel: &Channel) -> String {
    let own_link = Link {
        href: channel.own.clone(),
        rel: "self".to_owned(),
        mime_type: Some(FeedFormat::Rss.media_type().to_owned()),
        ..Link::default()
    };
    let mut feed = ChannelBuilder::default()
        .title(channel.title.clone())
        .link(channel.page.clone())
        .description(channel.description.clone())
        .language(Some(channel.language.clone()))
        .last_build_date(channel.changed().map(|day| rfc2822(&noon(day))))
        .generator(Some(GENERATOR.to_owned()))
        .docs(Some("https://www.rssboard.org/rss-specification".to_owned()))
        .items(channel.entries.iter().map(rss_item).collect::<Vec<_>>())
        .build();
    feed.set_atom_ext(AtomExtension { links: vec![own_link] });
    feed.namespaces.insert("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned());
    feed.namespaces.insert("content".to_owned(), "http://purl.org/rss/1.0/modules/content/".to_owned());
    let bytes = feed.pretty_write_to(Vec::new(), b' ', 1).unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    let root = text.find("<rss").unwrap_or_default();
    document(channel, &text[root..])
}

fn rss_item(entry: &Entry) -> Item {
    ItemBuilder::default()
        .title(Some(entry.title.clone()))
        .link(Some(entry.page.clone()))
        .guid(Some(Guid { value: entry.id.clone(), permalink: false }))
        .description(Some(entry.summary.clone()))
        .pub_date(Some(rfc2822(&noon(entry.day))))
        .categories(entry.tags.iter().map(|name| Category { name: name.clone(), domain: None }).collect::<Vec<_>>())
        .content(entry.content())
        .build()
}

/// RFC 2822 with the English names that it asks for.
fn rfc2822(time: &chrono::DateTime<chrono::FixedOffset>) -> String {
    // chrono's own function for this form ends the program for years that the form cannot hold.
    time.format("%a, %-d %b %Y %H:%M:%S +0000").to_string()
}

/// Atom, RFC 4287.
pub(super) fn atom(channel: &Channel) -> String {
    let feed = atom::Feed {
        id: channel.id.clone(),
        title: atom::Text::plain(channel.title.clone()),
        subtitle: Some(atom::Text::plain(channel.description.clone())),
        // An empty feed has never changed, and Atom wants a day all the same.
        updated: channel.changed().map(noon).unwrap_or_default(),
        authors: vec![atom::Person { name: channel.author.clone(), ..atom::Person::default() }],
        generator: Some(atom::Generator { value: GENERATOR.to_owned(), ..atom::Generator::default() }),
        links: vec![
            atom_link(&channel.page, "alternate", "text/html"),
            atom_link(&channel.own, "self", FeedFormat::Atom.media_type()),
        ],
        lang: Some(channel.language.clone()),
        entries: channel.entries.iter().map(atom_entry).collect(),
        ..atom::Feed::default()
    };
    let config = atom::WriteConfig { write_document_declaration: false, indent_size: Some(1) };
    let bytes = feed.write_with_config(Vec::new(), config).unwrap_or_default();
    document(channel, &String::from_utf8(bytes).unwrap_or_default())
}

fn atom_entry(entry: &Entry) -> atom::Entry {
    let mut links = vec![atom_link(&entry.page, "alternate", "text/html")];
    links.extend(entry.source.iter().map(|source| atom::Link {
        href: source.clone(),
        rel: "via".to_owned(),
        ..atom::Link::default()
    }));
    let category = |name: &String| atom::Category { term: name.clone(), ..atom::Category::default() };
    atom::Entry {
        id: entry.id.clone(),
        title: atom::Text::plain(entry.title.clone()),
        updated: noon(entry.changed),
        published: Some(noon(entry.day)),
        links,
        categories: entry.tags.iter().map(category).collect(),
        summary: Some(atom::Text::plain(entry.summary.clone())),
        content: entry.content().map(|html| atom::Content {
            value: Some(html),
            content_type: Some("html".to_owned()),
            ..atom::Content::default()
        }),
        ..atom::Entry::default()
    }
}

fn atom_link(href: &str, rel: &str, media_type: &str) -> atom::Link {
    atom::Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..atom::Link::default()
    }
}

/// JSON Feed 1.1.
pub(super) fn json(channel: &Channel) -> String {
    let item = |entry: &Entry| {
        let mut item = json!({
            "id": entry.id,
            "url": entry.page,
            "title": entry.title,
            "summary": entry.summary,
            "date_published": rfc3339(entry.day),
            "date_modified": rfc3339(entry.changed),
        });
        match entry.content() {
            Some(html) => item["content_html"] = json!(html),
            None => item["content_text"] = json!(entry.summary),
        }
        if !entry.tags.is_empty() {
            item["tags"] = json!(entry.tags);
        }
        if let Some(source) = &entry.source {
            item["external_url"] = json!(source);
        }
        item
    };
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "language": channel.language,
        "home_page_url": channel.page,
        "feed_url": channel.own,
        "authors": [{ "name": channel.author }],
        "items": channel.entries.iter().map(item).collect::<Vec<Value>>(),
    });
    format!("{feed:#}\n")
}

fn rfc3339(day: chrono::NaiveDate) -> String {
    noon(day).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A whole XML file: the declaration, the style sheet for browsers, and the root.
fn document(channel: &Channel, root: &str) -> String {
    let style = match channel.style.as_str() {
        "" => String::new(),
        style => format!("<?xml-stylesheet type=\"text/css\" href=\"{}\"?>\n", escape(style)),
    };
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{style}{root}\n")
}
