//! The front matter: where it begins and ends, and its tree.

use crate::diagnostic::{ProblemKind, Problems};
use crate::table::{Table, read_toml};
use crate::text::Span;

/// How the front matter is set off from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Between two `+++` lines.
    Plus,
    /// In a fenced code block marked `toml` that opens the file, as in RustSec's advisories.
    CodeBlock,
    /// There is none, or none that can be read.
    None,
}

/// The front matter of a file.
#[derive(Clone, Debug)]
pub struct Front {
    /// How it is set off.
    pub fence: Fence,
    /// The line that opens it; the first line of the file when there is none.
    pub opening: Span,
    /// Its keys and values; empty when there is none.
    pub table: Table,
    /// The rest of the file.
    pub body: Span,
}

/// Finds and reads the front matter of `text`.
pub(super) fn read(text: &str, problems: &mut Problems) -> Front {
    let start = text.len() - text.trim_start().len();
    let opening = line_at(text, start);
    let fence = opening.slice(text).trim_end();
    match fence {
        "+++" => fenced(text, opening, "+++", Fence::Plus, problems),
        "---" => foreign(text, opening, problems),
        _ if is_toml_block(fence) => fenced(text, opening, "```", Fence::CodeBlock, problems),
        _ => {
            let message = if text.trim().is_empty() { "this file is empty" } else { "this file has no front matter" };
            problems.add(ProblemKind::FrontMatterMissing, opening, message).help("Begin the file with a line `+++`, then the keys in TOML, then a line `+++`. `casebook new` writes a template.");
            none(opening, Span::new(0, text.len()))
        }
    }
}

fn is_toml_block(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|info| info.trim().eq_ignore_ascii_case("toml"))
}

fn none(opening: Span, body: Span) -> Front {
    Front { fence: Fence::None, opening, table: Table::default(), body }
}

fn fenced(text: &str, opening: Span, closing: &str, fence: Fence, problems: &mut Problems) -> Front {
    let start = next_line(text, opening.end);
    let Some(end) = find_line(text, start, |line| line.trim_end() == closing) else {
        problems
            .add(ProblemKind::BrokenToml, opening, "the front matter is opened here and never closed")
            .help(format!("Write a line `{closing}` after the last key."));
        // Whatever follows may be front matter, and keys are not for readers: nothing of it is taken as text.
        return none(opening, Span::at(text.len()));
    };
    let span = Span::new(start, end.start);
    let table = read_toml(text, span, problems);
    Front { fence, opening, table, body: Span::new(next_line(text, end.end), text.len()) }
}

fn foreign(text: &str, opening: Span, problems: &mut Problems) -> Front {
    problems.add(ProblemKind::FrontMatterMissing, opening, "this front matter is YAML, and Casebook reads TOML").help(
        "Put the keys between `+++` lines, as `key = \"value\"`. `casebook new` writes a template to copy them into.",
    );
    let start = next_line(text, opening.end);
    let body =
        find_line(text, start, |line| line.trim_end() == "---").map_or(text.len(), |end| next_line(text, end.end));
    none(opening, Span::new(body, text.len()))
}

/// Where there is no front matter, the first line stands for it, and parts of that may be cut out: then what is left of the
/// line in `text` does.
pub(super) fn place_opening(front: &mut Front, text: &str, problems: &mut Problems) {
    if front.opening.start < front.body.start {
        return;
    }
    let opening = line_at(text, front.opening.start.min(text.len()));
    for problem in problems.0.iter_mut().filter(|problem| problem.span == front.opening) {
        problem.span = opening;
    }
    front.opening = opening;
}

fn line_at(text: &str, start: usize) -> Span {
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    Span::new(start, end)
}

fn next_line(text: &str, end: usize) -> usize {
    (end + 1).min(text.len())
}

fn find_line(text: &str, from: usize, mut wanted: impl FnMut(&str) -> bool) -> Option<Span> {
    let mut start = from;
    while start < text.len() {
        let line = line_at(text, start);
        if wanted(line.slice(text)) {
            return Some(line);
        }
        start = line.end + 1;
    }
    None
}
