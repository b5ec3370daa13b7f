//! A person at the people's API: signed in as anybody would be, with a cookie and no other right.

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::centre::Centre;

/// A signed-in person.
#[derive(Debug)]
pub struct Person {
    client: reqwest::Client,
    base: String,
    csrf: String,
    cookie: String,
}

impl Person {
    /// Makes an account with these `controller:role` pairs and signs in.
    pub async fn sign_in(centre: &Centre, name: &str, roles: &[&str]) -> Result<Self> {
        let password = format!("Mat-khau-{:016x}", rand::random::<u64>());
        centre.add_user(name, &password, roles)?;
        // The second installation in one process is refused, and is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().cookie_store(true).build().context("making a client")?;
        let base = centre.people_url();
        let answer = client
            .post(format!("{base}/api/v1/session"))
            .json(&json!({ "user": name, "password": password }))
            .send()
            .await
            .context("signing in")?;
        if !answer.status().is_success() {
            bail!("{name} could not sign in: {}", answer.text().await.unwrap_or_default());
        }
        let set = answer.headers().get("set-cookie").and_then(|v| v.to_str().ok()).unwrap_or_default();
        let cookie = set.split(';').next().unwrap_or_default().to_owned();
        let session: Value = answer.json().await.context("reading the answer of signing in")?;
        let csrf = session["csrf"].as_str().context("the session has no csrf")?.to_owned();
        Ok(Self { client, base, csrf, cookie })
    }

    /// The CSRF token of the session.
    #[must_use]
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// The session's cookie, as a request carries it.
    #[must_use]
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Sends `body` to `path`: status and answer.
    pub async fn post(&self, path: &str, body: &Value) -> Result<(u16, Value)> {
        let request = self.client.post(format!("{}{path}", self.base)).header("x-chilang-csrf", &self.csrf).json(body);
        let answer = request.send().await.with_context(|| format!("POST {path}"))?;
        let status = answer.status().as_u16();
        Ok((status, answer.json().await.with_context(|| format!("reading the answer of POST {path}"))?))
    }

    /// Sends `body` to `path` by this method: status and answer.
    pub async fn send(&self, method: &str, path: &str, body: &Value) -> Result<(u16, Value)> {
        let answer = self.request(method, path, body).await?;
        let status = answer.status().as_u16();
        Ok((status, answer.json().await.with_context(|| format!("reading the answer of {method} {path}"))?))
    }

    /// Asks for a picture by POST: status, bytes, and what stands in one header of the answer.
    pub async fn post_for_picture(&self, path: &str, body: &Value, header: &str) -> Result<(u16, Vec<u8>, String)> {
        let answer = self.request("POST", path, body).await?;
        let said = answer.headers().get(header).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let status = answer.status().as_u16();
        Ok((status, answer.bytes().await.with_context(|| format!("reading the answer of POST {path}"))?.to_vec(), said))
    }

    async fn request(&self, method: &str, path: &str, body: &Value) -> Result<reqwest::Response> {
        let method: reqwest::Method = method.parse().with_context(|| format!("{method} is no method"))?;
        let request = self.client.request(method.clone(), format!("{}{path}", self.base));
        let request = request.header("x-chilang-csrf", &self.csrf).json(body);
        request.send().await.with_context(|| format!("{method} {path}"))
    }

    /// A picture, and what stands in one header of the answer.
    pub async fn picture(&self, path: &str, header: &str) -> Result<(Vec<u8>, String)> {
        let answer =
            self.client.get(format!("{}{path}", self.base)).send().await.with_context(|| format!("GET {path}"))?;
        if !answer.status().is_success() {
            bail!("GET {path}: {}", answer.text().await.unwrap_or_default());
        }
        let said = answer.headers().get(header).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        Ok((answer.bytes().await.with_context(|| format!("reading the picture of {path}"))?.to_vec(), said))
    }

    /// What the API answers at `path`.
    pub async fn get(&self, path: &str) -> Result<Value> {
        let answer =
            self.client.get(format!("{}{path}", self.base)).send().await.with_context(|| format!("GET {path}"))?;
        let status = answer.status();
        let body: Value = answer.json().await.with_context(|| format!("reading the answer of GET {path}"))?;
        if !status.is_success() {
            bail!("GET {path}: {status} {body}");
        }
        Ok(body)
    }
}
