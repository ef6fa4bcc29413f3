//! An HTTP client with limits on time, size and redirects, which retries when a server is busy.

use std::fmt;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use chrono::DateTime;
use ureq::http::Response;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::allowed_hosts::{AllowedHosts, Lookup, PRIVATE};
use crate::text::is_web_address;

/// The greatest number of redirects of one address.
pub(super) const REDIRECTS: usize = 5;

/// How often a request is repeated when the server is busy or does not answer.
const RETRIES: u32 = 2;

/// The limits and pauses of requests.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The hosts that requests may go to.
    pub reach: AllowedHosts,
    /// The time limit of one request, from the look-up of the name to the last byte.
    pub time: Duration,
    /// The pause between two requests to one server.
    pub pause: Duration,
    /// The pause before the first retry; it doubles with each retry.
    pub backoff: Duration,
    /// The longest `Retry-After` that the client waits for; after a longer one it gives up.
    pub max_retry_after: Duration,
}

impl Settings {
    /// For checking links: 15 seconds for each request, pauses of 200 milliseconds.
    pub fn polite(reach: AllowedHosts) -> Self {
        Self {
            reach,
            time: Duration::from_secs(15),
            pause: Duration::from_millis(200),
            backoff: Duration::from_secs(1),
            max_retry_after: Duration::from_secs(30),
        }
    }

    /// For downloading datasets: 60 seconds for each request.
    pub fn patient(reach: AllowedHosts) -> Self {
        Self { time: Duration::from_secs(60), ..Self::polite(reach) }
    }
}

/// Makes requests; all threads share one.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    pub(super) settings: Settings,
}

/// Why a request has no response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RequestError {
    /// The host is not allowed.
    Private,
    /// No such host.
    NoHost,
    /// The server did not answer, or not in time; the reason in a few words.
    Silent(String),
    /// The response cannot be parsed; the reason in a few words.
    Invalid(String),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Private => f.write_str(PRIVATE),
            Self::NoHost => f.write_str("there is no such host"),
            Self::Silent(why) | Self::Invalid(why) => f.write_str(why),
        }
    }
}

/// How much of a page is requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Only its status, by HEAD; by GET where the server refuses HEAD.
    Head,
    /// All of it, by GET.
    Get,
}

impl Client {
    /// Creates a client without any connection.
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
    /// The address is not allowed, the request fails, or the text is longer or not UTF-8.
    pub fn download(&self, address: &str, limit: u64) -> Result<String> {
        let mut url = parse(address).with_context(|| format!("{address} cannot be asked"))?;
        for _ in 0..=REDIRECTS {
            let answer = self.ask(&url, Method::Get).map_err(|error| anyhow::anyhow!("{url}: {error}"))?;
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
                Err(error) => bail!("{url}: {}", request_error(&error)),
            };
            return String::from_utf8(bytes).with_context(|| format!("{url} is not UTF-8"));
        }
        bail!("{address} leads from one address to the next, more than {REDIRECTS} times")
    }

    /// Requests `url`, and retries when the server is busy or silent. Redirects are not followed.
    pub(super) fn ask(&self, url: &Url, method: Method) -> Result<Response<Body>, RequestError> {
        if self.settings.reach.refuses(url) {
            return Err(RequestError::Private);
        }
        let mut wait = self.settings.backoff;
        for _ in 0..RETRIES {
            match self.once(url, method) {
                Ok(answer) if !is_busy(&answer) => return Ok(answer),
                Ok(answer) => {
                    let asked = retry_after(&answer).unwrap_or(wait);
                    if asked > self.settings.max_retry_after {
                        return Ok(answer);
                    }
                    thread::sleep(asked.max(self.settings.pause));
                }
                Err(RequestError::Silent(_)) => thread::sleep(wait),
                Err(error) => return Err(error),
            }
            wait *= 2;
        }
        self.once(url, method)
    }

    fn once(&self, url: &Url, method: Method) -> Result<Response<Body>, RequestError> {
        let is_refused = |answer: &Response<Body>| {
            let status = answer.status();
            // Servers that know no HEAD say so in many ways. Only "gone" and "too many" mean what they say.
            (status.is_client_error() || status.is_server_error()) && !matches!(status.as_u16(), 410 | 429)
        };
        if method == Method::Head {
            let answer = self.agent.head(url.as_str()).call().map_err(|error| request_error(&error));
            match answer {
                Ok(answer) if !is_refused(&answer) => return Ok(answer),
                Err(error @ (RequestError::Private | RequestError::NoHost | RequestError::Silent(_))) => {
                    return Err(error);
                }
                Ok(_) | Err(RequestError::Invalid(_)) => thread::sleep(self.settings.pause),
            }
        }
        self.agent.get(url.as_str()).call().map_err(|error| request_error(&error))
    }
}

/// Parses an address with the scheme `http` or `https` and without a user name.
pub(super) fn parse(address: &str) -> Result<Url> {
    let url = Url::parse(address)?;
    ensure!(matches!(url.scheme(), "http" | "https"), "its scheme is neither http nor https");
    ensure!(url.username().is_empty() && url.password().is_none(), "it holds a user name");
    Ok(url)
}

/// The target of a redirect; `None` when the response is none.
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

/// The pause that a server asks for, in seconds or as a time (RFC 9110, 10.2.3).
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

fn request_error(error: &ureq::Error) -> RequestError {
    match error {
        ureq::Error::HostNotFound => RequestError::NoHost,
        ureq::Error::Timeout(_) => RequestError::Silent("the server did not answer in time".to_owned()),
        ureq::Error::Io(error) if error.to_string() == PRIVATE => RequestError::Private,
        ureq::Error::Io(error) if is_lookup(error) => RequestError::NoHost,
        ureq::Error::Io(error) => RequestError::Silent(error.to_string()),
        ureq::Error::ConnectionFailed => RequestError::Silent("the server cannot be reached".to_owned()),
        other => RequestError::Invalid(other.to_string()),
    }
}

/// Whether a name could not be looked up. The standard library has no kind of error for that.
fn is_lookup(error: &std::io::Error) -> bool {
    error.to_string().contains("failed to lookup address") || error.to_string().contains("No such host")
}
