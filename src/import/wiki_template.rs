//! Templates of MediaWiki: what they were given stays, and how they look does not.

use super::limit::ELEMENT_DEPTH;

/// Templates and magic words that only lay out a page.
const LAYOUT: [&str; 8] = ["toc", "notoc", "clear", "clr", "-", "reflist", "!", "="];

/// Templates with what they were given: facts where they stand over several lines, words where they stand in one.
pub(super) fn without_templates(text: &str) -> Result<String, String> {
    let mut open: Vec<String> = vec![String::new()];
    let mut rest = text;
    let next = |rest: &str| {
        let mut signs = rest.match_indices(['{', '}']).map(|(at, _)| at);
        signs.find(|at| rest[*at..].starts_with("{{") || rest[*at..].starts_with("}}"))
    };
    while let Some(at) = next(rest) {
        let last = open.len() - 1;
        open[last].push_str(&rest[..at]);
        if rest[at..].starts_with("{{") {
            open.push(String::new());
            if open.len() > ELEMENT_DEPTH {
                return Err(format!("its templates are nested deeper than {ELEMENT_DEPTH} levels"));
            }
        } else if last == 0 {
            open[0].push_str("}}");
        } else {
            let inner = open.pop().unwrap_or_default();
            open[last - 1].push_str(&template(&inner));
        }
        rest = &rest[at + 2..];
    }
    // What is not closed is no template.
    let whole = open.join("{{");
    Ok(format!("{whole}{rest}"))
}

fn template(inner: &str) -> String {
    let mut parts = divided(inner).into_iter();
    let name = parts.next().unwrap_or_default().trim().to_owned();
    let parameters: Vec<String> = parts.collect();
    if parameters.is_empty() {
        return if LAYOUT.contains(&name.to_lowercase().as_str()) { String::new() } else { name };
    }
    let is_list = inner.contains('\n');
    let said = parameters.iter().filter_map(|parameter| match parameter.split_once('=') {
        Some((key, value)) if !key.contains(['<', '[', '/', ' ']) || is_list => {
            let (key, value) = (key.trim().replace(['_', '-'], " "), value.trim());
            let fact = || if is_list { format!("\n* '''{key}:''' {value}") } else { format!("{key}: {value}") };
            (!value.is_empty()).then(fact)
        }
        _ => Some(parameter.trim().to_owned()).filter(|value| !value.is_empty()),
    });
    let said: Vec<String> = said.collect();
    if is_list { format!("{}\n", said.concat()) } else { said.join(" ") }
}

/// The parts between `|`, but for those in links.
fn divided(inner: &str) -> Vec<String> {
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
