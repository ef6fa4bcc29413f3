//! P007: the handle of a person stands in what will be published.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::document::Document;
use crate::rules::passage::{self, Passage, Quotations};
use crate::rules::{Check, Library, ReviewContext, Rule, phrase};
use crate::text::Span;

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Review(check), Check::Library(check_pages)] };

static METADATA: Metadata = Metadata {
    code: "P007",
    name: "personal-handle",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Safety,
    summary: "The handle of a person, such as @jane, would be published.",
    why: "It shows everyone who did what during an incident, for good. People act more freely when a review names \
          roles.",
    remedy: "Write the role or team, such as \"the on-call engineer\". You may thank people who agreed to be named.",
    wrong: Example::Edit { replace: "the on-call engineer opens", with: "@janeroe opens" },
    right: Example::Edit { replace: "the on-call engineer opens", with: "the database engineer opens" },
};

static HANDLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:^|[\s(\[{,;:"'*_>|+&])(?<it>@[A-Za-z][A-Za-z0-9_-]{1,38})"#).expect("a regular expression")
});

/// Words of handles that call a channel, a group or a program.
const GROUPS: &str = "\
    all bot channel ci core dependabot devops engineering everybody everyone group here import infra latest \
    maintainers media oncall ops platform renovate security sre support team";

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    report(context.document, passage::strings(context), findings);
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    for document in passage::pages(library) {
        let mut findings = Findings::new(&document.source.path);
        report(&document, &[], &mut findings);
        found.extend(findings.into_vec());
    }
}

fn report(document: &Document, strings: &[Passage<'_>], findings: &mut Findings<'_>) {
    let mut uses: BTreeMap<String, (Span, usize)> = BTreeMap::new();
    let prose = document.published.contains('@').then(|| passage::prose(document, Quotations::Kept));
    let strings = strings.iter().filter(|passage| passage.text.contains('@'));
    for passage in strings.chain(&prose) {
        for (handle, span) in handles(passage) {
            uses.entry(handle).or_insert((span, 0)).1 += 1;
        }
    }
    for (handle, (span, count)) in uses {
        let times = if count > 1 { format!(", {count} times") } else { String::new() };
        findings.add(&METADATA, span, format!("`{handle}` names a person{times}"));
    }
}

fn handles(passage: &Passage<'_>) -> Vec<(String, Span)> {
    let text = &passage.text;
    let found = HANDLE.captures_iter(text).filter_map(|captures| captures.name("it"));
    found
        .filter(|handle| is_personal(handle.as_str(), &text[handle.end()..]))
        .map(|handle| (handle.as_str().to_lowercase(), passage.place(handle.range())))
        .collect()
}

/// Whether a handle with `after` behind it is that of a person: a package has a path, an address a domain.
fn is_personal(handle: &str, after: &str) -> bool {
    let mut after = after.chars();
    let is_longer = match after.next() {
        Some('/' | '@' | ':') => after.next().is_some_and(|c| !c.is_whitespace()),
        Some('.' | '(') => after.next().is_some_and(char::is_alphanumeric),
        _ => false,
    };
    let lower = handle[1..].to_lowercase();
    let mut words = lower.split(['-', '_']);
    !is_longer && !words.any(|word| phrase::is_listed(word, GROUPS)) && lower != "on-call"
}

#[cfg(test)]
mod tests {
    use super::is_personal;
    use crate::rules::catalogue_tests::{codes, findings};

    #[test]
    fn pages_are_read_too() {
        let page = "+++\ntitle = \"About\"\n+++\nAsk @janeroe or @edge-team. `@code`\n";
        assert_eq!(codes(&findings(&[("content/pages/about.md", page)])), ["P007"]);
    }

    #[test]
    fn persons_are_told_apart_from_packages_and_groups() {
        for (handle, after) in [("@jane", " fixes"), ("@jane-roe", ":"), ("@Jane", ". Then"), ("@jr", ")")] {
            assert!(is_personal(handle, after), "{handle}{after}");
        }
        for (handle, after) in
            [("@acme", "/sdk"), ("@channel", ""), ("@edge-team", ""), ("@on-call", ""), ("@jane", ".example")]
        {
            assert!(!is_personal(handle, after), "{handle}{after}");
        }
    }
}
