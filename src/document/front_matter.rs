//! Finds the front matter of a file and reads its table.

use crate::diagnostic::{ProblemKind, Problems};
use crate::table::{Table, Yaml, read_toml, read_yaml};
use crate::text::Span;

/// The delimiters of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// TOML between two `+++` lines.
    Plus,
    /// YAML between two `---` lines.
    Dashes,
    /// TOML in a fenced code block marked `toml` that opens the file, as in RustSec's advisories, or stands below its title.
    CodeBlock,
    /// The file has no front matter that can be read.
    None,
}

impl Fence {
    /// The lines of which any closes the front matter.
    fn closing(self) -> &'static [&'static str] {
        match self {
            Self::Plus => &["+++"],
            Self::Dashes => &["---", "..."],
            Self::CodeBlock => &["```"],
            Self::None => &[],
        }
    }
}

/// The front matter of a file, and where the text around it is.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// Its delimiters.
    pub fence: Fence,
    /// The line of the opening delimiter; without front matter, the first line of the file.
    pub opening: Span,
    /// From the opening delimiter to the end of the closing one; empty without front matter.
    pub span: Span,
    /// Its keys and values; empty without front matter.
    pub table: Table,
    /// The text: what follows the front matter, and the title before it. The front matter may lie inside.
    pub body: Span,
}

impl FrontMatter {
    /// The text after the front matter.
    pub(super) fn rest(&self) -> Span {
        Span::new(self.body.start.max(self.span.end), self.body.end)
    }

    /// The title before the front matter; empty when it stands at the top.
    pub(super) fn title(&self) -> Span {
        Span::new(self.body.start, self.span.start)
    }
}

/// Finds and reads the front matter of `text`.
pub(super) fn read(text: &str, problems: &mut Problems) -> FrontMatter {
    let opening = first_line(text, 0);
    let line = opening.slice(text).trim_end();
    match line {
        "+++" => fenced(text, opening, Fence::Plus, problems),
        "---" => yaml(text, opening, problems),
        _ if is_toml_block(line) => fenced(text, opening, Fence::CodeBlock, problems),
        _ if line.is_empty() => {
            problems.add(ProblemKind::FrontMatterMissing, opening, "this file is empty").help(HELP);
            none(opening, Span::new(0, text.len()))
        }
        _ => {
            let found = below_title(text, opening, problems);
            let misplaced = misplaced(text).filter(|_| found.fence == Fence::None && problems.0.is_empty());
            if let Some(line) = misplaced {
                let message = "this looks like front matter, and it is not read as such here or with these signs";
                problems.add(ProblemKind::FrontMatterMissing, line, message).help(HELP);
            }
            found
        }
    }
}

/// The line that opens what an author may have meant as front matter: behind comments or signs that nobody sees, below the
/// title, or with signs that are nearly right. Only comments and one title may stand before it.
fn misplaced(text: &str) -> Option<Span> {
    let mut at = 0;
    let mut has_title = false;
    loop {
        at += text[at..].len() - text[at..].trim_start_matches(is_unseen).len();
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->")? + "-->".len();
        } else if rest.starts_with("# ") && !has_title {
            has_title = true;
            at = next_line(text, line_at(text, at).end);
        } else {
            break;
        }
    }
    let opening = line_at(text, at);
    let line = opening.slice(text).trim_end();
    let sign = line.chars().next()?;
    let is_fence = line == "{" || ["---", "+++", "```", "~~~"].iter().any(|fence| line.starts_with(fence));
    let lines = text[opening.end..].lines().skip(1);
    let inside = lines.take_while(|line| line.chars().take(3).filter(|other| *other == sign).count() < 3);
    let mut keys = inside.filter_map(|line| {
        let line = if sign == '{' { line.trim_start() } else { line };
        let key = line.split([':', '=']).next().filter(|key| *key != line || line.starts_with('['))?;
        Some(key.trim_end().trim_matches(['"', '\'', '[', ']']))
    });
    let mut has_key = || keys.any(|key| DECISIONS.iter().any(|known| known.eq_ignore_ascii_case(key)));
    (is_fence && has_key()).then_some(opening)
}

/// Whether a sign at the beginning of a file is a blank, or none that anybody sees.
fn is_unseen(sign: char) -> bool {
    sign.is_whitespace()
        || sign.is_control()
        || matches!(sign, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}')
}

/// What to do about a file without front matter.
pub const HELP: &str = "Begin the file with a line `+++`, then the keys in TOML, then a line `+++`; or with `---` around keys in YAML. `casebook new` writes a template.";

fn is_toml_block(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|info| info.trim().eq_ignore_ascii_case("toml"))
}

fn none(opening: Span, body: Span) -> FrontMatter {
    FrontMatter { fence: Fence::None, opening, span: Span::at(body.start), table: Table::default(), body }
}

fn fenced(text: &str, opening: Span, fence: Fence, problems: &mut Problems) -> FrontMatter {
    let start = next_line(text, opening.end);
    let Some(end) = closing_line(text, start, fence) else { return unclosed(text, opening, fence, problems) };
    let table = read_toml(text, Span::new(start, end.start), problems);
    FrontMatter { fence, opening, span: Span::new(opening.start, end.end), table, body: after(text, end) }
}

/// Front matter in YAML, or a text that begins with a thematic break.
fn yaml(text: &str, opening: Span, problems: &mut Problems) -> FrontMatter {
    let start = next_line(text, opening.end);
    let whole = Span::new(opening.start, text.len());
    let Some(end) = closing_line(text, start, Fence::Dashes) else {
        return if begins_with_key(&text[start..]) {
            unclosed(text, opening, Fence::Dashes, problems)
        } else {
            none(opening, whole)
        };
    };
    match read_yaml(text, Span::new(start, end.start), problems) {
        Yaml::Table(table) => {
            let span = Span::new(opening.start, end.end);
            FrontMatter { fence: Fence::Dashes, opening, span, table, body: after(text, end) }
        }
        Yaml::Prose => none(opening, whole),
        Yaml::Unclear => {
            let message = "what stands between these `---` lines is neither keys with values nor a paragraph";
            let help = "For front matter, write `key: value` on each line. For a line across the page, write `***`.";
            problems.add(ProblemKind::FrontMatterMissing, opening, message).help(help);
            none(opening, whole)
        }
    }
}

/// Whether the first line that is neither blank nor a comment of YAML is a key with its value.
fn begins_with_key(text: &str) -> bool {
    let line = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or("-");
    matches!(read_yaml(line, Span::new(0, line.len()), &mut Problems::default()), Yaml::Table(_))
}

/// Keys of which front matter has at least one that does not stand at the top. Another block is an example in the text.
const DECISIONS: [&str; 9] =
    ["title", "severity", "status", "tlp", "impact", "draft", "publish", "published", "internal"];

/// A title, then front matter in a code block: the title is a part of the text.
fn below_title(text: &str, title: Span, problems: &mut Problems) -> FrontMatter {
    let opening = first_line(text, next_line(text, title.end));
    let is_title = title.slice(text).strip_prefix("# ").is_some_and(|words| !words.trim().is_empty());
    if !is_title || !is_toml_block(opening.slice(text).trim_end()) {
        return none(title, Span::new(title.start, text.len()));
    }
    if title.slice(text).contains("<!--") {
        let message = "a comment stands beside the title, so the block below it is not read as front matter";
        problems.add(ProblemKind::FrontMatterMissing, title, message).help("Move the comment below the block.");
        return none(title, Span::new(title.start, text.len()));
    }
    let mut found = Problems::default();
    let front = fenced(text, opening, Fence::CodeBlock, &mut found);
    let is_front = found.0.iter().any(|problem| problem.kind == ProblemKind::BrokenToml)
        || DECISIONS.iter().any(|key| front.table.get(key).is_some());
    if !is_front {
        return none(title, Span::new(title.start, text.len()));
    }
    problems.0.append(&mut found.0);
    match front.fence {
        Fence::Plus | Fence::Dashes | Fence::CodeBlock => {
            FrontMatter { body: Span::new(title.start, front.body.end), ..front }
        }
        Fence::None => front,
    }
}

fn unclosed(text: &str, opening: Span, fence: Fence, problems: &mut Problems) -> FrontMatter {
    let closing = fence.closing()[0];
    problems
        .add(ProblemKind::BrokenToml, opening, "the front matter is opened here and never closed")
        .help(format!("Write a line `{closing}` after the last key."));
    // Everything that follows may be front matter, which readers must not see, so no body is left.
    none(opening, Span::at(text.len()))
}

fn after(text: &str, closing: Span) -> Span {
    Span::new(next_line(text, closing.end), text.len())
}

/// Without front matter, findings point at the first line. This moves `opening` and those problems to the first line of
/// `text`, from which comments were cut out.
pub(super) fn place_opening(front: &mut FrontMatter, text: &str, problems: &mut Problems) {
    if front.opening.start < front.span.end {
        return;
    }
    let opening = line_at(text, front.opening.start.min(text.len()));
    for problem in problems.0.iter_mut().filter(|problem| problem.span == front.opening) {
        problem.span = opening;
    }
    front.opening = opening;
}

/// The first line from `from` on that is not blank; the last one of a blank text.
fn first_line(text: &str, from: usize) -> Span {
    let rest = &text[from..];
    line_at(text, from + (rest.len() - rest.trim_start().len()))
}

fn line_at(text: &str, start: usize) -> Span {
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    Span::new(start, end)
}

fn next_line(text: &str, end: usize) -> usize {
    (end + 1).min(text.len())
}

fn closing_line(text: &str, from: usize, fence: Fence) -> Option<Span> {
    let mut start = from;
    while start < text.len() {
        let line = line_at(text, start);
        if fence.closing().contains(&line.slice(text).trim_end()) {
            return Some(line);
        }
        start = line.end + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Fence, read};
    use crate::diagnostic::{ProblemKind, Problems};

    /// Whether a text without front matter begins with something that may have been meant as such.
    fn is_doubtful(text: &str) -> bool {
        let mut problems = Problems::default();
        let front = read(text, &mut problems);
        assert_eq!(front.fence, Fence::None, "{text:?}");
        problems.0.iter().any(|problem| problem.kind == ProblemKind::FrontMatterMissing)
    }

    #[test]
    fn what_may_be_meant_as_front_matter_is_never_a_text() {
        for text in [
            "<!-- a comment -->\n---\nstatus: draft\n---\n\n# T\n",
            "<!-- a comment -->\n\n<!-- another -->\n+++\ntlp = \"TLP:RED\"\n+++\n",
            "----\ntlp: TLP:RED\n----\n",
            "++++\ndraft = true\n++++\n",
            "---yaml\npublished: false\n---\n",
            "```yaml\npublish: 2030-01-01\n```\n",
            "```yaml\ntitle: T\ninternal:\n  note: a\n```\n",
            "# T\n\n```yaml\nstatus: draft\n```\n",
            "# T\n\n---\ntlp: TLP:RED\n---\n",
            "~~~toml\n[internal]\nnote = \"a\"\n~~~\n",
            "\u{200b}---\ntlp: TLP:RED\n---\n",
            "\u{feff}\u{feff}---\ntlp: TLP:RED\n---\n",
            "{\n  \"title\": \"T\",\n  \"draft\": true\n}\n",
        ] {
            assert!(is_doubtful(text), "{text:?}");
        }
        for text in [
            "# T\n\nStatus: final\n",
            "# T\n\n```yaml\nkind: Pod\n```\n",
            "<!-- a comment -->\n# T\n\nWords.\n\n---\n\nstatus: fine\n",
            "---\n\nWords between two lines.\n\n---\n\n# T\n",
            "{ a brace }\n",
        ] {
            assert!(!is_doubtful(text), "{text:?}");
        }
    }

    #[test]
    fn a_block_below_the_title_that_decides_is_front_matter() {
        for key in ["draft = true", "publish = 2030-01-01", "published = false", "[internal]"] {
            let front = read(&format!("# T\n\n```toml\n{key}\n```\n"), &mut Problems::default());
            assert_eq!(front.fence, Fence::CodeBlock, "{key}");
        }
    }
}
