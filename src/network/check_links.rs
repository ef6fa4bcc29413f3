//! Checks links: many servers at once, but one request at a time to each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;

use super::client::{Client, Method, REDIRECTS, RequestError, location, parse};
use crate::text::LinkStatus;

/// The greatest number of servers that get requests at once.
const AT_ONCE: usize = 16;

/// Checks every address, and calls `heard` after each. Addresses on hosts that are not allowed have no status.
pub fn check_links(
    client: &Client,
    addresses: &BTreeSet<String>,
    heard: impl Fn() + Sync,
) -> BTreeMap<String, LinkStatus> {
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        let host = parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
        hosts.entry(host.unwrap_or_default()).or_default().push(address);
    }
    let mut queue: Vec<Vec<&str>> = hosts.into_values().collect();
    // The longest lists begin first, so that no thread is left alone with one.
    queue.sort_by_key(Vec::len);
    let threads = queue.len().min(AT_ONCE);
    let (queue, replies) = (Mutex::new(queue), Mutex::new(BTreeMap::new()));
    let next = || lock(&queue).pop();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(addresses) = next() {
                    check_host(client, &addresses, |address, reply| {
                        if let Some(reply) = reply {
                            lock(&replies).insert(address.to_owned(), reply);
                        }
                        heard();
                    });
                }
            });
        }
    });
    replies.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Checks the addresses of one server in order. After one failed connection it gets no more requests.
fn check_host(client: &Client, addresses: &[&str], heard: impl Fn(&str, Option<LinkStatus>)) {
    let mut unreachable: Option<RequestError> = None;
    for (at, address) in addresses.iter().enumerate() {
        if let Some(error) = &unreachable {
            heard(address, status_of(error));
            continue;
        }
        if at > 0 {
            thread::sleep(client.settings.pause);
        }
        let reply = check(client, address);
        if let Err(error @ (RequestError::NoHost | RequestError::Silent(_))) = &reply {
            unreachable = Some(error.clone());
        }
        heard(address, reply.map_or_else(|error| status_of(&error), Some));
    }
}

fn status_of(error: &RequestError) -> Option<LinkStatus> {
    match error {
        RequestError::Private => None,
        RequestError::NoHost => Some(LinkStatus::Gone(error.to_string())),
        RequestError::Silent(_) | RequestError::Invalid(_) => Some(LinkStatus::Unclear(error.to_string())),
    }
}

/// Follows the redirects of an address. An error means that the first server could not be reached.
fn check(client: &Client, address: &str) -> Result<LinkStatus, RequestError> {
    let Ok(mut url) = parse(address) else { return Ok(LinkStatus::Gone("it is no address".to_owned())) };
    let (mut moved, mut for_good) = (None, true);
    for hop in 0..=REDIRECTS {
        let answer = match client.ask(&url, Method::Head) {
            Ok(answer) => answer,
            Err(error) if hop == 0 => return Err(error),
            Err(RequestError::NoHost) => {
                return Ok(LinkStatus::Gone(format!("it leads to {url}, and {}", RequestError::NoHost)));
            }
            Err(error) => return Ok(LinkStatus::Unclear(format!("it leads to {url}: {error}"))),
        };
        let status = answer.status();
        match (location(&url, &answer), status.as_u16()) {
            (Some(Ok(next)), code) => {
                for_good &= matches!(code, 301 | 308);
                url = next;
                if for_good {
                    moved = Some(url.to_string());
                }
            }
            (Some(Err(error)), _) => return Ok(LinkStatus::Unclear(format!("it leads to no page: {error}"))),
            (None, 200..=299) => return Ok(moved.map_or(LinkStatus::Found, LinkStatus::Moved)),
            (None, 404 | 410) => return Ok(LinkStatus::Gone(format!("the server says {status}"))),
            (None, _) => return Ok(LinkStatus::Unclear(format!("the server says {status}"))),
        }
    }
    Ok(LinkStatus::Unclear("it leads from one address to the next without end".to_owned()))
}
