//! A preview that runs, and what it answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{TODAY, TestSite};

/// How long something may take on a busy machine.
pub const WAIT: Duration = Duration::from_secs(30);

/// A preview that ends with the test.
pub struct Preview {
    pub child: Child,
    pub address: String,
    /// What it said until it could be visited.
    pub started: String,
    said: Receiver<String>,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.body()))
    }

    /// The page without what the preview adds.
    pub fn published(&self) -> Vec<u8> {
        let text = self.body();
        match text.rfind("<script src=\"/").filter(|at| text[*at..].contains("__casebook/preview.js")) {
            Some(at) => {
                let end = at + text[at..].find("</script>").unwrap() + "</script>".len();
                format!("{}{}", &text[..at], &text[end..]).into_bytes()
            }
            None => self.bytes.clone(),
        }
    }
}

impl Preview {
    /// Starts one at a free port and waits until it can be visited.
    pub fn start(space: &TestSite, more: &[&str]) -> Self {
        let mut arguments = vec!["serve", "--port", "0", "--now", TODAY];
        arguments.extend(more);
        Self::start_with(space, &arguments)
    }

    /// Starts one with these arguments.
    pub fn start_with(space: &TestSite, arguments: &[&str]) -> Self {
        let mut child = space.command(arguments).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let (sender, said) = channel();
        let (mut ready, mut started) = (None, String::new());
        for line in lines.by_ref() {
            let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).map(str::to_owned);
            started.push_str(&line);
            started.push('\n');
            if address.is_some() {
                ready = address;
                break;
            }
        }
        let address = ready.unwrap_or_else(|| panic!("it did not start: {started}"));
        thread::spawn(move || lines.for_each(|line| _ = sender.send(line)));
        Self { child, address, started, said }
    }

    /// What the terminal shows until a line with `last`, that line included.
    pub fn said_until(&self, last: &str) -> String {
        let mut said = String::new();
        loop {
            let line = self.said.recv_timeout(WAIT).unwrap_or_else(|_| panic!("{last:?} is not said: {said}"));
            said.push_str(&line);
            said.push('\n');
            if line.contains(last) {
                return said;
            }
        }
    }

    /// What the terminal shows within a while.
    pub fn said_within(&self, pause: Duration) -> Vec<String> {
        thread::sleep(pause);
        self.said.try_iter().collect()
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(WAIT)).unwrap();
        let has_host = headers.iter().any(|(name, _)| *name == "Host");
        let host = if has_host { String::new() } else { format!("Host: {}\r\n", self.address) };
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").unwrap();
        stream
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut answer = Vec::new();
        self.send(method, path, headers).read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, bytes: answer[end + 4..].to_vec() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// What the script of a page is told.
    pub fn status(&self, base: &str, page: &str) -> serde_json::Value {
        self.get(&format!("{base}__casebook/status?page={page}")).json()
    }

    /// Waits until what is asked for holds.
    pub fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) {
            assert!(begun.elapsed() < WAIT, "{what} is not shown");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The names of the states, and the pages that changed, that are announced from now on, the present one first.
    pub fn builds(&self, base: &str) -> Receiver<(String, String)> {
        let stream = BufReader::new(self.send("GET", &format!("{base}__casebook/events"), &[]));
        let (sender, receiver) = channel();
        thread::spawn(move || {
            for line in stream.lines().map_while(Result::ok) {
                let Some(data) = line.strip_prefix("data:") else { continue };
                let news: serde_json::Value = serde_json::from_str(data.trim()).unwrap();
                let word = |name: &str| news[name].as_str().unwrap().to_owned();
                if sender.send((word("build"), word("follow"))).is_err() {
                    break;
                }
            }
        });
        receiver
    }
}
