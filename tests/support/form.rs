//! A review in the light form, where the text names factors and actions, as one where the front matter does, and back.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::yaml::parts;

/// The names of factors by their ids.
pub type FactorNames = BTreeMap<String, String>;

const FACTORS: &str = "## Contributing factors";
const ACTIONS: &str = "## Actions";
const FIELDS: [&str; 6] = ["owner", "due", "status", "closed", "kind", "updates"];

/// The names of the factors of a registry.
pub fn factor_names(registry: &str) -> FactorNames {
    let table: Table = toml::from_str(registry).unwrap();
    let text = |factor: &Value, key: &str| factor[key].as_str().unwrap().to_owned();
    table["factor"].as_array().unwrap().iter().map(|factor| (text(factor, "id"), text(factor, "name"))).collect()
}

/// A review whose front matter names factors and actions, with both in its text.
pub fn light(review: &str, names: &FactorNames) -> String {
    let (front, body) = parts(review);
    let table: Table = toml::from_str(front).unwrap();
    let list = |key: &str| table.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let factors: Vec<String> = list("factors").iter().map(|factor| factor_item(factor, names)).collect();
    let actions: Vec<String> = list("actions").iter().map(action_item).collect();
    let is_kept = |block: &&str| !block.starts_with("[[factors]]") && !block.starts_with("[[actions]]");
    let kept: Vec<&str> = front.trim().split("\n\n").filter(is_kept).collect();
    let keys = kept.join("\n\n");
    let (top, tables) = keys.split_at(keys.find("\n[").unwrap_or(keys.len()));
    let keys: Vec<&str> = top.lines().filter(|line| !is_default(line)).chain(tables.lines()).collect();
    let mut sections = sections(body);
    if !factors.is_empty() {
        let list = factors.join("\n");
        match sections.iter_mut().find(|section| section.starts_with(FACTORS)) {
            Some(section) => *section = section.replacen(FACTORS, &format!("{FACTORS}\n\n{list}"), 1),
            None => {
                let cause = sections.iter().position(|section| section.starts_with("## Root cause")).unwrap();
                sections.insert(cause + 1, format!("{FACTORS}\n\n{list}"));
            }
        }
    }
    if !actions.is_empty() {
        sections.push(format!("{ACTIONS}\n\n{}", actions.join("\n\n")));
    }
    let title = table["title"].as_str().unwrap();
    format!("+++\n{}\n+++\n\n# {title}\n\n{}\n", keys.join("\n"), sections.join("\n\n"))
}

/// A review in the light form with its title, factors and actions in the front matter.
pub fn full(review: &str, names: &FactorNames) -> String {
    let (front, body) = parts(review);
    let (title, body) = body.trim_start().strip_prefix("# ").unwrap().split_once('\n').unwrap();
    let mut tables = String::new();
    let mut kept = Vec::new();
    for section in sections(body) {
        if let Some(text) = section.strip_prefix(FACTORS) {
            let (list, prose) = text.trim_start().split_once("\n\n").unwrap_or((text, ""));
            list.trim().lines().for_each(|item| tables.push_str(&factor_table(item, names)));
            if !prose.is_empty() {
                kept.push(format!("{FACTORS}\n\n{prose}"));
            }
        } else if section.starts_with(ACTIONS) {
            let items = section.split("\n- [").skip(1);
            items.for_each(|item| tables.push_str(&action_table(item)));
        } else {
            kept.push(section);
        }
    }
    let title = toml(title);
    format!("+++\ntitle = {title}\n{}\n\n{}+++\n\n{}\n", front.trim(), tables, kept.join("\n\n"))
}

fn is_default(line: &str) -> bool {
    line.starts_with("title = ") || ["kind = \"incident\"", "perspective = \"own\""].contains(&line)
}

/// The sections of a body, each with its heading.
fn sections(body: &str) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    for line in body.trim().lines() {
        if line.starts_with("## ") || sections.is_empty() {
            sections.push(String::new());
        }
        let last = sections.last_mut().unwrap();
        last.push_str(line);
        last.push('\n');
    }
    sections.into_iter().map(|section| section.trim_end().to_owned()).collect()
}

fn toml(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn factor_item(factor: &Value, names: &FactorNames) -> String {
    let role = if factor.get("role").and_then(Value::as_str) == Some("primary") { " (primary)" } else { "" };
    let note = factor.get("note").and_then(Value::as_str).map(|note| format!(": {note}")).unwrap_or_default();
    format!("- **{}**{role}{note}", names[factor["id"].as_str().unwrap()])
}

fn factor_table(item: &str, names: &FactorNames) -> String {
    let (name, rest) = item.strip_prefix("- **").unwrap().split_once("**").unwrap();
    let (id, _) = names.iter().find(|(_, known)| *known == name).unwrap_or_else(|| panic!("{item}"));
    let (role, note) = match rest.strip_prefix(" (primary)") {
        Some(note) => ("role = \"primary\"\n", note),
        None => ("", rest),
    };
    let note = note.strip_prefix(": ").map(|note| format!("note = {}\n", toml(note))).unwrap_or_default();
    format!("[[factors]]\nid = \"{id}\"\n{role}{note}\n")
}

fn action_item(action: &Value) -> String {
    let text = |key: &str| action.get(key).map(written);
    let status = text("status").unwrap_or_else(|| "open".to_owned());
    let (sign, told) = match status.as_str() {
        "done" => ("x", false),
        "open" => (" ", false),
        _ => (" ", true),
    };
    let fields = FIELDS.iter().filter(|key| **key != "status" || told);
    let mut said: Vec<String> = fields.filter_map(|key| Some(format!("{key}: {}", text(key)?))).collect();
    said.extend(text("id").map(|id| format!("id: {id}")));
    let mut item = format!("- [{sign}] {}", text("change").unwrap());
    if let Some(answers) = text("addresses") {
        item.push_str(&format!("\n  - Answers: {answers}"));
    }
    let line = said.join("; ");
    if let Some(first) = line.get(..1) {
        item.push_str(&format!("\n  - {}{}", first.to_uppercase(), &line[1..]));
    }
    for (key, name) in [("evidence", "Evidence"), ("link", "Tracked")] {
        if let Some(words) = text(key) {
            let words = if key == "link" { format!("<{words}>") } else { words };
            item.push_str(&format!("\n  - {name}: {words}"));
        }
    }
    item
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(written).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// An item without `- [` at its beginning.
fn action_table(item: &str) -> String {
    let mut lines = item.trim_end().lines();
    let first = lines.next().unwrap();
    let mut table = format!("[[actions]]\nchange = {}\n", toml(&first[3..]));
    let mut status = if first.starts_with('x') { "done" } else { "open" }.to_owned();
    for line in lines {
        let line = line.strip_prefix("  - ").unwrap();
        let (name, words) = line.split_once(": ").unwrap();
        match name {
            "Answers" => table.push_str(&format!("addresses = {}\n", list(words))),
            "Evidence" => table.push_str(&format!("evidence = {}\n", toml(words))),
            "Tracked" => table.push_str(&format!("link = {}\n", toml(words.trim_matches(['<', '>'])))),
            _ => {
                for field in line.split("; ") {
                    let (key, value) = field.split_once(": ").unwrap();
                    match key.to_lowercase().as_str() {
                        "status" => status = value.to_owned(),
                        key @ ("due" | "closed") => table.push_str(&format!("{key} = {value}\n")),
                        "updates" => table.push_str(&format!("updates = {}\n", list(value))),
                        key => table.push_str(&format!("{key} = {}\n", toml(value))),
                    }
                }
            }
        }
    }
    format!("{table}status = \"{status}\"\n\n")
}

fn list(words: &str) -> String {
    let items: Vec<String> = words.split(", ").map(toml).collect();
    format!("[{}]", items.join(", "))
}
