//! Restricts requests to public hosts, so that a link in a review cannot reach the local network.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// The hosts that requests may go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllowedHosts {
    /// Public addresses only.
    Public,
    /// Any address, including this machine and its local network.
    All,
}

impl AllowedHosts {
    /// Whether the host of `url` is not allowed. Names are resolved later, by [`Lookup`].
    pub(super) fn refuses(self, url: &Url) -> bool {
        let is_private = match url.host() {
            Some(Host::Ipv4(address)) => !is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => !is_public(IpAddr::V6(address)),
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => true,
        };
        self == Self::Public && is_private
    }
}

/// Resolves names, and refuses those with addresses that are not allowed. The client connects to exactly these addresses,
/// so the name cannot be resolved differently in between.
#[derive(Debug)]
pub(super) struct Lookup(pub(super) AllowedHosts);

/// The message for a name with a private address.
pub(super) const PRIVATE: &str = "it leads to a private address";

impl Resolver for Lookup {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let may_be_asked = self.0 == AllowedHosts::All || found.iter().all(|address| is_public(address.ip()));
        if may_be_asked { Ok(found) } else { Err(io::Error::new(io::ErrorKind::PermissionDenied, PRIVATE).into()) }
    }
}

/// Whether an address belongs to the public internet, by IANA's registries of special-purpose addresses.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped().or_else(|| translated(address)) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_protocol = a == 192 && b == 0 && c == 0;
    let is_benchmark = a == 198 && (18..20).contains(&b);
    let is_special = address.is_private() || address.is_loopback() || address.is_link_local();
    let is_nobody = a == 0 || a >= 224 || address.is_documentation();
    !(is_shared || is_protocol || is_benchmark || is_special || is_nobody)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Only 2000::/3 was ever given out; documentation and tunnels lie inside it.
    first & 0xe000 == 0x2000 && !(first == 0x2001 && (second == 0xdb8 || second < 0x200)) && first != 0x2002
}

/// The address that a translating router (64:ff9b::/96) makes of it.
fn translated(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let [a, b] = segments[6].to_be_bytes();
    let [c, d] = segments[7].to_be_bytes();
    (segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0]).then(|| Ipv4Addr::new(a, b, c, d))
}

#[cfg(test)]
mod tests {
    use super::{AllowedHosts, is_public};
    use url::Url;

    #[test]
    fn private_addresses_are_known_in_every_form() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn disguised_hosts_are_refused_before_anybody_is_asked() {
        for address in [
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://localhost:8080/",
            "http://a.localhost/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
        ] {
            let url = Url::parse(address).unwrap();
            assert!(AllowedHosts::Public.refuses(&url) && !AllowedHosts::All.refuses(&url), "{address}");
        }
        assert!(!AllowedHosts::Public.refuses(&Url::parse("https://example.org/").unwrap()));
    }
}
