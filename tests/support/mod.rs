//! A folder of its own for each test, and the program run in it.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod form;
pub mod html;
pub mod large;
pub mod preview;
pub mod python;
pub mod requirement;
pub mod server;
pub mod yaml;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use tempfile::TempDir;

/// The day on which all tests take place.
pub const TODAY: &str = "2026-11-24";

/// A folder that is removed at the end of the test.
pub struct TestSite {
    folder: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl TestSite {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A site with the sample review of the rules.
    pub fn site() -> Self {
        let space = Self::empty();
        space.write("casebook.toml", "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\n");
        space.write("content/factors.toml", SAMPLE_FACTORS);
        space.write(SAMPLE_PATH, SAMPLE_REVIEW);
        space
    }

    /// The demo site.
    pub fn demo() -> Self {
        let space = Self::empty();
        let run = space.run(&["init", "--demo"]);
        assert_eq!(run.code, 0, "{run:?}");
        space
    }

    /// The content of this repository.
    pub fn bundled() -> Self {
        let space = Self::empty();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        space.write("casebook.toml", fs::read(root.join("casebook.toml")).unwrap());
        copy(&root.join("content"), &space.path("content"));
        space
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Changes the sample review.
    pub fn edit(&self, from: &str, to: &str) {
        let text = self.read(SAMPLE_PATH);
        assert!(text.contains(from), "the sample review has no {from:?}");
        self.write(SAMPLE_PATH, text.replace(from, to));
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        Run::new(&output)
    }

    /// The program, ready to be started in the folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1").env("NO_PROXY", "127.0.0.1,localhost");
        command
    }

    /// Checks on the day of all tests.
    pub fn check(&self) -> Run {
        self.run(&["check", "--format", "concise", "--now", TODAY])
    }

    /// Builds on the day of all tests.
    pub fn build(&self) -> Run {
        self.run(&["build", "--now", TODAY])
    }

    /// Every file below a folder, by path.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), &self.path(folder), &mut files);
        files
    }
}

impl Run {
    pub fn new(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Expects an exit code and words in what was written.
    pub fn expect(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, code, "{self:#?}");
        for word in words {
            assert!(self.out.contains(word) || self.err.contains(word), "{word:?} is missing in {self:#?}");
        }
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}
