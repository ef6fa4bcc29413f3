//! Links by reference, written out with their addresses, since an action is also shown without the text around it.

use crate::document::outline::Link;
use crate::document::section::within;
use crate::text::Span;

/// The words of a place, in which `[this]` and `[this][1]` are `[this](https://example.org/)`. The links are in order.
pub(super) fn written_out(text: &str, place: Span, links: &[Link]) -> String {
    let mut words = String::new();
    let mut at = place.start;
    for link in within(links, place, |link| link.span).filter(|link| !link.image) {
        if link.span.start >= at
            && let Some(label) = label(link.span.slice(text))
        {
            words.push_str(&text[at..link.span.start]);
            words.push_str(&format!("[{label}]({})", address(&link.destination)));
            at = link.span.end;
        }
    }
    words.push_str(text.get(at..place.end).unwrap_or_default());
    words
}

/// What stands in the brackets of a link by reference.
fn label(link: &str) -> Option<&str> {
    let inner = link.strip_prefix('[')?.strip_suffix(']')?;
    let inner = inner.strip_suffix('[').map(|inner| inner.strip_suffix(']').unwrap_or(inner)).unwrap_or(inner);
    Some(inner.rsplit_once("][").map_or(inner, |(label, _)| label))
}

/// An address as it stands in round brackets.
fn address(destination: &str) -> String {
    let is_plain = !destination.contains([' ', '(', ')', '<', '>']);
    if is_plain { destination.to_owned() } else { format!("<{}>", destination.replace(['<', '>', '\n'], "")) }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn links_by_reference_have_no_address_of_their_own() {
        assert_eq!(label("[#501]"), Some("#501"));
        assert_eq!(label("[#501][]"), Some("#501"));
        assert_eq!(label("[the issue][a-1]"), Some("the issue"));
        assert_eq!(label("[a [b] c][1]"), Some("a [b] c"));
        assert_eq!(label("[#501](https://example.org/)"), None);
        assert_eq!(label("<https://example.org/>"), None);
    }
}
