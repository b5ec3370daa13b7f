//! The commands. Results go to standard output, logs to standard error; a fault is one sentence that says what to do.

mod check_config;
mod doctor;
mod embed_faces;
mod enrol;
mod ledger;
mod replay;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Chi Lăng, thiết bị biên: camera vào, sự kiện có chữ ký ra.
#[derive(Debug, Parser)]
#[command(name = "edge-node", version, about, long_about = None)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Every command takes the settings file.
#[derive(Debug, clap::Args)]
struct ConfigArg {
    /// Settings file
    #[arg(long, value_name = "FILE", default_value = "edge-node.toml")]
    config: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the node until it is told to stop
    Run(ConfigArg),
    /// Join a centre with the one-time token of `central node add`
    Enrol(enrol::Enrol),
    /// Judge pictures to be enrolled: JSON lines in, verdicts and templates out
    EmbedFaces,
    /// Name every fault of a settings file at once
    CheckConfig(ConfigArg),
    /// Say what is wrong with this machine
    Doctor(ConfigArg),
    /// Analyse a file the way a camera is analysed; events go to a file
    Replay(replay::Replay),
    /// The node's own account of what it ever said, as JSON
    Ledger(ConfigArg),
}

/// Runs the command of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    courier::identity::install_tls_provider();
    let done = match cli.command {
        Command::Run(arg) => run::run(&arg.config),
        Command::Enrol(arg) => enrol::run(&arg),
        Command::EmbedFaces => embed_faces::run(),
        Command::CheckConfig(arg) => check_config::run(&arg.config),
        Command::Doctor(arg) => doctor::run(&arg.config),
        Command::Replay(arg) => replay::run(&arg),
        Command::Ledger(arg) => ledger::run(&arg.config),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("edge-node: {}", chain(&error));
            ExitCode::FAILURE
        }
    }
}

/// The whole chain of causes on one line.
fn chain(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Prints a result.
#[expect(clippy::print_stdout, reason = "results of commands go to standard output")]
fn answer(text: &str) {
    println!("{text}");
}
