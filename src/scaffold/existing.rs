//! Reviews that a folder holds already, found by their names and headings, and the lines of casebook.toml for them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::document::{Document, SectionKind, parse};
use crate::table::{Value, ValueKind};
use crate::text::{SitePath, Source, id_of_file};

/// Words in a file's path that reviews often have.
const WORDS: [&str; 7] =
    ["postmortem", "post-mortem", "post_mortem", "incident", "outage", "retrospective", "root-cause"];

/// Words in a title that reviews alone have, without the signs between their parts.
const TITLE_WORDS: [&str; 6] =
    ["postmortem", "incidentreport", "incidentreview", "outage", "rootcauseanalysis", "retrospective"];

/// Tags that reviews in a blog have.
const TAGS: [&str; 6] = ["postmortem", "post-mortem", "incident", "outage", "downtime", "rca"];

/// Words in names of files that stand beside reviews and are none.
const BESIDE: [&str; 6] = ["readme", "template", "index", "changelog", "contributing", "guideline"];

/// The greatest number of files that are named one by one.
const NAMED: usize = 12;

/// Reviews that seem to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// How many there are.
    pub count: usize,
    /// Patterns that take them.
    pub files: Vec<String>,
    /// Patterns for what lies between them and is none.
    pub except: Vec<String>,
}

/// The reviews among `files`, all texts of a folder of that name; none when nothing looks like one.
pub(crate) fn find(files: &[Source], folder: &str) -> Option<Proposal> {
    let (reviews, mut others): (Vec<&Source>, Vec<&Source>) =
        files.iter().partition(|source| is_review(source, folder));
    // What has no ending is a licence or a program, unless it reads like a review.
    others.retain(|source| !ending(&source.path).is_empty());
    let paths = |sources: &[&Source]| sources.iter().map(|source| source.path.clone()).collect::<Vec<_>>();
    let mut found = Proposal { count: reviews.len(), files: Vec::new(), except: Vec::new() };
    if reviews.is_empty() {
        return None;
    }
    cover("", &paths(&reviews), &paths(&others), &mut found);
    if found.files.iter().any(|pattern| pattern.contains('*')) {
        found.except.insert(0, "**/README.md".to_owned());
    }
    Some(found)
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

/// Whether a text looks like a review: it has several of the sections, or some and a name that says so.
///
/// In a folder that is called so, each text has such a name.
fn is_review(source: &Source, folder: &str) -> bool {
    if is_beside(&source.path) {
        return false;
    }
    let document = parse(source);
    let mut kinds: BTreeSet<SectionKind> = document.sections.iter().filter_map(|section| section.kind).collect();
    // Any text may have sources.
    kinds.remove(&SectionKind::References);
    let is_named = says_review(folder) || says_review(source.path.as_str()) || is_called_review(&document);
    let is_dated = id_of_file(source.path.name()).get(..7).is_some_and(is_month);
    let signs = kinds.len() + usize::from(document.timeline.len() > 2) + usize::from(is_dated);
    signs >= 3 || (is_named && signs >= 1)
}

fn says_review(name: &str) -> bool {
    let name = name.to_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}

/// Whether the title or a tag says that a text is a review.
fn is_called_review(document: &Document) -> bool {
    let value = |key: &str| document.front.table.given(key).map(|entry| &entry.value.kind);
    let title = match value("title") {
        Some(ValueKind::Text(title)) => Some(title),
        _ => document.outline.headings.iter().find(|heading| heading.level == 1).map(|heading| &heading.text),
    };
    let letters = |text: &String| text.to_lowercase().replace([' ', '-', '_'], "");
    let is_tag = |tag: &Value| match &tag.kind {
        ValueKind::Text(tag) => TAGS.contains(&tag.to_lowercase().as_str()),
        _ => false,
    };
    let is_tagged = |key: &str| matches!(value(key), Some(ValueKind::Array(tags)) if tags.iter().any(is_tag));
    title.is_some_and(|title| TITLE_WORDS.iter().any(|word| letters(title).contains(word)))
        || is_tagged("tags")
        || is_tagged("categories")
}

/// Whether a text is a month such as `2024-03`.
fn is_month(text: &str) -> bool {
    text.char_indices().all(|(at, c)| if at == 4 { c == '-' } else { c.is_ascii_digit() })
}

fn is_beside(path: &SitePath) -> bool {
    let name = path.name().to_ascii_lowercase();
    BESIDE.iter().any(|word| name.contains(word))
}

/// Adds patterns for the reviews below `folder`: one where most of what lies there is a review, else for each folder.
fn cover(folder: &str, reviews: &[SitePath], others: &[SitePath], found: &mut Proposal) {
    let mut folders: BTreeMap<String, Vec<SitePath>> = BTreeMap::new();
    for path in reviews.iter().filter(|path| path.folder() != folder) {
        let below = &path.as_str()[prefix(folder).len()..];
        let name = below.split('/').next().unwrap_or(below);
        folders.entry(format!("{}{name}", prefix(folder))).or_default().push(path.clone());
    }
    let direct: Vec<&SitePath> = reviews.iter().filter(|path| path.folder() == folder).collect();
    let unlike: Vec<&SitePath> = others.iter().filter(|path| !is_beside(path)).collect();
    // In a whole repository other documents lie about, too.
    let share = if folder.is_empty() { 3 } else { 2 };
    if (folders.len() != 1 || !direct.is_empty()) && unlike.len() * share <= reviews.len() && unlike.len() <= NAMED {
        let depth = if folders.is_empty() { "" } else { "**/" };
        let endings: BTreeSet<&str> = reviews.iter().map(ending).filter(|ending| !ending.is_empty()).collect();
        let nameless = reviews.iter().filter(|path| ending(path).is_empty());
        found.files.extend(nameless.map(|path| path.as_str().to_owned()));
        found.files.extend(endings.iter().map(|ending| format!("{}{depth}*{ending}", prefix(folder))));
        let is_taken =
            |path: &SitePath| endings.contains(ending(path)) && (!depth.is_empty() || path.folder() == folder);
        found.except.extend(unlike.iter().filter(|path| is_taken(path)).map(|path| path.as_str().to_owned()));
        let beside = others.iter().filter(|path| is_beside(path) && is_taken(path) && !is_readme(path));
        found.except.extend(beside.map(|path| path.as_str().to_owned()));
        return;
    }
    found.files.extend(direct.iter().map(|path| path.as_str().to_owned()));
    for (folder, reviews) in folders {
        let others: Vec<SitePath> = others.iter().filter(|path| path.below(&folder).is_some()).cloned().collect();
        cover(&folder, &reviews, &others, found);
    }
}

fn is_readme(path: &SitePath) -> bool {
    path.name().to_ascii_lowercase().starts_with("readme.")
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

    #[test]
    fn reviews_are_found_by_names_and_headings() {
        let readme = "**/README.md";
        check(
            &[
                ("docs/postmortems/a.md", REVIEW),
                ("docs/postmortems/README.md", OTHER),
                ("docs/postmortems/template.md", REVIEW),
                ("docs/release.md", OTHER),
                ("docs/x.md", OTHER),
            ],
            &["docs/postmortems/*.md"],
            &[readme, "docs/postmortems/template.md"],
        );
        check(&[("pm/2023/a.md", REVIEW), ("pm/2024/b.md", REVIEW), ("README.md", REVIEW)], &["pm/**/*.md"], &[readme]);
        check(
            &[("a.md", REVIEW), ("b.md", REVIEW), ("2024/c.md", REVIEW), ("d.md", OTHER)],
            &["**/*.md"],
            &[readme, "d.md"],
        );
        check(&[("blog/outage.md", REVIEW), ("blog/x.md", OTHER), ("blog/y.md", OTHER)], &["blog/outage.md"], &[]);
        check(
            &[("src/incidents/a.html.md.erb", REVIEW), ("src/x.md", OTHER)],
            &["src/incidents/*.html.md.erb"],
            &[readme],
        );
        check(
            &[("notes/monday.md", REVIEW), ("notes/incident.md", "# It broke\n\n## Summary\n\nYes.\n")],
            &["notes/*.md"],
            &[readme],
        );
        check(
            &[("posts/2024-03-04-outage.md", OTHER), ("posts/2024-03-05-party.md", OTHER)],
            &["posts/2024-03-04-outage.md"],
            &[],
        );
        // Titles, tags, the name of the whole folder, and files without an ending.
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
        check(&[("a/b.md", REVIEW), ("c/d.md", of_sources)], &["a/*.md"], &["**/README.md"]);
        check(
            &[("PM 9 - Bad image", REVIEW), ("pm-10.md", REVIEW), ("LICENSE", OTHER), ("Makefile", "all: a")],
            &["PM 9 - Bad image", "*.md"],
            &["**/README.md"],
        );
        let dated = [Source::new(SitePath::new("2024-03-04-x.md").unwrap(), OTHER)];
        assert_eq!(find(&dated, "site"), None);
        assert_eq!(find(&dated, "post-mortems").map(|found| found.count), Some(1));
        let none = [("docs/incident-response.md", OTHER), ("README.md", REVIEW), ("a.md", "")];
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
