//! What casebook.toml cannot say, and what is told about it.

use casebook::rules::SAMPLE_PATH;

use crate::support::TestSite;

const HEAD: &str = "title = \"S\"\nbase_url = \"https://example.org/\"\n";

fn with(entries: &str) -> TestSite {
    let space = TestSite::site();
    space.write("casebook.toml", format!("{HEAD}{entries}"));
    space
}

#[test]
fn a_language_has_a_tag() {
    for tag in ["en", "de-AT", "pt-BR", "zh-Hant", "ar"] {
        with(&format!("language = \"{tag}\"\n")).check().expect(0, &[]);
    }
    for (tag, words) in [
        ("en_US", "Write `en-US`."),
        ("<b>", "Write a tag as web pages have it"),
        ("english language", "`english language` is no tag of a language"),
    ] {
        with(&format!("language = \"{tag}\"\n")).run(&["check"]).expect(1, &["casebook.toml:3:12", words]);
    }
}

#[test]
fn a_word_for_a_severity_means_one() {
    let severities = |first: &str, second: &str| {
        let space = with(&format!("[severities]\nP1 = {{ {first} }}\nP2 = {{ {second} }}\n"));
        space.edit("severity = \"P1\"", "severity = \"P2\"");
        space
    };
    let right = severities("name = \"Critical\", aliases = [\"S1\"]", "name = \"Major\", aliases = [\"S2\"]");
    right.build().expect(0, &[]);
    assert!(right.path("public/severities/p2.html").exists());
    severities("aliases = [\"P2\"]", "name = \"Major\"")
        .check()
        .expect(1, &["casebook.toml:4:19", "`P2` is a word for the severity `P2` already"]);
    severities("aliases = [\"S\"]", "aliases = [\"S\"]")
        .check()
        .expect(1, &["casebook.toml:5:19", "`S` is a word for the severity `P1` already"]);
}

#[test]
fn reviews_that_no_pattern_names_are_missed() {
    with("[[reviews]]\nfiles = []\n").check().expect(1, &["casebook.toml:4:9", "`files` names no reviews"]);
}

#[test]
fn a_password_in_an_address_is_not_repeated() {
    let space = TestSite::site();
    let secret = "hunter2";
    for key in ["base_url", "repository", "edit_url"] {
        let own = if key == "base_url" { "" } else { "base_url = \"https://example.org/\"\n" };
        let address = format!("https://admin:{secret}@example.org/a/b");
        space.write("casebook.toml", format!("title = \"S\"\n{own}{key} = \"{address}\"\n"));
        for format in ["human", "concise", "json", "github", "sarif"] {
            let run = space.run(&["check", "--format", format]);
            assert!(run.code == 1 && run.out.contains("an address with a user or a password is no"), "{key} {format}");
            assert!(!run.out.contains(secret) && !run.err.contains(secret), "{key} {format}: {}", run.out);
        }
    }
}

#[test]
fn the_keys_that_exist_are_those_of_the_table() {
    let space = with("[feeds]\nnonsense = 1\n");
    let run = space.run(&["check"]);
    run.expect(1, &["casebook.toml:4:1", "move it to a key that exists: `"]);
    assert!(!run.out.contains("casebook new"), "{}", run.out);
}

#[test]
fn the_output_is_a_folder_of_its_own() {
    let space = TestSite::site();
    for (output, words) in [
        ("casebook.toml", "casebook.toml is a file, and the output is a folder"),
        (SAMPLE_PATH, "is a file, and the output is a folder"),
        (".casebook", "the output folder lies in `.casebook`"),
        (".casebook/a", "the output folder lies in `.casebook`"),
    ] {
        let run = space.run(&["build", "--output", output]);
        assert!(run.code != 0 && run.err.contains(words), "{output}: {}", run.err);
    }
}
