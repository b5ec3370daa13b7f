//! Messages kept apart: why, and as much of them as is needed to find out what went wrong. A quarantined message is
//! acknowledged, so that it cannot block its node's queue; it changes nothing else.

use contract::ids::{LogId, NodeAddress};
use contract::signature::Sha256;
use contract::topic::Topic;
use serde::Deserialize;

use super::verify::Message;

/// The highest sequence number taken: what a signed 64-bit column holds.
pub(super) const MAX_SEQ: u64 = i64::MAX as u64 - 1;

/// Why a message is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Larger than an event may be.
    Oversized,
    /// Not an event.
    Malformed,
    /// A schema we don't read.
    UnknownSchema,
    /// Holds U+0000.
    NulCharacter,
    /// Contradicts itself, or its topic.
    Contradiction,
    /// Carries no signature.
    NoSignature,
    /// Its signature does not hold.
    BadSignature,
    /// Signed by a key nobody registered, or another node's.
    UnknownKey,
    /// From a node nobody registered.
    UnknownNode,
    /// Its node, or its key, is revoked.
    Revoked,
    /// Its topic is not its node's.
    ForeignPrefix,
    /// Names a controller its node has nothing to do with.
    ForeignController,
    /// Its place in the ledger, or its id, was used for something else.
    Reused,
    /// Its node begins one ledger after the other.
    TooManyLedgers,
    /// The store refuses it by itself.
    StoreRefused,
}

impl Reason {
    /// As stored, acknowledged and counted.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Oversized => "oversized",
            Self::Malformed => "malformed",
            Self::UnknownSchema => "unknown_schema",
            Self::NulCharacter => "nul_character",
            Self::Contradiction => "contradiction",
            Self::NoSignature => "no_signature",
            Self::BadSignature => "bad_signature",
            Self::UnknownKey => "unknown_key",
            Self::UnknownNode => "unknown_node",
            Self::Revoked => "revoked",
            Self::ForeignPrefix => "foreign_prefix",
            Self::ForeignController => "foreign_controller",
            Self::Reused => "reused",
            Self::TooManyLedgers => "too_many_ledgers",
            Self::StoreRefused => "store_refused",
        }
    }
}

/// Where in which ledger a message says it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The node.
    pub node: NodeAddress,
    /// Its ledger.
    pub log_id: LogId,
    /// The place.
    pub seq: u64,
}

/// A message to be kept apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Its topic.
    pub topic: String,
    /// Hash of the whole.
    pub sha256: Sha256,
    /// Size of the whole.
    pub size_bytes: u64,
    /// The first 1 KiB.
    pub first_kib: Vec<u8>,
    /// Why.
    pub reason: Reason,
    /// What exactly, without anything out of the message.
    pub detail: String,
    /// Whom the broker let publish on this topic; none where the topic is no node's.
    pub sender: Option<NodeAddress>,
    /// Who forwarded it and is to be told; none when it came from its node itself.
    pub answer_to: Option<NodeAddress>,
    /// Where it can be acknowledged: only if the sender, whom the broker binds to the topic, is who the message names.
    pub place: Option<Place>,
}

impl Quarantined {
    /// Puts a message apart.
    #[must_use]
    pub fn of(message: &Message, reason: Reason, detail: String) -> Self {
        Self {
            topic: message.topic.chars().take(300).collect(),
            sha256: Sha256::of(&message.payload),
            size_bytes: message.payload.len() as u64,
            first_kib: message.payload[..message.payload.len().min(1024)].to_vec(),
            reason,
            detail,
            sender: sender_of(&message.topic).map(|(sender, _)| sender),
            answer_to: sender_of(&message.topic).and_then(|(_, via)| via),
            place: place_of(message),
        }
    }
}

/// The node a topic speaks for, and who forwards for it.
fn sender_of(topic: &str) -> Option<(NodeAddress, Option<NodeAddress>)> {
    match topic.parse::<Topic>() {
        Ok(Topic::Event { from, .. }) => Some((from, None)),
        Ok(Topic::ForwardedEvent { via, node, .. }) => Some((NodeAddress { site: via.site.clone(), node }, Some(via))),
        _ => None,
    }
}

/// The least that is needed to acknowledge what cannot be taken.
#[derive(Deserialize)]
struct PlaceOnly {
    node: NodeAddress,
    log_id: LogId,
    seq: u64,
}

fn place_of(message: &Message) -> Option<Place> {
    let (from, _) = sender_of(&message.topic)?;
    let read: PlaceOnly = serde_json::from_slice(&message.payload).ok()?;
    let sane = read.node == from && (1..=MAX_SEQ).contains(&read.seq);
    sane.then_some(Place { node: read.node, log_id: read.log_id, seq: read.seq })
}
