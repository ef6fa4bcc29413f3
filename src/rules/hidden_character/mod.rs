//! Characters that no reader sees, in the lines of a source: typed, or written as an escape that means one.

mod find;

use find::{Found, find};

use crate::diagnostic::{Diagnostic, Metadata};
use crate::document::parse;
use crate::rules::Library;
use crate::text::{Edit, Hidden, Source, Span, is_markdown};

/// The most lines of one file that have a finding of their own; the last finding tells of the others.
const MOST: usize = 20;

/// How many characters of one line are named.
const NAMED: usize = 3;

/// What a hidden character does to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harm {
    /// It makes readers see something else than what stands there.
    Reorders,
    /// It is not seen, and serves nothing.
    Unseen,
}

/// The files of the site beside reviews and datasets of others: pages, settings, factors, themes.
pub(super) fn others<'a>(library: &Library<'a>) -> impl Iterator<Item = Source> + use<'a> {
    let policy = library.policy;
    let is_other =
        move |source: &&Source| source.path.below("content/sources").is_none() && !policy.is_review(&source.path);
    // Of pages, like of reviews, rules see what is left of them, and places are led back to the file afterwards.
    let seen = move |source: &Source| {
        let is_page = source.path.below("content/pages").is_some() && is_markdown(&source.path);
        if is_page { parse(source).source } else { source.clone() }
    };
    library.sources.texts.values().filter(is_other).map(seen)
}

/// One finding of `rule` for each line of `source` that has characters of this harm.
pub(super) fn check(rule: &'static Metadata, harm: Harm, source: &Source) -> Vec<Diagnostic> {
    let mut lines = lines(source, harm);
    let more = lines.split_off(lines.len().min(MOST));
    let mut findings: Vec<Diagnostic> = lines.iter().map(|line| finding(rule, harm, source, line)).collect();
    if let Some(last) = findings.last_mut().filter(|_| !more.is_empty()) {
        last.message.push_str(&format!("; so have {} more lines of the file", more.len()));
        if harm == Harm::Unseen {
            last.fix.extend(more.iter().flatten().map(|found| removal(found, &source.text)));
        }
    }
    findings
}

fn finding(rule: &'static Metadata, harm: Harm, source: &Source, line: &[Found]) -> Diagnostic {
    let mut names: Vec<String> = Vec::new();
    for name in line.iter().map(|found| name(found.c)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() > NAMED {
        let more = names.split_off(NAMED).len();
        names.push(format!("{more} more kinds"));
    }
    let what = match harm {
        Harm::Reorders => "the line is shown in another order than it is written in",
        Harm::Unseen => "the line has characters that no reader sees",
    };
    let message = format!("{what}: {}", names.join(", "));
    let mut finding = Diagnostic::new(rule, source.path.as_str(), line[0].span, message);
    if harm == Harm::Unseen {
        finding.fix = line.iter().map(|found| removal(found, &source.text)).collect();
    }
    finding
}

/// The change that takes a character out, with the rest of the terminal sequence that it begins.
fn removal(found: &Found, text: &str) -> Edit {
    let rest = &text[found.span.end..];
    // An escape that means the character begins no sequence: what follows it may be the next escape.
    let is_typed = found.span.len() == found.c.len_utf8();
    let length = match found.c {
        _ if !is_typed => 0,
        '\u{1b}' => sequence(rest),
        '\u{9b}' => parameters(rest),
        _ => 0,
    };
    let instead = match found.c {
        '\r' if is_typed => "\n",
        '\r' | '\u{85}' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => " ",
        _ => "",
    };
    Edit { span: Span::new(found.span.start, found.span.end + length), text: instead.to_owned() }
}

/// The length of what follows an escape character and belongs to it (ECMA-48): `[1;31m`, or a title up to its end.
fn sequence(rest: &str) -> usize {
    if let Some(after) = rest.strip_prefix('[') {
        return 1 + parameters(after);
    }
    if rest.starts_with([']', 'P', '^', '_']) {
        let line = rest.split('\n').next().unwrap_or_default();
        // The sign at its end is a control character as well, and goes by itself.
        return line.find(['\u{7}', '\u{1b}', '\u{9c}']).unwrap_or(0);
    }
    usize::from(rest.starts_with('\\'))
}

fn parameters(rest: &str) -> usize {
    let length = rest.find(|c| !(' '..='?').contains(&c)).unwrap_or(0);
    if rest[length..].starts_with(|c| ('@'..='~').contains(&c)) { length + 1 } else { 0 }
}

/// The hidden characters of each line that do this harm.
fn lines(source: &Source, harm: Harm) -> Vec<Vec<Found>> {
    let found = find(source);
    let same_line = |one: &Found, next: &Found| !source.text[one.span.end..next.span.start].contains('\n');
    let lines = found.chunk_by(same_line).map(|line| harmful(line, &source.text, harm));
    lines.filter(|line| !line.is_empty()).collect()
}

fn harmful(line: &[Found], text: &str, harm: Harm) -> Vec<Found> {
    let start = text[..line[0].span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[line[0].span.end..].find('\n').map_or(text.len(), |at| line[0].span.end + at);
    let needs_direction = text[start..end].contains(is_right_to_left);
    let (embeddings, isolates) = (is_balanced(line, '\u{202c}'), is_balanced(line, '\u{2069}'));
    let of = |found: &Found| match (found.hidden, found.c) {
        (Hidden::Reorders, '\u{202d}' | '\u{202e}') => Some(Harm::Reorders),
        (Hidden::Reorders, _) if embeddings && needs_direction => None,
        (Hidden::Reorders, _) => Some(Harm::Reorders),
        (Hidden::Isolates, _) if !isolates => Some(Harm::Reorders),
        (Hidden::Isolates | Hidden::Hints, _) if needs_direction => None,
        (Hidden::Control | Hidden::Isolates | Hidden::Hints | Hidden::Invisible, _) => Some(Harm::Unseen),
    };
    line.iter().filter(|found| of(found) == Some(harm)).copied().collect()
}

/// Whether every part of a line with a direction of its own ends in the line. `end` is the character that ends one.
fn is_balanced(line: &[Found], end: char) -> bool {
    let kind = Hidden::of(end);
    let mut open = 0_usize;
    for found in line.iter().filter(|found| Some(found.hidden) == kind) {
        match (found.c == end, open) {
            (false, _) => open += 1,
            (true, 0) => return false,
            (true, _) => open -= 1,
        }
    }
    open == 0
}

/// Whether `c` is of a script that is written from right to left, such as Arabic or Hebrew.
fn is_right_to_left(c: char) -> bool {
    let is_letter = matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    (is_letter && c != '\u{61c}') || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// What a character is called.
fn name(c: char) -> String {
    let name = match c {
        '\0' => " (null)",
        '\u{7}' => " (bell)",
        '\u{8}' => " (backspace)",
        '\r' => " (carriage return)",
        '\u{1b}' => " (escape)",
        '\u{61c}' | '\u{200e}' | '\u{200f}' => " (direction mark)",
        '\u{200b}' => " (zero-width space)",
        '\u{202a}' | '\u{202b}' => " (embedding)",
        '\u{202d}' => " (left-to-right override)",
        '\u{202e}' => " (right-to-left override)",
        '\u{2066}'..='\u{2068}' => " (isolate)",
        '\u{202c}' | '\u{2069}' => " (end of a direction)",
        '\u{feff}' => " (byte order mark)",
        _ => "",
    };
    format!("U+{:04X}{name}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::{Harm, check};
    use crate::rules::find as rule;
    use crate::text::{SitePath, Source, apply_edits};

    fn harm(text: &str, path: &str) -> (usize, usize) {
        let source = Source::new(SitePath::new(path).unwrap(), text);
        let any = rule("D001").unwrap().metadata;
        (check(any, Harm::Reorders, &source).len(), check(any, Harm::Unseen, &source).len())
    }

    #[test]
    fn each_hidden_character_is_harmful_or_needed() {
        let cases = [
            ("Grüße, “x” — naïve\tend\r\n", (0, 0)),
            ("ab\u{202e}cd", (1, 0)),
            ("ab\u{202d}cd\u{202c} אב", (1, 0)),
            ("\u{202b}אב\u{202c} a", (0, 0)),
            ("\u{202b}ab\u{202c} a", (1, 0)),
            ("\u{2067}אב\u{2069} a", (0, 0)),
            ("\u{2067}ab\u{2069} a", (0, 1)),
            ("\u{2067}אב a\n\u{2069}", (2, 0)),
            ("שלום\u{200f}!", (0, 0)),
            ("مرحبا ABC\u{200e}.", (0, 0)),
            ("abc\u{200e}", (0, 1)),
            ("a\u{200b}b", (0, 1)),
            ("ภา\u{200b}ษา", (0, 0)),
            ("می\u{200c}خواهم 👩\u{200d}💻 ❤\u{fe0f} soft\u{ad}hyphen", (0, 0)),
            ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} a", (0, 0)),
            ("a\u{e0067}\u{e0062}", (0, 1)),
            ("葛\u{e0100}", (0, 0)),
            ("a\u{e0100}", (0, 1)),
            ("\u{1b}[1mx\u{1b}[0m\n\u{7}\n\u{9b}\n\0\n\u{7f}", (0, 5)),
            ("a line\ran old Mac ended", (0, 0)),
            ("a\u{feff}b\n\u{2028}\n\u{fdd0}\n\u{ffff}", (0, 4)),
            ("a &#x202e; &#8238; &#x202E b &amp; &#xffffffff; &#99999999;", (1, 0)),
            ("a &#27; b", (0, 1)),
            ("a \\u202e b", (0, 0)),
            ("+++\ntitle = \"a\\u202E\"\nb = \"\\U0000001b\"\nc = \"\\\\u202e\"\n+++\n\\u202e", (1, 1)),
        ];
        for (text, expected) in cases {
            assert_eq!(harm(text, "content/pages/a.md"), expected, "{text:?}");
        }
        assert_eq!(harm("a = \"\\u202e\\x1b\"", "casebook.toml"), (1, 1));
        assert_eq!(harm("a = \"\\u202e\\x1b\"", "themes/a/a.js"), (0, 0));
        assert_eq!(harm(&"\u{1b}\n".repeat(100), "content/pages/a.md"), (0, 20));
    }

    #[test]
    fn whole_sequences_are_taken_out() {
        let text =
            "\u{1b}[1;31mERROR\u{1b}[0m \u{1b}]0;title\u{7}out\u{1b}]8;;x\u{1b}\\ of\u{c}\u{200b}sp\u{9b}2Jace\u{1b}\n"
                .repeat(30);
        let source = Source::new(SitePath::new("content/pages/a.md").unwrap(), &text);
        let found = check(rule("D001").unwrap().metadata, Harm::Unseen, &source);
        let edits: Vec<_> = found.iter().flat_map(|finding| finding.fix.clone()).collect();
        assert_eq!(apply_edits(&text, &edits).0, "ERROR out of space\n".repeat(30));
        assert!(found[19].message.contains("10 more lines"), "{}", found[19].message);
    }
}
