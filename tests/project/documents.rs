//! The documents of the project say what is so.

use std::fs;
use std::path::Path;

use casebook::render::contract::Contract;

use crate::contract;
use crate::support::{TODAY, TestSite};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

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

#[test]
fn every_link_leads_to_a_file() {
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "themes/default/README.md",
        "docs/theme.md",
        "docs/reference.md",
    ] {
        let text = read(document);
        for rest in text.split("](").skip(1) {
            let target = rest.split(')').next().unwrap();
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            if target.contains(':') || file.is_empty() {
                continue;
            }
            let file = root().join(document).parent().unwrap().join(file);
            assert!(file.exists(), "{document}: {target}");
            if !heading.is_empty() {
                let text = std::fs::read_to_string(&file).unwrap();
                let anchor = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
                assert!(
                    text.lines().any(|line| line.starts_with('#') && anchor(line) == heading),
                    "{document}: {target}"
                );
            }
        }
    }
}

#[test]
fn the_commands_of_the_readme_work() {
    let readme = read("README.md");
    let space = TestSite::empty();
    space.run(&["init", "lessons"]).expect(0, &[]);
    let mut run = 0;
    for block in readme.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        for line in block.lines().filter_map(|line| line.strip_prefix("casebook ")) {
            let words = line.split('#').next().unwrap().trim();
            let mut arguments: Vec<&str> = Vec::new();
            let mut pieces = words.split('"');
            arguments.extend(pieces.next().unwrap().split_whitespace());
            arguments.extend(pieces.next());
            match arguments[0] {
                "init" | "serve" => continue,
                "explain" | "schema" => {}
                _ => arguments.extend(["--now", TODAY]),
            }
            arguments.extend(["--site", "lessons"]);
            space.run(&arguments).expect(0, &[]);
            run += 1;
        }
    }
    assert!(run >= 4, "only {run} commands were found");
}

#[test]
fn the_review_of_the_readme_passes_as_printed() {
    let readme = read("README.md");
    let review = readme.split("```markdown\n").nth(1).unwrap().split("```").next().unwrap();
    let space = TestSite::empty();
    space.run(&["init"]).expect(0, &[]);
    space.write("content/reviews/2026-03-11-readme.md", review);
    let run = space.check();
    assert!(run.code == 0 && !run.out.contains("warning["), "{}", run.out);
    run.expect(0, &["2 reviews: 2 to publish"]);
}

#[test]
fn the_rule_families_of_the_readme_are_those_of_the_catalogue() {
    let readme = read("README.md");
    for rule in casebook::rules::CATALOGUE {
        let family = &rule.metadata.code[..1];
        assert!(readme.contains(&format!("| **{family}** ")), "{} has no family in the README", rule.metadata.code);
    }
}

#[test]
fn workflows_pin_what_they_use_and_ask_for_little() {
    let workflows = ["src/scaffold/publish.yml", ".github/workflows/publish.yml", ".github/workflows/ci.yml"];
    for file in workflows.into_iter().chain(["action.yml"]) {
        let text = read(file);
        let uses: Vec<&str> =
            text.lines().filter_map(|line| line.split_once("uses:")).map(|(_, used)| used.trim()).collect();
        assert!(uses.len() > 1, "{file} uses only {uses:?}");
        for used in uses {
            // A tag can be moved to other code by whoever takes over an action; a commit cannot.
            let (commit, version) =
                used.split_once('@').and_then(|(_, used)| used.split_once(" # v")).unwrap_or_default();
            let is_commit =
                commit.len() == 40 && commit.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
            assert!(
                is_commit && version.split('.').count() == 3,
                "{file} does not pin {used} to a commit and name its version"
            );
        }
    }
    for workflow in workflows {
        let text = read(workflow);
        assert!(text.contains("permissions:\n  contents: read"), "{workflow} does not limit its permissions");
        assert!(!text.contains("-latest"), "{workflow} runs on whatever is newest");
        assert!(!text.contains("pull_request_target"), "{workflow} gives its secrets away");
    }
}

#[test]
fn the_action_installs_this_version() {
    assert!(read("action.yml").contains(&format!("default: \"{}\"", env!("CARGO_PKG_VERSION"))));
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
    for (name, page) in &pages {
        let written = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(written == *page, "docs/rules/{name} is stale; run UPDATE_RULE_PAGES=1 cargo test project::documents");
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), pages.len(), "docs/rules holds a page of no rule");
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
