//! P003: a private key stands in what will be published.

use std::sync::LazyLock;

use super::file;
use super::secret::{self, Secret};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::rules::pattern::Patterns;
use crate::rules::{Check, Library, ReviewContext, Rule, passage};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Signed(&SIGNS, check), Check::Library(check_pages)] };

static METADATA: Metadata = Metadata {
    code: "P003",
    name: "published-private-key",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "A private key would be published.",
    why: "Anyone with the key can read, sign or spend in the name of its owner. Publishing cannot be undone.",
    remedy: "Replace the key wherever it is in use, and move what it protects. Then name the key here without showing \
             it.",
    wrong: Example::Edit {
        replace: "Rules ran",
        with: "The private key: 0x8f2a559490d0ce2f3ac1b1e4d5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718 was used. \
               Rules ran",
    },
    right: Example::Edit { replace: "Rules ran", with: "The private key of the deployer was used. Rules ran" },
};

/// Each needs a piece of the key itself: a header alone is only the name of a format.
const KEYS: [(&str, &str); 4] = [
    (
        "a private key",
        r"(?s)(?<it>-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----.{0,300}?[A-Za-z0-9+/]{40,}(?:[A-Za-z0-9+/=\s]*-----END [A-Z0-9 ]+-----)?)",
    ),
    ("a private key of age", r"\bAGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}\b"),
    (
        "a private key of 32 bytes",
        r"(?i)\b(?:private|secret|signing|validator)[ _-]?key\b[^\n0-9a-z]{1,8}(?:(?:is|was)[^\n0-9a-z]{1,4})?(?<it>(?:0x)?[0-9a-f]{64})\b",
    ),
    ("an extended private key", r"\b[xyz]prv[1-9A-HJ-NP-Za-km-z]{100,112}\b"),
];

/// Each has a piece of at least this length without a blank in it.
const SHORTEST: usize = 40;

/// One of these stands in each.
const SIGNS: [&str; 15] = [
    "-----BEGIN ",
    "AGE-SECRET-KEY-1",
    "xprv",
    "yprv",
    "zprv",
    "privatekey",
    "private key",
    "private_key",
    "private-key",
    "secretkey",
    "secret key",
    "secret_key",
    "secret-key",
    "signing",
    "validator",
];

static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new(KEYS.map(|(_, pattern)| pattern)).with_signs(&SIGNS));

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for passage in passage::published(context) {
        secret::report(&METADATA, passage, find(&passage.text), findings);
    }
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    secret::report_others(&METADATA, library, find, found);
    secret::report_files(&METADATA, file::always_published(library), find, found);
}

fn find(text: &str) -> Vec<Secret> {
    let is_mask = |key: &str| !key.starts_with("-----") && secret::is_placeholder(key);
    if !text.split_ascii_whitespace().any(|word| word.len() >= SHORTEST) {
        return Vec::new();
    }
    let found = PATTERNS.find(text).into_iter().filter(|(range, _)| !is_mask(&text[range.clone()]));
    found.map(|(range, number)| Secret { what: KEYS[number].0.to_owned(), range }).collect()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn keys_are_found_and_names_of_keys_are_not() {
        let pem = |body: &str| format!("-----BEGIN RSA {} KEY-----\n{body}\n-----END RSA {0} KEY-----", "PRIVATE");
        let body = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgHcTz6sE2I2yPB";
        let text = format!("x\n{}\ny", pem(body));
        assert_eq!(find(&text)[0].range, 2..text.len() - 2);
        assert_eq!(find(&format!("PRIVATE_KEY=0x{}", "8f2a559490d0ce2f".repeat(4))).len(), 1);
        let hash = format!("The transaction 0x{} used the private key.", "8f2a559490d0ce2f".repeat(4));
        let zeros = format!("private key: 0x{}", "0".repeat(64));
        for text in [pem("…"), hash, zeros, "a line `-----BEGIN PRIVATE KEY-----`".to_owned()] {
            assert!(find(&text).is_empty(), "{text}");
        }
    }
}
