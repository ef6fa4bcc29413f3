//! Python with the packages of tests/python.txt, as `tests/run` installs it.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use super::requirement::missing;

/// Runs a script in a folder with a text as its input, and gives what it wrote; `None` where there is no such Python.
/// `CASEBOOK_PYTHON` names it, and then it has to be there.
pub fn python(script: &str, folder: &Path, input: &str) -> Option<String> {
    static PROGRAM: LazyLock<Option<OsString>> = LazyLock::new(program);
    let mut command = Command::new(PROGRAM.as_ref()?);
    command.args(["-c", script]).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = command.stderr(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "{input}\n{script}\n{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

fn program() -> Option<OsString> {
    let named = std::env::var_os("CASEBOOK_PYTHON");
    let program = named.unwrap_or_else(|| "python3".into());
    let output = Command::new(&program).args(["-c", "import duckdb, feedparser, icalendar, pandas"]).output();
    let is_there = output.is_ok_and(|output| output.status.success());
    if !is_there {
        missing("a Python with the packages of tests/python.txt", "CASEBOOK_PYTHON");
    }
    is_there.then_some(program)
}
