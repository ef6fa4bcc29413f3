//! Pages as readers meet them: in a real browser, by keyboard, without scripts, on paper; and as a validator reads them.

#[path = "browser/hostile.rs"]
mod hostile;
mod space;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use space::{Space, TODAY};

/// Where the tools are that `tests/run` installs.
const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

/// The browser: the one named by CASEBOOK_BROWSER, else the first that is installed.
fn browser() -> Option<String> {
    let named = std::env::var("CASEBOOK_BROWSER").ok();
    let known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map(str::to_owned);
    named.into_iter().chain(known).find_map(|name| {
        let output = Command::new("sh").args(["-c", &format!("command -v '{name}'")]).output().ok()?;
        let path = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !path.is_empty()).then_some(path)
    })
}

/// Whether a tool may be missing: where `tests/run` did not install them, the test says so and ends.
fn missing(tool: &str) {
    assert!(std::env::var_os("CASEBOOK_BROWSER_REQUIRED").is_none(), "{tool} is not installed");
    println!("skipped: {tool} is not installed; `bash tests/run` installs it");
}

/// What a script of `tests/browser` says about a built site: complaints, and how much it looked at.
fn ask(script: &str, output: &Path) -> Option<serde_json::Value> {
    let Some(browser) = browser() else {
        missing("a browser");
        return None;
    };
    if !Path::new(TOOLS).join("node_modules/axe-core").exists() {
        missing("axe-core");
        return None;
    }
    let mut command = Command::new("node");
    command.arg(format!("{TOOLS}/{script}")).arg(output).arg("/lessons/").env("CASEBOOK_BROWSER", browser);
    let run = command.output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    let report: serde_json::Value = serde_json::from_str(&said)
        .unwrap_or_else(|error| panic!("{error}: {said} {}", String::from_utf8_lossy(&run.stderr)));
    let complaints: Vec<&str> =
        report["complaints"].as_array().unwrap().iter().map(|what| what.as_str().unwrap()).collect();
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));
    Some(report)
}

/// Kinds of pages that every site here has.
const KINDS: [&str; 12] = [
    "home", "reviews", "review", "factors", "factor", "terms", "term", "actions", "ledger", "luck", "metrics", "search",
];

/// How many pages of each kind are looked at, at how many widths, and how many of them more closely.
const LOOKED: (usize, usize, usize) = (12, 3, 2);

/// The number of pages of each kind in a built site, without former addresses, which lead away at once.
fn kinds(output: &Path) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    let files = walkdir::WalkDir::new(output).into_iter().map(Result::unwrap);
    for file in files.filter(|file| file.path().extension().is_some_and(|end| end == "html")) {
        let html = std::fs::read_to_string(file.path()).unwrap();
        if !html.contains("http-equiv=\"refresh\"") {
            let kind = html.split_once("<body class=\"page-").unwrap().1.split(['"', ' ']).next().unwrap();
            *kinds.entry(kind.to_owned()).or_default() += 1;
        }
    }
    kinds
}

/// Looks at pages of every kind of a built site.
fn look(output: &Path) {
    let Some(report) = ask("look.mjs", output) else { return };
    let kinds = kinds(output);
    assert!(KINDS.iter().all(|kind| kinds.contains_key(*kind)), "the site has only {kinds:?}");
    let (most, widths, closer) = LOOKED;
    let sum = |most: usize| kinds.values().map(|count| most.min(*count)).sum::<usize>();
    assert_eq!(report["looked"], sum(most) * widths, "{kinds:?}");
    assert_eq!(report["closer"], sum(closer), "{kinds:?}");
}

/// Has the Nu validator read every page of a built site.
fn validate(output: &Path) {
    let validator = PathBuf::from(TOOLS).join("node_modules/vnu-jar/build/dist/vnu.jar");
    if !validator.exists() || Command::new("java").arg("-version").output().is_err() {
        return missing("the Nu validator");
    }
    let run = Command::new("java")
        .arg("-jar")
        .arg(validator)
        .args(["--errors-only", "--skip-non-html", "--format", "gnu"])
        .arg(output)
        .output()
        .unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
}

fn check(space: &Space, arguments: &[&str]) {
    let output = space.path("shown");
    let mut all = vec!["build", "--now", TODAY, "--base-url", "https://example.org/lessons/", "--output"];
    all.push(output.to_str().unwrap());
    space.run(&[arguments, &all].concat()).expect(0, &[]);
    validate(&output);
    look(&output);
}

#[test]
fn the_demo_reads_well() {
    check(&Space::demo(), &[]);
}

#[test]
fn the_bundled_content_reads_well() {
    check(&Space::empty(), &["--site", env!("CARGO_MANIFEST_DIR")]);
}

/// What authors write that themes forget: endless words, long code, wide tables, markup, right to left, many of each.
#[test]
fn a_hostile_site_reads_well() {
    check(&Space::hostile(), &[]);
}

/// Everything that readers do with the search.
#[test]
fn the_search_answers_in_a_browser() {
    let space = Space::demo();
    let review = "content/reviews/2026-04-20-name-service.md";
    let text = space.read(review);
    let title = "title = \"All services out of reach while our name service supplier was down\"";
    assert!(text.contains(title));
    let hostile = "title = \"All services out of reach: <img src=x onerror=globalThis.attacked=1> needed a rollback\"";
    space.write(review, text.replace(title, hostile));
    let output = space.path("shown");
    space.run(&["build", "--now", TODAY, "--output", output.to_str().unwrap()]).expect(0, &[]);
    if let Some(report) = ask("search.mjs", &output) {
        assert_eq!(report["looked"], 57, "{report}");
    }
}

/// `npx pagefind --site public`, for those who prefer it.
#[test]
fn pagefind_indexes_the_reviews() {
    let space = Space::demo();
    let output = space.path("shown");
    space.run(&["build", "--now", TODAY, "--output", output.to_str().unwrap()]).expect(0, &[]);
    if let Some(report) = ask("pagefind.mjs", &output) {
        assert_eq!(report["looked"], kinds(&output)["review"], "{report}");
    }
}
