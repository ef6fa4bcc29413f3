//! `casebook import`: each container comes over whole, and nothing else with it.
//!
//! `sample/SOURCES.md` names the source and the licence of those that are real; the others are made by hand after the
//! documented format of the program.

mod command;
mod container;
mod hostile;
mod odd;
mod word;

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::TestSite;

/// The bytes of a sample.
fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/sample").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A site without reviews, with the samples beside it.
fn site(samples: &[&str]) -> TestSite {
    let space = TestSite::empty();
    space.write(
        "casebook.toml",
        "title = \"Sample\"\nbase_url = \"https://example.org/\"\norganisation = \"Example\"\n",
    );
    for name in samples {
        space.write(&format!("in/{name}"), sample(name));
    }
    space
}

/// A zip of files.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The imported files as one text, for a comparison of the whole.
fn imported(space: &TestSite) -> String {
    if !space.path("content/reviews").exists() {
        return String::new();
    }
    let files = space.files("content/reviews");
    let shown = files.iter().map(|(path, bytes)| match std::str::from_utf8(bytes) {
        Ok(text) => format!("=== {path}\n{text}"),
        Err(_) => format!("=== {path}: {} bytes\n", bytes.len()),
    });
    shown.collect()
}
