//! Code blocks: classes for the words of known languages, plain text for all others.

use std::sync::OnceLock;

use pulldown_cmark_escape::escape_html;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Longer blocks are logs rather than code, and are shown as they are.
const LONGEST: usize = 64 * 1024;

/// The HTML of a code block in the language that `info` begins with.
pub(super) fn code_block(info: &str, code: &str) -> String {
    let language: String =
        info.split([' ', ',', '{']).next().unwrap_or("").chars().filter(|c| is_name(*c)).take(30).collect();
    let class =
        if language.is_empty() { String::new() } else { format!(" class=\"language-{}\"", language.to_lowercase()) };
    let body = highlighted(&language, code).unwrap_or_else(|| escaped(code));
    format!("<pre class=\"code\" tabindex=\"0\"><code{class}>{body}</code></pre>\n")
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '.')
}

fn highlighted(language: &str, code: &str) -> Option<String> {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    if language.is_empty() || code.len() > LONGEST || matches!(language, "text" | "txt" | "plain" | "console") {
        return None;
    }
    let syntaxes = SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines);
    let syntax = syntaxes.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut html, text);
    html
}
