//! The site's own voice: what a guard decided becomes an event of the site, signed with the site's key, in the transaction that
//! stores the decision. A decision that is stored is therefore told, and one that is not stored never is.

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::clock::{CaptureTime, Clock, ClockSource, UtcMicros};
use contract::event::{Body, BundleRevisions, DecisionBody, End, Envelope, Origin, SCHEMA, State};
use contract::ids::{BootId, CameraName, ControllerName, EventId, IdSource, NodeAddress, PassageId};
use contract::signature::{Sha256, SigningKey};
use courier::identity::{IdentityError, NodeIdentity};

use crate::store::events::{NewEvent, insert_events};
use crate::store::{StoreError, WriteTx, forward};

/// Speaks for this site to its province.
pub struct OwnVoice {
    /// As whom.
    pub node: NodeAddress,
    /// This run of the process.
    pub boot_id: BootId,
    key: SigningKey,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl std::fmt::Debug for OwnVoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OwnVoice").field("node", &self.node).finish_non_exhaustive()
    }
}

/// What is told of.
#[derive(Debug)]
pub struct Told {
    /// The camera of the gate.
    pub camera: CameraName,
    /// Whose data.
    pub controller: ControllerName,
    /// The decision.
    pub decision: DecisionBody,
}

/// Why a decision cannot be told. Then it is not stored either: the guard is told so, and decides at the door.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// The event would not be read.
    #[error("the decision makes no acceptable event")]
    Event(#[from] contract::event::EnvelopeError),
    /// The store failed.
    #[error("telling a decision to the province")]
    Store(#[from] StoreError),
}

impl OwnVoice {
    pub(super) fn new(
        identity: &NodeIdentity,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Result<Self, IdentityError> {
        let boot_id = BootId(ids.next(clock.now()));
        Ok(Self { node: identity.node.clone(), boot_id, key: identity.signing_key()?, clock, ids })
    }

    /// Tells the province of a decision, in the transaction that stores it.
    pub async fn tell(&self, tx: &mut WriteTx, told: Told) -> Result<(), TellError> {
        let at = told.decision.at;
        let Some((log_id, seq)) = forward::next_seq(tx).await? else { return Ok(()) };
        let envelope = Envelope {
            schema: SCHEMA.to_owned(),
            event_id: EventId(self.ids.next(at)),
            passage_id: PassageId(self.ids.next(at)),
            revision: 1,
            state: State::Final,
            end: Some(End::Left),
            node: self.node.clone(),
            camera: told.camera,
            controller: told.controller,
            log_id,
            seq,
            captured: self.moment(at),
            boot_id: self.boot_id,
            model: BTreeMap::new(),
            rule: None,
            // No configuration decided: a person did.
            config_sha: Sha256::of(b""),
            bundle_revisions: BundleRevisions::default(),
            origin: Origin::Person,
            shadow: false,
            replayed: false,
            evidence: Vec::new(),
            body: Body::Decision(Box::new(told.decision)),
        };
        let bytes = envelope.to_bytes();
        // What the province would put into quarantine is not said at all.
        Envelope::from_bytes(&bytes)?;
        let signature = self.key.sign(&bytes).to_string();
        let event = NewEvent { envelope: &envelope, bytes: &bytes, signature: &signature, received_at: at };
        insert_events(tx, &[event]).await?;
        forward::enqueue(tx, &[envelope.event_id]).await?;
        Ok(())
    }

    fn moment(&self, at: UtcMicros) -> CaptureTime {
        CaptureTime {
            captured_at: at,
            clock_error_ms: 0,
            clock_source: ClockSource::Recorder,
            monotonic_us: self.clock.monotonic_us(),
        }
    }
}
