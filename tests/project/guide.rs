//! The README and the guide in `docs/`: links lead somewhere, commands work, nothing is missing from the contents.

use std::collections::BTreeSet;
use std::fs;

use super::{read, root};
use crate::support::{TODAY, TestSite};

/// The README and the pages of the guide that are written by hand or from a table.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> = ["docs", "docs/rules"]
        .iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).unwrap().map(move |entry| (folder, entry.unwrap())))
        .map(|(folder, entry)| format!("{folder}/{}", entry.file_name().to_string_lossy()))
        .filter(|path| path.ends_with(".md"))
        .chain(["README.md".to_owned()])
        .collect();
    pages.sort();
    pages
}

/// The code blocks of a language in a document.
pub(super) fn blocks(text: &str, language: &str) -> Vec<String> {
    let start = format!("\n```{language}\n");
    text.split(&start).skip(1).filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect()
}

/// The words of a line of a shell up to a comment or a redirection; words in double quotes are one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(piece.to_owned());
            continue;
        }
        let end = piece.find(['#', '>', '&', '|']).unwrap_or(piece.len());
        words.extend(piece[..end].split_whitespace().filter(|word| *word != "\\").map(str::to_owned));
        if end < piece.len() {
            break;
        }
    }
    words
}

#[test]
fn the_readme_is_short() {
    assert!(read("README.md").lines().count() < 120);
}

#[test]
fn every_link_leads_to_a_file() {
    let others = ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "themes/default/README.md"];
    for document in pages().into_iter().chain(others.map(str::to_owned)) {
        let text: String = read(&document).replace("````", "```").split("```").step_by(2).collect();
        // What stands in backticks is an example.
        let text: String = text.split('`').step_by(2).collect();
        for rest in text.split("](").skip(1) {
            let target = rest.split(')').next().unwrap();
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            if target.contains(':') || file.is_empty() {
                continue;
            }
            let file = root().join(&document).parent().unwrap().join(file);
            assert!(file.exists(), "{document}: {target}");
            // The guide is published alone: whatever lies beside it needs an address of its own.
            let is_inside = file.canonicalize().unwrap().starts_with(root().join("docs").canonicalize().unwrap());
            assert!(is_inside || !document.starts_with("docs/"), "{document}: {target} leads out of the guide");
            if !heading.is_empty() {
                let text = fs::read_to_string(&file).unwrap();
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
fn the_contents_of_the_guide_name_every_page_once() {
    let summary = read("docs/SUMMARY.md");
    let mut named = BTreeSet::from(["docs/SUMMARY.md".to_owned(), "README.md".to_owned()]);
    for rest in summary.split("](").skip(1) {
        let page = format!("docs/{}", rest.split(')').next().unwrap());
        assert!(named.insert(page.clone()), "docs/SUMMARY.md names {page} twice");
    }
    assert_eq!(named, pages().into_iter().collect());
}

/// Runs what a reader would type, each page in a folder of its own, line after line.
#[test]
fn the_commands_of_the_readme_and_the_guide_work() {
    let mut ran = 0;
    for page in pages() {
        let text = read(&page);
        let space = TestSite::empty();
        if !text.contains("\ncasebook init") {
            space.run(&["init"]).expect(0, &[]);
        }
        let mut folder = space.path("");
        for block in blocks(&text, "sh") {
            let block = block.replace("\\\n", " ");
            for line in block.lines() {
                let mut words = words(line);
                match words.first().map(String::as_str) {
                    Some("cd") => folder.push(&words[1]),
                    Some("casebook") => {
                        let command = words[1].clone();
                        let is_help = ["serve", "collect", "import"].contains(&command.as_str())
                            || words.contains(&"--watch".to_owned());
                        if is_help {
                            // It needs a network, a file of another program, or does not end. Its words are known.
                            words.push("--help".to_owned());
                        } else if ["new", "check", "build", "search"].contains(&command.as_str())
                            && !words.contains(&"--now".to_owned())
                        {
                            words.extend(["--now", TODAY].map(str::to_owned));
                        }
                        let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
                        let output = space.command(&arguments).current_dir(&folder).output().unwrap();
                        assert!(output.status.success(), "{page}: {line}: {output:?}");
                        ran += 1;
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(ran >= 30, "only {ran} commands were found");
}

#[test]
fn the_review_of_the_guide_passes_as_printed() {
    let review = blocks(&read("docs/author.md"), "markdown").swap_remove(0);
    let space = TestSite::empty();
    space.run(&["init"]).expect(0, &[]);
    space.write("content/reviews/2026-03-11-guide.md", review);
    let run = space.check();
    assert!(run.code == 0 && !run.out.contains("warning["), "{}", run.out);
    run.expect(0, &["2 reviews: 2 to publish"]);
}

#[test]
fn the_rule_families_of_the_guide_are_those_of_the_catalogue() {
    let guide = read("docs/maintainer.md");
    for rule in casebook::rules::CATALOGUE {
        let family = &rule.metadata.code[..1];
        assert!(guide.contains(&format!("| **{family}** ")), "{} has no family in the guide", rule.metadata.code);
    }
}
