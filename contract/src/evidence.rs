//! The evidence manifest: which pictures belong to a suspicion, with their hashes and the signed event they belong to.
//! Verification works offline, from the files of an exported case and the authority's certificate, which comes from
//! elsewhere: whoever makes up a manifest can make up keys and certificates to go with it. It never trusts a file's name,
//! nor what the manifest says of a file that the signed event says too.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::UtcMicros;
use crate::event::{Envelope, EnvelopeError, EvidenceRef, EvidenceRole, EvidenceState};
use crate::ids::NodeAddress;
use crate::signature::{KeyId, Sha256, Signature, SignatureError};

/// The schema of a manifest. Readers take every `chilang.evidence/1…` and refuse other majors.
pub const MANIFEST_SCHEMA: &str = "chilang.evidence/1";

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
    /// [`MANIFEST_SCHEMA`].
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
    /// Nobody who is trusted says that this key is this node's.
    #[error("the key of event {index} is not vouched for: {why}")]
    Untrusted {
        /// Its place in the manifest.
        index: usize,
        /// Why not.
        why: String,
    },
    /// A manifest of another kind.
    #[error("the manifest has schema {0}, this program knows {MANIFEST_SCHEMA}")]
    Schema(String),
    /// A file shows something else than the event says, such as *after* instead of *before*.
    #[error("file {file} is said to show {claimed:?}, the signed event says {signed:?}")]
    OtherRole {
        /// Its name.
        file: String,
        /// As the manifest says.
        claimed: EvidenceRole,
        /// As the event says.
        signed: EvidenceRole,
    },
    /// A file's size is not the one in the event.
    #[error("file {file} is said to have {claimed} bytes, the signed event says {signed}")]
    OtherSize {
        /// Its name.
        file: String,
        /// As the manifest says.
        claimed: u64,
        /// As the event says.
        signed: u64,
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
    /// A picture that a signed event speaks of was left out.
    #[error("the picture {sha256} ({role:?}) of a signed event is not among the files")]
    LeftOut {
        /// What it shows.
        role: EvidenceRole,
        /// Its hash.
        sha256: Sha256,
    },
    /// Nothing signed is in it, so nothing is proven by it.
    #[error("the manifest holds no event")]
    NoEvents,
}

/// Says whether a key is the node's it is said to be, for an event captured at that moment; if not, why. The answer
/// must rest on something that did not come with the manifest: the authority's certificate.
pub type Vouch<'a> = dyn Fn(&NodeKey, UtcMicros) -> Result<(), String> + 'a;

/// Checks a manifest against the bytes of its files (by name). Every fault is reported, not only the first.
#[must_use]
pub fn verify(manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>, vouch: &Vouch<'_>) -> Vec<EvidenceFault> {
    let mut faults = Vec::new();
    if manifest.schema != MANIFEST_SCHEMA && !manifest.schema.starts_with(&format!("{MANIFEST_SCHEMA}.")) {
        faults.push(EvidenceFault::Schema(manifest.schema.clone()));
    }
    if manifest.events.is_empty() {
        faults.push(EvidenceFault::NoEvents);
    }
    let mut told: Vec<EvidenceRef> = Vec::new();
    for (index, signed) in manifest.events.iter().enumerate() {
        match verify_event(index, signed, &manifest.keys, vouch) {
            Ok(envelope) => told.extend(envelope.evidence),
            Err(fault) => faults.push(fault),
        }
    }
    for entry in &manifest.files {
        match files.get(&entry.file) {
            None => faults.push(EvidenceFault::Missing(entry.file.clone())),
            Some(bytes) if Sha256::of(bytes) != entry.sha256 => faults.push(EvidenceFault::Changed(entry.file.clone())),
            Some(bytes) => faults.extend(verify_file(entry, bytes.len() as u64, &told)),
        }
    }
    let listed: BTreeSet<Sha256> = manifest.files.iter().map(|entry| entry.sha256).collect();
    let left_out: BTreeMap<Sha256, EvidenceRole> = told
        .iter()
        .filter(|picture| !listed.contains(&picture.sha256) && !matches!(picture.state, EvidenceState::Lost(_)))
        .map(|picture| (picture.sha256, picture.role))
        .collect();
    faults.extend(left_out.into_iter().map(|(sha256, role)| EvidenceFault::LeftOut { role, sha256 }));
    faults
}

/// A file whose hash holds, against what the signed events say of it.
fn verify_file(entry: &ManifestFile, bytes: u64, told: &[EvidenceRef]) -> Option<EvidenceFault> {
    let file = entry.file.clone();
    let of_it = || told.iter().filter(|e| e.sha256 == entry.sha256);
    let Some(first) = of_it().next() else { return Some(EvidenceFault::NotInEvents(file)) };
    // One picture may be told of in two roles.
    let Some(signed) = of_it().find(|e| e.role == entry.role) else {
        return Some(EvidenceFault::OtherRole { file, claimed: entry.role, signed: first.role });
    };
    (entry.bytes != signed.bytes || bytes != signed.bytes).then_some(EvidenceFault::OtherSize {
        file,
        claimed: entry.bytes,
        signed: signed.bytes,
    })
}

fn verify_event(
    index: usize,
    signed: &SignedEvent,
    keys: &[NodeKey],
    vouch: &Vouch<'_>,
) -> Result<Envelope, EvidenceFault> {
    let malformed = || EvidenceFault::Malformed(format!("events[{index}]"));
    let refused = |source| EvidenceFault::Signature { index, source };
    let bytes = BASE64.decode(&signed.event).map_err(|_| malformed())?;
    let signature: Signature = signed.signature.parse().map_err(refused)?;
    let key = keys.iter().find(|k| k.key == signature.key).ok_or_else(|| refused(SignatureError::OtherKey))?;
    let public_key = BASE64.decode(&key.public_key).map_err(|_| malformed())?;
    signature.verify(&public_key, &bytes).map_err(refused)?;
    let envelope = Envelope::from_bytes(&bytes).map_err(|source| EvidenceFault::Event { index, source })?;
    if envelope.node != key.node {
        return Err(EvidenceFault::OtherNode { index, claimed: envelope.node, actual: key.node.clone() });
    }
    vouch(key, envelope.captured.captured_at).map_err(|why| EvidenceFault::Untrusted { index, why })?;
    Ok(envelope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::SigningKey;

    fn event(key: &SigningKey, node: &str) -> SignedEvent {
        let golden = include_str!("../golden/v1/suspicion.json");
        let mut envelope = Envelope::from_bytes(golden.as_bytes()).unwrap();
        envelope.node = node.parse().unwrap();
        for (picture, content) in envelope.evidence.iter_mut().zip([&b"before"[..], b"after"]) {
            picture.sha256 = Sha256::of(content);
            picture.bytes = content.len() as u64;
        }
        let bytes = envelope.to_bytes();
        SignedEvent { event: BASE64.encode(&bytes), signature: key.sign(&bytes).to_string() }
    }

    type Files = BTreeMap<String, Vec<u8>>;

    fn exported(key: &SigningKey) -> (Manifest, Files) {
        let node = "chi-lang-square/node-1";
        let file = |name: &str, role, content: &[u8]| ManifestFile {
            file: name.into(),
            role,
            sha256: Sha256::of(content),
            bytes: content.len() as u64,
        };
        let manifest = Manifest {
            schema: MANIFEST_SCHEMA.into(),
            case: "1".into(),
            events: vec![event(key, node)],
            keys: vec![NodeKey {
                node: node.parse().unwrap(),
                key: key.id(),
                public_key: BASE64.encode(key.public_key()),
                certificate: String::new(),
            }],
            files: vec![file("1.jpg", EvidenceRole::Before, b"before"), file("2.jpg", EvidenceRole::After, b"after")],
        };
        let files = BTreeMap::from([("1.jpg".into(), b"before".to_vec()), ("2.jpg".into(), b"after".to_vec())]);
        (manifest, files)
    }

    fn anybody(_: &NodeKey, _: UtcMicros) -> Result<(), String> {
        Ok(())
    }

    #[test]
    fn a_made_up_case_with_a_made_up_key_is_not_believed() {
        let (manifest, files) = exported(&SigningKey::from_seed([5; 32]));
        let known = |key: &NodeKey, _: UtcMicros| {
            if key.key == SigningKey::from_seed([5; 32]).id() { Ok(()) } else { Err("nobody knows it".to_owned()) }
        };
        assert!(verify(&manifest, &files, &known).is_empty());
        let (forged, files) = exported(&SigningKey::from_seed([6; 32]));
        let faults: Vec<String> = verify(&forged, &files, &known).iter().map(ToString::to_string).collect();
        assert_eq!(faults[0], "the key of event 0 is not vouched for: nobody knows it");
        // What an event nobody vouches for says of pictures counts for nothing.
        assert!(faults[1].contains("belongs to no signed event"), "{faults:?}");
    }

    #[test]
    fn a_whole_case_has_no_faults_and_each_change_has_its_own() {
        let key = SigningKey::from_seed([5; 32]);
        let (manifest, files) = exported(&key);
        assert!(verify(&manifest, &files, &anybody).is_empty());

        let fault = |change: &dyn Fn(&mut Manifest, &mut Files)| {
            let (mut m, mut f) = (manifest.clone(), files.clone());
            change(&mut m, &mut f);
            let faults = verify(&m, &f, &anybody);
            assert!(!faults.is_empty());
            faults.into_iter().map(|x| x.to_string()).collect::<Vec<_>>().join("; ")
        };
        assert!(fault(&|_, f| f.get_mut("1.jpg").unwrap().push(0)).contains("not what the node hashed"));
        assert!(fault(&|_, f| drop(f.remove("2.jpg"))).contains("missing"));
        assert!(
            fault(&|m, f| {
                f.insert("1.jpg".into(), b"other".to_vec());
                m.files[0].sha256 = Sha256::of(b"other");
            })
            .contains("belongs to no signed event")
        );
        assert!(
            fault(&|m, _| m.events[0] = event(&SigningKey::from_seed([6; 32]), "chi-lang-square/node-1"))
                .contains("not signed")
        );
        assert!(
            fault(&|m, _| m.events[0] = event(&SigningKey::from_seed([5; 32]), "elsewhere/node-9"))
                .contains("names node")
        );
        assert!(fault(&|m, _| m.events[0].event = BASE64.encode(b"{}")).contains("not signed"));
        assert!(
            fault(&|m, _| {
                m.files[0].role = EvidenceRole::After;
                m.files[1].role = EvidenceRole::Before;
            })
            .contains("is said to show After, the signed event says Before")
        );
        assert!(fault(&|m, _| drop(m.files.remove(0))).contains("(Before) of a signed event is not among the files"));
        assert!(fault(&|m, _| (m.files, m.events) = (vec![], vec![])).contains("holds no event"));
        assert!(fault(&|m, _| m.files[0].bytes = 7).contains("is said to have 7 bytes"));
        assert!(fault(&|m, _| m.schema = "chilang.evidence/2".into()).contains("has schema chilang.evidence/2"));
    }
}
