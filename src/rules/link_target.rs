//! Where links in a text lead: to a file of the site folder, or elsewhere.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::LinkUse;
use crate::rules::Library;
use crate::rules::phrase::tail_of_any;
use crate::text::{LinkStatus, SitePath, SourceSet, Span, Suggestions, without_fragment};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To another site, or to a place on the same page.
    Elsewhere,
    /// To a file of the site folder, whether it exists or not.
    File(SitePath),
    /// Out of the site folder, or to a path that no site folder can have.
    Nowhere,
}

/// Where `destination` leads from the file at `from`. Fragment and query do not count.
pub(super) fn target(from: &SitePath, destination: &str) -> Target {
    let destination = destination.trim();
    let is_scheme = |(scheme, _): (&str, &str)| !scheme.contains(['/', '?', '#']);
    let has_address = destination.starts_with("//") || destination.split_once(':').is_some_and(is_scheme);
    if destination.is_empty() || destination.starts_with(['#', '?']) || has_address {
        return Target::Elsewhere;
    }
    from.follow(destination).map_or(Target::Nowhere, Target::File)
}

/// How many bytes after the destination of a link are looked through.
const LONGEST_TITLE: usize = 1_000;

/// The place of the destination within the link, or of the whole link when the destination stands elsewhere.
pub(super) fn place(link: &LinkUse, text: &str) -> Span {
    // The destination stands at the end, before a title. The words before it may hold other links and images.
    let written = link.span.slice(text);
    let end = tail_of_any(written, link.destination.len() + LONGEST_TITLE);
    match end.rfind(&link.destination) {
        Some(at) if !link.destination.is_empty() => {
            Span::new(at, at + link.destination.len()).shifted(link.span.end - end.len())
        }
        _ => link.span,
    }
}

/// The references from a file to all files that there are, of which a link was probably meant to be one.
pub(super) fn references(from: &SitePath, sources: &SourceSet) -> Suggestions {
    let reference = |path: &SitePath| match path.below("static") {
        Some(below) => format!("/{below}"),
        None => from.reference_to(path),
    };
    Suggestions::new(sources.texts.keys().chain(sources.assets.keys()).map(reference))
}

/// A link or an image in a string of the front matter.
pub(super) struct LinkInString<'a> {
    /// The text between the brackets.
    pub(super) words: &'a str,
    /// The link from bracket to bracket, in bytes of the string.
    pub(super) range: Range<usize>,
    /// Whether it is an image.
    pub(super) image: bool,
}

static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"!?\[(?<words>[^\[\]]*)\]\([^()\s]+\)").expect("a regular expression"));

/// The links and images in a string of the front matter.
pub(super) fn links_in_string(text: &str) -> impl Iterator<Item = LinkInString<'_>> {
    let links = if text.contains("](") { text } else { "" };
    WRITTEN.captures_iter(links).filter_map(|found| {
        let whole = found.get(0)?;
        let words = found.name("words")?.as_str();
        Some(LinkInString { words, range: whole.range(), image: whole.as_str().starts_with('!') })
    })
}

/// Every page of another site that a review or a page leads to.
pub fn outside_addresses(library: &Library<'_>) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    each_outside(library, |_, address, _| _ = addresses.insert(without_fragment(address).to_owned()));
    addresses
}

/// Calls `found` with the file, the address and the place of each link that other servers were asked about.
pub(super) fn each_reply<'a>(library: &Library<'a>, mut found: impl FnMut(&'a SitePath, &str, Span, &LinkStatus)) {
    if library.sources.link_statuses.is_empty() {
        return;
    }
    each_outside(library, |path, address, place| {
        if let Some(reply) = library.sources.link_statuses.get(without_fragment(address)) {
            found(path, address, place, reply);
        }
    });
}

fn each_outside<'a>(library: &Library<'a>, mut found: impl FnMut(&'a SitePath, &str, Span)) {
    let mut in_text = |path: &'a SitePath, text: &str, links: &[LinkUse]| {
        for link in links.iter().filter(|link| is_page(&link.destination)) {
            found(path, &link.destination, place(link, text));
        }
    };
    for page in library.pages {
        in_text(&page.path, &page.text, &page.links);
    }
    for review in library.reviews {
        in_text(&review.path, &review.text, &review.links);
    }
    for review in library.reviews {
        review.addresses.iter().for_each(|address| found(&review.path, &address.value, address.span));
    }
}

fn is_page(address: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

#[cfg(test)]
mod tests {
    use super::{Target, target};
    use crate::text::SitePath;

    fn check(destination: &str, leads_to: Target) {
        let from = SitePath::new("content/reviews/a.md").unwrap();
        assert_eq!(target(&from, destination), leads_to, "{destination}");
    }

    #[test]
    fn destinations_are_resolved_as_browsers_do() {
        let file = |path: &str| Target::File(SitePath::new(path).unwrap());
        check("b.md#timeline", file("content/reviews/b.md"));
        check("a%20b/chart.png?raw", file("content/reviews/a b/chart.png"));
        check("../pages/about.md", file("content/pages/about.md"));
        check("/logo.svg", file("static/logo.svg"));
        for nowhere in ["../../../x.md", "a\\b.md", "img/a:b.png", "%ff"] {
            check(nowhere, Target::Nowhere);
        }
        for elsewhere in ["#timeline", "https://example.org", "mailto:a@example.org", "//example.org/x", "", "?x"] {
            check(elsewhere, Target::Elsewhere);
        }
    }
}
