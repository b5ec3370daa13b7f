//! `edge-node run`: runs the node until it is told to stop.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::{pipeline, telemetry};

pub(super) fn run(config: &Path) -> anyhow::Result<ExitCode> {
    with_few_heaps()?;
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
            // Asked twice: what is not said by now is said at the next start.
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::warn!("stopped at once");
            std::process::exit(130);
        });
        pipeline::node::run(config, stop).await.context("running the node")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// glibc gives almost every thread a heap of its own, and what a camera's threads leave behind when it comes and goes is
/// spread over all of them: a node with four restless cameras grew by half within twenty minutes, and not at all with few
/// heaps (docs/measurements.md). The number can only be chosen before the program begins, so it begins once more.
fn with_few_heaps() -> anyhow::Result<()> {
    use std::os::unix::process::CommandExt as _;
    const HEAPS: &str = "MALLOC_ARENA_MAX";
    if std::env::var_os(HEAPS).is_some() {
        return Ok(());
    }
    let program = std::env::current_exe().context("finding the running program")?;
    let failed = std::process::Command::new(&program).args(std::env::args_os().skip(1)).env(HEAPS, "2").exec();
    Err(failed).with_context(|| format!("beginning {} once more", program.display()))
}
