//! From a site's own centre to its province (design section 4): every event a node of the site signed, exactly as it was signed;
//! what guards decided, as events of the site's own; pictures over HTTPS. The desk depends on none of it: what cannot go up
//! waits in the store, in the queue that the same transaction filled which stored the event, and goes up once the line is back.
//!
//! The store is the only memory. The province acknowledges ranges of each node's own ledger, so that its range ledger tells what
//! is double and what is missing here as it does for nodes of its own.

mod own;
mod pictures;
mod run;

use std::sync::Arc;
use std::time::Duration;

use contract::clock::Clock;
use contract::ids::IdSource;
use courier::Target;
use courier::identity::{IdentityError, NodeIdentity};
use metrics::gauge;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::evidence::EvidenceStore;
use crate::store::{Db, StoreError, forward};
use crate::telemetry::{self, chain};

pub use own::{OwnVoice, TellError, Told};

/// How often it is told how many events wait.
const TELL_WAITING_EVERY: Duration = Duration::from_secs(2);

/// Why a site cannot forward.
#[derive(Debug, thiserror::Error)]
pub enum ForwardError {
    /// The identity the province gave cannot be used.
    #[error("the identity this site has from its province cannot be used")]
    Identity(#[from] IdentityError),
    /// The store forwards as somebody else.
    #[error("this store forwards as {0}, and the identity is that of {1}: an identity is not exchanged under a store")]
    Another(String, String),
    /// The store failed.
    #[error("opening the site's own ledger")]
    Store(#[from] StoreError),
}

/// What forwarding works with.
pub struct ForwardParts {
    /// The store.
    pub db: Db,
    /// Pictures.
    pub evidence: EvidenceStore,
    /// Whom to speak to; renewal sends a new one.
    pub target: watch::Receiver<Arc<Target>>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// This site's voice: its birth tells of its ledger.
    pub voice: Arc<OwnVoice>,
}

impl std::fmt::Debug for ForwardParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ForwardParts")
    }
}

/// `[province]`: where this site reaches its province, where that is not what the province says of itself (a tunnel, a
/// forwarded port). The names must be those of the province's certificates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProvinceSettings {
    /// The province's broker.
    #[schemars(length(min = 1, max = 253))]
    pub mqtt_host: Option<String>,
    /// Its port.
    #[schemars(range(min = 1))]
    pub mqtt_port: Option<u16>,
    /// The province's listener for nodes, `https://host:port`.
    #[schemars(regex(pattern = "^https://"))]
    pub url: Option<String>,
}

/// Whom this identity speaks to.
pub fn target_of(settings: &ProvinceSettings, identity: &NodeIdentity) -> Result<Target, IdentityError> {
    Ok(Target {
        node: identity.node.clone(),
        mqtt_host: settings.mqtt_host.clone().unwrap_or_else(|| identity.mqtt_host.clone()),
        mqtt_port: settings.mqtt_port.unwrap_or(identity.mqtt_port),
        centre_url: settings.url.clone().unwrap_or_else(|| identity.centre_url.clone()),
        tls: identity.tls()?,
    })
}

/// Opens the own ledger, or begins it; from then on everything that is stored waits for the province.
pub async fn open(
    db: &Db,
    identity: &NodeIdentity,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
) -> Result<Arc<OwnVoice>, ForwardError> {
    let mut tx = db.write().await?;
    match forward::own_ledger(&mut tx).await? {
        Some(ledger) if ledger.address != identity.node => {
            return Err(ForwardError::Another(ledger.address.to_string(), identity.node.to_string()));
        }
        Some(_) => {}
        None => {
            let log_id = contract::ids::LogId(ids.next(clock.now()));
            forward::begin_ledger(&mut tx, &identity.node, log_id).await?;
            tx.commit().await?;
        }
    }
    Ok(Arc::new(OwnVoice::new(identity, clock, ids)?))
}

/// Forwards until `stop` turns true.
pub async fn run_forward(parts: ForwardParts, stop: watch::Receiver<bool>) {
    let parts = Arc::new(parts);
    tokio::join!(run::run(&parts, stop.clone()), pictures::run(&parts, stop.clone()), tell_waiting(&parts.db, stop));
}

/// Tells how many events wait, with the line up or down: it is when it is down that somebody asks.
async fn tell_waiting(db: &Db, mut stop: watch::Receiver<bool>) {
    loop {
        let counted = async { forward::count(&mut *db.read().await?).await };
        match counted.await {
            #[expect(clippy::cast_precision_loss, reason = "a gauge")]
            Ok(waiting) => gauge!(telemetry::FORWARD_WAITING).set(waiting as f64),
            Err(error) => tracing::warn!(error = chain(&error), "what waits for the province cannot be counted"),
        }
        tokio::select! {
            () = tokio::time::sleep(TELL_WAITING_EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
