//! The documents of the project say what is so.

use std::fs;
use std::path::Path;

use casebook::render::contract::Contract;

use super::{read, root};
use crate::contract;
use crate::support::TestSite;

/// The words in backticks outside code blocks.
fn quoted(text: &str) -> Vec<String> {
    let outside: String = text.split("```").step_by(2).collect();
    outside.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_file_that_is_named_exists() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let named = quoted(&read(document));
        let files: Vec<&String> = named
            .iter()
            .filter(|name| {
                let is_path =
                    ["src/", "tests/", "themes/", "content/", ".github/"].iter().any(|start| name.starts_with(start));
                is_path && !name.contains(['<', '*', '{', ' '])
            })
            .collect();
        assert!(files.len() > 5, "{document} names only {files:?}");
        for file in files {
            assert!(root().join(file).exists(), "{document} names {file}, which does not exist");
        }
    }
}

/// The names of all functions below a folder of the project, one text.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = entries.filter(|path| !path.ends_with("node_modules")).map(|path| match path.is_dir() {
        true => sources(&path),
        false if path.extension().is_some_and(|end| end == "rs") => fs::read_to_string(path).unwrap(),
        false => String::new(),
    });
    texts.collect()
}

#[test]
fn every_attack_names_tests_that_exist() {
    let security = read("SECURITY.md");
    let tests = sources(&root().join("tests"));
    let rows = security.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| what"));
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let named = quoted(cells.last().unwrap());
        assert!(!named.is_empty(), "no test: {row}");
        for name in named {
            let file = root().join("tests").join(name.replace("::", "/")).with_extension("rs");
            assert!(file.exists() || tests.contains(&format!("fn {name}()")), "SECURITY.md names no test: {name}");
        }
    }
}

/// After a change to a rule: `UPDATE_RULE_PAGES=1 cargo test project::documents`.
#[test]
fn the_pages_of_the_rules_are_fresh() {
    use casebook::report::{rule_index, rule_page};
    let mut pages = vec![("README.md".to_owned(), rule_index())];
    pages.extend(casebook::rules::CATALOGUE.iter().map(|rule| (format!("{}.md", rule.metadata.name), rule_page(rule))));
    let folder = root().join("docs/rules");
    if std::env::var_os("UPDATE_RULE_PAGES").is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        pages.iter().for_each(|(name, page)| fs::write(folder.join(name), page).unwrap());
    }
    summary_lists_the_rules(&pages);
    for (name, page) in &pages {
        let written = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(written == *page, "docs/rules/{name} is stale; run UPDATE_RULE_PAGES=1 cargo test project::documents");
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), pages.len(), "docs/rules holds a page of no rule");
}

/// The contents of the guide name each page of a rule, since a page that they do not name is not published.
fn summary_lists_the_rules(pages: &[(String, String)]) {
    let heading = "- [Rules](rules/README.md)\n";
    let summary = read("docs/SUMMARY.md");
    let (before, _) = summary.split_once(heading).expect("docs/SUMMARY.md has lost its line for the rules");
    let title = |page: &str| page.lines().next().unwrap().trim_start_matches("# ").to_owned();
    let lines: String =
        pages[1..].iter().map(|(name, page)| format!("  - [{}](rules/{name})\n", title(page))).collect();
    let expected = format!("{before}{heading}{lines}");
    if std::env::var_os("UPDATE_RULE_PAGES").is_some() {
        fs::write(root().join("docs/SUMMARY.md"), &expected).unwrap();
    }
    let help = "run UPDATE_RULE_PAGES=1 cargo test project::documents";
    assert!(read("docs/SUMMARY.md") == expected, "docs/SUMMARY.md is stale; {help}");
}

/// After a change of a key: `UPDATE_REFERENCE=1 cargo test project::documents`.
#[test]
fn the_reference_is_fresh_and_its_examples_work() {
    let expected = casebook::report::reference();
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::write(root().join("docs/reference.md"), &expected).unwrap();
    }
    let text = fs::read_to_string(root().join("docs/reference.md")).unwrap_or_default();
    assert!(text == expected, "docs/reference.md is stale; run UPDATE_REFERENCE=1 cargo test project::documents");
    let parts: Vec<String> = text
        .split("\n## ")
        .skip(1)
        .map(|part| part.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect())
        .collect();
    let [settings, factors, review, page] = &parts[..] else { panic!("the reference has {} parts", parts.len()) };
    // Each row of a table of keys has its line in the example, but for tables and for what nothing reads yet.
    for row in text.lines().filter(|line| line.starts_with("| `") && !line.contains("Kept for a later version.")) {
        let key = row.split('`').nth(1).unwrap();
        let is_table = row.contains("table, see below |")
            || row.contains("tables, see below |")
            || row.contains("tables with a name");
        let has_line = parts.iter().any(|part| part.lines().any(|line| line.starts_with(&format!("{key} = "))));
        assert!(has_line || is_table, "`{key}` has no example");
    }
    let space = TestSite::empty();
    space.write("casebook.toml", settings);
    space.write("content/factors.toml", factors);
    space.write("docs/postmortems/x.md", format!("+++\n{review}+++\n\n## Summary\n\nWords.\n"));
    space.write("content/pages/about.md", format!("+++\n{page}+++\n\nWords.\n"));
    let run = space.check();
    for rule in ["D002", "D003", "D005", "D006", "D008", "D010", "D011"] {
        assert!(!run.out.contains(&format!(" {rule} ")) && !run.out.contains(&format!("[{rule}")), "{}", run.out);
    }
    assert!(run.out.contains("docs/postmortems/x.md"), "{}", run.out);
}

/// After a change of the views: `UPDATE_CONTRACT=1 cargo test project::documents`, and read the difference.
#[test]
fn docs_theme_lists_what_templates_see() {
    let document = read("docs/theme.md");
    let (before, _) =
        document.split_once("## Variables\n").expect("docs/theme.md has lost its part with the variables");
    let expected = format!("{before}{}", contract::document(&Contract::new()));
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        fs::write(root().join("docs/theme.md"), &expected).unwrap();
    }
    let help = "after a change on purpose: UPDATE_CONTRACT=1 cargo test project::documents";
    assert!(read("docs/theme.md") == expected, "docs/theme.md differs from the views; {help}");
}
