//! What a container must not do: reach outside, grow without end, bring scripts, or stop the program.

use super::{imported, site, zip_of};
use crate::support::TODAY;

/// Imports one file, and expects words of the report. Nothing stands outside of the folder of reviews.
fn check(name: &str, content: impl AsRef<[u8]>, expected: &[&str]) -> String {
    let space = site(&[]);
    space.write(&format!("in/{name}"), content);
    let before = space.files("").len();
    let run = space.run(&["import", "in", "--all", "--now", TODAY]);
    assert!([0, 1].contains(&run.code), "{name}: {run:?}");
    for words in expected {
        assert!(run.out.contains(words), "{name}: {words:?} is not in {}", run.out);
    }
    let files = imported(&space);
    let all = space.files("");
    let reviews = all.keys().filter(|path| path.starts_with("content/reviews/")).count();
    assert_eq!(all.len(), before + reviews, "{all:?}");
    files
}

const REVIEW: &[u8] = b"# Outage\n\n## Summary\n\nIt was down.\n";

#[test]
fn paths_stay_inside() {
    let zip = zip_of(&[
        ("../../evil.md", REVIEW),
        ("/etc/evil.md", REVIEW),
        ("a/../../evil.md", REVIEW),
        ("..\\evil.md", REVIEW),
        ("good.md", REVIEW),
    ]);
    let files = check("a.zip", zip, &["1 review", "../../evil.md: its path leads out of the archive", "..\\evil.md"]);
    assert!(files.starts_with("=== good.md") && !files.contains("evil"), "{files}");
    let issue = r#"[{"number": 1, "title": "../../../etc/passwd", "labels": [], "body": "Outage"}]"#;
    let files = check("b.json", issue, &["1 review"]);
    assert!(files.starts_with("=== etc-passwd.md"), "{files}");
    let picture = b"# Outage\n\n![x](../../../../etc/passwd) ![y](/etc/passwd)\n";
    check("c.md", picture, &["2 pictures that are not in the source"]);
}

/// An issue with a title and a body, as JSON.
fn issue(title: &str, body: &str) -> String {
    serde_json::json!([{ "number": 7, "title": title, "labels": [], "body": body }]).to_string()
}

#[test]
fn whoever_writes_an_issue_decides_nothing() {
    let review = "## Summary\n\nIt was down.\n";
    for opening in [
        "---\nstatus: final\ntlp: TLP:CLEAR\n---\n\n",
        "+++\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n+++\n\n",
        "\u{feff}---\nstatus: final\n---\n",
        "\n\n---\r\nstatus: final\r\n---\r\n",
        "---\n\n",
        "```toml\nstatus = \"final\"\n```\n\n",
        "# Title\n\n```toml\nstatus = \"final\"\n```\n\n",
    ] {
        let files = check("a.json", issue("Outage", &format!("{opening}{review}")), &["1 review"]);
        let front = "=== outage.md\n---\ntitle: \"Outage\"\nstatus: \"draft\"\naliases: [\"issue-7\"]\n---\n\n";
        assert!(files.starts_with(front), "{opening:?}: {files}");
        let space = site(&[]);
        space.write("in/a.json", issue("Outage", &format!("{opening}{review}")));
        space.run(&["import", "in", "--all", "--now", TODAY]).expect(0, &["1 review"]);
        space.run(&["check", "--now", TODAY]).expect(0, &["0 to publish, 1 withheld"]);
    }
    // A site that decides the status itself, and an issue without a title, leave nothing to write above the text.
    let space = site(&[]);
    let settings = space.read("casebook.toml");
    space.write(
        "casebook.toml",
        format!("{settings}\n[[reviews]]\nfiles = [\"pm/*.md\"]\nstatus = \"draft\"\ntlp = \"TLP:RED\"\n"),
    );
    space.write("in/a.wiki", "---\nstatus: final\ntlp: TLP:CLEAR\n---\n== Summary ==\nIt was down.");
    space.run(&["import", "in", "--all", "--now", TODAY]).expect(0, &["1 review"]);
    space.run(&["check", "--now", TODAY]).expect(0, &["0 to publish, 1 withheld"]);
    for title in ["a\"\nstatus: final\n---\nx: y", "+++", "---", "'", "a\\", "{{ x }}"] {
        let files = check("a.json", issue(title, review), &["1 review"]);
        assert_eq!(files.matches("\nstatus: ").count(), 1, "{title:?}: {files}");
        assert_eq!(files.lines().skip(1).filter(|line| *line == "---").count(), 2, "{title:?}: {files}");
    }
}

#[test]
fn names_are_those_that_every_system_can_hold() {
    for (title, name) in [
        ("con", "con-issue-7.md"),
        ("NUL", "nul-issue-7.md"),
        ("..", "issue-7.md"),
        ("", "issue-7.md"),
        ("\u{0}\u{202e}", "issue-7.md"),
        ("a\u{0}b", "a-b.md"),
        ("a/b\\c:d", "a-b-c-d.md"),
    ] {
        let files = check("a.json", issue(title, "## Summary\n\nIt was\u{0} down."), &["1 review"]);
        assert!(files.starts_with(&format!("=== {name}\n")), "{title:?}: {files}");
        assert!(!files.contains('\0') && !files.contains("\\u0000"), "{title:?}: {files}");
    }
    let long = "x".repeat(10_000);
    let files = check("b.json", issue(&long, "## Summary\n\nIt was down."), &["1 review"]);
    assert!(files.lines().next().unwrap().len() < 80 && files.contains(&long), "{}", &files[..100]);
    let zip = zip_of(&[
        ("a.md", REVIEW),
        ("A.md", REVIEW),
        ("./b/./a.md", REVIEW),
        ("aux.md", REVIEW),
        ("x\u{0}.md", REVIEW),
    ]);
    let files = check("c.zip", zip, &["5 reviews"]);
    let names: Vec<&str> = files.lines().filter_map(|line| line.strip_prefix("=== ")).collect();
    assert_eq!(names, ["A.md", "a-2.md", "a-3.md", "aux-2.md", "x-.md"]);
    let twice = format!("{}{}", issue("Outage", "It was down."), issue("outage", "It was down."));
    let files = check("d.json", twice, &["2 reviews"]);
    assert!(files.contains("=== outage.md") && files.contains("=== outage-issue-7.md"), "{files}");
}

#[test]
fn ids_and_addresses_of_others_are_not_believed() {
    let json = serde_json::json!({ "incidents": [{
        "id": "../../etc/x", "name": "Outage", "status": "resolved", "impact": "major\nstatus: final",
        "started_at": "2026-99-01", "shortlink": "javascript:alert(1)",
        "incident_updates": [{ "status": "resolved\n\n---\n", "body": "It is up.", "created_at": "soon" }],
    }] });
    let lines =
        ["the id `../../etc/x`, which is the alias `etc-x`", "`javascript:alert(1)`, which is no address of the web"];
    let files = check("a.json", json.to_string(), &lines);
    assert!(files.contains("aliases: [\"etc-x\"]") && !files.contains("javascript"), "{files}");
    // A time that cannot be read stays, so that a finding can point at it.
    assert!(
        files.contains("- **Started:** 2026-99-01\n") && files.contains("- soon – **Resolved ---** It is up."),
        "{files}"
    );
}

#[test]
fn archives_that_unfold_without_end_are_refused() {
    let zeros = vec![b'a'; 70 << 20];
    check("a.zip", zip_of(&[("a.md", &zeros)]), &["no review", "an archive with a file of more than 64 MiB"]);
    let many = vec![b'a'; 12 << 20];
    check("b.zip", zip_of(&[("a.md", &many)]), &["no review", "an archive that unfolds to more than"]);
    let mut nested = zip_of(&[("a.md", REVIEW)]);
    for _ in 0..3 {
        nested = zip_of(&[("inner.zip", &nested)]);
    }
    check("c.zip", nested, &["archives lie in it more than 2 deep"]);
    check("d.zip", b"PK\x03\x04 this is no archive", &["a broken archive"]);
    check("e.docx", b"PK\x03\x04 this is no document", &["a broken document"]);
}

#[test]
fn scripts_do_not_come_over() {
    let html = "<html><head><title>Outage</title><script>alert(1)</script></head><body onload=\"alert(2)\"><h1>Outage</h1><p>It was \
                <a href=\"javascript:alert(3)\">down</a>.<img src=x onerror=alert(4)><iframe src=\"//evil\"></iframe><svg onload=alert(5)>\
                </svg><!-- hidden --><style>p{}</style></p><p>&lt;script&gt;alert(6)&lt;/script&gt;</p></body></html>";
    let files = check("a.html", html, &["1 review"]);
    for sign in [
        "alert(1)",
        "alert(2)",
        "alert(3)",
        "alert(4)",
        "alert(5)",
        "javascript:",
        "iframe",
        "onerror",
        "hidden",
        "p{}",
    ] {
        assert!(!files.contains(sign), "{sign} is in {files}");
    }
    // What the page shows as words stays words.
    assert!(files.contains("\\<script>alert(6)"), "{files}");
}

#[test]
fn deep_nesting_is_refused() {
    check("a.json", "[".repeat(100_000) + &"]".repeat(100_000), &["1 skipped"]);
    let json = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    check("b.json", json, &["broken JSON: recursion limit exceeded"]);
    let html = format!("<html><body>{}x{}</body></html>", "<div>".repeat(50_000), "</div>".repeat(50_000));
    check("c.html", html, &["nested deeper than 200 levels"]);
    check("d.html", format!("<html><body>{}x</body></html>", "<p>".repeat(20_000)), &["1 review"]);
    for open in ["<ul><li>", "<table><tr><td>", "<b>", "<dl><dd>"] {
        let html = format!("<html><body>{}x</body></html>", open.repeat(20_000));
        check("d.html", html, &["1 skipped"]);
    }
    let yaml = format!("title: x\na: {}", "[".repeat(50_000));
    check("e.yaml", yaml, &["1 skipped"]);
    check("f.wiki", "{{a|".repeat(50_000), &["nested deeper than 200 levels"]);
    check("g.wiki", format!("== x ==\n{}", "* ".repeat(50_000)), &["1 review"]);
    check("h.wiki", format!("== x ==\n{} y", "*".repeat(50_000)), &["1 review"]);
    check("i.wiki", "{|\n| x\n".repeat(20_000), &["skipped"]);
    // An end without its beginning ends nothing, so the depth grows all the same.
    let html = format!("<html><body>{}x</body></html>", "<div></b>".repeat(20_000));
    check("k.html", html, &["nested deeper than 200 levels"]);
    let xml = format!("<mediawiki>{}", "<page><revision>".repeat(50_000));
    check("j.xml", xml, &["no review"]);
}

/// What never ends is looked for once, and not from each beginning.
#[test]
fn long_texts_take_no_longer_than_their_length() {
    let begun = std::time::Instant::now();
    for open in
        ["[[", "[http://", "<pre>", "<ref>", "}}", "{{a}}", "''", "{|", "<!--", "__A__", "[[a|b]]", "{{#if:a|b}}"]
    {
        check("a.wiki", format!("== x ==\n{}", open.repeat(200_000)), &["in: "]);
    }
    let image = "<img src=\"data:image/png;base64,AAAA\">";
    let notes = ["<a href=\"#ftnt_ref1\">", "<a href=\"#ftnt1\">", "<a href=\"#cmnt_ref1\">"];
    let opens = ["<a", "<ul class=\"lst-kix_a-0\"></ul>", "<p class=\"title\">", "</b>", "<a title=\"", "<svg>", image];
    for open in opens.into_iter().chain(notes) {
        let html = format!("<html><body class=\"doc-content\">{}</body></html>", open.repeat(50_000));
        check("a.html", html, &["in: "]);
    }
    let cells = format!("<html><body><table>{}</table></body></html>", "<tr><td rowspan=99 colspan=99>y".repeat(500));
    check("b.html", cells, &["in: "]);
    let wide = format!(
        "<html><body><table><tr>{}</tr>{}</table></body></html>",
        "<td>x".repeat(9_000),
        "<tr><td>y".repeat(9_000)
    );
    check("c.html", wide, &["1 review"]);
    let links: String = (0..20_000).map(|number| format!("[[page {number}|x]]\n")).collect();
    check("d.wiki", links, &["20000 links to pages of the wiki", "and 19940 more"]);
    assert!(begun.elapsed().as_secs() < 120, "{:?}", begun.elapsed());
}

#[test]
fn entities_do_not_grow() {
    let mut xml = "<?xml version=\"1.0\"?><!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\">".to_owned();
    for (to, from) in ["b", "c", "d", "e", "f", "g"].iter().zip(["a", "b", "c", "d", "e", "f"]) {
        xml.push_str(&format!("<!ENTITY {to} \"{}\">", format!("&{from};").repeat(10)));
    }
    xml.push_str("]><mediawiki><page><title>Outage</title><ns>0</ns><revision><text>It was &g; down.</text></revision></page></mediawiki>");
    let files = check("a.xml", xml, &["1 review"]);
    assert!(files.len() < 500, "{files}");
}

#[test]
fn what_is_too_long_or_no_text_is_named() {
    check("a.md", "a ".repeat(300 << 10), &["longer than 384 KiB"]);
    check("b.md", b"\xff\xfe\x00\x01", &["b.md: a text in UTF-16"]);
    check("c.bin", b"\x00\x01\x02", &["c.bin: no text"]);
    check("d.json", "{\"a\": 1}", &["JSON of an unknown kind"]);
    check("e.json", "[{\"number\": 1,", &["broken JSON"]);
    check("f.md", "", &["it is empty"]);
    check("g.yaml", "a: [1, 2", &["broken YAML"]);
    check(
        "h.json",
        r#"[{"number": 1, "title": "x", "labels": "no", "body": 7, "comments": {}}]"#,
        &["1 review", "1 field: `body`"],
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let space = site(&[]);
    space.write("secret.md", REVIEW);
    space.write("in/good.md", REVIEW);
    std::os::unix::fs::symlink(space.path("secret.md"), space.path("in/link.md")).unwrap();
    let run = space.run(&["import", "in", "--all", "--now", TODAY]);
    run.expect(0, &["1 review", "link.md: a link, which is not followed"]);
    // The folder of reviews is no way out, either.
    let space = site(&["github.json"]);
    std::fs::create_dir_all(space.path("content")).unwrap();
    std::fs::create_dir_all(space.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(space.path("elsewhere"), space.path("content/reviews")).unwrap();
    let run = space.run(&["import", "in", "--now", TODAY]);
    assert_eq!(space.files("elsewhere").len(), 0, "{run:?}");
    // Nor is one that is named, when it leads out of the site.
    let (space, outside) = (site(&["github.json"]), crate::support::TestSite::empty());
    std::fs::create_dir_all(space.path("content/reviews")).unwrap();
    std::os::unix::fs::symlink(outside.path(""), space.path("content/reviews/out")).unwrap();
    for into in ["content/reviews/out", "content/reviews/out/new"] {
        let run = space.run(&["import", "in", "--into", into, "--now", TODAY]);
        run.expect(2, &["a link leads out of the site folder", "nothing is written"]);
        assert_eq!(outside.files("").len(), 0, "{run:?}");
    }
}
