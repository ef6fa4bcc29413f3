//! Reviews of other sites among those of one's own: shown with where they come from, mapped, apart, and harmless.

use std::time::{Duration, Instant};

use crate::support::server::{Say, Server};
use crate::support::{TODAY, TestSite};
use casebook::network::{AllowedHosts, Client, Settings};
use casebook::rules::{SAMPLE_PATH, SAMPLE_REVIEW};
use serde_json::{Value, json};

/// The site of another organisation, with its own word for a factor, and an incident in which that came back.
pub(super) fn acme() -> TestSite {
    let space = TestSite::site();
    space.write(
        "casebook.toml",
        "title = \"Acme lessons\"\nbase_url = \"https://acme.example/lessons/\"\norganisation = \"Acme\"\n\
         licence = \"CC-BY-4.0\"\n",
    );
    let factors = space.read("content/factors.toml");
    let own_words = |text: &str| {
        text.replace("no-staged-rollout", "all-at-once")
            .replace("big-bang-release", "one-go")
            .replace("edge proxy", "relay")
    };
    space.write("content/factors.toml", own_words(&factors));
    let first =
        own_words(SAMPLE_REVIEW).replace("A filter rule took all CPU on the edge", "Acme relays stopped").replace(
            "due = 2027-04-30\nstatus = \"open\"",
            "due = 2024-04-30\nstatus = \"done\"\nclosed = 2024-04-12\nevidence = \"Drill of April 2024.\"",
        );
    let again = first
        .replace("Acme relays stopped", "Acme relays stopped again")
        .replace("2024-03-0", "2025-03-0")
        .replace("2024-03-15", "2025-03-15")
        .replace("2024-03-31", "2025-03-31")
        .replace("2024-03-20", "2025-03-20")
        .replace("2024-04-", "2025-04-")
        .replace("April 2024", "April 2025")
        .replace("severity = \"P1\"", "severity = \"P1\"\nrelated = [\"2024-03-04-relays\"]");
    std::fs::remove_file(space.path(SAMPLE_PATH)).unwrap();
    space.write("content/reviews/2024-03-04-relays.md", first);
    space.write("content/reviews/2025-03-04-relays.md", again);
    space
}

pub(super) fn dataset_of(space: &TestSite) -> Value {
    space.build().expect(0, &[]);
    serde_json::from_str(&space.read("public/data/casebook.json")).unwrap()
}

/// A site that names Acme as a source.
pub(super) fn example(dataset: &str) -> TestSite {
    let space = TestSite::site();
    space.write(
        "casebook.toml",
        "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\norganisation = \"Example\"\n\n[[sources]]\n\
         id = \"acme\"\norganisation = \"Acme\"\n",
    );
    space.write("content/sources/acme.json", dataset);
    space
}

pub(super) fn map_factors(space: &TestSite) {
    let factors = space.read("content/factors.toml");
    let mapped = factors.replace("[\"big-bang-release\"]", "[\"big-bang-release\", \"all-at-once\"]");
    assert_ne!(factors, mapped);
    space.write("content/factors.toml", mapped);
}

const FIRST: &str = "sources/acme/2024-03-04-relays.html";
const AGAIN: &str = "sources/acme/2025-03-04-relays.html";

#[test]
fn another_organisations_reviews_are_found_where_they_help() {
    let space = example(&dataset_of(&acme()).to_string());
    map_factors(&space);
    space.build().expect(0, &["1 to publish"]);
    let read = |path: &str| space.read(&format!("public/{path}"));

    let page = read(AGAIN);
    assert!(
        page.contains("<link rel=\"canonical\" href=\"https://acme.example/lessons/reviews/2025-03-04-relays.html\">")
    );
    for shown in [
        "Acme",
        "CC-BY-4.0",
        "href=\"https://acme.example/lessons/reviews/2025-03-04-relays.html\"",
        "the profile shows the filter",
    ] {
        assert!(page.contains(shown), "{shown} is not on the page of the review");
    }
    assert!(page.contains("<h2 id=\"root-cause\"") && page.contains("Rules ran without"), "{page}");
    let factor = read("factors/no-staged-rollout.html");
    assert!(factor.contains("../sources/acme/2024-03-04-relays.html") && factor.contains("Acme relays stopped again"));
    // Acme's action of 2024 did not hold at Acme. Nothing that Acme did holds, or fails, for Example.
    let came_back = |page: &str| -> String {
        page.split("<li class=\"control came-back\">").skip(1).map(|row| row.split("</li>").next().unwrap()).collect()
    };
    assert!(came_back(&factor).contains("Acme relays stopped again"), "{factor}");
    let recurred = came_back(&read("factors/unbounded-computation.html"));
    assert!(recurred.contains("Acme relays stopped again") && !recurred.contains("filter rule"), "{recurred}");
    assert!(read("organisations/index.html").contains("acme.html"));
    assert!(read("organisations/acme.html").contains("../sources/acme/2025-03-04-relays.html"));
    assert!(read("services/relay.html").contains("Acme relays stopped"));
    let own = read("reviews/2024-03-04-edge-cpu.html");
    assert!(own.contains("../sources/acme/2024-03-04-relays.html"), "it is related");

    // The search leads to the page here, which leads to the original.
    let answer = space.run(&["search", "relays", "stopped", "org:acme"]);
    answer.expect(0, &["Acme relays stopped again", "https://example.org/repo/sources/acme/2025-03-04-relays.html"]);
    assert!(!answer.out.contains("edge-cpu"), "{answer:?}");
    let cards = space.files("public/search").into_values().map(|bytes| String::from_utf8(bytes).unwrap());
    let is_card = |text: &String| text.contains("[\"sources/acme/2025-03-04-relays\",\"Acme relays stopped again\"");
    assert_eq!(cards.filter(is_card).count(), 1, "the search of the pages knows it, too");

    let own_metrics = read("metrics.html");
    assert!(own_metrics.contains("1 review of our own"), "{own_metrics}");
    assert!(read("metrics-sources.html").contains("2 reviews"));
}

#[test]
fn another_organisations_reviews_are_not_passed_on_as_own() {
    let space = example(&dataset_of(&acme()).to_string());
    map_factors(&space);
    space.build().expect(0, &[]);
    let files = space.files("public");
    let mut looked = 0;
    for (name, bytes) in &files {
        let is_for_programs = name.ends_with(".xml")
            || name.ends_with(".json")
            || name.ends_with(".csv")
            || name.ends_with(".ics")
            || name.ends_with(".txt");
        let is_search = name.starts_with("search/") || name == "casebook-manifest.json";
        let is_own = ["actions.html", "lucky.html"].contains(&name.as_str())
            || name.starts_with("actions/")
            || name.starts_with("lucky/");
        if (is_for_programs && !is_search) || is_own {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("Acme relays") && !text.contains("2025-03-04-relays"), "{name} passes it on");
            looked += 1;
        }
    }
    assert!(looked >= 10, "only {looked} files were looked at");
}

#[test]
fn reviews_name_those_of_others() {
    let space = example(&dataset_of(&acme()).to_string());
    space.edit("services = [", "related = [\"acme/2025-03-04-relays\"]\nservices = [");
    space.edit("until the rule", "until [theirs](../sources/acme/2025-03-04-relays.md#timeline) the rule");
    let found = space.check().out;
    assert!(!["L001", "L006", "C006"].iter().any(|code| found.contains(code)), "{found}");
    space.build().expect(0, &[]);
    let named = |page: &str, link: &str| {
        let html = space.read(&format!("public/{page}"));
        let list = html.split("<h2 id=\"related\">").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
        assert!(list.contains(link) && list.contains("Linked by the authors"), "{page}: {list}");
        html
    };
    let own = named("reviews/2024-03-04-edge-cpu.html", "../sources/acme/2025-03-04-relays.html");
    assert!(own.contains("href=\"../sources/acme/2025-03-04-relays.html#timeline\">theirs</a>"));
    named(AGAIN, "../../reviews/2024-03-04-edge-cpu.html");

    space.edit("relays.md#timeline", "relays.md#time-line");
    space.edit("\"acme/2025-03-04-relays\"", "\"acme/2025-03-04-relay\", \"globex/2025-03-04-relays\"");
    let found = space.run(&["check", "--now", TODAY]);
    found.expect(1, &["L006", "C006", "L001", "Did you mean `acme/2025-03-04-relays`?", "globex/2025-03-04-relays"]);
    // What others take back stops nothing here, and is told once.
    space.edit(", \"globex/2025-03-04-relays\"", "");
    space.edit("2025-03-04-relays.md#time-line", "2025-03-05-relays.md");
    space.build().expect(0, &["../sources/acme/2025-03-05-relays.md` names no review of that site"]);
    std::fs::remove_file(space.path("content/sources/acme.json")).unwrap();
    let run = space.build();
    run.expect(0, &["C004"]);
    assert!(!run.out.contains("L001") && !run.out.contains("C006"), "{}", run.out);
}

#[test]
fn a_word_that_both_have_for_a_factor_maps_it() {
    let data = dataset_of(&acme()).to_string();
    let factors = example(&data).read("content/factors.toml");
    let cases = [
        (data.replace("\"one-go\"", "\"big-bang-release\""), factors.clone(), true),
        (data.replace("\"one-go\"", "\"no-staged-rollout\""), factors.clone(), true),
        (data.replace("\"one-go\"", "\"no-staged-rollout\",\"unbounded-computation\""), factors.clone(), false),
        (data.clone(), factors.replace("[\"big-bang-release\"]", "[\"one-go\"]"), true),
        (data.clone(), factors, false),
    ];
    for (at, (data, factors, is_mapped)) in cases.into_iter().enumerate() {
        let space = example(&data);
        space.write("content/factors.toml", factors);
        space.build().expect(0, &[]);
        let factor = space.read("public/factors/no-staged-rollout.html");
        assert_eq!(factor.contains("Acme relays stopped again"), is_mapped, "case {at}");
        // Their action against it is one against ours.
        assert_eq!(factor.contains("control came-back"), is_mapped, "case {at}");
        assert_eq!(space.check().out.contains("C005"), !is_mapped, "case {at}");
    }
}

#[test]
fn a_withdrawn_review_counts_no_more() {
    let acme = acme();
    let path = "content/reviews/2025-03-04-relays.md";
    let text = acme.read(path).replace("status = \"final\"", "status = \"withdrawn\"");
    acme.write(
        path,
        text.replace(
            "+++\n\n## Summary",
            "[[revisions]]\ndate = 2025-06-01\nchange = \"Withdrawn: the incident was a test.\"\n+++\n\n## Summary",
        ),
    );
    let data = dataset_of(&acme);
    assert_eq!(data["reviews"][0]["withdrawn"], "2025-06-01");
    let space = example(&data.to_string());
    map_factors(&space);
    space.build().expect(0, &[]);
    assert!(space.read(&format!("public/{AGAIN}")).contains("Withdrawn"));
    let factor = space.read("public/factors/no-staged-rollout.html");
    assert!(factor.contains("Acme relays stopped") && !factor.contains("id=\"recurrence\""));
}

#[test]
fn factors_without_a_counterpart_are_named() {
    let space = example(&dataset_of(&acme()).to_string());
    let run = space.check();
    assert!(run.out.contains("C005") && run.out.contains("`all-at-once` (2)"), "{}", run.out);
    map_factors(&space);
    assert!(!space.check().out.contains("C005"));
}

/// A text that would do harm wherever it is taken for markup.
const HOSTILE: &str = "<script>alert(1)</script> <img src=https://evil.example/a.png onerror=alert(2)> \
    ![x](https://evil.example/b.png) [y](javascript:alert(3)) [z](https://evil.example/c) **bold** `code` \
    <!-- internal --> withheldword <!-- /internal --> {{ 7 * 191 }} {% raw %} &lt;b&gt; \u{202e}evil\u{0} # h\n\n## heading\n\n| a |\n|--|\n";

/// Puts the hostile text into every string that may hold any text.
fn poison(value: &mut Value, key: &str) {
    const KEPT: [&str; 22] = [
        "schema_version",
        "organisation",
        "url",
        "id",
        "published",
        "modified",
        "withdrawn",
        "status",
        "kind",
        "severity",
        "perspective",
        "date",
        "reviewed",
        "at",
        "precision",
        "role",
        "due",
        "closed",
        "link",
        "answer",
        "detection",
        "updates",
    ];
    match value {
        Value::String(text) if !KEPT.contains(&key) => *text = HOSTILE.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, key)),
        Value::Object(entries) => entries.iter_mut().for_each(|(key, value)| poison(value, &key.clone())),
        _ => {}
    }
}

#[test]
fn nothing_in_a_source_becomes_markup() {
    let mut data = dataset_of(&acme());
    poison(&mut data, "");
    for review in data["reviews"].as_array_mut().unwrap() {
        review["aliases"] = json!([]);
        review["services"] = json!([HOSTILE, "../../etc"]);
        review["factors"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "id": HOSTILE, "role": "contributing", "note": HOSTILE }));
        review["timeline"][0]["marks"] = json!([HOSTILE, "Introduced"]);
        review["timeline"][0]["written"] = json!(HOSTILE);
        review["untimed"] = json!([{ "after": u32::MAX, "marks": [HOSTILE], "text": HOSTILE }]);
        let began = json!({ "at": "2024-03-04T13:31:00Z", "precision": "minute" });
        review["stated_phases"] = json!([{ "phase": HOSTILE, "began": began, "written": HOSTILE }]);
        review["got_lucky"] = json!([{ "label": "script-alert-1-script", "text": HOSTILE }]);
        review["actions"][0]["id"] = json!(HOSTILE);
        review["severity"] = json!(HOSTILE);
    }
    let space = example(&data.to_string());
    map_factors(&space);
    space.build().expect(0, &[]);
    let mut shown = 0;
    for (name, bytes) in space.files("public") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let is_page = name.ends_with(".html") || name.ends_with(".xml");
        if is_page {
            for harm in [
                "<script>alert",
                "<img src=https",
                "src=\"https://evil",
                "href=\"javascript",
                "href=\"https://evil",
                "<strong>bold",
                "1337",
                "<h2>heading",
                "\u{202e}",
            ] {
                assert!(!text.contains(harm), "{name} holds {harm}");
            }
            shown += usize::from(text.contains("&lt;script&gt;alert(1)") && text.contains("withheldword"));
        }
        assert!(!name.contains("..") && !name.contains('<'), "{name}");
    }
    assert!(shown >= 3, "the text is shown as text on {shown} pages");
}

fn expect_rejection(space: &TestSite, words: &str) {
    let run = space.build();
    run.expect(0, &["rejected-source", words]);
    assert!(!space.path("public/sources").exists(), "{words}");
    assert!(space.path("public/reviews/2024-03-04-edge-cpu.html").exists());
}

#[test]
fn a_source_that_cannot_be_trusted_is_left_out_and_the_site_is_built() {
    let right = dataset_of(&acme());
    let changed = |pointer: &str, value: Value| {
        let mut data = right.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        data.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"))[key] = value;
        data.to_string()
    };
    let deep = |key: &str| {
        let nested = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        format!("{{\"{key}\": {nested}, {}", &right.to_string()[1..])
    };
    let twice = |case: fn(&str) -> String| {
        let mut data = right.clone();
        let mut first = data["reviews"][0].clone();
        first["id"] = json!(case(first["id"].as_str().unwrap()));
        data["reviews"].as_array_mut().unwrap().push(first);
        data.to_string()
    };
    let cases = [
        (changed("/organisation", json!("Example")), "casebook.toml expects `Acme`"),
        (changed("/organisation", json!("Globex")), "casebook.toml expects `Acme`"),
        (changed("/reviews/0/organisation", json!("Example")), "claims to be of another organisation"),
        (changed("/reviews/0/url", json!("https://example.org/repo/reviews/x.html")), "is said to stand outside"),
        (changed("/reviews/0/url", json!("javascript:alert(1)")), "is no dataset"),
        (changed("/reviews/0/id", json!("../../2024-03-04-edge-cpu")), "is no dataset"),
        (changed("/reviews/0/actions/0/link", json!("data:text/html,x")), "is no dataset"),
        (changed("/schema_version", json!("2.0.0")), "is `2.0.0`"),
        (changed("/schema_version", json!("1")), "is `1`, and this program reads 1.0"),
        (twice(str::to_uppercase), "two of its reviews have the id"),
        (twice(str::to_owned), "two of its reviews have the id"),
        (changed("/reviews/0/id", json!("CON")), "a page cannot have the name of its id `CON`"),
        (changed("/reviews/0/id", json!("aux.foo")), "a page cannot have the name of its id `aux.foo`"),
        (changed("/reviews/0/title", json!("\u{200b} ")), "has no title"),
        ("{\"schema_version\": \"1.0".to_owned(), "is no dataset"),
        ("[]".to_owned(), "is no dataset"),
        (String::new(), "is no dataset"),
        (deep("title"), "is no dataset"),
        (format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)), "is no dataset"),
        (format!("{}{}", right, " ".repeat(33 * 1024 * 1024)), "bytes, and no more than"),
    ];
    for (text, words) in cases {
        expect_rejection(&example(&text), words);
    }
    // Keys of later versions are passed over, however deep what they hold is.
    let later = example(&deep("of_a_later_version"));
    later.build().expect(0, &[]);
    assert!(later.path("public").join(FIRST).exists());
    let missing = example("");
    std::fs::remove_file(missing.path("content/sources/acme.json")).unwrap();
    expect_rejection(&missing, "there is no content/sources/acme.json");
    let own = example(&right.to_string());
    own.write(
        "casebook.toml",
        own.read("casebook.toml").replace("organisation = \"Example\"", "organisation = \"ACME\""),
    );
    expect_rejection(&own, "this site's own organisation");
    let binary = example("");
    binary.write("content/sources/acme.json", [0xff, 0xfe, 0x00]);
    expect_rejection(&binary, "cannot be read as text");
}

#[test]
fn what_is_collected_is_pinned() {
    let data = dataset_of(&acme()).to_string();
    let served = std::sync::Arc::new(std::sync::Mutex::new(data.clone()));
    let answer = served.clone();
    let server = Server::start(move |request| match request.path.as_str() {
        "/casebook.json" => Say::to("302 Found", "/data/casebook.json"),
        "/data/casebook.json" => Say::text(answer.lock().unwrap().clone()),
        "/loop" => Say::to("302 Found", "/loop"),
        "/file" => Say::to("302 Found", "file:///etc/passwd"),
        _ => Say::status("404 Not Found"),
    });
    let space = example("");
    std::fs::remove_file(space.path("content/sources/acme.json")).unwrap();
    let config = space.read("casebook.toml");
    let at = |path: &str| space.write("casebook.toml", format!("{config}url = \"{}\"\n", server.url(path)));
    at("/casebook.json");
    expect_rejection(&space, "there is no content/sources/acme.json yet");
    let collect = |more: &[&str]| space.run(&[&["collect", "--private"], more].concat());

    space.run(&["collect"]).expect(1, &["private address", "nothing was changed"]);
    collect(&["--locked"]).expect(1, &["not pinned yet"]);
    collect(&[]).expect(0, &["acme: 2 reviews, 2 new, 0 changed, 0 gone; licence CC-BY-4.0"]);
    assert_eq!(space.read("content/sources/acme.json"), data);
    assert!(space.read("content/sources/lock.toml").contains("hash = \"blake3:"));
    let before = server.heard();
    space.build().expect(0, &[]);
    assert_eq!(server.heard(), before, "building never asks");
    assert!(space.path("public").join(FIRST).exists());
    collect(&["--locked"]).expect(0, &["2 reviews, 0 new"]);

    let mut newer: Value = serde_json::from_str(&data).unwrap();
    newer["reviews"][0]["title"] = json!("Another title");
    *served.lock().unwrap() = newer.to_string();
    collect(&["--locked"]).expect(1, &["something else than what is pinned"]);
    assert_eq!(space.read("content/sources/acme.json"), data);
    collect(&["acme"]).expect(0, &["0 new, 1 changed, 0 gone"]);

    *served.lock().unwrap() = newer.to_string().replace("\"organisation\":\"Acme\"", "\"organisation\":\"Globex\"");
    collect(&[]).expect(1, &["casebook.toml expects `Acme`"]);
    *served.lock().unwrap() = "<html>".to_owned();
    collect(&[]).expect(1, &["gives no dataset"]);
    assert_eq!(space.read("content/sources/acme.json"), newer.to_string());
    space.build().expect(0, &[]);
    for (path, words) in
        [("/missing", "404"), ("/loop", "from one address to the next"), ("/file", "leads to no address")]
    {
        at(path);
        collect(&[]).expect(1, &[words]);
    }
    at("/casebook.json");
    space.write("content/sources/acme.json", space.read("content/sources/acme.json").replace("Another", "Altered"));
    expect_rejection_of_page(&space, "its fingerprint differs");
    collect(&["globex"]).expect(2, &["no source `globex`"]);
}

fn expect_rejection_of_page(space: &TestSite, words: &str) {
    space.build().expect(0, &["rejected-source", words]);
    assert!(!space.path("public").join(FIRST).exists(), "the page of a source that was left out is gone");
}

#[test]
fn downloads_have_limits() {
    let server = Server::start(|request| match request.path.as_str() {
        "/drip" => Say::Drip,
        "/silent" => Say::Nothing(Duration::from_secs(3)),
        "/to-http" => Say::to("302 Found", "http://127.0.0.1:1/"),
        _ => Say::text("x".repeat(5_000)),
    });
    let settings = Settings {
        time: Duration::from_millis(300),
        backoff: Duration::from_millis(10),
        ..Settings::polite(AllowedHosts::All)
    };
    let client = Client::new(settings);
    let refused = |path: &str, limit| format!("{:#}", client.download(&server.url(path), limit).unwrap_err());
    assert!(refused("/long", 4_999).contains("longer than 4999 bytes"));
    assert_eq!(client.download(&server.url("/long"), 5_000).unwrap().len(), 5_000);
    let begun = Instant::now();
    for path in ["/drip", "/silent"] {
        assert!(refused(path, 1_000_000_000).contains("did not answer in time"), "{path}");
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    for address in [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/etc/passwd",
        "http://user:word@example.org/",
    ] {
        assert!(client.download(address, 10).is_err(), "{address}");
    }
    let public = Client::new(Settings { reach: AllowedHosts::Public, ..settings });
    assert!(format!("{:#}", public.download(&server.url("/long"), 5_000).unwrap_err()).contains("private address"));
}
