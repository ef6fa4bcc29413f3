//! The view contract, read from the sources of the views: every variable that a template sees, with type and meaning.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The file that the program reads the contract from; the document for people follows it.
pub const FILE: &str = "src/render/theme/contract.txt";

struct Field {
    name: String,
    kind: String,
    meaning: String,
}

struct View {
    meaning: String,
    fields: Vec<Field>,
}

/// Every public struct of the views; a chart has `chart::` before its name where two have the same.
fn views() -> BTreeMap<String, View> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let mut views = BTreeMap::new();
    for (folder, prefix) in [("view", ""), ("chart", "chart::")] {
        let mut files: Vec<_> = fs::read_dir(root.join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        for file in files {
            read(&fs::read_to_string(file).unwrap(), prefix, &mut views);
        }
    }
    views
}

fn read(text: &str, prefix: &'static str, views: &mut BTreeMap<String, View>) {
    let is_view = |name: &str| name.ends_with("View");
    let from_charts: BTreeSet<&str> = text
        .split("use crate::render::chart::")
        .skip(1)
        .flat_map(|used| used.split(';').next().unwrap().split(|c: char| !c.is_alphanumeric()))
        .filter(|name| is_view(name))
        .collect();
    let mut meaning: Vec<&str> = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            meaning.push(words.trim());
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split([' ', '<']).next().unwrap();
            if is_view(name) {
                let name = format!("{prefix}{name}");
                views.insert(name.clone(), View { meaning: meaning.join(" "), fields: Vec::new() });
                open = Some(name);
            }
            meaning.clear();
        } else if line == "}" {
            open = None;
            meaning.clear();
        } else if let (Some(view), Some(rest)) = (&open, line.strip_prefix("pub ")) {
            let (name, kind) = rest.trim_end_matches(',').split_once(": ").unwrap();
            let kind = shown(kind, |view| if from_charts.contains(view) { "chart::" } else { prefix });
            let field = Field { name: name.to_owned(), kind, meaning: meaning.join(" ") };
            views.get_mut(view).unwrap().fields.push(field);
            meaning.clear();
        } else if !line.starts_with("#[") {
            meaning.clear();
        }
    }
}

/// A type as themes see it: `[CardView]` is a list, `DateView?` may be missing.
fn shown(kind: &str, prefix: impl Fn(&str) -> &'static str + Copy) -> String {
    let inside = |open: &str| kind.strip_prefix(open).and_then(|rest| rest.strip_suffix('>'));
    match kind {
        "String" | "&'static str" => "text".to_owned(),
        "usize" | "u32" | "u64" | "i64" => "number".to_owned(),
        "bool" => "bool".to_owned(),
        _ => match (inside("Vec<"), inside("Option<")) {
            (Some(item), _) => format!("[{}]", shown(item, prefix)),
            (_, Some(value)) => format!("{}?", shown(value, prefix)),
            _ if kind.contains("BTreeMap<String, String>") => "{text}".to_owned(),
            _ => format!("{}{kind}", prefix(kind)),
        },
    }
}

/// The contract as the program reads it: a line for each template, then the views that its variables hold.
pub fn text() -> String {
    let views = views();
    let mut text = String::new();
    let mut wanted: Vec<String> = Vec::new();
    for (template, variables) in casebook::render::VARIABLES {
        let variables: Vec<String> = variables.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
        text.push_str(&format!("template {template} {}\n", variables.join(", ")));
        wanted.extend(variables.iter().map(|variable| view_of(variable.split_once(": ").unwrap().1)));
    }
    let mut seen = BTreeSet::new();
    while let Some(name) = wanted.pop() {
        let Some(view) = views.get(&name).filter(|_| seen.insert(name.clone())) else {
            assert!(["text", "number", "bool", "html"].contains(&name.as_str()) || seen.contains(&name), "{name}");
            continue;
        };
        wanted.extend(view.fields.iter().map(|field| view_of(&field.kind)));
    }
    for name in seen {
        text.push_str(&format!("view {name} {}\n", views[&name].meaning));
        for field in &views[&name].fields {
            assert!(!field.meaning.is_empty(), "{name}.{} has no meaning", field.name);
            text.push_str(&format!("  {}: {} {}\n", field.name, field.kind, field.meaning));
        }
    }
    text
}

fn view_of(kind: &str) -> String {
    kind.trim_matches(['[', ']', '?', '{', '}']).to_owned()
}

/// The same for people, as Markdown.
pub fn document(text: &str) -> String {
    let mut markdown = String::from("## Variables\n\n| Template | Variables, beside `site` and `page` |\n|---|---|\n");
    for line in text.lines().filter_map(|line| line.strip_prefix("template ")) {
        let (template, variables) = line.split_once(' ').unwrap();
        let variables = variables.split(", ").filter(|it| !it.starts_with("site:") && !it.starts_with("page:"));
        let variables: Vec<String> = variables.map(|variable| format!("`{variable}`")).collect();
        markdown.push_str(&format!("| `{template}` | {} |\n", variables.join(", ")));
    }
    markdown.push_str("\n`[X]` is a list of `X`, `X?` may be missing, `{text}` is a map.\n\n## Views\n");
    for line in text.lines() {
        if let Some(view) = line.strip_prefix("view ") {
            let (name, meaning) = view.split_once(' ').unwrap();
            markdown.push_str(&format!("\n### {name}\n\n{meaning}\n\n| Field | Type | Meaning |\n|---|---|---|\n"));
        } else if let Some(field) = line.strip_prefix("  ") {
            let (name, rest) = field.split_once(": ").unwrap();
            let (kind, meaning) = rest.split_once(' ').unwrap();
            markdown.push_str(&format!("| `{name}` | `{kind}` | {} |\n", meaning.replace('|', "\\|")));
        }
    }
    markdown
}
