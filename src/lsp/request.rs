//! Which code answers which question.

use std::path::PathBuf;

use lsp_server::{ErrorCode, Request, RequestId, Response, ResponseError};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, FoldingRangeRequest, GotoDefinition, HoverRequest,
    PrepareRenameRequest, References, Rename, Request as Kind,
};
use lsp_types::{
    CodeActionParams, CompletionResponse, DocumentSymbolResponse, GotoDefinitionResponse, Position, RenameParams,
    TextDocumentPositionParams, Uri,
};
use serde_json::Value;

use super::server::{Awaited, Server};
use super::view::View;
use super::{code_action, completion, hover, navigation, outline, rename};
use crate::text::SitePath;

/// The result of a question, or why there is none.
type Answer = Result<Value, ResponseError>;

/// The answer to a question.
pub(super) fn answer(server: &mut Server, request: Request) -> Response {
    let Request { id, method, params } = request;
    let response_result = match method.as_str() {
        HoverRequest::METHOD => of::<HoverRequest>(params, |params| {
            let place = params.text_document_position_params;
            Ok(server.at(&place, Awaited::Current, hover::hover).flatten())
        }),
        CodeActionRequest::METHOD => of::<CodeActionRequest>(params, |params| {
            let CodeActionParams { text_document, range, .. } = params;
            Ok(server
                .view(&text_document.uri, Awaited::Current, |view| code_action::actions(view, view.lines.span(range))))
        }),
        PrepareRenameRequest::METHOD => of::<PrepareRenameRequest>(params, |place| {
            Ok(server.at(&place, Awaited::Current, rename::prepare).flatten())
        }),
        Rename::METHOD => of::<Rename>(params, |params| {
            let RenameParams { text_document_position: place, new_name, .. } = params;
            let renamed = server.at(&place, Awaited::Current, |view, offset| rename::rename(view, offset, &new_name));
            renamed.transpose().map_err(|reason| error(ErrorCode::RequestFailed, reason))
        }),
        Completion::METHOD => of::<Completion>(params, |params| {
            let place = params.text_document_position;
            let items = server.at(&place, Awaited::Any, completion::complete).flatten();
            Ok(items.map(CompletionResponse::Array))
        }),
        GotoDefinition::METHOD => of::<GotoDefinition>(params, |params| {
            let place = params.text_document_position_params;
            let found = server.at(&place, Awaited::Current, navigation::definition);
            Ok(found.flatten().map(GotoDefinitionResponse::Array))
        }),
        References::METHOD => of::<References>(params, |params| {
            let place = params.text_document_position;
            Ok(server.at(&place, Awaited::Current, navigation::references).flatten())
        }),
        DocumentSymbolRequest::METHOD => of::<DocumentSymbolRequest>(params, |params| {
            let symbols = server.view(&params.text_document.uri, Awaited::Any, outline::symbols);
            Ok(symbols.map(DocumentSymbolResponse::Nested))
        }),
        FoldingRangeRequest::METHOD => of::<FoldingRangeRequest>(params, |params| {
            Ok(server.view(&params.text_document.uri, Awaited::Any, outline::folds))
        }),
        _ => Err(error(ErrorCode::MethodNotFound, format!("there is no `{method}` here"))),
    };
    Response { id, response_result }
}

/// Reads what a question is about, and writes what is answered.
fn of<R: Kind>(params: Value, answer: impl FnOnce(R::Params) -> Result<R::Result, ResponseError>) -> Answer {
    let params =
        serde_json::from_value(params).map_err(|problem| error(ErrorCode::InvalidParams, problem.to_string()))?;
    let result = answer(params)?;
    serde_json::to_value(result).map_err(|problem| error(ErrorCode::InternalError, problem.to_string()))
}

/// The answer to a question that broke the code.
pub(super) fn broken(id: RequestId, message: String) -> Response {
    Response { id, response_result: Err(error(ErrorCode::InternalError, message)) }
}

fn error(code: ErrorCode, message: String) -> ResponseError {
    ResponseError { code: code as i32, message, data: None }
}

impl Server {
    /// What `look` says about a text; none where there is no such text in a site.
    fn view<T>(&mut self, uri: &Uri, state: Awaited, look: impl FnOnce(&View<'_>) -> T) -> Option<T> {
        let (root, path): (PathBuf, SitePath) = self.locate(uri).map(|(site, path)| (site.root.clone(), path))?;
        self.wait_for(&root, state);
        let site = self.sites.get(&root)?;
        Some(look(&View::new(site, &path, &self.client, self.clock.now())?))
    }

    /// What `look` says about a place in a text.
    fn at<T>(
        &mut self,
        place: &TextDocumentPositionParams,
        state: Awaited,
        look: impl FnOnce(&View<'_>, usize) -> T,
    ) -> Option<T> {
        let position: Position = place.position;
        self.view(&place.text_document.uri, state, |view| look(view, view.lines.offset(position)))
    }
}
