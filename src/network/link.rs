//! Whether links lead to pages: many servers at once, each one request at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;

use super::client::{Client, Method, REDIRECTS, Trouble, location, parse};
use crate::text::LinkStatus;

/// How many servers are asked at once.
const AT_ONCE: usize = 16;

/// Asks about every address, and calls `heard` after each. One that may not be asked has no reply.
pub fn ask_all(client: &Client, addresses: &BTreeSet<String>, heard: impl Fn() + Sync) -> BTreeMap<String, LinkStatus> {
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
                    ask_host(client, &addresses, |address, reply| {
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

/// Asks one server about its addresses, one after the other. When it cannot be reached once, it is not asked again.
fn ask_host(client: &Client, addresses: &[&str], heard: impl Fn(&str, Option<LinkStatus>)) {
    let mut unreachable: Option<Trouble> = None;
    for (at, address) in addresses.iter().enumerate() {
        if let Some(trouble) = &unreachable {
            heard(address, reply_to(trouble));
            continue;
        }
        if at > 0 {
            thread::sleep(client.settings.pause);
        }
        let reply = look(client, address);
        if let Err(trouble @ (Trouble::NoHost | Trouble::Silent(_))) = &reply {
            unreachable = Some(trouble.clone());
        }
        heard(address, reply.map_or_else(|trouble| reply_to(&trouble), Some));
    }
}

fn reply_to(trouble: &Trouble) -> Option<LinkStatus> {
    match trouble {
        Trouble::Private => None,
        Trouble::NoHost => Some(LinkStatus::Gone(trouble.to_string())),
        Trouble::Silent(_) | Trouble::Garbled(_) => Some(LinkStatus::Unclear(trouble.to_string())),
    }
}

/// Where an address leads. An error means that the first server could not be reached.
fn look(client: &Client, address: &str) -> Result<LinkStatus, Trouble> {
    let Ok(mut url) = parse(address) else { return Ok(LinkStatus::Gone("it is no address".to_owned())) };
    let (mut moved, mut for_good) = (None, true);
    for hop in 0..=REDIRECTS {
        let answer = match client.ask(&url, Method::Look) {
            Ok(answer) => answer,
            Err(trouble) if hop == 0 => return Err(trouble),
            Err(Trouble::NoHost) => return Ok(LinkStatus::Gone(format!("it leads to {url}, and {}", Trouble::NoHost))),
            Err(trouble) => return Ok(LinkStatus::Unclear(format!("it leads to {url}: {trouble}"))),
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
