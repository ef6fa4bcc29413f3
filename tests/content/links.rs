//! `check --links`: what servers say becomes findings, and servers are asked politely.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::support::server::{Request, Say, Server};
use crate::support::{TODAY, TestSite};
use casebook::network::{AllowedHosts, Client, Settings, check_links};
use casebook::text::LinkStatus;

const SHORT: Settings = Settings {
    reach: AllowedHosts::All,
    time: Duration::from_millis(400),
    pause: Duration::from_millis(1),
    backoff: Duration::from_millis(20),
    max_retry_after: Duration::from_secs(3),
};

fn busy(head: &str) -> Say {
    Say::This("429 Too Many Requests", head.to_owned(), String::new())
}

fn answers(request: &Request) -> Say {
    match (request.path.as_str(), request.method.as_str(), request.time) {
        ("/found", ..) => Say::text("here"),
        ("/moved", ..) => Say::to("301 Moved Permanently", "/found"),
        ("/moved-twice", ..) => Say::to("308 Permanent Redirect", "/moved"),
        ("/for-now", ..) => Say::to("302 Found", "/found"),
        ("/moved-then-for-now", ..) => Say::to("301 Moved Permanently", "/for-now"),
        ("/moved-to-nothing", ..) => Say::to("301 Moved Permanently", "/missing"),
        ("/gone", ..) => Say::status("410 Gone"),
        ("/members", ..) => Say::status("403 Forbidden"),
        ("/round", ..) => Say::to("302 Found", "/round"),
        ("/ftp", ..) => Say::to("302 Found", "ftp://example.org/x"),
        ("/script", ..) => Say::to("301 Moved Permanently", "javascript:alert(1)"),
        ("/no-head", "HEAD", _) => Say::status("405 Method Not Allowed"),
        ("/no-head", ..) => Say::text("here"),
        ("/head-404", "HEAD", _) => Say::status("404 Not Found"),
        ("/head-404", ..) => Say::text("here"),
        ("/busy", _, 1) => busy("Retry-After: 1\r\n"),
        ("/busy-until", _, 1) => {
            busy("Date: Wed, 25 Nov 2026 10:00:00 GMT\r\nRetry-After: Wed, 25 Nov 2026 10:00:01 GMT\r\n")
        }
        ("/busy-for-days", ..) => {
            busy("Date: Wed, 25 Nov 2026 10:00:00 GMT\r\nRetry-After: Fri, 27 Nov 2026 10:00:00 GMT\r\n")
        }
        ("/busy-before", _, 1) => {
            busy("Date: Wed, 25 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n")
        }
        ("/busy" | "/busy-until" | "/busy-before", ..) => Say::text("here"),
        ("/always-busy", ..) => busy("Retry-After: 3600\r\n"),
        ("/once-broken", "GET", 1) | ("/once-broken", "HEAD", _) => Say::status("500 Internal Server Error"),
        ("/once-broken", ..) => Say::text("here"),
        ("/broken", ..) => Say::status("500 Internal Server Error"),
        ("/silent", ..) => Say::Nothing(Duration::from_secs(2)),
        _ => Say::status("404 Not Found"),
    }
}

fn ask(settings: Settings, server: &Server, path: &str) -> Option<LinkStatus> {
    let addresses = BTreeSet::from([server.url(path)]);
    check_links(&Client::new(settings), &addresses, || {}).remove(&server.url(path))
}

#[test]
fn every_answer_is_understood() {
    let server = Server::start(answers);
    let moved = |path: &str| LinkStatus::Moved(server.url(path));
    let gone = |reason: &str| LinkStatus::Gone(reason.to_owned());
    let unclear = |reason: &str| LinkStatus::Unclear(reason.to_owned());
    let cases = [
        ("/found", LinkStatus::Found),
        ("/moved", moved("/found")),
        ("/moved-twice", moved("/found")),
        ("/for-now", LinkStatus::Found),
        ("/moved-then-for-now", moved("/for-now")),
        ("/moved-to-nothing", gone("the server says 404 Not Found")),
        ("/missing", gone("the server says 404 Not Found")),
        ("/gone", gone("the server says 410 Gone")),
        ("/members", unclear("the server says 403 Forbidden")),
        ("/round", unclear("it leads from one address to the next without end")),
        ("/ftp", unclear("it leads to no page: its scheme is neither http nor https")),
        ("/script", unclear("it leads to no page: its scheme is neither http nor https")),
        ("/no-head", LinkStatus::Found),
        ("/head-404", LinkStatus::Found),
        ("/busy", LinkStatus::Found),
        ("/always-busy", unclear("the server says 429 Too Many Requests")),
        ("/busy-before", LinkStatus::Found),
        ("/busy-for-days", unclear("the server says 429 Too Many Requests")),
        ("/once-broken", LinkStatus::Found),
        ("/broken", unclear("the server says 500 Internal Server Error")),
        ("/silent", unclear("the server did not answer in time")),
    ];
    for (path, expected) in cases {
        assert_eq!(ask(SHORT, &server, path), Some(expected), "{path}");
    }
    let heard = server.heard();
    assert_eq!(heard.get("GET /found"), None, "a page that answers a HEAD is not fetched");
    assert_eq!(heard["HEAD /silent"], 3);
    for path in ["/always-busy", "/busy-for-days"] {
        assert_eq!(heard[&format!("HEAD {path}")], 1, "a server that asks for hours is left alone");
    }
}

#[test]
fn a_server_that_asks_for_a_second_gets_it() {
    let server = Server::start(answers);
    for path in ["/busy", "/busy-until"] {
        let begun = Instant::now();
        assert_eq!(ask(SHORT, &server, path), Some(LinkStatus::Found));
        assert!(begun.elapsed() >= Duration::from_secs(1), "{path}");
    }
}

#[test]
fn hosts_that_do_not_exist_are_dead_and_private_ones_are_not_asked() {
    let client = Client::new(SHORT);
    let address = "http://no-such-host.invalid/x".to_owned();
    let replies = check_links(&client, &BTreeSet::from([address.clone()]), || {});
    assert_eq!(replies[&address], LinkStatus::Gone("there is no such host".to_owned()));

    let server = Server::start(answers);
    let public = Settings { reach: AllowedHosts::Public, ..SHORT };
    assert_eq!(ask(public, &server, "/found"), None);
    assert!(server.heard().is_empty());
}

#[test]
fn a_server_is_asked_one_thing_at_a_time() {
    let server = Server::start(answers);
    let addresses: BTreeSet<String> = (0..5).map(|at| server.url(&format!("/found?{at}"))).collect();
    let begun = Instant::now();
    let settings = Settings { pause: Duration::from_millis(60), ..SHORT };
    assert_eq!(check_links(&Client::new(settings), &addresses, || {}).len(), 5);
    assert!(begun.elapsed() >= Duration::from_millis(240), "{:?}", begun.elapsed());
}

#[test]
fn a_server_that_is_not_there_is_not_asked_for_each_link() {
    let server = Server::start(answers);
    let addresses: BTreeSet<String> = (0..50).map(|at| server.url(&format!("/silent?{at}"))).collect();
    let silent = Server::start(|_| Say::Nothing(Duration::from_secs(2)));
    let addresses: BTreeSet<String> =
        addresses.iter().map(|address| address.replace(&server.base, &silent.base)).collect();
    let replies = check_links(&Client::new(SHORT), &addresses, || {});
    assert!(
        replies.len() == 50 && replies.values().all(|reply| matches!(reply, LinkStatus::Unclear(_))),
        "{replies:?}"
    );
    assert_eq!(silent.heard().len(), 1);
}

#[test]
fn links_of_text_front_matter_and_pages_become_findings_and_are_remembered() {
    let server = Server::start(answers);
    let space = TestSite::site();
    let url = |path: &str| server.url(path);
    space.edit(
        "until the rule was removed.",
        &format!(
            "until the rule was removed, see [a]({}#part), [b]({}), [c]({}) and ![d]({}). <!-- internal --> [e]({}) \
             <!-- /internal -->",
            url("/missing"),
            url("/moved"),
            url("/found"),
            url("/gone"),
            url("/kept-inside"),
        ),
    );
    space.edit(
        "note = \"The expression could backtrack",
        &format!("note = \"As [told]({}). The expression could backtrack", url("/members")),
    );
    space.edit("[impact]", &format!("[internal]\nnotes = \"{}\"\n\n[impact]", url("/kept-inside")));
    space.write(
        "content/pages/about.md",
        format!("+++\ntitle = \"About\"\n+++\n\n<{}>\n\n[x](http://no-such-host.invalid/)\n", url("/missing")),
    );
    let check = || space.run(&["check", "--links", "--private", "--format", "concise", "--now", TODAY]);
    let run = check();
    let told: Vec<(String, usize)> = ["L007", "L008", "L009"]
        .map(|code| (code.to_owned(), run.out.lines().filter(|line| line.contains(code)).count()))
        .into();
    assert_eq!(told, [("L007".to_owned(), 4), ("L008".to_owned(), 1), ("L009".to_owned(), 1)], "{run:#?}");
    let member = run.out.lines().find(|line| line.contains("L009")).unwrap();
    let (line, column) = place(&space.read(casebook::rules::SAMPLE_PATH), &url("/members"));
    assert!(member.starts_with(&format!("{}:{line}:{column}:", casebook::rules::SAMPLE_PATH)), "{member}");
    assert!(!server.heard().keys().any(|request| request.contains("kept-inside")), "what is internal was asked for");

    let before = server.heard();
    assert_eq!(check().out, run.out);
    assert_eq!(server.heard(), before, "what was said is remembered");
    assert_eq!(space.read(".casebook/.gitignore"), "*\n");
    space.build().expect(0, &[]);
    assert!(!space.check().out.contains("L007"), "nobody asked");
    assert_eq!(server.heard(), before);
}

fn place(text: &str, words: &str) -> (usize, usize) {
    let at = text.find(words).unwrap();
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (text[..at].matches('\n').count() + 1, text[line..at].chars().count() + 1)
}
