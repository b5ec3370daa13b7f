//! `central ledger`: what the store holds, for a comparison with the nodes' own count. Plates are left out; those of one place and
//! of the last 24 hours are told on request, and the request is on record first.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use contract::clock::{Clock as _, DAY_US, SystemClock};
use contract::ids::SiteName;

use super::{audit, say};
use crate::app::open_current_store;
use crate::config::Config;
use crate::store::{self, report};

pub(super) async fn run(config: &Config, json: bool, plates_of: Option<&SiteName>) -> Result<()> {
    let db = open_current_store(config).await?;
    let since = SystemClock::new().now().plus_us(-DAY_US);
    if let Some(site) = plates_of {
        let nodes = store::fleet::nodes(&mut *db.read().await?).await?;
        let controllers: BTreeSet<_> =
            nodes.into_iter().filter(|node| node.address.site == *site).map(|node| node.controller).collect();
        if controllers.is_empty() {
            bail!("no node stands at a place named {site}: `central node list` names them");
        }
        for controller in &controllers {
            audit::record(&db, controller, "ledger.plates", site, "the last 24 hours").await?;
        }
    }
    let mut report = report::report(&mut *db.read().await?).await?;
    db.close().await;
    report.keep_plates(|node, at| {
        at >= since.0 && plates_of.is_some_and(|site| node.split('/').next() == Some(site.as_str()))
    });
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
