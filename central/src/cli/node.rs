//! `central node add | list | revoke`.

use anyhow::Result;
use clap::Subcommand;
use contract::clock::{Clock as _, SystemClock};
use contract::ids::{ControllerName, NodeAddress};

use super::{audit, say};
use crate::app::open_current_store;
use crate::config::Config;
use crate::fleet::{self, Authority, Joins, TokenText};
use crate::store;

#[derive(Debug, Subcommand)]
pub(super) enum NodeCommand {
    /// Registers a node and prints its one-time enrolment token, good for 24 hours.
    Add {
        /// `SITE/NODE`.
        address: NodeAddress,
        /// The body answerable for its data.
        #[arg(long)]
        controller: ControllerName,
        /// It is the centre of a site (`central serve --tier site`), and speaks for all nodes of that site.
        #[arg(long)]
        site_centre: bool,
        /// With --site-centre: a further body whose cameras stand at that site. May be given again.
        #[arg(long, requires = "site_centre", value_name = "CONTROLLER")]
        speaks_for: Vec<ControllerName>,
    },
    /// Lists the nodes.
    List,
    /// Revokes a node for good.
    Revoke {
        /// `SITE/NODE`.
        address: NodeAddress,
    },
}

pub(super) async fn run(config: &Config, command: NodeCommand) -> Result<()> {
    let authority = Authority::open(&config.data_dir)?;
    let db = open_current_store(config).await?;
    let now = SystemClock::new().now();
    match command {
        NodeCommand::Add { address, controller, site_centre, speaks_for } => {
            let joins = if site_centre { Joins::AsSite(&speaks_for) } else { Joins::AsNode };
            audit::record(&db, &controller, "node.add", &address, "").await?;
            let secret = fleet::add_node(&db, &address, &controller, joins, now).await?;
            let token = TokenText {
                url: config.nodes.public_url.trim_end_matches('/').to_owned(),
                ca_pem: authority.ca_pem().to_owned(),
                secret,
            };
            say(&token.to_text())?;
        }
        NodeCommand::List => {
            for node in store::fleet::nodes(&mut *db.read().await?).await? {
                let state = match (node.revoked_at, node.online) {
                    (Some(_), _) => "revoked",
                    (None, true) => "online",
                    (None, false) => "offline",
                };
                say(&format!("{}\t{}\t{state}", node.address, node.controller))?;
            }
        }
        NodeCommand::Revoke { address } => {
            if let Some(known) = store::fleet::node(&mut *db.read().await?, &address).await? {
                audit::record(&db, &known.controller, "node.revoke", &address, "").await?;
            }
            fleet::revoke(&db, &authority, &address, now).await?;
            say(&format!(
                "{address} is revoked: what it says is quarantined from now on. Send the broker SIGHUP, so that it reads {} \
                 and cuts the connection",
                authority.broker_folder().join("crl.pem").display()
            ))?;
        }
    }
    db.close().await;
    Ok(())
}
