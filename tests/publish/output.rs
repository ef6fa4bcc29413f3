//! The built site: complete, linked, safe, and always the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Run, TODAY, TestSite};

/// The values of an attribute in a page.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let opening = format!(" {name}=\"");
    let values = html.split(&opening).skip(1).filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&amp;", "&").replace("&#x27;", "'").replace("&#39;", "'")).collect()
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        match (*first, after) {
            (b'%', [a, b, after @ ..]) => {
                let digits = [*a, *b];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = after;
            }
            (byte, after) => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Every link of every page leads to a file, and every anchor to an element, when the site stands below `base`.
fn check_links(files: &BTreeMap<String, Vec<u8>>, base: &str) -> usize {
    let pages: BTreeMap<&str, String> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name.as_str(), String::from_utf8(bytes.clone()).unwrap()))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|(name, html)| (*name, attributes(html, "id").into_iter().collect())).collect();
    let mut count = 0;
    for (name, html) in &pages {
        let links = ["href", "src"].into_iter().flat_map(|attribute| attributes(html, attribute));
        for link in links.filter(|link| !link.contains(':')) {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let mut parts: Vec<&str> = name.split('/').collect();
            parts.pop();
            let target = match file.strip_prefix(base) {
                _ if file.is_empty() => (*name).to_owned(),
                Some(rooted) if file.starts_with('/') => rooted.to_owned(),
                _ => {
                    assert!(!file.starts_with('/'), "{name}: {link} leaves {base}");
                    for part in file.split('/') {
                        match part {
                            ".." => assert!(parts.pop().is_some(), "{name}: {link} leaves the site"),
                            part => parts.push(part),
                        }
                    }
                    parts.join("/")
                }
            };
            let target = decode(if target.is_empty() { "index.html" } else { &target });
            assert!(files.contains_key(&target), "{name}: {link} leads to {target}, which is not there");
            if !anchor.is_empty() && target.ends_with(".html") {
                assert!(ids[target.as_str()].contains(&decode(anchor)), "{name}: {link} leads to no element");
            }
            count += 1;
        }
        let all = attributes(html, "id");
        assert_eq!(all.len(), ids[name].len(), "{name} has an id twice: {:?}", twice(&all));
    }
    count
}

fn twice(ids: &[String]) -> Vec<&String> {
    let mut seen = BTreeSet::new();
    ids.iter().filter(|id| !seen.insert(*id)).collect()
}

#[test]
fn every_link_resolves_at_the_root_and_below_it() {
    for space in [TestSite::bundled(), TestSite::demo()] {
        for base in ["/", "/repo/"] {
            let url = format!("https://example.org{base}");
            space.run(&["build", "--now", TODAY, "--base-url", &url]).expect(0, &[]);
            let count = check_links(&space.files("public"), base);
            assert!(count > 300, "only {count} links");
        }
    }
}

#[test]
fn the_bundled_content_has_no_error_and_shows_what_it_promises() {
    let space = TestSite::bundled();
    let run = space.check();
    assert!(run.code == 0 && !run.out.contains(": error["), "{}", run.out);
    space.build().expect(0, &[]);
    let files = space.files("public");
    let reviews = files.keys().filter(|name| name.starts_with("reviews/") && *name != "reviews/index.html").count();
    assert!(reviews >= 12, "{reviews} reviews");
    for page in [
        "index.html",
        "404.html",
        "actions.html",
        "about.html",
        "reviews/index.html",
        "factors/index.html",
        "services/index.html",
        "severities/index.html",
        "years/index.html",
        "organisations/index.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        ".nojekyll",
        "casebook-manifest.json",
        "site.webmanifest",
    ] {
        assert!(files.contains_key(page), "{page} is missing");
    }
    let factors = files.keys().filter(|name| name.starts_with("factors/")).count();
    assert!(factors > 25, "{factors} factors");
}

#[test]
fn what_is_withheld_reaches_no_output() {
    let space = TestSite::demo();
    let root_cause = ("## Root cause\n", "## Root cause\n\nzebracanary is a word of this section alone.\n");
    let places = [
        ("2026-06-24-report-queue", root_cause),
        ("2026-03-23-support-view", root_cause),
        ("2026-05-13-invoice-upload", root_cause),
        ("2026-01-14-wallet-deploy-token", ("The demo's internal notes.", "zebracanary")),
        ("2026-01-14-wallet-deploy-token", ("This passage is for the team.", "zebracanary")),
    ];
    for (id, (from, to)) in places {
        let file = format!("content/reviews/{id}.md");
        let text = space.read(&file);
        assert_eq!(text.matches(from).count(), 1, "{id} has no place for a marker");
        space.write(&file, text.replace(from, to));
    }
    space.build().expect(0, &[]);
    for (name, bytes) in space.files("public") {
        assert!(!contains(&bytes, b"zebracanary"), "{name} holds what is withheld");
        for id in ["2026-06-24-report-queue", "2026-03-23-support-view", "2026-05-13-invoice-upload"] {
            assert!(!name.contains(id) && !contains(&bytes, id.as_bytes()), "{name} names {id}, which is withheld");
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn an_embargo_ends_on_its_day() {
    let space = TestSite::site();
    space.run(&["build", "--now", "2024-03-14"]).expect(0, &["0 to publish, 1 withheld"]);
    assert!(!space.path("public/reviews/2024-03-04-edge-cpu.html").exists());
    space.run(&["build", "--now", "2024-03-15"]).expect(0, &["1 to publish, 0 withheld"]);
    assert!(space.path("public/reviews/2024-03-04-edge-cpu.html").exists());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (first, second) = (TestSite::demo(), TestSite::empty());
    first.build().expect(0, &[]);
    // The same files, written in another order, at another time, in another folder.
    for (name, bytes) in first.files("content").into_iter().rev() {
        second.write(&format!("content/{name}"), bytes);
    }
    second.write("casebook.toml", first.read("casebook.toml"));
    second.build().expect(0, &[]);
    assert_eq!(first.files("public"), second.files("public"));
    first.build().expect(0, &["0 files written", "0 removed"]);
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let (unix, windows) = (TestSite::site(), TestSite::site());
    windows.write(
        casebook::rules::SAMPLE_PATH,
        format!("\u{feff}{}", casebook::rules::SAMPLE_REVIEW.replace('\n', "\r\n")),
    );
    unix.build().expect(0, &[]);
    windows.build().expect(0, &[]);
    assert_eq!(unix.files("public"), windows.files("public"));
}

#[test]
fn files_that_casebook_did_not_write_are_left_alone() {
    let space = TestSite::site();
    space.write("public/holiday.txt", "mine");
    space.build().expect(2, &["public", "holiday.txt", "--output"]);
    assert_eq!(space.files("public").len(), 1);
    space.run(&["build", "--output", "site", "--now", TODAY]).expect(0, &[]);
    space.write("site/holiday.txt", "mine");
    space.run(&["build", "--output", "site", "--now", TODAY]).expect(0, &["0 files written"]);
    assert_eq!(space.read("site/holiday.txt"), "mine");
    // A review that is gone takes its page along, and nothing else.
    std::fs::remove_file(space.path(casebook::rules::SAMPLE_PATH)).unwrap();
    space.run(&["build", "--output", "site", "--now", TODAY]).expect(0, &["removed"]);
    assert!(!space.path("site/reviews/2024-03-04-edge-cpu.html").exists());
    assert_eq!(space.read("site/holiday.txt"), "mine");
    space.run(&["build", "--output", "content/x"]).expect(2, &["part of the site"]);
    space.run(&["build", "--output", "."]).expect(2, &["holds the site itself"]);
}

#[test]
fn an_interrupted_build_is_completed() {
    let space = TestSite::site();
    space.build().expect(0, &[]);
    let whole = space.files("public");
    // As if the program had been killed: a file is staged, one is not in place, one is half of what it was.
    space.write("public/.casebook-staging/0", "half");
    std::fs::remove_file(space.path("public/feed.xml")).unwrap();
    space.write("public/index.html", "half");
    space.build().expect(0, &["2 files written"]);
    assert_eq!(space.files("public"), whole);
}

/// A build of the same files says what the last one said, without making anything; whatever changed is seen.
#[test]
fn a_build_of_the_same_files_makes_nothing_and_sees_every_change() {
    let space = TestSite::site();
    space.edit("## Root cause\n", "## Root cause\n\nThe engineer should have known better.\n");
    let first = space.build();
    let made = space.files("public");
    let stages = |run: &Run| run.err.contains("render and stage");
    let again = |arguments: &[&str]| {
        let run = space.run(&[&["build", "--now", TODAY, "--timings"], arguments].concat());
        run.expect(0, &[]);
        (stages(&run), run)
    };
    let (was_made, same) = again(&[]);
    assert!(!was_made && same.err.contains(&format!("0 files written, {} unchanged, 0 removed", made.len() - 1)));
    // What it found is told again.
    let told = |run: &Run| run.err.lines().filter(|line| line.contains("hindsight")).count();
    assert!(told(&same) == told(&first) && told(&first) > 0, "{}", first.err);
    let page = "public/index.html";
    let changes: [(&str, &dyn Fn()); 5] = [
        ("an output was changed", &|| space.write(page, "mine")),
        ("an output is gone", &|| std::fs::remove_file(space.path(page)).unwrap()),
        ("a text changed", &|| space.edit("title = \"", "title = \"On ")),
        ("a file was added", &|| space.write("static/robots.txt", "User-agent: *\n")),
        ("what was kept is broken", &|| space.write(".casebook/last-build.json", "{")),
    ];
    for (what, change) in changes {
        change();
        assert!(again(&[]).0, "{what}");
        assert!(space.read(page).contains("<title>"), "{what}");
        assert!(!again(&[]).0, "after {what}");
    }
    assert!(again(&["--base-url", "https://elsewhere.example"]).0);
    assert!(again(&["--output", "other"]).0 && !again(&["--output", "other"]).0);
}

#[test]
fn errors_leave_the_last_site_in_place() {
    let space = TestSite::site();
    space.build().expect(0, &[]);
    let before = space.files("public");
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    space.build().expect(1, &["nothing was written", "P9"]);
    assert_eq!(space.files("public"), before);
}

#[test]
fn aliases_lead_to_the_review() {
    let space = TestSite::site();
    space.edit("services = [\"edge proxy\"]", "aliases = [\"INC-1042\"]");
    space.build().expect(0, &[]);
    assert!(space.read("public/reviews/INC-1042.html").contains("url=2024-03-04-edge-cpu.html"));
}

/// Nothing is silently published in place of something else.
/// What the build says about a new name is enough to keep every address.
#[test]
fn a_build_names_the_addresses_that_are_gone_and_how_to_keep_them() {
    let space = TestSite::site();
    space.edit("services =", "aliases = [\"INC-1042\"]\nservices =");
    space.write("content/pages/about.md", "---\ntitle: About\n---\n\nUs.\n");
    space.write("static/report.pdf", "%PDF-1.4");
    let config = space.read("casebook.toml");
    space.write("casebook.toml", config + "allowed_files = [\"pdf\"]\n");
    let first = space.build();
    first.expect(0, &[]);
    assert!(!first.err.contains("lead nowhere"), "{}", first.err);
    let move_to = |from: &str, to: &str| {
        space.write(to, space.read(from));
        std::fs::remove_file(space.path(from)).unwrap();
    };
    let (review, page) = ("content/reviews/2024-03-04-filter-rule.md", "content/pages/about-us.md");
    move_to(casebook::rules::SAMPLE_PATH, review);
    move_to("content/pages/about.md", page);
    std::fs::remove_file(space.path("static/report.pdf")).unwrap();
    for file in [review, "content/factors.toml"] {
        space.write(file, space.read(file).replace("\"no-staged-rollout\"", "\"no-gradual-rollout\""));
    }
    let base = "https://example.org/repo";
    let gone = ["about.html", "factors/no-staged-rollout.html", "report.pdf", "reviews/2024-03-04-edge-cpu.html"];
    let [about, factor, pdf, edge] = gone.map(|path| format!("  {base}/{path}\n"));
    let told = format!("these addresses lead nowhere now:\n{about}{factor}{pdf}{edge}");
    let run = space.build();
    run.expect(0, &[&told, "  aliases = [\"INC-1042\", \"2024-03-04-edge-cpu\"]\n", "  aliases: [\"about\"]\n"]);
    run.expect(0, &["content/factors.toml, in the factor `no-gradual-rollout`:\n  aliases = ["]);
    let line_below = |place: &str| {
        let (_, below) = run.err.split_once(&format!("in {place}:\n  ")).unwrap_or_else(|| panic!("{}", run.err));
        below.lines().next().unwrap().to_owned()
    };
    space.write(review, space.read(review).replace("aliases = [\"INC-1042\"]", &line_below(review)));
    space.write(page, space.read(page).replace("title: About", &format!("title: About\n{}", line_below(page))));
    let line = line_below("the factor `no-gradual-rollout`");
    let factors = space.read("content/factors.toml").replace("aliases = [\"big-bang-release\"]", &line);
    space.write("content/factors.toml", factors);
    space.build().expect(0, &[]);
    for path in gone.into_iter().filter(|path| *path != "report.pdf") {
        assert!(space.read(&format!("public/{path}")).contains("http-equiv=\"refresh\""), "{path}");
    }
    assert!(space.files("public").contains_key("factors/no-staged-rollout.xml"));
}

#[test]
fn an_alias_of_a_page_takes_no_address() {
    let space = TestSite::site();
    space.write(
        "content/pages/about.md",
        "+++\ntitle = \"About\"\naliases = [\"help/us\", \"a b?\", \"metrics\", \"/old/\"]\n+++\n",
    );
    space.write("content/pages/help/us.md", "+++\ntitle = \"Us\"\n+++\n");
    let run = space.check();
    run.expect(1, &["`a b?` cannot be an alias", "`metrics` cannot be an alias", "D008"]);
    assert!(!run.out.contains("/old/"), "{}", run.out);
    space.write("content/pages/about.md", "+++\ntitle = \"About\"\naliases = [\"help/us\"]\n+++\n");
    space.check().expect(1, &["the alias `help/us` would be `help/us.html`, where `content/pages/help/us.md` stands"]);
}

/// What was pasted from a terminal: neither its commands nor what is left of them, in any kind of file.
#[test]
fn colours_of_a_terminal_reach_no_output() {
    let space = TestSite::site();
    space.edit("title = \"A filter rule", "title = \"\\u001b[31mA filter\\u001b[0m rule");
    space.edit("change = \"Abort", "change = \"\\u009b31mAbort\\u0007");
    space.edit("Rules ran without", "\u{1b}[1;31mRules\u{1b}[0m ran `\u{1b}[31mfast\u{1b}[m` \u{9b}31mwithout");
    space.write(
        "casebook.toml",
        space.read("casebook.toml")
            + "[exports]\nper_review = [\"markdown\", \"json\"]\n[feeds]\nevents = [\"new\", \"action-closed\"]\n",
    );
    space.check().expect(0, &["D015", "U+001B (escape)"]);
    space.build().expect(0, &[]);
    let files = space.files("public");
    let texts = files.iter().filter(|(name, _)| !name.ends_with(".png") && !name.starts_with("assets/"));
    for (name, bytes) in texts {
        let text = String::from_utf8_lossy(bytes);
        let controls = ["\u{1b}", "\u{9b}", "\u{7}", "\\u001b", "\\u0007", "\\u009b"];
        let remains = ["31m", "[0m", "fast[m"].into_iter();
        for part in controls.into_iter().chain(remains) {
            assert!(!text.contains(part), "{name} has {part:?}");
        }
    }
    let data = &space.read("public/data/casebook.json");
    assert!(data.contains("\"A filter rule took") && data.contains("\"Abort the evaluation"), "{data}");
}

#[test]
fn two_sources_of_one_address_are_found() {
    let cases: [(&str, &str, &str); 4] = [
        ("static/index.html", "mine", "`index.html`"),
        ("static/reviews/2024-03-04-edge-cpu.html", "mine", "2024-03-04-edge-cpu.md`"),
        ("static/about.html", "mine", "content/pages/about.md`"),
        ("static/factors/no-staged-rollout.xml", "mine", "`factors/no-staged-rollout.xml`"),
    ];
    for (name, text, expected) in cases {
        let space = TestSite::site();
        space.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n");
        space.build().expect(0, &[]);
        space.write(name, text);
        space.check().expect(1, &["duplicate-id", name, expected]);
        space.build().expect(1, &["nothing was written"]);
    }
}

/// A site's own `robots.txt` is wanted; whatever else stands in `static` has its own address.
#[test]
fn a_site_may_have_its_own_robots() {
    let space = TestSite::site();
    space.write("static/robots.txt", "mine");
    space.build().expect(0, &[]);
    assert_eq!(space.read("public/robots.txt"), "mine");
}

/// The plain theme rests on the templates of the default one: whatever those come to need, it needs no script.
#[test]
fn the_plain_theme_has_no_script() {
    let space = TestSite::demo();
    let settings = space.read("casebook.toml");
    space.write("casebook.toml", format!("theme = \"plain\"\n{settings}"));
    space.build().expect(0, &[]);
    let files = space.files("public");
    assert!(files.keys().all(|name| !name.ends_with(".js")), "{:?}", files.keys().find(|name| name.ends_with(".js")));
    let style = files.iter().find(|(name, _)| name.starts_with("assets/style-")).unwrap().1;
    assert!(style.len() < 5 * 1024, "{} bytes of CSS", style.len());
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        assert!(!html.contains("<script src") && !html.contains("script-src"), "{name} has a script");
        assert!(html.contains("<main") && html.contains("<h1"), "{name} has no content");
    }
}

#[test]
fn a_site_of_drafts_says_that_nothing_is_published_yet() {
    let space = TestSite::site();
    for (status, said) in [("final", false), ("draft", true)] {
        space.edit("status = \"final\"", &format!("status = \"{status}\""));
        space.build().expect(0, &[]);
        for (page, feed) in [("index", "feed.xml"), ("reviews/index", "../feed.xml")] {
            let html = space.read(&format!("public/{page}.html"));
            let sentence = format!("Nothing is published here yet. Follow by <a href=\"{feed}\">RSS</a>");
            assert_eq!(html.contains(&sentence), said, "{page} of a review that is {status}: {html}");
        }
    }
}

#[test]
fn names_that_look_alike_have_one_page() {
    let space = TestSite::empty();
    let places = "[[reviews]]\nfiles = [\"content/reviews/*.md\"]\nadopted_before = 2099-01-01\n";
    space.write("casebook.toml", format!("title = \"Lessons\"\nbase_url = \"https://example.org/\"\n{places}"));
    // As one letter, as two, and with a soft hyphen.
    for (number, name) in ["Café Nörd", "Cafe\u{301} No\u{308}rd", "Ca\u{ad}fé Nörd"].iter().enumerate() {
        let front = format!(
            "title = \"Review {number}\"\nseverity = \"P2\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\nimpact = \"Late.\"\n\
             services = [\"{name}\"]\norganisation = \"{name} GmbH\"\n\n\
             [[actions]]\nid = \"a\"\nchange = \"Restore a copy each week\"\nowner = \"{name} team\"\nstatus = \"open\"\n"
        );
        let path = format!("content/reviews/2026-03-0{}-r.md", number + 1);
        space.write(&path, format!("+++\n{front}+++\n\n## Summary\n\nLate.\n"));
    }
    space.build().expect(0, &[]);
    let files = space.files("public");
    let pages = |folder: &str, part: &str| -> Vec<&str> {
        let below = files.keys().filter_map(|name| name.strip_prefix(folder));
        below.filter(|name| name.contains(part) && name.ends_with(".html")).collect()
    };
    assert_eq!(pages("services/", "rd"), ["café-nörd.html"]);
    assert_eq!(pages("organisations/", "rd"), ["café-nörd-gmbh.html"]);
    assert_eq!(pages("actions/", "owner"), ["owner-café-nörd-team.html"]);
    let page = space.read("public/services/café-nörd.html");
    assert!((0..3).all(|number| page.contains(&format!("Review {number}"))), "{page}");
}
