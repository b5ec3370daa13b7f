//! `central user add`, `disable`, `enable`, `roles`, `password`, `reset-totp`. The password comes from a file or from standard input, never from the command line, which every
//! process of the machine can read.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Subcommand;
use contract::clock::{Clock as _, SystemClock};
use contract::ids::SystemIds;

use super::{audit, say};
use crate::app::open_current_store;
use crate::auth::{self, AccountKind, Grant, Role};
use crate::config::Config;
use crate::store::{self, Db};

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
    /// Removes an account's second factor; its sessions end at once. For whoever lost the telephone.
    ResetTotp {
        /// Sign-in name.
        #[arg(long)]
        name: String,
    },
    /// Switches an account off; its sessions end at once.
    Disable {
        /// Sign-in name.
        #[arg(long)]
        name: String,
    },
    /// Switches an account on again.
    Enable {
        /// Sign-in name.
        #[arg(long)]
        name: String,
    },
    /// Gives an account these roles and no others, at once.
    Roles {
        /// Sign-in name.
        #[arg(long)]
        name: String,
        /// `CONTROLLER:ROLE`; several are possible.
        #[arg(long = "role", required = true, value_parser = grant)]
        roles: Vec<Grant>,
    },
    /// Gives an account another password; its sessions end at once.
    Password {
        /// Sign-in name.
        #[arg(long)]
        name: String,
        /// File whose first line is the password; left out: the first line of standard input.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
}

fn grant(text: &str) -> Result<Grant> {
    let (controller, role) = text.split_once(':').ok_or_else(|| anyhow!("must be CONTROLLER:ROLE"))?;
    Ok(Grant { controller: controller.parse()?, role: role.parse()? })
}

fn password(file: Option<&Path>) -> Result<String> {
    let text = match file {
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
    Ok(password.to_owned())
}

pub(super) async fn run(config: &Config, command: UserCommand) -> Result<()> {
    let clock = SystemClock::new();
    match command {
        UserCommand::Add { name, roles, password_file, service } => {
            let password = password(password_file.as_deref())?;
            let db = open_current_store(config).await?;
            let kind = if service { AccountKind::Service } else { AccountKind::Person };
            on_record(&db, "user.add", &name, &roles, true).await?;
            auth::add_user(&db, &clock, &SystemIds::new(), &name, kind, &roles, &password).await?;
            db.close().await;
            let factor = if roles.iter().any(|grant| grant.role == Role::Administrator) {
                "; as an administrator's it enrols a second factor at its first sign-in, before anything else"
            } else {
                ""
            };
            say(&format!("account {name} is there{factor}"))?;
        }
        UserCommand::ResetTotp { name } => {
            let db = open_current_store(config).await?;
            let (user, held) = auth::account(&db, &name).await?;
            on_record(&db, "user.reset_totp", &name, &held, false).await?;
            let there = auth::reset_second_factor(&db, &clock, user).await?;
            db.close().await;
            say(&match there {
                true => format!("account {name} has no second factor any more, its sessions are ended"),
                false => format!("account {name} had no second factor, its sessions are ended"),
            })?;
        }
        UserCommand::Disable { name } => {
            let db = open_current_store(config).await?;
            let (user, held) = auth::account(&db, &name).await?;
            on_record(&db, "user.disable", &name, &held, false).await?;
            auth::disable(&db, &clock, user).await?;
            db.close().await;
            say(&format!("account {name} is switched off, its sessions are ended"))?;
        }
        UserCommand::Enable { name } => {
            let db = open_current_store(config).await?;
            let (user, held) = auth::account(&db, &name).await?;
            on_record(&db, "user.enable", &name, &held, false).await?;
            auth::enable(&db, user).await?;
            db.close().await;
            say(&format!("account {name} is switched on"))?;
        }
        UserCommand::Roles { name, roles } => {
            let db = open_current_store(config).await?;
            let (user, held) = auth::account(&db, &name).await?;
            // Who loses a role is told of it as well as who gives one.
            let lost: Vec<Grant> = held.into_iter().filter(|g| !roles.contains(g)).collect();
            on_record(&db, "user.roles.take", &name, &lost, false).await?;
            on_record(&db, "user.roles.give", &name, &roles, true).await?;
            auth::set_roles(&db, user, &roles).await?;
            db.close().await;
            say(&format!("account {name} has these roles now and no others"))?;
        }
        UserCommand::Password { name, password_file } => {
            let password = password(password_file.as_deref())?;
            let db = open_current_store(config).await?;
            let (user, held) = auth::account(&db, &name).await?;
            on_record(&db, "user.password", &name, &held, false).await?;
            auth::set_password(&db, &clock, user, &password).await?;
            db.close().await;
            say(&format!("account {name} has another password, its sessions are ended"))?;
        }
    }
    Ok(())
}

/// Puts on record what is about to be done to an account, in the chain of every body it has a role at, or shall have.
async fn on_record(db: &Db, action: &str, name: &str, grants: &[Grant], may_be_new: bool) -> Result<()> {
    if may_be_new {
        let mut tx = db.write().await?;
        for grant in grants {
            store::fleet::ensure_controller(&mut tx, &grant.controller, SystemClock::new().now()).await?;
        }
        tx.commit().await?;
    }
    for grant in grants {
        audit::record(db, &grant.controller, action, name, grant.role.as_str()).await?;
    }
    Ok(())
}
