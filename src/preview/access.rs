//! Access to the preview: requests that name it by its own address, and never those of pages of other sites.

use std::net::IpAddr;

use axum::http::{HeaderMap, Method, Request, StatusCode, header};

/// Which requests are answered.
#[derive(Clone, Debug)]
pub(super) struct AccessRules {
    /// The address that is listened at.
    pub(super) host: IpAddr,
    /// Further names under which the preview may be visited, without a port.
    pub(super) names: Vec<String>,
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A page of the site, which a link on any page may lead to.
    Page,
    /// What the preview knows about the site, which only its own pages ask for.
    PreviewData,
}

/// Why a request is not answered.
pub(super) type Refusal = (StatusCode, &'static str);

impl AccessRules {
    /// Refuses a request under a foreign host name, one that would write, and one that a page of another site makes.
    pub(super) fn check<B>(&self, request: &Request<B>, target: Target) -> Result<(), Refusal> {
        let headers = request.headers();
        // A request may name its host in its first line and in a header; a proxy may go by either.
        let named = request.uri().authority().map(|authority| authority.as_str().to_owned());
        let hosts: Vec<String> = named.into_iter().chain(texts(headers, &header::HOST)).collect();
        let is_asked_once = headers.get_all(header::HOST).iter().count() <= 1;
        if hosts.is_empty() || !is_asked_once || !hosts.iter().all(|host| self.knows(host)) {
            // DNS rebinding: a page of another site whose name resolves to this machine must not read drafts.
            let reason = "This preview answers only under its own address; add other names with --allow-host.";
            return Err((StatusCode::FORBIDDEN, reason));
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err((StatusCode::METHOD_NOT_ALLOWED, "This preview is read-only."));
        }
        let is_foreign_origin = texts(headers, &header::ORIGIN).any(|origin| !self.knows_origin(&origin));
        let is_foreign = |site: &header::HeaderValue| !["same-origin", "none"].iter().any(|own| site == own);
        let is_foreign_page = target == Target::PreviewData && headers.get_all("sec-fetch-site").iter().any(is_foreign);
        if is_foreign_origin || is_foreign_page {
            return Err((StatusCode::FORBIDDEN, "This preview does not answer to pages of other sites."));
        }
        Ok(())
    }

    fn knows_origin(&self, origin: &str) -> bool {
        let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        rest.is_some_and(|host| self.knows(host))
    }

    /// Whether `host` is this preview. Its port may be any, since ports are forwarded.
    fn knows(&self, host: &str) -> bool {
        let (name, rest) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some(parts) => parts,
            None => host.split_at(host.find(':').unwrap_or(host.len())),
        };
        let is_port = |rest: &str| rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
        if !(rest.is_empty() || is_port(rest)) {
            return false;
        }
        let name = name.strip_suffix('.').unwrap_or(name);
        if name.eq_ignore_ascii_case("localhost") || self.names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return true;
        }
        // No name server can rebind a numeric address.
        let is_own = |address: IpAddr| address == self.host || address.is_loopback() || self.host.is_unspecified();
        name.parse::<IpAddr>().is_ok_and(is_own)
    }
}

/// All values of a header. One that is not text is empty, which no host name matches.
fn texts(headers: &HeaderMap, name: &header::HeaderName) -> impl Iterator<Item = String> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    use axum::http::Request;

    use super::{AccessRules, Target};

    fn check(host: IpAddr, headers: &[(&str, &str)], target: Target, expected: u16) {
        let access = AccessRules { host, names: vec!["preview.example".to_owned()] };
        let method = headers.iter().find(|(name, _)| *name == "method").map_or("GET", |(_, method)| method);
        let mut request = Request::builder().method(method).uri("/");
        for (name, value) in headers.iter().filter(|(name, _)| *name != "method") {
            request = request.header(*name, *value);
        }
        let status =
            access.check(&request.body(()).unwrap(), target).map_or_else(|(status, _)| status.as_u16(), |()| 200);
        assert_eq!(status, expected, "{host} {headers:?}");
    }

    #[test]
    fn only_own_names_and_own_pages_are_answered() {
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let all = IpAddr::V6(Ipv6Addr::UNSPECIFIED);
        for own in ["localhost", "LOCALHOST:80", "127.0.0.1:4000", "[::1]:4000", "preview.example:1", "localhost."] {
            check(local, &[("host", own)], Target::PreviewData, 200);
            check(local, &[("host", own), ("origin", &format!("http://{own}"))], Target::PreviewData, 200);
        }
        let foreign = [
            "evil.example",
            "127.0.0.1.evil.example",
            "192.0.2.7",
            "localhost:x",
            "[::1]evil.example",
            "",
            "a@localhost",
        ];
        for foreign in foreign {
            check(local, &[("host", foreign)], Target::Page, 403);
            check(local, &[("host", "localhost"), ("origin", &format!("http://{foreign}"))], Target::Page, 403);
        }
        check(local, &[], Target::Page, 403);
        check(local, &[("host", "localhost"), ("origin", "null")], Target::PreviewData, 403);
        check(all, &[("host", "192.0.2.7:4000")], Target::Page, 200);
        check(all, &[("host", "evil.example")], Target::Page, 403);
        check(local, &[("host", "localhost"), ("sec-fetch-site", "cross-site")], Target::PreviewData, 403);
        // Links from other sites to a page work.
        check(local, &[("host", "localhost"), ("sec-fetch-site", "cross-site")], Target::Page, 200);
        for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
            check(local, &[("host", "localhost"), ("method", method)], Target::Page, 405);
        }
    }
}
