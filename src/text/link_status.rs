//! What other servers answered about links, as data.

/// The outcome of a request for the page behind a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkStatus {
    /// The server has the page.
    Found,
    /// The server redirects permanently to this address.
    Moved(String),
    /// There is no such page or host; the reason in a few words.
    Gone(String),
    /// The server did not answer, or refused; the reason in a few words.
    Unclear(String),
}

/// `address` up to `#`, which is as much as a server receives.
pub fn without_fragment(address: &str) -> &str {
    address.split_once('#').map_or(address, |(page, _)| page)
}
