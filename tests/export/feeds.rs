//! The feeds: by the rules of the W3C's validator that need no network, read by parsers that are not ours, and complete.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::python::python;
use crate::support::{TODAY, TestSite};
use chrono::{DateTime, FixedOffset};
use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

const RSS: &str = "";
const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";

/// An element of a feed.
#[derive(Debug, Default)]
struct Element {
    namespace: String,
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, namespace: &'a str, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.namespace == namespace && child.name == name)
    }

    fn one<'a>(&'a self, namespace: &'a str, name: &'a str) -> &'a Element {
        let found: Vec<&Element> = self.all(namespace, name).collect();
        assert_eq!(found.len(), 1, "<{}> has {} times <{name}>", self.name, found.len());
        found[0]
    }

    fn text_of<'a>(&'a self, namespace: &'a str, name: &'a str) -> &'a str {
        let text = self.one(namespace, name).text.trim();
        assert!(!text.is_empty(), "<{name}> of <{}> is blank", self.name);
        text
    }
}

/// The root of an XML file, which has to be well-formed and hold no character that is a mistake in every feed.
fn tree(xml: &str) -> Element {
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"), "no declaration: {xml:.80}");
    let wrong =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffd}'..='\u{ffff}');
    assert_eq!(xml.find(wrong), None, "BadCharacters");
    let mut reader = NsReader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        let (namespace, event) = reader.read_resolved_event().unwrap();
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => namespace.into_inner().to_owned(),
            ResolveResult::Unbound => String::new(),
            ResolveResult::Unknown(prefix) => panic!("the prefix {prefix:?} has no namespace"),
        };
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap();
                    (attribute.key.as_ref().to_owned(), value.into_owned())
                });
                let element = Element {
                    namespace,
                    name: start.local_name().as_ref().to_owned(),
                    attributes: attributes.collect(),
                    ..Element::default()
                };
                if matches!(event, Event::Empty(_)) {
                    open.last_mut().unwrap().children.push(element);
                } else {
                    open.push(element);
                }
            }
            Event::End(_) => {
                let element = open.pop().unwrap();
                open.last_mut().unwrap().children.push(element);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::CData(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) => {
                let name = format!("&{};", &*name);
                open.last_mut().unwrap().text.push_str(&quick_xml::escape::unescape(&name).unwrap());
            }
            Event::DocType(_) => panic!("a feed has no document type"),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1);
    open.remove(0).children.remove(0)
}

/// InvalidFullLink, and no blanks or unsafe characters in an address.
fn expect_address(address: &str) {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    assert!(rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')), "{address} is no full address");
    assert!(address.chars().all(|c| c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c)), "{address} is not encoded");
}

/// InvalidURN: 8-4-4-4-12 hexadecimal digits.
fn expect_uuid(id: &str) {
    let digits = id.strip_prefix("urn:uuid:").unwrap_or_else(|| panic!("{id} is no UUID"));
    let lengths: Vec<usize> = digits.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
    assert!(digits.chars().all(|c| c == '-' || c.is_ascii_hexdigit()), "{id}");
}

/// InvalidRFC2822Date, IncorrectDOW, and no day in the future.
fn expect_rfc2822(text: &str) -> DateTime<FixedOffset> {
    let date = DateTime::parse_from_rfc2822(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert!(date.date_naive().to_string().as_str() <= TODAY, "{text} is still to come");
    date
}

/// ContainsHTML: titles and summaries are plain.
fn expect_plain(text: &str) {
    let tags = ["</", "<a ", "<b>", "<p>", "<em>", "<strong>", "<code>", "&amp;", "&lt;"];
    assert!(!tags.iter().any(|tag| text.contains(tag)), "{text} has markup");
}

/// SecurityRisk, SecurityRiskAttr, DangerousStyleAttr and ContainsRelRef. Every angle bracket of text is escaped, so
/// whatever follows one is a tag of ours.
fn expect_safe(html: &str) {
    const TAGS: [&str; 40] = [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "section",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    ];
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        assert!(TAGS.contains(&name), "<{tag}> is not allowed in a feed");
        for attribute in tag.split("=\"").filter_map(|part| part.rsplit(' ').next()) {
            let is_evil = attribute == "style" || attribute.starts_with("on") || attribute == "srcdoc";
            assert!(!is_evil || !tag.contains(&format!("{attribute}=\"")), "{attribute} in <{tag}>");
        }
        for reference in ["href=\"", "src=\""].into_iter().filter_map(|name| tag.split(name).nth(1)) {
            let reference = reference.split('"').next().unwrap();
            let schemes = ["https://", "http://", "mailto:"];
            assert!(schemes.iter().any(|scheme| reference.starts_with(scheme)), "{reference} is relative or unsafe");
        }
    }
}

/// What two formats of one feed have to agree on, item by item.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    id: String,
    title: String,
    page: String,
    summary: String,
    /// The whole text; empty in feeds that hold summaries.
    html: String,
    day: DateTime<FixedOffset>,
}

/// UndefinedElement: the elements without a namespace that RSS 2.0 knows, and those with one that are in use.
fn expect_known(parent: &Element) {
    let known: &[&str] = match parent.name.as_str() {
        "channel" => {
            &["title", "link", "description", "language", "copyright", "lastBuildDate", "generator", "docs", "item"]
        }
        _ => &["title", "link", "description", "category", "guid", "pubDate"],
    };
    for child in &parent.children {
        let is_known = match child.namespace.as_str() {
            RSS => known.contains(&child.name.as_str()),
            ATOM => child.name == "link",
            CONTENT => child.name == "encoded",
            _ => false,
        };
        assert!(is_known, "<{}> in <{}>", child.name, parent.name);
    }
}

fn check_rss(xml: &str, location: &str) -> Vec<Told> {
    let root = tree(xml);
    assert_eq!((root.name.as_str(), root.attributes["version"].as_str()), ("rss", "2.0"));
    let channel = root.one(RSS, "channel");
    expect_plain(channel.text_of(RSS, "title"));
    expect_plain(channel.text_of(RSS, "description"));
    expect_address(channel.text_of(RSS, "link"));
    // InvalidLanguage: two or three letters, and what follows a hyphen.
    let language = channel.text_of(RSS, "language").split('-').next().unwrap();
    assert!((2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase()), "{language}");
    expect_known(channel);
    // MissingAtomSelfLink and SelfDoesntMatchLocation.
    let own: Vec<&Element> = channel.all(ATOM, "link").collect();
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].attributes["rel"].as_str(), own[0].attributes["href"].as_str()), ("self", location));
    // MisplacedItem: what is said about the channel stands before the items.
    let first = channel.children.iter().position(|child| child.name == "item").unwrap_or(channel.children.len());
    assert!(channel.children[first..].iter().all(|child| child.name == "item"), "MisplacedItem");
    let mut names = BTreeSet::new();
    assert!(channel.children[..first].iter().all(|child| names.insert((&child.namespace, &child.name))), "{names:?}");
    let built = channel.all(RSS, "lastBuildDate").next().map(|date| expect_rfc2822(&date.text));
    let mut items = Vec::new();
    for item in channel.all(RSS, "item") {
        let guid = item.one(RSS, "guid");
        // InvalidPermalink: a UUID is none.
        assert_eq!(guid.attributes["isPermaLink"], "false");
        let place = |name: &str| item.children.iter().position(|child| child.name == name);
        let content = item.all(CONTENT, "encoded").next().map(|_| item.text_of(CONTENT, "encoded"));
        assert!(
            content.is_none() || place("description").unwrap() < place("encoded").unwrap(),
            "NeedDescriptionBeforeContent"
        );
        let day = expect_rfc2822(item.text_of(RSS, "pubDate"));
        assert!(built.is_some_and(|built| built >= day), "a feed was built before its items");
        assert!(item.all(RSS, "category").all(|category| !category.text.trim().is_empty()));
        item.all(RSS, "category").for_each(|category| expect_plain(&category.text));
        expect_known(item);
        items.push(Told {
            id: guid.text.clone(),
            title: item.text_of(RSS, "title").to_owned(),
            page: item.text_of(RSS, "link").to_owned(),
            summary: item.text_of(RSS, "description").to_owned(),
            html: content.unwrap_or_default().to_owned(),
            day,
        });
    }
    check_items(&items);
    items
}

fn check_atom(xml: &str, location: &str) -> Vec<Told> {
    let root = tree(xml);
    assert_eq!((root.namespace.as_str(), root.name.as_str()), (ATOM, "feed"));
    let time = |element: &Element, name: &str| DateTime::parse_from_rfc3339(element.text_of(ATOM, name)).unwrap();
    let link = |element: &Element, rel: &str| {
        let found: Vec<&Element> = element.all(ATOM, "link").filter(|link| link.attributes["rel"] == rel).collect();
        // DuplicateAtomLink.
        assert_eq!(found.len(), 1, "{rel}");
        assert!(found[0].text.is_empty() && found[0].children.is_empty(), "AtomLinkNotEmpty");
        found[0].attributes["href"].clone()
    };
    expect_uuid(root.text_of(ATOM, "id"));
    expect_plain(root.text_of(ATOM, "title"));
    assert!(!root.one(ATOM, "author").text_of(ATOM, "name").is_empty());
    assert_eq!(link(&root, "self"), location);
    expect_address(&link(&root, "alternate"));
    let updated = time(&root, "updated");
    let mut items = Vec::new();
    for entry in root.all(ATOM, "entry") {
        let content = entry.one(ATOM, "content");
        assert_eq!(content.attributes["type"], "html");
        assert!(time(entry, "updated") >= time(entry, "published") && time(entry, "updated") <= updated);
        assert!(entry.all(ATOM, "category").all(|category| !category.attributes["term"].is_empty()));
        items.push(Told {
            id: entry.text_of(ATOM, "id").to_owned(),
            title: entry.text_of(ATOM, "title").to_owned(),
            page: link(entry, "alternate"),
            summary: entry.text_of(ATOM, "summary").to_owned(),
            html: content.text.trim().to_owned(),
            day: time(entry, "published"),
        });
    }
    check_items(&items);
    items
}

fn check_json(text: &str, location: &str) -> Vec<Told> {
    let feed: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], location);
    expect_address(feed["home_page_url"].as_str().unwrap());
    assert!(!feed["title"].as_str().unwrap().is_empty() && !feed["authors"][0]["name"].as_str().unwrap().is_empty());
    let told = |item: &serde_json::Value| {
        let text = |key: &str| item[key].as_str().unwrap_or_else(|| panic!("{key}: {item}")).trim().to_owned();
        let day = DateTime::parse_from_rfc3339(&text("date_published")).unwrap();
        assert!(DateTime::parse_from_rfc3339(&text("date_modified")).unwrap() >= day);
        Told {
            id: text("id"),
            title: text("title"),
            page: text("url"),
            summary: text("summary"),
            html: text("content_html"),
            day,
        }
    };
    let items: Vec<Told> = feed["items"].as_array().unwrap().iter().map(told).collect();
    check_items(&items);
    items
}

fn check_items(items: &[Told]) {
    let mut ids = BTreeSet::new();
    for item in items {
        expect_uuid(&item.id);
        // DuplicateIds.
        assert!(ids.insert(&item.id), "{item:?}");
        expect_address(&item.page);
        expect_plain(&item.title);
        expect_plain(&item.summary);
        expect_safe(&item.html);
        assert!(item.html.is_empty() || item.html.len() > 40, "{item:?}");
    }
    assert!(items.is_sorted_by(|a, b| a.day >= b.day), "the newest comes first");
}

/// The whole text is in the feeds of the site, and nowhere else: a review is an item of each of its topics.
fn expect_text_where_it_belongs(name: &str, items: &[Told]) {
    let is_whole = ["feed.xml", "atom.xml", "feed.json"].contains(&name);
    for item in items {
        assert_ne!(item.html.is_empty(), is_whole, "{name}: {item:?}");
    }
}

/// Every feed of a built site, by path, checked, and read by two parsers that are not ours.
fn check_feeds(space: &TestSite, base: &str) -> BTreeMap<String, Vec<Told>> {
    let mut feeds = BTreeMap::new();
    for (name, bytes) in space.files("public") {
        let (text, location) = (String::from_utf8_lossy(&bytes).into_owned(), format!("{base}{name}"));
        let items = if text.contains("<rss ") && name.ends_with(".xml") {
            let items = check_rss(&text, &location);
            let read = rss::Channel::read_from(text.as_bytes()).unwrap();
            assert_eq!(read.items.iter().map(|item| item.guid.clone().unwrap().value).collect::<Vec<_>>(), ids(&items));
            items
        } else if name == "atom.xml" {
            let items = check_atom(&text, &location);
            let read = atom_syndication::Feed::read_from(text.as_bytes()).unwrap();
            assert_eq!(read.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>(), ids(&items));
            items
        } else if name == "feed.json" {
            check_json(&text, &location)
        } else {
            continue;
        };
        let read = feed_rs::parser::parse(&bytes[..]).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>(), ids(&items), "{name}");
        expect_text_where_it_belongs(&name, &items);
        feeds.insert(name, items);
    }
    check_with_feedparser(space, &feeds);
    feeds
}

/// A third parser, in another language. It calls a feed `bozo` that is not well-formed.
fn check_with_feedparser(space: &TestSite, feeds: &BTreeMap<String, Vec<Told>>) {
    let script = "import feedparser, json, sys\n\
                  read = {name: feedparser.parse(open(f'public/{name}', 'rb').read()) for name in sys.stdin.read().split()}\n\
                  print(json.dumps({name: [feed.bozo, [[entry.id, entry.title] for entry in feed.entries]] \
                  for name, feed in read.items()}))";
    let names: Vec<&str> = feeds.keys().map(String::as_str).filter(|name| name.ends_with(".xml")).collect();
    let Some(read) = python(script, &space.path(""), &names.join("\n")) else { return };
    let read: BTreeMap<String, (bool, Vec<(String, String)>)> = serde_json::from_str(&read).unwrap();
    assert_eq!(read.len(), names.len());
    for (name, (is_broken, entries)) in read {
        assert!(!is_broken, "{name}");
        let told = feeds[&name].iter().map(|item| (item.id.clone(), item.title.clone()));
        assert_eq!(entries, told.collect::<Vec<_>>(), "{name}");
    }
}

fn ids(items: &[Told]) -> Vec<String> {
    items.iter().map(|item| item.id.clone()).collect()
}

fn titles(items: &[Told]) -> Vec<&str> {
    items.iter().map(|item| item.title.as_str()).collect()
}

#[test]
fn the_feeds_of_the_demo_are_valid_and_say_the_same() {
    let space = TestSite::demo();
    space.build().expect(0, &[]);
    let feeds = check_feeds(&space, "https://example.github.io/lessons/");
    let factors = space.read("content/factors.toml").matches("[[factor]]").count();
    let of = |folder: &str| feeds.keys().filter(|name| name.starts_with(folder)).count();
    let aliases = space.path("content/factors.toml");
    let aliases = std::fs::read_to_string(aliases).unwrap().parse::<toml::Table>().unwrap()["factor"]
        .as_array()
        .unwrap()
        .iter()
        .map(|factor| factor.get("aliases").map_or(0, |aliases| aliases.as_array().unwrap().len()))
        .sum::<usize>();
    assert_eq!(of("factors/"), factors + aliases);
    assert!(of("services/") >= 5 && of("severities/") >= 3, "{:?}", feeds.keys());
    assert_eq!(of("organisations/"), 0, "the only organisation is the site");
    assert_eq!(feeds["feed.xml"], feeds["atom.xml"]);
    assert_eq!(feeds["feed.xml"], feeds["feed.json"]);
    assert!(feeds["feed.xml"].len() > 11);
    assert!(feeds["feed.xml"].iter().filter(|item| item.html.contains("<h2>Timeline</h2>")).count() >= 7);
}

/// Two incidents at one organisation: an action was closed in between and did not hold, and there was a correction. The
/// feeds hold everything.
fn eventful() -> TestSite {
    let space = TestSite::site();
    let all = "[feeds]\nevents = [\"new\", \"corrected\", \"recurred\", \"action-closed\", \"withdrawn\"]\n";
    space.write("casebook.toml", space.read("casebook.toml") + all);
    space.edit("status = \"final\"", "status = \"final\"\nrelated = [\"2025-01-10-again\"]");
    let revision = "[[revisions]]\ndate = 2024-03-16\nchange = \"Corrected the `start` of impact to 13:40.\"\n+++\n\n";
    space.edit("+++\n\n", revision);
    let again = space
        .read(casebook::rules::SAMPLE_PATH)
        .replace("2024-03-04 13:31", "2025-01-10 13:31")
        .replace("publish = 2024-03-15", "publish = 2025-01-20")
        .replace("reviewed = 2024-03-08", "reviewed = 2025-01-15")
        .replace("2024-03-16", "2025-01-21")
        .replace("\"2025-01-10-again\"", "\"2024-03-04-edge-cpu\"")
        .replace("A filter rule took all CPU on the edge", "It <happened> & happened again");
    space.write("content/reviews/2025-01-10-again.md", again);
    space
}

#[test]
fn each_event_is_an_item_in_the_feeds_it_belongs_to() {
    let space = eventful();
    space.build().expect(0, &[]);
    let feeds = check_feeds(&space, "https://example.org/repo/");
    let change = "Abort the evaluation of a rule after 5 ms of CPU";
    let first = "A filter rule took all CPU on the edge";
    let all = [
        "Corrected: It <happened> & happened again",
        "Came back: Unbounded computation – It <happened> & happened again",
        "It <happened> & happened again",
        &format!("Done: {change}"),
        &format!("Corrected: {first}"),
        first,
    ];
    assert_eq!(titles(&feeds["feed.xml"]), all);
    assert_eq!(titles(&feeds["factors/unbounded-computation.xml"]), all);
    let elsewhere = [all[0], all[2], all[4], all[5]];
    assert_eq!(titles(&feeds["factors/no-staged-rollout.xml"]), elsewhere);
    assert_eq!(titles(&feeds["services/edge-proxy.xml"]), all);
    let recurred = &feeds["feed.xml"][1];
    for part in [change, "closed 20 March 2024", first, "reviews/2024-03-04-edge-cpu.html\""] {
        assert!(recurred.html.contains(part), "{part}: {}", recurred.html);
    }
    assert!(feeds["feed.xml"][0].page.ends_with("again.html#corrections"));
    assert!(space.read("public/reviews/2025-01-10-again.html").contains("id=\"corrections\""));
    assert!(feeds["feed.xml"][3].page.ends_with("edge-cpu.html#action-cpu-guard"));
    assert!(space.read("public/reviews/2024-03-04-edge-cpu.html").contains("id=\"action-cpu-guard\""));
}

#[test]
fn ids_survive_a_change_of_address() {
    let space = eventful();
    space.build().expect(0, &[]);
    let before = check_feeds(&space, "https://example.org/repo/");
    space.run(&["build", "--now", TODAY, "--base-url", "http://lessons.example/"]).expect(0, &[]);
    let after = check_feeds(&space, "http://lessons.example/");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, items) in &before {
        assert_eq!(ids(items), ids(&after[name]), "{name}");
    }
}

#[test]
fn ids_survive_a_new_name_of_a_review() {
    let space = eventful();
    space.build().expect(0, &[]);
    let before = check_feeds(&space, "https://example.org/repo/");
    let review = space.read(casebook::rules::SAMPLE_PATH);
    std::fs::remove_file(space.path(casebook::rules::SAMPLE_PATH)).unwrap();
    let renamed = review.replace("status = \"final\"", "status = \"final\"\naliases = [\"2024-03-04-edge-cpu\"]");
    space.write("content/reviews/2024-03-04-filter-rule.md", renamed);
    let again = "content/reviews/2025-01-10-again.md";
    space.write(again, space.read(again).replace("\"2024-03-04-edge-cpu\"", "\"2024-03-04-filter-rule\""));
    space.build().expect(0, &[]);
    let after = check_feeds(&space, "https://example.org/repo/");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, items) in &before {
        assert_eq!(ids(items), ids(&after[name]), "{name}");
    }
    assert!(after["feed.xml"].iter().any(|item| item.page.ends_with("filter-rule.html")));
}

#[test]
fn the_feed_of_a_renamed_factor_stays_where_it_was() {
    let space = eventful();
    space.build().expect(0, &[]);
    let before = check_feeds(&space, "https://example.org/repo/");
    let renamed = space.read("content/factors.toml").replacen(
        "id = \"unbounded-computation\"",
        "id = \"endless-computation\"\naliases = [\"unbounded-computation\"]",
        1,
    );
    space.write("content/factors.toml", renamed);
    space.build().expect(0, &[]);
    let after = check_feeds(&space, "https://example.org/repo/");
    let (former, present) = (&after["factors/unbounded-computation.xml"], &after["factors/endless-computation.xml"]);
    assert_eq!(ids(former), ids(&before["factors/unbounded-computation.xml"]));
    assert_eq!(former, present);
}

#[test]
fn a_withdrawn_review_is_announced_and_not_told_again() {
    let space = eventful();
    space.edit("status = \"final\"", "status = \"withdrawn\"");
    space.build().expect(0, &[]);
    let items = &check_feeds(&space, "https://example.org/repo/")["feed.xml"];
    let withdrawn = "Withdrawn: A filter rule took all CPU on the edge";
    let expected =
        ["Corrected: It <happened> & happened again", "It <happened> & happened again", withdrawn, withdrawn];
    assert_eq!(titles(items), expected);
    for item in &items[2..] {
        assert!(item.html.contains("has been withdrawn") && !item.html.contains("Timeline"), "{}", item.html);
        assert!(item.summary.contains("Corrected the start of impact"), "{}", item.summary);
    }
}

#[test]
fn a_site_chooses_what_its_feeds_hold() {
    let config = "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\n";
    let cases: [(&str, usize, usize); 5] = [
        // Closed actions are told to those who ask for them: there are many, and they push the reviews out.
        ("", 5, 5),
        ("events = [\"new\"]", 2, 2),
        ("events = [\"action-closed\", \"withdrawn\"]", 1, 1),
        ("limit = 3\ntopic_limit = 2", 3, 2),
        ("events = []", 0, 0),
    ];
    for (choice, all, topic) in cases {
        let space = eventful();
        space.write("casebook.toml", format!("{config}[feeds]\n{choice}\n"));
        space.build().expect(0, &[]);
        let feeds = check_feeds(&space, "https://example.org/repo/");
        assert_eq!(feeds["atom.xml"].len(), all, "{choice}");
        assert_eq!(feeds["services/edge-proxy.xml"].len(), topic, "{choice}");
    }
    let space = eventful();
    space.write("casebook.toml", format!("{config}[feeds]\nevents = [\"action_closed\"]\n"));
    space.check().expect(1, &["unknown-value", "`action_closed`"]);
}

/// A day that is still to come waits for its turn, as a review does.
#[test]
fn nothing_is_told_before_its_day() {
    let space = eventful();
    space.run(&["build", "--now", "2025-01-20"]).expect(0, &[]);
    let items = check_feeds(&space, "https://example.org/repo/").remove("feed.xml").unwrap();
    assert_eq!(items.len(), 5, "{:?}", titles(&items));
    assert!(items[0].title.starts_with("Came back"));
}

/// What authors write and XML cannot hold, or what would be markup in a feed.
#[test]
fn odd_texts_make_no_invalid_feed() {
    let space = eventful();
    space.edit("## Root cause\n", "## Root cause\n\n<script>alert(1)</script> ]]> &amp; \u{c} \u{85} \u{fffe} <b onclick=\"x()\">bold</b> [x](javascript:alert(1)) [rel](#summary) ![no](nothing.png)\n\n| a |\n|--:|\n| b |\n\n- [ ] open\n\nA note[^1].\n\n[^1]: Words.\n\n");
    space.edit("change = \"Abort the evaluation", "change = \"`]]>` <i *Abort* the evaluation");
    space.build().expect(0, &[]);
    let feeds = check_feeds(&space, "https://example.org/repo/");
    assert_eq!(feeds["feed.xml"].len(), 6);
    assert_eq!(feeds["feed.xml"], feeds["atom.xml"]);
}
