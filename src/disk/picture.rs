//! Pictures that reviews show from folders outside of their own, such as `../images/graph.png`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::text::{SitePath, Source};

const ENDINGS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"];

/// The pictures below `root` that the texts refer to, by path. What lies behind a link, or is hidden, is none.
pub(super) fn shown_by<'a>(texts: impl Iterator<Item = &'a Source>, root: &Path) -> BTreeMap<SitePath, PathBuf> {
    let paths = texts.flat_map(|source| referred_to(source).filter_map(|to| source.path.follow(to)));
    let is_picture = |path: &SitePath| {
        let ending = path.extension().unwrap_or_default().to_lowercase();
        ENDINGS.contains(&ending.as_str()) && !path.as_str().split('/').any(|part| part.starts_with('.'))
    };
    let found = paths.filter(is_picture).map(|path| (root.join(path.as_str()), path));
    let is_there = |at: &Path| fs::canonicalize(at).is_ok_and(|real| real == at) && at.is_file();
    found.filter(|(at, path)| path.portability_error().is_none() && is_there(at)).map(|(at, path)| (path, at)).collect()
}

/// The words around each `../`, which every reference out of a folder has.
fn referred_to(source: &Source) -> impl Iterator<Item = &str> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '\'');
    let text = &*source.text;
    // A single sign is looked for many bytes at a time.
    let climbs = text.match_indices('/').filter(|(at, _)| text[..*at].ends_with("..")).map(|(at, _)| at - "..".len());
    climbs.map(move |at| {
        // More than a path can have is none.
        let before = text[..at].char_indices().rev().take(200).find(|(_, c)| is_end(*c));
        let start = before.map_or(at, |(before, sign)| before + sign.len_utf8());
        let end = text[at..].find(is_end).map_or(text.len(), |length| at + length);
        &text[start..end]
    })
}

#[cfg(test)]
mod tests {
    use super::referred_to;
    use crate::text::{SitePath, Source};

    #[test]
    fn references_are_taken_in_every_form() {
        let text = "![a](../a.png) <img src=\"../b.png\"> [c]: <../c.png>\n![d](./../d.png \"title\") ../../e.png";
        let source = Source::new(SitePath::new("docs/x.md").unwrap(), text);
        let found: Vec<&str> = referred_to(&source).collect();
        assert_eq!(found[..4], ["../a.png", "../b.png", "../c.png", "./../d.png"]);
        assert!(found[4..].iter().all(|path| *path == "../../e.png"));
    }
}
