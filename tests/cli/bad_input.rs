//! Bad input of every kind: a clear message that names the file, the promised exit code, nothing lost.

use crate::support::{TODAY, TestSite};
use casebook::rules::SAMPLE_PATH;

/// A site with one more file in it.
fn with(path: &str, bytes: impl AsRef<[u8]>) -> TestSite {
    let space = TestSite::site();
    space.write(path, bytes);
    space
}

#[test]
fn text_that_is_not_utf8() {
    with("content/reviews/x.md", b"+++\n\xff\xfe")
        .check()
        .expect(1, &["content/reviews/x.md:1:1", "not UTF-8: byte 4"]);
}

#[test]
fn an_empty_file() {
    with("content/reviews/x.md", "").check().expect(1, &["content/reviews/x.md:1:1", "this file is empty"]);
}

#[test]
fn a_file_of_fifty_megabytes() {
    let space = with("content/reviews/x.md", "a ".repeat(25 * 1024 * 1024));
    space.check().expect(1, &["content/reviews/x.md:1:1", "52428800 bytes"]);
}

#[test]
fn front_matter_that_is_never_closed() {
    let space = with("content/reviews/x.md", "+++\ntitle = \"x\"\nsecret = 1\n\n## Summary\n");
    space.check().expect(1, &["content/reviews/x.md:1:1", "never closed"]);
}

#[test]
fn front_matter_in_yaml() {
    let broken = "---\ntitle: a: b\n---\n\ntext\n";
    with("content/reviews/x.md", broken).check().expect(1, &["x.md:2:9", "broken-front-matter", "YAML"]);
    let short = "---\ntitle: x\n---\n\ntext\n";
    with("content/reviews/x.md", short).check().expect(1, &["x.md:1:1", "missing-key", "has no `severity`"]);
}

#[test]
fn a_thousand_mistakes_are_all_reported() {
    let keys: String = (0..1000).map(|number| format!("key{number} = 1\n")).collect();
    let space = with("content/reviews/x.md", format!("+++\n{keys}+++\n"));
    assert_eq!(space.check().out.matches("unknown-key").count(), 1000);
}

#[test]
fn a_folder_named_like_a_file() {
    let space = with("content/reviews/x.md/picture.png", "");
    space.check().expect(1, &["content/reviews/x.md:1:1", "a folder stands where a file is expected"]);
}

#[test]
fn ids_that_cannot_be_addresses() {
    with("content/reviews/&.md", "+++\n+++\n").check().expect(1, &["&.md:1:1", "unsafe-id"]);
    with("content/reviews/a.md", "+++\nid = \"a b\"\n+++\n").check().expect(1, &["a.md:2:6", "unsafe-id"]);
    with(
        "content/factors.toml",
        "[[factor]]\nid = \"../x\"\nname = \"x\"\ncategory = \"design\"\ndefinition = \"x\"\n",
    )
    .check()
    .expect(1, &["content/factors.toml:2:6", "unsafe-id"]);
    let space = TestSite::site();
    space.edit("services = [\"edge proxy\"]", "aliases = [\"../../x\"]");
    space.build().expect(1, &["unsafe-id"]);
    assert!(!space.path("public").exists());
}

#[test]
fn ids_that_differ_only_in_case() {
    let space = TestSite::site();
    let (text, other) = (space.read(SAMPLE_PATH), "content/reviews/2024-03-04-Edge-CPU.md");
    // On Windows and macOS it is the same file.
    if space.path(other).exists() {
        return;
    }
    space.write(other, text);
    space.check().expect(1, &["duplicate-id", "2024-03-04-Edge-CPU.md"]);
}

#[test]
fn brackets_without_end() {
    for unit in ["[", "![", "(", "<", "*", "> ", "- ", "`", "_", "<!--", "|", "&", "[^a]:", "~~"] {
        let text = format!("+++\ntitle = \"x\"\n+++\n\n## Summary\n\n{}\n", unit.repeat(100_000));
        let space = with("content/reviews/x.md", text);
        let start = std::time::Instant::now();
        space.check().expect(1, &["content/reviews/x.md"]);
        assert!(start.elapsed().as_secs() < 60, "{unit:?} takes too long");
    }
    let toml = format!("+++\nx = {}\n+++\n", "[".repeat(200_000));
    with("content/reviews/x.md", toml).check().expect(1, &["content/reviews/x.md"]);
}

#[test]
fn settings_that_make_no_sense() {
    let space = TestSite::site();
    space.write(
        "casebook.toml",
        "titel = 1\nbase_url = \"ftp://x\"\nrequires = \">=99\"\ntheme = \"nowhere\"\n[severities]\nP1 = 3\n",
    );
    space.check().expect(
        1,
        &[
            "has no key `titel`",
            "has no `title`",
            "ftp://x",
            "requires casebook >=99",
            "casebook.toml:6:6",
            "no theme `nowhere`",
        ],
    );
    space.write("casebook.toml", "title = \n= =\n[[[");
    space.check().expect(1, &["casebook.toml:1", "casebook.toml:3"]);
}

#[test]
fn a_template_that_is_broken() {
    let space = TestSite::site();
    space.write("themes/default/templates/review.html", "<h1>{{ review.card.title }}</h1>\n  {{ review.tytle }}\n");
    let run = space.build();
    run.expect(1, &["themes/default/templates/review.html:2:", "broken-template", "{{ review.tytle }}"]);
    assert!(!space.path("public").exists(), "half a site was written");
    space.write("themes/default/templates/review.html", "{% if %}");
    space.check().expect(1, &["themes/default/templates/review.html:1:", "broken-template"]);
    space.write("themes/default/templates/review.html", "{{ x | nofilter }} {% include \"nothing.html\" %}");
    space.check().expect(1, &["themes/default", "broken-template", "nofilter"]);
}

#[test]
fn a_template_takes_the_place_of_the_built_in_one() {
    let space = TestSite::site();
    space.write("themes/default/templates/review.html", "<h1>Mine: {{ review.card.title }}</h1>");
    space.build().expect(0, &[]);
    let page = space.read("public/reviews/2024-03-04-edge-cpu.html");
    assert_eq!(page, "<h1>Mine: A filter rule took all CPU on the edge</h1>");
    space.write("themes/default/assets/style.css", "body { color: red }");
    space.build().expect(0, &[]);
    let styles: Vec<_> =
        space.files("public/assets").into_iter().filter(|(name, _)| name.starts_with("style-")).collect();
    assert_eq!(styles.len(), 1);
    assert_eq!(styles[0].1, b"body { color: red }");
}

#[test]
fn a_damaged_manifest() {
    let space = TestSite::site();
    space.build().expect(0, &[]);
    space.write("public/casebook-manifest.json", "{");
    space.build().expect(2, &["casebook-manifest.json", "damaged"]);
    space.write(
        "public/casebook-manifest.json",
        "{\"generator\":\"x\",\"files\":{\"../casebook.toml\":\"0\",\"/etc/hostname\":\"0\"}}",
    );
    std::fs::remove_dir_all(space.path("public/reviews")).unwrap();
    space.run(&["build", "--now", TODAY]);
    assert!(space.path("casebook.toml").exists(), "a file outside the output folder was removed");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_out_of_the_site_and_in_circles() {
        let (space, outside) = (TestSite::site(), TestSite::empty());
        outside.write("secret.md", "+++\ntitle = \"secret\"\n+++\n");
        symlink("secret.md", outside.path("further.md")).unwrap();
        symlink(outside.path("secret.md"), space.path("content/reviews/out.md")).unwrap();
        symlink(outside.path(""), space.path("content/reviews/folder")).unwrap();
        symlink(space.path("content"), space.path("content/reviews/loop")).unwrap();
        symlink("self.md", space.path("content/reviews/self.md")).unwrap();
        symlink("nowhere.md", space.path("content/reviews/dangling.md")).unwrap();
        let run = space.check();
        run.expect(
            1,
            &[
                "content/reviews/out.md:1:1: error[D009 unreadable-file] the symbolic link leads out of the site folder",
                "content/reviews/folder:1:1: error[D009 unreadable-file] the symbolic link leads out of the site folder",
                "content/reviews/loop:1:1: error[D009 unreadable-file] the symbolic link leads in a circle",
                "content/reviews/self.md:1:1: error[D009 unreadable-file] the symbolic link leads in a circle",
                "content/reviews/dangling.md:1:1: error[D009 unreadable-file] the file cannot be read",
            ],
        );
        // What lies outside is not even listed.
        assert!(!run.out.contains("secret.md") && !run.out.contains("further.md"), "{}", run.out);
    }

    #[test]
    fn links_inside_the_site_are_followed() {
        let space = TestSite::site();
        symlink("2024-03-04-edge-cpu.md", space.path("content/reviews/2024-03-05-same.md")).unwrap();
        space.check().expect(0, &["2 reviews"]);
    }

    #[test]
    fn an_output_folder_with_a_link_in_it() {
        let (space, outside) = (TestSite::site(), TestSite::empty());
        space.build().expect(0, &[]);
        std::fs::remove_dir_all(space.path("public/reviews")).unwrap();
        symlink(outside.path(""), space.path("public/reviews")).unwrap();
        space.build().expect(2, &["in the way of a folder"]);
        assert!(outside.files("").is_empty(), "a page was written outside the output folder");
    }

    #[test]
    fn published_files_can_be_read_by_everybody() {
        let space = TestSite::site();
        space.edit("A new filter rule", "![chart](chart.png) A new filter rule");
        space.write("content/reviews/chart.png", include_bytes!("../images/chart.png"));
        std::fs::set_permissions(space.path("content/reviews/chart.png"), PermissionsExt::from_mode(0o600)).unwrap();
        space.build().expect(0, &[]);
        let mode = |path: &str| std::fs::metadata(space.path(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("public/reviews/chart.png"), mode("public/index.html"));
    }

    /// A full disk: a file system of 64 KiB, where a test may make one.
    #[test]
    fn a_full_disk() {
        let space = TestSite::demo();
        std::fs::create_dir(space.path("small")).unwrap();
        let small = space.path("small");
        let mount =
            std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&small).output();
        if !mount.is_ok_and(|output| output.status.success()) {
            // Without the right to mount, the size of files is limited instead: every write past it fails the same way.
            let command = format!(
                "ulimit -f 4; trap '' XFSZ; exec '{}' build --output small/out --now {TODAY}",
                env!("CARGO_BIN_EXE_casebook")
            );
            let output =
                std::process::Command::new("sh").args(["-c", &command]).current_dir(space.path("")).output().unwrap();
            let err = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{err}");
            assert!(err.contains("cannot be written"), "{err}");
            return;
        }
        let run = space.run(&["build", "--output", "small/out", "--now", TODAY]);
        let left = std::fs::read_dir(small.join("out")).map(|entries| entries.count()).unwrap_or(0);
        let _ = std::process::Command::new("umount").arg(&small).status();
        run.expect(2, &["cannot be written", "No space left", "the site was not written"]);
        assert_eq!(left, 0, "something was left behind");
    }
}

/// An address to edit at is a link on every review: it leads to the web, names the file, and stays in its attribute.
#[test]
fn addresses_to_edit_files_at() {
    let refused = [
        "javascript:alert(1)/{path}",
        "data:text/html,{path}",
        "//example.org/{path}",
        "edit/{path}",
        "https://example.org/edit",
        "https:///{path}",
        "{path}",
        "ftp://example.org/{path}",
        "https://example.org/\\\" onclick=\\\"x/{path}",
        "https://example.org/'><b>/{path}",
        "https://example.org/{path}?a='><b>",
        "https://somebody@example.org/{path}",
    ];
    for address in refused {
        let space = TestSite::site();
        let settings = space.read("casebook.toml");
        space.write("casebook.toml", format!("{settings}edit_url = \"{address}\"\n"));
        space.check().expect(1, &["casebook.toml:3:12", "is no address at which a file can be edited"]);
    }
    let file = "content/reviews/2024-03-04-edge-cpu.md";
    let taken = [
        ("https://example.org/edit/{path}?a=1&b=2", "https://example.org/edit/FILE?a=1&amp;b=2"),
        ("https://example.org/{path}/{path}", "https://example.org/FILE/FILE"),
    ];
    for (address, href) in taken {
        let space = TestSite::site();
        let settings = space.read("casebook.toml");
        space.write("casebook.toml", format!("{settings}edit_url = \"{address}\"\n"));
        space.build().expect(0, &[]);
        let html = space.read("public/reviews/2024-03-04-edge-cpu.html");
        let link = format!("<a href=\"{}\">Suggest a change</a>", href.replace("FILE", file));
        assert!(html.contains(&link), "{address}: {}", html.split("class=\"tools\"").last().unwrap());
    }
}

#[test]
fn references_are_links_to_the_repository_of_the_site() {
    for address in ["javascript:alert(1)", "https://example.org", "https://example.org/'><b>", "team/app"] {
        let space = TestSite::site();
        let settings = space.read("casebook.toml");
        space.write("casebook.toml", format!("{settings}repository = \"{address}\"\n"));
        space.check().expect(1, &["casebook.toml:3:14", "is no address of a repository"]);
    }
    let space = TestSite::site();
    space.edit("rule was removed.", "rule was removed in #12, org/app#3, a1b2c3d and `#4`.");
    let page = |space: &TestSite| {
        space.build().expect(0, &[]);
        space.read("public/reviews/2024-03-04-edge-cpu.html")
    };
    let without = page(&space);
    assert!(without.contains("rule was removed in #12, org/app#3, a1b2c3d and <code>#4</code>."), "{without}");
    let settings = space.read("casebook.toml");
    space.write("casebook.toml", format!("{settings}repository = \"https://example.org/team/shop/\"\n"));
    let with = page(&space);
    let expected = "in <a href=\"https://example.org/team/shop/issues/12\">#12</a>, \
                    <a href=\"https://example.org/org/app/issues/3\">org/app#3</a>, \
                    <a href=\"https://example.org/team/shop/commit/a1b2c3d\">a1b2c3d</a> and <code>#4</code>.";
    assert!(with.contains(expected), "{with}");
}
