//! From text to the words of the index. `search-engine.js` does the same; `tests/search/words.json` holds both to it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::article::without_article;
use crate::text::is_ignorable;

/// What a word is to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word between spaces and signs: `kube` of `kube-dns`, `github` of `GitHub`. Phrases and queries consist of these.
    Part,
    /// A whole identifier: `kube-dns`.
    Whole,
    /// What a part can be found by as well: `git` and `hub` of `GitHub`, an Arabic or Hebrew word without its article.
    Piece,
}

/// The greatest length of a word in characters. A transaction hash has 66.
const LONGEST: usize = 72;

/// Calls `each` for every word of `text`, with the word as [`fold`] normalises it, its kind, and its range in `text`.
///
/// Words are runs of letters, digits and marks; what is invisible neither ends nor changes them. A hyphen, an underscore
/// or a dot between two of them makes an identifier, which is kept whole and in parts. Names in camel case are a part and
/// have pieces. Scripts that are written without spaces are cut into pairs of characters: the tables by which words could
/// be told apart differ from browser to browser.
pub fn for_each_word(text: &str, mut each: impl FnMut(&str, TokenKind, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut folded = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let Some(shape) = Shape::read(text, at) else {
            at += 1;
            while !text.is_char_boundary(at) {
                at += 1;
            }
            continue;
        };
        let range = at..shape.end;
        let chunk = &text[range.clone()];
        at = shape.end;
        if shape.is_plain {
            if chunk.len() <= LONGEST {
                if shape.has_capital {
                    folded.clear();
                    folded.push_str(chunk);
                    folded.make_ascii_lowercase();
                    each(&folded, TokenKind::Part, range);
                } else {
                    each(chunk, TokenKind::Part, range);
                }
            }
        } else {
            identifier(chunk, |word, form| each(word, form, range.clone()));
        }
    }
}

/// The extent of a chunk, and whether it needs more than lower case.
struct Shape {
    end: usize,
    /// ASCII letters and digits, and no capital after a small letter.
    is_plain: bool,
    has_capital: bool,
}

impl Shape {
    /// The chunk that begins at `at`; `None` when no word does.
    fn read(text: &str, at: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut shape = Self { end: at, is_plain: true, has_capital: false };
        let mut before = 0_u8;
        loop {
            match bytes.get(shape.end) {
                Some(byte) if byte.is_ascii_alphanumeric() => {
                    if byte.is_ascii_uppercase() {
                        shape.has_capital = true;
                        shape.is_plain &= !before.is_ascii_lowercase();
                    } else if byte.is_ascii_lowercase() && before.is_ascii_uppercase() && shape.end - at > 1 {
                        // Perhaps the second word of `HTTPServer`.
                        shape.is_plain = false;
                    }
                    before = *byte;
                    shape.end += 1;
                }
                Some(byte) if !byte.is_ascii() || b"-_.'".contains(byte) => {
                    let c = text[shape.end..].chars().next().filter(|c| is_word(*c));
                    let next = c.map(|c| shape.end + c.len_utf8());
                    let joined = || (shape.end > at).then(|| after_joint(text, shape.end)).flatten();
                    let Some(next) = next.or_else(joined) else { break };
                    (shape.is_plain, before, shape.end) = (false, 0, next);
                }
                _ => break,
            }
        }
        (shape.end > at).then_some(shape)
    }
}

/// Where a word goes on that stops at `at`: behind a hyphen, a dot, an apostrophe or what is invisible.
fn after_joint(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].trim_start_matches(is_ignorable);
    let rest = rest.strip_prefix(['-', '_', '.', '\'', '\u{2019}']).unwrap_or(rest).trim_start_matches(is_ignorable);
    rest.starts_with(is_word).then(|| text.len() - rest.len())
}

fn is_word(c: char) -> bool {
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_ignorable(c)
}

/// The words of a chunk with other characters than ASCII letters and digits, or with camel case.
fn identifier(chunk: &str, mut each: impl FnMut(&str, TokenKind)) {
    let chunk = without_invisible(chunk);
    let segments: Vec<&str> = chunk.split(['-', '_', '.']).filter(|segment| !segment.is_empty()).collect();
    if segments.len() > 1 {
        let whole = fold(&chunk);
        let is_identifier = |c: char| is_word(c) && !is_spaceless(c) || matches!(c, '-' | '_' | '.');
        if whole.chars().count() <= LONGEST && whole.chars().all(is_identifier) {
            each(&whole, TokenKind::Whole);
        }
    }
    for segment in segments {
        runs(&fold(segment), &mut |word, _| {
            each(word, TokenKind::Part);
            if let Some(bare) = without_article(word) {
                each(bare, TokenKind::Piece);
            }
        });
        let pieces = camel_words(segment);
        for piece in pieces.iter().filter(|_| pieces.len() > 1) {
            runs(&fold(piece), &mut |word, script| {
                if script == Script::Spaced {
                    each(word, TokenKind::Piece);
                }
            });
        }
    }
}

/// `chunk` without apostrophes and invisible characters, but for those that part the words of a compound.
fn without_invisible(chunk: &str) -> String {
    let mut seen = String::with_capacity(chunk.len());
    let mut before = None;
    for c in chunk.chars().filter(|c| !matches!(c, '\'' | '\u{2019}')) {
        if !is_ignorable(c) || c == COMPOUND && before.is_some_and(is_arabic) {
            seen.push(c);
        }
        before = Some(c);
    }
    seen
}

/// The zero-width non-joiner. Persian writes it between the words of a compound; elsewhere it only changes how letters look.
const COMPOUND: char = '\u{200c}';

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}

/// The words of `CrashLoopBackOff`. `APIs` and `IDs` are one word: two small letters have to follow the last capital. A
/// word with digits is one, too, since capitals in addresses and hashes mean nothing. The words of a Persian compound are
/// told apart alike.
fn camel_words(segment: &str) -> Vec<&str> {
    let bytes = segment.as_bytes();
    if bytes.iter().any(u8::is_ascii_digit) {
        return vec![segment];
    }
    if segment.contains(COMPOUND) {
        return segment.split(COMPOUND).collect();
    }
    let mut words = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len() {
        let small = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        let capital = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        if capital(at) && (small(at - 1) || capital(at - 1) && small(at + 1) && small(at + 2)) {
            words.push(&segment[start..at]);
            start = at;
        }
    }
    words.push(&segment[start..]);
    words
}

/// How the words of a script are told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Spaced,
    Spaceless,
}

/// The words of a folded part: pairs of characters in scripts without spaces, otherwise whole runs.
fn runs(folded: &str, each: &mut impl FnMut(&str, Script)) {
    let kind = |c: char| if is_spaceless(c) { Some(Script::Spaceless) } else { is_word(c).then_some(Script::Spaced) };
    let letters: Vec<(usize, char)> = folded.char_indices().collect();
    let end_of = |at: usize| letters.get(at).map_or(folded.len(), |(offset, _)| *offset);
    let mut at = 0;
    while at < letters.len() {
        let own = kind(letters[at].1);
        let length = letters[at..].iter().take_while(|(_, c)| kind(*c) == own).count();
        let mut word = |from: usize, to: usize, script| each(&folded[end_of(from)..end_of(to)], script);
        match own {
            Some(Script::Spaceless) if length == 1 => word(at, at + 1, Script::Spaceless),
            Some(Script::Spaceless) => {
                (at..at + length - 1).for_each(|first| word(first, first + 2, Script::Spaceless))
            }
            Some(Script::Spaced) if length <= LONGEST => word(at, at + length, Script::Spaced),
            Some(Script::Spaced) | None => {}
        }
        at += length;
    }
}

/// Whether a script has no spaces between words: Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer.
fn is_spaceless(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Lower case without accents, Arabic and Hebrew vowel signs, and what is invisible, in Unicode form NFC, so that equal
/// words are equal bytes.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let small = text.nfkd().collect::<String>().to_lowercase();
    let mut plain = String::with_capacity(small.len());
    for c in small.chars() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            // Hebrew points, the Arabic line that makes a word longer, Arabic vowel signs and hamza.
            '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' => {}
            '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
            c if is_ignorable(c) => {}
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            other => plain.push(other),
        }
    }
    plain.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, for_each_word};

    #[test]
    fn parts_and_wholes_have_places() {
        let mut seen = Vec::new();
        for_each_word("a kube-dns", |word, form, at| seen.push((word.to_owned(), form, at)));
        let expected =
            [("a", TokenKind::Part, 0..1), ("kube-dns", TokenKind::Whole, 2..10), ("kube", TokenKind::Part, 2..10)];
        for (seen, expected) in seen.iter().zip(expected) {
            assert_eq!((seen.0.as_str(), seen.1, seen.2.clone()), expected);
        }
        assert_eq!(seen.len(), 4);
    }
}
