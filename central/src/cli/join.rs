//! `central join`: this centre becomes a site's, below a province.

use anyhow::{Context as _, Result};
use courier::identity::{self, EnrolToken};

use super::say;
use crate::config::Config;

pub(super) async fn run(config: &Config, token: &str) -> Result<()> {
    let token: EnrolToken = token.parse().context("reading the token")?;
    let identity = identity::enrol(&token, &config.data_dir).await.context("joining the province")?;
    say(&format!(
        "this site speaks to its province as {}; what happens here goes up once `central serve --tier site` runs",
        identity.node
    ))?;
    Ok(())
}
