//! What other servers said about addresses, as data.

/// What became of a question whether an address leads to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The page is there.
    Found,
    /// The page has moved for good, and stands at this address now.
    Moved(String),
    /// There is no such page, or no such host; the reason in a few words.
    Gone(String),
    /// Nobody can tell: the server did not answer, or refused; the reason in a few words.
    Unclear(String),
}

/// The address of the page alone: without the place on it, which the server is not told.
pub fn page_of(address: &str) -> &str {
    address.split_once('#').map_or(address, |(page, _)| page)
}
