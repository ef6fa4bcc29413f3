//! Where reviews of other sites come from.

use std::sync::Arc;

/// A federated site: another site whose reviews this one shows, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FederatedSite {
    /// Its name in addresses, chosen by this site.
    pub id: String,
    /// The name of the site.
    pub title: String,
    /// The organisation that publishes it.
    pub organisation: String,
    /// The address of its home page.
    pub address: String,
    /// The licence of its reviews; may be empty.
    pub licence: String,
}

/// Where the review of a federated site comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The site that published it.
    pub site: Arc<FederatedSite>,
    /// The page of the review there.
    pub address: String,
}
