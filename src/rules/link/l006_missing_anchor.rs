//! L006: a link names a place that its page does not have.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::model::{LinkUse, Page, Review};
use crate::rules::federated::Named;
use crate::rules::link_target::{self, Target};
use crate::rules::{Check, Library, Rule};
use crate::text::{SitePath, Span, Suggestions, split_fragment};

pub(super) static RULE: Rule = Rule { metadata: &METADATA, checks: &[Check::Library(check)] };

static METADATA: Metadata = Metadata {
    code: "L006",
    name: "missing-anchor",
    level: Level::Warning,
    collected: Level::Warning,
    subject: Subject::Quality,
    summary: "A link names a place after `#` that the page does not have.",
    why: "Readers land at the top of the page and search for what was meant.",
    remedy: "Write the label of an item or a heading, in lower case with hyphens, or one of the fixed names: `summary`, \
             `impact`, `timeline`, `root-cause`, `factors`, `what-went-well`, `what-went-poorly`, `where-we-got-lucky`, \
             `response`, `actions`, `corrections`, `references`.",
    wrong: Example::Edit { replace: "rule was removed.", with: "rule was removed ([timeline](#time-line))." },
    right: Example::Edit {
        replace: "rule was removed.",
        with: "rule was removed ([how](#fast-switch-off), [when](#timeline)).",
    },
};

fn check(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    let reviews = library.reviews.iter().map(|review| (&review.path, &review.text, &review.links));
    let pages = library.pages.iter().map(|page| (&page.path, &page.text, &page.links));
    let mut known = Known { library, anchors: BTreeMap::new() };
    for (path, text, links) in reviews.chain(pages) {
        let mut findings = Findings::new(path);
        let missing = missing(&mut known, path, (links, text));
        report(missing, path, &mut known, &mut findings);
        found.extend(findings.into_vec());
    }
}

/// Every place that links of one file name and no page has, by the page and the place.
type Missing = BTreeMap<(SitePath, String), Vec<Span>>;

fn missing(known: &mut Known<'_>, from: &SitePath, (links, text): (&[LinkUse], &str)) -> Missing {
    let mut missing = Missing::new();
    for link in links.iter().filter(|link| !link.image) {
        let Some((file, wanted)) = split_fragment(link.destination.trim()) else { continue };
        let target = match link_target::target(from, &link.destination) {
            Target::File(path) => path,
            Target::Elsewhere if file.is_empty() => from.clone(),
            Target::Elsewhere | Target::Nowhere => continue,
        };
        // Footnotes have anchors by their number, and the empty one is the top of the page.
        let is_note = wanted.starts_with("fn-") || wanted.starts_with("fnref-");
        let Some((anchors, _)) = known.of(&target) else { continue };
        if wanted.is_empty() || wanted == "top" || is_note || anchors.contains(wanted.as_ref()) {
            continue;
        }
        let whole = link_target::place(link, text);
        let at = whole.slice(text).rfind('#').map(|at| Span::new(at + 1, whole.len()).shifted(whole.start));
        missing.entry((target, wanted.into_owned())).or_default().push(at.unwrap_or(whole));
    }
    missing
}

/// One finding for each place, however many links name it.
fn report(missing: Missing, from: &SitePath, known: &mut Known<'_>, findings: &mut Findings<'_>) {
    for ((target, wanted), links) in missing {
        let where_to = if target == *from { "this page".to_owned() } else { format!("the page of `{target}`") };
        let times = if links.len() > 1 { format!(", which {} links name", links.len()) } else { String::new() };
        let finding = findings.add(&METADATA, links[0], format!("{where_to} has no place `#{wanted}`{times}"));
        let Some((_, suggestions)) = known.of(&target) else { continue };
        if let Some(near) = suggestions.nearest(&wanted) {
            finding.help(format!("Did you mean `#{near}`?"));
        }
    }
}

/// The anchors of the pages that were asked for: a page may have as many links as headings.
struct Known<'a> {
    library: &'a Library<'a>,
    anchors: BTreeMap<SitePath, Option<(BTreeSet<String>, Suggestions)>>,
}

impl Known<'_> {
    fn of(&mut self, path: &SitePath) -> Option<&(BTreeSet<String>, Suggestions)> {
        if !self.anchors.contains_key(path) {
            let with_suggestions = |anchors: BTreeSet<String>| {
                let suggestions = Suggestions::new(anchors.iter().cloned());
                (anchors, suggestions)
            };
            self.anchors.insert(path.clone(), anchors(self.library, path).map(with_suggestions));
        }
        self.anchors[path].as_ref()
    }
}

/// The anchors of the page that a file becomes. What becomes none is L001's.
fn anchors(library: &Library<'_>, path: &SitePath) -> Option<BTreeSet<String>> {
    let page = || library.page_at(path).map(Page::anchors);
    let federated = || match library.federated.at(path) {
        Some(Named::Review(review)) => Some(review.anchors()),
        Some(Named::LeftOut | Named::Missing(_)) | None => None,
    };
    library.review_at(path).map(Review::anchors).or_else(page).or_else(federated)
}

#[cfg(test)]
mod tests {
    use crate::rules::catalogue_tests::{codes, edited, findings};
    use crate::rules::{SAMPLE_PATH, SAMPLE_REVIEW};

    #[test]
    fn anchors_are_those_of_the_page() {
        let check = |link: &str, expected: &[&str]| {
            let found = edited("until the rule was removed.", &format!("until [it was over]({link}).\n\n### The end"));
            assert_eq!(codes(&found), expected, "{link}");
        };
        for there in ["#the-end", "#action-cpu-guard", "#entry-7", "#pager-on-silent", "#top", "#", "#references"] {
            check(there, &[]);
        }
        for missing in ["#the-ending", "#entry-8", "2024-03-04-edge-cpu.md#TheEnd"] {
            check(missing, &["L006"]);
        }
        check("https://example.org/#anything", &[]);
        check("#the%2Dend", &[]);
        check("#%C3%BCber", &["L006"]);
    }

    #[test]
    fn a_place_that_many_links_name_is_reported_once() {
        let links =
            "until [one](#References-x), [two](#References-x), [three](#%52eferences-x) and [four](#the-ending).";
        let found = edited("until the rule was removed.", links);
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            ["this page has no place `#References-x`, which 3 links name", "this page has no place `#the-ending`"]
        );
    }

    #[test]
    fn an_anchor_in_other_letters_is_named_in_the_right_ones() {
        let found = edited("until the rule was removed.", "until [then](#Pager-On-Silent).");
        assert_eq!(found[0].help.as_deref(), Some("Did you mean `#pager-on-silent`?"));
    }

    #[test]
    fn pages_have_anchors_too() {
        let page = "+++\ntitle = \"About\"\n+++\n\n## Who we are\n\n[Us](#who-we-are), \
                    [the review](../reviews/2024-03-04-edge-cpu.md#time-line).";
        assert_eq!(codes(&findings(&[("content/pages/about.md", page)])), ["L006"]);
        let linking = SAMPLE_REVIEW.replace("until the rule", "until [us](../pages/about.md#who) the rule");
        let page = "+++\ntitle = \"About\"\n+++\n\n## Who we are\n";
        let found = findings(&[(SAMPLE_PATH, &linking), ("content/pages/about.md", page)]);
        assert_eq!(found[0].help.as_deref(), None);
        assert_eq!(codes(&found), ["L006"]);
    }
}
