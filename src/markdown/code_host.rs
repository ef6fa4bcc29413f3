//! References to issues and commits of the repository that a site belongs to, as its code host links them.

use super::bare_link::BareLink;

/// Where the repository of a site is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CodeHost {
    /// The address of the repository, without a slash at its end.
    repository: String,
    /// The address of the host, without a slash at its end.
    host: String,
}

impl CodeHost {
    /// The host of the repository at this address; `None` if it is no address.
    pub(crate) fn new(repository: &str) -> Option<Self> {
        let repository = repository.trim().trim_end_matches('/');
        let start = repository.find("://")? + 3;
        let host = repository[start..].find('/').map_or(repository, |at| &repository[..start + at]);
        Some(Self { repository: repository.to_owned(), host: host.to_owned() })
    }

    /// All references in `text`, in order: `#12`, `org/repo#12`, hashes of commits.
    pub(super) fn references(&self, text: &str) -> Vec<BareLink> {
        let issues = text.match_indices('#').filter_map(|(at, _)| self.issue(text, at));
        let mut links: Vec<BareLink> = issues.collect();
        links.extend(words(text).filter(|(at, word)| is_commit(text, *at, word)).map(|(at, word)| BareLink {
            range: at..at + word.len(),
            address: format!("{}/commit/{word}", self.repository),
        }));
        links.sort_by_key(|link| link.range.start);
        links
    }

    fn issue(&self, text: &str, at: usize) -> Option<BareLink> {
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let number = &text[at + 1..at + 1 + digits];
        let end = at + 1 + digits;
        let is_number = (1..=LONGEST_NUMBER).contains(&digits) && !number.starts_with('0');
        if !is_number || text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '#')) {
            return None;
        }
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
        let name = text.as_bytes()[..at].iter().rev().take(LONGEST_NAME).take_while(|byte| is_name(byte)).count();
        let name = &text[at - name..at];
        let before = text[..at - name.len()].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '&' | '#' | '@' | ':')) {
            return None;
        }
        let repository = match name.split_once('/') {
            None if name.is_empty() => self.repository.clone(),
            Some((owner, rest)) if !owner.is_empty() && !rest.is_empty() && !rest.contains('/') => {
                format!("{}/{name}", self.host)
            }
            _ => return None,
        };
        Some(BareLink { range: at - name.len()..end, address: format!("{repository}/issues/{number}") })
    }
}

/// No repository has an issue of more digits.
const LONGEST_NUMBER: usize = 7;

/// The longest name of an owner and a repository, in bytes.
const LONGEST_NAME: usize = 140;

/// The runs of letters and digits in a text.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric()).map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Whether a word is the hash of a commit, whole or shortened as git does. The host knows its commits; here a word counts that
/// has digits and letters, which `deadbeef` and `1234567` have not, and stands alone, as no part of an id does. Hashes of
/// other lengths are mostly ids of traces and images.
fn is_commit(text: &str, at: usize, word: &str) -> bool {
    let is_hash = matches!(word.len(), 7..=12 | 40)
        && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    if !is_hash {
        return false;
    }
    let (before, after) = (&text[..at], &text[at + word.len()..]);
    let ends_alone = after.chars().next().is_none_or(|c| c.is_whitespace() || ",.;:!?)]}\"'”’".contains(c))
        && !after.chars().nth(1).is_some_and(|c| c.is_alphanumeric() && !after.starts_with(char::is_whitespace));
    ends_alone && before.chars().next_back().is_none_or(|c| c.is_whitespace() || "([{\"'“‘".contains(c))
}

#[cfg(test)]
mod tests {
    use super::CodeHost;

    #[test]
    fn references_lead_where_the_host_shows_them() {
        let home = "https://host.example/team/app";
        let cases: &[(&str, &[&str])] = &[
            ("#12, (#3) and fixes #45.", &["/team/app/issues/12", "/team/app/issues/3", "/team/app/issues/45"]),
            ("org/repo.js#7 and my_org/a-b#8", &["/org/repo.js/issues/7", "/my_org/a-b/issues/8"]),
            (
                "a1b2c3d, (0123456789abcdef0123456789abcdef01234567)",
                &["/team/app/commit/a1b2c3d", "/team/app/commit/0123456789abcdef0123456789abcdef01234567"],
            ),
            ("#0 #01 a#1 #1a #x # ## #1-2 ##3 &#123; a/b/c#1 /b#1 repo#1 #12345678", &[]),
            ("deadbeef 1234567 A1B2C3D a1b2c3 4bf92f3577b34da6 sha256:a1b2c3d pod-7d9f8c6b5-x 550e8400-e29b", &[]),
            ("a1b2c3d4-e5f6 a1b2c3d.txt /a1b2c3d x=a1b2c3d ééa1b2c3d", &[]),
        ];
        let host = CodeHost::new(&format!("{home}/")).unwrap();
        for (text, expected) in cases {
            let found: Vec<String> = host.references(text).into_iter().map(|link| link.address).collect();
            let expected: Vec<String> = expected.iter().map(|path| format!("https://host.example{path}")).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
