//! Pages in a real browser: nothing too wide, headings in order, pictures shown, words readable in light and dark.

mod space;

use std::process::Command;

use space::{Space, TODAY};

const WIDTHS: [u32; 3] = [320, 768, 1440];

/// The browser: the one named by CASEBOOK_BROWSER, else the first that is installed.
fn browser() -> Option<String> {
    let named = std::env::var("CASEBOOK_BROWSER").ok();
    let known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map(str::to_owned);
    let answers =
        |name: &String| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    named.into_iter().chain(known).find(answers)
}

/// Shows every page of a kind at all widths and returns how many were looked at and what is wrong with them.
fn look(space: &Space, browser: &str) -> (u64, Vec<String>) {
    let pages: Vec<String> = space.files("public").into_keys().filter(|name| name.ends_with(".html")).collect();
    // A former address leads away at once, and a page for missing addresses has links that need a server.
    let leads_away = |name: &str| space.read(&format!("public/{name}")).contains("http-equiv=\"refresh\"");
    let shown = pages.iter().filter(|name| !leads_away(name) && *name != "404.html");
    let mut frames = String::new();
    for page in shown {
        for width in WIDTHS {
            frames.push_str(&format!(
                "<iframe src=\"{page}\" data-page=\"{page}\" width=\"{width}\" height=\"800\"></iframe>\n"
            ));
        }
    }
    space.write("public/harness.js", include_str!("browser/harness.js"));
    space.write(
        "public/harness.html",
        format!("<!doctype html><script src=\"harness.js\"></script><body>{frames}</body>"),
    );
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--disable-quic", "--allow-file-access-from-files"])
        .args(["--disable-web-security", "--disable-site-isolation-trials"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg("--dump-dom")
        .arg(format!("file://{}", space.path("public/harness.html").display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let result = dom.split("<pre id=\"result\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    let result =
        result.unwrap_or_else(|| panic!("the browser said nothing: {dom} {}", String::from_utf8_lossy(&output.stderr)));
    let json = result.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    let complaints =
        report["complaints"].as_array().unwrap().iter().map(|complaint| complaint.as_str().unwrap().to_owned());
    (report["looked"].as_u64().unwrap(), complaints.collect())
}

fn check(space: &Space, least: u64) {
    let Some(browser) = browser() else {
        assert!(std::env::var_os("CASEBOOK_BROWSER_REQUIRED").is_none(), "no browser is installed");
        println!("skipped: no browser is installed");
        return;
    };
    space.build().expect(0, &[]);
    let (looked, complaints) = look(space, &browser);
    assert!(looked >= least, "only {looked} pages were looked at");
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn the_demo_reads_well() {
    check(&Space::demo(), 100);
}

/// What authors write that themes forget: endless words, long code, wide tables, raw HTML, right to left.
#[test]
fn a_hostile_review_reads_well() {
    let space = Space::site();
    let endless = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);
    space.edit(
        "title = \"A filter rule took all CPU on the edge\"",
        &format!("title = \"{endless} <script>alert(1)</script>\""),
    );
    let columns = "| a much longer heading than usual ".repeat(14);
    let rule = "|-".repeat(14);
    let body = format!(
        "## Root cause\n\n{endless}\n\n```rust\nlet {} = \"{endless}\"; // a comment\n```\n\n{columns}|\n{rule}|\n{columns}|\n\n\
         > [!WARNING]\n> Careful.\n\n# A first heading\n\n###### A deep one\n\n<marquee>x</marquee>\n\n`{endless}`\n\nhttps://example.org/{endless}\n\n\
         מערכת התשלומים הושבתה 🍀 [^1]\n\n[^1]: A note.\n",
        "x".repeat(200)
    );
    space.edit("## Root cause\n", &body);
    let many: String =
        (0..300).map(|at| format!("- 15:{:02}:{:02} — step {at} of many.\n", at / 60, at % 60)).collect();
    space.edit("filtering is back on without the rule.\n", &format!("filtering is back on without the rule.\n{many}"));
    check(&space, 20);
    space.run(&["build", "--now", TODAY]).expect(0, &[]);
}
