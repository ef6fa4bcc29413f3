//! The layers, and the habits that every file has: what ARCHITECTURE.md promises, checked.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, the lowest first. Each may use those before it, never those after it.
const LAYERS: [&str; 26] = [
    "text",
    "diagnostic",
    "markdown",
    "redact",
    "table",
    "document",
    "model",
    "config",
    "lower",
    "dataset",
    "rules",
    "check",
    "language",
    "analysis",
    "search",
    "site",
    "render",
    "report",
    "scaffold",
    "import",
    "pipeline",
    "disk",
    "network",
    "preview",
    "lsp",
    "cli",
];

/// All layers between `text` and `disk`: what reads and asks hands over data, and knows nothing of what it is for.
const INNER: [&str; 20] = [
    "diagnostic",
    "markdown",
    "redact",
    "table",
    "document",
    "model",
    "config",
    "lower",
    "dataset",
    "rules",
    "check",
    "language",
    "analysis",
    "search",
    "site",
    "render",
    "report",
    "scaffold",
    "import",
    "pipeline",
];

/// What a layer may not use although it stands before it.
const FORBIDDEN: [(&str, &[&str]); 20] = [
    ("config", &["lower"]),
    ("lower", &["config"]),
    ("dataset", &["diagnostic", "config", "lower"]),
    ("rules", &["config", "lower", "dataset"]),
    ("language", &["config", "lower", "rules", "check"]),
    ("analysis", &["rules", "check", "lower", "dataset", "language"]),
    ("search", &["rules", "check", "lower", "dataset", "config", "analysis"]),
    ("site", &["rules", "check", "lower"]),
    ("render", &["check", "lower"]),
    ("report", &["site", "render", "lower", "config"]),
    ("scaffold", &["check", "rules", "render", "report"]),
    ("import", &["config", "dataset", "rules", "check", "analysis", "search", "site", "render", "report"]),
    ("pipeline", &["report", "scaffold", "import"]),
    ("disk", &INNER),
    ("network", &INNER),
    ("network", &["disk"]),
    ("preview", &["rules", "lower", "scaffold", "site", "model", "document"]),
    ("lsp", &["render", "site", "dataset", "import", "search", "scaffold", "network", "preview"]),
    ("model", &["diagnostic"]),
    ("diagnostic", &["document"]),
];

/// Third-party crates and the layers in which each may appear.
const CRATES: &[(&str, &[&str])] = &[
    ("aho_corasick", &["rules", "check", "pipeline"]),
    ("ammonia", &["render", "import"]),
    ("annotate_snippets", &["report"]),
    ("any_ascii", &["text"]),
    ("anyhow", &["disk", "network", "cli", "preview", "lsp"]),
    ("atom_syndication", &["render"]),
    ("axum", &["preview"]),
    ("base64", &["disk", "import"]),
    ("bip39", &["rules"]),
    ("blake3", &["dataset", "disk", "render"]),
    (
        "chrono",
        &[
            "table", "document", "model", "config", "lower", "dataset", "rules", "check", "language", "analysis",
            "search", "site", "render", "scaffold", "import", "network", "preview", "lsp", "cli",
        ],
    ),
    ("chrono_tz", &["model"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("crossbeam_channel", &["lsp"]),
    ("csv", &["dataset", "import"]),
    ("emojis", &["markdown"]),
    ("flate2", &["disk"]),
    ("globset", &["text"]),
    ("htmd", &["import"]),
    ("hyper", &["preview"]),
    ("hyper_util", &["preview"]),
    ("icalendar", &["dataset"]),
    ("imagesize", &["disk"]),
    ("img_parts", &["disk"]),
    ("include_dir", &["render", "scaffold"]),
    ("intl_pluralrules", &["language"]),
    ("lsp_server", &["lsp"]),
    ("lsp_types", &["lsp"]),
    ("mimalloc", &[]),
    ("notify", &["disk"]),
    ("percent_encoding", &["text", "dataset", "render", "import", "disk", "preview"]),
    ("pulldown_cmark", &["markdown", "redact", "document", "render"]),
    ("pulldown_cmark_escape", &["markdown", "render"]),
    ("pulldown_cmark_to_cmark", &["render"]),
    ("quick_xml", &["disk", "import", "render"]),
    ("rayon", &["check", "analysis", "search", "site", "render", "pipeline", "disk"]),
    ("regex", &["redact", "document", "rules"]),
    ("png", &["disk", "render"]),
    ("rss", &["render"]),
    ("rustc_hash", &["model", "analysis", "search", "check", "language"]),
    ("saphyr_parser", &["table"]),
    ("schemars", &["dataset", "render"]),
    ("semver", &["config"]),
    ("serde", &["dataset", "render", "report", "import", "disk", "preview"]),
    ("serde_json", &["dataset", "render", "report", "import", "disk", "scaffold", "preview", "lsp"]),
    ("strsim", &["text", "redact"]),
    ("syntect", &["render"]),
    ("tempfile", &["disk"]),
    ("tera", &["render"]),
    ("tiny_skia", &["render"]),
    ("tokio", &["preview"]),
    ("tokio_io_timeout", &["preview"]),
    ("tokio_stream", &["preview"]),
    ("toml", &["table"]),
    ("unic_langid", &["language"]),
    ("unicode_security", &["redact"]),
    ("unicode_normalization", &["text", "redact", "search", "site"]),
    ("ureq", &["network"]),
    ("url", &["text", "network", "lsp"]),
    ("walkdir", &["disk"]),
    ("zip", &["import"]),
];

/// The greatest number of lines of a file, without the test module at its end.
const LINES: usize = 300;

fn check(layer: &str, file: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut complain = |what: String| complaints.push(format!("{file}: {what}"));
    if !text.starts_with("//! ") {
        complain("does not open with a sentence that says what it holds".to_owned());
    }
    let end = text.find("\n#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..end].lines().count();
    if lines > LINES {
        complain(format!("has {lines} lines without tests, and {LINES} are the most"));
    }
    let code = without_tests(text);
    let rank = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    for used in used_layers(&code) {
        let Some(of_used) = rank(&used) else {
            complain(format!("uses `crate::{used}`, which is no layer"));
            continue;
        };
        if rank(layer).is_some_and(|own| own < of_used) {
            complain(format!("`{layer}` stands before `{used}` and may not use it"));
        }
        if FORBIDDEN.iter().any(|(name, never)| *name == layer && never.contains(&used.as_str())) {
            complain(format!("`{layer}` never knows `{used}`"));
        }
    }
    for &(name, layers) in CRATES {
        if uses_crate(&code, name) && !layers.contains(&layer) {
            complain(format!("`{name}` belongs into {layers:?}, not into `{layer}`"));
        }
    }
    if !["network", "cli", "preview"].contains(&layer) && code.contains("std::net") {
        complain("only network, cli and preview may use `std::net`".to_owned());
    }
    if !["disk", "cli", "preview"].contains(&layer) {
        for outside in
            ["std::fs", "std::env", "std::process", "SystemTime::now", "Instant::now", "Utc::now", "Local::now"]
        {
            if code.contains(outside) {
                complain(format!("only disk, cli and preview may use `{outside}`"));
            }
        }
    }
    complaints
}

fn without_tests(text: &str) -> String {
    let end = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text[..end].lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// Every name after `crate::`, also inside braces.
fn used_layers(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut used = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            None => used.push(word(rest)),
            Some(group) => {
                let mut depth = 0;
                let end = group.find(|c| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    depth < 0
                });
                let group = &group[..end.unwrap_or(group.len())];
                let mut depth = 0;
                let parts = group.split(|c| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    c == ',' && depth == 0
                });
                used.extend(parts.map(|part| word(part.trim())).filter(|part| !part.is_empty()));
            }
        }
    }
    used
}

fn uses_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::"))
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

/// The Rust files below a folder.
fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut all = Vec::new();
    all_below(folder, &mut all);
    found.extend(all.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")));
}

fn all_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() { all_below(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_file_keeps_to_its_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    files_below(&src, &mut files);
    assert!(files.len() > 60, "only {} files were found", files.len());
    let mut complaints = Vec::new();
    for path in files {
        let below = path.strip_prefix(&src).unwrap();
        let layer = below.iter().next().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        if below.components().count() == 1 {
            assert!(text.lines().count() < 30, "{} holds more than names", below.display());
            continue;
        }
        assert!(LAYERS.contains(&layer), "{layer} is no layer; give it a place in LAYERS and in ARCHITECTURE.md");
        complaints.extend(check(layer, &below.display().to_string(), &text));
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn bad_files_are_found() {
    let cases: BTreeMap<&str, (&str, &str)> = BTreeMap::from([
        ("model", ("//! A.\nuse crate::render::Theme;\n", "stands before")),
        ("site", ("//! A.\nuse crate::{model::Review, rules::find};\n", "never knows `rules`")),
        ("rules", ("//! A.\nfn f() { pulldown_cmark::Parser::new(\"\"); }\n", "`pulldown_cmark` belongs into")),
        ("lower", ("//! A.\nuse std::fs;\n", "only disk")),
        ("render", ("//! A.\nuse walkdir::WalkDir;\n", "`walkdir` belongs into")),
        ("check", ("use crate::text::Span;\n", "does not open with")),
    ]);
    for (layer, (text, expected)) in cases {
        let complaints = check(layer, "x.rs", text);
        assert!(complaints.iter().any(|complaint| complaint.contains(expected)), "{layer}: {complaints:?}");
    }
    let long = format!("//! A.\n{}", "\n".repeat(LINES));
    assert_eq!(check("text", "x.rs", &long).len(), 1);
    assert!(check("text", "x.rs", "//! A.\n// use crate::cli;\nuse crate::text::Span;\n").is_empty());
}

#[test]
fn every_dependency_has_its_layers() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names =
        dependencies.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().replace('-', "_"));
    for name in names {
        assert!(
            CRATES.iter().any(|(known, _)| *known == name),
            "{name} is given no layer in tests/project/architecture.rs"
        );
    }
}

/// A file that no other names is no part of a test program, and its tests never run.
#[test]
fn every_file_of_tests_is_run() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files = Vec::new();
    for folder in fs::read_dir(&tests).unwrap().map(|entry| entry.unwrap().path()) {
        // The tools of the browser bring files of their own.
        if folder.is_dir() && folder.file_name().unwrap() != "browser" {
            files_below(&folder, &mut files);
        }
    }
    files.extend(fs::read_dir(tests.join("browser")).unwrap().map(|entry| entry.unwrap().path()));
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    assert!(files.len() > 40, "only {} files were found", files.len());
    for path in files.iter().filter(|path| !path.ends_with("main.rs")) {
        let folder = path.parent().unwrap();
        let (name, parent) = match path.file_stem().unwrap().to_str().unwrap() {
            "mod" => (folder.file_name().unwrap().to_str().unwrap(), folder.parent().unwrap()),
            name => (name, folder),
        };
        let parents = [parent.join("mod.rs"), parent.join("main.rs"), parent.with_extension("rs")];
        let named = |line: &str| {
            let module = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ").strip_prefix("mod ");
            module.and_then(|module| module.split([';', ' ']).next()) == Some(name)
        };
        let is_named =
            parents.iter().filter_map(|parent| fs::read_to_string(parent).ok()).any(|text| text.lines().any(named));
        assert!(is_named, "{} is named by none of {parents:?}", path.display());
    }
}

/// Every key that the code asks for has words, and nobody translates words that are never shown.
#[test]
fn keys_and_words_belong_together() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    files_below(&root.join("src"), &mut files);
    let code: String = files.iter().map(|path| without_tests(&fs::read_to_string(path).unwrap())).collect();
    let english = casebook::language::Language::english();
    for call in ["say(\"", "fill(\"", "count(\""] {
        for part in code.split(call).skip(1) {
            let key = part.split('"').next().unwrap();
            let is_key = key.contains('.') && !key.contains('{') && !key.ends_with(".html");
            assert!(!is_key || english.get(key).is_some(), "there are no words for {key:?}");
        }
    }
    let mut texts = code;
    for theme in fs::read_dir(root.join("themes")).unwrap().map(Result::unwrap) {
        let mut templates = Vec::new();
        all_below(&theme.path().join("templates"), &mut templates);
        texts.extend(templates.iter().map(|path| fs::read_to_string(path).unwrap()));
    }
    let used = |key: &str| {
        let group = key.split('.').next().unwrap();
        texts.contains(&format!("\"{key}\"")) || texts.contains(&format!("\"{group}.{{")) || group == "date"
    };
    let unused: Vec<&str> = english.phrases().map(|(key, _)| key).filter(|key| !used(key)).collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
}
