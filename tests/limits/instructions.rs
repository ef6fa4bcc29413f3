//! How many instructions the program takes for a fixed site. They are the same on any machine that is as busy as it likes,
//! so that a change that makes the program slower is seen at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::content;
use crate::support::TestSite;
use crate::support::requirement::missing;

/// How many reviews the site has.
const REVIEWS: usize = 10;

/// How much more than before is too much. Random hashes and names of files make a thousandth.
const MARGIN: f64 = 0.1;

/// After a change on purpose, or for a new compiler: `UPDATE_INSTRUCTIONS=1 cargo test --test limits instructions`.
#[test]
fn a_fixed_site_takes_about_as_many_instructions_as_before() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return missing("valgrind", "CASEBOOK_VALGRIND_REQUIRED");
    }
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/limits/instructions.json");
    let space = TestSite::empty();
    content::write_sites(&space.path(""), REVIEWS);
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/casebook/casebook.toml");
    space.write("casebook/casebook.toml", fs::read(settings).unwrap());
    let counted: BTreeMap<String, u64> =
        ["check", "build"].into_iter().map(|command| (command.to_owned(), instructions(&space, command))).collect();
    if std::env::var_os("UPDATE_INSTRUCTIONS").is_some() {
        fs::write(&record, serde_json::to_string_pretty(&counted).unwrap() + "\n").unwrap();
    }
    let known: BTreeMap<String, u64> = serde_json::from_slice(&fs::read(&record).unwrap()).unwrap();
    for (command, counted) in &counted {
        let ratio = *counted as f64 / known[command] as f64;
        println!("{command}: {counted} instructions, {ratio:.3} times as many as recorded");
        assert!(
            ratio <= 1.0 + MARGIN,
            "`casebook {command}` takes {ratio:.2} times the instructions of before. Find out why with `valgrind \
             --tool=callgrind`; after a change on purpose, or with a new compiler, run \
             UPDATE_INSTRUCTIONS=1 cargo test --test limits instructions"
        );
    }
}

/// The instructions of one run of the program over the site, on one thread.
fn instructions(space: &TestSite, command: &str) -> u64 {
    let mut run = Command::new("valgrind");
    run.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    run.args([env!("CARGO_BIN_EXE_casebook"), command, "--now", "2026-06-30"]);
    let output = run.env("RAYON_NUM_THREADS", "1").current_dir(space.path("casebook")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    // `==123== I refs: 1,234,567`, and with a colon behind the `I` in newer versions.
    let count = said.lines().rev().find_map(|line| line.split_once("refs:").filter(|(name, _)| name.contains(" I ")));
    let (_, count) = count.unwrap_or_else(|| panic!("no count in {said}"));
    count.trim().replace(',', "").parse().unwrap()
}
