//! `central ledger`: what the store holds, for a comparison with the nodes' own count.

use anyhow::Result;

use super::say;
use crate::app::open_current_store;
use crate::config::Config;
use crate::store::report;

pub(super) async fn run(config: &Config, json: bool) -> Result<()> {
    let db = open_current_store(config).await?;
    let report = report::report(&mut *db.read().await?).await?;
    db.close().await;
    if json {
        say(&serde_json::to_string_pretty(&report)?)?;
        return Ok(());
    }
    for node in &report.nodes {
        for ledger in &node.ledgers {
            say(&format!(
                "{}\tledger {}\tarrived {:?}\tlast {}\tmissing {:?}\tduplicates {}",
                node.node, ledger.log_id, ledger.ranges, ledger.last_seq, ledger.gaps, ledger.duplicates
            ))?;
        }
    }
    Ok(())
}
