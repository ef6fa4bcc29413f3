//! What `init` and `new` write, embedded in the program.

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};

use crate::analysis::slug;
use crate::text::SitePath;

static SITE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/site");
static DEMO: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/demo");
static TEMPLATE: &str = include_str!("site/content/reviews/template.md.txt");
static WORKFLOW: &str = include_str!("publish.yml");

/// Which site `init` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A small one with a worked review.
    Plain,
    /// The demo organisation, which uses every feature.
    Demo,
}

/// The files of a new site, by path.
pub(crate) fn site(kind: Kind) -> Vec<(SitePath, Vec<u8>)> {
    let mut files = vec![
        (path(".gitignore"), text(SITE.get_file("gitignore.txt"))),
        (path("README.md"), text(SITE.get_file("README.md"))),
        (
            path(".github/workflows/publish.yml"),
            WORKFLOW.replace("{{version}}", env!("CARGO_PKG_VERSION")).into_bytes(),
        ),
    ];
    let content = match kind {
        Kind::Plain => &SITE,
        Kind::Demo => &DEMO,
    };
    let mut folders = vec![content];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            let is_content = name.starts_with("content/") && !name.ends_with(".txt");
            if is_content || name == "casebook.toml" {
                files.push((path(&name), file.contents().to_vec()));
            }
        }
    }
    files.sort();
    files
}

/// What is filled into the template of a review.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewReview<'a> {
    /// What it will be called.
    pub title: &'a str,
    pub date: NaiveDate,
    /// The id of a severity.
    pub severity: &'a str,
    /// Whose site it is.
    pub organisation: &'a str,
}

/// The file of a new review. `None` when the title has no letter or digit to make an id of.
pub(crate) fn review(new: &NewReview<'_>) -> Option<(SitePath, Vec<u8>)> {
    let words: String = slug(new.title).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let words = words.trim_matches('-');
    if words.is_empty() || !new.title.chars().any(char::is_alphanumeric) {
        return None;
    }
    let short: String = words.split('-').take(6).collect::<Vec<_>>().join("-").chars().take(60).collect();
    let name = format!("content/reviews/{}-{}.md", new.date, short.trim_end_matches('-'));
    let filled = TEMPLATE
        .replace("{{date}}", &new.date.to_string())
        .replace("{{severity}}", &quoted(new.severity))
        .replace("{{organisation}}", &quoted(new.organisation))
        .replace("{{title}}", &quoted(new.title));
    Some((path(&name), filled.into_bytes()))
}

/// The inside of a TOML string. TOML's basic strings know all escapes that JSON's use.
fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    json[1..json.len() - 1].replace('\u{7f}', "\\u007f")
}

fn text(file: Option<&include_dir::File<'_>>) -> Vec<u8> {
    file.map(|file| file.contents().to_vec()).unwrap_or_default()
}

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap_or_else(|error| panic!("the path {text:?} {error}"))
}
