//! Addresses in casebook.toml that cannot be used.

use std::cell::RefCell;

use crate::diagnostic::{ProblemKind, Problems};
use crate::text::Spanned;

/// Reports an address, `why` it cannot be used, and what to do. A user or a password in it is not repeated.
pub(super) fn report_address(problems: &RefCell<Problems>, address: &Spanned<String>, why: &str, help: &str) {
    let host = address.value.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let has_user = host.is_some_and(|host| host.contains('@'));
    let message = match has_user {
        true => format!("an address with a user or a password {why}"),
        false => format!("`{}` {why}", address.value),
    };
    let mut problems = problems.borrow_mut();
    let problem = problems.add(ProblemKind::UnknownValue, address.span, message);
    problem.help(help);
    if has_user {
        problem.redact();
    }
}
