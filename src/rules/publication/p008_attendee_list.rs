//! P008: a list of the persons who took part stands in what will be published.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::document::Document;
use crate::rules::{Check, Library, ReviewContext, Rule, person, phrase};
use crate::table::Entry;
use crate::text::Span;

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Review(check), Check::Library(check_pages)] };

static METADATA: Metadata = Metadata {
    code: "P008",
    name: "attendee-list",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Safety,
    summary: "Attendees, participants or responders are listed by name or by initials.",
    why: "Everyone who knows the team recognises initials. Readers elsewhere learn nothing from them, and the people \
          named cannot undo it.",
    remedy: "Write teams or roles under `participants` in the front matter, and keep the names in an internal block.",
    wrong: Example::Edit {
        replace: "## What went well",
        with: "**Attendees:** Jane Roe, Ali Kaya\n\n## What went well",
    },
    right: Example::Edit {
        replace: "## What went well",
        with: "**Attendees:** the edge team, Support\n\n## What went well",
    },
};

/// A heading or a label, and what stands behind it on its line.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?mi)^[ \t]*(?:[-*+][ \t]+|\|[ \t]*|#{1,6}[ \t]+(?:[\d.]+[ \t]*)?)?[*_]{0,3}(?:(?:incident|meeting|review|key)[ \t]+)?(?:attendees|participants|responders|present|involved[ \t](?:parties|people|persons)|(?:parties|people|persons)[ \t]involved|facilitators?|(?:incident[ \t])?commanders?|incident[ \t]leads?|authors?|scribes?)[*_]{0,3}[ \t]*(?<mark>:[*_]{0,3}|\||$)(?<rest>[^\n]*)",
    )
    .expect("a regular expression")
});

/// "Jane Roe", "Jane R.", "J. Roe", "JR", "@jane".
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\p{Lu}\p{Ll}+(?:[ -]\p{Lu}(?:\p{Ll}+|\.)){1,2}|\p{Lu}\.[ ]\p{Lu}\p{Ll}+|\p{Lu}{2,3}|@[\w-]+)$")
        .expect("a regular expression")
});

/// Words that teams and roles are named by, and abbreviations that are no initials.
const ROLES: &str = "\
    all api app ceo cio ciso commander comms communications core cto customer data database dba desk developer \
    developers devops edge engineer engineering engineers finance group hr ic infra infrastructure it lead legal \
    manager network none oncall operations ops owner payments platform pr product qa reliability security soc \
    sre support team";

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    report(&context.document.published, context.document.front.body, findings);
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    for page in library.pages {
        let mut findings = Findings::new(&page.path);
        report(&page.text, page.body, &mut findings);
        found.extend(findings.into_vec());
    }
}

/// The names in the lists of a review, those of authors in its front matter among them.
pub(in crate::rules) fn listed_persons(document: &Document) -> Vec<String> {
    let text: &str = &document.published;
    let in_body = lists(text, document.front.body).into_iter().flatten().map(|name| name.slice(text).to_owned());
    let authors = ["author", "authors"].into_iter().filter_map(|key| document.front.table.get(key));
    // Some programs have tables of authors: a name, an address, a picture.
    let is_name = |key: &str| ["author", "authors", "name"].contains(&key);
    let authors = authors.flat_map(Entry::leaves).filter(|(key, _)| is_name(key));
    let authors = authors.filter_map(|(_, value)| value.kind.text());
    let in_front =
        authors.flat_map(|line| names(Span::new(0, line.len()), line).into_iter().map(|name| name.slice(line)));
    in_body.chain(in_front.map(str::to_owned)).collect()
}

fn report(text: &str, body: Span, findings: &mut Findings<'_>) {
    for names in lists(text, body) {
        if let (Some(first), Some(last)) = (names.first(), names.last()) {
            let what = if names.len() == 1 { "a person is".to_owned() } else { format!("{} persons are", names.len()) };
            findings.add(&METADATA, Span::new(first.start, last.end), format!("{what} listed by name or initials"));
        }
    }
}

/// The names behind each label.
fn lists(text: &str, body: Span) -> Vec<Vec<Span>> {
    let mut lists = Vec::new();
    for label in LABEL.captures_iter(body.slice(text)) {
        let (Some(whole), Some(mark), Some(rest)) = (label.get(0), label.name("mark"), label.name("rest")) else {
            continue;
        };
        let is_heading = whole.as_str().trim_start().starts_with('#');
        if mark.is_empty() && !is_heading {
            continue;
        }
        let same_line = Span::new(body.start + rest.start(), body.start + rest.end());
        let list = if same_line.slice(text).trim().is_empty() { next_block(text, same_line.end) } else { same_line };
        lists.push(names(list, text));
    }
    lists
}

/// The lines after `from` up to the next blank one or heading, a blank line at the beginning left out.
fn next_block(text: &str, from: usize) -> Span {
    let start = text.len() - text[from..].trim_start_matches(['\n', ' ', '\t']).len();
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim().is_empty() || line.starts_with('#') {
            break;
        }
        end += line.len();
    }
    Span::new(start, end)
}

/// The entries of a list, divided by commas, lines and "and", that are names or initials.
fn names(list: Span, text: &str) -> Vec<Span> {
    let mut names = Vec::new();
    let slice = list.slice(text);
    for entry in slice.split([',', '\n', '|', ';', '/', '&']).flat_map(|entry| entry.split(" and ")) {
        let is_markup = |c: char| c.is_whitespace() || "-*+_[]()`:.".contains(c);
        let name = entry.split(['(', ':', '–', '—']).next().unwrap_or(entry).trim_matches(is_markup);
        let is_role = name.split([' ', '-']).any(|word| phrase::is_listed(&word.to_lowercase(), ROLES));
        if (NAME.is_match(name) || person::is_given_name(name)) && !is_role {
            let start = list.start + (name.as_ptr() as usize - slice.as_ptr() as usize);
            names.push(Span::new(start, start + name.len()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited, findings};

    #[test]
    fn pages_are_read_too() {
        let page = "+++\ntitle = \"About\"\n+++\n**Facilitators:** Jane Roe, Ali Kaya\n";
        assert_eq!(codes(&findings(&[("content/pages/about.md", page)])), ["P008"]);
    }

    #[test]
    fn names_are_told_apart_from_roles() {
        let with = |list: &str| edited("## What went well", &format!("{list}\n\n## What went well"));
        for list in [
            "## Attendees\n\n- AN, SD, MH",
            "Participants: J. Roe",
            "__Responders__: Jane Roe (edge)",
            "**Authors:** Priya",
        ] {
            assert_eq!(codes(&with(list)), ["P008"], "{list}");
        }
        for list in [
            "## Involved parties\n\nData Platform team: people who work on data.",
            "Responders: SRE, Network Operations and Support",
            "Participants agreed to repeat the exercise.",
            "## Attendees\n\n- Edge Platform\n- Support",
        ] {
            assert_eq!(codes(&with(list)), [""; 0], "{list}");
        }
    }
}
