//! P019: a review that will be published says that it is a draft, or not for the public.

use std::sync::LazyLock;

use regex::Regex;

use super::visibility_key::{is_ahead, key_against_readers};
use crate::diagnostic::{Example, Findings, Level, Metadata, Subject};
use crate::model::{Status, Tlp};
use crate::rules::{Check, ReviewContext, Rule};
use crate::text::Span;

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Review(check)] };

static METADATA: Metadata = Metadata {
    code: "P019",
    name: "marked-as-not-public",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "A review that will be published says that it is a draft, or not for the public.",
    why: "Whoever wrote this line wanted fewer readers than a public site has. What was published once cannot be taken \
          back, and nobody but the authors knows whether the line still holds.",
    remedy: "If it still holds, write `status = \"draft\"` or the right `tlp` in the front matter, or put the passage \
             between `<!-- internal -->` and `<!-- /internal -->`. If it no longer does, delete it, or allow it with \
             the reason.",
    wrong: Example::Edit { replace: "## Summary\n\nA new", with: "## Summary\n\n*Internal only.* A new" },
    right: Example::Edit { replace: "## Summary\n\nA new", with: "## Summary\n\nAn internal tool showed it: a new" },
};

/// Lines that say it, without the marks of headings, quotations and bold words around them.
static LINES: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r#"tlp[\s:="']{0,5}(?:tlp[\s:]{1,2})?(?:red|amber|green)\b"#,
        r"(?:draft|wip|work in progress|for internal use|internal(?: use)? only|internal|company[- ]confidential|(?:strictly )?confidential|private)(?: only)?\W*$",
        r"(?:internal(?: use)? only|for internal use(?: only)?|strictly confidential|confidential|draft)\W{0,3}(?:[.!:]|[—–]| - )",
        r"not (?:yet )?for (?:publication|the public|external|distribution|public)\b",
        r"do not (?:share|publish|distribute|forward|circulate)(?:\W*$| (?:this|it|outside|externally|beyond|further)\b)",
        r"(?:classification|confidentiality|visibility|audience|distribution|sensitivity|sharing)\W{1,6}(?:internal|confidential|private|restricted|secret|staff|employees|company|team only|need.to.know|non.?public|not public|tlp\W{0,3}(?:red|amber|green))\b",
    ];
    Regex::new(&format!("(?i)^(?:{})", forms.join("|"))).expect("a regular expression")
});

/// Headings above what is for few.
static HEADINGS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:internal|private|confidential)(?: only)?(?: (?:notes?|discussion|section|appendix|details|comments?))?|\W*(?:draft|wip)\s*(?:[\])}:—–]|- ).*|.*[\[(](?:draft|wip)[\])].*)$")
        .expect("a regular expression")
});

/// What heads a review that is not ready.
static UNREADY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:document |review )?(?:status|state)\W{1,6}(?:draft|wip|work in progress|in review|under review|unpublished|not published|not final)|draft\W{1,6}(?:true|yes)|(?:published|public)\W{1,6}(?:false|no))\b")
        .expect("a regular expression")
});

/// Lines above the first section that decide it as front matter does, or hold what is never published, wherever they stand:
/// in code, in a heading of several lines, between lines across the page.
static KEYS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)^["']?(?:tlp["']?\s*(?:=|:\s|:["'])\s*["']?(?:tlp:)?(?:red|amber|green)|status["']?\s*[:=]\s*["']?draft|draft["']?\s*[:=]\s*true|published["']?\s*[:=]\s*false)\b|^["']?(?-i:internal)["']?\s*[:=]|^\[internal\]"#)
        .expect("a regular expression")
});

/// A day until which few may read it.
static EMBARGO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:embargo(?:ed)?(?: until| date)?|not (?:to be published )?before|publish(?:ed)?(?: on| after| date)?|release date)\W{1,6}(\d.{5,30})$")
        .expect("a regular expression")
});

/// Comments of other programs, which are text here.
static COMMENTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)(\{/\*|\{%-?\s*comment\b)|(?:^|\s)(%%[^%\n]*\s[^%\n]*%%)|^[ \t]*(%%)[^%\n]*$")
        .expect("a regular expression")
});

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    let is_clear = context.review.tlp.as_ref().is_some_and(|tlp| tlp.value == Tlp::Clear);
    if !is_clear || context.is_one_of(&[Status::Draft]) || context.review.status.is_none() {
        return;
    }
    for entry in &context.document.front.table.entries {
        if let Some(key) = key_against_readers(entry, &context.document.source.text, context.policy.today) {
            let message = format!("`{key}` says that not everyone may read it, and nothing goes by that key");
            findings.add(&METADATA, entry.key_span, message);
        }
    }
    let (text, outline) = (&context.document.published, &context.document.outline);
    let is_prose = |at: usize| {
        let after = outline.prose.partition_point(|piece| piece.start <= at);
        after > 0 && at < outline.prose[after - 1].end
    };
    for line in marked_lines(context) {
        let words = line.slice(text);
        findings.add(&METADATA, line, format!("\"{}\" stands in a review that will be published", words.trim()));
    }
    let body = context.review.body.slice(text);
    // Most texts have no sign of one.
    let may_comment = ["{/*", "{%", "%%"].iter().any(|sign| body.contains(sign));
    let comments = may_comment.then(|| COMMENTS.captures_iter(body)).into_iter().flatten();
    for found in comments.filter_map(|found| found.iter().skip(1).flatten().next()) {
        let place = Span::from(found.range()).shifted(context.review.body.start);
        if is_prose(place.start) {
            let help = "Write `<!-- … -->`, which is left out, or delete it.";
            findings.add(&METADATA, place, "a comment of another program is text here, and readers see it").help(help);
        }
    }
}

/// The lines of running text and headings that say that the text is for few.
fn marked_lines(context: &ReviewContext<'_>) -> Vec<Span> {
    let document = context.document;
    let text = &document.published;
    let mut marked = Vec::new();
    for heading in &document.outline.headings {
        let words = heading.text.trim();
        if HEADINGS.is_match(words) || LINES.is_match(words) {
            marked.push(heading.span);
        }
    }
    let head_end = document.sections.iter().find(|section| section.kind.is_some());
    let head_end = head_end.map_or(usize::MAX, |section| section.content.start);
    let blocks = document.outline.paragraphs.iter().chain(&document.outline.quotations).copied();
    let mut blocks: Vec<Span> = blocks.collect();
    blocks.extend(document.outline.items.iter().filter(|item| item.span.start < head_end).map(|item| item.span));
    blocks.extend(document.outline.rows.iter().filter(|row| row.span.start < head_end).map(|row| row.span));
    let heads =
        document.outline.tables.iter().filter_map(|cells| Some(Span::new(cells.first()?.start, cells.last()?.end)));
    blocks.extend(heads.filter(|head| head.start < head_end));
    for block in blocks {
        let mut start = block.start;
        for line in block.slice(text).split_inclusive('\n') {
            let words = line.trim().trim_matches(['>', '*', '_', '-', '+', ' ', '|', '\\']);
            let is_marked = LINES.is_match(words)
                || start < head_end && UNREADY.is_match(words)
                || EMBARGO.captures(words).is_some_and(|found| is_ahead(&found[1], context.policy.today) == Some(true));
            if is_marked && !words.is_empty() {
                let at = start + line.find(words).unwrap_or(0);
                marked.push(Span::new(at, at + words.len()));
            }
            start += line.len();
        }
    }
    // What stands in code blocks and in headings of several lines.
    let mut start = document.front.body.start;
    let head = text.get(start..head_end.min(text.len())).unwrap_or_default();
    for line in head.split_inclusive('\n') {
        let words = line.trim().trim_start_matches('{').trim();
        let is_later =
            || EMBARGO.captures(words).is_some_and(|found| is_ahead(&found[1], context.policy.today) == Some(true));
        if words.split(',').any(|pair| KEYS.is_match(pair.trim())) || is_later() {
            let at = start + line.find(words).unwrap_or(0);
            marked.push(Span::new(at, at + words.len()));
        }
        start += line.len();
    }
    marked.sort();
    marked.dedup();
    marked
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited};

    fn is_found(line: &str) -> bool {
        let found = edited("## Summary\n", &format!("{line}\n\n## Summary\n"));
        codes(&found).contains(&"P019")
    }

    #[test]
    fn lines_that_keep_readers_out_stop_the_build() {
        for line in [
            "Status: Draft",
            "- Status: Draft",
            "**Status**: WIP",
            "**Status:** In review",
            "TLP:AMBER",
            "**TLP:AMBER**",
            "TLP: AMBER",
            "**Classification:** TLP:RED",
            "**Classification:** Internal",
            "| Classification | Confidential |\n|--|--|\n| a | b |",
            "| a | b |\n|--|--|\n| Visibility | Internal |",
            "**Published:** false",
            "**Draft:** true",
            "| a | b |\n|--|--|\n| Draft | true |",
            "Publish: 2127-05-01",
            "tlp = \"TLP:RED\"",
            "**Visibility:** Internal",
            "**Embargo:** 2127-05-01",
            "# [DRAFT] Outage",
            "# Draft: Outage",
            "*DRAFT*",
            "> Internal only. Do not share outside.",
            "Please note:\n**Do not distribute.**",
            "## Internal notes",
            "### TLP:AMBER",
            "{/* a note */}",
            "%% a note %%",
            "{% comment %}a note{% endcomment %}",
        ] {
            assert!(is_found(line), "{line}");
        }
        for line in [
            "Status: Final",
            "TLP:CLEAR",
            "**Classification:** P2",
            "**Embargo:** 2024-01-01",
            "An internal service failed.",
            "The draft of the change was reviewed.",
            "Internal services were slow.",
            "- Do not share credentials between teams",
            "# Draft orders were lost",
            "`%% a note %%`",
            "It grew by 5%% and then 6%%.",
            "```\nTLP:RED\n```",
            "Publish: 2024-05-01",
            "Published: 5 March 2024",
            "```yaml\nstatus: failed\n```",
        ] {
            assert!(!is_found(line), "{line}");
        }
    }

    #[test]
    fn what_looks_like_front_matter_counts_wherever_it_stands() {
        for line in [
            "---\ntitle: T\ntlp: TLP:RED\n---",
            "---\ntitle: T\nstatus: draft\n---",
            "```toml\ndraft = true\n```",
            "```yaml\npublished: false\n```",
            "Words.\n\n---\ntitle: T\ninternal:\n  note: a\n---",
            "Words.\n\n---\ntitle: T\npublish: 2127-05-01\n---",
            "T\n===\n\n```yaml\ninternal:\n  note: a\n```",
            "```toml\n[internal]\nnote = \"a\"\n```",
            "```yaml\npublish: 2127-05-01\n```",
            "{\"title\": \"T\", \"tlp\": \"TLP:RED\"}",
            "{\"title\":\"T\",\"tlp\":\"TLP:RED\"}",
        ] {
            assert!(is_found(line), "{line}");
        }
    }

    #[test]
    fn keys_of_other_programs_that_keep_readers_out_stop_the_build() {
        for key in ["visibility = \"internal\"", "confidential = true", "public = false", "publishDate = 2127-05-01"] {
            let found = edited("status = \"final\"\n", &format!("status = \"final\"\n{key}\n"));
            assert!(codes(&found).contains(&"P019"), "{key}");
        }
        let found = edited("status = \"final\"", "status = \"draft\"\nconfidential = true");
        assert!(!codes(&found).contains(&"P019"), "a draft is not published");
    }
}
