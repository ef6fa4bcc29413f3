//! Where a site will be reachable.

use crate::text::is_web_address;

/// The address of the home page, always with a closing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl Default for BaseUrl {
    fn default() -> Self {
        Self("http://localhost/".to_owned())
    }
}

impl BaseUrl {
    /// Takes an `http` or `https` address without query and fragment. `None` for anything else.
    pub fn new(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host_is_there = !rest.is_empty() && !rest.starts_with('/');
        let climbs = rest.split('/').any(|part| matches!(part, "." | ".."));
        (host_is_there && !climbs && rest.chars().all(Self::is_safe) && is_web_address(text))
            .then(|| Self(format!("{}/", text.trim_end_matches('/'))))
    }

    /// Whether a character can stand in an address without meaning something else.
    pub(super) fn is_safe(c: char) -> bool {
        c.is_ascii_graphic() && !matches!(c, '?' | '#' | '<' | '>' | '"' | '\'' | '\\' | '@')
    }

    /// The whole address, with a closing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its path, with a slash at both ends: `/` or `/lessons/`.
    pub fn path(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        self.0[host..].find('/').map_or("/", |at| &self.0[host + at..])
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn base_urls_end_in_a_slash_and_know_their_path() {
        let path = |text: &str| BaseUrl::new(text).map(|url| url.path().to_owned());
        assert_eq!(path("https://example.org"), Some("/".to_owned()));
        assert_eq!(path("https://example.org/a/b"), Some("/a/b/".to_owned()));
        for text in ["example.org", "ftp://example.org", "https://", "https://a/../b", "https://a/?q", "javascript:1"] {
            assert_eq!(path(text), None, "{text}");
        }
    }
}
