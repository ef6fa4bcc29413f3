//! The markers of internal blocks, and text that an author could take for one.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

use super::report::InternalBlock;
use super::secret_word::{NOT_WORDS, ONLY_WORDS, OWN_WORDS, PUBLISH_WORDS, SECRET_PARTS, SECRET_WORDS};

/// A comment that opens or closes an internal block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// `<!-- internal -->`
    Open,
    /// `<!-- /internal -->`
    Close,
}

/// The greatest length of a marker in bytes. Longer text is a note, or prose between angle brackets.
const LONGEST: usize = 240;

/// The greatest number of words of a label. Longer text is a note.
const MOST_WORDS: usize = 5;

/// Words that differ from "internal" in one or two letters and mean something else.
const OTHER_WORDS: [&str; 7] = ["interval", "intervals", "external", "eternal", "internet", "intervall", "infernal"];

/// The lists of words, [`normalise`]d.
struct NormalWords {
    secret: Vec<String>,
    secret_parts: Vec<String>,
    not: Vec<String>,
    publish: Vec<String>,
    only: Vec<String>,
    own: Vec<String>,
    off_the_record: Vec<String>,
}

static WORDS: LazyLock<NormalWords> = LazyLock::new(|| {
    let normal = |words: &[&str]| words.iter().map(|word| normalise(word)).collect();
    NormalWords {
        secret: normal(&SECRET_WORDS),
        secret_parts: normal(&SECRET_PARTS),
        not: normal(&NOT_WORDS),
        publish: normal(&PUBLISH_WORDS),
        only: normal(&ONLY_WORDS),
        own: normal(&OWN_WORDS),
        off_the_record: normal(&["off", "the", "record"]),
    }
});

/// The marker that a comment is. `comment` is the text between `<!--` and `-->`.
pub(super) fn marker(comment: &str) -> Option<Marker> {
    let comment = comment.trim();
    if comment.len() > LONGEST {
        return None;
    }
    let word: String = comment.split_whitespace().collect();
    match word.to_ascii_lowercase().as_str() {
        "internal" => Some(Marker::Open),
        "/internal" => Some(Marker::Close),
        _ => None,
    }
}

/// Whether the author may have meant a comment as a marker, although it is none.
pub(super) fn comment_resembles(comment: &str) -> bool {
    let start = comment.trim_start();
    if start.strip_prefix("casebook:").is_some_and(|rest| rest.trim_start().starts_with("allow")) {
        return false;
    }
    let is_short = start.trim_end().len() <= LONGEST;
    let words = words(head(start));
    let first = words.first().map_or("", String::as_str);
    let second = words.get(1).map_or("", String::as_str);
    is_internal(first)
        || is_spaced(start)
        || (is_end(first) && is_internal(second))
        || (is_short && says_internal(&words))
}

/// The places of text that looks like a marker in other brackets: `<internal>`, `<!– internal –>`,
/// `&lt;!-- internal --&gt;`.
pub(super) fn bracketed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    // The first bytes of all openings. They begin other characters, too, but hardly any text has many of those.
    let may_open = |byte: u8| matches!(byte, b'<' | b'&' | 0xc2 | 0xe2 | 0xe3 | 0xef);
    while let Some(start) = text[at..].bytes().position(may_open).map(|offset| at + offset) {
        let rest = &text[start..];
        at = start + rest.chars().next().map_or(1, char::len_utf8);
        let Some(opening) = OPENING.length(rest) else { continue };
        let window = head(&rest[opening..]);
        let closing = |(at, _): (usize, char)| Some((at, CLOSING.length(&window[at..])?));
        let Some((length, closing)) = window.char_indices().find_map(closing) else { continue };
        if is_label(&window[..length]) {
            let end = start + opening + length;
            at = end + closing;
            at += usize::from(text[end..].starts_with('&') && text[at..].starts_with(';'));
            found.push(start..at);
        }
    }
    found
}

/// The ways to write a bracket.
struct Bracket {
    /// As a sign, or as a named entity.
    written: [&'static str; 7],
    /// The code point of a numeric entity.
    decimal: &'static str,
    hexadecimal: &'static str,
}

const OPENING: Bracket =
    Bracket { written: ["<", "＜", "‹", "«", "〈", "《", "&lt"], decimal: "60", hexadecimal: "3c" };
const CLOSING: Bracket =
    Bracket { written: [">", "＞", "›", "»", "〉", "》", "&gt"], decimal: "62", hexadecimal: "3e" };

impl Bracket {
    /// How many bytes of `text` are this bracket; `None` when it begins with something else. The semicolon of an entity
    /// does not count, as browsers do without it.
    fn length(&self, text: &str) -> Option<usize> {
        if let Some(written) = self.written.iter().find(|written| begins_with(text, written)) {
            return Some(written.len());
        }
        let digits = text.strip_prefix("&#")?;
        let (digits, wanted) = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, self.hexadecimal),
            None => (digits, self.decimal),
        };
        // An entity may have any number of zeros before its digits.
        let digits = digits.trim_start_matches('0');
        begins_with(digits, wanted).then(|| text.len() - digits.len() + wanted.len())
    }
}

/// The places of lines that only label something as internal: `[internal]`, `::: internal`, `%% private %%`.
pub(super) fn internal_labels(text: &str) -> Vec<Range<usize>> {
    const BEGINNINGS: [&str; 17] =
        ["[", "{", "(", "【", "［", "||", "+++", "%%", "==", "--", "~~", ":::", "/*", "//", "@@", "——", "––"];
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let label = quoted_label(line);
        let is_word = label.starts_with(|c: char| c.is_ascii_alphanumeric());
        let begins = !is_word && BEGINNINGS.iter().any(|beginning| label.starts_with(beginning));
        let is_open_ended = [":::", "//", "%%", "@@"].iter().any(|beginning| label.starts_with(beginning));
        let ends = is_open_ended || label.chars().next_back().is_some_and(|last| !last.is_alphanumeric());
        if begins && ends && label.len() <= LONGEST && is_label(label) {
            let from = start + line.find(label).unwrap_or(0);
            found.push(from..from + label.len());
        }
        start += line.len();
    }
    found
}

/// The part of a line that may be a label: without the signs of a quotation, and of a callout `[!KIND] Title` its kind.
fn quoted_label(line: &str) -> &str {
    let label = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>').trim_end();
    let is_quoted = line.trim_start().starts_with('>');
    match label.find(']').filter(|_| is_quoted && label.starts_with("[!")) {
        Some(end) => &label[..=end],
        None => label,
    }
}

/// Whether a TOML comment, without its `#`, only labels something as internal. Exact markers do not count.
pub(crate) fn is_internal_label(comment: &str) -> bool {
    let comment = comment.trim();
    let is_marker = comment
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .is_some_and(|inner| marker(inner).is_some());
    // A key that waits to be used, as in the settings of a new site.
    let is_key = comment.strip_prefix("tlp").is_some_and(|rest| rest.trim_start().starts_with("= \""));
    let rest = comment.replace(['<', '>', '&', ';'], " ");
    !is_marker && !is_key && comment.len() <= LONGEST && is_label(&rest)
}

/// The marker that the author certainly meant: the passage has no words besides those of a marker. A closing marker is
/// meant only where a block is open.
pub(super) fn intended_marker(passage: &str, block: InternalBlock) -> Option<&'static str> {
    let is_open = block == InternalBlock::Open;
    let words = words(head(passage));
    let (names, others): (Vec<&str>, Vec<&str>) = words
        .iter()
        .map(String::as_str)
        .filter(|word| !matches!(*word, "lt" | "gt"))
        .partition(|word| is_internal(word));
    let is_closing = passage.contains('/') || matches!(others[..], [word] if is_end(word));
    match (names.len(), &others[..]) {
        (1, []) if is_closing => is_open.then_some("<!-- /internal -->"),
        (1, [word]) if is_closing && is_end(word) => is_open.then_some("<!-- /internal -->"),
        (1, [] | ["start" | "begin" | "open"]) if !is_closing => Some("<!-- internal -->"),
        _ => None,
    }
}

fn is_label(inner: &str) -> bool {
    // An address in angle brackets is an address, and a link with words is a link.
    let is_address = inner.contains("://") || inner.contains("](") || (inner.contains('@') && !inner.contains("@@"));
    !is_address && (says_internal(&words(inner)) || is_spaced(inner))
}

/// Whether it is `internal` with its letters set apart: `i.n.t.e.r.n.a.l`.
fn is_spaced(inner: &str) -> bool {
    let words = words_of(inner, 16);
    words.len() >= 8 && words.iter().all(|word| word.chars().count() == 1) && is_internal(&words.concat())
}

/// Whether one to five words say that something is for the team only.
fn says_internal(words: &[String]) -> bool {
    let has = |wanted: &[String]| words.iter().any(|word| wanted.contains(word));
    let is_secret = |word: &String| {
        is_internal(word)
            || WORDS.secret.contains(word)
            || WORDS.secret_parts.iter().any(|part| word.contains(part.as_str()))
    };
    (1..=MOST_WORDS).contains(&words.len())
        && (words.iter().any(is_secret)
            || (has(&WORDS.not) && has(&WORDS.publish))
            || (has(&WORDS.only) && has(&WORDS.own))
            || words.windows(3).any(|three| three == WORDS.off_the_record))
}

fn is_internal(word: &str) -> bool {
    let is_near = !OTHER_WORDS.contains(&word) && strsim::damerau_levenshtein(word, "internal") <= 2;
    is_near || word.starts_with("internal") || word.ends_with("internal")
}

fn is_end(word: &str) -> bool {
    ["end", "close", "stop", "finish", "ende", "fin", "off"].contains(&word)
}

/// The first words, normalised by [`normalise`] so that look-alikes compare equal.
fn words(text: &str) -> Vec<String> {
    words_of(text, MOST_WORDS + 1)
}

fn words_of(text: &str, most: usize) -> Vec<String> {
    let normal = normalise(head(text));
    let words = normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(most).map(str::to_owned).collect()
}

/// `text` in lower case, without invisible characters and accents, each letter replaced by one that looks like it (UTS 39).
fn normalise(text: &str) -> String {
    let visible: String = text.nfkc().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).collect();
    if visible.is_ascii() {
        // Of the letters of ASCII only `m` has a skeleton that is written otherwise.
        return visible.replace('m', "rn").replace('0', "o").replace('1', "l");
    }
    // An accent is a character of its own in a skeleton, and would end the word.
    skeleton(&visible).filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// The first [`LONGEST`] bytes of a text, up to a whole character.
fn head(text: &str) -> &str {
    let mut end = LONGEST.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn begins_with(text: &str, beginning: &str) -> bool {
    text.as_bytes().get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{bracketed, comment_resembles, intended_marker, internal_labels};
    use crate::redact::InternalBlock;

    #[test]
    fn comments_that_could_be_markers_are_known() {
        for comment in [
            " internal start ",
            " INTERNAL ONLY ",
            " internl ",
            " intern ",
            "- internal -",
            " end internal ",
            " internal: the vendor's name ",
            " start internal ",
            " for internal use ",
            " team internal ",
            " private ",
            " /confidential ",
            " inter\u{200b}nal ",
            " inter\u{ad}nal ",
            " \u{456}nt\u{435}rn\u{430}l ",
            " ｉｎｔｅｒｎａｌ ",
            " intemal ",
            " lnternal ",
            " do not publish ",
            " team only ",
            " vertraulich ",
            " 社内限定 ",
            " INTERNAL --! the name of the customer, which nobody may know",
            " 1nternal ",
            " nicht veröffentlichen ",
            " Nicht öffentlich ",
            " nur für das Team ",
            " ne pas publier ",
            " no publicar ",
            " non pubblicare ",
            " não publicar ",
            " niet publiceren ",
            " solo para el equipo ",
            " privé ",
            " confidencial ",
            " off the record ",
        ] {
            assert!(comment_resembles(comment), "{comment}");
        }
        for comment in [
            " the interval ",
            " note ",
            " casebook: allow open-internal-block: shown on purpose ",
            "",
            " What did we learn about internal tools, and who should hear about it outside? ",
            " external ",
            " turn off the DNS record ",
            " nur zur Probe ",
            " non applicable ",
            " no action needed ",
            " Mai: public holiday ",
            " only the teams page ",
        ] {
            assert!(!comment_resembles(comment), "{comment}");
        }
    }

    #[test]
    fn other_brackets_and_lines_that_could_be_markers_are_known() {
        for passage in [
            "<!— internal —>",
            "<!– /internal –>",
            "<!- internal ->",
            "< !-- internal -->",
            "&lt;!-- internal --&gt;",
            "<internal>",
            "</internal>",
            "&LT;internal&GT;",
            "＜internal＞",
            "<!--\u{200b} internal\n>",
            "<private>",
            "<div class=\"internal\">",
            "&lt!-- internal --&gt",
            "<i.n.t.e.r.n.a.l>",
            "<?internal?>",
            "<internal.>",
            "<-- start internal -->",
            "<!-\u{2d}\u{200d}- internal --\\>",
            "&#x003c;!-- internal --&#x003E;",
            "&#060;internal&#0062",
        ] {
            assert_eq!(bracketed(&format!("a {passage} b")), vec![2..2 + passage.len()], "{passage}");
        }
        for text in ["a < b internal", "<https://internal.example>", "a <b> c", "<", "&", "1 << 2"] {
            assert!(bracketed(text).is_empty(), "{text}");
        }
        for line in [
            "[internal]",
            "::: internal",
            "%% private %%",
            "{{internal}}",
            "--- internal ---",
            "/* internal */",
            "(not public)",
        ] {
            assert_eq!(internal_labels(&format!("a\n  {line}\nb")), vec![4..4 + line.len()], "{line}");
        }
        for (quoted, label) in [
            ("> [!INTERNAL]", 2..13),
            ("> [!Private]- The names", 2..12),
            (">> [internal]", 3..13),
            ("  > %% private %%", 4..17),
        ] {
            assert_eq!(internal_labels(&format!("{quoted}\n> a")), vec![label], "{quoted}");
        }
        for line in [
            "> [!NOTE] internal tools are slow",
            "> Internal",
            "- Internal: none",
            "Internal",
            "## Internal",
            "[internal](a.md) says more than one could say.",
            "(see below)",
        ] {
            assert!(internal_labels(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn what_was_certainly_meant_is_offered() {
        let check = |passage: &str, block: InternalBlock, expected: Option<&str>| {
            assert_eq!(intended_marker(passage, block), expected, "{passage}");
        };
        check("<!-- end internal -->", InternalBlock::Open, Some("<!-- /internal -->"));
        check("<!-- internal end -->", InternalBlock::Open, Some("<!-- /internal -->"));
        check("<!--- /intern --->", InternalBlock::Open, Some("<!-- /internal -->"));
        check("<!-- end internal -->", InternalBlock::Closed, None);
        check("<!-- internal start -->", InternalBlock::Closed, Some("<!-- internal -->"));
        check("<!-- internl -->", InternalBlock::Open, Some("<!-- internal -->"));
        check("&lt;!-- internal --&gt;", InternalBlock::Closed, Some("<!-- internal -->"));
        check("<!-- internal: the vendor's name -->", InternalBlock::Closed, None);
        check("<!-- the end of internal notes -->", InternalBlock::Open, None);
    }
}
