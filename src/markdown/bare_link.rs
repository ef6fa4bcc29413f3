//! Addresses that stand in a text without brackets, as GitHub links them: where each begins and ends.
//!
//! The rules are those of GitHub Flavored Markdown, section "Autolinks (extension)". General link finders end elsewhere:
//! they keep a trailing `*` or `_`, stop at `|` and quotes inside, and link `example.org` or `postgres://` as well.

use std::ops::Range;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BareLink {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// What it leads to.
    pub(super) address: String,
}

/// All addresses of pages and mailboxes in `text`, in order.
pub(super) fn bare_links(text: &str) -> Vec<BareLink> {
    let mut links: Vec<BareLink> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find([':', 'w', 'W', '@']).map(|offset| at + offset) {
        let from = links.last().map_or(0, |link| link.range.end);
        let link = match text.as_bytes()[found] {
            b':' => with_scheme(text, from, found),
            b'@' => mailbox(text, from, found),
            _ => without_scheme(text, from, found),
        };
        at = link.as_ref().map_or(found + 1, |link| link.range.end);
        links.extend(link);
    }
    links
}

/// The address whose scheme ends at `colon`.
fn with_scheme(text: &str, from: usize, colon: usize) -> Option<BareLink> {
    let rest = text[colon..].strip_prefix("://")?;
    let before = &text[from..colon];
    let scheme = before.len() - before.bytes().rev().take(6).take_while(u8::is_ascii_alphabetic).count();
    let is_web = ["http", "https"].iter().any(|web| before[scheme..].eq_ignore_ascii_case(web));
    // `git+https://…` has another scheme.
    let is_whole = !before[..scheme].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'));
    let host = host_length(rest)?;
    let start = from + scheme;
    let end = colon + 3 + trimmed_length(rest);
    (is_web && is_whole && end > colon + 3 && host > 0)
        .then(|| BareLink { range: start..end, address: text[start..end].to_owned() })
}

/// The address that begins with `www.` at `start`. No host of today needs `http`, which GitHub would write.
fn without_scheme(text: &str, from: usize, start: usize) -> Option<BareLink> {
    let rest = &text[start..];
    let is_www = rest.get(..4).is_some_and(|www| www.eq_ignore_ascii_case("www."));
    let is_first = start == from || text[..start].ends_with(|c: char| c.is_whitespace() || "*_~([\"'“„«>".contains(c));
    if !is_www || !is_first || !rest[4..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    host_length(rest)?;
    let end = start + trimmed_length(rest);
    let address = format!("https://{}", &text[start..end]);
    (end > start + 4).then_some(BareLink { range: start..end, address })
}

/// The address of a mailbox around the sign at `at`.
fn mailbox(text: &str, from: usize, at: usize) -> Option<BareLink> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'_');
    let before = &text[from..at];
    let mut start = at - before.bytes().rev().take_while(|byte| is_name(*byte)).count();
    let after = &text[at + 1..];
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let host = &after[..after.bytes().take_while(|byte| is_host(*byte)).count()];
    let host = host.trim_end_matches('.');
    let end = at + 1 + host.len();
    let is_mailbox = start < at && host.contains('.') && !host.starts_with('.') && !host.ends_with(['-', '_']);
    // `git@host.example:path` and `user@host.example/path` are addresses of machines.
    let is_followed = text[end..].starts_with(['@', '/'])
        || text[end..]
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '/'));
    let scheme = text[from..start].len() >= 7
        && text.get(start - 7..start).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let is_part = !scheme && text[from..start].ends_with(['/', ':', '@']);
    if !is_mailbox || is_followed || is_part {
        return None;
    }
    let address = format!("mailto:{}", &text[start..end]);
    start -= if scheme { 7 } else { 0 };
    Some(BareLink { range: start..end, address })
}

/// The length of the host at the beginning of `text`; `None` if there is none, or an underscore in its last two parts.
fn host_length(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(text.len());
    let host = text[..end].trim_end_matches('.');
    let mut last = host.rsplit('.').take(2);
    (!host.is_empty() && !host.starts_with('.') && last.all(|part| !part.contains('_'))).then_some(host.len())
}

/// How much of `text` belongs to an address that has begun: up to a blank or `<`, without the signs of the sentence around it.
fn trimmed_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || c == '<').unwrap_or(text.len());
    let mut address = &text[..end];
    let balance =
        |open: char, close: char| address.matches(close).count().saturating_sub(address.matches(open).count());
    let mut unbalanced = [(')', balance('(', ')')), (']', balance('[', ']'))];
    loop {
        let Some(last) = address.chars().next_back() else { return 0 };
        let kept = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '”' | '’' | '“' | '»' | '…' => {
                &address[..address.len() - last.len_utf8()]
            }
            ';' => before_entity(address).unwrap_or(&address[..address.len() - 1]),
            ')' | ']' => {
                let of_kind = &mut unbalanced[usize::from(last == ']')].1;
                if *of_kind == 0 {
                    return address.len();
                }
                *of_kind -= 1;
                &address[..address.len() - 1]
            }
            _ => return address.len(),
        };
        address = kept;
    }
}

/// What stands before something like `&amp;` at the end.
fn before_entity(address: &str) -> Option<&str> {
    let name = address.strip_suffix(';')?;
    let start = name.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    start.strip_suffix('&').filter(|_| start.len() < name.len())
}

#[cfg(test)]
mod tests {
    use super::bare_links;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = bare_links(text).into_iter().map(|link| link.address).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_end_where_code_hosts_end_them() {
        let cases: &[(&str, &[&str])] = &[
            // The examples of GitHub Flavored Markdown.
            ("www.commonmark.org", &["https://www.commonmark.org"]),
            ("Visit www.commonmark.org/help for more.", &["https://www.commonmark.org/help"]),
            ("Visit www.commonmark.org.", &["https://www.commonmark.org"]),
            ("Visit www.commonmark.org/a.b.", &["https://www.commonmark.org/a.b"]),
            ("www.google.com/search?q=Markup+(business)", &["https://www.google.com/search?q=Markup+(business)"]),
            ("www.google.com/search?q=Markup+(business)))", &["https://www.google.com/search?q=Markup+(business)"]),
            ("(www.google.com/search?q=Markup+(business))", &["https://www.google.com/search?q=Markup+(business)"]),
            ("(www.google.com/search?q=Markup+(business)", &["https://www.google.com/search?q=Markup+(business)"]),
            ("www.google.com/search?q=(business))+ok", &["https://www.google.com/search?q=(business))+ok"]),
            ("www.google.com/search?q=a&hl=en", &["https://www.google.com/search?q=a&hl=en"]),
            ("www.google.com/search?q=commonmark&hl;", &["https://www.google.com/search?q=commonmark"]),
            ("www.commonmark.org/he<lp", &["https://www.commonmark.org/he"]),
            ("http://commonmark.org", &["http://commonmark.org"]),
            (
                "(Visit https://encrypted.google.com/search?q=Markup+(business))",
                &["https://encrypted.google.com/search?q=Markup+(business)"],
            ),
            ("foo@bar.baz", &["mailto:foo@bar.baz"]),
            ("hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.", &["mailto:hello+xyz@mail.example"]),
            ("a.b-c_d@a.b a.b-c_d@a.b. a.b-c_d@a.b- a.b-c_d@a.b_", &["mailto:a.b-c_d@a.b", "mailto:a.b-c_d@a.b"]),
            ("mailto:foo@bar.baz, mailto:a.b-c_d@a.b-", &["mailto:foo@bar.baz"]),
            // What reviews write.
            (
                "**https://a.example/x**: \"https://a.example/y\"; 'https://b.example'",
                &["https://a.example/x", "https://a.example/y", "https://b.example"],
            ),
            ("[see https://a.example/b], https://a.example/c[1]", &["https://a.example/b", "https://a.example/c[1]"]),
            ("https://a.example/x_(y)_z?b=c|d#e_f_", &["https://a.example/x_(y)_z?b=c|d#e_f"]),
            ("HTTPS://A.EXAMPLE/x http://localhost:3000/x", &["HTTPS://A.EXAMPLE/x", "http://localhost:3000/x"]),
            ("日本https://a.example 、“https://a.example/b”…", &["https://a.example", "https://a.example/b"]),
            ("ftp://a.example git+https://a.example/x xhttps://a.example https://", &[]),
            ("awww.example wwwx.example www. www.- awww.a.example", &[]),
            ("git@host.example:org/repo postgres://user@host.example/db a@b @a.example a@b@c.example", &[]),
            ("10:05:07 a:b:c C:\\x std::fmt how? w: @team", &[]),
            ("http://a_b.example http://x_y.a.b.example", &["http://x_y.a.b.example"]),
        ];
        for (text, expected) in cases {
            check(text, expected);
        }
    }
}
