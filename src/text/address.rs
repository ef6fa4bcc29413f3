//! Web addresses, compared by their parts: as text, `http://127.0.0.1.example/` begins like `http://127.0.0.1`.

use std::borrow::Cow;

use url::Url;

/// The greatest length in bytes of an address: longer ones do not work everywhere.
const LONGEST: usize = 2_000;

/// `None` unless `address` has the scheme `http` or `https`, a host and no user name.
fn parse(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok().filter(|_| address.len() <= LONGEST)?;
    let has_user = !url.username().is_empty() || url.password().is_some();
    (matches!(url.scheme(), "http" | "https") && url.has_host() && !has_user).then_some(url)
}

/// The schemes that a link of a page may have.
pub const LINK_SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// The scheme of an address, in lower case; `None` if it has none. Browsers ignore control characters and blanks in it, so
/// they do not count.
pub fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    if scheme.contains(['/', '?', '#']) {
        return None;
    }
    Some(scheme.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase())
}

/// The file and the place on its page that a link names, as a browser looks for the place: `#%C3%BC` is `ü`.
pub fn split_fragment(link: &str) -> Option<(&str, Cow<'_, str>)> {
    let (file, place) = link.split_once('#')?;
    Some((file, percent_encoding::percent_decode_str(place).decode_utf8().unwrap_or(place.into())))
}

/// Whether `address` has the scheme `http` or `https`, a valid host, and no user name, which could look like a host.
pub fn is_web_address(address: &str) -> bool {
    parse(address).is_some()
}

/// Whether `address` is below `home`: the same scheme, host and port, and a path that starts with the path of `home`.
pub fn is_within(address: &str, home: &str) -> bool {
    let (Some(address), Some(home)) = (parse(address), parse(home)) else { return false };
    let folder = home.path().trim_end_matches('/');
    let below = address.path().strip_prefix(folder);
    // Some servers decode these to slashes, which may lead out of the folder.
    let path = address.path().to_ascii_lowercase();
    let is_clear = !path.contains("%2f") && !path.contains("%5c");
    address.origin() == home.origin() && is_clear && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{is_web_address, is_within};

    #[test]
    fn addresses_are_compared_by_their_parts() {
        for within in [
            "https://a.example/lessons/x.html",
            "https://a.example/lessons/",
            "https://a.example/lessons",
            "HTTPS://A.example:443/lessons/x",
            "https://a.example/other/../lessons/x",
        ] {
            assert!(is_within(within, "https://a.example/lessons/"), "{within}");
        }
        for outside in [
            "https://a.example/lessons.evil/x",
            "https://a.example/lessons/../x",
            "https://a.example/lessons/%2e%2e/x",
            "https://a.example/lessons/..%2fx",
            "https://a.example/lessons/..\\x",
            "https://a.example.evil.example/lessons/x",
            "https://a.example:8443/lessons/x",
            "http://a.example/lessons/x",
            "https://a.example@evil.example/lessons/x",
            "https://b.example/lessons/x",
            "https:/lessons/x",
            "",
        ] {
            assert!(!is_within(outside, "https://a.example/lessons/"), "{outside}");
        }
        assert!(!is_within("http://127.0.0.1.evil.example/x", "http://127.0.0.1"));
        assert!(is_within("http://127.0.0.1/x", "http://127.0.0.1"));
    }

    #[test]
    fn pages_of_the_web_have_a_host_and_no_user() {
        for web in ["https://a.example", "http://[::1]:80/x", "https://a.example/@b"] {
            assert!(is_web_address(web), "{web}");
        }
        for other in ["javascript:alert(1)", "https://a@b.example/", "https://a.example:99999/", "http://[::1/", "//a"]
        {
            assert!(!is_web_address(other), "{other}");
        }
        assert!(!is_web_address(&format!("https://a.example/{}", "a".repeat(2_000))));
    }
}
