//! Pages as the preview sends them: what is published, and the script that keeps it fresh.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::snapshot::Snapshot;
use crate::text::SitePath;

/// The folder of the preview's own addresses, below the base path.
pub(super) const OWN: &str = "__casebook";

pub(super) const SCRIPT: &str = include_str!("preview.js");
pub(super) const STYLE: &str = include_str!("preview.css");

/// The output that an address below the base path stands for.
pub(super) fn path_of(below: &str) -> Option<SitePath> {
    let is_folder = below.is_empty() || below.ends_with('/');
    SitePath::new(&format!("{below}{}", if is_folder { "index.html" } else { "" })).ok()
}

/// A page with the script of the preview at its end. Without that it is what `build` writes.
pub(super) fn with_script(html: &[u8], snapshot: &Snapshot) -> Vec<u8> {
    let fingerprint = Fingerprint::of(html);
    let script = format!(
        "<script src=\"{}{OWN}/preview.js\" data-build=\"{}\" data-page=\"{:x}\" data-styles=\"{:x}\"></script>",
        snapshot.base_path, snapshot.build, fingerprint.page, fingerprint.styles
    );
    let end = html.windows(7).rposition(|part| part == b"</body>").unwrap_or(html.len());
    [&html[..end], script.as_bytes(), &html[end..]].concat()
}

/// A page for when the site has none. The script adds the findings to it.
pub(super) fn empty(snapshot: &Snapshot) -> Vec<u8> {
    with_script(&bare(), snapshot)
}

/// The page for when the site has none, without the script.
pub(super) fn bare() -> Vec<u8> {
    const HTML: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
                        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
                        <meta name=\"color-scheme\" content=\"light dark\"><title>The site cannot be shown yet</title></head>\
                        <body><noscript>The site cannot be shown yet. The terminal says why.</noscript></body></html>";
    HTML.into()
}

/// Hashes that tell whether a page changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// The hash of everything but the names of its style sheets.
    pub(super) page: u64,
    /// The hash of the names of its style sheets, which change with their content.
    pub(super) styles: u64,
}

impl Fingerprint {
    pub(super) fn of(html: &[u8]) -> Self {
        let (mut page, mut styles) = (DefaultHasher::new(), DefaultHasher::new());
        let mut from = 0;
        while let Some(at) = html[from..].windows(5).position(|part| part == b".css\"") {
            let end = from + at;
            let hash = end.saturating_sub(HASH).max(from)..end;
            let is_hash = html[hash.clone()].len() == HASH && html[hash.start] == b'-';
            let is_hash = is_hash && html[hash.start + 1..hash.end].iter().all(u8::is_ascii_hexdigit);
            html[from..if is_hash { hash.start } else { end }].hash(&mut page);
            html[hash].hash(&mut styles);
            from = end + 4;
        }
        html[from..].hash(&mut page);
        Self { page: page.finish(), styles: styles.finish() }
    }
}

/// The length of the hyphen and the hash in the name of a style sheet.
const HASH: usize = 11;

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn a_new_style_is_a_new_look_of_the_same_page() {
        let fingerprint = |html: &str| Fingerprint::of(html.as_bytes());
        let first = fingerprint("<link href=\"style-0123456789.css\"><p>a.css");
        let restyled = fingerprint("<link href=\"style-0123456780.css\"><p>a.css");
        let changed = fingerprint("<link href=\"style-0123456789.css\"><p>b.css");
        assert!(first.page == restyled.page && first.styles != restyled.styles);
        assert!(first.page != changed.page && first.styles == changed.styles);
        assert_ne!(fingerprint("<link href=\"a.css\">").page, fingerprint("<link href=\"b.css\">").page);
        assert_eq!(fingerprint("").page, fingerprint("").page);
    }
}
