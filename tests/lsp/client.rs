//! An editor without a screen: it keeps what the server publishes, and asks questions.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{TODAY, TestSite};

/// The longest time that a message may take, on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A conversation with the server.
pub struct Client {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    root: PathBuf,
    asked: i32,
    /// The texts that are open, each with its version.
    texts: BTreeMap<String, (i32, String)>,
    /// What was published for each file last.
    pub published: BTreeMap<String, Value>,
    /// Every version that was published for a file, in order.
    pub versions: Vec<(String, i64)>,
    pub capabilities: Value,
}

/// A finding by its file, its place (line, column and their ends, from 0 and in UTF-16), its level, its rule and its words.
pub type Finding = (String, [u64; 4], u64, String, String);

impl Client {
    /// Opens the folder of a site in an editor that knows snippets.
    pub fn open(space: &TestSite) -> Self {
        let item = json!({ "snippetSupport": true });
        Self::with(space, &json!({ "textDocument": { "completion": { "completionItem": item } } }))
    }

    /// Opens the folder of a site in an editor with these capabilities.
    pub fn with(space: &TestSite, capabilities: &Value) -> Self {
        let mut command = space.command(&["lsp", "--now", TODAY]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let root = space.path("");
        let mut client = Self {
            child,
            input,
            messages,
            root,
            asked: 0,
            texts: BTreeMap::new(),
            published: BTreeMap::new(),
            versions: Vec::new(),
            capabilities: Value::Null,
        };
        let folder = client.uri("").trim_end_matches('/').to_owned();
        let folders = json!([{ "uri": folder, "name": "site" }]);
        let params =
            json!({ "processId": null, "rootUri": folder, "workspaceFolders": folders, "capabilities": capabilities });
        client.capabilities = client.ask("initialize", params)["capabilities"].take();
        client.tell("initialized", json!({}));
        client
    }

    pub fn uri(&self, path: &str) -> String {
        // With the slashes of addresses, and three of them before the letter of a disk.
        let address = if path.is_empty() {
            url::Url::from_directory_path(&self.root)
        } else {
            url::Url::from_file_path(self.root.join(path))
        };
        address.unwrap().into()
    }

    /// Opens a text, which may differ from what is saved, and waits for its findings.
    pub fn edit(&mut self, path: &str, text: &str) {
        let version = self.texts.get(path).map_or(1, |(version, _)| version + 1);
        let uri = self.uri(path);
        self.texts.insert(path.to_owned(), (version, text.to_owned()));
        if version == 1 {
            let document = json!({ "uri": uri, "languageId": "markdown", "version": version, "text": text });
            self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        } else {
            let document = json!({ "uri": uri, "version": version });
            self.tell(
                "textDocument/didChange",
                json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
            );
        }
        self.wait_for(path);
    }

    /// Replaces a part of an open text, by lines and columns in UTF-16.
    pub fn replace(&mut self, path: &str, range: [u64; 4], new: &str) {
        let change = json!({ "range": range_of(range), "text": new });
        let document = json!({ "uri": self.uri(path), "version": self.texts[path].0 + 1 });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
        self.texts.get_mut(path).unwrap().0 += 1;
    }

    pub fn close(&mut self, path: &str) {
        self.texts.remove(path);
        let uri = self.uri(path);
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Waits until the findings of an open text are those of its last version, and all that came with them is there.
    pub fn wait_for(&mut self, path: &str) {
        let version = i64::from(self.texts[path].0);
        self.until(|client| {
            client.versions.iter().rev().find(|(known, _)| known == path).is_some_and(|(_, known)| *known == version)
        });
        self.ask_any("casebook/nothing", json!(null));
    }

    /// Waits until something holds.
    pub fn until(&mut self, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) {
            assert!(begun.elapsed() < PATIENCE, "nothing came: {:#?}", self.published);
            if let Ok(message) = self.messages.recv_timeout(Duration::from_millis(200)) {
                self.take(message);
            }
        }
    }

    /// Asks, and gives the result.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let mut answer = self.ask_any(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer:#}");
        answer["result"].take()
    }

    /// Asks, and gives the whole answer, which may be an error.
    pub fn ask_any(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.messages.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no answer to {method}"));
            if message.get("method").is_none() && message["id"] == json!(id) {
                return message;
            }
            self.take(message);
        }
    }

    /// Asks about a place in an open text.
    pub fn ask_at(&mut self, method: &str, path: &str, place: (u64, u64)) -> Value {
        let document = json!({ "uri": self.uri(path) });
        self.ask(method, json!({ "textDocument": document, "position": { "line": place.0, "character": place.1 } }))
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// All findings that the editor shows, in the order of `check`.
    pub fn findings(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        for (path, diagnostics) in &self.published {
            for diagnostic in diagnostics.as_array().unwrap() {
                let number = |place: &str, part: &str| diagnostic["range"][place][part].as_u64().unwrap();
                let range = [
                    number("start", "line"),
                    number("start", "character"),
                    number("end", "line"),
                    number("end", "character"),
                ];
                let word = |key: &str| diagnostic[key].as_str().unwrap().to_owned();
                found.push((
                    path.clone(),
                    range,
                    diagnostic["severity"].as_u64().unwrap(),
                    word("code"),
                    word("message"),
                ));
            }
        }
        found.sort();
        found
    }

    fn take(&mut self, message: Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let root = self.uri("");
            let path = params["uri"].as_str().unwrap().strip_prefix(&root).unwrap().to_owned();
            if let Some(version) = params["version"].as_i64() {
                self.versions.push((path.clone(), version));
            }
            self.published.insert(path, params["diagnostics"].clone());
        }
    }

    fn send(&mut self, message: Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn range_of([line, character, end_line, end_character]: [u64; 4]) -> Value {
    json!({
        "start": { "line": line, "character": character },
        "end": { "line": end_line, "character": end_character },
    })
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            header => {
                if let Some(number) = header.strip_prefix("Content-Length: ") {
                    length = number.parse().ok();
                }
            }
        }
    }
    let mut bytes = vec![0; length?];
    Read::read_exact(output, &mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// What `check` finds in a site, in the words of the protocol.
pub fn checked(space: &TestSite) -> Vec<Finding> {
    let run = space.run(&["check", "--format", "json", "--now", TODAY]);
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run:#?}"));
    let mut found: Vec<Finding> = Vec::new();
    for finding in report["findings"].as_array().unwrap() {
        let word = |key: &str| finding[key].as_str().unwrap();
        let text = std::fs::read_to_string(space.path(word("file"))).unwrap_or_default();
        let place = |line: &str, column: &str| {
            let number = |key: &str| finding[key].as_u64().unwrap();
            let text = text.split('\n').nth(usize::try_from(number(line) - 1).unwrap()).unwrap_or("");
            let before = text.chars().take(usize::try_from(number(column) - 1).unwrap());
            (number(line) - 1, before.map(|c| c.len_utf16() as u64).sum::<u64>())
        };
        let (start, end) = (place("line", "column"), place("end_line", "end_column"));
        let level = match word("level") {
            "error" => 1,
            "warning" => 2,
            _ => 3,
        };
        let words = format!("{}\n{}", word("message"), word("help"));
        found.push((word("file").to_owned(), [start.0, start.1, end.0, end.1], level, word("name").to_owned(), words));
    }
    found.sort();
    found
}

/// The place of some words in a text, as the protocol counts.
pub fn place_of(text: &str, words: &str) -> (u64, u64) {
    let offset = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text}"));
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() as u64, before[start..].encode_utf16().count() as u64)
}

/// The offset of a place.
fn offset_of(text: &str, place: &Value) -> usize {
    let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let mut units = number("character");
    for (at, c) in text[start..].char_indices() {
        if units == 0 {
            return start + at;
        }
        units -= c.len_utf16();
    }
    text.len()
}

impl Client {
    /// The text of a file as it is open, else as it is saved.
    pub fn text(&self, path: &str) -> String {
        let open = self.texts.get(path).map(|(_, text)| text.clone());
        open.unwrap_or_else(|| std::fs::read_to_string(self.root.join(path)).unwrap())
    }

    /// The words in a range of a text.
    pub fn words(&self, text: &str, range: &Value) -> String {
        text[offset_of(text, &range["start"])..offset_of(text, &range["end"])].to_owned()
    }

    /// A text after edits of the protocol, which all speak of the text before.
    pub fn edited(&self, text: &str, edits: &[Value]) -> String {
        let place = |edit: &Value| (offset_of(text, &edit["range"]["start"]), offset_of(text, &edit["range"]["end"]));
        let mut edits: Vec<((usize, usize), &str)> =
            edits.iter().map(|edit| (place(edit), edit["newText"].as_str().unwrap())).collect();
        edits.sort_by_key(|(place, _)| *place);
        let mut edited = text.to_owned();
        for ((start, end), new) in edits.into_iter().rev() {
            edited.replace_range(start..end, new);
        }
        edited
    }
}
