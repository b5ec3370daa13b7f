//! Signed events as a node's outbox holds them: three passages of a vehicle (new, update, final with two pictures) and one
//! counted minute in every ten, made from the contract's golden messages. Knows nothing of sending.

use anyhow::{Context as _, Result};
use bytes::Bytes;
use contract::clock::{Clock, HOUR_US, MINUTE_US, SECOND_US, UtcMicros};
use contract::event::{Body, End, Envelope, State};
use contract::ids::{BootId, ControllerName, EventId, IdSource, LogId, PassageId, SystemIds};
use contract::signature::{Sha256, SigningKey};
use contract::topic::Topic;
use courier::identity::NodeIdentity;
use stage::checkout::root;

/// How long ago the backlog begins.
const BACKLOG_US: i64 = 12 * HOUR_US;
/// From one event of the backlog to the next.
const STEP_US: i64 = SECOND_US / 5;

/// An event ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    /// Its place in the ledger.
    pub(crate) seq: u64,
    /// Where to.
    pub(crate) topic: String,
    /// Its exact bytes.
    pub(crate) bytes: Bytes,
    /// Over these bytes.
    pub(crate) signature: String,
}

/// Makes events of one ledger, numbered without gaps.
pub(crate) struct Maker {
    key: SigningKey,
    ids: SystemIds,
    pass: Envelope,
    count: Envelope,
    last_seq: u64,
    passage: PassageId,
}

impl Maker {
    /// A new ledger of this node.
    pub(crate) fn new(identity: &NodeIdentity, controller: ControllerName, clock: &dyn Clock) -> Result<Self> {
        let ids = SystemIds::new();
        let now = clock.now();
        let (log_id, boot_id) = (LogId(ids.next(now)), BootId(ids.next(now)));
        let golden = |kind: &str| -> Result<Envelope> {
            let path = root().join(format!("contract/golden/v1/{kind}.json"));
            let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let mut event = Envelope::from_bytes(&bytes)?;
            event.node = identity.node.clone();
            event.controller = controller.clone();
            event.log_id = log_id;
            event.boot_id = boot_id;
            Ok(event)
        };
        let (pass, count) = (golden("pass")?, golden("count")?);
        let passage = pass.passage_id;
        Ok(Self { key: identity.signing_key()?, ids, pass, count, last_seq: 0, passage })
    }

    /// The ledger.
    pub(crate) fn log_id(&self) -> LogId {
        self.pass.log_id
    }

    /// This run.
    pub(crate) fn boot_id(&self) -> BootId {
        self.pass.boot_id
    }

    /// The highest number made.
    pub(crate) fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// So many events of the last hours.
    pub(crate) fn backlog(&mut self, events: usize, clock: &dyn Clock) -> Vec<Signed> {
        let begin = clock.now().plus_us(-BACKLOG_US);
        let mut made = Vec::with_capacity(events);
        while made.len() < events {
            let at = begin.plus_us(STEP_US * i64::try_from(made.len()).unwrap_or(i64::MAX));
            let place = made.len() % 10;
            made.push(if place == 9 { self.count(at) } else { self.pass(at, place % 3) });
        }
        made
    }

    /// An event of this moment: a vehicle comes into the picture.
    pub(crate) fn live(&mut self, clock: &dyn Clock) -> Signed {
        self.pass(clock.now(), 0)
    }

    /// The first, second or last word about a passage.
    fn pass(&mut self, at: UtcMicros, word: usize) -> Signed {
        if word == 0 {
            self.passage = PassageId(self.ids.next(at));
        }
        let mut event = self.pass.clone();
        event.passage_id = self.passage;
        event.revision = u32::try_from(word).unwrap_or(0) + 1;
        (event.state, event.end) = match word {
            0 => (State::New, None),
            1 => (State::Update, None),
            _ => (State::Final, Some(End::Left)),
        };
        let seq = self.last_seq + 1;
        if word == 2 {
            for piece in &mut event.evidence {
                piece.sha256 = Sha256::of(format!("{seq} {:?}", piece.role).as_bytes());
                piece.captured_at = at;
            }
        } else {
            event.evidence.clear();
        }
        if let Body::Pass(body) = &mut event.body {
            body.first_seen = at.plus_us(-3 * SECOND_US);
            body.last_seen = at;
            for crossing in &mut body.crossings {
                crossing.at = at.plus_us(-SECOND_US);
            }
            if word == 0 {
                body.plate = None;
            } else if let Some(plate) = &mut body.plate {
                plate.key = format!("12A{:05}", seq / 10 % 100_000);
            }
        }
        self.sign(event, at)
    }

    fn count(&mut self, at: UtcMicros) -> Signed {
        let mut event = self.count.clone();
        event.passage_id = PassageId(self.ids.next(at));
        if let Body::Count(body) = &mut event.body {
            body.start = at.floor_to(MINUTE_US);
            // The node sends a minute again when it learns more; a ledger of this length has many minutes.
            event.revision = u32::try_from(self.last_seq % 300).unwrap_or(0) + 1;
        }
        self.sign(event, at)
    }

    fn sign(&mut self, mut event: Envelope, at: UtcMicros) -> Signed {
        self.last_seq += 1;
        event.seq = self.last_seq;
        event.event_id = EventId(self.ids.next(at));
        event.captured.captured_at = at;
        let bytes = event.to_bytes();
        let topic = Topic::Event { from: event.node.clone(), camera: event.camera.clone(), kind: event.kind() };
        Signed {
            seq: event.seq,
            topic: topic.to_string(),
            signature: self.key.sign(&bytes).to_string(),
            bytes: Bytes::from(bytes),
        }
    }
}
