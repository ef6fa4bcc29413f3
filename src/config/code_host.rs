//! Where the site's files and its repository are on their code host.

use std::cell::RefCell;

use super::address::report_address;
use super::base_url::BaseUrl;
use crate::diagnostic::Problems;
use crate::table::TableReader;

/// Where a file is edited, with `{path}` for the file; empty for nowhere.
pub(super) fn read_edit_url(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> String {
    let Some(text) = reader.text("edit_url") else { return String::new() };
    let address = text.value.trim();
    // Some hosts open their editor by a query: `?mode=edit`.
    let filled = address.replace("{path}", "path");
    let (place, query) = filled.split_once('?').unwrap_or((&filled, ""));
    if address.contains("{path}") && BaseUrl::new(place).is_some() && query.chars().all(BaseUrl::is_safe) {
        return address.to_owned();
    }
    let help = "Write the address with {path} where the file stands, such as \"https://github.com/example/lessons/edit/main/{path}\".";
    report_address(problems, &text, "is no address at which a file can be edited", help);
    String::new()
}

/// The address of the repository, without a slash at its end; empty for none.
pub(super) fn read_repository(reader: &TableReader<'_>, problems: &RefCell<Problems>) -> String {
    let Some(text) = reader.text("repository") else { return String::new() };
    let address = text.value.trim().trim_end_matches('/');
    // The address of a host is none of a repository.
    let has_path = address.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    if BaseUrl::new(address).is_some() && has_path {
        return address.to_owned();
    }
    let help = "Write the address of its page, such as \"https://github.com/example/shop\".";
    report_address(problems, &text, "is no address of a repository", help);
    String::new()
}
