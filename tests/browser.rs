//! Pages as readers meet them: in a real browser, by keyboard, without scripts, on paper; and as a validator reads them.

#[path = "browser/hostile.rs"]
mod hostile;
mod space;

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

/// Looks at every page of a built site.
fn look(output: &Path, least: u64) {
    let Some(browser) = browser() else { return missing("a browser") };
    if !Path::new(TOOLS).join("node_modules/axe-core").exists() {
        return missing("axe-core");
    }
    let run = Command::new("node")
        .arg(format!("{TOOLS}/look.mjs"))
        .arg(output)
        .arg("/lessons/")
        .env("CASEBOOK_BROWSER", browser)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    let report: serde_json::Value = serde_json::from_str(&said)
        .unwrap_or_else(|error| panic!("{error}: {said} {}", String::from_utf8_lossy(&run.stderr)));
    let complaints: Vec<&str> =
        report["complaints"].as_array().unwrap().iter().map(|what| what.as_str().unwrap()).collect();
    assert!(report["looked"].as_u64().unwrap() >= least, "only {} pages were looked at", report["looked"]);
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));
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

fn check(space: &Space, arguments: &[&str], least: u64) {
    let output = space.path("shown");
    let mut all = vec!["build", "--now", TODAY, "--base-url", "https://example.org/lessons/", "--output"];
    all.push(output.to_str().unwrap());
    space.run(&[arguments, &all].concat()).expect(0, &[]);
    validate(&output);
    look(&output, least);
}

#[test]
fn the_demo_reads_well() {
    check(&Space::demo(), &[], 200);
}

#[test]
fn the_bundled_content_reads_well() {
    check(&Space::empty(), &["--site", env!("CARGO_MANIFEST_DIR")], 500);
}

/// What authors write that themes forget: endless words, long code, wide tables, markup, right to left, many of each.
#[test]
fn a_hostile_site_reads_well() {
    check(&Space::hostile(), &[], 500);
}
