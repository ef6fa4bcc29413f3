//! Where reviews are, and what holds for those there: `[[reviews]]` of casebook.toml.

use casebook::rules::{SAMPLE_FACTORS, SAMPLE_REVIEW};

use crate::support::TestSite;

const HEAD: &str = "title = \"S\"\nbase_url = \"https://example.org/\"\n";

/// A repository with other things in it, whose settings end in `entries`.
fn repository(entries: &str) -> TestSite {
    let space = TestSite::empty();
    space.write("casebook.toml", format!("{HEAD}{entries}"));
    space.write("content/factors.toml", SAMPLE_FACTORS);
    space
}

fn page(id: &str) -> String {
    format!("public/reviews/{id}.html")
}

#[test]
fn reviews_lie_where_patterns_say() {
    let space = repository(
        "[[reviews]]\nfiles = [\"docs/postmortems/**/*.md\", \"services/*/pm/**\"]\nexcept = [\"**/README.md\"]\n",
    );
    let chart = "![A chart](chart.png)\n\n## Root cause\n";
    space.write("docs/postmortems/2023/A.MD", SAMPLE_REVIEW.replace("## Root cause\n", chart));
    space.write("docs/postmortems/2023/chart.png", include_bytes!("../images/chart.png"));
    space.write("services/edge/pm/b/index.md", SAMPLE_REVIEW.replace("13:40", "13:41"));
    space.write("services/core/pm/c.markdown", SAMPLE_REVIEW.replace("13:40", "13:42"));
    for other in
        ["docs/postmortems/README.md", "docs/x.md", "services/edge/src/y.md", "services/z.md", "content/reviews/w.md"]
    {
        space.write(other, "no review");
    }
    space.build().expect(0, &["in 3 reviews: 3 to publish"]);
    for id in ["A", "b", "c"] {
        assert!(space.path(&page(id)).exists(), "{id}");
    }
    assert_eq!(space.files("public/reviews").keys().filter(|path| path.ends_with(".png")).count(), 1);
    let all: Vec<u8> = space.files("public").into_values().flatten().collect();
    assert!(!String::from_utf8_lossy(&all).contains("no review"));
}

#[test]
fn pictures_may_lie_outside_of_the_folders_of_reviews() {
    let space = repository("[[reviews]]\nfiles = [\"docs/postmortems/*.md\"]\n");
    let shown = "![A chart](../images/chart.png)\n\n![B](../.git/b.png)\n\n![C](../link/c.png)\n\n\
        See [the log](../../private.txt).\n\n## Root cause\n";
    space.write("docs/postmortems/a.md", SAMPLE_REVIEW.replace("## Root cause\n", shown));
    let chart = include_bytes!("../images/chart.png");
    for path in ["docs/images/chart.png", "docs/images/unused.png", "docs/.git/b.png", "outside/c.png"] {
        space.write(path, chart);
    }
    space.write("private.txt", "not for readers");
    #[cfg(unix)]
    std::os::unix::fs::symlink(space.path("outside"), space.path("docs/link")).unwrap();
    space.check().expect(1, &["`../.git/b.png`", "`../link/c.png`"]);
    let one = "![A chart](../images/chart.png)\n\n## Root cause\n";
    space.write("docs/postmortems/a.md", SAMPLE_REVIEW.replace("## Root cause\n", one));
    space.build().expect(0, &["1 to publish"]);
    let pictures: Vec<String> =
        space.files("public/reviews").into_keys().filter(|path| path.ends_with(".png")).collect();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    assert!(pictures[0].contains("chart"), "{pictures:?}");
}

#[test]
fn a_whole_repository_is_searched_only_where_people_work() {
    let space = repository("[[reviews]]\nfiles = [\"**/postmortem-*.md\"]\n");
    for (path, is_read) in [
        ("a/b/postmortem-1.md", true),
        ("postmortem-2.md", true),
        (".git/postmortem-3.md", false),
        ("node_modules/x/postmortem-4.md", false),
        ("target/postmortem-5.md", false),
        ("static/postmortem-6.md", false),
        ("content/pages/postmortem-7.md", false),
        ("content/reviews/postmortem-8.md", true),
    ] {
        let minute = path.as_bytes()[path.len() - 4];
        let text = SAMPLE_REVIEW.replace("13:40", &format!("13:4{}", char::from(minute)));
        space.write(path, if is_read { text } else { "+++\nbroken".to_owned() });
    }
    space.write("target/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
    space.write("content/pages/postmortem-7.md", "+++\ntitle = \"A page\"\n+++\n\nWords.\n");
    let run = space.build();
    run.expect(0, &["in 3 reviews: 3 to publish"]);
    space.build().expect(0, &["in 3 reviews", "0 files written"]);
}

#[test]
fn what_was_decided_holds_unless_a_review_says_otherwise() {
    let decided = "status = \"final\"\ntlp = \"TLP:CLEAR\"\nseverity = \"SEV2\"\norganisation = \"Acme\"\nservices = [\"shop\"]\n";
    let space = repository(&format!(
        "[[reviews]]\nfiles = [\"pm/b.md\", \"pm/c.md\"]\n{decided}[[reviews]]\nfiles = [\"pm/*.md\"]\nstatus = \"interim\"\n"
    ));
    let bare = SAMPLE_REVIEW
        .replace("severity = \"P1\"\n", "")
        .replace("status = \"final\"\n", "")
        .replace("tlp = \"TLP:CLEAR\"\n", "")
        .replace("services = [\"edge proxy\"]\n", "");
    space.write("pm/b.md", bare.replace("13:40", "13:41"));
    space.write("pm/c.md", SAMPLE_REVIEW);
    space.write("pm/d.md", bare.replace("13:40", "13:42"));
    let run = space.check();
    run.expect(1, &["pm/d.md:1:1: error[D004 missing-key] a review has no `severity`", "a review has no `tlp`"]);
    assert!(
        !run.out.contains("no `status`") && !run.out.contains("pm/b.md") && !run.out.contains("pm/c.md"),
        "{}",
        run.out
    );
    std::fs::remove_file(space.path("pm/d.md")).unwrap();
    space.build().expect(0, &["2 to publish"]);
    let data: serde_json::Value = serde_json::from_str(&space.read("public/data/casebook.json")).unwrap();
    let facts = |id: &str| {
        let review = data["reviews"].as_array().unwrap().iter().find(|review| review["id"] == id).unwrap();
        format!("{} {} {} {}", review["severity"], review["status"], review["services"], review["organisation"])
    };
    assert_eq!(facts("b"), "\"P2\" \"final\" [\"shop\"] \"Acme\"");
    assert_eq!(facts("c"), "\"P1\" \"final\" [\"edge proxy\"] \"Acme\"");
}

#[test]
fn times_that_name_no_zone_are_in_the_decided_one() {
    let space = repository("[[reviews]]\nfiles = [\"pm\"]\nzone = \"America/Los_Angeles\"\n");
    let bare = SAMPLE_REVIEW.replace(" UTC —", " —");
    assert_ne!(bare, SAMPLE_REVIEW);
    space.write("pm/a.md", &bare);
    space.write("pm/b.md", SAMPLE_REVIEW);
    space.write("pm/c.md", bare.replace("## Timeline\n", "## Timeline\n\nAll times are not in UTC.\n"));
    let run = space.check();
    run.expect(1, &["pm/c.md", "time-without-zone"]);
    assert!(
        !run.out.contains("pm/a.md:1")
            && !run.out.lines().any(|line| line.contains("pm/a.md") && line.contains("T003"))
    );
    std::fs::remove_file(space.path("pm/c.md")).unwrap();
    space.build().expect(0, &[]);
    let data: serde_json::Value = serde_json::from_str(&space.read("public/data/casebook.json")).unwrap();
    let begin = |at: usize| data["reviews"][at]["timeline"][0]["at"].as_str().unwrap().to_owned();
    let mut begins = [begin(0), begin(1)];
    begins.sort();
    let hours = begins.map(|time| time[11..13].parse::<i32>().unwrap());
    assert_eq!((hours[1] - hours[0]).rem_euclid(24), 8, "{hours:?}");
}

#[test]
fn mistakes_are_told_at_their_place() {
    let space = repository(
        "[[reviews]]\nfiles = [\"pm/*.md\", \"dosc/*.md\", \"../x.md\", \"pm/{a\"]\nstatus = \"done\"\nseverity = \"P9\"\nzone = \"IST\"\nfiles_ = 1\n",
    );
    space.write("pm/a.md", SAMPLE_REVIEW);
    let run = space.check();
    run.expect(
        1,
        &[
            "casebook.toml:4:21: warning[D016 unmatched-pattern] no file is called like `dosc/*.md`",
            "casebook.toml:4:34: error[D006 unknown-value] `../x.md` is no pattern of files below the site folder",
            "casebook.toml:4:45: error[D006 unknown-value] `pm/{a` is no pattern",
            "casebook.toml:5:10: error[D006 unknown-value] `done` is no value of `status`",
            "casebook.toml:6:12: error[D006 unknown-value] `P9` is no value of `severity`",
            "casebook.toml:7:8: error[D006 unknown-value] `IST` is no zone that holds all year",
            "casebook.toml:8:1: error[D003 unknown-key] an entry of `reviews` has no key `files_`",
        ],
    );
    repository("[[reviews]]\nstatus = \"final\"\n").check().expect(1, &["an entry of `reviews` has no `files`"]);
}

#[test]
fn ids_are_given_or_made_of_names_in_any_language() {
    let space = repository("[[reviews]]\nfiles = [\"pm\"]\n");
    let names = ["Überlastung der Suche.md", "2024 (EU)/README.md", "数据库宕机.md", "x.md"];
    for (at, name) in names.iter().enumerate() {
        let given = if *name == "x.md" { "id = \"INC-1042\"\n" } else { "" };
        let text = SAMPLE_REVIEW.replacen("+++\n", &format!("+++\n{given}"), 1);
        space.write(&format!("pm/{name}"), text.replace("13:40", &format!("13:4{at}")));
    }
    space.build().expect(0, &["4 to publish"]);
    for id in ["Uberlastung-der-Suche", "2024-EU", "ShuJuKuDangJi", "INC-1042"] {
        assert!(space.path(&page(id)).exists(), "{id}");
    }
    space.write("pm/old/x.md", SAMPLE_REVIEW.replacen("+++\n", "+++\nid = \"inc-1042\"\n", 1));
    let run = space.run(&["check", "--now", crate::support::TODAY]);
    run.expect(
        1,
        &[
            "D007 duplicate-id",
            "is taken by pm/old/x.md",
            "id = \"pm-INC-1042\"",
            "front matter of pm/x.md or of pm/old/x.md",
        ],
    );
}

#[test]
fn a_withheld_review_stays_withheld_wherever_it_lies() {
    let space = repository("[[reviews]]\nfiles = [\"pm\"]\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n");
    space.write("pm/a.md", SAMPLE_REVIEW);
    let secret =
        SAMPLE_REVIEW.replace("13:40", "13:41").replace("## Root cause\n", "## Root cause\n\nThe bandicoot.\n");
    for (name, from, to) in [
        ("draft", "status = \"final\"", "status = \"draft\""),
        ("red", "tlp = \"TLP:CLEAR\"", "tlp = \"TLP:RED\""),
        ("later", "publish = 2024-03-15", "publish = 2099-01-01"),
    ] {
        space.write(&format!("pm/{name}.md"), secret.replace(from, to));
        space.build().expect(0, &["1 to publish, 1 withheld"]);
        let all: Vec<u8> = space.files("public").into_values().flatten().collect();
        assert!(!String::from_utf8_lossy(&all).to_lowercase().contains("bandicoot"), "{name}");
        std::fs::remove_file(space.path(&format!("pm/{name}.md"))).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folders() {
    use std::os::unix::fs::symlink;
    let (space, outside) = (repository("[[reviews]]\nfiles = [\"pm/**\", \"away/*.md\"]\n"), TestSite::empty());
    outside.write("a.md", SAMPLE_REVIEW);
    space.write("pm/b.md", SAMPLE_REVIEW);
    space.write("notes/c.md", SAMPLE_REVIEW);
    symlink(outside.path(""), space.path("away")).unwrap();
    symlink(outside.path("a.md"), space.path("pm/out.md")).unwrap();
    symlink(space.path("notes"), space.path("pm/notes")).unwrap();
    let why = "error[D009 unreadable-file] the symbolic link leads out of the site folder, or into another part of it";
    let expected = ["away:1:1: ", "pm/out.md:1:1: ", "pm/notes:1:1: "].map(|place| format!("{place}{why}"));
    space.check().expect(1, &expected.each_ref().map(String::as_str)).expect(1, &["1 review"]);
}
