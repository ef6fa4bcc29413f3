//! Names, texts and answers of others on their way to a terminal, a log, a report, a page.

use std::process::Command;

use casebook::dataset::read;
use casebook::rules::SAMPLE_PATH;
use casebook::text::Hidden;
use serde_json::Value;

use crate::support::preview::Preview;
use crate::support::server::{Say, Server};
use crate::support::{Run, TODAY, TestSite};

/// What nobody may put into a log: commands to a terminal, to a build service, to whoever reads.
const HOSTILE: [&str; 12] = [
    "\n::stop-commands::token",
    "\r\n  ::error file=a::b",
    "\n##[add-mask]a",
    "##vso[task.setvariable]a",
    "\u{1b}[2J",
    "\u{1b}]0;owned\u{7}",
    "\u{9b}31m",
    "\u{202e}dm.",
    "\u{2067}a",
    "\u{200b}",
    "\u{2028}::error::a",
    "\u{feff}\u{e0041}",
];

const FORMATS: [&str; 5] = ["human", "concise", "json", "github", "sarif"];

/// Whether a text holds nothing that anybody obeys or that nobody sees. Commands of our own name a file.
fn is_clean(text: &str) -> bool {
    let is_hidden = |c: char| Hidden::of(c).is_some_and(|hidden| hidden != Hidden::Hints);
    let is_command = |line: &str| {
        let own = ["::error file=", "::warning file=", "::notice file="];
        let line = line.trim_start();
        line.starts_with("::") && !own.iter().any(|own| line.starts_with(own))
    };
    let is_service = |line: &str| {
        line.match_indices("##").any(|(at, _)| line[at + 2..].trim_start_matches(char::is_alphabetic).starts_with('['))
    };
    !text.contains(is_hidden) && !text.lines().any(|line| is_command(line) || is_service(line))
}

fn expect_clean(run: &Run, what: &str) {
    assert!(is_clean(&run.out), "{what}: {:?}", run.out);
    assert!(is_clean(&run.err), "{what}: {:?}", run.err);
    assert!(!run.err.contains("panicked"), "{what}: {:?}", run.err);
}

#[cfg(unix)]
#[test]
fn file_names_are_data_in_every_report() {
    let space = TestSite::site();
    let mut count = 0;
    for name in HOSTILE {
        for place in [
            format!("content/reviews/x{name}.md"),
            format!("content/reviews/f{name}/index.md"),
            format!("content/pages/x{name}.md"),
            format!("static/x{name}.txt"),
            format!("themes/default/templates/x{name}.html"),
        ] {
            space.write(&place, "");
            count += usize::from(name.contains(|c| c == '\n' || Hidden::of(c).is_some()));
        }
    }
    for format in FORMATS {
        let run = space.run(&["check", "--format", format, "--now", TODAY]);
        expect_clean(&run, format);
        assert_eq!(run.code, 1, "{format}");
    }
    let findings: Value = serde_json::from_str(&space.run(&["check", "--format", "json"]).out).unwrap();
    let findings = findings["findings"].as_array().unwrap();
    let refused = findings.iter().filter(|finding| finding["rule"] == "D009").count();
    assert!(refused == count && count > 50, "{refused} of {count} names are refused");
    let named = |name: &str| findings.iter().any(|finding| finding["file"].as_str().unwrap().contains(name));
    assert!(HOSTILE.into_iter().all(named), "programs get the names as they are");
    expect_clean(&space.build(), "build");
    expect_clean(&space.run(&["theme", "check"]), "theme check");
    let summary = space.path("summary.md");
    let mut github = space.command(&["check", "--format", "github"]);
    github.env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
    assert!(is_clean(&std::fs::read_to_string(summary).unwrap()));
    let preview = Preview::start(&space, &[]);
    assert!(is_clean(&preview.said_until("errors")) && is_clean(&preview.started));
    let status = preview.status("/repo/", "/repo/");
    assert!(!status["errors"].as_array().unwrap().is_empty());
    for error in status["errors"].as_array().unwrap() {
        let is_hidden = |key: &str| error[key].as_str().unwrap().contains(|c| Hidden::of(c).is_some());
        assert!(!is_hidden("file") && !is_hidden("message"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn words_of_the_command_line_are_data_in_every_answer() {
    let space = TestSite::site();
    for word in HOSTILE.chunks(4).map(<[&str]>::concat) {
        let word = word.as_str();
        let folder = format!("s{word}");
        for arguments in [
            &["init", &folder][..],
            &["--site", &folder, "check", "--format", "concise"],
            &["--site", &folder, "build"],
            &["--site", &folder, "new", "A title"],
            &["--site", &folder, "new", word],
            &["--site", &format!("none{word}"), "check"],
            &["--site", &format!("none{word}"), "serve"],
            &["--site", &format!("none{word}"), "collect"],
            &["check", word],
            &["check", "-", "--stdin-path", word],
            &["check", "--format", word],
            &["check", "--now", word],
            &["explain", word],
            &["search", word],
            &["search", &format!("service:{word}")],
            &["collect", word],
            &["theme", "new", word],
            &["theme", "new", "a", word],
            &["theme", "new", "a", "--from", word],
            &["build", "--base-url", word],
            &["build", "--output", &format!("{SAMPLE_PATH}/{word}")],
            &["serve", "--host", word],
            &[word],
        ] {
            expect_clean(&space.run(arguments), &format!("{arguments:?}"));
        }
    }
}

/// A text as it stands in a TOML string.
fn toml(text: &str) -> String {
    text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect()
}

#[test]
fn texts_of_authors_are_data_in_every_report_and_on_every_page() {
    let space = TestSite::site();
    let hostile: String = HOSTILE.map(toml).join("x");
    space.edit(
        "title = \"A filter rule took all CPU on the edge\"",
        &format!("title = \"A filter rule {hostile}\"\nrelated = [\"{hostile}\"]\nst{hostile} = 1"),
    );
    space.edit("role = \"primary\"", &format!("role = \"{hostile}\""));
    let text = space.read(SAMPLE_PATH);
    space.write(SAMPLE_PATH, format!("{text}\n## {}\n\n[x](a{}.md)\n", HOSTILE.join("a"), HOSTILE[4]));
    space.write("casebook.toml", format!("title = \"S{hostile}\"\nbase_url = \"{hostile}\"\ntheme = \"{hostile}\"\n"));
    for format in FORMATS {
        let run = space.run(&["check", "--format", format, "--now", TODAY]);
        expect_clean(&run, format);
        assert_eq!(run.code, 1, "{format}");
    }
    expect_clean(&space.run(&["search", "filter"]), "search");
    expect_clean(&space.build(), "build");
}

#[test]
fn pages_hold_no_control_characters() {
    let space = TestSite::site();
    let controls: String = ('\0'..='\u{9f}').filter(|c| c.is_control() && !"\t\n\r".contains(*c)).collect();
    space.edit("A filter rule took all CPU on the edge", &format!("A filter rule took {} CPU", toml(&controls)));
    let text = space.read(SAMPLE_PATH);
    space.write(
        SAMPLE_PATH,
        format!("{text}\n## Notes\n\nA{controls}B\n\n```sh\nA{controls}B\n```\n\n`A&#27;{controls}B`\n"),
    );
    space.write(
        "content/pages/about.md",
        format!("+++\ntitle = \"A{}\"\n+++\n\nA&#27;&#x9b;{controls}B\n", toml(&controls)),
    );
    space.build().expect(0, &["D015 unseen-character"]);
    let files = space.files("public");
    assert!(files.len() > 30);
    let is_script = |name: &str| name.starts_with("assets/") || name.starts_with("search/");
    for (name, bytes) in files.iter().filter(|(name, _)| !is_script(name)) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let found = text.chars().find(|c| *c != '\r' && Hidden::of(*c) == Some(Hidden::Control));
        assert_eq!(found, None, "{name}");
    }
    expect_clean(&space.run(&["search", "filter"]), "search");
    // One round of mending takes them out of the text; what stands in strings as an escape goes, too.
    space.run(&["check", "--fix", "--now", TODAY]);
    assert!(!space.check().out.contains("D015"), "{}", space.check().out);
    assert!(space.read(SAMPLE_PATH).contains("```sh\nA   B\n```"), "{}", space.read(SAMPLE_PATH));
}

/// Whether a form can stand at a place.
type Fits = fn(&str) -> bool;

#[test]
fn hidden_characters_are_found_in_every_kind_of_source() {
    let places = [
        (SAMPLE_PATH, "The first page", "The first X page"),
        (SAMPLE_PATH, "title = \"A filter", "title = \"A X filter"),
        ("content/factors.toml", "name = \"", "name = \"X"),
        ("content/factors.toml", "id = \"", "# X\nid = \""),
        ("casebook.toml", "title = \"", "title = \"X"),
        ("content/pages/about.md", "Hello", "Hello X"),
        ("content/pages/about.md", "title = \"", "title = \"X"),
        ("themes/default/style.css", "/*", "/* X"),
        ("themes/default/i18n/en.toml", "# ", "# X"),
        ("themes/default/templates/page.html", "<p>", "<p>X"),
    ];
    let forms: [(&str, Fits, &str); 5] = [
        ("\u{202e}", |_| true, "P015"),
        ("\u{2066}", |_| true, "P015"),
        ("\u{200b}", |_| true, "D015"),
        ("\\u202e", |place| place.contains("\"") && !place.starts_with('#'), "P015"),
        ("&#x202e;", |place| ["The first page", "Hello"].contains(&place), "P015"),
    ];
    let mut tried = 0;
    for (path, from, to) in places {
        for (form, fits, rule) in forms {
            if !fits(from) || (form.starts_with('\\') && to.starts_with('#')) {
                continue;
            }
            let space = TestSite::site();
            space.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nHello.\n");
            if path.starts_with("themes") {
                space.write(path, "/* # <p> */\n");
            }
            let text = space.read(path);
            assert!(text.contains(from), "{path} has no {from:?}");
            space.write(path, text.replacen(from, &to.replace('X', form), 1));
            let run = space.check();
            let found = run.out.lines().any(|line| line.starts_with(&format!("{path}:")) && line.contains(rule));
            assert!(found, "{path} {form:?}: {run:?}");
            expect_clean(&run, path);
            tried += 1;
        }
    }
    assert!(tried >= 30, "{tried}");
}

#[test]
fn scripts_from_right_to_left_have_no_finding() {
    let space = TestSite::site();
    space.edit(
        "The first page was not heard",
        "الصفحة الأولى \u{2067}(12:30 UTC)\u{2069} לא נשמעה\u{200f}. The first page was not heard",
    );
    space.check().expect(0, &[]);
    let out = space.check().out;
    assert!(!out.contains("P015") && !out.contains("D015"), "{out}");
}

/// A dataset of another organisation, and a site that takes it over.
fn theirs() -> (Value, TestSite) {
    let demo = TestSite::demo();
    demo.build().expect(0, &[]);
    let dataset: Value = serde_json::from_str(&demo.read("public/data/casebook.json")).unwrap();
    let space = TestSite::site();
    let organisation = dataset["organisation"].as_str().unwrap();
    space.write(
        "casebook.toml",
        format!(
            "title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\norganisation = \"Example\"\n\n[[sources]]\n\
             id = \"theirs\"\norganisation = \"{organisation}\"\n"
        ),
    );
    (dataset, space)
}

/// The places of all strings in a JSON document.
fn strings(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, item)| strings(item, &format!("{at}/{number}"), found));
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(key, item)| strings(item, &format!("{at}/{key}"), found));
        }
        _ => {}
    }
}

#[test]
fn no_string_of_a_dataset_brings_hidden_characters() {
    let (mut dataset, space) = theirs();
    dataset["reviews"].as_array_mut().unwrap().truncate(3);
    let mut places = Vec::new();
    strings(&dataset, "", &mut places);
    let hostile = HOSTILE.join("x");
    let (mut kept, mut refused) = (0, 0);
    for place in &places {
        let before = dataset.pointer(place).unwrap().clone();
        for value in [format!("{}{hostile}", before.as_str().unwrap()), "\u{1b}[2J\n".repeat(100_000)] {
            *dataset.pointer_mut(place).unwrap() = value.into();
            match read(&dataset.to_string()) {
                Ok(_) => kept += 1,
                Err(refusal) => {
                    let shown = refusal.to_string();
                    let is_hidden = |c: char| Hidden::of(c).is_some();
                    assert!(!shown.contains(is_hidden) && shown.len() < 4_000, "{place}: {shown:?}");
                    refused += 1;
                }
            }
        }
        // What is taken over stays in the dataset, so that one build shows it all.
        let name = place.rsplit('/').next().unwrap();
        let is_text = name != "organisation"
            && !["id", "aliases", "addresses"].iter().any(|id| place.contains(&format!("/{id}")));
        *dataset.pointer_mut(place).unwrap() = format!("{}{hostile}", before.as_str().unwrap()).into();
        if !is_text || read(&dataset.to_string()).is_err() {
            *dataset.pointer_mut(place).unwrap() = before;
        }
    }
    assert!(kept > 100 && refused > 50, "{kept} {refused}");
    space.write("content/sources/theirs.json", dataset.to_string());
    let run = space.build();
    run.expect(0, &[]);
    assert!(!run.err.contains("C004"), "{run:?}");
    expect_clean(&run, "build");
    let mut pages = 0;
    for (name, bytes) in space.files("public").iter().filter(|(name, _)| !name.starts_with("assets/")) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let found = text.chars().find(|c| *c != '\r' && Hidden::of(*c).is_some());
        assert_eq!(found, None, "{name}");
        pages += usize::from(name.starts_with("sources/theirs/"));
    }
    assert!(pages >= 3, "{pages}");
    expect_clean(&space.run(&["search", "lock"]), "search");
}

#[test]
fn addresses_of_a_dataset_are_compared_by_their_parts() {
    let (dataset, space) = theirs();
    let home = dataset["url"].as_str().unwrap().trim_end_matches('/').to_owned();
    let host = home.split('/').nth(2).unwrap().to_owned();
    let check = |home_of: &str, url: String, is_taken: bool| {
        let mut dataset = dataset.clone();
        dataset["url"] = home_of.into();
        let reviews = dataset["reviews"].as_array_mut().unwrap();
        reviews.truncate(1);
        reviews[0]["url"] = url.clone().into();
        space.write("content/sources/theirs.json", dataset.to_string());
        assert_eq!(!space.check().out.contains("C004"), is_taken, "{url} in {home_of}");
    };
    check(&home, format!("{home}/reviews/a.html"), true);
    check(&format!("{home}/"), format!("{home}/reviews/a.html"), true);
    check(&home, home.replacen(&host, &format!("{host}:443"), 1) + "/a", true);
    for outside in [
        home.replacen(&host, &format!("{host}.evil.example"), 1) + "/a",
        home.replacen(&host, &format!("{host}@evil.example"), 1) + "/a",
        home.replacen(&host, &format!("{host}:8443"), 1) + "/a",
        home.replacen("https:", "http:", 1) + "/a",
        format!("{home}.evil/a"),
        format!("{home}/../a"),
        format!("{home}/%2E%2e/a"),
        format!("{home}/..%2Fa"),
        "https://evil.example/a".to_owned(),
    ] {
        check(&home, outside, false);
    }
}

#[test]
fn servers_that_are_asked_are_quoted_as_text() {
    let hostile = HOSTILE.join("x");
    let (dataset, space) = theirs();
    let bodies: Vec<String> = ["licence", "title", "schema_version", "organisation", "description"]
        .map(|key| {
            let mut changed = dataset.clone();
            changed[key] = hostile.clone().into();
            changed.to_string()
        })
        .into_iter()
        .chain([hostile.clone(), format!("{{\"schema_version\": \"{}", "a".repeat(100_000))])
        .collect();
    let count = bodies.len();
    let server = Server::start(move |request| match request.path.trim_start_matches('/').parse::<usize>() {
        Ok(at) => Say::text(bodies[at].clone()),
        Err(_) if request.path == "/long" => Say::to("301 Moved Permanently", format!("/{}", "a".repeat(5_000))),
        Err(_) => Say::This("404 \u{1b}[2J::error::gone", String::new(), String::new()),
    });
    let settings = space.read("casebook.toml");
    for at in (0..count).map(|at| at.to_string()).chain(["none".to_owned()]) {
        space.write("casebook.toml", format!("{settings}url = \"{}\"\n", server.url(&format!("/{at}"))));
        let run = space.run(&["collect", "--private"]);
        expect_clean(&run, &at);
        assert!(run.err.len() < 4_000, "{at}: {}", run.err.len());
    }
    space.write("casebook.toml", settings);
    space.edit("The first page", &format!("[The first]({}) [page]({})", server.url("/none"), server.url("/long")));
    let run = space.run(&["check", "--links", "--private", "--format", "concise", "--now", TODAY]);
    expect_clean(run.expect(0, &["L009"]), "links");
    assert!(run.out.contains("too long") && run.out.len() < 4_000, "{run:?}");
}

/// Every way to write an address so that it is one character, two, or all of them percent-encoded.
fn encodings(path: &str) -> Vec<String> {
    let encoded = |c: char| format!("%{:02x}", u32::from(c));
    let letters: Vec<char> = path.chars().collect();
    let one = (0..letters.len()).flat_map(|at| {
        let with = |form: String| {
            let parts =
                letters.iter().enumerate().map(|(place, c)| if place == at { form.clone() } else { c.to_string() });
            parts.collect::<String>()
        };
        [with(encoded(letters[at])), with(encoded(letters[at]).to_uppercase().replacen("%", "%25", 1))]
    });
    one.chain([letters.iter().map(|c| encoded(*c)).collect()]).collect()
}

#[test]
fn the_preview_judges_the_address_that_it_answers() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    let foreign = [("Sec-Fetch-Site", "cross-site")];
    for own in ["__casebook/status", "__casebook/events", "__casebook/fingerprint", "__casebook/preview.js"] {
        for form in encodings(own) {
            let path = format!("/repo/{form}");
            let answer = preview.ask("GET", &path, &foreign);
            assert_ne!(answer.status, 200, "{path}");
        }
        // The same addresses work for pages of the preview, so that the question above means something.
        if own != "__casebook/events" {
            let all: String = own.chars().map(|c| format!("%{:02x}", u32::from(c))).collect();
            assert_eq!(preview.get(&format!("/repo/{all}")).status, 200, "{own}");
        }
    }
    for outside in
        ["%2e%2e/casebook.toml", "..%5ccasebook.toml", "%252e%252e/casebook.toml", "a%00.html", "a%0d%0aX:y", "%c0%ae"]
    {
        let answer = preview.get(&format!("/repo/{outside}"));
        assert!(answer.status != 200 && !answer.head.contains("\nx:"), "{outside}: {}", answer.head);
    }
    let findings = preview.ask("GET", "/repo/", &[("Accept", "application/json"), foreign[0]]);
    assert_eq!(findings.status, 403, "what was found is not for pages of other sites");
}

#[test]
fn the_preview_knows_its_names_in_every_place_of_a_request() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    let own = preview.address.clone();
    let check = |target: &str, headers: &[(&str, &str)], is_answered: bool| {
        let status = preview.ask("GET", target, headers).status;
        assert_eq!(status == 200, is_answered, "{target} {headers:?}: {status}");
        assert!(is_answered || [400, 403].contains(&status), "{target} {headers:?}: {status}");
    };
    for host in ["localhost", "LOCALHOST:1", "localhost.", "127.0.0.1:80", "[::1]", "[::1]:4000"] {
        check("/repo/", &[("Host", host)], true);
        check("/repo/", &[("Host", host), ("Origin", &format!("http://{host}"))], true);
        check(&format!("http://{host}/repo/"), &[("Host", &own)], true);
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil@localhost",
        "localhost@evil.example",
        "localhost:80@evil.example",
        "localhost:x",
        "localhost..",
        "0x7f.1",
        "2130706433",
        "[::1].evil.example",
        "[::ffff:192.0.2.1]",
    ] {
        check("/repo/", &[("Host", host)], false);
        check("/repo/", &[("Host", &own), ("Origin", &format!("http://{host}"))], false);
        check("/repo/", &[("Host", &own), ("Host", host)], false);
        check("/repo/", &[("Host", host), ("Host", &own)], false);
        check(
            "/repo/",
            &[("Host", &own), ("Origin", "http://localhost"), ("Origin", &format!("http://{host}"))],
            false,
        );
        if !host.contains(":x") {
            check(&format!("http://{host}/repo/"), &[("Host", &own)], false);
        }
    }
    check(
        "/repo/__casebook/fingerprint",
        &[("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")],
        false,
    );
}

#[test]
fn silent_connections_are_closed_and_keep_nobody_waiting() {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    let connect = |words: &str| {
        let mut stream = TcpStream::connect(&preview.address).unwrap();
        stream.set_read_timeout(Some(crate::support::preview::WAIT)).unwrap();
        stream.write_all(words.as_bytes()).unwrap();
        stream
    };
    let host = &preview.address;
    let begun = format!("GET /repo/ HTTP/1.1\r\nHost: {host}\r\nX: ");
    let asked = format!("GET /repo/__casebook/fingerprint HTTP/1.1\r\nHost: {host}\r\n\r\n");
    // More than there are places: those behind wait until the first are given up.
    let words = ["", &begun, &asked];
    let silent: Vec<TcpStream> = (0..300).map(|at| connect(words[at % words.len()])).collect();
    assert_eq!(preview.get("/repo/").status, 200);
    for (at, mut stream) in silent.into_iter().enumerate() {
        let mut all = Vec::new();
        let end = stream.read_to_end(&mut all);
        let is_reset = end.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset);
        assert!(end.is_ok() || is_reset, "connection {at} stays open: {end:?}");
    }
}

#[test]
fn open_pages_leave_room_for_questions() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    let open = || {
        use std::io::Read;
        let mut stream = preview.send("GET", "/repo/__casebook/events", &[]);
        let mut first = [0; 12];
        stream.read_exact(&mut first).unwrap();
        (String::from_utf8_lossy(&first[9..]).into_owned(), stream)
    };
    let mut streams: Vec<_> = (0..192).map(|_| open()).collect();
    assert!(streams.iter().all(|(status, _)| status == "200"));
    assert_eq!(open().0, "503");
    assert_eq!(preview.get("/repo/").status, 200);
    streams.clear();
    preview.until("room for another page", |_| open().0 == "200");
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_read_is_read_later_without_another_change() {
    let space = TestSite::site();
    let preview = Preview::start(&space, &[]);
    preview.said_until("1 review");
    let pid = preview.child.id().to_string();
    let limit = |most: usize| {
        let done = Command::new("prlimit").args(["--pid", &pid, &format!("--nofile={most}:4096")]).status().unwrap();
        assert!(done.success());
    };
    limit(4);
    // Whoever comes now cannot be taken, and is answered in the end.
    let waiting = preview.send("GET", "/repo/", &[]);
    space.edit("A filter rule took", "One filter rule took");
    preview.said_until("Too many open files");
    std::thread::sleep(std::time::Duration::from_millis(500));
    limit(1024);
    preview.until("the change", |it| {
        it.get("/repo/reviews/2024-03-04-edge-cpu.html").body().contains("One filter rule took")
    });
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut { waiting }, &mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
