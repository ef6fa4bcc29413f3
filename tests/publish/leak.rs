//! Nothing that is withheld reaches an output: markers in every withheld place, searched for in every encoding.

use crate::support::TestSite;
use casebook::rules::SAMPLE_REVIEW;

const MARKER: &str = "zcanary";

/// Images with a marker in each kind of metadata that they can hold.
const IMAGES: [&str; 6] = ["photo.jpg", "scans.jpg", "chart.png", "shot.webp", "moving.gif", "drawing.svg"];

/// A review that is withheld for a reason, with a marker in every place that a page could show.
fn withheld(id: &str, from: &str, to: &str) -> (String, String) {
    let marked = |place: &str| format!("{MARKER}{}{place}", id.replace('-', ""));
    let text = SAMPLE_REVIEW
        .replace(from, to)
        .replace("A filter rule took all CPU on the edge", &marked("title"))
        .replace(
            "services = [\"edge proxy\"]",
            &format!(
                "services = [\"{0}\"]\naliases = [\"{1}\"]\norganisation = \"{2}\"",
                marked("service"),
                marked("alias"),
                marked("organisation")
            ),
        )
        .replace("The expression could backtrack", &marked("note"))
        .replace(
            "Abort the evaluation of a rule after 5 ms of CPU",
            &format!("Abort the {} after 5 ms", marked("action")),
        )
        .replace("Release filter rules to one", &format!("Release {} to one", marked("deadline")))
        .replace("82 % of requests failed", &marked("impact"))
        .replace("Filtering was switched off", &format!("![{}]({}.svg) Filtering", marked("alt"), marked("picture")))
        .replace("the rule is deployed", &marked("entry"));
    assert!(text.matches(MARKER).count() >= 9, "the sample review has lost a passage that this test replaces");
    (format!("content/reviews/2024-03-0{}-{MARKER}{id}.md", id.len() % 9 + 1), text)
}

fn site() -> TestSite {
    let space = TestSite::site();
    let config = space.read("casebook.toml");
    space.write("casebook.toml", format!("{config}[exports]\nper_review = [\"json\"]\n"));
    let reviews = [
        withheld("draft", "status = \"final\"", "status = \"draft\""),
        withheld("green", "TLP:CLEAR", "TLP:GREEN"),
        withheld("amber-strict", "TLP:CLEAR", "TLP:AMBER+STRICT"),
        withheld("embargo", "publish = 2024-03-15", "publish = 2099-01-01"),
    ];
    for (path, text) in &reviews {
        let picture = text.split("](").nth(1).unwrap().split(')').next().unwrap();
        let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{MARKER} picture</text></svg>");
        space.write(&format!("content/reviews/{picture}"), drawing);
        space.write(path, text);
    }
    let hidden = |text: &str| format!("<!-- internal -->{text}<!-- /internal -->");
    let body = [
        format!("A text {} that goes on.", hidden("zcanaryinline")),
        format!(
            "<!-- internal -->\n## zcanaryheading\n\n{} zcanarynested\n\n```\nzcanarycode\n```\n<!-- / INTERNAL -->",
            hidden("inner")
        ),
        format!("- **A label.** {} words\n- {}", hidden("zcanaryitem"), hidden("**zcanarylabel.** x")),
        format!("| a | b |\n|---|---|\n| {} | c |", hidden("zcanarycell")),
        format!("```\n{}\n```", hidden("zcanaryfence")),
        hidden("![zcanaryalt](zcanarysecret.png) [zcanarylink](zcanaryfile.pdf)"),
        hidden("z&#99;anaryentity zc%61naryurl z\\u0063anaryjson"),
        "<!-- zcanarycomment --> visible <!--\nzcanaryblock\n\nzcanaryblock\n-->".to_owned(),
        format!("A note[^1].\n\n[^1]: Words {}.", hidden("zcanaryfootnote")),
    ];
    space.edit("## Root cause\n", &format!("## Root cause\n\n{}\n", body.join("\n\n")));
    space.edit("- 13:57 —", &format!("- {} 13:57 —", hidden("zcanarybeforetime")));
    space.edit(
        "[impact]",
        "[internal]\nnotes = \"zcanarynotes\"\nnested = { a = [\"zcanarydeep\"] }\n\n[impact] # zcanarytoml",
    );
    space.write("content/reviews/zcanarysecret.png", "zcanarybytes");
    let mut shown = String::from("## Root cause\n\n");
    for name in IMAGES {
        let bytes = std::fs::read(format!("{}/tests/images/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(String::from_utf8_lossy(&bytes).contains(MARKER), "{name} has lost its marker");
        space.write(&format!("content/reviews/{name}"), &bytes);
        space.write(&format!("static/{name}"), &bytes);
        shown.push_str(&format!("![A picture]({name})\n\n"));
    }
    space.edit("## Root cause\n", &shown);
    space.write("content/reviews/zcanaryfile.pdf", "zcanarybytes");
    let factors = space.read("content/factors.toml");
    space.write("content/factors.toml", format!("# zcanaryfactorcomment\n{factors}"));
    space.write("content/notes.txt", "zcanarybeside");
    space.write("drafts/zcanaryfolder.md", "zcanaryfolder");
    space
}

/// The text with one layer of entities, percent signs, JSON escapes, and folded lines taken away.
fn decoded(text: &str) -> String {
    let unfolded = text.replace("\r\n ", "");
    let entities = unfolded.replace("&#99;", "c").replace("&#x63;", "c");
    entities.replace("%61", "a").replace("%63", "c").replace("\\u0063", "c").to_lowercase()
}

#[test]
fn no_marker_reaches_an_output() {
    let space = site();
    space.build().expect(0, &["1 to publish, 4 withheld"]);
    let mut looked = 0;
    for (name, bytes) in space.files("public") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for shown in [name.as_str(), text.as_str()] {
            let shown = decoded(shown);
            if let Some(at) = shown.find(MARKER) {
                let around: String = shown[at..].chars().take(60).collect();
                panic!("{name} holds what is withheld: {around}");
            }
        }
        looked += 1;
    }
    assert!(looked > 15, "only {looked} files were looked at");
    for name in IMAGES.iter().flat_map(|name| [format!("public/{name}"), format!("public/reviews/{name}")]) {
        assert!(std::fs::metadata(space.path(&name)).unwrap().len() > 100, "{name}");
    }
    let page = space.read("public/reviews/2024-03-04-edge-cpu.html");
    for kept in ["A text", "that goes on", "A label.", "visible", "A note", "13:57"] {
        assert!(page.contains(kept), "{kept:?} was cut off, too");
    }
}

#[test]
fn the_markers_would_be_found() {
    let space = site();
    let draft = space.files("content").into_iter().find(|(name, _)| name.contains("zcanarydraft")).unwrap();
    let text = String::from_utf8(draft.1).unwrap().replace("status = \"draft\"", "status = \"final\"");
    space.write(&format!("content/{}", draft.0), text);
    space.build().expect(0, &["2 to publish"]);
    let files = space.files("public");
    assert!(files.keys().any(|name| name.contains(MARKER)));
    let is_searched = |(name, bytes): (&String, &Vec<u8>)| {
        let text = String::from_utf8_lossy(bytes);
        name.starts_with("search/")
            && ['"', ' '].iter().any(|before| text.contains(&format!("{before}{MARKER}draftaction ")))
    };
    assert!(files.iter().any(is_searched), "the index has no whole words, so that a lock could not see them");
    for (name, places) in [
        (
            "data/casebook.json",
            &["title", "service", "alias", "organisation", "note", "action", "deadline", "impact", "entry"][..],
        ),
        ("data/reviews.csv", &["title", "service", "organisation"]),
        ("data/actions.csv", &["title", "organisation", "action", "deadline"]),
        ("data/actions.ics", &["title", "deadline"]),
    ] {
        let text = decoded(&String::from_utf8_lossy(&files[name]));
        for place in places {
            assert!(
                text.contains(&format!("zcanarydraft{place}")),
                "{place} is not in {name}, where it would be looked for"
            );
        }
    }
    assert!(files.keys().any(|name| name.contains(MARKER) && name.ends_with(".json")));
    let feed = String::from_utf8_lossy(&files["feed.xml"]).into_owned();
    for place in ["title", "note", "action", "impact", "entry", "alt"] {
        assert!(
            feed.contains(&format!("zcanarydraft{place}")) || place == "alt",
            "{place} is published, and the test would not see it"
        );
    }
}

#[test]
fn an_open_block_withholds_the_rest_and_is_an_error() {
    let space = TestSite::site();
    space.edit("## What went well", "<!-- internal -->\n\n## What went well");
    space.build().expect(1, &["open-internal-block", "never closed", "nothing was written"]);
    assert!(!space.path("public").exists());
}

#[test]
fn front_matter_that_is_not_read_as_such_is_published_nowhere() {
    let words = "\n# T\n\n## Summary\n\nA disk was full.\n\n## Impact\n\nNobody could pay.\n";
    let yaml = "title: T\nstatus: draft\ninternal:\n  note: zcanary\n";
    let toml = "title = \"T\"\ndraft = true\n[internal]\nnote = \"zcanary\"\n";
    let decided = "title: T\ninternal:\n  note: zcanary\n";
    for front in [
        format!("<!-- markdownlint-disable -->\n---\n{yaml}---\n"),
        format!("<!-- markdownlint-disable -->\n+++\n{toml}+++\n"),
        format!("<!-- markdownlint-disable -->\n---\n{decided}---\n"),
        format!("---yaml\n{yaml}---\n"),
        format!("----\n{decided}----\n"),
        format!("++++\n{toml}++++\n"),
        format!("```yaml\n{decided}```\n"),
        format!("# T\n\n---\n{decided}---\n"),
        format!("# T\n\n```toml\n{toml}```\n"),
        format!("\u{200b}---\n{decided}---\n"),
        format!("---\n{decided}---\n").replace('\n', "\r"),
    ] {
        let space = TestSite::empty();
        let decision = "[[reviews]]\nfiles = [\"content/reviews\"]\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n\
                        adopted_before = 2099-01-01\n";
        space.write("casebook.toml", format!("title = \"Lessons\"\nbase_url = \"https://example.org/\"\n{decision}"));
        space.write("content/reviews/2026-03-01-a.md", format!("{front}{words}"));
        space.build();
        let places: Vec<String> = match space.path("public").exists() {
            true => space.files("public").into_iter().filter(|(_, bytes)| is_in(bytes)).map(|(name, _)| name).collect(),
            false => Vec::new(),
        };
        assert!(places.is_empty(), "{front:?} is in {places:?}");
    }
}

fn is_in(bytes: &[u8]) -> bool {
    bytes.windows(MARKER.len()).any(|part| part == MARKER.as_bytes())
}
