//! Reviews that a folder holds already, found by their names and headings, and the lines of casebook.toml for them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::candidate::{Candidate, is_beside, is_collection, is_index, says_review};
use crate::text::{SitePath, Source};

/// Names of folders in which all kinds of text lie. No pattern takes what comes into them later.
const GENERAL: [&str; 16] = [
    "articles",
    "blog",
    "content",
    "doc",
    "docs",
    "documentation",
    "documents",
    "misc",
    "news",
    "notes",
    "ops",
    "pages",
    "posts",
    "_posts",
    "src",
    "wiki",
];

/// How many reviews make a folder of any other name one of reviews, if nothing else lies there.
const ENOUGH: usize = 3;

/// In a folder of reviews there are at least so many reviews for each other text.
const SHARE: usize = 3;

/// The greatest number of files that are excepted one by one.
const EXCEPTED: usize = 12;

/// Reviews that seem to be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// How many there are.
    pub count: usize,
    /// Patterns that take them.
    pub files: Vec<String>,
    /// Patterns for what lies between them and is none.
    pub except: Vec<String>,
}

/// The reviews among `files`, all texts of a folder of that name; none when nothing looks like one.
///
/// A pattern takes what comes into its folder later, too, and all of it may be published at once. So there is one for
/// each folder that holds reviews, none for what lies above, and a file elsewhere is named by its path.
pub(crate) fn find(files: &[Source], folder: &str) -> Option<Proposal> {
    let candidates: Vec<Candidate> = files.iter().map(|source| Candidate::new(source, folder)).collect();
    let (mut reviews, mut others) = (Vec::new(), Vec::new());
    for candidate in &candidates {
        match candidate.is_review(&candidates) {
            true => reviews.push(&candidate.source.path),
            // What has no ending is a licence or a program, unless it reads like a review.
            false if !ending(&candidate.source.path).is_empty() => others.push(&candidate.source.path),
            false => {}
        }
    }
    let mut found = Proposal { count: reviews.len(), ..Proposal::default() };
    reviews.sort_unstable();
    others.sort_unstable();
    while let Some(first) = reviews.first() {
        let Some(place) = place_of(first, folder, &reviews, &others) else {
            found.files.push(reviews.remove(0).as_str().to_owned());
            continue;
        };
        let (inside, outside): (Vec<&SitePath>, _) = reviews.iter().partition(|path| is_below(path, &place));
        reviews = outside;
        let others: Vec<&SitePath> = others.iter().copied().filter(|path| is_below(path, &place)).collect();
        cover(&place, &inside, &others, &mut found);
    }
    (found.count > 0).then_some(found)
}

impl Proposal {
    /// The `[[reviews]]` of casebook.toml. Reviews of incidents before `today` are adopted.
    pub(crate) fn entry(&self, today: NaiveDate) -> String {
        let list = |patterns: &[String]| {
            let quoted: Vec<String> = patterns.iter().map(|pattern| format!("\"{pattern}\"")).collect();
            match quoted.len() {
                0..=2 => format!("[{}]", quoted.join(", ")),
                _ => format!("[\n    {},\n]", quoted.join(",\n    ")),
            }
        };
        let mut text = format!("[[reviews]]\nfiles = {}\n", list(&self.files));
        if !self.except.is_empty() {
            text.push_str(&format!("except = {}\n", list(&self.except)));
        }
        text + &format!(
            "status = \"final\"              # what a review there is, unless it says otherwise itself\n\
             tlp = \"TLP:CLEAR\"             # anybody may read it; delete this line and nothing is published without a `tlp` of its own\n\
             severity = \"P3\"\n\
             # zone = \"America/Los_Angeles\"   # the zone of times that name none\n\
             adopted_before = {today}    # incidents before that day are judged by what the review says, not by what it lacks\n"
        )
    }
}

/// The folder of reviews that a review lies in: the uppermost one that is called so, or the one in which nothing else
/// lies. None where it has none: the review is alone among other texts.
fn place_of(review: &SitePath, site: &str, reviews: &[&SitePath], others: &[&SitePath]) -> Option<String> {
    let folder = review.folder();
    let ends = folder.match_indices('/').map(|(at, _)| at).chain((!folder.is_empty()).then_some(folder.len()));
    let above: Vec<&str> = ends.map(|end| &folder[..end]).collect();
    let count = |paths: &[&SitePath], place: &str| paths.iter().filter(|path| is_below(path, place)).count();
    // Templates and indexes lie beside reviews everywhere, and all kinds of texts in the folder of one incident.
    let of_incident =
        |path: &SitePath| reviews.iter().any(|review| is_index(review) && review.folder() == path.folder());
    let is_unlike = |path: &&SitePath| !is_beside(path) && !is_index(path) && !of_incident(path);
    let unlike: Vec<&SitePath> = others.iter().copied().filter(is_unlike).collect();
    let holds_reviews = |place: &str| {
        let unlike = count(&unlike, place);
        unlike * SHARE <= count(reviews, place) && unlike <= EXCEPTED
    };
    let named = above.iter().find(|place| is_collection(name_of(place)) && holds_reviews(place));
    let called = || above.iter().find(|place| says_review(name_of(place)) && holds_reviews(place));
    let whole = || (says_review(site) && holds_reviews("")).then_some(&"");
    let full = || {
        let is_full = |place: &str| {
            let direct = reviews.iter().filter(|path| path.folder() == place).count();
            direct >= ENOUGH && count(&unlike, place) == 0 && !GENERAL.contains(&name_of(place).to_lowercase().as_str())
        };
        above.last().filter(|place| is_full(place))
    };
    named.or_else(called).or_else(whole).or_else(full).map(|place| (*place).to_owned())
}

/// Adds patterns for all reviews in the folder `place`, and exceptions for what lies between them.
fn cover(place: &str, reviews: &[&SitePath], others: &[&SitePath], found: &mut Proposal) {
    let (indexes, files): (Vec<&SitePath>, Vec<&SitePath>) = reviews.iter().partition(|path| is_index(path));
    // In a folder for each incident only one text is the review. What lies beside it belongs to the incident.
    let forms: BTreeSet<String> = indexes
        .iter()
        .map(|path| {
            let depth = path.folder()[place.len()..].trim_start_matches('/').matches('/').count();
            format!("{}{}{}", prefix(place), if depth == 0 { "*/" } else { "**/" }, path.name())
        })
        .collect();
    found.files.extend(forms);
    let (taken, strays): (Vec<&SitePath>, Vec<&SitePath>) =
        files.iter().partition(|path| !ending(path).is_empty() && (indexes.is_empty() || path.folder() == place));
    let endings: BTreeSet<&str> = taken.iter().map(|path| ending(path)).collect();
    let depth = if indexes.is_empty() { "**/" } else { "" };
    found.files.extend(strays.iter().map(|path| path.as_str().to_owned()));
    found.files.extend(endings.iter().map(|ending| format!("{}{depth}*{ending}", prefix(place))));
    let readme = if indexes.is_empty() { "**/README.md".to_owned() } else { format!("{}README.md", prefix(place)) };
    if !endings.is_empty() && !found.except.contains(&readme) {
        found.except.push(readme);
    }
    let is_taken = |path: &SitePath| {
        let by_name = indexes.iter().any(|index| index.name() == path.name() && path.folder() != place);
        let by_ending = endings.contains(ending(path)) && (indexes.is_empty() || path.folder() == place);
        by_name || by_ending && path.name() != "README.md"
    };
    found.except.extend(others.iter().filter(|path| is_taken(path)).map(|path| path.as_str().to_owned()));
}

fn is_below(path: &SitePath, folder: &str) -> bool {
    folder.is_empty() || path.below(folder).is_some()
}

fn name_of(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

fn prefix(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}

/// The ending of a name, with what stands before `.erb`.
fn ending(path: &SitePath) -> &str {
    let name = path.name();
    let known = [".html.md.erb", ".md.erb"].into_iter().find(|ending| name.ends_with(ending));
    known.unwrap_or_else(|| name.rfind('.').map_or("", |dot| &name[dot..]))
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::text::{SitePath, Source};

    const REVIEW: &str =
        "# A full disk\n\n## Summary\n\nSlow.\n\n## Timeline\n\n- 10:05 UTC it began\n\n## Root cause\n\nA disk.\n";
    const OTHER: &str = "# How we release\n\n## Steps\n\nMany.\n";

    fn check(files: &[(&str, &str)], patterns: &[&str], except: &[&str]) {
        let source = |(path, text): &(&str, &str)| Source::new(SitePath::new(path).unwrap(), text);
        let sources: Vec<Source> = files.iter().map(source).collect();
        let found = find(&sources, "site").unwrap_or_else(|| panic!("nothing in {files:?}"));
        assert_eq!(
            (found.files, found.except),
            (
                patterns.iter().map(|text| (*text).to_owned()).collect(),
                except.iter().map(|text| (*text).to_owned()).collect()
            ),
            "{files:?}"
        );
    }

    const RUNBOOK: &str = "# Incident response\n\n## Impact\n\n- Who is affected?\n\n## Timeline\n\n## Detection\n\n                           Which alert fired?\n\n## Resolution\n\nTBD\n";
    const README: &str = "**/README.md";

    #[test]
    fn each_folder_of_reviews_has_a_pattern_and_nothing_above_it() {
        check(
            &[
                ("docs/postmortems/a.md", REVIEW),
                ("docs/postmortems/README.md", OTHER),
                ("docs/postmortems/template.md", REVIEW),
                ("docs/release.md", OTHER),
                ("docs/x.md", OTHER),
            ],
            &["docs/postmortems/**/*.md"],
            &[README, "docs/postmortems/template.md"],
        );
        check(
            &[("docs/postmortems/a.md", REVIEW), ("ops/incidents/b.md", REVIEW)],
            &["docs/postmortems/**/*.md", "ops/incidents/**/*.md"],
            &[README],
        );
        check(
            &[("docs/postmortems/a.md", REVIEW), ("docs/runbooks/ir.md", RUNBOOK), ("docs/ir.md", RUNBOOK)],
            &["docs/postmortems/**/*.md"],
            &[README],
        );
        check(
            &[("docs/postmortems/a.md", REVIEW), ("docs/outages/b.md", REVIEW), ("docs/c.md", REVIEW)],
            &["docs/c.md", "docs/outages/**/*.md", "docs/postmortems/**/*.md"],
            &[README],
        );
        check(&[("pm/2023/a.md", REVIEW), ("pm/2024/b.md", REVIEW), ("README.md", REVIEW)], &["pm/**/*.md"], &[README]);
        check(
            &[("src/incidents/a.html.md.erb", REVIEW), ("src/x.md", OTHER)],
            &["src/incidents/**/*.html.md.erb"],
            &[README],
        );
        let three = [("pm/a.md", REVIEW), ("pm/b.md", REVIEW), ("pm/c.md", REVIEW)];
        let with = |path| three.into_iter().chain([(path, REVIEW)]).collect::<Vec<_>>();
        check(&with("pm/template.md"), &["pm/**/*.md"], &[README, "pm/template.md"]);
    }

    #[test]
    fn a_review_among_other_texts_is_named_by_its_path() {
        check(
            &[("a.md", REVIEW), ("b.md", REVIEW), ("2024/c.md", REVIEW), ("d.md", OTHER)],
            &["2024/c.md", "a.md", "b.md"],
            &[],
        );
        check(&[("blog/outage.md", REVIEW), ("blog/x.md", OTHER), ("blog/y.md", OTHER)], &["blog/outage.md"], &[]);
        check(
            &[("notes/monday.md", REVIEW), ("notes/incident.md", "# It broke\n\n## Summary\n\nYes.\n")],
            &["notes/incident.md", "notes/monday.md"],
            &[],
        );
        check(
            &[("posts/2024-03-04-outage.md", OTHER), ("posts/2024-03-05-party.md", OTHER)],
            &["posts/2024-03-04-outage.md"],
            &[],
        );
        // Three reviews and nothing else make a folder one of reviews, unless all kinds of text come into such a folder.
        let in_folder = |folder: &str| ["a.md", "b.md", "c.md"].map(|name| format!("{folder}/{name}"));
        let (full, general) = (in_folder("writeups"), in_folder("docs"));
        let texts = |paths: &'static [String; 3]| paths.each_ref().map(|path| (path.as_str(), REVIEW));
        check(&texts(Box::leak(Box::new(full))), &["writeups/**/*.md"], &[README]);
        check(&texts(Box::leak(Box::new(general))), &["docs/a.md", "docs/b.md", "docs/c.md"], &[]);
    }

    #[test]
    fn an_index_is_the_review_of_its_folder() {
        check(
            &[
                ("docs/incidents/2024-03-04-disk/index.md", REVIEW),
                ("docs/incidents/2024-05-06-queue/index.md", REVIEW),
                ("docs/incidents/2024-05-06-queue/notes.md", OTHER),
                ("docs/incidents/README.md", OTHER),
            ],
            &["docs/incidents/*/index.md"],
            &[],
        );
        check(
            &[("incidents/disk/README.md", REVIEW), ("incidents/README.md", REVIEW), ("incidents/queue.md", REVIEW)],
            &["incidents/*/README.md", "incidents/*.md"],
            &["incidents/README.md"],
        );
        check(
            &[
                ("incidents/disk/README.md", REVIEW),
                ("incidents/why/README.md", OTHER),
                ("incidents/b/README.md", REVIEW),
                ("incidents/c/README.md", REVIEW),
            ],
            &["incidents/*/README.md"],
            &["incidents/why/README.md"],
        );
        check(&[("postmortems/README.md", REVIEW), ("postmortems/a.md", REVIEW)], &["postmortems/**/*.md"], &[README]);
    }

    #[test]
    fn reviews_are_found_by_titles_tags_and_the_name_of_the_whole() {
        let post = "---\ntitle: 'Post Mortem: uploads'\ntags: [devops]\n---\n\nIt broke.\n";
        let tagged = "---\ntitle: Queue cleared\ntags: [downtime]\n---\n\nIt broke.\n";
        check(
            &[
                ("_posts/2024-03-04-uploads.md", post),
                ("_posts/2024-03-05-q.md", tagged),
                ("_posts/2024-03-06-x.md", OTHER),
                ("_posts/y.md", tagged),
            ],
            &["_posts/2024-03-04-uploads.md", "_posts/2024-03-05-q.md"],
            &[],
        );
        let of_sources = "# A tool\n\n## Impact\n\nX.\n\n## References\n\nY.\n\n## Remediation\n\nZ.\n";
        check(&[("a/b.md", REVIEW), ("c/d.md", of_sources)], &["a/b.md"], &[]);
        check(
            &[("PM 9 - Bad image", REVIEW), ("pm-10.md", REVIEW), ("LICENSE", OTHER), ("Makefile", "all: a")],
            &["PM 9 - Bad image", "pm-10.md"],
            &[],
        );
        let dated = [Source::new(SitePath::new("2024-03-04-x.md").unwrap(), OTHER)];
        assert_eq!(find(&dated, "site"), None);
        let found = find(&dated, "post-mortems").unwrap();
        assert_eq!((found.count, found.files), (1, vec!["**/*.md".to_owned()]));
        let none =
            [("docs/incident-response.md", OTHER), ("README.md", REVIEW), ("a.md", ""), ("incidents/ir.md", RUNBOOK)];
        assert_eq!(find(&none.map(|(path, text)| Source::new(SitePath::new(path).unwrap(), text)), "site"), None);
    }

    #[test]
    fn the_entry_is_read_as_it_was_meant() {
        let source = Source::new(SitePath::new("docs/postmortems/a.md").unwrap(), REVIEW);
        let entry = find(&[source], "site").unwrap().entry("2026-11-24".parse().unwrap());
        let text = format!("title = \"A\"\nbase_url = \"https://example.org/\"\n{entry}");
        let (config, problems) =
            crate::config::read_config(&Source::new(SitePath::new("casebook.toml").unwrap(), &text));
        assert_eq!(problems, []);
        let place = &config.reviews.all()[0];
        assert!(place.decides("status") && place.decides("tlp") && place.decides("severity"), "{place:?}");
        assert!(
            place.adopts(None) && place.adopts("2026-11-23".parse().ok()) && !place.adopts("2026-11-24".parse().ok())
        );
        assert!(place.files.matches(&SitePath::new("docs/postmortems/b.md").unwrap()));
    }
}
