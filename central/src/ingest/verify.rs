//! Is a message an event we take? Signature, key, sender, shape: a pure function of the message and of what is registered.
//! What is refused goes to quarantine with a reason; nothing here changes anything.

use contract::event::{Envelope, EnvelopeError, MAX_ENVELOPE_BYTES};
use contract::ids::NodeAddress;
use contract::signature::Signature;
use contract::topic::{EventKind, Topic};

use super::quarantine::{MAX_SEQ, Quarantined, Reason};
use crate::fleet::Registered;

/// A message as it came from the broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its topic, as text.
    pub topic: String,
    /// The exact bytes.
    pub payload: bytes::Bytes,
    /// The signature property, if there was one.
    pub signature: Option<String>,
}

/// An event whose origin and shape are proven.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifiedEvent {
    /// The event.
    pub envelope: Envelope,
    /// Its exact bytes.
    pub bytes: bytes::Bytes,
    /// The signature as it came.
    pub signature: String,
    /// Who forwarded it; none when it came from its node itself.
    pub via: Option<NodeAddress>,
}

impl VerifiedEvent {
    /// Whom to acknowledge it to.
    #[must_use]
    pub fn answer_to(&self) -> &NodeAddress {
        self.via.as_ref().unwrap_or(&self.envelope.node)
    }

    /// The topic it came on.
    #[must_use]
    pub fn topic(&self) -> Topic {
        let e = &self.envelope;
        let (node, camera, kind) = (e.node.clone(), e.camera.clone(), e.kind());
        match &self.via {
            Some(via) => Topic::ForwardedEvent { via: via.clone(), node: node.node, camera, kind },
            None => Topic::Event { from: node, camera, kind },
        }
    }
}

/// Checks a message. `Err` says why it is kept apart.
pub fn verify(message: &Message, registered: &Registered) -> Result<VerifiedEvent, Box<Quarantined>> {
    check(message, registered).map_err(|(reason, detail)| Box::new(Quarantined::of(message, reason, detail)))
}

/// Would asking the store again possibly change the verdict?
#[must_use]
pub(super) fn may_be_news(reason: Reason) -> bool {
    matches!(reason, Reason::UnknownKey | Reason::UnknownNode | Reason::ForeignController)
}

fn check(message: &Message, registered: &Registered) -> Result<VerifiedEvent, (Reason, String)> {
    let refuse = |reason: Reason, detail: &str| (reason, detail.to_owned());
    let (from, via, camera, kind) = match message.topic.parse::<Topic>() {
        Ok(Topic::Event { from, camera, kind }) => (from, None, camera, kind),
        Ok(Topic::ForwardedEvent { via, node, camera, kind }) => {
            (NodeAddress { site: via.site.clone(), node }, Some(via), camera, kind)
        }
        _ => return Err(refuse(Reason::ForeignPrefix, "the topic is none of events")),
    };
    if let Some(via) = &via {
        let speaker =
            registered.nodes.get(via).ok_or_else(|| refuse(Reason::UnknownNode, "no such site is registered"))?;
        if speaker.revoked {
            return Err(refuse(Reason::Revoked, "the site is revoked"));
        }
        if !speaker.forwards {
            return Err(refuse(Reason::ForeignPrefix, "the sender does not speak for its site"));
        }
    }
    let node = registered.nodes.get(&from).ok_or_else(|| refuse(Reason::UnknownNode, "no such node is registered"))?;
    if node.revoked {
        return Err(refuse(Reason::Revoked, "the node is revoked"));
    }
    // A node is heard from itself or through its site, never both ways.
    if node.via != via {
        return Err(refuse(Reason::ForeignPrefix, "the node's events come another way"));
    }
    if kind == EventKind::Decision && !node.forwards {
        return Err(refuse(Reason::Contradiction, "a node does not decide"));
    }
    if message.payload.len() > MAX_ENVELOPE_BYTES {
        return Err(refuse(Reason::Oversized, "the message is larger than an event may be"));
    }
    let text =
        message.signature.as_deref().ok_or_else(|| refuse(Reason::NoSignature, "the message carries no signature"))?;
    let signature: Signature =
        text.parse().map_err(|_| refuse(Reason::BadSignature, "the signature text is malformed"))?;
    let key = registered
        .keys
        .get(&signature.key)
        .ok_or_else(|| refuse(Reason::UnknownKey, "the signing key is not registered"))?;
    if key.node != from {
        return Err(refuse(Reason::UnknownKey, "the signing key belongs to another node"));
    }
    if key.revoked {
        return Err(refuse(Reason::Revoked, "the signing key is revoked"));
    }
    signature
        .verify(&key.public_key, &message.payload)
        .map_err(|_| refuse(Reason::BadSignature, "the signature does not fit the message"))?;
    let envelope = Envelope::from_bytes(&message.payload).map_err(|error| match error {
        EnvelopeError::TooLarge { .. } => refuse(Reason::Oversized, "the message is larger than an event may be"),
        // The parser's own words may quote the message.
        EnvelopeError::Malformed(e) => {
            (Reason::Malformed, format!("the message is no event (line {}, column {})", e.line(), e.column()))
        }
        EnvelopeError::UnknownSchema(_) => refuse(Reason::UnknownSchema, "the schema is not one this version reads"),
        EnvelopeError::NulCharacter => refuse(Reason::NulCharacter, "a text holds U+0000"),
        EnvelopeError::Contradiction(what) => refuse(Reason::Contradiction, what),
    })?;
    if envelope.node != from {
        return Err(refuse(Reason::ForeignPrefix, "the message names another node than its topic"));
    }
    if envelope.camera != camera || envelope.kind() != kind {
        return Err(refuse(Reason::Contradiction, "the message names another camera or kind than its topic"));
    }
    if envelope.seq > MAX_SEQ {
        return Err(refuse(Reason::Contradiction, "`seq` is beyond what a ledger holds"));
    }
    if !node.controllers.contains(&envelope.controller) {
        return Err(refuse(Reason::ForeignController, "the node does not work for the controller named"));
    }
    Ok(VerifiedEvent { envelope, bytes: message.payload.clone(), signature: text.to_owned(), via })
}
