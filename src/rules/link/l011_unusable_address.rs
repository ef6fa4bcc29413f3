//! L011: the address of a link is of a kind that no page has.

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::LinkUse;
use crate::rules::{Check, Library, Rule, link_target};
use crate::text::{LINK_SCHEMES, Suggestions, scheme};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L011",
    name: "unusable-address",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Form,
    summary: "The address of a link begins with something other than `https:`, `http:` or `mailto:`, or is incomplete.",
    why: "The page shows the words without a link. Other schemes do not work in every browser, and some run code.",
    remedy: "Link to a page, or put an address that readers copy between backticks: `ftp://…`.",
    wrong: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed ([log](ftp://example.org/edge.log)).",
    },
    right: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed ([log](https://example.org/edge.log)).",
    },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let reviews = library.reviews.iter().map(|review| (&review.path, &review.text, &review.links));
    let pages = library.pages.iter().map(|page| (&page.path, &page.text, &page.links));
    for (path, text, links) in reviews.chain(pages) {
        let mut findings = Findings::new(path);
        for link in links {
            check_link(link, text, &mut findings);
        }
        found.extend(findings.into_vec());
    }
}

fn check_link(link: &LinkUse, text: &str, findings: &mut Findings<'_>) {
    let address = link.destination.trim();
    let Some(scheme) = scheme(address) else { return };
    let (message, help) = match scheme.as_str() {
        "http" | "https" if has_host(address) => return,
        "mailto" if address.contains('@') => return,
        known if LINK_SCHEMES.contains(&known) => (
            format!("the address `{address}` is incomplete"),
            if known == "mailto" {
                "Write `mailto:team@example.org`.".to_owned()
            } else {
                format!("Write `{known}://…`.")
            },
        ),
        other => {
            let near = Suggestions::new(LINK_SCHEMES.into_iter().map(str::to_owned)).nearest(other).map(str::to_owned);
            let help = match near {
                Some(near) => format!("Did you mean `{near}:`?"),
                None => "Link to a page, or put the address between backticks.".to_owned(),
            };
            (format!("`{other}:` is no scheme that a link may have, so only its words are shown"), help)
        }
    };
    findings.add(&METADATA, link_target::place(link, text), message).help(help);
}

fn has_host(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::findings;
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    #[test]
    fn schemes_that_no_link_may_have_are_found() {
        let cases = [
            ("ftp://example.org/x", Some("Link to a page, or put the address between backticks.")),
            ("javascript:alert(1)", Some("Link to a page, or put the address between backticks.")),
            ("jav&#x61;script:x", Some("Link to a page, or put the address between backticks.")),
            ("data:text/html,x", Some("Link to a page, or put the address between backticks.")),
            ("ttps://example.org", Some("Did you mean `https:`?")),
            ("htp://example.org", Some("Did you mean `http:`?")),
            ("https:/example.org", Some("Write `https://…`.")),
            ("https://", Some("Write `https://…`.")),
            ("mailto:team", Some("Write `mailto:team@example.org`.")),
            ("https://example.org/a:b", None),
            ("HTTPS://example.org", None),
            ("mailto:team@example.org", None),
            ("//example.org/x", None),
            ("#a:b", None),
        ];
        for (address, expected) in cases {
            for link in [format!("[a]({address})"), format!("<a href=\"{address}\">a</a>"), format!("![a]({address})")]
            {
                let review = SAMPLE_REVIEW.replace("rule was removed.", &format!("rule was removed, {link}."));
                let found = findings(&[(SAMPLE_PATH, &review)]);
                let found = found.iter().find(|finding| finding.rule.code == "L011");
                assert_eq!(found.and_then(|finding| finding.help.as_deref()), expected, "{link}");
            }
        }
    }

    #[test]
    fn pages_are_read_too() {
        let page = "+++\ntitle = \"About\"\n+++\n[a](ftp://example.org/x)\n";
        let found = findings(&[("content/pages/about.md", page)]);
        let places: Vec<&str> = found.iter().map(|finding| finding.span.slice(page)).collect();
        assert_eq!(places, ["ftp://example.org/x"]);
    }
}
