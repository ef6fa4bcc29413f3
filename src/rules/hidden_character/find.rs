//! Hidden characters in a source: typed, or written as an escape that means one.

use crate::text::{Hidden, SitePath, Source, Span, has_hidden};

/// A hidden character, or the escape that means one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) c: char,
    pub(super) hidden: Hidden,
}

/// Every hidden character of a source that its neighbours do not need.
pub(super) fn find(source: &Source) -> Vec<Found> {
    let text = &*source.text;
    // Hardly any file has one, and every file is looked through.
    if !(has_hidden(text) || text.contains("&#") || text.contains('\\')) {
        return Vec::new();
    }
    let toml_ends = toml_end(&source.path, text);
    let mut found = Vec::new();
    let (mut before, mut at) = ('\n', 0);
    while let Some(c) = text[at..].chars().next() {
        let written = match c {
            '\\' if at < toml_ends => escape(&text[at..]),
            '&' if at >= toml_ends => reference(&text[at..]),
            _ => None,
        };
        let (meant, length) = written.unwrap_or((Some(c), c.len_utf8()));
        let after = text[at + length..].chars().next().unwrap_or('\n');
        if let Some((c, hidden)) = meant.and_then(|c| Some((c, Hidden::of(c)?)))
            && !is_needed(c, before, after)
        {
            found.push(Found { span: Span::new(at, at + length), c, hidden });
        }
        before = match c {
            // A flag of a region is one black flag with tags behind it.
            '\u{e0020}'..='\u{e007f}' if before == FLAG => FLAG,
            _ => c,
        };
        at += length;
    }
    found
}

const FLAG: char = '\u{1f3f4}';

/// Whether its neighbours need a character that takes no room: scripts without blanks, flags, forms of ideographs.
fn is_needed(c: char, before: char, after: char) -> bool {
    let has_no_blanks =
        |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    match c {
        '\u{200b}' | '\u{2060}' => has_no_blanks(before) || has_no_blanks(after),
        '\u{e0020}'..='\u{e007f}' => before == FLAG,
        '\u{e0100}'..='\u{e01ef}' => before >= '\u{3400}',
        _ => false,
    }
}

/// Where the TOML of a file ends: its front matter, or all of it. Themes and other texts have none.
fn toml_end(path: &SitePath, text: &str) -> usize {
    match path.extension() {
        Some("toml") => text.len(),
        Some("md") => text.strip_prefix("+++").and_then(|rest| rest.find("\n+++")).map_or(0, |at| at + 4),
        _ => 0,
    }
}

/// The character that an escape of TOML at the beginning of `text` means, if it is one of those, and its length.
fn escape(text: &str) -> Option<(Option<char>, usize)> {
    let digits = match text.chars().nth(1)? {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        // A backslash that stands for itself takes the next one with it.
        '\\' => return Some((None, 2)),
        _ => return None,
    };
    let number = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(number), 2 + digits))
}

/// The character that a numeric reference of Markdown or HTML at the beginning of `text` means, and its length.
fn reference(text: &str) -> Option<(Option<char>, usize)> {
    // Eight signs are enough for the greatest number; an endless row of digits is none.
    let inner = text.strip_prefix("&#")?;
    let end = inner.bytes().take(9).position(|byte| byte == b';')?;
    let number = match inner[..end].strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => inner[..end].parse().ok()?,
    };
    Some((char::from_u32(number), end + 3))
}
