//! HTTPS to the centre with the node's certificate: no proxy, no redirect, no other authority.

use std::time::Duration;

use crate::Target;

/// How long one answer may take; a picture of 8 MiB on a thin link needs its time.
const ANSWER_WITHIN: Duration = Duration::from_secs(120);

/// A client for this target.
pub fn client(target: &Target) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .tls_backend_preconfigured((*target.tls).clone())
        .https_only(true)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .timeout(ANSWER_WITHIN)
        .build()
}

/// The address of something below `/node/v1/`.
pub fn address(target: &Target, path: &str) -> String {
    format!("{}/node/v1/{path}", target.centre_url.trim_end_matches('/'))
}
