//! Rebuilds the crate when a file that it embeds is added or removed, and tells a release which commit it is made of.

#![allow(clippy::disallowed_methods, reason = "a build script asks for what surrounds the sources")]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=themes");
    println!("cargo::rerun-if-changed=src/scaffold");
    println!("cargo::rerun-if-changed=build.rs");
    // While the program is worked on, no commit makes it another one.
    let commit = match env::var("PROFILE").as_deref() {
        Ok("release") => packaged().or_else(checked_out),
        _ => None,
    };
    println!("cargo::rustc-env=CASEBOOK_COMMIT={}", commit.unwrap_or_default());
}

/// The commit of a package from a registry, which `cargo package` writes down.
fn packaged() -> Option<String> {
    let text = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}

/// The commit of a clone. A folder inside another repository is none.
fn checked_out() -> Option<String> {
    let root = fs::canonicalize(git(&["rev-parse", "--show-toplevel"])?).ok()?;
    let here = fs::canonicalize(env::var_os("CARGO_MANIFEST_DIR")?).ok()?;
    if root != here {
        return None;
    }
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    if Path::new(&log).exists() {
        println!("cargo::rerun-if-changed={log}");
    }
    git(&["rev-parse", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
