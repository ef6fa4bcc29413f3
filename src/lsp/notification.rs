//! What an editor tells without asking: texts that are opened, changed, saved and closed.

use lsp_server::Notification;
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Notification as Kind,
};
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};

use super::judge::Files;
use super::open_text::OpenText;
use super::position::Lines;
use super::server::Server;

/// Takes in what the editor tells. What is not understood is left alone, as the protocol asks.
pub(super) fn take_in(server: &mut Server, told: Notification) {
    match told.method.as_str() {
        DidOpenTextDocument::METHOD => with::<DidOpenTextDocument>(told, |params| open(server, params)),
        DidChangeTextDocument::METHOD => with::<DidChangeTextDocument>(told, |params| change(server, params)),
        DidSaveTextDocument::METHOD => with::<DidSaveTextDocument>(told, |params| save(server, &params)),
        DidCloseTextDocument::METHOD => with::<DidCloseTextDocument>(told, |params| close(server, &params)),
        _ => {}
    }
}

fn with<N: Kind>(told: Notification, take: impl FnOnce(N::Params)) {
    if let Ok(params) = told.extract(N::METHOD) {
        take(params);
    }
}

fn open(server: &mut Server, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    let encoding = server.client.encoding;
    if let Some((site, path)) = server.locate(&document.uri) {
        let lines = Lines::new(document.text, encoding);
        site.open.insert(path, OpenText { uri: document.uri, version: document.version, lines });
        site.judge(Files::AsRead);
    }
}

fn change(server: &mut Server, params: DidChangeTextDocumentParams) {
    let DidChangeTextDocumentParams { text_document: document, content_changes } = params;
    let encoding = server.client.encoding;
    if let Some((site, path)) = server.locate(&document.uri)
        && let Some(text) = site.open.get_mut(&path)
    {
        text.change(document.version, content_changes, encoding);
        site.judge(Files::AsRead);
    }
}

fn save(server: &mut Server, params: &DidSaveTextDocumentParams) {
    if let Some((site, _)) = server.locate(&params.text_document.uri) {
        site.judge(Files::Changed);
    }
}

fn close(server: &mut Server, params: &DidCloseTextDocumentParams) {
    if let Some((site, path)) = server.locate(&params.text_document.uri) {
        site.open.remove(&path);
        site.answered.remove(&path);
        site.judge(Files::Changed);
    }
}
