//! Scripts and style sheets of the built-in themes as they are published: without comments and spare blanks.

use super::built_in::built_in_texts;

/// What is published of the text of an asset. An author's own file stays as it is; a copy of a built-in one is published
/// like the built-in one. Of a script only whole lines and blanks are left out, so that a mistake in a browser shows code that
/// can be read. A style sheet is one line: browsers show its rules one by one anyway.
pub(super) fn published(name: &str, text: &str) -> String {
    let is_code = name.ends_with(".js") || name.ends_with(".css");
    if !is_code || !built_in_texts().any(|own| own == text) {
        return text.to_owned();
    }
    let lines = minified(text);
    if name.ends_with(".css") {
        return squeezed_style(&lines.replace('\n', "")) + "\n";
    }
    lines.lines().map(|line| squeezed_script(line) + "\n").collect()
}

/// `text` without indentation, blank lines, and the lines that are comments. No string of it may go over a line's end.
fn minified(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut is_inside = false;
    for line in text.lines().map(str::trim) {
        let opens = line.starts_with("/*");
        if !is_inside && !opens && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        is_inside = (is_inside || opens) && !line.ends_with("*/");
    }
    kept
}

/// A line of a script without the blanks beside its signs. Strings, patterns and templates stay as they are.
fn squeezed_script(line: &str) -> String {
    const SIGNS: &[u8] = b"=,;:?{}()[]&|<>!*+-/%";
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let before = kept.bytes().last().unwrap_or(b';');
        let after = rest.as_bytes().get(1).copied().unwrap_or(b';');
        // A slash after a name or a closing bracket divides.
        let is_literal = matches!(first, '"' | '\'' | '`') || (first == '/' && b"(,=:[!&|?{};".contains(&before));
        let end = if is_literal { literal_end(rest) } else { first.len_utf8() };
        let is_spare = first == ' ' && (SIGNS.contains(&before) || SIGNS.contains(&after));
        // `a + +b` is not `a++b`.
        let joins = b"+-".contains(&before) && b"+-".contains(&after);
        if !is_spare || joins {
            kept.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    kept
}

/// A style sheet without the blanks beside its signs, without the last semicolon of a rule and the zero before a
/// fraction. Strings stay as they are, and so do the blanks that join selectors and the signs of sums.
fn squeezed_style(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let end = if matches!(first, '"' | '\'') { literal_end(rest) } else { first.len_utf8() };
        let before = kept.bytes().last().unwrap_or(b' ');
        let after = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        let is_spare = first == ' ' && (b" :;{},>".contains(&before) || b"{}>".contains(&after));
        if first == '}' && before == b';' {
            kept.pop();
        }
        let is_leading = first == '0' && after == b'.' && !before.is_ascii_alphanumeric() && before != b'.';
        if !is_spare && !is_leading {
            kept.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    kept
}

/// Where the string, the pattern or the template ends that `text` begins with.
fn literal_end(text: &str) -> usize {
    let mut open: Vec<char> = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let inside = open.last().copied();
        let is_code = matches!(inside, None | Some('}'));
        match letter {
            '\\' => drop(letters.next()),
            _ if inside == Some(letter) => drop(open.pop()),
            '[' if inside == Some('/') => open.push(']'),
            '{' if is_code => open.push('}'),
            '$' if inside == Some('`') && letters.peek().is_some_and(|(_, next)| *next == '{') => {
                letters.next();
                open.push('}');
            }
            '"' | '\'' | '`' | '/' if is_code => open.push(letter),
            _ => {}
        }
        if open.is_empty() {
            return at + letter.len_utf8();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::super::built_in::{BuiltIn, files_below};
    use super::{minified, published, squeezed_script, squeezed_style};

    #[test]
    fn lines_of_comments_go() {
        let text = "/* One\n   two */\na {\n  /** x */\n  b: c; /* d */\n}\n\n// e\nf(`//`);\n";
        assert_eq!(minified(text), "a {\nb: c; /* d */\n}\nf(`//`);\n");
        assert_eq!(published("a.js", text), text, "an author's own");
    }

    #[test]
    fn blanks_beside_signs_go() {
        let cases = [
            ("const a = (b, c) => [b ? 1 : 2, ...c];", "const a=(b,c)=>[b?1:2,...c];"),
            (
                "for (const at of [1]) if (at in all) return \"a = b\";",
                "for(const at of[1])if(at in all)return \"a = b\";",
            ),
            (r#"f(/[ /"] = /.test(a), 'it\'s = ', b / c / d);"#, r#"f(/[ /"] = /.test(a),'it\'s = ',b/c/d);"#),
            ("g(`a = ${b ? `c = ${d}` : \"} = \"} = `, e = 1);", "g(`a = ${b ? `c = ${d}` : \"} = \"} = `,e=1);"),
            ("a + +b - c", "a+ +b-c"),
        ];
        for (line, expected) in cases {
            assert_eq!(squeezed_script(line), expected);
        }
    }

    #[test]
    fn blanks_beside_signs_go_from_styles() {
        let cases = [
            (
                ".a > .b :is(h2, h3) + p { margin: calc(1rem + 2px) 0; }",
                ".a>.b :is(h2,h3) + p{margin:calc(1rem + 2px) 0}",
            ),
            ("[a=\"b; }\"]::after { content: \" < { \"; }", "[a=\"b; }\"]::after{content:\" < { \"}"),
            (
                "@media not (min-width: 44rem) { .a { top: 0; } .b { top: -0.5px 10.5px; } }",
                "@media not (min-width:44rem){.a{top:0}.b{top:-.5px 10.5px}}",
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(squeezed_style(line), expected);
        }
    }

    /// What is left out by lines must not stand in a string, and a comment must not end before its line does.
    #[test]
    fn the_built_in_files_can_be_read_by_lines() {
        let files = BuiltIn::bases("plain").into_iter().flat_map(|theme| files_below(theme, "assets"));
        let code: Vec<_> = files.filter(|(name, _)| name.ends_with(".js") || name.ends_with(".css")).collect();
        assert!(code.len() > 6);
        for (name, bytes) in code {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(published(&name, text).len() < text.len(), "{name}");
            let joins = |line: &str| line.ends_with([';', '{', '}', ',']);
            let apart = minified(text).lines().find(|line| !joins(line)).map(str::to_owned);
            assert!(name.ends_with(".js") || apart.is_none(), "{name}: {apart:?}");
            for line in text.lines().map(str::trim) {
                let goes_on = line.matches('`').count() % 2 == 1 || line.ends_with('\\');
                let ends_early =
                    line.starts_with("/*") && line.split_once("*/").is_some_and(|(_, rest)| !rest.is_empty());
                let begins_late = line.rfind("/*").is_some_and(|at| at > 0 && !line[at..].contains("*/"));
                assert!(!goes_on && !ends_early && !begins_late, "{name}: {line}");
            }
        }
    }
}
