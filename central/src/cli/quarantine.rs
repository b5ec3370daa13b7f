//! `central quarantine list`: which messages are kept apart and why. Never what stands in them.

use anyhow::Result;
use clap::Subcommand;
use contract::clock::UtcMicros;
use contract::ids::NodeAddress;

use super::say;
use crate::app::open_current_store;
use crate::config::Config;
use crate::store::events;

#[derive(Debug, Subcommand)]
pub(super) enum QuarantineCommand {
    /// The newest messages that are kept apart, without their content.
    List {
        /// `SITE/NODE`; left out: all.
        #[arg(long)]
        node: Option<NodeAddress>,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// At most so many.
        #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(i64).range(1..=100_000))]
        limit: i64,
    },
}

pub(super) async fn run(config: &Config, command: QuarantineCommand) -> Result<()> {
    let QuarantineCommand::List { node, json, limit } = command;
    let db = open_current_store(config).await?;
    let rows = events::quarantined(&mut *db.read().await?, node.as_ref(), limit).await?;
    db.close().await;
    if json {
        say(&serde_json::to_string_pretty(&rows)?)?;
        return Ok(());
    }
    for row in &rows {
        let node = row.node.as_deref().unwrap_or("unknown sender");
        let seq = row.seq.map_or_else(|| "-".to_owned(), |seq| seq.to_string());
        say(&format!(
            "{}\t{node}\tseq {seq}\t{}\t{} bytes\ttimes {}\t{}",
            UtcMicros(row.received_at).to_rfc3339(),
            row.reason,
            row.size_bytes,
            row.times,
            row.detail
        ))?;
    }
    Ok(())
}
