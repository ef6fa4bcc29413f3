//! Addresses of files, as editors name them.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;
use url::Url;

/// The file that an address names; none for what is no file, such as a text that was never saved.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    Url::parse(uri.as_str()).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}

/// The address of a file. The path is a whole one.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    let url = Url::from_file_path(path).ok()?;
    // Browsers leave signs in addresses that the protocol does not allow there.
    let escaped = |c: char| match c {
        '[' | ']' | '{' | '}' | '|' | '^' | '`' | '\\' | '"' | '<' | '>' => format!("%{:02X}", u32::from(c)),
        other => other.to_string(),
    };
    Uri::from_str(&url.as_str().chars().map(escaped).collect::<String>()).ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::str::FromStr;

    use lsp_types::Uri;

    use super::{path_of, uri_of};

    #[cfg(unix)]
    #[test]
    fn names_with_any_character_come_back() {
        for path in ["/a b/é#?%/日本.md", "/x/[1]{2}^|.md"] {
            let uri = uri_of(Path::new(path)).unwrap();
            assert_eq!(path_of(&uri).as_deref(), Some(Path::new(path)), "{}", uri.as_str());
        }
        assert_eq!(path_of(&Uri::from_str("untitled:Untitled-1").unwrap()), None);
    }
}
