//! What other programs read of a site, read by parsers that are not ours.

use std::collections::BTreeSet;

use crate::support::TestSite;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

const BASE: &str = "https://example.github.io/lessons/";

/// The part of a page from one mark up to another.
fn between<'a>(html: &'a str, from: &str, to: &str) -> Option<&'a str> {
    html.split(from).nth(1)?.split(to).next()
}

fn structured(html: &str) -> Option<Value> {
    let data = between(html, "<script type=\"application/ld+json\">", "</script>")?;
    Some(serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}")))
}

/// Where the links of a Markdown text lead.
fn links(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, Options::all());
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        Event::Html(html) | Event::InlineHtml(html) => panic!("{html} is raw HTML"),
        _ => None,
    };
    events.filter_map(link).collect()
}

/// Every link is absolute, and those into the site lead to a file of it.
fn check_links(space: &TestSite, name: &str, base: &str) -> usize {
    let found = links(&space.read(&format!("public/{name}")));
    for link in &found {
        assert!(link.contains("://") || link.starts_with("mailto:"), "{name}: {link} is relative");
        if let Some(path) = link.strip_prefix(base) {
            let path = path.split('#').next().unwrap();
            let file = if path.is_empty() { "index.html" } else { path };
            assert!(space.path(&format!("public/{file}")).is_file(), "{name}: {link} leads nowhere");
        }
    }
    found.len()
}

#[test]
fn pages_say_what_they_are_about_as_json_ld() {
    let space = TestSite::demo();
    space.build().expect(0, &[]);
    let mut kinds = BTreeSet::new();
    for (name, bytes) in space.files("public") {
        let Some(data) = String::from_utf8(bytes).ok().and_then(|html| structured(&html)) else { continue };
        assert_eq!(data["@context"], "https://schema.org");
        let url = if name == "index.html" { BASE.to_owned() } else { format!("{BASE}{name}") };
        assert_eq!(data["url"], url, "{name}");
        let kind = if data["@type"].is_array() { &data["@type"][0] } else { &data["@type"] };
        kinds.insert(kind.as_str().unwrap().to_owned());
        if kind == "TechArticle" {
            assert!(!data["headline"].as_str().unwrap().is_empty() && data["datePublished"].is_string(), "{data}");
            assert!(data["about"].as_array().unwrap().iter().all(|factor| factor["name"].is_string()), "{data}");
        }
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["DefinedTerm", "TechArticle", "WebSite"]);
}

/// Nothing that an author writes ends the script, opens another one, or breaks the data.
#[test]
fn json_ld_holds_hostile_text() {
    let title = "</script><script>alert(1)</script>`<!--` \u{2028} & \\\" end";
    let space = TestSite::site();
    space.edit("title = \"A filter rule took all CPU on the edge\"", &format!("title = \"{title}\""));
    space.build().expect(0, &[]);
    let html = space.read("public/reviews/2024-03-04-edge-cpu.html");
    let data = structured(&html).unwrap();
    assert_eq!(data["headline"], "</script><script>alert(1)</script>`<!--` & \" end");
    assert!(!html.contains("<script>"), "a script of the author's");
    let inside = between(&html, "<script type=\"application/ld+json\">", "</script>").unwrap();
    assert!(!inside.contains(['<', '>', '&', '\u{2028}']), "{inside}");
}

#[test]
fn each_review_says_how_to_cite_it() {
    let space = TestSite::site();
    space.build().expect(0, &[]);
    let html = space.read("public/reviews/2024-03-04-edge-cpu.html");
    let cite = between(&html, "<details class=\"cite\"", "</details>").unwrap();
    let url = "https://example.org/repo/reviews/2024-03-04-edge-cpu.html";
    let plain = format!("Sample (2024). A filter rule took all CPU on the edge. {url} (published 15 March 2024)");
    for part in [plain.as_str(), "@misc{2024-03-04-edge-cpu,", "year = {2024}"] {
        assert!(cite.contains(part), "{part:?} is missing in {cite}");
    }
    let csl = cite.rsplit("<code>").next().unwrap().split("</code>").next().unwrap().replace("&quot;", "\"");
    let csl: Value = serde_json::from_str(&csl).unwrap();
    assert_eq!((&csl[0]["URL"], &csl[0]["type"]), (&Value::from(url), &Value::from("report")));
}

#[test]
fn language_models_get_an_index_and_the_full_text() {
    let space = TestSite::demo();
    space.build().expect(0, &[]);
    let index = space.read("public/llms.txt");
    assert!(index.starts_with("# Lessons learned at Otterwharf (invented)\n\n> A demo site."), "{index:.200}");
    let headings: Vec<&str> = index.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## Reviews", "## Factors", "## Optional"]);
    assert!(check_links(&space, "llms.txt", BASE) >= 11 + 10 + 4);
    let full = space.read("public/llms-full.txt");
    assert!(check_links(&space, "llms-full.txt", BASE) > 30);
    assert_eq!(full.matches("\n## Timeline\n").count(), 11);
    assert!(full.contains("\n## Actions\n\n* [x] ") && full.contains("** (primary): "), "{full:.3000}");
    assert!(!space.path("public/reviews/2026-03-19-broker-upgrade.md").exists());
}

#[test]
fn language_models_read_the_language_of_the_site() {
    let space = TestSite::site();
    let config = space.read("casebook.toml");
    space.write("casebook.toml", format!("language = \"de\"\n{config}[exports]\nper_review = [\"markdown\"]\n"));
    space.build().expect(0, &[]);
    let headings = |name: &str| -> Vec<String> {
        let text = space.read(&format!("public/{name}"));
        text.lines().filter_map(|line| line.strip_prefix("## ")).map(str::to_owned).collect()
    };
    assert_eq!(headings("llms.txt"), ["Berichte", "Faktoren", "Optional"]);
    let review = headings("reviews/2024-03-04-edge-cpu.md");
    // The sections of the text are the author's.
    assert_eq!(review.first().map(String::as_str), Some("Auswirkungen"), "{review:?}");
    assert!(["Faktoren", "Maßnahmen"].iter().all(|name| review.iter().any(|heading| heading == name)), "{review:?}");
    assert!(space.read("public/reviews/2024-03-04-edge-cpu.md").contains("- Stand: "));
}

#[test]
fn a_site_bounds_the_full_text_and_may_want_a_file_for_each_review() {
    let space = TestSite::demo();
    let config = space.read("casebook.toml");
    space.write("casebook.toml", format!("{config}\n[exports]\nfull_text = 2\nper_review = [\"markdown\"]\n"));
    space.build().expect(0, &[]);
    let full = space.read("public/llms-full.txt");
    assert_eq!(full.matches("\n## Timeline\n").count(), 2);
    assert!(full.contains("The newest 2 of 11 reviews."), "{full:.300}");
    let names: Vec<String> = space.files("public/reviews").into_keys().filter(|name| name.ends_with(".md")).collect();
    assert_eq!(names.len(), 11);
    for name in &names {
        check_links(&space, &format!("reviews/{name}"), BASE);
        let page = space.read(&format!("public/reviews/{}", name.replace(".md", ".html")));
        assert!(page.contains(&format!("<link rel=\"alternate\" type=\"text/markdown\" href=\"{name}\">")), "{name}");
    }
    assert_eq!(links(&space.read("public/llms.txt")).iter().filter(|link| link.ends_with(".md")).count(), 11);
    space.write("casebook.toml", format!("{config}\n[exports]\nfull_text = 0\n"));
    space.build().expect(0, &["removed"]);
    assert!(!space.path("public/llms-full.txt").exists());
    assert!(!space.read("public/llms.txt").contains("llms-full"));
}

/// What Markdown of authors can hold: raw HTML, links to what is withheld, definitions elsewhere, pictures.
#[test]
fn reviews_as_markdown_lead_nowhere_else() {
    let space = TestSite::site();
    space.write("content/reviews/plot.png", include_bytes!("../images/chart.png"));
    space.edit("services = [\"edge proxy\"]", "services = [\"edge <img src=x>\"]\norganisation = \"A <b>b</b>\"");
    space.edit(
        "## Root cause\n",
        "## Root cause\n\nA <script>alert(1)</script> a <b>bold</b> [here](2024-05-01-zgone.md) [there][there] [bad](javascript:alert(1)) ![plot](plot.png) ![far](https://example.net/far.png) [top](#summary)\n\n<div>\nblock\n</div>\n\n```\n<kept> `code`\n```\n\n[there]: 2024-05-01-zgone.md\n\n",
    );
    space.write(
        "casebook.toml",
        space.read("casebook.toml") + "[exports]\nper_review = [\"markdown\"]\n[levels]\nbroken-link = \"off\"\n",
    );
    space.build().expect(0, &[]);
    let name = "reviews/2024-03-04-edge-cpu.md";
    check_links(&space, name, "https://example.org/repo/");
    let text = space.read(&format!("public/{name}"));
    assert!(!text.contains(" <img") && !text.contains(" <b>b"), "raw HTML in a line of facts: {text}");
    assert!(!text.contains("zgone") && !text.contains("javascript"), "{text}");
    let own = "https://example.org/repo/reviews/";
    for kept in
        ["here", "there", &format!("![plot]({own}plot.png)"), "[far](https://example.net/far.png)", "<kept> `code`"]
    {
        assert!(text.contains(kept), "{kept:?} is missing in {text}");
    }
    // Read once more it is the same text.
    let words = |markdown: &str| -> String {
        let text = |event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.to_string()),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => Some("\n".to_owned()),
            _ => None,
        };
        Parser::new_ext(markdown, Options::all()).filter_map(text).collect()
    };
    assert!(words(&text).contains("A  a bold here there bad") && !text.contains("alert(1)"), "{}", words(&text));
}

#[test]
fn browsers_learn_of_the_search_where_there_is_one() {
    let space = TestSite::site();
    space.write("static/search.html", "<title>Search</title>");
    let built = space.build();
    // The program's own search page has this address, too, as soon as it has one.
    if built.code != 0 {
        std::fs::remove_file(space.path("static/search.html")).unwrap();
        space.build().expect(0, &[]);
    }
    let xml = space.read("public/opensearch.xml");
    for part in [
        "xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"",
        "<ShortName>Sample</ShortName>",
        "template=\"https://example.org/repo/search.html?q={searchTerms}\"",
    ] {
        assert!(xml.contains(part), "{part} is missing in {xml}");
    }
    assert!(space.read("public/index.html").contains("rel=\"search\" type=\"application/opensearchdescription+xml\""));
    assert_eq!(structured(&space.read("public/index.html")).unwrap()["potentialAction"]["@type"], "SearchAction");
}

/// Pages are looked for by search engines unless they lead elsewhere or have no text of their own.
#[test]
fn the_sitemap_lists_every_page() {
    let space = TestSite::demo();
    space.build().expect(0, &[]);
    let sitemap = space.read("public/sitemap.xml");
    let listed: std::collections::BTreeSet<&str> =
        sitemap.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect();
    let base = "https://example.github.io/lessons/";
    let is_page = |(name, bytes): &(String, Vec<u8>)| {
        let text = String::from_utf8_lossy(bytes);
        name.ends_with(".html")
            && !text.contains("http-equiv=\"refresh\"")
            && !["404.html", "search.html"].contains(&name.as_str())
    };
    let pages: Vec<(String, Vec<u8>)> = space.files("public").into_iter().filter(is_page).collect();
    let address = |name: &str| if name == "index.html" { base.to_owned() } else { format!("{base}{name}") };
    let expected: std::collections::BTreeSet<String> = pages.iter().map(|(name, _)| address(name)).collect();
    assert!(expected.len() > 50, "only {} pages", expected.len());
    assert_eq!(listed, expected.iter().map(String::as_str).collect());
}
