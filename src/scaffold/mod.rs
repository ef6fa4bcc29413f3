//! What `init` and `new` write, embedded in the program.

mod candidate;
mod existing;

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};

use crate::text::{SitePath, id_of_title};

pub(crate) use candidate::{calls_itself_review, reads_like_review};
pub(crate) use existing::{Proposal, find};

static SITE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/site");
static DEMO: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/demo");
/// The greatest length in bytes of the words of a title in a file's name.
const LONGEST_NAME: usize = 60;

static TEMPLATE: &str = include_str!("site/content/reviews/template.md.txt");
static FULL_TEMPLATE: &str = include_str!("site/content/reviews/template_full.md.txt");
static WORKFLOW: &str = include_str!("publish.yml");
static INSTALL: &str = include_str!("install-casebook.sh");

/// The line of the installation that the commit comes into, up to it.
const COMMIT: &str = "commit=\"${CASEBOOK_COMMIT:-";

/// The line after those about `[[reviews]]` in the settings of a new site.
const FIRST_TABLE: &str = "# Severities, most severe first.";

/// The lines about `[[reviews]]` in the settings of a new site.
const EXAMPLE: &str = "# Where reviews are, when it is not content/reviews";

/// The settings of a new site with `entry` in the place of its example.
pub(crate) fn with_entry(settings: &str, entry: &str) -> String {
    let example = settings.find(EXAMPLE).zip(settings.find(FIRST_TABLE)).filter(|(start, end)| start < end);
    let Some((start, end)) = example else { return format!("{settings}\n{entry}") };
    format!("{}{entry}\n{}", &settings[..start], &settings[end..])
}

/// The registry of factors that a new site begins with.
pub(crate) static DEFAULT_REGISTRY: &str = include_str!("site/content/factors.toml");

/// The settings by which files outside of any site are read: as adopted drafts.
pub(crate) fn settings_of_draft(paths: &[SitePath]) -> String {
    // What a pattern would take for a wildcard may be any character here: there are no other files.
    let pattern = |path: &SitePath| format!("\"{}\"", path.as_str().replace(['[', ']', '{', '}'], "?"));
    let files: Vec<String> = paths.iter().map(pattern).collect();
    format!(
        "title = \"Drafts\"\nbase_url = \"http://localhost/\"\n\n[[reviews]]\nfiles = [{}]\nstatus = \"draft\"\n\
         tlp = \"TLP:CLEAR\"\nadopted_before = 2199-12-31\n",
        files.join(", ")
    )
}

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
        (path(".github/workflows/publish.yml"), WORKFLOW.as_bytes().to_vec()),
        (path(".github/install-casebook.sh"), installation(env!("CASEBOOK_COMMIT")).into_bytes()),
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

/// The script that installs the program where a site is published: at first the commit that this program is made of,
/// since every commit can be built and a release may not exist yet. Empty where that is unknown: the script then asks
/// for one.
fn installation(commit: &str) -> String {
    INSTALL.replace(COMMIT, &format!("{COMMIT}{commit}"))
}

/// Which questions a new review asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// One for each section, and the keys that nothing in a text can stand for.
    Short,
    /// Every key there is.
    Full,
}

/// What is filled into the template of a review.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewReview<'a> {
    /// What it will be called.
    pub title: &'a str,
    /// The day of the incident.
    pub date: NaiveDate,
    /// The id of a severity.
    pub severity: &'a str,
    /// Whose site it is.
    pub organisation: &'a str,
}

/// The name of the file of a new review. `None` when the title has no letter or digit to make an id of.
pub(crate) fn review_name(title: &str, date: NaiveDate) -> Option<String> {
    let words = id_of_title(title, LONGEST_NAME);
    (!words.is_empty()).then(|| format!("{date}-{words}.md"))
}

/// The text of a new review.
pub(crate) fn review(template: Template, new: &NewReview<'_>) -> String {
    let text = match template {
        Template::Short => TEMPLATE,
        Template::Full => FULL_TEMPLATE,
    };
    text.replace("{{date}}", &new.date.to_string())
        .replace("{{severity}}", &quoted(new.severity))
        .replace("{{organisation}}", &quoted(new.organisation))
        .replace("{{title}}", &quoted(new.title))
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

#[cfg(test)]
mod tests {
    use super::{DEFAULT_REGISTRY, installation};
    use crate::config::{read_config, read_registry};
    use crate::text::{SitePath, Source};

    #[test]
    fn the_registry_of_a_new_site_can_be_used_unchanged() {
        let source = |path: &str, text: &str| Source::new(SitePath::new(path).unwrap(), text);
        let (config, _) = read_config(&source("casebook.toml", "title = \"A\"\nbase_url = \"https://example.org/\"\n"));
        let (registry, problems) = read_registry(&source("content/factors.toml", DEFAULT_REGISTRY), &config.categories);
        assert_eq!(problems, []);
        assert_eq!(registry.len(), 40);
        for category in &config.categories {
            assert!(registry.iter().any(|factor| factor.category == category.id), "{}", category.id);
        }
        for factor in registry.iter() {
            let is_one_sentence = factor.definition.ends_with('.') && !factor.definition.contains(". ");
            assert!(is_one_sentence && factor.aliases.len() >= 2 && factor.ask.len() == 2, "{}", factor.id.value);
        }
        // The words by which people look for them.
        for name in
            ["untested-backup", "expired-certificate", "unpinned-dependency", "no-rollback-path", "thin-liquidity"]
        {
            assert!(registry.get(name).is_some(), "{name}");
        }
    }

    #[test]
    fn the_installation_names_the_commit_of_the_program_and_its_repository() {
        let commit = "0123456789abcdef0123456789abcdef01234567";
        let lines = [
            format!("commit=\"${{CASEBOOK_COMMIT:-{commit}}}\"\n"),
            format!("repository=\"${{CASEBOOK_REPOSITORY:-{}}}\"\n", env!("CARGO_PKG_REPOSITORY")),
        ];
        let script = installation(commit);
        assert!(lines.iter().all(|line| script.contains(line)), "{script}");
    }
}
