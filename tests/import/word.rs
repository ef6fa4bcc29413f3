//! The words of a source, without its tags and syntax: read here by simple means, and not by those of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use chrono::DateTime;
use serde_json::Value;

/// How often each word stands in a text.
pub fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

/// The strings of JSON, but for those of the fields that a report names, such as `labels.color`, and of what it skipped. A
/// time is that of UTC.
pub fn of_json(text: &str, lines: &BTreeSet<String>) -> String {
    fn add(value: &Value, path: &str, unread: &BTreeSet<String>, text: &mut String) {
        if unread.contains(path) {
            return;
        }
        match value {
            Value::String(string) => {
                let time = DateTime::parse_from_rfc3339(string);
                let said = time.map_or_else(|_| of_html(string), |time| time.to_utc().format("%F %H:%M").to_string());
                text.push_str(&format!("{said} \n"));
            }
            Value::Number(number) => text.push_str(&format!("{number} \n")),
            Value::Array(values) => values.iter().for_each(|value| add(value, path, unread, text)),
            Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                add(value, &if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, unread, text);
            }),
            Value::Null | Value::Bool(_) => {}
        }
    }
    let is_skipped = |item: &Value| {
        let ids = ["number", "iid", "reference", "id"].map(|key| item[key].to_string().replace('"', ""));
        lines
            .iter()
            .filter(|line| line.starts_with("skipped "))
            .any(|line| ids.iter().any(|id| line.contains(&format!(" {id}: ")) || line.contains(&format!(" #{id}: "))))
    };
    let (mut said, unread) = (String::new(), unread(lines));
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>().map(Result::unwrap) {
        for (key, beside) in value.as_object().filter(|_| value.get("incidents").is_some()).into_iter().flatten() {
            let is_named =
                lines.iter().any(|line| line.contains(" beside the list: ") && line.contains(&format!("`{key}`")));
            if key != "incidents" && !is_named {
                add(beside, "", &unread, &mut said);
            }
        }
        let items = value.get("incidents").unwrap_or(&value);
        let items = items.as_array().cloned().unwrap_or_else(|| vec![items.clone()]);
        items.iter().filter(|item| !is_skipped(item)).for_each(|item| add(item, "", &unread, &mut said));
    }
    said
}

/// The text between tags and the words for pictures, without comments, scripts and styles.
pub fn of_html(html: &str) -> String {
    let mut html = html.to_owned();
    for (open, close) in [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")] {
        while let Some(start) = html.find(open) {
            let end = html[start..].find(close).map_or(html.len(), |end| start + end + close.len());
            html.replace_range(start..end, " ");
        }
    }
    let mut text = String::new();
    for (at, part) in html.split('<').enumerate() {
        let (tag, after) = if at == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
        let alternative = tag.split_once(" alt=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
        text.push_str(&format!(" {alternative} {after}"));
    }
    let signs = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    signs.iter().fold(text, |text, (code, sign)| text.replace(code, sign))
}

/// The text of MediaWiki without its tags and the attributes of tables.
pub fn of_wikitext(text: &str) -> String {
    let text: String = text
        .split('<')
        .map(|part| match part.split_once('>') {
            Some((tag, after)) if !tag.starts_with("!--") => format!(" {after}"),
            _ => format!(" {part}"),
        })
        .collect();
    let is_attribute = |word: &&str| {
        ["class=", "style=", "scope="].iter().any(|name| word.trim_start_matches(['|', '!']).starts_with(name))
    };
    text.split([' ', '\n']).filter(|word| !is_attribute(word)).collect::<Vec<_>>().join(" ")
}

/// What Word shows, and what it hides: every text of every part.
pub fn of_docx(bytes: &[u8], parts: &[&str]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for part in parts {
        let mut xml = String::new();
        zip.by_name(&format!("word/{part}.xml")).unwrap().read_to_string(&mut xml).unwrap();
        // A paragraph and a raised sign end a word, a run does not; what older programs show is said again.
        let ends = ["</w:p>", "<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>", "<w:vertAlign"];
        let xml = ends.iter().fold(xml, |xml, end| xml.replace(end, &format!("<w:t> </w:t>{end}")));
        let mut skipped = false;
        for tag in xml.split('<') {
            skipped = (skipped || tag.starts_with("mc:Fallback>")) && !tag.starts_with("/mc:Fallback>");
            let is_text = ["w:t>", "w:t ", "w:delText", "m:t>"].iter().any(|name| tag.starts_with(name));
            if is_text && !skipped {
                text.push_str(tag.split_once('>').unwrap().1);
            }
        }
        text.push('\n');
    }
    of_html(&text)
}

/// The fields that a report says are left out.
fn unread(lines: &BTreeSet<String>) -> BTreeSet<String> {
    let lines = lines.iter().filter_map(|line| line.split_once(" field: ").or(line.split_once(" fields: ")));
    lines.flat_map(|(_, names)| names.split(", ")).map(|name| name.trim_matches('`').to_owned()).collect()
}
