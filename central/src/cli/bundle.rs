//! `central bundle publish`: a node's cameras or rules out of a JSON file.

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow};
use clap::Subcommand;
use contract::bundle::BundleKind;
use contract::clock::{Clock as _, SystemClock};
use contract::ids::NodeAddress;

use super::{audit, say};
use crate::app::{self, open_current_store};
use crate::config::Config;
use crate::fleet::{self, Authority};
use crate::store;

#[derive(Debug, Subcommand)]
pub(super) enum BundleCommand {
    /// Signs the content of a file as the next revision for a node.
    Publish {
        /// `SITE/NODE`.
        #[arg(long)]
        node: NodeAddress,
        /// `cameras` or `rules`.
        #[arg(long, value_parser = kind)]
        kind: BundleKind,
        /// JSON file with the content.
        #[arg(long)]
        file: PathBuf,
    },
}

fn kind(text: &str) -> Result<BundleKind> {
    BundleKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| anyhow!("must be cameras or rules"))
}

pub(super) async fn run(config: &Config, command: BundleCommand) -> Result<()> {
    let BundleCommand::Publish { node, kind, file } = command;
    let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let content = serde_json::from_str(&text).with_context(|| format!("reading {} as JSON", file.display()))?;
    let authority = Authority::open(&config.data_dir)?;
    let db = open_current_store(config).await?;
    let now = SystemClock::new().now();
    if let Some(known) = store::fleet::node(&mut *db.read().await?, &node).await? {
        audit::record(&db, &known.controller, "bundle.publish", &node, kind.as_str()).await?;
    }
    let revision = fleet::publish(&db, authority.bundle_key(), &node, kind, content, now).await?;
    // Other gates want other galleries.
    let made = app::office(config, &db, false)?.gallery_of(&node, now).await?;
    db.close().await;
    say(&format!("{} for {node}: revision {revision}", kind.as_str()))?;
    if let Some(made) = made {
        say(&format!("gallery for {node}: revision {}", made.revision))?;
    }
    Ok(())
}
