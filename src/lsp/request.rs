//! Which code answers which question.

use lsp_server::{ErrorCode, Request, RequestId, Response};

use super::server::Server;

/// The answer to a question.
pub(super) fn answer(server: &mut Server, request: Request) -> Response {
    let _ = server;
    Response::new_err(request.id, ErrorCode::MethodNotFound as i32, format!("there is no {}", request.method))
}

/// The answer to a question that broke the code.
pub(super) fn broken(id: RequestId, message: String) -> Response {
    Response::new_err(id, ErrorCode::InternalError as i32, message)
}
