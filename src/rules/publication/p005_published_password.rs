//! P005: a password, or another secret that is enough to log in, stands in what will be published.

use std::sync::LazyLock;

use super::file;
use super::secret::{self, Secret};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::rules::pattern::Patterns;
use crate::rules::{Check, Library, ReviewContext, Rule, passage};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Signed(&SIGNS, check), Check::Library(check_pages)] };

static METADATA: Metadata = Metadata {
    code: "P005",
    name: "published-password",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "A password would be published: in an assignment, an address or a header.",
    why: "Anyone who reads it can try it, here and wherever else it was used.",
    remedy: "Change the password first: it is in the history of the repository already. Then leave it out, or write \
             `<password>` in its place.",
    wrong: Example::Edit { replace: "Rules ran", with: "The job had `password = \"vanilla-7-Tulip\"`. Rules ran" },
    right: Example::Edit { replace: "Rules ran", with: "The job had `password = \"<password>\"`. Rules ran" },
};

const PLACES: [(&str, &str); 5] = [
    (
        "the value of a password or key",
        r#"(?i)(?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token)["']?[ \t]{0,3}(?::|=|:=|=>)[ \t]{0,3}["'](?<it>[^\s"'`]{6,})["']"#,
    ),
    (
        "the value of a password or key",
        r#"(?i)(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token)=(?<it>[^\s"'`,;&)\]]{8,})"#,
    ),
    ("a password in an address", r"\b[a-z][a-z0-9+.-]*://[^\s/:@`]*:(?<it>[^\s/:@`]{3,})@[\w.-]+"),
    ("the token of a header", r"(?i)\bauthorization\b[\x22']?[ \t]*:[ \t]*[\x22']?bearer[ \t]+(?<it>[\w.~+/=-]{16,})"),
    (
        "the password of a header",
        r"(?i)\bauthorization\b[\x22']?[ \t]*:[ \t]*[\x22']?basic[ \t]+(?<it>[A-Za-z0-9+/]{8,}={0,2})",
    ),
];

/// The number of the pattern for values without quotation marks.
const UNQUOTED: usize = 1;

/// One of these stands in each.
const SIGNS: [&str; 19] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "apikey",
    "api_key",
    "api-key",
    "accesskey",
    "access_key",
    "access-key",
    "authtoken",
    "auth_token",
    "auth-token",
    "accesstoken",
    "access_token",
    "access-token",
    "authorization",
    "@",
];

static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new(PLACES.map(|(_, pattern)| pattern)).with_signs(&SIGNS));

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for passage in passage::published(context) {
        secret::report(&METADATA, passage, find(&passage.text), findings);
    }
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    secret::report_others(&METADATA, library, find, found);
    secret::report_files(&METADATA, file::always_published_documents(library), find, found);
}

fn find(text: &str) -> Vec<Secret> {
    let mut secrets = Vec::new();
    if !text.contains([':', '=']) {
        return secrets;
    }
    for (range, number) in PATTERNS.find(text) {
        let value = &text[range.clone()];
        let has = |wanted: fn(char) -> bool| value.contains(wanted);
        let is_name = !has(|c| c.is_ascii_digit()) || !has(|c| c.is_alphabetic());
        // Without quotation marks it may be the name of something; with a path or a dot it mostly is.
        let is_reference = number == UNQUOTED && (is_name || value.contains(['/', '.']));
        if !secret::is_placeholder(value) && !is_reference {
            secrets.push(Secret { what: PLACES[number].0.to_owned(), range });
        }
    }
    secrets
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn values_are_found_at_their_places() {
        for (text, value) in [
            ("password = \"vanilla-7-Tulip\"", "vanilla-7-Tulip"),
            ("DB_PASSWORD: 'vanilla-7-Tulip'", "vanilla-7-Tulip"),
            ("API_KEY=q7Zt2Kx9Lw4Rv8", "q7Zt2Kx9Lw4Rv8"),
            ("postgres://app:t0pf-Lappen@db.example.org/x", "t0pf-Lappen"),
            ("curl -H 'Authorization: Bearer q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1P'", "q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1P"),
        ] {
            let found = find(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(&text[found[0].range.clone()], value);
            assert!(!found[0].what.contains(&value[..5]), "{}", found[0].what);
        }
    }

    #[test]
    fn names_references_and_masks_are_no_passwords() {
        for text in [
            "password = os.environ[\"PASSWORD\"]",
            "password: \"${DB_PASSWORD}\"",
            "IERC20 token = IERC20(address)",
            "password=<password>",
            "secret=kubernetes/edge/tls7",
            "https://user:***@example.org",
            "https://example.org:8080/@name",
            "Authorization: Bearer <token>",
            "The password: it was changed.",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
