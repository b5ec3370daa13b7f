//! `edge-node run`: runs the node until it is told to stop.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::{pipeline, telemetry};

pub(super) fn run(config: &Path) -> anyhow::Result<ExitCode> {
    let config = Config::read(config)?;
    telemetry::start_logging(&config.telemetry)?;
    crate::picture::work_on_one_thread().context("telling OpenCV to work on one thread")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let stop = CancellationToken::new();
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let asked = stop.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            asked.cancel();
        });
        pipeline::node::run(config, stop).await.context("running the node")
    })?;
    Ok(ExitCode::SUCCESS)
}
