//! Many reviews: no page holds the whole collection, and nothing is lost between the pages.

mod space;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use space::{Space, TODAY};

const REVIEWS: usize = 640;
const FACTORS: usize = 180;

/// The greatest size of a page in bytes.
const LARGEST: usize = 400_000;

/// A site with many reviews at a few organisations. The first factors are in most of the reviews.
fn large() -> Space {
    let space = Space::empty();
    space.write("casebook.toml", "title = \"Large\"\nbase_url = \"https://example.org/\"\n");
    let mut registry = String::new();
    for factor in 0..FACTORS {
        let definition =
            "A condition of which the definition takes about as many words as those of real registries do.";
        writeln!(
            registry,
            "[[factor]]\nid = \"f-{factor}\"\nname = \"A condition with number {factor}\"\ncategory = \"{}\"\n\
             definition = \"{definition}\"\nask = [\"Could it be?\"]\naliases = [\"former-{factor}\"]\n",
            ["process", "design", "tooling"][factor % 3]
        )
        .unwrap();
    }
    space.write("content/factors.toml", registry);
    for review in 0..REVIEWS {
        let day = chrono::NaiveDate::from_ymd_opt(2019, 1, 1).unwrap() + chrono::Days::new(review as u64 * 4);
        let mut factors =
            format!("[[factors]]\nid = \"f-{}\"\nrole = \"primary\"\nnote = \"Here.\"\n", review % FACTORS);
        for other in [(review + 1) % 7, 7 + review % 5] {
            if other != review % FACTORS {
                write!(factors, "[[factors]]\nid = \"f-{other}\"\nnote = \"Note of {review}.\"\n").unwrap();
            }
        }
        let text = format!(
            "+++\ntitle = \"Incident number {review}\"\nseverity = \"P{}\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n\
             perspective = \"collected\"\norganisation = \"Organisation {}\"\nservices = [\"service {}\"]\n\
             [impact]\nusers = \"Some.\"\n{factors}\
             [[actions]]\nid = \"do\"\nchange = \"Change it\"\naddresses = [\"f-{}\"]\nstatus = \"done\"\nclosed = {}\n+++\n\
             ## Summary\n{}\n\n## Timeline\n- {day} 10:00 UTC — **Impact started** — it began.\n\
             - 11:00 — **Resolved** — it ended.\n",
            1 + review % 5,
            review % 4,
            review % 9,
            review % FACTORS,
            day + chrono::Days::new(10),
            "What happened, in some words. ".repeat(9),
        );
        space.write(&format!("content/reviews/{day}-incident-{review}.md"), text);
    }
    space
}

fn occurrences(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

#[test]
fn long_lists_come_in_pages() {
    let space = large();
    let run = space.run(&["build", "--now", TODAY]);
    run.expect(0, &[]);
    let pages: BTreeMap<String, String> = space
        .files("public")
        .into_iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect();
    for (name, html) in &pages {
        assert!(html.len() <= LARGEST || name == "actions.html", "{name} has {} bytes", html.len());
    }
    let list = |first: &str| {
        let stem = first.trim_end_matches(".html").trim_end_matches("/index");
        let further = (2..).map(|number| format!("{stem}/page-{number}.html"));
        let names = std::iter::once(first.to_owned()).chain(further);
        names.map_while(|name| pages.get(&name)).collect::<Vec<_>>()
    };
    for (first, length, count) in
        [("reviews/index.html", 7, REVIEWS), ("organisations/organisation-2.html", 2, REVIEWS / 4)]
    {
        let list = list(first);
        assert_eq!(list.len(), length, "{first}");
        let cards: usize = list.iter().map(|html| occurrences(html, "class=\"row card\"")).sum();
        assert_eq!(cards, count, "{first}");
        assert!(!list[0].contains("rel=\"prev\"") && list[0].contains("<link rel=\"next\""), "{first}");
        assert!(!list[length - 1].contains("<link rel=\"next\""), "{first}");
        for html in &list {
            assert_eq!(occurrences(html, "aria-current=\"page\""), 1, "{first}");
        }
    }
    let third = &pages["reviews/page-3.html"];
    assert!(third.contains("<link rel=\"canonical\" href=\"https://example.org/reviews/page-3.html\">"));
    assert!(third.contains("<link rel=\"prev\" href=\"page-2.html\">"));
    assert!(third.contains("<title>Reviews, page 3 – Large</title>"), "{}", &third[..900]);
}
