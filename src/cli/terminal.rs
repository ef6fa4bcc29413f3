//! What is written to the terminal, and how.

use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::report::Colour;
use crate::text::{ColourCodes, escape_sentence, escape_terminal};

/// Writes text for people to standard output. Control characters in it are written out.
///
/// # Errors
///
/// As those of [`print_data`].
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    print_data(&escape_terminal(text, colours(colour())))
}

/// Writes text for programs to standard output, as it is. A reader that has gone away, such as `head`, is no mistake.
///
/// # Errors
///
/// The output cannot be written, for example because the disk is full.
pub(super) fn print_data(text: &str) -> anyhow::Result<()> {
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

/// All of standard input as bytes, unless there are more than `most`.
///
/// # Errors
///
/// It cannot be read, or holds more.
pub(super) fn read_bytes(most: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(most + 1).read_to_end(&mut bytes).context("standard input cannot be read")?;
    anyhow::ensure!(bytes.len() as u64 <= most, "standard input holds more than {} MiB", most >> 20);
    Ok(bytes)
}

/// Asks a question whose answer is yes unless it is no. None without somebody at a terminal.
pub(super) fn ask(question: &str) -> Option<bool> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    let _ = write!(io::stderr(), "{question} [Y/n] ");
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).ok()?;
    Some(!answer.is_empty() && !answer.trim().to_ascii_lowercase().starts_with('n'))
}

/// Writes a line to standard error. Control characters in it are written out.
pub(super) fn tell(line: &str) {
    let shown = escape_terminal(line, colours(colour_of_messages()));
    // Without standard error there is no place to report the failure.
    let _ = writeln!(io::stderr(), "{shown}");
}

fn colours(colour: Colour) -> ColourCodes {
    match colour {
        Colour::Ansi => ColourCodes::Kept,
        Colour::None => ColourCodes::Escaped,
    }
}

/// Progress on one line that is overwritten. It is shown on a terminal only, and after half a second.
pub(super) struct Progress {
    total: usize,
    done: AtomicUsize,
    begun: Instant,
    noun: &'static str,
}

impl Progress {
    pub(super) fn new(total: usize, noun: &'static str) -> Self {
        Self { total, done: AtomicUsize::new(0), begun: Instant::now(), noun }
    }

    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if io::stderr().is_terminal() && self.begun.elapsed() > Duration::from_millis(500) {
            let end = if done == self.total { "\r\x1b[K" } else { "" };
            let _ = write!(io::stderr(), "\r{done} of {} {}{end}", self.total, self.noun);
        }
    }
}

/// Does `work`. On a terminal, a line says `what` it is once that takes half a second.
pub(super) fn waiting<T>(what: &str, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let what = escape_terminal(what, ColourCodes::Escaped);
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            if is_done.recv_timeout(Duration::from_millis(500)) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(io::stderr(), "{what}");
                let _ = is_done.recv();
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        });
        let result = work();
        drop(done);
        result
    })
}

/// Writes why the program could not run.
pub(super) fn complain(error: &anyhow::Error) {
    // A name or an answer with a line feed must not begin a line of its own.
    let reasons: Vec<String> = error.chain().map(|reason| escape_sentence(&reason.to_string())).collect();
    tell(&format!("error: {}", reasons.join(": ")));
}

/// Writes help, or what is wrong with an argument, which may be the name of any file.
pub(super) fn answer(answer: &clap::Error) {
    let (to_err, text) = (answer.use_stderr(), answer.render());
    let colour = if to_err { colour_of_messages() } else { colour() };
    let text = if colour == Colour::Ansi { text.ansi().to_string() } else { text.to_string() };
    // Without a terminal there is no place to report the failure.
    let _ = match to_err {
        true => write!(io::stderr(), "{}", escape_terminal(&text, colours(colour))),
        false => write!(io::stdout(), "{}", escape_terminal(&text, colours(colour))),
    };
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
    colour_on(&io::stdout())
}

/// Whether standard error shows colours.
pub(super) fn colour_of_messages() -> Colour {
    colour_on(&io::stderr())
}

fn colour_on(stream: &impl IsTerminal) -> Colour {
    let is_refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if stream.is_terminal() && !is_refused && !is_dumb { Colour::Ansi } else { Colour::None }
}
