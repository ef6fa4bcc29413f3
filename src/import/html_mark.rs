//! Emphasis and code in a line: signs while HTML is converted, so that neighbours with the same look become one, and the
//! marks of Markdown in the end.

/// A look of words: the signs around them while they are converted, and how Markdown writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    open: char,
    close: char,
    /// Nothing for code, whose mark depends on what stands in it.
    written: &'static str,
}

pub(super) const BOLD: Mark = Mark { open: '\u{e}', close: '\u{f}', written: "**" };
pub(super) const ITALIC: Mark = Mark { open: '\u{10}', close: '\u{11}', written: "*" };
pub(super) const STRUCK: Mark = Mark { open: '\u{12}', close: '\u{13}', written: "~~" };
pub(super) const CODE: Mark = Mark { open: '\u{14}', close: '\u{15}', written: "" };
const ALL: [Mark; 4] = [BOLD, ITALIC, STRUCK, CODE];

/// Stands for an ampersand that begins no reference such as `&lt;`, though it looks like one.
const AMPERSAND: char = '\u{16}';

/// Stands between the language of code and the code.
const END_OF_LANGUAGE: char = '\u{17}';

/// All signs. They are cut out of every text first.
pub(super) const SIGNS: [char; 10] =
    ['\u{e}', '\u{f}', '\u{10}', '\u{11}', '\u{12}', '\u{13}', '\u{14}', '\u{15}', '\u{16}', '\u{17}'];

/// Words with a look, in each paragraph; blanks around them stay outside, where Markdown needs them.
pub(super) fn around(said: &str, mark: Mark) -> String {
    let said = said.replace([mark.open, mark.close], "");
    let marked = |part: &str| {
        let words = part.trim();
        if words.is_empty() {
            return part.to_owned();
        }
        let start = part.len() - part.trim_start().len();
        format!("{}{}{words}{}{}", &part[..start], mark.open, mark.close, &part[start + words.len()..])
    };
    said.split("\n\n").map(marked).collect::<Vec<_>>().join("\n\n")
}

/// Code in a line, in the language of its class.
pub(super) fn code(said: &str, class: &str) -> String {
    format!("{}{}{END_OF_LANGUAGE}{}{}", CODE.open, language(class), plain(said), CODE.close)
}

/// The language that a class names, such as `language-sh`.
pub(super) fn language(class: &str) -> &str {
    class.split_whitespace().find_map(|class| class.strip_prefix("language-")).unwrap_or_default()
}

/// The language of the first code in a text, and the text as it is shown where nothing has a look.
pub(super) fn unmarked(said: &str) -> (&str, String) {
    let first = said.trim_start().strip_prefix(CODE.open).and_then(|code| code.split_once(END_OF_LANGUAGE));
    (first.map_or("", |(language, _)| language), plain(said))
}

fn plain(said: &str) -> String {
    let mut plain = String::new();
    for (at, part) in said.split(CODE.open).enumerate() {
        let code = part.split_once(END_OF_LANGUAGE).filter(|_| at > 0).map_or(part, |(_, code)| code);
        plain.extend(code.chars().filter_map(|sign| match sign {
            AMPERSAND => Some('&'),
            sign => (!SIGNS.contains(&sign)).then_some(sign),
        }));
    }
    plain
}

/// HTML in which an ampersand that is shown, and that would begin a reference in Markdown, is a sign.
pub(super) fn with_ampersands(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split("&amp;").enumerate() {
        let name = part.split_once(';').map(|(name, _)| name.strip_prefix('#').unwrap_or(name));
        let is_name = name.is_some_and(|name| {
            !name.is_empty() && name.len() < 32 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        match (at, is_name) {
            (0, _) => {}
            (_, true) => text.push(AMPERSAND),
            (_, false) => text.push_str("&amp;"),
        }
        text.push_str(part);
    }
    text
}

/// A converted text with the marks of Markdown.
pub(super) fn written(text: &str) -> String {
    let text = joined(text);
    let mut written = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(SIGNS) {
        written.push_str(&rest[..at]);
        let sign = rest[at..].chars().next().unwrap_or_default();
        rest = &rest[at + 1..];
        match ALL.iter().find(|mark| mark.open == sign || mark.close == sign) {
            Some(&CODE) if sign == CODE.open => {
                let (code, after) = rest.split_once(CODE.close).unwrap_or((rest, ""));
                written.push_str(&code_span(code.split_once(END_OF_LANGUAGE).map_or(code, |(_, code)| code)));
                rest = after;
            }
            Some(mark) if sign == mark.close => close(&mut written, mark.written, rest),
            Some(mark) => written.push_str(mark.written),
            None if sign == AMPERSAND => written.push_str("\\&"),
            None => {}
        }
    }
    written + rest
}

/// The text in which words with a look go on where their neighbours have the same one.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(SIGNS) {
        joined.push_str(&rest[..at]);
        let sign = rest[at..].chars().next().unwrap_or_default();
        rest = &rest[at + 1..];
        match ALL.iter().find(|mark| mark.open == sign) {
            Some(mark) if joined.ends_with(mark.close) => {
                joined.pop();
                if *mark == CODE {
                    rest = rest.split_once(END_OF_LANGUAGE).map_or(rest, |(_, code)| code);
                }
            }
            Some(_) | None => joined.push(sign),
        }
    }
    joined + rest
}

/// Ends words with a look. A mark behind `:` ends nothing where a letter follows, so it goes before it.
fn close(written: &mut String, mark: &str, rest: &str) {
    let goes_on = rest.trim_start_matches(SIGNS).starts_with(char::is_alphanumeric);
    let words = written.trim_end_matches([':', ';', ',', '.', '!', '?']);
    let is_inside = !words.ends_with([' ', '\\', '\n']) && !words.ends_with(mark) && !words.is_empty();
    let place = if goes_on && is_inside { words.len() } else { written.len() };
    written.insert_str(place, mark);
}

/// Code in a line, between more backticks than stand together in it.
fn code_span(code: &str) -> String {
    let code = plain(code);
    let code = code.trim();
    if code.is_empty() {
        return String::new();
    }
    let longest = code.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let mark = "`".repeat(longest + 1);
    let blank = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{mark}{blank}{code}{blank}{mark}")
}

#[cfg(test)]
mod tests {
    use crate::import::html::{Classes, to_markdown};

    fn check(html: &str, expected: &str) {
        let classes =
            Classes::from([("c1".to_owned(), "font-weight:700".to_owned()), ("c6".to_owned(), "color:red".to_owned())]);
        let markdown = to_markdown(html, &classes).unwrap().markdown;
        assert_eq!(markdown.trim_end(), expected, "{html}");
    }

    #[test]
    fn neighbours_with_the_same_look_are_one() {
        check("<p><b>Inc</b><b style=\"color:red\">ident</b></p>", "**Incident**");
        check(
            "<p><span class=\"c1\">Inc</span><span class=\"c1 c6\">ident</span> <i>a</i><em class=\"x\">b</em></p>",
            "**Incident** *ab*",
        );
        check("<p><code>a</code><code class=\"x\">`b`</code> <s>c</s><del>d</del></p>", "`` a`b` `` ~~cd~~");
        check(
            "<p><b><i>a</i></b><b><i>b</i></b> <b>c</b> <b>d</b> <b>e <b>f</b> g</b></p>",
            "***ab*** **c** **d** **e f g**",
        );
        check("<p><b>Impact:</b>high <b>Impact:</b> low <b>!</b>x</p>", "**Impact**:high **Impact:** low **!**x");
        check("<p>a**b <code>**</code><code>**</code></p>", "a\\*\\*b `****`");
    }

    #[test]
    fn code_has_no_other_look() {
        check("<pre><code class=\"language-sh\"><b>a</b> ` x\n```</code></pre>", "````sh\na ` x\n```\n````");
        check("<pre class=\"language-sh\">a <b>b</b> &amp;lt; <code>c</code></pre>", "```sh\na b &lt; c\n```");
        check("<p><code><b>a</b></code></p>", "`a`");
    }

    #[test]
    fn what_looks_like_a_reference_is_none() {
        check(
            "<p>x&amp;lt;y &amp;#60; AT&amp;T; R&amp;D <code>&amp;lt;</code> <a href=\"/?a=1&amp;lt;=2\">&amp;copy;</a></p>",
            "x\\&lt;y \\&#60; AT\\&T; R&D `&lt;` [\\&copy;](/?a=1\\&lt;=2)",
        );
    }
}
