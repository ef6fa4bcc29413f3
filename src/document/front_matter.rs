//! Finds the front matter of a file and reads its table.

use crate::diagnostic::{ProblemKind, Problems};
use crate::table::{Table, read_toml};
use crate::text::Span;

/// The delimiters of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Between two `+++` lines.
    Plus,
    /// In a fenced code block marked `toml` that opens the file, as in RustSec's advisories.
    CodeBlock,
    /// The file has no front matter that can be read.
    None,
}

impl Fence {
    /// The line that closes the front matter.
    fn closing(self) -> &'static str {
        match self {
            Self::Plus => "+++",
            Self::CodeBlock => "```",
            Self::None => "",
        }
    }
}

/// The front matter of a file, and where the text after it begins.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// Its delimiters.
    pub fence: Fence,
    /// The line of the opening delimiter; without front matter, the first line of the file.
    pub opening: Span,
    /// Its keys and values; empty without front matter.
    pub table: Table,
    /// The rest of the file.
    pub body: Span,
}

/// Finds and reads the front matter of `text`.
pub(super) fn read(text: &str, problems: &mut Problems) -> FrontMatter {
    let start = text.len() - text.trim_start().len();
    let opening = line_at(text, start);
    let fence = opening.slice(text).trim_end();
    match fence {
        "+++" => fenced(text, opening, Fence::Plus, problems),
        "---" => yaml(text, opening, problems),
        _ if is_toml_block(fence) => fenced(text, opening, Fence::CodeBlock, problems),
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

fn none(opening: Span, body: Span) -> FrontMatter {
    FrontMatter { fence: Fence::None, opening, table: Table::default(), body }
}

fn fenced(text: &str, opening: Span, fence: Fence, problems: &mut Problems) -> FrontMatter {
    let closing = fence.closing();
    let start = next_line(text, opening.end);
    let Some(end) = find_line(text, start, |line| line.trim_end() == closing) else {
        problems
            .add(ProblemKind::BrokenToml, opening, "the front matter is opened here and never closed")
            .help(format!("Write a line `{closing}` after the last key."));
        // Everything that follows may be front matter, which readers must not see, so no body is left.
        return none(opening, Span::at(text.len()));
    };
    let span = Span::new(start, end.start);
    let table = read_toml(text, span, problems);
    FrontMatter { fence, opening, table, body: Span::new(next_line(text, end.end), text.len()) }
}

fn yaml(text: &str, opening: Span, problems: &mut Problems) -> FrontMatter {
    problems.add(ProblemKind::FrontMatterMissing, opening, "this front matter is YAML, and Casebook reads TOML").help(
        "Put the keys between `+++` lines, as `key = \"value\"`. `casebook new` writes a template to copy them into.",
    );
    let start = next_line(text, opening.end);
    let body =
        find_line(text, start, |line| line.trim_end() == "---").map_or(text.len(), |end| next_line(text, end.end));
    none(opening, Span::new(body, text.len()))
}

/// Without front matter, findings point at the first line. This moves `opening` and those problems to the first line of
/// `text`, from which comments were cut out.
pub(super) fn place_opening(front: &mut FrontMatter, text: &str, problems: &mut Problems) {
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
