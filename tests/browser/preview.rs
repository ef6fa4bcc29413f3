//! The preview in a real browser: what is saved is seen without touching it, and so is what is wrong.

use std::path::Path;
use std::process::Command;

use crate::support::TestSite;
use crate::support::preview::Preview;
use crate::support::requirement::missing;

#[test]
fn what_is_saved_is_seen() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !folder.join("node_modules/puppeteer-core").is_dir() {
        return missing("the driver of the browser", "CASEBOOK_BROWSER_REQUIRED");
    }
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    let mut command = Command::new("node");
    command.arg(folder.join("preview.mjs"));
    command.arg(format!("http://{}/repo/reviews/2024-03-04-edge-cpu.html", preview.address)).arg(space.path(""));
    command.args(std::env::var_os("CASEBOOK_PICTURES"));
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let report: serde_json::Value = serde_json::from_str(said.trim())
        .unwrap_or_else(|error| panic!("{error}: {said} {}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(report["complaints"], serde_json::json!([]));
    assert!(report["looked"].as_u64().unwrap() >= 15, "{report}");
}
