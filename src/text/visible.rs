//! Text that leaves for a terminal, a log, a report or a page: what nobody sees in it is shown or dropped. File names,
//! the words of authors and those of other servers all go through here.

use std::borrow::Cow;

/// A character that has no look of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// A control character: terminals take it as a command.
    Control,
    /// It overrides the direction of writing: what follows is read in another order than it stands in.
    Reorders,
    /// It begins or ends a part with a direction of its own.
    Isolates,
    /// It hints at a direction of writing and moves nothing else.
    Hints,
    /// It takes no room.
    Invisible,
}

impl Hidden {
    /// What is hidden about `c`; none for what readers see. The joiners of scripts and emoji and the soft hyphen, which
    /// change how their neighbours look, count as seen, and so do tabs and line feeds.
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

/// Whether a reader has to be shown that `c` is there. What only hints at a direction is left to scripts that need it.
fn is_shown(c: char) -> bool {
    Hidden::of(c).is_some_and(|hidden| hidden != Hidden::Hints)
}

/// The text on one line, with all that is hidden written out: a line feed as `\n`, an escape as `\u{1b}`. For file names
/// and for whatever else is part of a line.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| is_shown(c) || matches!(c, '\t' | '\n')) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => line.extend(c.escape_default()),
            c if is_shown(c) => line.extend(c.escape_unicode()),
            c => line.push(c),
        }
    }
    Cow::Owned(line)
}

/// A sentence, perhaps with the words of others in it: lines are joined, all that is hidden is written out.
pub fn as_sentence(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let joined = lines.join(" ");
    on_one_line(&joined).into_owned()
}

/// The beginning of a text on one line: at most `longest` characters of it, and a sign that there is more.
pub fn in_brief(text: &str, longest: usize) -> String {
    let cut = text.char_indices().nth(longest).map(|(end, _)| &text[..end]);
    let mut brief = on_one_line(cut.unwrap_or(text)).into_owned();
    if cut.is_some() {
        brief.push('…');
    }
    brief
}

/// The words of a stranger as this site shows them: on one line, without anything hidden, at most `longest` characters.
pub fn without_hidden(text: &str, longest: usize) -> String {
    let is_kept = |c: &char| c.is_whitespace() || matches!(Hidden::of(*c), None | Some(Hidden::Hints));
    let is_space = |c: char| if c.is_whitespace() { ' ' } else { c };
    let shown: String = text.chars().filter(is_kept).map(is_space).take(longest).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a page or another file of the site, without the control characters that no such file may hold. Tables
/// and calendars end their lines with `\r\n`.
pub fn without_controls(text: String) -> String {
    let is_control = |c: char| c != '\r' && Hidden::of(c) == Some(Hidden::Control);
    // A control character is one byte below 0x80, or two that begin with 0xc2.
    let may_be_one = |byte: u8| (byte < 0x20 && !b"\n\r\t".contains(&byte)) || matches!(byte, 0x7f | 0xc2);
    if text.bytes().any(may_be_one) && text.contains(is_control) { text.replace(is_control, "") } else { text }
}

/// Whether colours of our own are kept in what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// They are.
    Kept,
    /// There are none, so what looks like one is somebody else's.
    None,
}

/// Text that is printed, line by line: all that is hidden is written out, and no line is a command to whatever reads
/// the log of a build, such as `::error::` or `##[group]`.
pub fn as_printed(text: &str, colours: Colours) -> String {
    let mut printed = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start().len();
        let is_command = line[blank..].starts_with("::");
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            let rest = &line[at..];
            let style = if colours == Colours::Kept { style(rest) } else { 0 };
            if style > 0 {
                printed.push_str(&rest[..style]);
                at += style;
                continue;
            }
            let is_broken = (is_command && at == blank) || (c == '#' && begins_command(rest));
            if is_broken || is_shown(c) {
                printed.extend(c.escape_unicode());
            } else {
                printed.push(c);
            }
            at += c.len_utf8();
        }
    }
    printed
}

/// The length of the sequence at the beginning of `text` that sets a colour; 0 where there is none.
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

/// JSON with all that is hidden written as JSON escapes: the same data, and nothing for a terminal or a log to obey.
pub fn in_json(json: &str) -> String {
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
        Colours, Hidden, as_printed, as_sentence, in_brief, in_json, on_one_line, without_controls, without_hidden,
    };

    #[test]
    fn what_is_hidden_is_written_out() {
        assert_eq!(
            on_one_line("n\n::x\u{1b}[1m\r\u{9b}\u{202e}\u{200b}\t"),
            "n\\n::x\\u{1b}[1m\\r\\u{9b}\\u{202e}\\u{200b}\\t"
        );
        for seen in ["Grüße — “x” 👩‍💻 می‌خواهم", "שלום\u{200f} a", "soft\u{ad}hyphen", "\u{1f3f3}\u{fe0f}"]
        {
            assert_eq!(on_one_line(seen), seen);
            assert_eq!(as_printed(seen, Colours::None), seen);
        }
        assert_eq!(as_sentence("one\r\n two\u{7}"), "one  two\\u{7}");
        assert_eq!(in_brief("äöü\n", 3), "äöü…");
        assert_eq!(in_brief("äöü", 3), "äöü");
        assert_eq!(without_hidden(" a\n\u{1b}[1mb\u{202e}\0 c\u{85}d ", 11), "a [1mb c d");
        assert_eq!(without_controls("a\u{1b}b\u{9b}c\u{e9}\r\n\t\0".to_owned()), "abcé\r\n\t");
    }

    #[test]
    fn no_printed_line_is_a_command() {
        let check = |text: &str, expected: &str| assert_eq!(as_printed(text, Colours::None), expected);
        check("a\n::stop-commands::x\n \u{a0}::error::", "a\n\\u{3a}:stop-commands::x\n \u{a0}\\u{3a}:error::");
        check("x ##[add-mask]y ##vso[task.x]", "x \\u{23}#[add-mask]y \\u{23}#vso[task.x]");
        check("std::fs ## Heading [x] #[test]", "std::fs ## Heading [x] #[test]");
        check("\u{1b}[1mx", "\\u{1b}[1mx");
        assert_eq!(as_printed("\u{1b}[1;31mx\u{1b}[0m\u{1b}[2Jy", Colours::Kept), "\u{1b}[1;31mx\u{1b}[0m\\u{1b}[2Jy");
    }

    #[test]
    fn json_stays_the_same_data() {
        let text = "\u{1b}\u{9b}\u{7f}\u{202e}\u{e0041}##[x]\u{200f}é\n";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let shown = in_json(&json);
        assert!(!shown.contains(|c: char| Hidden::of(c).is_some()) && !shown.contains("##["), "{shown}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).unwrap(), [text]);
    }
}
