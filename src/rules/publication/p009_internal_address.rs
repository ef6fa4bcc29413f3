//! P009: an address or name from inside a network stands in what will be published.

use std::sync::LazyLock;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::pattern::Patterns;
use crate::rules::{Check, ReviewContext, Rule, passage, phrase};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "P009",
    name: "internal-address",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Safety,
    summary: "A private IP address, or the internal name of a host or a machine, would be published.",
    why: "It shows outsiders how the network is built, and tells other readers nothing.",
    remedy: "Write what the machine does: \"a database server\", \"one of the nodes\".",
    wrong: Example::Edit { replace: "Rules ran", with: "It began on `edge-7.prod.internal`. Rules ran" },
    right: Example::Edit { replace: "Rules ran", with: "It began on an edge server. Rules ran" },
};

const ADDRESSES: [(&str, &str); 7] = [
    ("a private address", r"(?:^|[^\w.])(?<it>(?:10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])|192\.168)(?:\.\d{1,3}){2})\b"),
    ("a private address", r"(?i)(?:^|[^\w:])(?<it>f[cd][0-9a-f]{2}:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{1,4})\b"),
    ("the name of an instance", r"\bi-(?:[0-9a-f]{17}|[0-9a-f]{8})\b"),
    ("the name of a node", r"\bip-\d{1,3}(?:-\d{1,3}){3}(?:\.[\w-]+)*\b"),
    ("the name of a node", r"\bgke-[a-z0-9-]+-[0-9a-f]{8}-[a-z0-9]{4}\b"),
    ("the name of a node", r"\baks-[a-z0-9]+-\d{8}-(?:vmss[0-9a-z]{6}|\d+)\b"),
    (
        "an internal host name",
        r"(?i)(?:^|[^\w./@$-])(?<it>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.(?:internal|intranet|local|corp|lan))\b",
    ),
];

/// Names that are the same everywhere, or that name software and no host.
const COMMON: &str = "\
    cluster.local default.svc.cluster.local env.local gateway.docker.internal host.docker.internal \
    kubernetes.default.svc.cluster.local metadata.google.internal svc.cluster.local this.local thread.local";

/// Whole ranges, which every textbook has.
const RANGES: &str = "\
    10.0.0.0 172.16.0.0 192.168.0.0 192.168.1.1";

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(ADDRESSES.map(|(_, pattern)| pattern)));

/// One finding a review: a log may hold a hundred of them.
fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let mut first: Option<(Span, String)> = None;
    let mut count = 0;
    // Hardly any review has one, and one search through the file is sooner done than one through each string of it.
    if !passage::may_have(context, &PATTERNS) {
        return;
    }
    for passage in passage::published(context) {
        for (range, number) in PATTERNS.find(&passage.text) {
            let (name, after) = (&passage.text[range.clone()], &passage.text[range.end..]);
            if is_internal(name, after) {
                count += 1;
                first.get_or_insert_with(|| {
                    (passage.place(range.clone()), format!("`{name}` is {}", ADDRESSES[number].0))
                });
            }
        }
    }
    if let Some((span, message)) = first {
        let more = match count {
            1 => String::new(),
            2 => ", and another one follows".to_owned(),
            _ => format!(", and {} more follow", count - 1),
        };
        findings.add(&METADATA, span, message + &more);
    }
}

fn is_internal(name: &str, after: &str) -> bool {
    let goes_on = |c: char| after.strip_prefix(c).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
    let octets_fit = !name.starts_with(|c: char| c.is_ascii_digit())
        || name.contains(|c: char| c.is_ascii_alphabetic())
        || name.split('.').all(|octet| octet.parse::<u8>().is_ok());
    let lower = name.to_lowercase();
    octets_fit
        && !goes_on('.')
        && !goes_on('-')
        && !after.starts_with(['(', '_'])
        && !phrase::is_listed(&lower, COMMON)
        && !phrase::is_listed(name, RANGES)
}

#[cfg(test)]
mod tests {
    use super::{PATTERNS, is_internal};

    fn count(text: &str) -> usize {
        let found = PATTERNS.find(text).into_iter();
        found.filter(|(range, _)| is_internal(&text[range.clone()], &text[range.end..])).count()
    }

    #[test]
    fn private_names_are_told_apart_from_public_ones() {
        for text in [
            "10.1.2.3",
            "(172.20.0.7)",
            "at 192.168.4.20:8080.",
            "fd12:3456:789a::1",
            "i-0abc1234def567890",
            "ip-10-0-32-54.eu-west-1.compute.internal",
            "gke-main-default-pool-0a1b2c3d-x9y8",
            "db.acme.corp",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
        for text in [
            "110.1.2.3",
            "172.32.0.1",
            "8.8.8.8",
            "10.0.0.0/8",
            "v10.1.2.3",
            "10.999.1.1",
            "10.1.2.3.4",
            "kubernetes.default.svc.cluster.local",
            "config.local.yaml",
            ".env.local",
            "internal",
            "face:fd",
            "api.internal.handler",
            "https://acme.org/setup.local",
            "i-want-that",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
    }
}
