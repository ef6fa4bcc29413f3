//! Patterns of file names below the site folder, such as `docs/postmortems/**/*.md`.

use globset::{GlobBuilder, GlobMatcher};

use super::SitePath;

/// Endings of Markdown files. They count whatever their case.
const MARKDOWN: [&str; 2] = ["md", "markdown"];

/// Folders whose files are something else than reviews, whatever a pattern says.
const TAKEN: [&str; 4] = ["content/pages", "content/sources", "static", "themes"];

/// A pattern with `*`, `?`, `[…]`, `{…}` and, for any number of folders, `**`. One that names a folder takes all below it.
///
/// Unless the pattern itself names an ending, it takes Markdown files only.
#[derive(Clone, Debug)]
pub struct FilePattern {
    text: String,
    whole: GlobMatcher,
    /// What lies below a folder of this name.
    below: GlobMatcher,
    /// One for each folder on the way to a file; none where any number of folders may follow.
    folders: Vec<Option<GlobMatcher>>,
    names_ending: bool,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// It leads out of the site folder, or begins with `/`.
    Outside,
    /// Its syntax is wrong, as this sentence says.
    Syntax(String),
}

/// The files that some patterns take and others do not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePatterns {
    /// Of which one has to match.
    pub files: Vec<FilePattern>,
    /// Of which none may match.
    pub except: Vec<FilePattern>,
}

impl PartialEq for FilePattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for FilePattern {}

impl FilePattern {
    /// Reads a pattern. A leading `./` and a closing slash say nothing.
    ///
    /// # Errors
    ///
    /// It leads out of the site folder, or is not closed.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let text = text.trim().trim_start_matches("./").trim_end_matches('/');
        let climbs = |part: &str| part.is_empty() || part == "." || part == "..";
        if text.contains('\\') || text.split('/').any(climbs) || text.get(1..2) == Some(":") {
            return Err(PatternError::Outside);
        }
        let text = with_lower_ending(text);
        let (_, name) = text.rsplit_once('/').unwrap_or(("", &text));
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_literal = !has_wildcard(&text);
        let names_ending = is_literal || (!ending.is_empty() && !has_wildcard(ending));
        let parts: Vec<&str> = text.split('/').collect();
        let folders = match text.contains('{') && parts.iter().any(|part| !is_balanced(part)) {
            true => vec![None],
            false => parts[..parts.len() - 1]
                .iter()
                .map(|part| if *part == "**" { Ok(None) } else { glob(part).map(Some) })
                .collect::<Result<_, _>>()?,
        };
        Ok(Self { whole: glob(&text)?, below: glob(&format!("{text}/**"))?, folders, names_ending, text })
    }

    /// Whether the pattern takes the file at `path`.
    pub fn matches(&self, path: &SitePath) -> bool {
        let text = with_lower_ending(path.as_str());
        let is_named = self.whole.is_match(&text) && (self.names_ending || is_markdown(path));
        is_named || (is_markdown(path) && self.below.is_match(&text))
    }

    /// Whether the pattern takes the file at `path`, or everything in a folder that it is in, whatever their endings.
    fn excludes(&self, path: &SitePath) -> bool {
        let text = with_lower_ending(path.as_str());
        self.whole.is_match(&text) || self.below.is_match(&text)
    }

    /// The folder below which all its files lie: the part before the first wildcard; empty for the site folder itself.
    pub fn folder(&self) -> &str {
        let wildcard = self.text.find(['*', '?', '[', '{']);
        let end = match wildcard {
            Some(at) => self.text[..at].rfind('/').unwrap_or(0),
            None if self.names_markdown() => self.text.rfind('/').unwrap_or(0),
            None => self.text.len(),
        };
        &self.text[..end]
    }

    /// Whether everything in its folder may be one of its files, however deep.
    pub fn takes_whole_folder(&self) -> bool {
        let rest = self.text[self.folder().len()..].trim_start_matches('/');
        rest.is_empty() || rest == "**" || rest.starts_with("**/")
    }

    /// Whether one of its files may lie in `folder` or below it.
    pub fn may_lie_in(&self, folder: &str) -> bool {
        if !has_wildcard(&self.text) {
            let is_below =
                |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
            return folder == self.text || is_below(&self.text, folder) || is_below(folder, &self.text);
        }
        for (at, part) in folder.split('/').enumerate() {
            match self.folders.get(at) {
                Some(Some(matcher)) if matcher.is_match(part) => {}
                Some(None) => return true,
                // The last part may be the name of a folder.
                None => return at == self.folders.len() && self.below.is_match(format!("{folder}/x")),
                Some(Some(_)) => return false,
            }
        }
        true
    }

    /// As it was written, but for what says nothing.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn names_markdown(&self) -> bool {
        SitePath::new(&self.text).is_ok_and(|path| is_markdown(&path))
    }
}

impl FilePatterns {
    /// Whether the file at `path` is one of them.
    pub fn matches(&self, path: &SitePath) -> bool {
        let is_taken = TAKEN.iter().any(|folder| path.below(folder).is_some());
        !is_taken
            && self.files.iter().any(|pattern| pattern.matches(path))
            && !self.except.iter().any(|pattern| pattern.excludes(path))
    }

    /// Those of `files` that take none of `paths`, by their position.
    pub fn unused<'a>(&self, paths: impl Iterator<Item = &'a SitePath> + Clone) -> Vec<usize> {
        let takes_none = |(_, pattern): &(usize, &FilePattern)| {
            !paths.clone().any(|path| self.matches(path) && pattern.matches(path))
        };
        self.files.iter().enumerate().filter(takes_none).map(|(at, _)| at).collect()
    }
}

/// Whether the name of a file is that of a Markdown file.
pub fn is_markdown(path: &SitePath) -> bool {
    path.extension().is_some_and(|ending| MARKDOWN.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

fn glob(text: &str) -> Result<GlobMatcher, PatternError> {
    let glob = GlobBuilder::new(text).literal_separator(true).backslash_escape(false).build();
    glob.map(|glob| glob.compile_matcher()).map_err(|error| PatternError::Syntax(error.kind().to_string()))
}

fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?', '[', '{'])
}

fn is_balanced(part: &str) -> bool {
    part.matches('{').count() == part.matches('}').count()
}

/// The text with what follows its last dot in lower case: `README.MD` is `README.md`.
fn with_lower_ending(text: &str) -> String {
    let start = text.rfind('.').filter(|dot| !text[*dot..].contains('/')).unwrap_or(text.len());
    format!("{}{}", &text[..start], text[start..].to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{FilePattern, FilePatterns, PatternError};
    use crate::text::SitePath;

    fn patterns(files: &[&str], except: &[&str]) -> FilePatterns {
        let read = |texts: &[&str]| texts.iter().map(|text| FilePattern::new(text).unwrap()).collect();
        FilePatterns { files: read(files), except: read(except) }
    }

    #[test]
    fn patterns_take_markdown_below_their_folder() {
        let check = |pattern: &str, path: &str, expected: bool| {
            let matches = patterns(&[pattern], &[]).matches(&SitePath::new(path).unwrap());
            assert_eq!(matches, expected, "{pattern} {path}");
        };
        for pattern in
            ["docs/**/*.md", "docs/**", "docs", "./docs/", "docs/*.md", "docs/{a,b}.md", "docs/a.md", "**/a.MD"]
        {
            check(pattern, "docs/a.md", true);
            check(pattern, "docs/a.MD", true);
            check(pattern, "other/b.md", false);
            check(pattern, "docs/a.png", false);
        }
        check("docs/*.md", "docs/deep/a.md", false);
        check("docs/**/*.md", "docs/deep/er/a.md", true);
        check("docs/*", "docs/deep/a.md", true);
        check("docs", "docs/a.markdown", true);
        check("docs/**", "docs/a.html.md.erb", false);
        check("docs/**/*.html.md.erb", "docs/a.html.md.erb", true);
        check("docs/a file", "docs/a file", true);
        for taken in ["content/pages/a.md", "content/sources/a.md", "static/a.md", "themes/x/a.md"] {
            check("**/*.md", taken, false);
        }
    }

    #[test]
    fn exceptions_take_files_away_whatever_their_ending() {
        let all = patterns(&["docs/**/*.md"], &["**/README.md", "**/*template*", "docs/old"]);
        let takes = |path: &str| all.matches(&SitePath::new(path).unwrap());
        assert!(takes("docs/a.md"));
        for path in [
            "docs/README.md",
            "docs/x/README.MD",
            "docs/postmortem-template.md",
            "docs/old/a.md",
            "docs/templates/a.md",
        ] {
            assert!(!takes(path), "{path}");
        }
        let paths = [SitePath::new("docs/a.md").unwrap()];
        assert_eq!(patterns(&["docs/a.md", "dosc/*.md"], &[]).unused(paths.iter()), [1]);
    }

    #[test]
    fn only_folders_that_may_hold_a_file_are_entered() {
        let check = |pattern: &str, folder: &str, entered: &[&str], left_out: &[&str]| {
            let pattern = FilePattern::new(pattern).unwrap();
            assert_eq!(pattern.folder(), folder, "{pattern:?}");
            for folder in entered {
                assert!(pattern.may_lie_in(folder), "{} {folder}", pattern.as_str());
            }
            for folder in left_out {
                assert!(!pattern.may_lie_in(folder), "{} {folder}", pattern.as_str());
            }
        };
        check(
            "services/*/postmortems/*.md",
            "services",
            &["services", "services/a", "services/a/postmortems"],
            &["src", "services/a/src", "services/a/postmortems/x"],
        );
        check("docs/**/*.md", "docs", &["docs", "docs/a/b"], &["src"]);
        check("docs/pm", "docs/pm", &["docs", "docs/pm", "docs/pm/a"], &["docs/other"]);
        check("docs/pm/a.md", "docs/pm", &["docs", "docs/pm"], &["docs/other"]);
        check("*.md", "", &[], &["docs"]);
        check("**/postmortem-*.md", "", &["a", "a/b"], &[]);
        check("{a/b,c}/*.md", "", &["a", "a/b", "c"], &[]);
    }

    #[test]
    fn patterns_stay_in_the_site_folder() {
        for text in ["../x/*.md", "/etc/*.md", "a/../../b", "", "a//b", "C:/x", "a\\b"] {
            assert_eq!(FilePattern::new(text).unwrap_err(), PatternError::Outside, "{text}");
        }
        for text in ["docs/{a", "docs/[a"] {
            assert!(matches!(FilePattern::new(text), Err(PatternError::Syntax(_))), "{text}");
        }
    }
}
