//! What a check is about: a site, some of its files, or a file by itself.

use crate::support::{TODAY, TestSite};

const OLD: &str = "# The queue stood still\n\n## Timeline\n\n- 2024-03-04 10:05 UTC: payments stop\n- 9:30: they go on\n\n![A chart](chart.png)\n";

#[test]
fn any_file_can_be_checked_without_a_site() {
    let space = TestSite::empty();
    space.write("notes/queue [1].txt", OLD);
    let run = space.run(&["check", "notes/queue [1].txt", "--format", "concise", "--now", TODAY]);
    run.expect(
        0,
        &[
            "queue [1].txt:6:3: warning[T002 timeline-out-of-order]",
            "R008 incomplete-review",
            "0 to publish, 1 withheld",
        ],
    );
    assert!(!run.out.contains("D0") && !run.out.contains("chart"), "{}", run.out);
    assert_eq!(space.files("").len(), 1, "a check writes nothing");
    space.run(&["check", "notes"]).expect(2, &["casebook init"]);
    space.run(&["check", "notes/queue [1].txt", "--watch"]).expect(2, &["--watch needs a site"]);
}

#[test]
fn a_path_leads_to_its_site() {
    let space = TestSite::empty();
    space.run(&["init", "--demo", "docs/lessons"]).expect(0, &[]);
    space.write("docs/lessons/content/reviews/b.md", "nothing\n");
    let check = |path: &str| space.run(&["check", path, "--format", "concise", "--now", TODAY]);
    check("docs/lessons/content/reviews/b.md").expect(1, &["content/reviews/b.md:1:1: error[D001"]);
    check("docs/lessons/content/factors.toml").expect(0, &["no findings"]);
    space.write("docs/lessons/notes.md", OLD);
    for nothing in ["docs/lessons/notes.md", "docs/lessons/README.md"] {
        check(nothing).expect(2, &["is nothing that the site in", "[[reviews]]"]);
    }
    space.write(
        "casebook.toml",
        "title = \"S\"\nbase_url = \"https://example.org/\"\n[[reviews]]\nfiles = [\"docs/*.md\"]\n",
    );
    space.write("docs/a.md", OLD);
    check("docs/a.md").expect(1, &["docs/a.md"]);
    space.run(&["check", "docs/a.md", "docs/lessons/content"]).expect(2, &["different sites"]);
}

#[test]
fn errors_of_the_settings_count_whatever_was_chosen() {
    let space = TestSite::site();
    let settings = space.read("casebook.toml");
    space.run(&["check", "content/reviews", "--now", TODAY]).expect(0, &[]);
    space.write("casebook.toml", format!("{settings}severitys = \n"));
    space.run(&["check", "content/reviews", "--now", TODAY]).expect(1, &["casebook.toml:3:"]);
    space.write("casebook.toml", settings);
    let factors = space.read("content/factors.toml");
    space.write("content/factors.toml", format!("{factors}\n[[factor]]\nid = \"x\"\n"));
    space.run(&["check", "content/reviews", "--now", TODAY]).expect(1, &["content/factors.toml"]);
}

#[test]
fn templates_are_tried_as_build_tries_them() {
    let space = TestSite::site();
    let wrong = "{% extends \"default/base.html\" %}\n{% block footer %}{{ site.titel }}{% endblock footer %}\n";
    space.write("themes/ours/templates/base.html", wrong);
    let settings = space.read("casebook.toml");
    space.write("casebook.toml", format!("{settings}theme = \"ours\"\n"));
    let place = "themes/ours/templates/base.html:2:";
    space.check().expect(1, &[place, "D010 broken-template", "1 ready once"]);
    space.build().expect(1, &[place]);
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    space.check().expect(1, &[place, "D006 unknown-value"]);
    space.write("themes/ours/templates/base.html", wrong.replace("titel", "title"));
    space.edit("severity = \"P9\"", "severity = \"P1\"");
    space.check().expect(0, &[]);
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let space = TestSite::empty();
    space.write("mono/.git/HEAD", "ref: refs/heads/main\n");
    space.run(&["init", "mono/docs/lessons"]).expect(0, &[]);
    space.write("mono/docs/lessons/content/reviews/b c.md", "nothing\n");
    let check = |format: &str| space.run(&["check", "--site", "mono/docs/lessons", "--format", format, "--now", TODAY]);
    check("github").expect(1, &["::error file=docs/lessons/content/reviews/b c.md,line=1"]);
    check("sarif").expect(1, &["\"uri\": \"docs/lessons/content/reviews/b%20c.md\""]);
    check("concise").expect(1, &["content/reviews/b c.md:1:1"]);
    let workspace = space.path("mono/docs").display().to_string();
    let mut command = space.command(&["check", "--site", "mono/docs/lessons", "--format", "github", "--now", TODAY]);
    let output = command.env("GITHUB_WORKSPACE", workspace).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("file=lessons/content/reviews/b c.md"), "{output:?}");
}
