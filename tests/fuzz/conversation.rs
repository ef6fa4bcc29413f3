//! A conversation of an editor with the language server, written down as a text that can be changed.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use casebook::lsp::{self, Clock, Settings};
use casebook::rules::{SAMPLE_FACTORS, SAMPLE_PATH, SAMPLE_REVIEW};
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use super::place::{Encoding, Lines};

/// The longest time that an answer may take, on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// The files that an editor may open, and what is saved of them. The last one lies beside the site.
const FILES: [(&str, Option<&str>); 7] = [
    (SAMPLE_PATH, Some(SAMPLE_REVIEW)),
    ("casebook.toml", Some("title = \"Sample\"\nbase_url = \"https://example.org/repo/\"\norganisation = \"We\"\n")),
    ("content/factors.toml", Some(SAMPLE_FACTORS)),
    ("content/reviews/2024-02-03-other.md", None),
    ("content/pages/about.md", None),
    ("static/notes.txt", None),
    ("../outside.md", None),
];

/// How many of them lie in the site, so that what is open of them is judged.
const JUDGED: usize = 6;

/// Holds a conversation that is written down. The first line names how the editor counts columns. Each part begins with a
/// line like `%open 0`, `%change 3 0 4 2`, `%whole`, `%save`, `%close`, `%ask hover 3 7` or `%json`, and below it stands its
/// text. A number that is missing is 0; more of them after `%change` are more changes at once.
///
/// # Panics
///
/// The server breaks off, leaves a question without an answer, names a place that no text has, or holds another text than
/// the editor.
pub fn hold(bytes: &[u8]) {
    let script = String::from_utf8_lossy(bytes);
    let mut parts = script.split("\n%");
    let mut editor = Editor::start(parts.next().unwrap_or_default());
    for part in parts {
        let (head, text) = part.split_once('\n').unwrap_or((part, ""));
        let words: Vec<&str> = head.split_whitespace().collect();
        editor.act(&words, text);
        if editor.is_over {
            break;
        }
    }
    editor.end();
}

/// An editor that keeps its own account of the texts.
struct Editor {
    connection: Connection,
    server: JoinHandle<bool>,
    folder: TempDir,
    encoding: Encoding,
    /// The open texts with their versions, by their number in [`FILES`].
    open: BTreeMap<usize, (i32, String)>,
    /// Every text that was open, by address and version.
    texts: BTreeMap<(String, i64), String>,
    /// The version whose findings came last, by address.
    judged: BTreeMap<String, i64>,
    file: usize,
    version: i32,
    asked: i32,
    is_over: bool,
}

impl Editor {
    fn start(encoding: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in FILES {
            let path = folder.path().join(path);
            if let Some(text) = text {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
        }
        let (connection, other) = Connection::memory();
        let clock = Clock::Stopped("2026-11-24T00:00:00".parse().unwrap());
        let settings = Settings { site: None, clock };
        let server = thread::spawn(move || lsp::converse(&other, settings).is_ok());
        let mut editor = Self {
            connection,
            server,
            folder,
            encoding: Encoding::Utf16,
            open: BTreeMap::new(),
            texts: BTreeMap::new(),
            judged: BTreeMap::new(),
            file: 0,
            version: 0,
            asked: 0,
            is_over: false,
        };
        editor.introduce(encoding.trim());
        editor
    }

    fn introduce(&mut self, encoding: &str) {
        let folder = Url::from_file_path(self.folder.path()).unwrap().to_string();
        let snippets = json!({ "completion": { "completionItem": { "snippetSupport": !encoding.is_empty() } } });
        let params = json!({
            "processId": null,
            "rootUri": folder,
            "capabilities": { "general": { "positionEncodings": [encoding] }, "textDocument": snippets },
        });
        let answer = self.ask("initialize", params);
        self.encoding = match answer["capabilities"]["positionEncoding"].as_str() {
            Some("utf-8") => Encoding::Utf8,
            Some("utf-32") => Encoding::Utf32,
            _ => Encoding::Utf16,
        };
        self.tell("initialized", json!({}));
    }

    /// Does what a part of the script says. What means nothing does nothing.
    fn act(&mut self, words: &[&str], text: &str) {
        let number = |at: usize| words.get(at).and_then(|word| word.parse::<u32>().ok()).unwrap_or(0);
        let range = |at: usize| {
            let place = |at: usize| json!({ "line": number(at), "character": number(at + 1) });
            json!({ "start": place(at), "end": place(at + 2) })
        };
        match words.first().copied().unwrap_or_default() {
            "open" => {
                self.file = number(1) as usize % FILES.len();
                self.open_text(text.to_owned());
            }
            "change" => {
                let Some((_, mut new)) = self.open.get(&self.file).cloned() else { return };
                // Each change is about what the one before it has left.
                let changes = (1..words.len().max(2)).step_by(4).map(|at| {
                    let lines = Lines::new(&new, self.encoding);
                    let start = lines.offset(number(at), number(at + 1));
                    let end = lines.offset(number(at + 2), number(at + 3)).max(start);
                    new.replace_range(start..end, text);
                    json!({ "range": range(at), "text": text })
                });
                let changes = changes.collect();
                self.change(new, changes);
            }
            "whole" => self.change(text.to_owned(), vec![json!({ "text": text })]),
            "save" => self.tell("textDocument/didSave", json!({ "textDocument": { "uri": self.uri() } })),
            "close" => self.close(),
            "ask" => {
                let method = words.get(1).copied().unwrap_or_default();
                let place = json!({ "line": number(2), "character": number(3) });
                let params = json!({
                    "textDocument": { "uri": self.uri() },
                    "position": place,
                    "range": range(2),
                    "newName": text,
                    "context": { "diagnostics": [], "includeDeclaration": true },
                });
                let answer = self.ask(&format!("textDocument/{method}"), params);
                self.check_places(&answer, &self.uri());
            }
            "json" => self.send_text(text),
            _ => {}
        }
    }

    fn open_text(&mut self, text: String) {
        self.version += 1;
        let document =
            json!({ "uri": self.uri(), "languageId": "markdown", "version": self.version, "text": text.as_str() });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.keep(text);
    }

    fn change(&mut self, new: String, changes: Vec<Value>) {
        self.version += 1;
        let document = json!({ "uri": self.uri(), "version": self.version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        // What is not open cannot change.
        if self.open.contains_key(&self.file) {
            self.keep(new);
        }
    }

    fn keep(&mut self, text: String) {
        self.texts.insert((self.uri(), self.version.into()), text.clone());
        self.open.insert(self.file, (self.version, text));
    }

    fn close(&mut self) {
        self.open.remove(&self.file);
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": self.uri() } }));
    }

    /// Sends a text in the place of a message, as far as it is one.
    fn send_text(&mut self, text: &str) {
        let framed = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        let Ok(Some(message)) = Message::read(&mut framed.as_bytes()) else { return };
        match message {
            Message::Request(request) => {
                self.is_over = request.method == "shutdown";
                self.answer_to(request);
            }
            // They would have to be understood here, too.
            Message::Notification(told) if told.method.starts_with("textDocument/did") => {}
            Message::Notification(_) | Message::Response(_) => self.connection.sender.send(message).unwrap(),
        }
    }

    /// Says goodbye. Before that, the server must have judged the open text, and hold the same one as the editor.
    fn end(mut self) {
        let (is_over, is_judged) = (self.is_over, self.file < JUDGED);
        if let Some((version, text)) = self.open.get(&self.file).cloned().filter(|_| !is_over && is_judged) {
            let held = self.parts();
            assert_eq!(self.judged.get(&self.uri()), Some(&version.into()), "the newest text is judged");
            self.close();
            self.open_text(text);
            assert_eq!(held, self.parts(), "the server holds another text than the editor");
        }
        if !is_over {
            self.ask("shutdown", Value::Null);
        }
        self.tell("exit", Value::Null);
        assert!(self.server.join().unwrap(), "the server breaks off");
    }

    /// What the server says about the whole of the open text, once it is judged.
    fn parts(&mut self) -> [Value; 2] {
        let document = json!({ "uri": self.uri() });
        self.ask("textDocument/hover", json!({ "textDocument": document, "position": { "line": 0, "character": 0 } }));
        ["textDocument/documentSymbol", "textDocument/foldingRange"].map(|method| {
            let answer = self.ask(method, json!({ "textDocument": document }));
            self.check_places(&answer, &self.uri());
            answer
        })
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        self.answer_to(Request { id, method: method.to_owned(), params }).unwrap_or_default()
    }

    /// The result of a question, if it has one.
    fn answer_to(&mut self, request: Request) -> Option<Value> {
        let (id, method) = (request.id.clone(), request.method.clone());
        self.connection.sender.send(request.into()).unwrap();
        loop {
            let message = self.connection.receiver.recv_timeout(PATIENCE);
            match message.unwrap_or_else(|_| panic!("{method} has no answer")) {
                Message::Response(Response { id: answered, response_result }) => {
                    assert_eq!(answered, id, "{method} has one answer");
                    return response_result.map_err(|problem| stands(&problem.message)).ok();
                }
                Message::Notification(told) => self.hear(&told),
                Message::Request(request) => panic!("the server asks {request:?}"),
            }
        }
    }

    fn tell(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    fn hear(&mut self, told: &Notification) {
        let params = &told.params;
        if told.method != "textDocument/publishDiagnostics" {
            return stands(params["message"].as_str().unwrap_or_default());
        }
        let uri = params["uri"].as_str().unwrap();
        let text = match params["version"].as_i64() {
            Some(version) => {
                self.judged.insert(uri.to_owned(), version);
                self.texts.get(&(uri.to_owned(), version)).cloned()
            }
            None => self.saved(uri),
        };
        let Some(text) = text else { return };
        let lines = Lines::new(&text, self.encoding);
        params["diagnostics"].as_array().unwrap().iter().for_each(|finding| lines.check_range(&finding["range"]));
    }

    /// Asserts that every place in an answer about a file exists in the text that it is about.
    fn check_places(&self, answer: &Value, uri: &str) {
        let named = answer.get("uri").or_else(|| answer.get("textDocument")?.get("uri"));
        let uri = named.and_then(Value::as_str).unwrap_or(uri);
        let open = (0..FILES.len()).find(|file| self.uri_of(*file) == uri).and_then(|file| self.open.get(&file));
        if let Some(text) = open.map(|(_, text)| text.clone()).or_else(|| self.saved(uri)) {
            Lines::new(&text, self.encoding).check(answer);
        }
        match answer {
            Value::Array(parts) => parts.iter().for_each(|part| self.check_places(part, uri)),
            Value::Object(parts) => {
                for (key, part) in parts {
                    self.check_places(part, if key.starts_with("file:") { key } else { uri });
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// What is saved of a file.
    fn saved(&self, uri: &str) -> Option<String> {
        let file = (0..FILES.len()).find(|file| self.uri_of(*file) == uri)?;
        FILES[file].1.map(str::to_owned)
    }

    fn uri(&self) -> String {
        self.uri_of(self.file)
    }

    fn uri_of(&self, file: usize) -> String {
        Url::from_file_path(self.folder.path().join(Path::new(FILES[file].0))).unwrap().into()
    }
}

/// Asserts that words of the server tell of no mistake in it.
fn stands(words: &str) {
    assert!(!words.contains("mistake in casebook"), "{words}");
}
