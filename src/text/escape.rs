//! Escapes or removes invisible and control characters in text that goes to a terminal, a log, a report or a page. File
//! names, text by authors and answers of other servers all pass through here.

use std::borrow::Cow;

/// Why readers do not see a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// A control character, which terminals take as a command.
    Control,
    /// Overrides the text direction, so that what follows is displayed in another order (U+202A to U+202E).
    Reorders,
    /// Begins or ends a run with its own text direction (U+2066 to U+2069).
    Isolates,
    /// A direction mark, which moves nothing else (U+061C, U+200E, U+200F).
    Hints,
    /// Zero width, or a tag or a noncharacter.
    Invisible,
}

impl Hidden {
    /// `None` for characters that readers see. Tabs and line feeds count as seen, as do joiners and the soft hyphen,
    /// which change how their neighbours look.
    pub fn of(c: char) -> Option<Self> {
        match c {
            '\t' | '\n' => None,
            c if c.is_control() => Some(Self::Control),
            '\u{202a}'..='\u{202e}' => Some(Self::Reorders),
            '\u{2066}'..='\u{2069}' => Some(Self::Isolates),
            '\u{61c}' | '\u{200e}' | '\u{200f}' => Some(Self::Hints),
            '\u{200b}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{e0000}'..='\u{e007f}'
            | '\u{e0100}'..='\u{e01ef}' => Some(Self::Invisible),
            c if u32::from(c) & 0xfffe == 0xfffe => Some(Self::Invisible),
            _ => None,
        }
    }
}

/// Whether `text` has a character that readers do not see. Nearly all bytes are those of visible ASCII, so that few have to
/// be looked at as characters.
pub fn has_hidden(text: &str) -> bool {
    let mut at = 0;
    while let Some(next) = first_odd(&text.as_bytes()[at..]) {
        at += next;
        let Some(c) = text[at..].chars().next() else { break };
        if Hidden::of(c).is_some() {
            return true;
        }
        at += c.len_utf8();
    }
    false
}

/// Where the first byte stands that is none of visible ASCII. Pieces of plain bytes are passed over without a branch for
/// each byte.
fn first_odd(bytes: &[u8]) -> Option<usize> {
    const PIECE: usize = 64;
    let is_odd = |byte: &u8| !matches!(*byte, b' '..=b'~' | b'\t' | b'\n');
    let has_odd = |piece: &[u8]| piece.iter().fold(false, |odd, byte| odd | is_odd(byte));
    let piece = bytes.chunks(PIECE).position(has_odd)?;
    bytes[piece * PIECE..].iter().position(is_odd).map(|at| piece * PIECE + at)
}

/// Whether `c` is written as an escape. Direction marks stay, since Arabic and Hebrew text needs them.
fn is_escaped(c: char) -> bool {
    Hidden::of(c).is_some_and(|hidden| hidden != Hidden::Hints)
}

/// `text` as a part of one line, with hidden characters escaped: a line feed becomes `\n`, an escape `\u{1b}`.
pub fn escape_line(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| is_escaped(c) || matches!(c, '\t' | '\n')) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => line.extend(c.escape_default()),
            c if is_escaped(c) => line.extend(c.escape_unicode()),
            c => line.push(c),
        }
    }
    Cow::Owned(line)
}

/// `text` with its lines joined by blanks, and hidden characters escaped.
pub fn escape_sentence(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let joined = lines.join(" ");
    escape_line(&joined).into_owned()
}

/// The first `longest` characters of `text` on one line, escaped; `…` follows when there are more.
pub fn truncate_line(text: &str, longest: usize) -> String {
    let cut = text.char_indices().nth(longest).map(|(end, _)| &text[..end]);
    let mut brief = escape_line(cut.unwrap_or(text)).into_owned();
    if cut.is_some() {
        brief.push('…');
    }
    brief
}

/// The first `longest` visible characters of `text` on one line, each run of white space one blank.
pub fn strip_hidden(text: &str, longest: usize) -> String {
    let is_kept = |c: &char| c.is_whitespace() || matches!(Hidden::of(*c), None | Some(Hidden::Hints));
    let is_space = |c: char| if c.is_whitespace() { ' ' } else { c };
    let shown: String = text.chars().filter(is_kept).map(is_space).take(longest).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` without control characters, which HTML, XML and JSON may not hold, and without what is left of the colours of a
/// terminal, such as `[31m`. `\r` stays: tables and calendars need it.
pub fn strip_controls(text: String) -> String {
    let (mut kept, mut rest) = (String::new(), text.as_str());
    while let Some((at, c)) = first_control(rest) {
        kept.reserve(rest.len());
        kept.push_str(&rest[..at]);
        rest = &rest[at + c.len_utf8()..];
        rest = &rest[command_length(c, rest)..];
    }
    if rest.len() == text.len() { text } else { kept + rest }
}

/// The first control character of `text` but `\r`, and where it stands. Every byte of a site passes here, and hardly any
/// is one, so that many are looked at together.
fn first_control(text: &str) -> Option<(usize, char)> {
    const TOGETHER: usize = 64;
    // A control character is one byte below 0x80, or two of which the first is 0xc2.
    let may_be_one = |byte: u8| (byte < 0x20 && !b"\n\r\t".contains(&byte)) || matches!(byte, 0x7f | 0xc2);
    let is_control = |c: &char| *c != '\r' && Hidden::of(*c) == Some(Hidden::Control);
    for (number, bytes) in text.as_bytes().chunks(TOGETHER).enumerate() {
        if !bytes.iter().fold(false, |any, byte| any | may_be_one(*byte)) {
            continue;
        }
        for (offset, _) in bytes.iter().enumerate().filter(|(_, byte)| may_be_one(**byte)) {
            let at = number * TOGETHER + offset;
            if let Some(c) = text[at..].chars().next().filter(is_control) {
                return Some((at, c));
            }
        }
    }
    None
}

/// `json` without control characters in its strings, where they are escaped: whoever reads a string may print it.
pub fn strip_json_controls(json: String) -> String {
    // What precedes `written` is in `kept`, and from `written` to `at` nothing has to go.
    let (mut kept, mut written, mut at) = (String::new(), 0, 0);
    while let Some(offset) = json[at..].find('\\') {
        at += offset;
        let rest = &json[at..];
        let escape = rest.get(..6).and_then(|escape| escape.strip_prefix("\\u"));
        let control = match rest.as_bytes().get(1) {
            Some(b'b' | b'f') => Some(('\0', 2)),
            _ => {
                let number = escape.and_then(|digits| u32::from_str_radix(digits, 16).ok());
                number.and_then(char::from_u32).map(|c| (c, 6))
            }
        };
        let control = control.filter(|(c, _)| *c != '\r' && Hidden::of(*c) == Some(Hidden::Control));
        let Some((c, length)) = control else {
            // A backslash and what it escapes, which may be another backslash.
            at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            continue;
        };
        kept.push_str(&json[written..at]);
        at += length;
        at += command_length(c, &json[at..]);
        written = at;
    }
    if written == 0 { json } else { kept + &json[written..] }
}

/// The length of what follows a control character and is a command to a terminal with it. Nothing but numbers and a
/// letter, since the text may be HTML by now.
fn command_length(c: char, rest: &str) -> usize {
    // Markdown escapes the bracket.
    let bracket = ["[", "\\["].into_iter().find(|bracket| rest.starts_with(bracket)).map(str::len);
    let (start, fewest) = match (c, bracket) {
        ('\u{1b}', Some(bracket)) => (bracket, 0),
        ('\u{9b}', _) => (0, 1),
        _ => return 0,
    };
    let is_number = |byte: &u8| byte.is_ascii_digit() || b";:?".contains(byte);
    let numbers = rest.bytes().skip(start).take_while(is_number).count();
    let end = start + numbers;
    let is_command = numbers >= fewest && rest.as_bytes().get(end).is_some_and(u8::is_ascii_alphabetic);
    if is_command { end + 1 } else { 0 }
}

/// What [`escape_terminal`] does with sequences that set a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColourCodes {
    /// The program made them itself.
    Kept,
    /// The program made none, so any sequence comes from the content.
    Escaped,
}

/// Lines to print, with hidden characters escaped, and with them commands to the service that reads the log of a build,
/// such as `::error::` or `##[group]`.
pub fn escape_terminal(text: &str, colours: ColourCodes) -> String {
    let mut printed = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start().len();
        let is_command = line[blank..].starts_with("::");
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            let rest = &line[at..];
            let style = if colours == ColourCodes::Kept { style(rest) } else { 0 };
            if style > 0 {
                printed.push_str(&rest[..style]);
                at += style;
                continue;
            }
            let is_broken = (is_command && at == blank) || (c == '#' && begins_command(rest));
            if is_broken || is_escaped(c) {
                printed.extend(c.escape_unicode());
            } else {
                printed.push(c);
            }
            at += c.len_utf8();
        }
    }
    printed
}

/// The length in bytes of the colour sequence at the beginning of `text`, 0 without one.
fn style(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else { return 0 };
    let length = rest.find(|c: char| !(c.is_ascii_digit() || c == ';')).unwrap_or(rest.len());
    if rest[length..].starts_with('m') { length + 3 } else { 0 }
}

/// Whether `text` begins like `##[command]` or `##vso[command]`, which some services obey anywhere in a line.
fn begins_command(text: &str) -> bool {
    let rest = text.strip_prefix("##").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
    rest.is_some_and(|rest| rest.starts_with('['))
}

/// JSON with the same data, in which hidden characters and log commands are JSON escapes.
pub fn escape_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for (at, c) in json.char_indices() {
        // All of these stand in strings. Control characters below 0x20 are escaped already, or lay the JSON out.
        if (Hidden::of(c).is_some() && c != '\r') || (c == '#' && begins_command(&json[at..])) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| shown.push_str(&format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{
        ColourCodes, Hidden, escape_json, escape_line, escape_sentence, escape_terminal, has_hidden, strip_controls,
        strip_hidden, strip_json_controls, truncate_line,
    };

    #[test]
    fn hidden_characters_are_found_wherever_they_stand() {
        for hidden in ['\0', '\u{7f}', '\u{85}', '\u{202e}', '\u{feff}', '\u{e0041}'] {
            for before in 0..130 {
                for filler in ["a", "·"] {
                    let (before, after) = (filler.repeat(before), filler.repeat(70));
                    let text = format!("{before}{hidden}{after}");
                    assert!(has_hidden(&text) && !has_hidden(&before));
                    let is_control = Hidden::of(hidden) == Some(Hidden::Control);
                    let left = if is_control { before + &after } else { text.clone() };
                    assert_eq!(strip_controls(text), left);
                }
            }
        }
        assert!(!has_hidden("a\tb\n~ é 👩\u{200d}💻"));
    }

    #[test]
    fn what_is_hidden_is_written_out() {
        assert_eq!(
            escape_line("n\n::x\u{1b}[1m\r\u{9b}\u{202e}\u{200b}\t"),
            "n\\n::x\\u{1b}[1m\\r\\u{9b}\\u{202e}\\u{200b}\\t"
        );
        for seen in ["Grüße — “x” 👩‍💻 می‌خواهم", "שלום\u{200f} a", "soft\u{ad}hyphen", "\u{1f3f3}\u{fe0f}"]
        {
            assert_eq!(escape_line(seen), seen);
            assert_eq!(escape_terminal(seen, ColourCodes::Escaped), seen);
        }
        assert_eq!(escape_sentence("one\r\n two\u{7}"), "one  two\\u{7}");
        assert_eq!(truncate_line("äöü\n", 3), "äöü…");
        assert_eq!(truncate_line("äöü", 3), "äöü");
        assert_eq!(strip_hidden(" a\n\u{1b}[1mb\u{202e}\0 c\u{85}d ", 11), "a [1mb c d");
        assert_eq!(
            strip_controls("\u{1b}[1;31mERROR\u{1b}[0m \u{9b}2Ja \u{1b}[<b> [31m]".to_owned()),
            "ERROR a [<b> [31m]"
        );
        let json = "{\"a\":\"\\u001b[31mRed\\u001b[0m \\b\\u0007\\u009b2J\\\\u001b[31m \\n\\u00e9\\\"\\f\\u001b\"}";
        let stripped = "{\"a\":\"Red \\\\u001b[31m \\n\\u00e9\\\"\"}";
        assert_eq!(strip_json_controls(json.to_owned()), stripped);
        assert_eq!(strip_controls("a\u{1b}b\u{9b}c\u{e9}\r\n\t\0".to_owned()), "abcé\r\n\t");
    }

    #[test]
    fn no_printed_line_is_a_command() {
        let check = |text: &str, expected: &str| assert_eq!(escape_terminal(text, ColourCodes::Escaped), expected);
        check("a\n::stop-commands::x\n \u{a0}::error::", "a\n\\u{3a}:stop-commands::x\n \u{a0}\\u{3a}:error::");
        check("x ##[add-mask]y ##vso[task.x]", "x \\u{23}#[add-mask]y \\u{23}#vso[task.x]");
        check("std::fs ## Heading [x] #[test]", "std::fs ## Heading [x] #[test]");
        check("\u{1b}[1mx", "\\u{1b}[1mx");
        assert_eq!(
            escape_terminal("\u{1b}[1;31mx\u{1b}[0m\u{1b}[2Jy", ColourCodes::Kept),
            "\u{1b}[1;31mx\u{1b}[0m\\u{1b}[2Jy"
        );
    }

    #[test]
    fn json_stays_the_same_data() {
        let text = "\u{1b}\u{9b}\u{7f}\u{202e}\u{e0041}##[x]\u{200f}é\n";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let shown = escape_json(&json);
        assert!(!shown.contains(|c: char| Hidden::of(c).is_some()) && !shown.contains("##["), "{shown}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).unwrap(), [text]);
    }
}
