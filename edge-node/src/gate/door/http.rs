//! One HTTP exchange with a device on a connection of its own: no pool, no redirect, no proxy, nothing sent twice. The
//! connection is made first, then the order is asked once more whether it may still leave, then the request goes.
//! Dropping the future closes the connection.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use reqwest::Url;
use rustls::ClientConfig;

use super::error::Trouble;
use super::reach::Place;
use super::settings::HttpCall;
use super::{Credential, settings};

/// More than this of an answer is no answer of a relay.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// A request that is ready to go.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) content_type: Option<String>,
    pub(super) body: String,
}

/// What the device answered.
pub(super) struct Answer {
    pub(super) status: hyper::StatusCode,
    pub(super) body: String,
}

/// How a device is spoken to.
#[derive(Debug)]
pub(super) struct HttpDevice {
    pub(super) tls: Option<Arc<ClientConfig>>,
    pub(super) allow: Vec<std::net::IpAddr>,
    /// For HTTP Basic.
    pub(super) basic: Option<Credential>,
}

impl Call {
    /// From the settings, with the times filled in.
    pub(super) fn of(call: &HttpCall, times: super::template::Times) -> Result<Self, Trouble> {
        let body = call.body.as_deref().map(|body| times.fill(body));
        let json = || "application/json".to_owned();
        Ok(Self {
            method: match call.method {
                settings::Method::Get => Method::GET,
                settings::Method::Post => Method::POST,
                settings::Method::Put => Method::PUT,
            },
            url: url(&times.fill(&call.url))?,
            content_type: body.is_some().then(|| call.content_type.clone().unwrap_or_else(json)),
            body: body.unwrap_or_default(),
        })
    }

    /// A plain `GET`.
    pub(super) fn get(address: &str) -> Result<Self, Trouble> {
        Ok(Self { method: Method::GET, url: url(address)?, content_type: None, body: String::new() })
    }
}

fn url(text: &str) -> Result<Url, Trouble> {
    Url::parse(text).map_err(|_| Trouble::unreachable("an address of the settings", "it is no URL"))
}

impl HttpDevice {
    /// One request and its answer. `leave` is asked when the connection stands and nothing has been said on it.
    pub(super) async fn exchange(
        &self,
        call: Call,
        leave: impl FnOnce() -> Result<(), Trouble> + Send,
    ) -> Result<Answer, Trouble> {
        let place = self.place(&call.url)?;
        let name = place.name();
        let request = self.request(call)?;
        let connection = place.connect().await?;
        let broken = |error: hyper::Error| Trouble::unreachable(&name, error);
        let (mut sender, connection) = http1::handshake(TokioIo::new(connection)).await.map_err(broken)?;
        leave()?;
        let exchange = async {
            let response = sender.send_request(request).await.map_err(broken)?;
            let status = response.status();
            let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect().await;
            let body = body.map_err(|error| Trouble::Unreadable { what: error.to_string() })?.to_bytes();
            Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned() })
        };
        // The connection is driven here and not in a task of its own, so that it ends with this future.
        let mut exchange = std::pin::pin!(exchange);
        let mut connection = std::pin::pin!(connection);
        let mut open = true;
        loop {
            tokio::select! {
                biased;
                done = &mut exchange => return done,
                _ = &mut connection, if open => open = false,
            }
        }
    }

    fn place(&self, url: &Url) -> Result<Place, Trouble> {
        let (host, port) = host_and_port(url)
            .ok_or_else(|| Trouble::unreachable("an address of the settings", "it has no host or no port"))?;
        let tls = if url.scheme() == "https" {
            let tls = self.tls.clone();
            Some(tls.ok_or_else(|| Trouble::unreachable(&host, "https:// without `ca` in the settings"))?)
        } else {
            None
        };
        Ok(Place { host, port, tls, allow: self.allow.clone() })
    }

    fn request(&self, call: Call) -> Result<Request<Full<Bytes>>, Trouble> {
        let authority = match (call.url.host_str(), call.url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => String::new(),
        };
        let target = match call.url.query() {
            Some(query) => format!("{}?{query}", call.url.path()),
            None => call.url.path().to_owned(),
        };
        let mut request = Request::builder()
            .method(call.method)
            .uri(target)
            .header(HOST, authority)
            .header(USER_AGENT, "chi-lang")
            .header(CONNECTION, "close");
        if let Some(content_type) = call.content_type {
            request = request.header(CONTENT_TYPE, content_type);
        }
        if let Some(Credential { user, password }) = &self.basic {
            let text = format!("Basic {}", BASE64.encode(format!("{user}:{password}")));
            let value = HeaderValue::try_from(text).map(|mut value| {
                value.set_sensitive(true);
                value
            });
            request = request.header(AUTHORIZATION, value.expect("base64 is a header value"));
        }
        let unusable = |error| Trouble::unreachable("an address of the settings", error);
        request.body(Full::from(call.body)).map_err(unusable)
    }
}

/// Host without brackets, and port; `None` where there is none.
pub(super) fn host_and_port(url: &Url) -> Option<(String, u16)> {
    let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']').to_owned();
    Some((host, url.port_or_known_default()?))
}
