//! What a small site looks like to the last character, but for the version and the hashes in names of assets, and what findings
//! look like to the last column.
//! After a change on purpose: `INSTA_UPDATE=always cargo test publish::golden`, and read the difference.

use crate::support::TestSite;
use casebook::rules::SAMPLE_PATH;

fn site() -> TestSite {
    let space = TestSite::site();
    space.edit("publish = 2024-03-15", "publish = 2024-03-15\naliases = [\"INC-1042\"]");
    space.edit(
        "[impact]",
        "[[references]]\ntitle = \"Status post\"\nurl = \"https://example.org/status/42\"\n\n\
         [[revisions]]\ndate = 2024-03-16\nchange = \"Corrected the start of impact to 13:40.\"\n\n[impact]",
    );
    space
}

/// A page without what changes with every version and every change of the theme's files.
fn page(space: &TestSite, name: &str) -> String {
    let html = space.read(&format!("public/{name}")).replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let mut parts = html.split("assets/");
    let mut shown = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('.').unwrap();
        let (stem, hash) = name.rsplit_once('-').unwrap_or_else(|| panic!("assets/{name} has no hash"));
        assert!(hash.len() >= 8 && hash.chars().all(|c| c.is_ascii_hexdigit()), "assets/{name} has no hash");
        shown.push_str(&format!("assets/{stem}-HASH.{rest}"));
    }
    shown
}

#[test]
fn pages() {
    let space = site();
    space.build().expect(0, &[]);
    for name in [
        "reviews/2024-03-04-edge-cpu.html",
        "factors/no-staged-rollout.html",
        "feed.xml",
        "sitemap.xml",
        "reviews/INC-1042.html",
    ] {
        insta::assert_snapshot!(name.replace(['/', '.'], "-"), page(&space, name));
    }
}

#[test]
fn findings() {
    let space = site();
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    space.edit("- 13:57 —", "- 13:37 —");
    space.edit("owner = \"Edge platform team\"\ndue = 2027-04-30", "due = 2027-04-30");
    space.write("content/reviews/2024-05-01-b.md", "nothing\n");
    let run = space.run(&["check", "--now", "2026-11-24"]);
    insta::assert_snapshot!("findings", format!("{}\n{}", run.out, run.err));
    assert!(space.read(SAMPLE_PATH).contains("P9"));
}
