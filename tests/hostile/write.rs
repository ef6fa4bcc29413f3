//! Writing: temporary names, locks, links, names that are too long.

use std::collections::BTreeMap;

use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH};

use crate::support::{Run, TODAY, TestSite};

/// A day, or what is none, as `--now` and as a number of seconds, and whether it is taken.
#[test]
fn a_day_is_one_that_can_be_meant() {
    let space = TestSite::site();
    for (day, is_taken) in [
        ("2026-11-24", true),
        ("1970-01-01", true),
        ("2199-12-31", true),
        ("26-1-1", false),
        ("0026-01-01", false),
        ("2026-1-1", false),
        ("+2026-01-01", false),
        ("-026-01-01", false),
        ("12026-01-01", false),
        ("2026-02-30", false),
        ("1969-12-31", false),
        ("2200-01-01", false),
        (" 2026-01-1", false),
        ("2026-01-01T00:00", false),
        ("", false),
    ] {
        for command in ["build", "check", "search"] {
            let day = format!("--now={day}");
            let mut arguments = vec![command, &day];
            arguments.extend((command == "search").then_some("words"));
            let run = space.run(&arguments);
            assert_eq!(run.code != 2, is_taken, "{command} {day}: {run:#?}");
            assert!(is_taken || run.err.contains("--now"), "{run:#?}");
        }
    }
    for (seconds, is_taken) in [
        ("0", true),
        ("1795737600", true),
        ("1795737600000", false),
        ("-1", false),
        ("+1795737600", false),
        ("1.5", false),
        (" 1", false),
        ("9223372036854775807", false),
        ("99999999999999999999", false),
        ("2026-01-01", false),
    ] {
        let output = space.command(&["check"]).env("SOURCE_DATE_EPOCH", seconds).output().unwrap();
        assert_eq!(output.status.code() != Some(2), is_taken, "{seconds}: {output:?}");
        assert!(is_taken || String::from_utf8_lossy(&output.stderr).contains("SOURCE_DATE_EPOCH"), "{output:?}");
    }
}

#[test]
fn a_short_year_in_the_front_matter_is_found_and_withholds() {
    for year in ["0000", "0026", "1969"] {
        let space = TestSite::site();
        space.edit("publish = 2024-03-15", &format!("publish = {year}-03-15"));
        space.check().expect(1, &["wrong-type", "`publish` is a day of the year", ": 0 ready"]);
    }
}

/// The names that outputs would get, and how `check` tells of them.
fn names() -> Vec<(String, String, &'static str)> {
    let sample = casebook::rules::SAMPLE_REVIEW.to_owned();
    let review = |id: &str| (format!("content/reviews/{id}.md"), sample.clone());
    let page = |id: &str| (format!("content/pages/{id}.md"), "+++\ntitle = \"Words\"\n+++\n".to_owned());
    let file = |name: &str| (format!("static/{name}"), "x".to_owned());
    let factor = |id: &str| {
        let more =
            format!("\n[[factor]]\nid = \"{id}\"\nname = \"Odd\"\ncategory = \"design\"\ndefinition = \"Odd.\"\n");
        ("content/factors.toml".to_owned(), format!("{SAMPLE_FACTORS}{more}"))
    };
    let alias = |id: &str| {
        let text = sample.replace("services = [\"edge proxy\"]", &format!("aliases = [\"{id}\"]"));
        (SAMPLE_PATH.to_owned(), text)
    };
    let named = |id: &str| {
        let text = sample.replace("services = [\"edge proxy\"]", &format!("id = \"{id}\""));
        (SAMPLE_PATH.to_owned(), text)
    };
    let long = |length: usize| "y".repeat(length);
    let mut cases = vec![
        (named(&long(121)), "121 bytes, and 120"),
        (named(&long(236)), "236 bytes, and 120"),
        (page(&long(121)), "more than 120 bytes"),
        (page(&format!("{}/about", long(130))), "more than 120 bytes"),
        (page(&long(241)), "longer than what every file system"),
        (file(&long(241)), "longer than what every file system"),
        (file(&format!("{}x", "deep/".repeat(170))), "longer than what every file system"),
        (file("ends in a dot."), "ends in a dot or a blank"),
        (file("ends in a blank "), "ends in a dot or a blank"),
        (factor(&long(121)), "121 bytes, and 120"),
        (factor(&long(260)), "260 bytes, and 120"),
        (alias(&long(121)), "cannot be an alias"),
        (file("casebook-manifest.json"), "the list of all files that casebook wrote"),
        (file("CASEBOOK-manifest.json"), "the list of all files that casebook wrote"),
        (file("Index.html"), "are one file where case does not count"),
        (file("reviews/2024-03-04-Edge-CPU.html"), "are one file where case does not count"),
        (file("index.html/x.txt"), "`index.html` would have to be a folder"),
        (file("reviews"), "`reviews` would have to be a folder"),
        (file("actions"), "`actions` would have to be a folder"),
    ];
    for device in ["con", "Aux", "NUL", "com1", "lpt9"] {
        cases.push((review(device), "keeps for a device"));
        cases.push((review(&format!("{device}/index")), "keeps for a device"));
        cases.push((page(device), "keeps for a device"));
        cases.push((file(&format!("{device}.txt")), "keeps for a device"));
        cases.push((factor(&device.to_lowercase()), "cannot be the id of a factor"));
        cases.push((alias(device), "cannot be an alias"));
    }
    cases.into_iter().map(|((path, text), words)| (path, text, words)).collect()
}

#[test]
fn what_not_every_file_system_can_hold_is_found_before_anything_is_written() {
    let space = TestSite::site();
    // A list that goes on in a folder, for what would stand in that folder's place.
    let action = "\n[[actions]]\nchange = \"Stage the rollout of filter rules\"\nowner = \"edge team\"\n";
    let actions = action.repeat(120);
    space.edit("\n+++\n\n", &format!("\n{actions}+++\n\n"));
    let text = space.read(SAMPLE_PATH);
    space.build().expect(0, &[]);
    let before = space.files("public");
    for (path, odd, words) in names() {
        let odd = if path == SAMPLE_PATH { odd } else { odd.replace("title = \"A filter", "title = \"Another filter") };
        let kept = space.path(&path).exists().then(|| space.read(&path));
        space.write(&path, odd);
        space.build().expect(1, &[words, "nothing was written"]);
        assert_eq!(space.files("public"), before, "{path}");
        match kept {
            Some(kept) => space.write(&path, kept),
            None => {
                let top = path.splitn(3, '/').nth(if path.starts_with("content") { 2 } else { 1 }).unwrap();
                let top = top.split('/').next().unwrap();
                let at = space.path(&path[..path.find(top).unwrap() + top.len()]);
                let _ = if at.is_dir() { std::fs::remove_dir_all(at) } else { std::fs::remove_file(at) };
            }
        }
    }
    assert_eq!(space.read(SAMPLE_PATH), text);
}

#[test]
fn two_sources_that_differ_in_case_or_lose_an_alias_are_found() {
    let page = "+++\ntitle = \"Words\"\n+++\n";
    let cases: [(&[&str], &str); 4] = [
        (&["content/pages/about.md", "content/pages/About.md"], "where case does not count"),
        (&["static/a.txt", "static/A.txt"], "where case does not count"),
        (&["static/caf\u{e9}.txt", "static/cafe\u{301}.txt"], "where case does not count"),
        (&["static/reviews/INC-1042.html"], "where the alias `INC-1042`"),
    ];
    for (paths, words) in cases {
        let space = TestSite::site();
        space.edit("services = [\"edge proxy\"]", "aliases = [\"INC-1042\"]");
        space.write(paths[0], page);
        // On Windows and macOS the two names are one file, and there is nothing to find.
        let is_one = paths.get(1).is_some_and(|other| space.path(other).exists());
        paths.iter().skip(1).for_each(|path| space.write(path, page));
        if is_one {
            continue;
        }
        space.check().expect(1, &["duplicate-id", words]);
        space.build().expect(1, &["nothing was written"]);
    }
}

/// A rule that is off does not let a name through that no file can have.
#[test]
fn a_file_with_a_long_name_has_a_page_that_every_file_system_can_hold() {
    let space = TestSite::site();
    space.edit("services = [\"edge proxy\"]", "related = []");
    let text = space.read(SAMPLE_PATH);
    // The name of the file is short enough for what is read, and the one of its page is not.
    space.write(&format!("content/reviews/{}.md", "y".repeat(237)), text.replace("A filter", "Another filter"));
    space.build().expect(0, &[]);
    assert!(space.path(&format!("public/reviews/{}.html", "y".repeat(120))).exists());
}

/// Whatever the key: a blank value is a finding, and nothing else goes wrong.
#[test]
fn blank_values_are_found() {
    for (path, from, to, words) in [
        ("casebook.toml", "title = \"Sample\"", "title = \"\"", "`title` is empty"),
        ("casebook.toml", "title =", "organisation = \"\"\ntitle =", "`organisation` is empty"),
        ("casebook.toml", "title =", "language = \" \"\ntitle =", "`language` is empty"),
        ("casebook.toml", "title =", "edit_url = \"\"\ntitle =", "`edit_url` is empty"),
        ("casebook.toml", "title =", "severities = { \"\" = {} }\ntitle =", "the id of a severity is empty"),
        (SAMPLE_PATH, "services = [\"edge proxy\"]", "services = [\"\"]", "an item of `services` is empty"),
        (SAMPLE_PATH, "services = [\"edge proxy\"]", "organisation = \"\\t\"", "`organisation` is empty"),
    ] {
        let space = TestSite::site();
        let text = space.read(path);
        assert!(text.contains(from), "{path}: {from}");
        space.write(path, text.replacen(from, to, 1));
        space.check().expect(1, &["missing-key", words]);
        space.build().expect(1, &["nothing was written"]);
    }
}

#[test]
fn an_output_folder_that_is_refused_is_not_made() {
    let space = TestSite::site();
    let before: Vec<String> = space.files("").into_keys().collect();
    for folder in ["content/x", "static/x/y", "themes", "content/x/../y", "nowhere/../content/x", "."] {
        space.run(&["build", "--output", folder, "--now", TODAY]).expect(2, &[]);
        for made in ["content/x", "content/y", "static", "themes", "nowhere"] {
            assert!(!space.path(made).exists(), "{folder} left {made}");
        }
    }
    assert_eq!(space.files("").into_keys().collect::<Vec<_>>(), before);
}

/// What a theme breaks is found when all pages are made: the folders that were made for them go again.
#[test]
fn a_build_that_fails_leaves_no_folders() {
    let space = TestSite::site();
    space.write("themes/default/templates/review.html", "{{ review.tytle }}");
    space.run(&["build", "--output", "a/b/c", "--now", TODAY]).expect(1, &[]);
    assert!(!space.path("a").exists());
}

#[test]
fn whatever_fails_while_files_are_staged_changes_nothing() {
    use casebook::disk::OutputFolder;
    use casebook::text::{Output, SitePath};
    let space = TestSite::site();
    space.build().expect(0, &[]);
    let before = space.files("public");
    let bytes = || Output::Bytes(b"new".to_vec());
    let folder = OutputFolder::open(&space.path("public"), &space.path("")).unwrap();
    let path = |text: &str| SitePath::new(text).unwrap();
    assert!(folder.stage(&path("index.html"), bytes()).is_ok());
    assert!(folder.stage(&path(&format!("new/{}", "y".repeat(300))), bytes()).is_err(), "a name that is too long");
    assert!(folder.stage(&path("index.html/x"), bytes()).is_err(), "a folder in the place of a file");
    assert!(folder.stage(&path("index.html"), bytes()).is_err(), "the same twice");
    folder.abandon().unwrap();
    assert_eq!(space.files("public"), before);
}

#[test]
fn a_second_build_of_the_same_folder_is_refused() {
    let space = TestSite::site();
    let first = casebook::disk::OutputFolder::open(&space.path("public"), &space.path("")).unwrap();
    space.build().expect(2, &["another build is writing the folder", "--output"]);
    space.run(&["build", "--output", "elsewhere", "--now", TODAY]).expect(0, &[]);
    first.abandon().unwrap();
    space.build().expect(0, &[]);
    // Nothing of a lock is left, and nothing of what waited.
    assert!(space.files("public").keys().all(|name| !name.starts_with(".casebook")));
}

#[test]
fn builds_side_by_side_never_mix_their_pages() {
    let space = TestSite::site();
    let text = space.read(SAMPLE_PATH);
    for number in 10..24 {
        let moved = text.replace("2024-", &format!("20{number}-")).replace("A filter", &format!("{number} A filter"));
        space.write(&format!("content/reviews/r{number}.md"), moved);
    }
    space.run(&["build", "--output", "clean", "--now", TODAY]).expect(0, &[]);
    let whole = space.files("clean");
    for _ in 0..4 {
        let start = || {
            let quiet = std::process::Stdio::null;
            space.command(&["build", "--now", TODAY]).stdout(quiet()).stderr(quiet()).spawn().unwrap()
        };
        let codes = [start(), start(), start()].map(|mut build| build.wait().unwrap().code().unwrap());
        assert!(codes.contains(&0) && codes.iter().all(|code| matches!(code, 0 | 2)), "{codes:?}");
        assert_eq!(space.files("public"), whole);
        std::fs::remove_dir_all(space.path("public")).unwrap();
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::path::Path;

    use casebook::disk::{LinkCache, create_files, replace, rewrite};
    use casebook::text::SitePath;

    use super::*;

    /// What a command does with a link that was planted in the site folder: nothing outside of it changes.
    #[test]
    fn nothing_is_written_through_a_link() {
        let link_names = [
            "content/reviews/2024-03-04-edge-cpu.casebook-tmp",
            "content/reviews/2024-03-04-edge-cpu.md.casebook-tmp",
            ".casebook",
            ".casebook/links.json",
            ".casebook/links.json.casebook-tmp",
            ".casebook/.gitignore",
            "content/sources",
            "content/sources/lock.toml",
            "content/sources/lock.toml.casebook-tmp",
            "public",
            "public/casebook-manifest.json",
            "public/casebook-manifest.json.tmp",
            "public/.casebook-staging",
            "public/.casebook-lock",
            "public/reviews",
            "public/index.html",
            "themes",
            "themes/mine",
            "themes/mine/templates/home.html",
        ];
        for name in link_names {
            let is_file = name.rsplit('/').next().unwrap()[1..].contains('.');
            for target in if is_file { ["file", "nothing"] } else { ["folder", "nothing"] } {
                let (space, outside) = (TestSite::site(), TestSite::empty());
                outside.write("file", "KEEP");
                outside.write("folder/file", "KEEP");
                let text = space.read(SAMPLE_PATH).replace("severity =", "severty =");
                space.write(SAMPLE_PATH, &text);
                std::fs::create_dir_all(space.path(name).parent().unwrap()).unwrap();
                symlink(outside.path(target), space.path(name)).unwrap();
                let site = space.path("");
                run_with_deadline(&space, &["check", "--fix", "--now", TODAY]);
                run_with_deadline(&space, &["build", "--now", TODAY]);
                run_with_deadline(&space, &["theme", "new", "mine"]);
                run_with_deadline(&space, &["new", "Another one"]);
                let _ = LinkCache::default().write(&site);
                let _ = replace(&site, &SitePath::new("content/sources/lock.toml").unwrap(), "new");
                let left: BTreeMap<_, _> = outside.files("");
                let expected = [("file", "KEEP"), ("folder/file", "KEEP")];
                let expected = expected.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
                assert_eq!(left, BTreeMap::from(expected), "through {name} to a {target}");
            }
        }
    }

    /// A folder of the reviews that lies elsewhere: `new` and `init` leave it alone.
    #[test]
    fn new_files_never_go_through_a_link() {
        for folder in ["content", "content/reviews"] {
            let (space, outside) = (TestSite::site(), TestSite::empty());
            std::fs::rename(space.path(folder), outside.path("moved")).unwrap();
            symlink(outside.path("moved"), space.path(folder)).unwrap();
            let before = outside.files("");
            space.run(&["new", "Another one", "--now", TODAY]).expect(2, &["is a link"]);
            assert_eq!(outside.files(""), before);
        }
        let (space, outside) = (TestSite::empty(), TestSite::empty());
        symlink(outside.path("nothing"), space.path("casebook.toml")).unwrap();
        space.run(&["init"]).expect(2, &["casebook.toml is a link"]);
        assert!(outside.files("").is_empty());
        assert!(!space.path("content").exists(), "half a site was written");
    }

    #[test]
    fn a_link_in_the_site_is_not_mended_through() {
        let space = TestSite::site();
        let text = space.read(SAMPLE_PATH).replace("severity =", "severty =");
        space.write(SAMPLE_PATH, &text);
        symlink("2024-03-04-edge-cpu.md", space.path("content/reviews/2024-03-03-same.md")).unwrap();
        let run = space.run(&["check", "--fix", "--now", TODAY]);
        assert!(run.err.contains("not fixed") && run.err.contains("2024-03-03-same.md"), "{run:#?}");
        assert!(space.path("content/reviews/2024-03-03-same.md").is_symlink());
        assert!(space.read(SAMPLE_PATH).contains("severity ="));
    }

    /// What stands in the place of a file, and is none.
    fn plant(kind: &str, at: &Path) -> Option<UnixListener> {
        let _ = std::fs::remove_file(at);
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        match kind {
            "pipe" => {
                assert!(std::process::Command::new("mkfifo").arg(at).status().unwrap().success());
                None
            }
            "socket" => Some(UnixListener::bind(at).unwrap()),
            "folder" => {
                std::fs::create_dir(at).unwrap();
                None
            }
            "link to a device" => {
                symlink("/dev/zero", at).unwrap();
                None
            }
            "device" => {
                let is_made = std::process::Command::new("mknod").arg(at).args(["c", "1", "5"]).status().unwrap();
                // Only root may make one, and a link is the next best.
                let _ = is_made.success() || symlink("/dev/zero", at).is_ok();
                None
            }
            other => panic!("{other}"),
        }
    }

    /// A command that would wait without end is ended, and has the code 124.
    fn run_with_deadline(space: &TestSite, arguments: &[&str]) -> Run {
        let output = std::process::Command::new("timeout")
            .args(["60", env!("CARGO_BIN_EXE_casebook")])
            .args(arguments)
            .current_dir(space.path(""))
            .env("NO_COLOR", "1")
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[test]
    fn what_is_no_ordinary_file_is_said_to_be_none() {
        let check: &[&str] = &["check", "--now", TODAY];
        let places: [(&str, &[&str]); 11] = [
            ("public/casebook-manifest.json", &["build", "--now", TODAY]),
            ("public/index.html", &["build", "--now", TODAY]),
            (".casebook/links.json", &["check", "--links", "--now", TODAY]),
            ("casebook.toml", check),
            ("content/factors.toml", check),
            ("content/sources/lock.toml", check),
            ("content/pages/about.md", check),
            ("content/reviews/2024-03-05-x.md", check),
            ("content/reviews/x.png", check),
            ("static/a.txt", &["build", "--now", TODAY]),
            ("themes/default/templates/home.html", &["build", "--now", TODAY]),
        ];
        for (place, arguments) in places {
            for kind in ["pipe", "socket", "folder", "link to a device", "device"] {
                let space = TestSite::site();
                if place.starts_with("public") {
                    space.build().expect(0, &[]);
                }
                // The names of sockets are short, and those of temporary folders are not always.
                let _kept = plant(kind, &space.path(place));
                let is_source = !place.starts_with("public") && !place.starts_with('.');
                if kind == "folder" && is_source {
                    continue;
                }
                let run = run_with_deadline(&space, arguments);
                assert!(matches!(run.code, 1 | 2), "{kind} at {place}: {run:#?}");
                let said = format!("{}{}", run.out, run.err);
                let words = ["no ordinary file", "is a link", "not written by casebook", "symbolic link"];
                assert!(
                    said.contains(place) && words.iter().any(|word| said.contains(word)),
                    "{kind} at {place}: {said}"
                );
            }
        }
    }

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    /// A web server, or the one that publishes for GitHub, is another account.
    #[test]
    fn what_is_written_can_be_read_by_others() {
        let space = TestSite::demo();
        // What the account of the test makes without being asked.
        space.write("usual/file", "");
        let (file, folder) = (mode(&space.path("usual/file")), mode(&space.path("usual")));
        space.build().expect(0, &[]);
        space.run(&["new", "Another one", "--now", TODAY]).expect(0, &[]);
        LinkCache::default().write(&space.path("")).unwrap();
        for root in ["public", "content", ".casebook"] {
            for name in space.files(root).into_keys() {
                let at = space.path(&format!("{root}/{name}"));
                assert_eq!(mode(&at), file, "{}", at.display());
                assert_eq!(mode(at.parent().unwrap()), folder, "{}", at.display());
            }
        }
    }

    #[test]
    fn a_file_that_is_replaced_keeps_its_permissions() {
        let space = TestSite::site();
        let path = SitePath::new(SAMPLE_PATH).unwrap();
        for permissions in [0o600, 0o640, 0o664, 0o755] {
            std::fs::set_permissions(space.path(SAMPLE_PATH), PermissionsExt::from_mode(permissions)).unwrap();
            let text = space.read(SAMPLE_PATH);
            rewrite(&space.path(""), &path, &text, &format!("{text}\n")).unwrap();
            replace(&space.path(""), &path, format!("{text}\n\n")).unwrap();
            assert_eq!(mode(&space.path(SAMPLE_PATH)), permissions);
        }
    }

    /// New files are written all or none, and nothing that waited is left.
    #[test]
    fn new_files_are_written_all_or_none() {
        let space = TestSite::empty();
        let files = |names: &[&str]| -> Vec<(SitePath, Vec<u8>)> {
            names.iter().map(|name| (SitePath::new(name).unwrap(), b"x".to_vec())).collect()
        };
        let long = "y".repeat(300);
        assert!(create_files(&space.path(""), &files(&["a", "b/c", &long])).is_err());
        assert!(create_files(&space.path(""), &files(&["a", "b/c", "a/d"])).is_err());
        assert!(space.files("").is_empty(), "{:?}", space.files("").keys());
        create_files(&space.path(""), &files(&["a", "b/c"])).unwrap();
        assert!(create_files(&space.path(""), &files(&["b/c", "e"])).is_err());
        assert_eq!(space.files("").into_keys().collect::<Vec<_>>(), ["a", "b/c"]);
    }
}
