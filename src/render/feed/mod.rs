//! Feeds: one model, and RSS, Atom and JSON Feed from it.

mod content;
mod entry;
mod write;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::Renderer;
use super::markdown::{AddressForm, href};
use super::part::term::term_words;
use crate::analysis::{Facet, Topic};
use crate::site::{FeedFormat, address};
use crate::text::{SitePath, strip_controls};

/// A feed before it is written in a format.
struct Channel {
    /// A name that stays when the address of the site changes.
    id: String,
    /// What it is called.
    title: String,
    /// What it holds, in a sentence.
    description: String,
    /// Who writes it.
    author: String,
    /// A BCP 47 language tag.
    language: String,
    /// The page for people.
    page: String,
    /// The address of the feed itself.
    own: String,
    /// The style sheet for those who open the feed in a browser, as it is written there; may be empty.
    style: String,
    /// The items, the newest first.
    entries: Vec<Entry>,
}

/// An item of a feed.
struct Entry {
    /// A name that stays when the address of the site or the name of the review changes.
    id: String,
    /// What happened, in a few words, without markup.
    title: String,
    /// The page about it.
    page: String,
    /// The source of a summary, if it is one.
    source: Option<String>,
    /// What the entry says in a few sentences, without markup.
    summary: String,
    /// All of it, as HTML with absolute addresses; empty where the summary says as much.
    html: String,
    /// The names of the factors.
    tags: Vec<String>,
    /// The day of it.
    day: NaiveDate,
    /// The day on which what is said here last changed.
    changed: NaiveDate,
}

impl Entry {
    /// What stands beside the summary; none where that says as much.
    fn content(&self) -> Option<String> {
        Some(legal(&self.html)).filter(|html| !html.is_empty())
    }
}

/// How much of an item a feed holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// The summary, and the link to the page.
    Summary,
    /// All of it.
    Whole,
}

/// The feed of a topic, which stands at `path`: its address, or that of a former name.
pub(super) fn feed(renderer: &Renderer, path: &SitePath, topic: &Topic, format: FeedFormat) -> String {
    let channel = channel(renderer, path, topic, format);
    match format {
        FeedFormat::Rss => write::rss(&channel),
        FeedFormat::Atom => write::atom(&channel),
        FeedFormat::Json => write::json(&channel),
    }
}

/// What a feed is called.
pub(super) fn feed_title(renderer: &Renderer, topic: &Topic) -> String {
    let name = match topic {
        Topic::All => return renderer.site.about.title.clone(),
        Topic::Factor(id) => {
            renderer.analysis.corpus.policy.registry.get(id).map_or(id.clone(), |factor| factor.name.clone())
        }
        Topic::Term(facet, slug) => term(renderer, *facet, slug).0,
    };
    format!("{name} – {}", renderer.site.about.title)
}

fn channel(renderer: &Renderer, path: &SitePath, topic: &Topic, format: FeedFormat) -> Channel {
    let about = &renderer.site.about;
    let to = |target: &SitePath| href(&renderer.site, AddressForm::Absolute, target);
    let (description, page, name) = match topic {
        Topic::All if about.description.is_empty() => (
            renderer.site.language.fill("feed.description", &[("site", &about.title)]),
            about.base_url.as_str().to_owned(),
            String::new(),
        ),
        Topic::All => (about.description.clone(), about.base_url.as_str().to_owned(), String::new()),
        Topic::Factor(id) => {
            let factor = renderer.analysis.corpus.policy.registry.get(id);
            let definition = factor.map(|factor| factor.definition.clone()).unwrap_or_default();
            (definition, to(&address::factor(id)), format!("factors/{id}"))
        }
        Topic::Term(facet, slug) => {
            (term(renderer, *facet, slug).1, to(&address::term(*facet, slug)), format!("{}/{slug}", facet.folder()))
        }
    };
    // A review is in the feed of each of its topics, and its whole text in the feed of the site only.
    let depth = match topic {
        Topic::All if *path == address::feed(topic, format) => Depth::Whole,
        Topic::All | Topic::Factor(_) | Topic::Term(..) => Depth::Summary,
    };
    let style = renderer.theme.names().get("feed.css").map(|name| address::theme_file(name));
    let title = legal(&feed_title(renderer, topic));
    Channel {
        id: permanent(&[&entry::own_organisation(renderer), "feed", &name]),
        // A description that is missing or empty is a mistake to validators.
        description: Some(legal(&description)).filter(|text| !text.is_empty()).unwrap_or_else(|| title.clone()),
        title,
        author: legal(if about.organisation.is_empty() { &about.title } else { &about.organisation }),
        language: about.language.clone(),
        page,
        own: to(path),
        style: style.map(|style| path.reference_to(&style)).unwrap_or_default(),
        entries: renderer
            .analysis
            .newest_events(topic, &renderer.site.about.feeds)
            .into_iter()
            .map(|item| entry::entry(renderer, item, depth))
            .collect(),
    }
}

/// The name and the description of a term.
fn term(renderer: &Renderer, facet: Facet, slug: &str) -> (String, String) {
    renderer
        .analysis
        .term(facet, slug)
        .map_or_else(|| (slug.to_owned(), String::new()), |term| term_words(&renderer.site, facet, term))
}

impl Channel {
    /// The newest change, not the clock: the same input gives the same bytes.
    fn changed(&self) -> Option<NaiveDate> {
        self.entries.iter().map(|entry| entry.changed).max()
    }
}

/// A UUID of the same names is always the same: version 8 of RFC 9562, from a BLAKE3 hash. Addresses are no part of it,
/// so a reader that moved with the site still knows what it has read.
fn permanent(names: &[&str]) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(names.join("\n").as_bytes()).as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Noon in UTC, so that the day is the same almost everywhere.
fn noon(day: NaiveDate) -> DateTime<FixedOffset> {
    day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc().fixed_offset()
}

/// Without the characters that XML cannot hold, and without those of the old control set, which are always a mistake.
fn legal(text: &str) -> String {
    let is_legal = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{7e}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffc}' | '\u{10000}'..);
    if text.chars().all(|c| is_legal(&c)) {
        return text.to_owned();
    }
    strip_controls(text.to_owned()).chars().filter(is_legal).collect()
}

#[cfg(test)]
mod tests {
    use super::{legal, permanent};

    #[test]
    fn ids_are_uuids_that_depend_on_every_name() {
        let id = permanent(&["own", "2024-03-04-edge-cpu", "new"]);
        assert_eq!((id.len(), id.as_bytes()[23], &id[..9]), (45, b'8', "urn:uuid:"), "{id}");
        assert_ne!(id, permanent(&["own", "2024-03-04-edge-cpu", "withdrawn"]));
        assert_ne!(permanent(&["ab", "c"]), permanent(&["a", "bc"]));
    }

    #[test]
    fn characters_that_xml_forbids_are_left_out() {
        assert_eq!(legal("a\u{0}\u{b}\u{85}\u{fffe}\u{fffd}b\u{10ffff}ü\n"), "ab\u{10ffff}ü\n");
    }
}
