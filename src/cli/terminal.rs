//! What is written to the terminal, and how.

use std::io::{self, IsTerminal, Write};

use anyhow::Context;

use crate::report::Colour;

/// Writes to standard output. A reader that has gone away, such as `head`, is no mistake.
///
/// # Errors
///
/// The output cannot be written, for example because the disk is full.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// All of standard input.
///
/// # Errors
///
/// It cannot be read, or is not UTF-8.
pub(super) fn read_all() -> anyhow::Result<String> {
    io::read_to_string(io::stdin().lock()).context("standard input cannot be read as text")
}

/// Writes a line to standard error.
pub(super) fn tell(line: &str) {
    // Nobody is left to tell when standard error is gone.
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes why the program could not run.
pub(super) fn complain(error: &anyhow::Error) {
    tell(&format!("error: {error:#}"));
}

/// Writes a warning that must not be missed: in red on a terminal.
pub(super) fn warn(line: &str) {
    match colour_of_messages() {
        Colour::Ansi => tell(&format!("\x1b[1;31mwarning: {line}\x1b[0m")),
        Colour::None => tell(&format!("warning: {line}")),
    }
}

/// Whether standard output shows colours: on a terminal, unless NO_COLOR is set.
pub(super) fn colour() -> Colour {
    colour_on(io::stdout().is_terminal())
}

/// Whether standard error shows colours.
pub(super) fn colour_of_messages() -> Colour {
    colour_on(io::stderr().is_terminal())
}

fn colour_on(is_terminal: bool) -> Colour {
    let is_refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if is_terminal && !is_refused && !is_dumb { Colour::Ansi } else { Colour::None }
}
