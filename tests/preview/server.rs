//! The preview: pages below the base path, who is answered, and the last good site when something is wrong.

use std::io::Read;
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::preview::{Preview, WAIT};
use crate::support::{TODAY, TestSite};

const PAGE: &str = "/repo/reviews/2024-03-04-edge-cpu.html";

#[test]
fn pages_are_served_below_the_base_path() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    let home = preview.get("/repo/");
    assert_eq!(home.status, 200);
    assert!(home.head.contains("content-type: text/html"), "{}", home.head);
    assert!(home.body().contains("/repo/__casebook/preview.js"));
    assert_eq!(preview.get(PAGE).status, 200);
    let away = preview.get("/");
    assert!(away.status == 307 && away.head.contains("location: /repo/"), "{}", away.head);
    let missing = preview.get("/repo/deep/down/nothing.html");
    assert_eq!(missing.status, 404);
    assert!(missing.body().contains("href=\"/repo/"), "its links have to work at any depth");
    let without_ending = preview.get("/repo/reviews/2024-03-04-edge-cpu");
    assert!(
        without_ending.head.contains("location: /repo/reviews/2024-03-04-edge-cpu.html"),
        "{}",
        without_ending.head
    );
    assert!(preview.get("/repo/feed.xml").head.contains("content-type: application/xml"));
    assert!(preview.get("/repo/__casebook/preview.js").body().contains("EventSource"));
    assert!(preview.get("/repo/__casebook/preview.css").head.contains("text/css"));
    let head = preview.ask("HEAD", PAGE, &[]);
    assert!(head.status == 200 && head.bytes.is_empty());
    assert!(!space.path("public").exists(), "a preview writes nothing");
}

#[test]
fn nothing_outside_the_site_is_served() {
    let space = TestSite::site();
    space.write("secret.txt", "geheim");
    let preview = Preview::start(&space, &[]);
    for path in [
        "/repo/../secret.txt",
        "/repo/%2e%2e/secret.txt",
        "/repo/secret.txt",
        "/repo/..%2fsecret.txt",
        "/repo/casebook.toml",
        "/repo/content/factors.toml",
        "/repo//etc/passwd",
        "/repo/%00",
        "/repo/%ff",
        "/repo/__casebook/",
    ] {
        let answer = preview.get(path);
        assert!(answer.status != 200 && !answer.body().contains("geheim"), "{path}: {}", answer.status);
    }
}

#[test]
fn strangers_are_refused() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &["--allow-host", "preview.example"]);
    let check = |method: &str, path: &str, headers: &[(&str, &str)], expected: u16| {
        assert_eq!(preview.ask(method, path, headers).status, expected, "{method} {path} {headers:?}");
    };
    check("GET", "/repo/", &[("Host", "evil.example:4000")], 403);
    check("GET", "/repo/", &[("Host", "127.0.0.1.evil.example")], 403);
    check("GET", "/repo/", &[("Host", "localhost")], 200);
    check("GET", "/repo/", &[("Host", "preview.example:8080")], 200);
    for own in ["/repo/__casebook/events", "/repo/__casebook/status?page=/repo/", PAGE] {
        check("GET", own, &[("Origin", "https://evil.example")], 403);
        check("GET", own, &[("Origin", "null")], 403);
        check("POST", own, &[], 405);
    }
    check("GET", "/repo/__casebook/status?page=/repo/", &[("Sec-Fetch-Site", "cross-site")], 403);
    let answer = preview.ask("OPTIONS", PAGE, &[("Origin", "http://localhost")]);
    assert!(answer.status == 405 && !answer.head.contains("access-control"), "{}", answer.head);
}

#[test]
fn every_kind_of_change_is_seen() {
    for more in [&[][..], &["--poll"][..]] {
        let space = TestSite::site();
        let preview = Preview::start(&space, more);
        let text = |path: &str| preview.get(path).body();
        space.edit("A filter rule took", "One filter rule took");
        preview.until("a change", |_| text(PAGE).contains("One filter rule took"));
        let review = space.read(casebook::rules::SAMPLE_PATH);
        space.write("content/reviews/2024-05-05-second.md", review.replace("13:40", "13:41"));
        preview.until("a new file", |it| it.get("/repo/reviews/2024-05-05-second.html").status == 200);
        let place = |id: &str| space.path(&format!("content/reviews/{id}.md"));
        std::fs::rename(place("2024-05-05-second"), place("2024-05-06-third")).unwrap();
        preview.until("a renamed file", |it| {
            it.get("/repo/reviews/2024-05-06-third.html").status == 200
                && it.get("/repo/reviews/2024-05-05-second.html").status == 404
        });
        std::fs::remove_file(place("2024-05-06-third")).unwrap();
        preview.until("a deleted file", |it| it.get("/repo/reviews/2024-05-06-third.html").status == 404);
        space.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nHello.\n");
        preview.until("a new folder", |it| it.get("/repo/about.html").status == 200);
        space.write("casebook.toml", "title = \"Changed\"\nbase_url = \"https://example.org/repo/\"\n");
        preview.until("changed settings", |_| text("/repo/").contains("Changed"));
        space.write("themes/default/templates/page.html", "My page");
        preview.until("a new theme", |_| text("/repo/about.html").contains("My page"));
        space.write("static/deep/down.txt", "down");
        preview.until("a new folder for files", |_| text("/repo/deep/down.txt") == "down");
        std::fs::rename(space.path("static"), space.path("elsewhere")).unwrap();
        preview.until("a folder that is gone", |it| it.get("/repo/deep/down.txt").status == 404);
        std::fs::rename(space.path("elsewhere"), space.path("static")).unwrap();
        preview.until("a folder that is back", |_| text("/repo/deep/down.txt") == "down");
        space.write("static/deep/down.txt", "more");
        preview.until("a file in it", |_| text("/repo/deep/down.txt") == "more");
        space.write("casebook.toml", "title = \"Changed\"\nbase_url = \"https://example.org/other/\"\n");
        preview.until("another base path", |it| it.get("/other/about.html").status == 200);
    }
}

/// As deployments do it: `current` leads to a release, and later to the next one.
#[test]
#[cfg(unix)]
fn a_site_folder_may_be_a_link_that_is_made_to_lead_elsewhere() {
    use std::os::unix::fs::symlink;
    for more in [&[][..], &["--poll"][..]] {
        let space = TestSite::empty();
        for (release, title) in [("1", "First"), ("2", "Second")] {
            let settings = format!("title = \"{title}\"\nbase_url = \"https://example.org/repo/\"\n");
            space.write(&format!("releases/{release}/site/casebook.toml"), settings);
        }
        symlink("releases/1", space.path("current")).unwrap();
        let arguments = [&["--site", "current/site", "serve", "--port", "0"], more].concat();
        let preview = Preview::start_with(&space, &arguments);
        let home = || preview.get("/repo/").body();
        preview.until("the first release", |_| home().contains("First"));
        symlink("releases/2", space.path("next")).unwrap();
        std::fs::rename(space.path("next"), space.path("current")).unwrap();
        preview.until("the next release", |_| home().contains("Second"));
        space.write("releases/2/site/casebook.toml", "title = \"Third\"\nbase_url = \"https://example.org/repo/\"\n");
        preview.until("a change in it", |_| home().contains("Third"));
        std::fs::remove_file(space.path("current")).unwrap();
        symlink("releases/1", space.path("current")).unwrap();
        preview.until("the way back", |_| home().contains("First"));
    }
}

#[test]
fn reviews_are_watched_where_they_lie() {
    for more in [&[][..], &["--poll"][..]] {
        let space = TestSite::site();
        let review = space.read(casebook::rules::SAMPLE_PATH);
        let preview = Preview::start(&space, more);
        let status = |id: &str| preview.get(&format!("/repo/reviews/{id}.html")).status;
        let settings = space.read("casebook.toml");
        space.write("casebook.toml", format!("{settings}[[reviews]]\nfiles = [\"docs/pm/**/*.md\"]\n"));
        preview.until("reviews that lie elsewhere", |it| it.get(PAGE).status == 404);
        space.write("docs/pm/first.md", &review);
        preview.until("a folder that is new", |_| status("first") == 200);
        space.write("docs/pm/deep/second.md", review.replace("13:40", "13:41"));
        preview.until("a folder below it", |_| status("second") == 200);
        space.write(
            "docs/pm/deep/second.md",
            review.replace("13:40", "13:41").replace("A filter rule", "One filter rule"),
        );
        let text = || preview.get("/repo/reviews/second.html").body();
        preview.until("a change", |_| text().contains("One filter rule"));
        std::fs::remove_file(space.path("docs/pm/first.md")).unwrap();
        preview.until("a deleted file", |_| status("first") == 404);
    }
}

#[test]
fn each_state_is_announced_by_its_name() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &["--follow"]);
    let builds = preview.builds("/repo/");
    let (first, _) = builds.recv_timeout(WAIT).expect("the present state has no name");
    assert!(preview.get(PAGE).body().contains(&format!("data-build=\"{first}\"")));
    assert_eq!(preview.status("/repo/", PAGE)["build"], first.as_str());
    space.edit("A filter rule took", "One filter rule took");
    let (second, changed) = builds.recv_timeout(WAIT).expect("no event came");
    assert_ne!(first, second);
    assert_eq!(changed, PAGE, "the page that changed is named");
    // What is saved as it was is no change. Put in place by its name, since a file that is written anew is empty for a moment.
    space.write("saved.tmp", space.read(casebook::rules::SAMPLE_PATH));
    std::fs::rename(space.path("saved.tmp"), space.path(casebook::rules::SAMPLE_PATH)).unwrap();
    assert!(builds.recv_timeout(Duration::from_millis(700)).is_err(), "nothing changed");
    let again = Preview::start(&space, &[]);
    assert_ne!(again.status("/repo/", PAGE)["build"], second.as_str(), "another run has other names");
}

#[test]
fn a_page_is_told_from_its_former_self() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    let prints = |page: &str| {
        let status = preview.status("/repo/", page);
        (status["page"].clone(), status["styles"].clone())
    };
    let (home, review) = (prints("/repo/lucky.html"), prints(PAGE));
    let body = preview.get(PAGE).body();
    assert!(body.contains(&format!("data-page={} data-styles={}", review.0, review.1)), "{review:?}");
    space.edit("until the rule was removed.", "until somebody removed the rule.");
    preview.until("the change", |_| prints(PAGE).0 != review.0);
    assert_eq!(prints("/repo/lucky.html"), home, "other pages stay as they are");
    let review = prints(PAGE);
    space.write("themes/default/assets/style.css", "body { color: teal }");
    preview.until("the style", |_| prints(PAGE).1 != review.1);
    assert_eq!(prints(PAGE).0, review.0, "only the look is new");
}

#[test]
fn the_last_good_site_stays_until_the_error_is_mended() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    preview.said_until("to publish");
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    let errors = |preview: &Preview| preview.status("/repo/", PAGE)["errors"].clone();
    preview.until("the error", |it| errors(it) != serde_json::json!([]));
    let error = &errors(&preview)[0];
    let line = 1 + space.read(casebook::rules::SAMPLE_PATH).lines().position(|line| line.contains("P9")).unwrap();
    assert_eq!((&error["rule"], &error["level"]), (&"D006".into(), &"error".into()), "{error}");
    assert_eq!((&error["line"], &error["column"]), (&line.into(), &12.into()), "{error}");
    assert_eq!(
        error["excerpt"],
        format!("{line} | severity = \"P9\"\n{} |            ^^^^", " ".repeat(line.to_string().len()))
    );
    let editor = error["editor"].as_str().unwrap();
    assert!(
        editor.starts_with("vscode://file/") && editor.ends_with(&format!("2024-03-04-edge-cpu.md:{line}:12")),
        "{editor}"
    );
    assert_eq!(preview.get(PAGE).status, 200, "the last good page stays");
    let asked = |it: &Preview| it.ask("GET", PAGE, &[("Accept", "application/json")]);
    assert_eq!((asked(&preview).status, &asked(&preview).json()["summary"]["error"]), (500, &1.into()));
    preview.said_until("P9");
    preview.said_until("1 ready once the errors are fixed");
    space.edit("until the rule was removed.", "until somebody removed the rule.");
    let said = preview.said_until("1 ready once the errors are fixed");
    assert!(said.contains("1 error") && !said.contains("P9"), "it was said before: {said}");
    space.edit("severity = \"P9\"", "severity = \"P2\"");
    preview.until("that it is mended", |it| errors(it) == serde_json::json!([]));
    assert_eq!(asked(&preview).status, 200);
    assert!(preview.get(PAGE).body().contains("until somebody removed the rule."));
    preview.said_until("fixed");
}

#[test]
fn a_mistake_in_a_template_is_shown_over_the_last_good_page() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    assert_eq!(preview.get("/repo/").status, 200);
    let errors = |it: &Preview| it.status("/repo/", "/repo/")["errors"].clone();
    for (template, what, mended) in [
        ("{% if %}", "a mistake in the syntax", "<h1>Mended</h1>"),
        ("a\n{{ page.nothing.there }}", "a mistake on the way", "<h1>Mended once more</h1>"),
    ] {
        space.write("themes/default/templates/home.html", template);
        preview.until(what, |it| errors(it)[0]["rule"] == "D010");
        assert_eq!(errors(&preview)[0]["file"], "themes/default/templates/home.html");
        assert!(preview.get("/repo/").body().contains("<h1"), "{what}: the last good page stays");
        space.write("themes/default/templates/home.html", mended);
        preview.until("the mended page", |it| it.get("/repo/").body().contains(mended));
        assert_eq!(errors(&preview), serde_json::json!([]));
    }
}

#[test]
fn a_mistake_that_only_pages_show_is_told_without_a_look_at_them() {
    let space = TestSite::site();
    space.write("themes/default/templates/review.html", "a\n{{ review.nothing.there }}");
    let preview = Preview::start(&space, &[]);
    preview.said_until("error[D010");
    preview.said_until("1 error");
    let findings = preview.ask("GET", "/repo/", &[("Accept", "application/json")]);
    assert_eq!((findings.status, &findings.json()["findings"][0]["rule"]), (500, &"D010".into()));
    assert_eq!(preview.get("/repo/").status, 200, "other pages are whole");
    // Its page tells it once, as the others do.
    for page in ["/repo/", PAGE] {
        let status = preview.status("/repo/", page);
        assert_eq!(
            (&status["counts"]["errors"], &status["errors"][1]),
            (&1.into(), &serde_json::Value::Null),
            "{page}"
        );
    }
    space.write("themes/default/templates/review.html", "<h1>Mended</h1>");
    preview.said_until("(1 fixed)");
}

#[test]
fn a_review_that_is_unfit_for_publication_is_shown_to_its_author() {
    let space = TestSite::site();
    space.edit("until the rule was removed.", "until jane.roe@acme-edge.org removed the rule.");
    space.run(&["build"]).expect(1, &["nothing was written"]);
    let preview = Preview::start(&space, &[]);
    preview.until("the page", |it| it.get(PAGE).status == 200);
    assert!(preview.get(PAGE).body().contains("removed the rule."));
    let status = preview.status("/repo/", PAGE);
    assert_eq!((&status["current"], &status["errors"][0]["rule"]), (&true.into(), &"P006".into()), "{status}");
    let unfit = "it has an error, and `casebook build` publishes nothing until it is fixed or withheld";
    assert_eq!(status["authoring"]["withheld"], unfit);
    assert_eq!(preview.status("/repo/", "/repo/")["authoring"]["withheld"].as_str().unwrap_or_default(), "");
    space.edit("removed the rule.", "removed that rule.");
    preview.until("later edits", |it| it.get(PAGE).body().contains("removed that rule."));
    // What cannot be read is not shown, and the last version stays.
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    preview.until("the other error", |it| it.status("/repo/", PAGE)["current"] == false);
    assert_eq!(preview.get(PAGE).status, 200);
}

#[test]
fn a_site_that_was_never_good_shows_what_is_wrong() {
    let space = TestSite::site();
    space.edit("severity = \"P1\"", "severity = \"<b>\"");
    let preview = Preview::start(&space, &[]);
    assert_eq!(preview.get("/").status, 307);
    let page = preview.get("/repo/");
    assert_eq!(page.status, 500);
    assert!(page.body().contains("preview.js") && !page.body().contains("<b>"), "{}", page.body());
    assert!(preview.status("/repo/", "/repo/")["errors"][0]["message"].as_str().unwrap().contains("<b>"));
    space.edit("severity = \"<b>\"", "severity = \"P1\"");
    preview.until("the site", |it| it.get("/repo/").status == 200);
    std::fs::rename(space.path("casebook.toml"), space.path("away")).unwrap();
    // Until that is known, the address leads to the old base path.
    let status = |it: &Preview| it.get("/__casebook/status?page=/");
    preview.until("the new base path", |it| status(it).status == 200);
    assert_ne!(status(&preview).json()["errors"], serde_json::json!([]));
}

#[test]
fn drafts_are_shown_on_request() {
    let space = TestSite::site();
    space.edit("status = \"final\"", "status = \"draft\"");
    space.edit("## Root cause\n", "## Root cause\n\n<!-- internal -->zebracanary<!-- /internal -->\n");
    let preview = Preview::start(&space, &[]);
    assert_eq!(preview.get(PAGE).status, 404);
    let page = Preview::start(&space, &["--drafts"]).get(PAGE);
    assert!(page.status == 200 && !page.body().contains("zebracanary"));
}

#[test]
fn a_port_that_is_taken_is_named_and_the_default_gives_way() {
    let space = TestSite::site();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    space.run(&["serve", "--port", &port]).expect(2, &[&port, "--port"]);
    // Somebody may have it already.
    let _default = TcpListener::bind("127.0.0.1:4000");
    let preview = Preview::start_with(&space, &["serve", "--now", TODAY]);
    let port: u16 = preview.address.rsplit(':').next().unwrap().parse().unwrap();
    assert!(port > 4000, "{port}");
}

#[test]
fn other_addresses_are_served_with_a_warning() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &["--host", "0.0.0.0"]);
    assert!(preview.address.starts_with("127.0.0.1:"), "{}", preview.address);
    assert!(preview.started.contains("warning: other machines can reach 0.0.0.0"), "{}", preview.started);
    assert_eq!(preview.ask("GET", "/repo/", &[("Host", "192.0.2.7:4000")]).status, 200);
    assert_eq!(preview.ask("GET", "/repo/", &[("Host", "evil.example")]).status, 403);
    if TcpListener::bind("[::1]:0").is_ok() {
        let preview = Preview::start(&space, &["--host", "::1"]);
        assert!(preview.address.starts_with("[::1]:"), "{}", preview.address);
        assert_eq!(preview.get("/repo/").status, 200);
    }
    space.run(&["serve", "--host", "example.org"]).expect(2, &["127.0.0.1"]);
}

#[test]
fn many_open_event_streams_do_not_hold_up_a_change_or_the_end() {
    let space = TestSite::site();
    let mut preview = Preview::start(&space, &[]);
    let streams: Vec<_> = (0..500).map(|_| preview.send("GET", "/repo/__casebook/events", &[])).collect();
    // Some ask for a page and never read the answer.
    let slow: Vec<_> = (0..20).map(|_| preview.send("GET", PAGE, &[])).collect();
    let begun = Instant::now();
    space.edit("A filter rule took", "One filter rule took");
    preview.until("the change", |it| it.get(PAGE).body().contains("One filter rule took"));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let mut heard = [0; 256];
    for mut stream in streams.iter().take(5) {
        assert!(stream.read(&mut heard).unwrap() > 0);
    }
    if cfg!(unix) {
        let begun = Instant::now();
        let interrupted = Command::new("kill").args(["-INT", &preview.child.id().to_string()]).status().unwrap();
        assert!(interrupted.success());
        let ended = preview.child.wait().unwrap();
        assert!(ended.success() && begun.elapsed() < Duration::from_secs(5), "{ended} {:?}", begun.elapsed());
    }
    drop((streams, slow));
    assert!(!space.path("public").exists());
}
