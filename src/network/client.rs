//! One request: limits on time, size and redirects, and patience with servers that are busy.

use std::fmt;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use chrono::DateTime;
use ureq::http::Response;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::reach::{Lookup, PRIVATE, Reach};
use crate::text::is_web_address;

/// How often an address may lead to another one.
pub(super) const REDIRECTS: usize = 5;

/// How often a server that is busy, or does not answer, is asked again.
const RETRIES: u32 = 2;

/// How requests are made.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Which servers may be asked.
    pub reach: Reach,
    /// How long one request may take, with all that belongs to it.
    pub time: Duration,
    /// How long to wait between two requests to one server.
    pub pause: Duration,
    /// How long to wait before a server is asked again; twice as long the next time.
    pub backoff: Duration,
    /// How long a server may ask to be left alone. Longer, and it is given up.
    pub patience: Duration,
}

impl Settings {
    /// What is polite to servers that everybody uses.
    pub fn polite(reach: Reach) -> Self {
        Self {
            reach,
            time: Duration::from_secs(15),
            pause: Duration::from_millis(200),
            backoff: Duration::from_secs(1),
            patience: Duration::from_secs(30),
        }
    }

    /// The same with more time, for whole datasets.
    pub fn patient(reach: Reach) -> Self {
        Self { time: Duration::from_secs(60), ..Self::polite(reach) }
    }
}

/// Makes requests. Shared by all threads.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    pub(super) settings: Settings,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It may not be asked.
    Private,
    /// No such host.
    NoHost,
    /// The server did not answer in time, or at all; why, in a few words.
    Silent(String),
    /// What it said is no answer; why, in a few words.
    Garbled(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Private => f.write_str(PRIVATE),
            Self::NoHost => f.write_str("there is no such host"),
            Self::Silent(why) | Self::Garbled(why) => f.write_str(why),
        }
    }
}

/// How an address is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Only whether something is there; the whole page where a server knows no such question.
    Look,
    /// All of it.
    Fetch,
}

impl Client {
    /// A client that has asked nothing yet.
    pub fn new(settings: Settings) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(settings.time))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("casebook/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")"))
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), Lookup(settings.reach)), settings }
    }

    /// Downloads a text of at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// The address is none that may be asked, the server does not answer well, or the text is longer or not UTF-8.
    pub fn download(&self, address: &str, limit: u64) -> Result<String> {
        let mut url = parse(address).with_context(|| format!("{address} cannot be asked"))?;
        for _ in 0..=REDIRECTS {
            let answer = self.ask(&url, Method::Fetch).map_err(|trouble| anyhow::anyhow!("{url}: {trouble}"))?;
            if let Some(next) = location(&url, &answer) {
                let next = next.with_context(|| format!("{url} leads to no address that can be asked"))?;
                ensure!(
                    url.scheme() == "http" || next.scheme() == "https",
                    "{url} leads to {next}, which is not encrypted"
                );
                url = next;
                continue;
            }
            ensure!(answer.status().is_success(), "{url}: the server says {}", answer.status());
            let read = answer.into_body().into_with_config().limit(limit).read_to_vec();
            let bytes = match read {
                Ok(bytes) => bytes,
                Err(ureq::Error::BodyExceedsLimit(_)) => bail!("{url} is longer than {limit} bytes"),
                Err(error) => bail!("{url}: {}", trouble(&error)),
            };
            return String::from_utf8(bytes).with_context(|| format!("{url} is not UTF-8"));
        }
        bail!("{address} leads from one address to the next, more than {REDIRECTS} times")
    }

    /// Asks once for what stands at `url`, again when the server is busy or silent. Redirects are not followed.
    pub(super) fn ask(&self, url: &Url, method: Method) -> Result<Response<Body>, Trouble> {
        if self.settings.reach.refuses(url) {
            return Err(Trouble::Private);
        }
        let mut wait = self.settings.backoff;
        for _ in 0..RETRIES {
            match self.once(url, method) {
                Ok(answer) if !is_busy(&answer) => return Ok(answer),
                Ok(answer) => {
                    let asked = retry_after(&answer).unwrap_or(wait);
                    if asked > self.settings.patience {
                        return Ok(answer);
                    }
                    thread::sleep(asked.max(self.settings.pause));
                }
                Err(Trouble::Silent(_)) => thread::sleep(wait),
                Err(trouble) => return Err(trouble),
            }
            wait *= 2;
        }
        self.once(url, method)
    }

    fn once(&self, url: &Url, method: Method) -> Result<Response<Body>, Trouble> {
        let is_refused = |answer: &Response<Body>| {
            let status = answer.status();
            // Servers that know no HEAD say so in many ways. Only "gone" and "too many" mean what they say.
            (status.is_client_error() || status.is_server_error()) && !matches!(status.as_u16(), 410 | 429)
        };
        if method == Method::Look {
            let answer = self.agent.head(url.as_str()).call().map_err(|error| trouble(&error));
            match answer {
                Ok(answer) if !is_refused(&answer) => return Ok(answer),
                Err(trouble @ (Trouble::Private | Trouble::NoHost | Trouble::Silent(_))) => return Err(trouble),
                Ok(_) | Err(Trouble::Garbled(_)) => thread::sleep(self.settings.pause),
            }
        }
        self.agent.get(url.as_str()).call().map_err(|error| trouble(&error))
    }
}

/// An address with the scheme `http` or `https`.
pub(super) fn parse(address: &str) -> Result<Url> {
    let url = Url::parse(address)?;
    ensure!(matches!(url.scheme(), "http" | "https"), "its scheme is neither http nor https");
    ensure!(url.username().is_empty() && url.password().is_none(), "it holds a user name");
    Ok(url)
}

/// Where a redirect leads; `None` when the answer is none.
pub(super) fn location(from: &Url, answer: &Response<Body>) -> Option<Result<Url>> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let target = answer.headers().get("location")?.to_str().ok()?;
    let url = from.join(target).map_err(Into::into).and_then(|url| parse(url.as_str()));
    // It is repeated in findings, and may be written into a text.
    Some(url.and_then(|url| {
        ensure!(is_web_address(url.as_str()), "it leads to an address that is too long");
        Ok(url)
    }))
}

fn is_busy(answer: &Response<Body>) -> bool {
    let status = answer.status().as_u16();
    status == 429 || (500..600).contains(&status)
}

/// How long the server asks to be left alone: it says so in seconds, or names a time (RFC 9110, 10.2.3).
fn retry_after(answer: &Response<Body>) -> Option<Duration> {
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let asked = header("retry-after")?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(asked).ok()?;
    // By the clock of the server, which it has to tell: that of this machine may differ.
    let now = DateTime::parse_from_rfc2822(header("date")?).ok()?;
    Some((until - now).to_std().unwrap_or_default())
}

fn trouble(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::HostNotFound => Trouble::NoHost,
        ureq::Error::Timeout(_) => Trouble::Silent("the server did not answer in time".to_owned()),
        ureq::Error::Io(error) if error.to_string() == PRIVATE => Trouble::Private,
        ureq::Error::Io(error) if is_lookup(error) => Trouble::NoHost,
        ureq::Error::Io(error) => Trouble::Silent(error.to_string()),
        ureq::Error::ConnectionFailed => Trouble::Silent("the server cannot be reached".to_owned()),
        other => Trouble::Garbled(other.to_string()),
    }
}

/// Whether a name could not be looked up. The standard library has no kind of error for that.
fn is_lookup(error: &std::io::Error) -> bool {
    error.to_string().contains("failed to lookup address") || error.to_string().contains("No such host")
}
