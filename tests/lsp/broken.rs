//! What is no message, and what comes at the wrong time: the server says so, and never panics.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Run, TODAY, TestSite};

const INTRODUCTION: &str = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;

const INTRODUCED: &str = r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#;

/// A message with the header that the protocol asks for.
fn framed(text: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{text}", text.len())
}

/// What the server does with some bytes after which nothing comes.
fn told(bytes: &str) -> Run {
    let space = TestSite::site();
    let mut command = space.command(&["lsp", "--now", TODAY]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A server that has ended reads no more.
    let _ = child.stdin.take().unwrap().write_all(bytes.as_bytes());
    Run::new(&child.wait_with_output().unwrap())
}

#[test]
fn what_is_no_message_ends_the_conversation_with_its_reason() {
    let begun = [INTRODUCTION, INTRODUCED].map(framed).concat();
    let broken = [
        (framed("{\"id\": 1"), "EOF while parsing an object"),
        (framed("[]"), "did not match any variant"),
        ("Content-Length: ten\r\n\r\n{}".to_owned(), "invalid digit"),
        ("Content-Type: x\r\n\r\n{}".to_owned(), "no Content-Length"),
        ("{\"jsonrpc\":\"2.0\"}\n".to_owned(), "malformed header"),
        ("Content-Length: 20\r\n\r\n{}".to_owned(), "failed to fill whole buffer"),
    ];
    for (bytes, reason) in broken {
        let run = told(&format!("{begun}{bytes}"));
        assert_eq!(run.code, 2, "{bytes:?}: {run:?}");
        let is_told = run.err.contains("the conversation with the editor broke off") && run.err.contains(reason);
        assert!(is_told && !run.err.contains("panicked"), "{bytes:?}: {run:?}");
    }
}

#[test]
fn an_editor_that_goes_away_ends_the_server() {
    let run = told(&[INTRODUCTION, INTRODUCED].map(framed).concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
}
