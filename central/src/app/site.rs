//! Which tier this centre is, and for a site the way to its province: identity, own voice, forwarding, renewal.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use contract::clock::Clock;
use contract::ids::IdSource;
use courier::Target;
use courier::identity::{IdentityError, NodeIdentity};
use tokio::sync::watch;

use crate::config::Config;
use crate::evidence::EvidenceStore;
use crate::forward::{self, ForwardParts, OwnVoice};
use crate::store::{self, Db};
use crate::telemetry;

/// How often the certificate is looked at.
const RENEWAL_LOOK: Duration = Duration::from_secs(3600);

/// Which tier a centre is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tier {
    /// At a gate, on the gate's own box.
    Site,
    /// For a province.
    Province,
}

impl Tier {
    /// In logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Province => "province",
        }
    }
}

/// The way up, where there is one.
pub(super) struct Upward {
    pub(super) voice: Arc<OwnVoice>,
    identity: NodeIdentity,
    tell: watch::Sender<Arc<Target>>,
    target: watch::Receiver<Arc<Target>>,
}

/// Opens the way up of a site that has joined a province. A store that forwards is never served as a province's: its queue
/// would grow and its guards' decisions would not be told.
pub(super) async fn open(
    config: &Config,
    tier: Tier,
    db: &Db,
    clock: &Arc<dyn Clock>,
    ids: &Arc<dyn IdSource>,
) -> Result<Option<Upward>> {
    if tier == Tier::Province {
        if let Some(ledger) = store::forward::own_ledger(&mut *db.read().await?).await? {
            bail!("this centre has joined a province as {}: run `central serve --tier site`", ledger.address);
        }
        return Ok(None);
    }
    let identity = match NodeIdentity::load(&config.data_dir) {
        Ok(identity) => identity,
        Err(IdentityError::None(_)) => {
            tracing::warn!(
                "this site has not joined a province (`central join`): everything works, and nothing goes up"
            );
            return Ok(None);
        }
        Err(error) => return Err(error).context("reading the identity this site has from its province"),
    };
    let voice = forward::open(db, &identity, Arc::clone(clock), Arc::clone(ids)).await?;
    let (tell, target) = watch::channel(Arc::new(forward::target_of(&config.province, &identity)?));
    Ok(Some(Upward { voice, identity, tell, target }))
}

impl Upward {
    /// Forwards and renews until `stop`.
    pub(super) async fn run(
        self,
        config: Config,
        db: Db,
        evidence: EvidenceStore,
        clock: Arc<dyn Clock>,
        stop: watch::Receiver<bool>,
    ) {
        let parts = ForwardParts {
            db,
            evidence,
            target: self.target,
            clock: Arc::clone(&clock),
            voice: Arc::clone(&self.voice),
        };
        let renewing = renew(self.identity, config, clock, self.tell, stop.clone());
        tokio::join!(forward::run_forward(parts, stop), renewing);
    }
}

async fn renew(
    mut identity: NodeIdentity,
    config: Config,
    clock: Arc<dyn Clock>,
    tell: watch::Sender<Arc<Target>>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        if identity.needs_renewal(clock.now()) {
            let renewed = identity
                .renew(&config.data_dir)
                .await
                .and_then(|new| Ok((forward::target_of(&config.province, &new)?, new)));
            match renewed {
                Ok((target, new)) => {
                    tell.send_replace(Arc::new(target));
                    identity = new;
                    tracing::info!("the certificate from the province was renewed");
                }
                Err(error) => {
                    tracing::warn!(
                        error = telemetry::chain(&error),
                        "the certificate from the province is not renewed yet"
                    );
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(RENEWAL_LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
