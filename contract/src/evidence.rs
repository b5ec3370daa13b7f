//! The evidence manifest: which pictures belong to a suspicion, with their hashes and the signed event they belong to.
//! Verification works offline, from the files of an exported case alone, and never trusts a file's name.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::{Envelope, EnvelopeError, EvidenceRole};
use crate::ids::NodeAddress;
use crate::signature::{KeyId, Sha256, Signature, SignatureError};

/// Name of the manifest in an exported case.
pub const MANIFEST_FILE: &str = "manifest.json";

/// One event of a case, exactly as the node signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignedEvent {
    /// The exact bytes, base64.
    pub event: String,
    /// [`Signature`] text.
    pub signature: String,
}

/// A node's public key, and where the centre had it from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NodeKey {
    /// The node.
    pub node: NodeAddress,
    /// SHA-256 of the key.
    pub key: KeyId,
    /// 32 raw bytes, base64.
    pub public_key: String,
    /// The certificate that binds key and node, PEM.
    pub certificate: String,
}

/// One file of an exported case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ManifestFile {
    /// Its name in the folder.
    pub file: String,
    /// What it shows.
    pub role: EvidenceRole,
    /// Its hash.
    pub sha256: Sha256,
    /// Its size.
    pub bytes: u64,
}

/// The manifest of an exported case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// `chilang.evidence/1`.
    pub schema: String,
    /// Case number.
    pub case: String,
    /// The signed events.
    pub events: Vec<SignedEvent>,
    /// Keys of the nodes that signed.
    pub keys: Vec<NodeKey>,
    /// The pictures.
    pub files: Vec<ManifestFile>,
}

/// One thing that does not hold.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceFault {
    /// A field is not base64 or not of its shape.
    #[error("the manifest is malformed at {0}")]
    Malformed(String),
    /// An event's signature does not hold.
    #[error("event {index} is not signed by the key named for it")]
    Signature {
        /// Its place in the manifest.
        index: usize,
        /// Why.
        #[source]
        source: SignatureError,
    },
    /// Signed bytes that are no event.
    #[error("event {index} cannot be read")]
    Event {
        /// Its place in the manifest.
        index: usize,
        /// Why.
        #[source]
        source: EnvelopeError,
    },
    /// An event names another node than its key.
    #[error("event {index} names node {claimed}, its key belongs to {actual}")]
    OtherNode {
        /// Its place in the manifest.
        index: usize,
        /// As the event says.
        claimed: NodeAddress,
        /// As the key says.
        actual: NodeAddress,
    },
    /// A listed file is missing.
    #[error("file {0} is missing")]
    Missing(String),
    /// A file's content is not the one hashed at the edge.
    #[error("file {0} is not what the node hashed")]
    Changed(String),
    /// A file no signed event speaks of.
    #[error("file {0} belongs to no signed event")]
    NotInEvents(String),
}

/// Checks a manifest against the bytes of its files (by name). Every fault is reported, not only the first.
#[must_use]
pub fn verify(manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>) -> Vec<EvidenceFault> {
    let mut faults = Vec::new();
    let mut signed_hashes: Vec<Sha256> = Vec::new();
    for (index, signed) in manifest.events.iter().enumerate() {
        match verify_event(index, signed, &manifest.keys) {
            Ok(envelope) => signed_hashes.extend(envelope.evidence.iter().map(|e| e.sha256)),
            Err(fault) => faults.push(fault),
        }
    }
    for entry in &manifest.files {
        match files.get(&entry.file) {
            None => faults.push(EvidenceFault::Missing(entry.file.clone())),
            Some(bytes) if Sha256::of(bytes) != entry.sha256 => {
                faults.push(EvidenceFault::Changed(entry.file.clone()))
            }
            Some(_) if !signed_hashes.contains(&entry.sha256) => {
                faults.push(EvidenceFault::NotInEvents(entry.file.clone()));
            }
            Some(_) => {}
        }
    }
    faults
}

fn verify_event(
    index: usize,
    signed: &SignedEvent,
    keys: &[NodeKey],
) -> Result<Envelope, EvidenceFault> {
    let malformed = || EvidenceFault::Malformed(format!("events[{index}]"));
    let refused = |source| EvidenceFault::Signature { index, source };
    let bytes = BASE64.decode(&signed.event).map_err(|_| malformed())?;
    let signature: Signature = signed.signature.parse().map_err(refused)?;
    let key = keys
        .iter()
        .find(|k| k.key == signature.key)
        .ok_or_else(|| refused(SignatureError::OtherKey))?;
    let public_key = BASE64.decode(&key.public_key).map_err(|_| malformed())?;
    signature.verify(&public_key, &bytes).map_err(refused)?;
    let envelope =
        Envelope::from_bytes(&bytes).map_err(|source| EvidenceFault::Event { index, source })?;
    if envelope.node != key.node {
        return Err(EvidenceFault::OtherNode {
            index,
            claimed: envelope.node,
            actual: key.node.clone(),
        });
    }
    Ok(envelope)
}
