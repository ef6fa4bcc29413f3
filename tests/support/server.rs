//! A web server on this machine, which says what a test tells it to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request: its method, and its path with how often it was asked for with this method, from 1.
pub struct Request {
    pub method: String,
    pub path: String,
    pub time: usize,
}

/// What is said to a request.
pub enum Say {
    /// A status line such as `404 Not Found`, further header lines, and a body.
    This(&'static str, String, String),
    /// Nothing, for so long.
    Nothing(Duration),
    /// A byte every ten milliseconds, without end.
    Drip,
}

impl Say {
    pub fn status(status: &'static str) -> Self {
        Self::This(status, String::new(), String::new())
    }

    pub fn to(status: &'static str, address: impl Into<String>) -> Self {
        Self::This(status, format!("Location: {}\r\n", address.into()), String::new())
    }

    pub fn text(body: impl Into<String>) -> Self {
        Self::This("200 OK", String::new(), body.into())
    }
}

/// A running server. It ends with the tests.
pub struct Server {
    pub base: String,
    heard: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    pub fn start(answer: impl Fn(&Request) -> Say + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), heard.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (answer.clone(), log.clone());
                thread::spawn(move || serve(stream, &*answer, &log));
            }
        });
        Self { base, heard }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// How often each request was made, such as `HEAD /x`.
    pub fn heard(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (method, path) in self.heard.lock().unwrap().iter() {
            *counts.entry(format!("{method} {path}")).or_default() += 1;
        }
        counts
    }
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&Request) -> Say, log: &Mutex<Vec<(String, String)>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    for line in lines.by_ref() {
        if line.map_or(true, |line| line.is_empty()) {
            break;
        }
    }
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let time = {
        let mut log = log.lock().unwrap();
        log.push((method.clone(), path.clone()));
        log.iter().filter(|(other, at)| *other == method && *at == path).count()
    };
    let request = Request { method, path, time };
    match answer(&request) {
        Say::This(status, head, body) => {
            let length = body.len();
            let body = if request.method == "HEAD" { "" } else { body.as_str() };
            // The client may have gone away.
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{head}\r\n{body}"
            );
        }
        Say::Nothing(time) => thread::sleep(time),
        Say::Drip => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while stream.write_all(b" ").and_then(|()| stream.flush()).is_ok() {
                thread::sleep(Duration::from_millis(10));
            }
        }
    }
}
