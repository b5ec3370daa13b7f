//! `central init`: the authority, every certificate of the centre and its broker, the store.

use anyhow::Result;
use contract::clock::{Clock as _, SystemClock};

use super::say;
use crate::app::open_store;
use crate::config::Config;
use crate::fleet::Authority;
use crate::people::Vault;

pub(super) async fn run(config: &Config) -> Result<()> {
    // The store first: an authority without a store would have to be made again, and may not be.
    open_store(config).await?.close().await;
    let now = SystemClock::new().now();
    let authority = Authority::create(&config.data_dir, &config.server_names(), &config.broker_names(), now)?;
    Vault::open_or_create(&config.data_dir)?;
    say(&format!(
        "the authority is in {}; the broker's files are in {}",
        authority.file("").display(),
        authority.broker_folder().display()
    ))?;
    Ok(())
}
