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
    for open in ["[[", "[http://", "<pre>", "<ref>", "}}", "{{a}}", "''", "{|", "<!--"] {
        check("a.wiki", format!("== x ==\n{}", open.repeat(200_000)), &["in: "]);
    }
    for open in ["<a", "<ul class=\"lst-kix_a-0\"></ul>", "<p class=\"title\">", "</b>"] {
        let html = format!("<html><body class=\"doc-content\">{}</body></html>", open.repeat(50_000));
        check("a.html", html, &["in: "]);
    }
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
    check("b.md", b"\xff\xfe\x00\x01", &["b.md: no text"]);
    check("c.bin", b"\x00\x01\x02", &["c.bin: no text"]);
    check("d.json", "{\"a\": 1}", &["JSON of an unknown kind"]);
    check("e.json", "[{\"number\": 1,", &["broken JSON"]);
    check("f.md", "", &["it is empty"]);
    check("g.yaml", "a: [1, 2", &["broken YAML"]);
    check("h.json", r#"[{"number": 1, "title": "x", "labels": "no", "body": 7, "comments": {}}]"#, &["it is empty"]);
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
