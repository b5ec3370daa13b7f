//! A person at the people's API: signed in as anybody would be, with a cookie and no other right.

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::centre::Centre;

/// A signed-in person.
#[derive(Debug)]
pub struct Person {
    client: reqwest::Client,
    base: String,
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
        Ok(Self { client, base })
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
