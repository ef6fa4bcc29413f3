//! L005: a link leads to a page by `http`.

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, link_target, phrase};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "L005",
    name: "unencrypted-link",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Quality,
    summary: "A link begins with `http://`.",
    why: "Anyone on the network path can read what the reader reads, and change it. A source that can be changed on \
          the way proves little.",
    remedy: "Try the address with `https://`. Keep it if the page works in no other way.",
    wrong: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed, see the [status post](http://example.org/status/42).",
    },
    right: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed, see the [status post](https://example.org/status/42).",
    },
};

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let review = context.review;
    let text = &context.document.source.text;
    let mut report = |address: &str, place: Span| {
        if is_unencrypted(address) {
            findings.add(&METADATA, place, format!("`{address}` is not encrypted"));
        }
    };
    for reference in &review.references {
        report(&reference.url.value, phrase::inside_quotes(reference.url.span, text));
    }
    for link in review.actions.iter().filter_map(|action| action.link.as_ref()) {
        report(&link.value, phrase::inside_quotes(link.span, text));
    }
    for link in &review.links {
        report(&link.destination, link_target::place(link, text));
    }
}

/// Whether `address` leads over a network without encryption. One on the reader's own machine, or an example, does not.
fn is_unencrypted(address: &str) -> bool {
    let Some(rest) = address.get(..7).filter(|start| start.eq_ignore_ascii_case("http://")).map(|_| &address[7..])
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or(host);
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    // Names without a dot, and these endings, do not exist in the public network. Onion services encrypt by themselves.
    let is_own = ["localhost", "127.", "192.168.", "10.", "0.0.0.0"].iter().any(|own| host.starts_with(own));
    let is_private = [".local", ".internal", ".localhost", ".test", ".onion"].iter().any(|end| host.ends_with(end));
    host.contains('.') && !is_own && !is_private
}

#[cfg(test)]
mod tests {
    use super::is_unencrypted;

    #[test]
    fn names_of_a_private_network_need_no_encryption() {
        for public in ["http://example.org", "HTTP://status.example.org:8080/x", "http://example.org./"] {
            assert!(is_unencrypted(public), "{public}");
        }
        for own in ["http://api.svc.cluster.local./x", "http://api.PROD.internal/", "http://127.0.0.1/", "http://db/"] {
            assert!(!is_unencrypted(own), "{own}");
        }
    }
}
