//! The themes that come with the program.

use include_dir::{Dir, include_dir};

/// A theme that comes with the program.
pub(super) struct BuiltIn {
    /// The name in casebook.toml. A template finds the built-in one that it overrides under it:
    /// `{% extends "default/review.html" %}`.
    pub(super) name: &'static str,
    folder: Dir<'static>,
}

static BUILT_IN: [BuiltIn; 2] = [
    BuiltIn { name: "default", folder: include_dir!("$CARGO_MANIFEST_DIR/themes/default") },
    BuiltIn { name: "plain", folder: include_dir!("$CARGO_MANIFEST_DIR/themes/plain") },
];

impl BuiltIn {
    /// The built-in themes that a theme of this name rests on, the nearest first; the default one is the last.
    pub(super) fn bases(name: &str) -> Vec<&'static Self> {
        let [default, others @ ..] = &BUILT_IN;
        others.iter().filter(|theme| theme.name == name).chain([default]).collect()
    }
}

/// What the built-in themes themselves say.
pub fn built_in_texts() -> impl Iterator<Item = &'static str> {
    let mut folders: Vec<&'static Dir<'static>> = BUILT_IN.iter().map(|theme| &theme.folder).collect();
    let mut texts = Vec::new();
    while let Some(next) = folders.pop() {
        folders.extend(next.dirs());
        texts.extend(next.files().filter_map(|file| file.contents_utf8()));
    }
    texts.into_iter()
}

/// Every file of the built-in theme `name`, by its path in the theme; none when there is no such theme.
pub fn built_in_files(name: &str) -> Option<Vec<(String, &'static [u8])>> {
    let theme = BUILT_IN.iter().find(|theme| theme.name == name)?;
    let folders = ["templates", "assets", "i18n"];
    let below =
        |folder: &'static str| files_below(theme, folder).map(move |(name, bytes)| (format!("{folder}/{name}"), bytes));
    Some(folders.into_iter().flat_map(below).collect())
}

/// The files of a theme below a folder, by their path in it.
pub(super) fn files_below(
    theme: &'static BuiltIn,
    folder: &str,
) -> impl Iterator<Item = (String, &'static [u8])> + use<> {
    let mut files = Vec::new();
    let mut folders: Vec<&Dir<'_>> = theme.folder.get_dir(folder).into_iter().collect();
    while let Some(next) = folders.pop() {
        folders.extend(next.dirs());
        for file in next.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let name = path.strip_prefix(folder).unwrap_or(&path).trim_start_matches('/');
            files.push((name.to_owned(), file.contents()));
        }
    }
    files.sort();
    files.into_iter()
}

/// The templates of a theme, by their path below the folder of templates.
pub(super) fn templates(theme: &'static BuiltIn) -> impl Iterator<Item = (String, String)> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    files_below(theme, "templates").map(move |(name, bytes)| (name, text(bytes)))
}
