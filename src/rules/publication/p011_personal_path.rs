//! P011: the path or prompt of a person's own machine stands in what will be published.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::pattern::Patterns;
use crate::rules::{Check, ReviewContext, Rule, passage, phrase};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Signed(&SIGNS, check)] };

static METADATA: Metadata = Metadata {
    code: "P011",
    name: "personal-path",
    level: Level::Advice,
    collected: Level::Advice,
    subject: Subject::Safety,
    summary: "A home folder or a shell prompt names a person or a machine.",
    why: "It shows who typed the command, and often the name of their computer as well.",
    remedy: "Write `~` for the home folder and `$` for the prompt.",
    wrong: Example::Edit { replace: "Rules ran", with: "The rule was in `/home/jroe/rules`. Rules ran" },
    right: Example::Edit { replace: "Rules ran", with: "The rule was in `~/rules`. Rules ran" },
};

/// What is looked for, and what says the same without a name.
const PATTERNS: [(&str, &str); 3] = [
    (r"(?:^|[^\w./-])(?<it>/(?:home|Users)/[A-Za-z][\w.-]*[\w-])", "~"),
    (r"(?i)\b(?<it>[A-Z]:\\+Users\\+[A-Za-z][\w-]*)", "%USERPROFILE%"),
    (r"(?m)^[ \t>]*(?<it>\[?[a-z_][\w.-]*@[A-Za-z0-9][\w.-]*(?::[~/][^\s$#]*| [^\s\]]+\])[ \t]?[$#])(?:[ \t]|$)", "$"),
];

/// The number of the pattern for prompts.
const PROMPT: usize = 2;

/// One of these stands in each.
const SIGNS: [&str; 4] = ["/home/", "/Users/", ":\\", "@"];

static FOUND: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::new(PATTERNS.map(|(pattern, _)| pattern)).with_signs(&SIGNS));

/// Accounts that no person has for their own, and names that stand for anybody.
const COMMON: &str = "\
    admin administrator airflow alma almalinux alpine ansible app appuser azureuser backup bitnami bot build builder \
    buildkite centos circleci ci cloud-user coder codespace container core debian default demo deploy deployer dev \
    developer docker drone ec2-user elasticsearch example fedora foo ftp gh-runner git gitea github gitlab gitpod grafana \
    guest hadoop home jenkins jovyan kafka linuxbrew mastodon me minecraft monitoring mongodb mysql nagios name nginx nixbld \
    node nobody nomad nonroot opc operator oracle oncall ops pi podman postgres prometheus public rabbitmq rails redis rocky \
    root runner service sftp shared solr spark sre steam student svc sysadmin system teamcity terraform test tester \
    tomcat travis ubuntu user username vagrant vault vscode web webapp worker www www-data you zookeeper";

/// Parts of a name by which it is a service and no person: `deploy-bot`, `svc_orders`.
const SERVICES: &str = "agent app bot build ci daemon deploy robot runner service srv svc system user worker";

/// One finding for each path or prompt, with all the places where it stands.
fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let mut found: BTreeMap<(String, usize), Vec<(Span, bool)>> = BTreeMap::new();
    for passage in passage::published(context) {
        for (range, number) in FOUND.find(&passage.text) {
            let words = &passage.text[range.clone()];
            if is_personal(words, number) {
                let place = (passage.place(range.clone()), passage.is_literal());
                found.entry((words.to_owned(), number)).or_default().push(place);
            }
        }
    }
    for ((words, number), places) in found {
        let what = if number == PROMPT { "the prompt of somebody's machine" } else { "somebody's home folder" };
        let times = if places.len() > 1 { format!(", {} times", places.len()) } else { String::new() };
        let instead = PATTERNS[number].1;
        let finding = findings.add(&METADATA, places[0].0, format!("`{words}` is {what}{times}"));
        finding.help(format!("Write `{instead}`."));
        if places.iter().all(|(_, is_literal)| *is_literal) {
            places.iter().for_each(|(span, _)| {
                finding.fix(*span, instead);
            });
        }
    }
}

fn is_personal(words: &str, number: usize) -> bool {
    if number == PROMPT {
        // The prompt of a common account names a machine all the same, unless that stands for any as well, or for one of
        // many that come and go.
        let (account, host) = words.trim_start_matches('[').split_once('@').unwrap_or((words, ""));
        let host = host.split([':', ' ']).next().unwrap_or(host);
        let stands_for_any = host.starts_with("host") || host.starts_with("local");
        return !(stands_for_any || is_common(account) && is_replaceable(host));
    }
    let account = words.rsplit(['/', '\\']).next().unwrap_or(words).to_lowercase();
    !is_common(&account)
}

fn is_common(account: &str) -> bool {
    phrase::is_listed(account, COMMON) || account.split(['-', '_', '.']).any(|part| phrase::is_listed(part, SERVICES))
}

/// Whether a host is a container or a pod: the beginning of an id, a name with a number or with the id of its set.
fn is_replaceable(host: &str) -> bool {
    let is_id = host.len() == 12 && host.chars().all(|c| c.is_ascii_hexdigit());
    let is_suffix = |end: &str| {
        end.chars().all(|c| c.is_ascii_digit()) || end.len() == 5 && end.chars().all(|c| c.is_ascii_alphanumeric())
    };
    is_id || host.rsplit_once('-').is_some_and(|(_, end)| !end.is_empty() && is_suffix(end))
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited};

    #[test]
    fn paths_and_prompts_of_persons_are_found() {
        let with = |code: &str| edited("Rules ran without", &format!("\n```\n{code}\n```\n\nRules ran without"));
        for code in ["ls /Users/jane.roe/x", "C:\\Users\\Jane\\x", "jane@janes-laptop:~/x$ ls", "[jane@edge-7 tmp]# ls"]
        {
            let found = with(code);
            assert_eq!(codes(&found), ["P011"], "{code}");
        }
        for code in ["ls /home/postgres/x", "ls /home/deploy-bot/x", "ls /home/svc_orders/x", "C:\\Users\\svc-build\\x"]
        {
            assert_eq!(codes(&with(code)), [""; 0], "{code}");
        }
        for code in ["root@3f2a1b4c5d6e:/app# ls", "postgres@db-0:/$ ls", "jovyan@hub-7649b9bf8-d769g:~$ ls"] {
            assert_eq!(codes(&with(code)), [""; 0], "{code}");
        }
        for code in ["root@janes-laptop:~# ls", "jane@db-0:/$ ls"] {
            assert_eq!(codes(&with(code)), ["P011"], "{code}");
        }
        for code in ["ls /home/runner/x", "/home/", "https://acme.org/home/jane", "user@host:~$ ls", "a $ b", "~/x"] {
            assert_eq!(codes(&with(code)), [""; 0], "{code}");
        }
    }
}
