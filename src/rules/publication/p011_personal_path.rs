//! P011: the path or prompt of a person's own machine stands in what will be published.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::rules::pattern::Patterns;
use crate::rules::{Check, ReviewContext, Rule, passage, phrase};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

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

static FOUND: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(PATTERNS.map(|(pattern, _)| pattern)));

/// Accounts that no person has for their own, and names that stand for anybody.
const COMMON: &str = "\
    admin app circleci coder core debian deploy ec2-user git gitlab gitpod jenkins jovyan me name node public \
    root runner shared ubuntu user username vagrant vscode www-data you";

/// One finding for each path or prompt, with all the places where it stands.
fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let mut found: BTreeMap<(String, usize), Vec<(Span, bool)>> = BTreeMap::new();
    for passage in passage::published(context) {
        if !passage.text.contains(['/', '\\', '@']) {
            continue;
        }
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
        // The prompt of a common account names a machine all the same, unless that stands for any as well.
        return !words.contains("@host") && !words.contains("@local");
    }
    let account = words.rsplit(['/', '\\']).next().unwrap_or(words).to_lowercase();
    !phrase::is_listed(&account, COMMON)
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
        for code in ["ls /home/runner/x", "/home/", "https://acme.org/home/jane", "user@host:~$ ls", "a $ b", "~/x"] {
            assert_eq!(codes(&with(code)), [""; 0], "{code}");
        }
    }
}
