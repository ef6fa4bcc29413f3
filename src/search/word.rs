//! From text to the words of the index. `search-engine.js` does the same; `tests/search/words.json` holds both to it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a word is a part of an identifier or all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A plain word, or a part of an identifier: `kube` of `kube-dns`. Phrases consist of these.
    Part,
    /// A whole identifier: `kube-dns`.
    Whole,
}

/// The greatest length of a word in characters. A transaction hash has 66.
const LONGEST: usize = 72;

/// Calls `each` for every word of `text`, with the word as [`fold`] normalises it, its kind, and its range in `text`.
///
/// Words are runs of letters, digits and marks. A hyphen, an underscore or a dot between two of them makes an identifier,
/// which is kept whole and in parts, as are names in camel case. Scripts that are written without spaces are cut into
/// pairs of characters: the tables by which words could be told apart differ from browser to browser.
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
                Some(byte) if !byte.is_ascii() => {
                    let Some(c) = text[shape.end..].chars().next() else { break };
                    let next = shape.end + c.len_utf8();
                    let joins = c == '\u{2019}' && shape.end > at && starts_word(text, next);
                    if !is_word(c) && !joins {
                        break;
                    }
                    (shape.is_plain, before, shape.end) = (false, 0, next);
                }
                Some(b'-' | b'_' | b'.' | b'\'') if shape.end > at && starts_word(text, shape.end + 1) => {
                    (shape.is_plain, before) = (false, 0);
                    shape.end += 1;
                }
                _ => break,
            }
        }
        (shape.end > at).then_some(shape)
    }
}

fn starts_word(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text[at..].chars().next().is_some_and(is_word),
        None => false,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// The words of a chunk with other characters than ASCII letters and digits, or with camel case.
fn identifier(chunk: &str, mut each: impl FnMut(&str, TokenKind)) {
    let mut whole = |word: String| {
        let is_identifier = |c: char| is_word(c) && !is_spaceless(c) || matches!(c, '-' | '_' | '.');
        if word.chars().count() <= LONGEST && word.chars().all(is_identifier) {
            each(&word, TokenKind::Whole);
        }
    };
    let chunk: String = chunk.chars().filter(|c| !is_apostrophe(*c)).collect();
    let segments: Vec<&str> = chunk.split(['-', '_', '.']).filter(|segment| !segment.is_empty()).collect();
    if segments.len() > 1 {
        whole(fold(&chunk));
    }
    for segment in &segments {
        if camel_words(segment).len() > 1 {
            whole(fold(segment));
        }
    }
    for part in segments.iter().flat_map(|segment| camel_words(segment)) {
        runs(&fold(part), &mut |word| each(word, TokenKind::Part));
    }
}

/// The words of `CrashLoopBackOff`. `APIs` and `IDs` are one word: two small letters have to follow the last capital. A
/// word with digits is one, too, since capitals in addresses and hashes mean nothing.
fn camel_words(segment: &str) -> Vec<&str> {
    let bytes = segment.as_bytes();
    if bytes.iter().any(u8::is_ascii_digit) {
        return vec![segment];
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

/// The words of a folded part: pairs of characters in scripts without spaces, otherwise whole runs.
fn runs(folded: &str, each: &mut impl FnMut(&str)) {
    let kind = |c: char| if is_spaceless(c) { Some(true) } else { is_word(c).then_some(false) };
    let letters: Vec<(usize, char)> = folded.char_indices().collect();
    let end_of = |at: usize| letters.get(at).map_or(folded.len(), |(offset, _)| *offset);
    let mut at = 0;
    while at < letters.len() {
        let own = kind(letters[at].1);
        let length = letters[at..].iter().take_while(|(_, c)| kind(*c) == own).count();
        let slice = |from: usize, to: usize| &folded[end_of(from)..end_of(to)];
        match own {
            Some(true) if length == 1 => each(slice(at, at + 1)),
            Some(true) => (at..at + length - 1).for_each(|first| each(slice(first, first + 2))),
            Some(false) if length <= LONGEST => each(slice(at, at + length)),
            _ => {}
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

/// Lower case without accents, in Unicode form NFC, so that equal words are equal bytes.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let small = text.nfkd().collect::<String>().to_lowercase();
    let mut plain = String::with_capacity(small.len());
    for c in small.chars() {
        match c {
            '\u{300}'..='\u{36f}' => {}
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
