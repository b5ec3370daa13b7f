//! `edge-node ledger`: the node's own account of everything it ever said. Does not disturb a running node.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::config::Config;
use crate::outbox::summary_of;

pub(super) fn run(config: &Path) -> anyhow::Result<ExitCode> {
    let config = Config::read_beside(config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let path = config.data_dir.join("outbox.sqlite");
    let summary = runtime.block_on(summary_of(&path)).context("reading the node's ledger")?;
    super::answer(&serde_json::to_string(&summary)?);
    Ok(ExitCode::SUCCESS)
}
