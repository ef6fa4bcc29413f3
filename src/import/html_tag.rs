//! Opening tags of HTML in a text, with their attributes.

/// The greatest length of a tag in characters within which quotes are believed.
const LONGEST_TAG: usize = 2_000;

/// An opening tag.
pub(super) struct Tag<'a> {
    /// In lower case.
    pub(super) name: String,
    /// From `<` to `>`.
    pub(super) whole: &'a str,
    pub(super) length: usize,
}

impl<'a> Tag<'a> {
    /// Reads the tag at the beginning of a text. A `>` in quotes ends none.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let name: String = text[1..].chars().take(16).take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            return None;
        }
        let mut quote = None;
        let end = text.char_indices().take(LONGEST_TAG).find_map(|(at, sign)| {
            match (quote, sign) {
                (None, '>') => return Some(at + 1),
                (None, '"' | '\'') => quote = Some(sign),
                (Some(open), sign) if open == sign => quote = None,
                (None | Some(_), _) => {}
            }
            None
        });
        let length = end.or_else(|| text.find('>').map(|end| end + 1)).unwrap_or(text.len());
        Some(Self { name: name.to_ascii_lowercase(), whole: &text[..length], length })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let starts = self.whole.match_indices(name).map(|(at, _)| at);
        let after = |at: usize| {
            let before = self.whole[..at].ends_with(|sign: char| sign.is_whitespace());
            before.then(|| self.whole[at + name.len()..].trim_start().strip_prefix('=')).flatten()
        };
        let value = starts.filter_map(after).next()?.trim_start();
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split([' ', '\t', '\n', '>']).next(),
        }
    }
}

/// The text with each tag of the element `name` as `changed` says it, or as it is.
pub(super) fn with_tags(html: &str, name: &str, changed: impl Fn(&Tag<'_>) -> Option<String>) -> String {
    let opening = format!("<{name}");
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(&opening) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = Tag::read(rest).filter(|tag| tag.name == name);
        let length = tag.as_ref().map_or(opening.len(), |tag| tag.length);
        text.push_str(&tag.and_then(|tag| changed(&tag)).unwrap_or_else(|| rest[..length].to_owned()));
        rest = &rest[length..];
    }
    text.push_str(rest);
    text
}
