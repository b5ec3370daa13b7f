//! What is around every answer: an id, a time limit, the headers that keep a page to itself, and one line in the access log.
//! The line names method, route and status; never the path itself, a query, a header or a body.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument as _;

use super::{ApiError, People};

/// How long an answer may take to begin.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Everything from ourselves, nothing inline, nowhere framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The frame around a request.
pub(crate) async fn frame(State(people): State<Arc<People>>, request: Request, next: Next) -> Response {
    let clock = &people.means.clock;
    let id = people.means.ids.next(clock.now()).to_string();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |p| p.as_str().to_owned());
    let method = request.method().clone();
    let began = clock.monotonic_us();
    let span = tracing::info_span!("handler.request", request.id = %id, http.route = %route);
    let mut response = tokio::time::timeout(ANSWER_WITHIN, next.run(request))
        .instrument(span.clone())
        .await
        .unwrap_or_else(|_| ApiError::timeout().into_response());
    let status = response.status().as_u16();
    span.in_scope(|| {
        tracing::info!(
            http.method = %method,
            http.status = status,
            duration_us = clock.monotonic_us() - began,
            "answered {method} {route} with {status}"
        );
    });
    let headers = response.headers_mut();
    // An answer may bring a stricter one of its own.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    // Whatever is answered may be personal: it stays in no cache, but for the console's own files, which say so.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}
