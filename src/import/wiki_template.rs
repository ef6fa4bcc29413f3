//! Templates of MediaWiki: what they were given stays, and how they look does not.

use super::left_out::{Kind, LeftOut};
use super::limit::ELEMENT_DEPTH;

/// Templates that only lay out a page.
const LAYOUT: [&str; 8] = ["toc", "notoc", "clear", "clr", "-", "reflist", "!", "="];

/// Functions of the parser without a `#` before their names.
const FUNCTIONS: [&str; 12] = [
    "lc",
    "uc",
    "lcfirst",
    "ucfirst",
    "formatnum",
    "padleft",
    "padright",
    "plural",
    "displaytitle",
    "defaultsort",
    "fullurl",
    "localurl",
];

const TEMPLATE: Kind = ("name of a template, whose values stayed", "names of templates, whose values stayed");
const FUNCTION: Kind = ("function of the wiki", "functions of the wiki");
const LAYING_OUT: Kind = ("template or variable of the wiki", "templates and variables of the wiki");
const PARAMETER: Kind =
    ("parameter of the page, whose default stayed", "parameters of the page, whose defaults stayed");
const EMPTY: Kind = ("parameter without a value", "parameters without a value");

/// Templates with what they were given: facts where they stand over several lines, words where they stand in one.
///
/// # Errors
///
/// They are nested too deep.
pub(super) fn without_templates(text: &str, left_out: &mut LeftOut) -> Result<String, String> {
    // How many braces each began with, and what stands in it.
    let mut open: Vec<(usize, String)> = vec![(0, String::new())];
    let mut rest = text;
    let next = |rest: &str| {
        let mut signs = rest.match_indices(['{', '}']).map(|(at, _)| at);
        signs.find(|at| rest[*at..].starts_with("{{") || rest[*at..].starts_with("}}"))
    };
    while let Some(at) = next(rest) {
        let last = open.len() - 1;
        open[last].1.push_str(&rest[..at]);
        rest = &rest[at..];
        let braces = opening(rest);
        let closing = if open[last].0 == 3 && rest.starts_with("}}}") { 3 } else { 2 };
        if braces > 0 {
            open.push((braces, String::new()));
            if open.len() > ELEMENT_DEPTH {
                return Err(format!("its templates are nested deeper than {ELEMENT_DEPTH} levels"));
            }
        } else if last == 0 {
            open[0].1.push_str("}}");
        } else {
            let (braces, inner) = open.pop().unwrap_or_default();
            let said = if closing == 3 { parameter(&inner, left_out) } else { template(&inner, left_out) };
            open[last - 1].1.push_str(&"{".repeat(braces - closing));
            open[last - 1].1.push_str(&said);
        }
        rest = &rest[if braces > 0 { braces } else { closing }..];
    }
    // What is not closed is no template.
    let whole: String = open.iter().map(|(braces, said)| "{".repeat(*braces) + said).collect();
    Ok(format!("{whole}{rest}"))
}

/// How many braces open something at the beginning of a text: two a template, three a parameter. Of more, the inner ones
/// belong to a parameter.
fn opening(text: &str) -> usize {
    match text.bytes().take(6).take_while(|byte| *byte == b'{').count() {
        braces @ (0 | 2 | 3) => braces,
        1 => 0,
        4 | 5 => 2,
        _ => 3,
    }
}

/// A parameter that nobody gives a page: what it says then, or else itself.
fn parameter(inner: &str, left_out: &mut LeftOut) -> String {
    match inner.split_once('|') {
        Some((name, otherwise)) => {
            left_out.name(PARAMETER, name);
            otherwise.to_owned()
        }
        None => format!("{{{{{{{inner}}}}}}}"),
    }
}

fn template(inner: &str, left_out: &mut LeftOut) -> String {
    let mut parts = divided(inner).into_iter();
    let mut name = parts.next().unwrap_or_default().trim().to_owned();
    let mut parameters: Vec<String> = parts.collect();
    if let Some((function, value)) = function(&name) {
        left_out.name(FUNCTION, function);
        let value = value.to_owned();
        (name, parameters) = (String::new(), [value].into_iter().chain(parameters).collect());
    } else if !parameters.is_empty() {
        left_out.name(TEMPLATE, &name);
    }
    if parameters.is_empty() {
        if !is_layout(&name) {
            return name;
        }
        left_out.name(LAYING_OUT, &name);
        return String::new();
    }
    let is_list = inner.contains('\n') && !name.is_empty();
    let mut said = Vec::new();
    for parameter in &parameters {
        match parameter.split_once('=') {
            Some((key, value)) if !key.contains(['<', '[', '/', ' ']) || is_list => {
                let (key, value) = (key.trim().replace(['_', '-'], " "), value.trim());
                match (value.is_empty(), is_list) {
                    (true, _) => left_out.name(EMPTY, &key),
                    (false, true) => said.push(format!("\n* '''{key}:''' {value}")),
                    (false, false) => said.push(format!("{key}: {value}")),
                }
            }
            _ => said.extend(Some(parameter.trim().to_owned()).filter(|value| !value.is_empty())),
        }
    }
    if is_list { format!("{}\n", said.join("\n").replace("\n\n", "\n")) } else { said.join(" ") }
}

/// The name of a function and its first value, such as `#if` of `#if: x`.
fn function(name: &str) -> Option<(&str, &str)> {
    let (function, value) = name.split_once(':')?;
    let function = function.trim();
    let is_one = function.starts_with('#') || FUNCTIONS.contains(&function.to_lowercase().as_str());
    is_one.then_some((function, value))
}

/// Whether a template without values only lays out, or is a variable such as `PAGENAME`.
fn is_layout(name: &str) -> bool {
    let is_variable = name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    is_variable || LAYOUT.contains(&name.to_lowercase().as_str())
}

/// The parts between `|`, but for those in links.
pub(super) fn divided(inner: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut links = 0_usize;
    let mut rest = inner;
    while let Some(sign) = rest.chars().next() {
        let length = if rest.starts_with("[[") || rest.starts_with("]]") { 2 } else { sign.len_utf8() };
        match &rest[..length] {
            "[[" => links += 1,
            "]]" => links = links.saturating_sub(1),
            "|" if links == 0 => {
                parts.push(String::new());
                rest = &rest[1..];
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("there is a part").push_str(&rest[..length]);
        rest = &rest[length..];
    }
    parts
}
