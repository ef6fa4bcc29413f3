//! P010: a link leads to where only members can go.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::LinkUse;
use crate::rules::passage::{self, Passage};
use crate::rules::pattern::Patterns;
use crate::rules::{Check, Library, ReviewContext, Rule, link_target};

pub(super) static RULE: Rule = Rule {
    metadata: &METADATA,
    checks: &[Check::Signed(&SIGNS, check_places), Check::Review(check_own_machine), Check::Library(check_pages)],
};

static METADATA: Metadata = Metadata {
    code: "P010",
    name: "internal-link",
    level: Level::Warning,
    collected: Level::Advice,
    subject: Subject::Safety,
    summary: "A link leads to a chat archive, an internal document, a console or a dashboard.",
    why: "Readers see a login page, and the address shows outsiders which tools, accounts and channels you use. If a \
          document is shared by its link, anyone who finds the link here can open it.",
    remedy: "Say in a sentence what is there, or publish it beside the review. The link itself can go into an \
             internal block.",
    wrong: Example::Edit {
        replace: "rule was removed.",
        with: "rule was [removed](https://acme-edge.slack.com/archives/C024BE91L/p1709561280).",
    },
    right: Example::Edit {
        replace: "rule was removed.",
        with: "rule was [removed](https://slack.com/help/articles/1).",
    },
};

const PLACES: [(&str, &str); 13] = [
    ("a chat archive", r"(?i)https?://(?:[\w-]+\.)*(?:slack\.com/archives/|slack\.com/client/)[^\s)>\]\x22']*"),
    ("a chat archive", r"(?i)https?://(?:(?:ptb|canary)\.)?discord(?:app)?\.com/channels/[^\s)>\]\x22']*"),
    ("a chat archive", r"(?i)https?://(?:app\.slack\.com|teams\.microsoft\.com)/[^\s)>\]\x22']*"),
    ("a document of an account", r"(?i)https?://(?:docs|drive)\.google\.com/[^\s)>\]\x22']*"),
    ("a document of an account", r"(?i)https?://(?:www\.)?notion\.so/[^\s)>\]\x22']*"),
    ("a document of an account", r"(?i)https?://[\w-]+\.sharepoint\.com/[^\s)>\]\x22']*"),
    ("an internal wiki", r"(?i)https?://[\w-]+\.atlassian\.net/wiki/[^\s)>\]\x22']*"),
    ("a console", r"(?i)https?://(?:[\w-]+\.)*console\.(?:aws\.amazon|cloud\.google)\.com[^\s)>\]\x22']*"),
    ("a console", r"(?i)https?://portal\.azure\.com[^\s)>\]\x22']*"),
    // Many projects show their Grafana to everybody. A name that says for whom it is leaves no doubt.
    (
        "a dashboard",
        r"(?i)https?://(?:[\w-]+\.)*(?:grafana|prometheus)(?:-[\w-]+)?\.(?:[\w-]+\.)*(?:corp|internal|int|intra|intranet|lan|local|ops|priv|private|vpn)\.?(?:[\w.-]+)?[^\s)>\]\x22']*",
    ),
    ("a dashboard", r"(?i)https?://(?:[\w-]+\.)*kibana(?:-[\w-]+)?\.[\w-]+\.[\w.-]+[^\s)>\]\x22']*"),
    ("a dashboard", r"(?i)https?://(?:[\w-]+\.grafana\.net|app\.datadoghq\.(?:com|eu))/[^\s)>\]\x22']*"),
    ("a dashboard", r"(?i)https?://[\w-]+\.pagerduty\.com/[^\s)>\]\x22']*"),
];

/// One of these stands in each.
const SIGNS: [&str; 16] = [
    "slack.com/",
    ".com/channels/",
    "teams.microsoft.com/",
    "docs.google.com/",
    "drive.google.com/",
    "notion.so/",
    ".sharepoint.com/",
    ".atlassian.net/wiki/",
    "console.aws.amazon.com",
    "console.cloud.google.com",
    "portal.azure.com",
    "grafana",
    "prometheus",
    "kibana",
    "app.datadoghq.",
    ".pagerduty.com/",
];

static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new(PLACES.map(|(_, pattern)| pattern)).with_signs(&SIGNS));

/// What is open to everybody: forms, documents published to the web or shared for reading, public dashboards, and the makers'
/// own pages.
const OPEN: [&str; 13] = [
    "docs.google.com/forms/",
    "/view?usp=sharing",
    "/view?usp=share_link",
    "/view?usp=drive_link",
    ".grafana.net/public-dashboards/",
    ".grafana.net/dashboard/snapshot/",
    "/pub",
    "grafana.github.io",
    "grafana.com/",
    "support.pagerduty.com",
    "developer.pagerduty.com",
    "www.pagerduty.com",
    "status.pagerduty.com",
];

fn check_places(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    report_places(passage::published(context), findings);
}

fn check_own_machine(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    report_own_machine(&context.review.links, &context.review.text, findings);
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    for (page, (path, passage)) in library.pages.iter().zip(passage::of_pages(library)) {
        let mut findings = Findings::new(path);
        report_places(&[passage], &mut findings);
        report_own_machine(&page.links, &page.text, &mut findings);
        found.extend(findings.into_vec());
    }
}

fn report_places(passages: &[Passage<'_>], findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for passage in passages {
        for (range, number) in PATTERNS.find_in_words(&passage.text, |word| word.contains("://")) {
            let address = passage.text[range.clone()].trim_end_matches(['.', ',', ';']);
            if !OPEN.iter().any(|open| address.contains(open)) && seen.insert(address.to_owned()) {
                let place = passage.place(range.start..range.start + address.len());
                findings.add(&METADATA, place, format!("this leads to {}", PLACES[number].0));
            }
        }
    }
}

/// Links, and not addresses in code: there, one on one's own machine is part of a command.
fn report_own_machine(links: &[LinkUse], text: &str, findings: &mut Findings<'_>) {
    for link in links {
        let address = link.destination.to_lowercase();
        let rest = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or("");
        if rest.starts_with("localhost") || rest.starts_with("127.0.0.1") {
            findings.add(&METADATA, link_target::place(link, text), "this leads to the reader's own machine");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited, findings};

    #[test]
    fn pages_are_read_too() {
        let page = "+++\ntitle = \"About\"\n+++\n[Board](https://grafana.corp.acme.org/d/abc) [here we are](http://localhost:3000/x)\n";
        assert_eq!(codes(&findings(&[("content/pages/about.md", page)])), ["P010", "P010"]);
    }

    #[test]
    fn what_is_open_to_everybody_is_no_internal_link() {
        let with = |address: &str| edited("until the rule was removed.", &format!("until [then]({address})."));
        for address in [
            "https://docs.google.com/document/d/1a2B3c/edit",
            "https://acme.atlassian.net/wiki/spaces/OPS",
            "https://grafana.internal.acme.org/d/abc",
            "https://grafana.ops.acme.org",
            "https://acme.grafana.net/d/abc",
            "https://kibana.acme.org/app/discover",
            "https://drive.google.com/file/d/1a2B3c/edit?usp=sharing",
            "https://eu-west-1.console.aws.amazon.com/ec2",
            "http://localhost:3000/x",
        ] {
            assert_eq!(codes(&with(address)), ["P010"], "{address}");
        }
        for address in [
            "https://docs.google.com/forms/d/e/1FAIp/viewform",
            "https://grafana.com/docs/grafana/latest/",
            "https://grafana.acme.org/d/abc?orgId=1",
            "https://acme.grafana.net/public-dashboards/1a2b",
            "https://drive.google.com/file/d/1a2B3c/view?usp=sharing",
            "https://aws.amazon.com/message/12721/",
            "https://github.com/localhost/x",
        ] {
            assert_eq!(codes(&with(address)), [""; 0], "{address}");
        }
    }
}
