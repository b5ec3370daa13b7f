//! `edge-node enrol`: joins a centre with the one-time token of `central node add`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::config::Config;
use courier::identity::{self, EnrolToken};

/// Arguments of `edge-node enrol`.
#[derive(Debug, clap::Args)]
pub(super) struct Enrol {
    /// Settings file
    #[arg(long, value_name = "FILE", default_value = "edge-node.toml")]
    config: PathBuf,
    /// The token, or `-` to read it from standard input
    #[arg(long)]
    token: String,
}

pub(super) fn run(args: &Enrol) -> anyhow::Result<ExitCode> {
    let config = Config::read_beside(&args.config)?;
    let token = if args.token == "-" { std::io::read_to_string(std::io::stdin())? } else { args.token.clone() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let token: EnrolToken = token.parse()?;
    let identity = runtime.block_on(identity::enrol(&token, &config.data_dir))?;
    super::answer(&format!("Đã gia nhập trung tâm / joined the centre: {}", identity.node));
    Ok(ExitCode::SUCCESS)
}
