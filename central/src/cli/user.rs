//! `central user add`. The password comes from a file or from standard input, never from the command line, which every
//! process of the machine can read.

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Subcommand;
use contract::clock::{Clock as _, SystemClock};
use contract::ids::SystemIds;

use super::{audit, say};
use crate::app::open_current_store;
use crate::auth::{self, AccountKind, Grant};
use crate::config::Config;
use crate::store;

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Adds an account with its roles.
    Add {
        /// Sign-in name.
        #[arg(long)]
        name: String,
        /// `CONTROLLER:ROLE`; several are possible.
        #[arg(long = "role", required = true, value_parser = grant)]
        roles: Vec<Grant>,
        /// File whose first line is the password; left out: the first line of standard input.
        #[arg(long)]
        password_file: Option<PathBuf>,
        /// A program's account: it reads and never decides.
        #[arg(long)]
        service: bool,
    },
}

fn grant(text: &str) -> Result<Grant> {
    let (controller, role) = text.split_once(':').ok_or_else(|| anyhow!("must be CONTROLLER:ROLE"))?;
    Ok(Grant { controller: controller.parse()?, role: role.parse()? })
}

pub(super) async fn run(config: &Config, command: UserCommand) -> Result<()> {
    let UserCommand::Add { name, roles, password_file, service } = command;
    let text = match &password_file {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?,
        None => {
            let mut line = String::new();
            std::io::stdin().read_line(&mut line).context("reading the password from standard input")?;
            line
        }
    };
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        bail!("the password is empty");
    }
    let db = open_current_store(config).await?;
    let clock = SystemClock::new();
    let mut tx = db.write().await?;
    for grant in &roles {
        store::fleet::ensure_controller(&mut tx, &grant.controller, clock.now()).await?;
    }
    tx.commit().await?;
    for grant in &roles {
        audit::record(&db, &grant.controller, "user.add", &name, grant.role.as_str()).await?;
    }
    let kind = if service { AccountKind::Service } else { AccountKind::Person };
    auth::add_user(&db, &clock, &SystemIds::new(), &name, kind, &roles, password).await?;
    db.close().await;
    say(&format!("account {name} is there"))?;
    Ok(())
}
