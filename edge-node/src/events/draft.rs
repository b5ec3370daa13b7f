//! An event before it has its place in the ledger, and the one way it gets one: number, id, exact bytes, signature.
//! Nothing else in the node serialises an envelope, so what is signed is what is stored and what travels.

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::clock::{CaptureTime, UtcMicros};
use contract::event::{
    Body, BundleRevisions, End, Envelope, EvidenceRef, MAX_ENVELOPE_BYTES, ModelRef, Origin, RuleRef, SCHEMA, State,
};
use contract::ids::{BootId, CameraName, ControllerName, EventId, IdSource, LogId, NodeAddress, PassageId};
use contract::signature::{Sha256, Signature, SigningKey};
use contract::topic::{EventKind, Topic};
use serde::{Deserialize, Serialize};

/// An envelope without `event_id`, `log_id` and `seq`: these are given in the transaction that stores it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventDraft {
    /// The passage it belongs to.
    pub passage_id: PassageId,
    /// 1 for the first message of a passage, then growing.
    pub revision: u32,
    /// Where the passage stands.
    pub state: State,
    /// Why it ended; present exactly when `state` is `final` or `retracted`.
    pub end: Option<End>,
    /// The node.
    pub node: NodeAddress,
    /// Its camera.
    pub camera: CameraName,
    /// The body answerable for this camera's data.
    pub controller: ControllerName,
    /// When it happened.
    pub captured: CaptureTime,
    /// The run of the process the monotonic time belongs to.
    pub boot_id: BootId,
    /// The models that took part, by role.
    pub model: BTreeMap<String, ModelRef>,
    /// The rule, for a suspicion.
    pub rule: Option<RuleRef>,
    /// SHA-256 of the configuration in force.
    pub config_sha: Sha256,
    /// The bundle revisions in force.
    pub bundle_revisions: BundleRevisions,
    /// Own analysis, or a device's word.
    pub origin: Origin,
    /// A trial run: never acted on.
    pub shadow: bool,
    /// Made from a file: never actuates anything.
    pub replayed: bool,
    /// The pictures.
    pub evidence: Vec<EvidenceRef>,
    /// What happened.
    pub body: Body,
}

impl EventDraft {
    /// The topic kind of the event.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        self.body.kind()
    }

    /// Does this message end its passage?
    #[must_use]
    pub fn ends_passage(&self) -> bool {
        matches!(self.state, State::Final | State::Retracted)
    }

    /// The final that closes a passage which was found open when the process started: the last thing that was said of
    /// it, said once more, with [`End::NodeRestart`]. Times and `boot_id` stay those of the run that saw it.
    #[must_use]
    pub fn closed_by_restart(mut self) -> Self {
        self.revision += 1;
        self.state = State::Final;
        self.end = Some(End::NodeRestart);
        if let Body::Pass(pass) = &mut self.body {
            pass.unreadable = pass.plate.is_none();
        }
        // What the run before asked for is outstanding no more, and the picture it held is gone.
        if let Body::Access(access) = &mut self.body {
            access.request = None;
            access.look = None;
        }
        self
    }

    fn into_envelope(self, event_id: EventId, log_id: LogId, seq: u64) -> Envelope {
        Envelope {
            schema: SCHEMA.to_owned(),
            event_id,
            passage_id: self.passage_id,
            revision: self.revision,
            state: self.state,
            end: self.end,
            node: self.node,
            camera: self.camera,
            controller: self.controller,
            log_id,
            seq,
            captured: self.captured,
            boot_id: self.boot_id,
            model: self.model,
            rule: self.rule,
            config_sha: self.config_sha,
            bundle_revisions: self.bundle_revisions,
            origin: self.origin,
            shadow: self.shadow,
            replayed: self.replayed,
            evidence: self.evidence,
            body: self.body,
        }
    }
}

/// An event with its place, its bytes and its signature.
#[derive(Debug, Clone)]
pub struct Minted {
    /// This message.
    pub event_id: EventId,
    /// Its place in the ledger.
    pub seq: u64,
    /// Where it goes.
    pub topic: Topic,
    /// The exact bytes.
    pub bytes: Vec<u8>,
    /// Over exactly these bytes.
    pub signature: Signature,
}

/// Why an event cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum MintError {
    /// Larger than the contract allows.
    #[error("the event has {bytes} bytes, at most {MAX_ENVELOPE_BYTES} may be made")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
}

/// Gives drafts their number, id, bytes and signature. The caller keeps the count of `seq`.
pub struct Minter {
    key: SigningKey,
    ids: Arc<dyn IdSource>,
}

impl std::fmt::Debug for Minter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minter").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Minter {
    /// A minter with the node's key and a source of ids.
    #[must_use]
    pub fn new(key: SigningKey, ids: Arc<dyn IdSource>) -> Self {
        Self { key, ids }
    }

    /// A new ledger's id.
    #[must_use]
    pub fn new_log_id(&self, at: UtcMicros) -> LogId {
        LogId(self.ids.next(at))
    }

    /// The event with place `seq` of `log_id`, made at `at`.
    pub fn mint(&self, draft: EventDraft, log_id: LogId, seq: u64, at: UtcMicros) -> Result<Minted, MintError> {
        let topic = Topic::Event { from: draft.node.clone(), camera: draft.camera.clone(), kind: draft.kind() };
        let event_id = EventId(self.ids.next(at));
        let bytes = draft.into_envelope(event_id, log_id, seq).to_bytes();
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(MintError::TooLarge { bytes: bytes.len() });
        }
        let signature = self.key.sign(&bytes);
        Ok(Minted { event_id, seq, topic, bytes, signature })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use contract::clock::ClockSource;
    use contract::event::{CountBody, PassBody};
    use contract::geometry::Rect;
    use contract::ids::SeededIds;
    use uuid::Uuid;

    /// A count bucket that is a passage of its own.
    pub(crate) fn count_draft(passage: u128) -> EventDraft {
        EventDraft {
            passage_id: PassageId(Uuid::from_u128(passage)),
            revision: 1,
            state: State::Final,
            end: Some(End::Left),
            node: "square/node-1".parse().unwrap(),
            camera: "square-1".parse().unwrap(),
            controller: "tourism".parse().unwrap(),
            captured: CaptureTime {
                captured_at: UtcMicros(1_000_000),
                clock_error_ms: 100,
                clock_source: ClockSource::Arrival,
                monotonic_us: 5,
            },
            boot_id: BootId(Uuid::from_u128(1)),
            model: BTreeMap::new(),
            rule: None,
            config_sha: Sha256::of(b"config"),
            bundle_revisions: BundleRevisions::default(),
            origin: Origin::Own,
            shadow: false,
            replayed: false,
            evidence: Vec::new(),
            body: Body::Count(CountBody {
                line: "north".parse().unwrap(),
                class: "person".to_owned(),
                start: UtcMicros(0),
                entered: 3,
                left: 1,
                doubtful: 0,
                analysed_ms: 60_000,
                lost_ms: 0,
            }),
        }
    }

    /// A vehicle's passage in the given state.
    pub(crate) fn pass_draft(passage: u128, revision: u32, state: State) -> EventDraft {
        let ended = matches!(state, State::Final | State::Retracted);
        EventDraft {
            revision,
            state,
            end: ended.then_some(End::Left),
            body: Body::Pass(PassBody {
                class: "car".to_owned(),
                class_score: 0.9,
                first_seen: UtcMicros(1),
                last_seen: UtcMicros(2),
                rect: Rect::new(0.1, 0.1, 0.2, 0.2),
                sightings: 4,
                crossings: Vec::new(),
                plate: None,
                unreadable: ended,
                doubtful_identity: false,
            }),
            ..count_draft(passage)
        }
    }

    #[test]
    fn what_is_minted_is_an_acceptable_signed_event() {
        let key = SigningKey::from_seed([1; 32]);
        let public = key.public_key().to_vec();
        let minter = Minter::new(key, Arc::new(SeededIds::new([2; 32])));
        let log_id = minter.new_log_id(UtcMicros(0));
        let minted = minter.mint(count_draft(9), log_id, 7, UtcMicros(1)).unwrap();
        let envelope = Envelope::from_bytes(&minted.bytes).unwrap();
        assert_eq!((envelope.seq, envelope.log_id, envelope.event_id), (7, log_id, minted.event_id));
        assert_eq!(minted.signature.verify(&public, &minted.bytes), Ok(()));
        assert_eq!(minted.topic, Topic::Event { from: envelope.node, camera: envelope.camera, kind: EventKind::Count });
    }

    #[test]
    fn an_oversized_event_is_not_made() {
        let minter = Minter::new(SigningKey::from_seed([1; 32]), Arc::new(SeededIds::new([2; 32])));
        let mut draft = count_draft(1);
        if let Body::Count(count) = &mut draft.body {
            count.class = "x".repeat(MAX_ENVELOPE_BYTES);
        }
        let made = minter.mint(draft, LogId(Uuid::nil()), 1, UtcMicros(0));
        assert!(matches!(made, Err(MintError::TooLarge { .. })));
    }

    #[test]
    fn a_restart_closes_a_passage_as_unreadable_when_no_plate_was_read() {
        let closed = pass_draft(1, 3, State::Update).closed_by_restart();
        assert_eq!((closed.revision, closed.state), (4, State::Final));
        assert_eq!(closed.end, Some(End::NodeRestart));
        assert!(matches!(closed.body, Body::Pass(PassBody { unreadable: true, .. })));
    }
}
