//! The command line. Results go to standard output, logs and faults to standard error; 0 means done, 1 that something is
//! wrong, 2 that the command was not understood. One command, one file; nothing here holds logic of its own.

mod audit;
mod bundle;
mod doctor;
mod evidence;
mod init;
mod join;
mod ledger;
mod node;
mod person;
mod quarantine;
mod user;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use contract::ids::SiteName;

use crate::app::{self, Tier};
use crate::config::{self, Config};
use crate::{api, telemetry};

/// The centre of Chi Lang.
#[derive(Debug, Parser)]
#[command(name = "central", version, about)]
struct Cli {
    /// The settings file.
    #[arg(long, global = true, default_value = "central.toml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the authority, the certificates and the store. Once; an authority is never overwritten.
    Init,
    /// Makes this centre a site's, below a province: with a token of the province's `central node add --site-centre`.
    Join {
        /// The token, as printed.
        #[arg(long)]
        token: String,
    },
    /// Runs the centre.
    Serve {
        /// Which tier it is.
        #[arg(long, value_enum, default_value = "province")]
        tier: Tier,
    },
    /// Names every fault of the settings file.
    CheckConfig {
        /// Prints the settings' JSON Schema instead.
        #[arg(long)]
        schema: bool,
    },
    /// Says what is wrong with this machine.
    Doctor,
    /// Brings the store's tables up to this version.
    Migrate,
    /// Nodes.
    #[command(subcommand)]
    Node(node::NodeCommand),
    /// Bundles for nodes.
    #[command(subcommand)]
    Bundle(bundle::BundleCommand),
    /// Messages that are kept apart.
    #[command(subcommand)]
    Quarantine(quarantine::QuarantineCommand),
    /// Accounts of people.
    #[command(subcommand)]
    User(user::UserCommand),
    /// People enrolled for gates.
    #[command(subcommand)]
    Person(person::PersonCommand),
    /// Prints the people's API as OpenAPI.
    Openapi,
    /// Checks an exported case offline: hashes, signatures, keys.
    VerifyEvidence {
        /// The folder of the case.
        dir: PathBuf,
        /// The certificate of the authority that certified the nodes; default: that of this centre's data folder.
        #[arg(long, value_name = "FILE")]
        authority: Option<PathBuf>,
    },
    /// Checks every chain of the audit log, and the signed roots kept elsewhere.
    VerifyAudit {
        /// Folder with the roots; left out: audit.roots_dir.
        #[arg(long)]
        roots: Option<PathBuf>,
        /// The centre's public key, 32 bytes; left out: that of this machine, which whoever rewrote the log may have changed.
        #[arg(long)]
        key: Option<PathBuf>,
    },
    /// Prints what the store holds, for a comparison with the nodes' own count.
    Ledger {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// With the plates of this place, of the last 24 hours; on record in the audit log.
        #[arg(long, value_name = "SITE", requires = "json")]
        plates_of: Option<SiteName>,
    },
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // Fails only when it was installed before, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match run(cli) {
        Ok(status) => status,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "central: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        Command::Openapi => {
            say(api::openapi_json().trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::CheckConfig { schema: true } => {
            say(&serde_json::to_string_pretty(&config::schema())?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::VerifyEvidence { dir, authority } => {
            let authority = match authority {
                Some(file) => file,
                None => Config::load(&cli.config)?.data_dir.join("authority/ca.crt"),
            };
            evidence::verify(&dir, &authority)
        }
        command => {
            let config = Config::load(&cli.config)?;
            let filter = if matches!(command, Command::Serve { .. }) { config.telemetry.log.as_str() } else { "warn" };
            telemetry::start_logs(filter, config.telemetry.format);
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(with_config(command, config))
        }
    }
}

async fn with_config(command: Command, config: Config) -> Result<ExitCode> {
    match command {
        Command::Init => init::run(&config).await?,
        Command::Join { token } => join::run(&config, &token).await?,
        Command::Serve { tier } => {
            app::serve(config, tier).await?;
        }
        Command::CheckConfig { .. } => say("the settings are good")?,
        Command::Doctor => return doctor::run(&config).await,
        Command::Migrate => {
            app::open_store(&config).await?.close().await;
            say("the store's tables are up to date")?;
        }
        Command::Node(command) => node::run(&config, command).await?,
        Command::Bundle(command) => bundle::run(&config, command).await?,
        Command::Quarantine(command) => quarantine::run(&config, command).await?,
        Command::User(command) => user::run(&config, command).await?,
        Command::Person(command) => person::run(&config, command).await?,
        Command::VerifyAudit { roots, key } => return audit::verify(&config, roots.as_deref(), key.as_deref()).await,
        Command::Ledger { json, plates_of } => ledger::run(&config, json, plates_of.as_ref()).await?,
        Command::Openapi | Command::VerifyEvidence { .. } => unreachable!("answered without settings"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a result.
fn say(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}
