//! The preview: pages below the base path, reloads, and the last good site when something is wrong.

mod space;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use casebook::rules::SAMPLE_PATH;
use space::{Space, TODAY};

const WAIT: Duration = Duration::from_secs(20);

struct Preview {
    child: Child,
    address: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Preview {
    fn start(space: &Space, more: &[&str]) -> Self {
        let mut arguments = vec!["serve", "--port", "0", "--now", TODAY];
        arguments.extend(more);
        let mut child = space.command(&arguments).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let ready = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("http://"))).unwrap().unwrap();
        let address = ready.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        // What it goes on to say is read, so that it never waits for a reader.
        thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn send(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(WAIT)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        stream
    }

    fn get_as(&self, path: &str, host: &str) -> Answer {
        let mut answer = Vec::new();
        self.send(path, host).read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.get_as(path, &self.address)
    }

    /// Something is received for each change from now on.
    fn changes(&self) -> Receiver<()> {
        let mut stream = BufReader::new(self.send("/repo/__casebook/events", &self.address));
        let mut line = String::new();
        while line.trim_end() != "" || line.is_empty() {
            line.clear();
            stream.read_line(&mut line).unwrap();
        }
        let (sender, receiver) = channel();
        thread::spawn(move || {
            for line in stream.lines().map_while(Result::ok) {
                if line.contains("event: change") && sender.send(()).is_err() {
                    break;
                }
            }
        });
        receiver
    }
}

const PAGE: &str = "/repo/reviews/2024-03-04-edge-cpu.html";

#[test]
fn pages_are_served_below_the_base_path() {
    let space = Space::site();
    let preview = Preview::start(&space, &[]);
    let home = preview.get("/repo/");
    assert_eq!(home.status, 200);
    assert!(home.head.contains("content-type: text/html"), "{}", home.head);
    assert!(home.body.contains("/repo/__casebook/reload.js"));
    assert_eq!(preview.get(PAGE).status, 200);
    let away = preview.get("/");
    assert!(away.status == 307 && away.head.contains("location: /repo/"), "{}", away.head);
    let missing = preview.get("/repo/deep/down/nothing.html");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("href=\"/repo/"), "its links have to work at any depth");
    let without_ending = preview.get("/repo/reviews/2024-03-04-edge-cpu");
    assert!(
        without_ending.head.contains("location: /repo/reviews/2024-03-04-edge-cpu.html"),
        "{}",
        without_ending.head
    );
    assert!(preview.get("/repo/feed.xml").head.contains("content-type: application/xml"));
    assert!(preview.get("/repo/__casebook/reload.js").body.contains("EventSource"));
    assert!(!space.path("public").exists(), "a preview writes nothing");
}

#[test]
fn nothing_outside_the_site_is_served() {
    let space = Space::site();
    space.write("secret.txt", "geheim");
    let preview = Preview::start(&space, &[]);
    for path in [
        "/repo/../secret.txt",
        "/repo/%2e%2e/secret.txt",
        "/repo/secret.txt",
        "/repo/..%2fsecret.txt",
        "/repo/casebook.toml",
        "/repo//etc/passwd",
        "/repo/%00",
    ] {
        let answer = preview.get(path);
        assert!(answer.status != 200 && !answer.body.contains("geheim"), "{path}: {}", answer.status);
    }
    assert_eq!(preview.get_as("/repo/", "evil.example:4000").status, 403);
    assert_eq!(preview.get_as("/repo/", "localhost").status, 200);
    assert_eq!(preview.get_as("/repo/", "127.0.0.1.evil.example").status, 403);
}

#[test]
fn every_kind_of_change_is_seen() {
    for more in [&[][..], &["--poll"][..]] {
        let space = Space::site();
        let preview = Preview::start(&space, more);
        let changes = preview.changes();
        let seen = |what: &str, shown: &dyn Fn() -> bool| {
            let begun = std::time::Instant::now();
            while !shown() {
                assert!(begun.elapsed() < WAIT, "{what} is not shown {more:?}");
                let _ = changes.recv_timeout(Duration::from_millis(200));
            }
        };
        space.edit("A filter rule took", "One filter rule took");
        seen("a change", &|| preview.get(PAGE).body.contains("One filter rule took"));
        let text = space.read(SAMPLE_PATH);
        space.write("content/reviews/2024-05-05-second.md", &text);
        seen("a new file", &|| preview.get("/repo/reviews/2024-05-05-second.html").status == 200);
        std::fs::rename(
            space.path("content/reviews/2024-05-05-second.md"),
            space.path("content/reviews/2024-05-06-third.md"),
        )
        .unwrap();
        seen("a renamed file", &|| {
            preview.get("/repo/reviews/2024-05-06-third.html").status == 200
                && preview.get("/repo/reviews/2024-05-05-second.html").status == 404
        });
        std::fs::remove_file(space.path("content/reviews/2024-05-06-third.md")).unwrap();
        seen("a deleted file", &|| preview.get("/repo/reviews/2024-05-06-third.html").status == 404);
        space.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nHello.\n");
        seen("a new folder", &|| preview.get("/repo/about.html").status == 200);
        space.write("casebook.toml", "title = \"Changed\"\nbase_url = \"https://example.org/repo/\"\n");
        seen("changed settings", &|| preview.get("/repo/").body.contains("Changed"));
        space.write("themes/default/templates/page.html", "My page");
        seen("a new theme", &|| preview.get("/repo/about.html").body.contains("My page"));
    }
}

#[test]
fn a_change_is_announced_to_the_browser() {
    let space = Space::site();
    let preview = Preview::start(&space, &[]);
    let changes = preview.changes();
    space.edit("A filter rule took", "One filter rule took");
    changes.recv_timeout(WAIT).expect("no event came");
}

#[test]
fn the_last_good_site_stays_until_the_error_is_mended() {
    let space = Space::site();
    let preview = Preview::start(&space, &[]);
    let changes = preview.changes();
    space.edit("severity = \"P1\"", "severity = \"P9\"");
    changes.recv_timeout(WAIT).expect("no event came");
    assert_eq!(preview.get(PAGE).status, 200);
    let trouble = preview.get("/repo/__casebook/trouble");
    assert!(trouble.body.contains("P9") && trouble.head.contains("text/plain"), "{}", trouble.body);
    space.edit("severity = \"P9\"", "severity = \"P2\"");
    changes.recv_timeout(WAIT).expect("no event came");
    assert_eq!(preview.get("/repo/__casebook/trouble").body, "");
}

#[test]
fn a_site_that_was_never_good_shows_what_is_wrong() {
    let space = Space::site();
    space.edit("severity = \"P1\"", "severity = \"<b>\"");
    let preview = Preview::start(&space, &[]);
    let page = preview.get("/");
    assert_eq!(page.status, 307);
    let page = preview.get("/repo/");
    assert_eq!(page.status, 500);
    assert!(page.body.contains("&lt;b&gt;") && !page.body.contains("<b>"), "{}", page.body);
}

#[test]
fn drafts_are_shown_on_request_and_internal_blocks_never() {
    let space = Space::site();
    space.edit("status = \"final\"", "status = \"draft\"");
    space.edit("## Root cause\n", "## Root cause\n\n<!-- internal -->zebracanary<!-- /internal -->\n");
    assert_eq!(Preview::start(&space, &[]).get(PAGE).status, 404);
    let page = Preview::start(&space, &["--drafts"]).get(PAGE);
    assert!(page.status == 200 && !page.body.contains("zebracanary"));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let space = Space::site();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    space.run(&["serve", "--port", &port]).expect(2, &[&port, "--port"]);
}
