//! P006: the e-mail address of a person stands in what will be published.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::{Check, ReviewContext, Rule, passage, phrase};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "P006",
    name: "personal-email",
    level: Level::Error,
    collected: Level::Warning,
    subject: Subject::Safety,
    summary: "The e-mail address of a person would be published.",
    why: "It links a person to an incident for as long as the page exists, and brings them unwanted mail. They did \
          not agree to that by helping in a response.",
    remedy: "Write the role or the team instead, or the address of a shared mailbox such as `security@…`.",
    wrong: Example::Edit { replace: "The first page", with: "The page went to jane.roe@acme-edge.org. The first page" },
    right: Example::Edit { replace: "The first page", with: "The page went to oncall@acme-edge.org. The first page" },
};

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b[a-z0-9][a-z0-9._%+-]*@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24}\b").expect("a regular expression")
});

/// Mailboxes that belong to a role, and names that stand for anybody: one of the words of the local part.
const ROLES: &str = "\
    abuse accounting accounts admin administrator admins affiliates alert alerts announce announcements appeals \
    automation backups bill billing board bookings bot bots bounce bounces bugs build business careers cert certs ci \
    committee community compliance conduct conference contact contracts copyright core council csirt customercare \
    customers cve daemon data datenschutz dependabot deploy design desk dev developers devops directors disclosure \
    discuss dmarc dmca dns domains donate donation donations donors dpo ec2 editor editorial editors education \
    emergency engineering enquiries enterprise ethics events facilities feedback finance foo foundation fraud \
    fundraising gdpr git grants hackathon hello help helpdesk hg hiring hostmaster hr incident incidents info infra \
    infosec infrastructure inquiries instr instructors integrations investors invoice invoices it jobs kontakt legal \
    letters library licensing list listserv lists mail mailer mailman maintainers majordomo management marketing media \
    member members membership memberships moderators network networks news newsletter no nobody noc noreply \
    notifications notify office oncall onboarding operations ops order orders organisers organizers outages owner \
    pagerduty partner partners partnerships payments payroll phishing platform postmaster pr press privacy procurement \
    product products projects psirt purchasing recruiting recruitment refunds registrar registration releases reply \
    report reports research returns risk root safety sales secops secretariat secretary security server servers service \
    servicedesk services shop soc sponsor sponsors sponsorship sre staff status stipends store subscribe subscriptions \
    suggestions suppliers support sysadmin sysadmins system systems talent team teams tech ticket ticketing tickets \
    trademark training travel treasurer trust ubuntu unsubscribe updates user users vendors volunteer volunteers \
    vulnerabilities vulnerability web webteam welcome";
const ANYBODY: &str = "\
    example name somebody someone test username webmaster www xyz you";

/// Ends of names that are no domain: units of systemd, files, hosts of a network of one's own.
const NO_DOMAINS: &str = "\
    corp css gif internal jpg js json lan local localdomain lock mount png service slice socket svg target timer \
    webp yaml";

/// Domains whose addresses reach no person, or many.
const OPEN_DOMAINS: &str = "\
    amazonaws.com example example.com example.net example.org googlegroups.com gserviceaccount.com invalid \
    noreply.github.com noreply.gitlab.com test";

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for passage in passage::published(context) {
        for range in addresses(&passage.text) {
            let address = &passage.text[range.clone()];
            let lower = address.to_lowercase();
            if !context.policy.mailboxes.contains(&lower) && seen.insert(lower) {
                let domain = address.split_once('@').map_or("", |(_, domain)| domain);
                findings
                    .add(&METADATA, passage.place(range.clone()), format!("`{address}` is the address of a person"))
                    .help(format!("Write the role, such as \"the on-call engineer\". If it is a shared mailbox, use one whose name says so, such as `team@{domain}`, or list it under `mailboxes` in casebook.toml."));
            }
        }
    }
}

fn addresses(text: &str) -> Vec<Range<usize>> {
    if !text.contains('@') {
        return Vec::new();
    }
    let matches = ADDRESS.find_iter(text).map(|found| found.range());
    matches.filter(|range| is_personal(&text[range.clone()]) && is_mail(text, range)).collect()
}

fn is_personal(address: &str) -> bool {
    let lower = address.to_lowercase();
    let Some((local, domain)) = lower.split_once('@') else { return false };
    let local = local.split('+').next().unwrap_or(local);
    let mut words = local.split(|c: char| !c.is_ascii_alphabetic());
    let is_shared = words.any(|word| phrase::is_listed(word, ROLES) || phrase::is_listed(word, ANYBODY));
    let is_open = OPEN_DOMAINS
        .split_ascii_whitespace()
        .any(|open| domain.strip_suffix(open).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    let end = domain.rsplit('.').next().unwrap_or(domain);
    let labels = domain.split('.');
    let is_list = labels.clone().any(|label| label == "lists");
    let is_version = labels.clone().take(2).all(|label| label.starts_with(|c: char| c.is_ascii_digit()));
    !is_shared && !is_open && !is_list && !is_version && !phrase::is_listed(end, NO_DOMAINS)
}

/// Whether mail is meant: not the user of an address, of a login or of a copy to another host.
fn is_mail(text: &str, range: &Range<usize>) -> bool {
    let near = phrase::tail_of_any(&text[..range.start], 2_000);
    let before = near.rsplit(|c: char| c.is_whitespace() || "<>()[]\"'`".contains(c)).next();
    let before = before.unwrap_or("");
    let after = &text[range.end..];
    let is_path = after.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
    let is_login = text[..range.start].trim_end().ends_with("ssh");
    let is_part = before.contains("://") || (before.ends_with([':', '/', '@']) && !before.ends_with("mailto:"));
    !is_part && !is_path && !is_login
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn persons_are_told_apart_from_roles_and_from_what_is_no_mail() {
        for text in
            ["Jane <jane.roe@acme.org>", "[Jane](mailto:jroe@acme.co.uk)", "jane_roe+x@acme-2.io.", "me@janeroe.org"]
        {
            assert_eq!(addresses(text).len(), 1, "{text}");
        }
        for text in [
            "sponsors@acme.org, donations@acme.org, tickets@acme.org, product-security@acme.org, board@acme.org",
            "security@acme.org, no-reply@acme.org, sre-oncall@acme.org, team+edge@acme.org",
            "jane@example.org, jane@mail.example.com, jane@acme.test",
            "12345+jane@users.noreply.github.com",
            "https://jane:pw@acme.org/x and https://jane@acme.org/x",
            "git@github.com:acme/edge.git, jane@host.acme.org:/srv/x, ssh jane@host.acme.org",
            "sshd@10-0-0-1.service, logo@2x.png, left-pad@1.3.0-beta.next, https://medium.example/@jane.roe",
        ] {
            assert!(addresses(text).is_empty(), "{text}");
        }
    }
}
