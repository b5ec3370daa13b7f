//! Ed25519 (RFC 8032) over the exact bytes of a message. What is signed is what travels and what is stored: nobody
//! re-serialises before verifying. The key is the one in the node's certificate, so the certificate tells whose it is.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// SHA-256 of something, as 64 lower-case hex digits in text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
        let mut out = [0u8; 32];
        out.copy_from_slice(digest.as_ref());
        Self(out)
    }
}

/// The hash of bytes that come piece by piece.
pub struct Sha256Sum(ring::digest::Context);

impl Default for Sha256Sum {
    fn default() -> Self {
        Self(ring::digest::Context::new(&ring::digest::SHA256))
    }
}

impl Sha256Sum {
    /// Takes the next piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The hash of all pieces together.
    #[must_use]
    pub fn finish(self) -> Sha256 {
        let mut out = [0u8; 32];
        out.copy_from_slice(self.0.finish().as_ref());
        Sha256(out)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text was not 64 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a SHA-256: 64 hex digits are expected")]
pub struct BadHash(String);

impl FromStr for Sha256 {
    type Err = BadHash;
    fn from_str(text: &str) -> Result<Self, BadHash> {
        let mut out = [0u8; 32];
        hex::decode_to_slice(text, &mut out).map_err(|_| BadHash(text.to_owned()))?;
        Ok(Self(out))
    }
}

impl TryFrom<String> for Sha256 {
    type Error = BadHash;
    fn try_from(text: String) -> Result<Self, BadHash> {
        text.parse()
    }
}

impl From<Sha256> for String {
    fn from(hash: Sha256) -> String {
        hash.to_string()
    }
}

impl JsonSchema for Sha256 {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Sha256".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

/// Which key signed: the SHA-256 of the raw 32-byte public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct KeyId(pub Sha256);

impl KeyId {
    /// The id of a raw public key.
    #[must_use]
    pub fn of(public_key: &[u8]) -> Self {
        Self(Sha256::of(public_key))
    }
}

/// A detached signature and the key that made it. As text (an MQTT 5 user property, an HTTP header):
/// `ed25519;<key id in hex>;<signature in base64>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The key that signed.
    pub key: KeyId,
    /// 64 bytes.
    pub bytes: Vec<u8>,
}

/// Name of the MQTT 5 user property and of the HTTP header that carry a [`Signature`].
pub const SIGNATURE_PROPERTY: &str = "chilang-signature";

/// Why signed bytes are not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The text form is not `ed25519;key;signature`.
    #[error("the signature text is malformed: expected ed25519;<key id>;<base64>")]
    Malformed,
    /// Another key was expected.
    #[error("the message is signed by another key than the one expected")]
    OtherKey,
    /// The signature does not fit the bytes.
    #[error("the signature does not fit the message")]
    DoesNotFit,
    /// A private key could not be read.
    #[error("the private key is not a PKCS#8 Ed25519 key")]
    BadPrivateKey,
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ed25519;{};{}", self.key.0, BASE64.encode(&self.bytes))
    }
}

impl FromStr for Signature {
    type Err = SignatureError;
    fn from_str(text: &str) -> Result<Self, SignatureError> {
        let mut parts = text.split(';');
        let (Some("ed25519"), Some(key), Some(bytes), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(SignatureError::Malformed);
        };
        let key = KeyId(key.parse().map_err(|_| SignatureError::Malformed)?);
        let bytes = BASE64.decode(bytes).map_err(|_| SignatureError::Malformed)?;
        if bytes.len() != 64 {
            return Err(SignatureError::Malformed);
        }
        Ok(Self { key, bytes })
    }
}

impl Signature {
    /// Does this signature, by the key `public_key` (32 raw bytes), fit exactly these bytes?
    pub fn verify(&self, public_key: &[u8], message: &[u8]) -> Result<(), SignatureError> {
        if KeyId::of(public_key) != self.key {
            return Err(SignatureError::OtherKey);
        }
        UnparsedPublicKey::new(&ED25519, public_key)
            .verify(message, &self.bytes)
            .map_err(|_| SignatureError::DoesNotFit)
    }
}

/// A private key. Its `Debug` shows the key id only.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    id: KeyId,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl SigningKey {
    /// A new key as a PKCS#8 document, to be kept in a file only its owner may read.
    #[must_use]
    pub fn generate_pkcs8() -> Vec<u8> {
        Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
            .expect("the kernel's random generator does not fail once seeded")
            .as_ref()
            .to_vec()
    }

    /// The key in a PKCS#8 document (version 1 or 2).
    pub fn from_pkcs8(document: &[u8]) -> Result<Self, SignatureError> {
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(document).map_err(|_| SignatureError::BadPrivateKey)?;
        Ok(Self::new(pair))
    }

    /// A key that follows from 32 bytes: for replay and tests only.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self::new(Ed25519KeyPair::from_seed_unchecked(&seed).expect("any 32 bytes are an Ed25519 seed"))
    }

    fn new(pair: Ed25519KeyPair) -> Self {
        let id = KeyId::of(pair.public_key().as_ref());
        Self { pair, id }
    }

    /// Which key this is.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The 32 raw bytes others verify with.
    #[must_use]
    pub fn public_key(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// Signs exactly these bytes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature { key: self.id, bytes: self.pair.sign(message).as_ref().to_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_survives_text_and_refuses_other_bytes_and_keys() {
        let key = SigningKey::from_pkcs8(&SigningKey::generate_pkcs8()).unwrap();
        let signature: Signature = key.sign(b"exactly this").to_string().parse().unwrap();
        assert_eq!(signature.verify(key.public_key(), b"exactly this"), Ok(()));
        assert_eq!(signature.verify(key.public_key(), b"exactly that"), Err(SignatureError::DoesNotFit));
        let other = SigningKey::from_seed([1; 32]);
        assert_eq!(signature.verify(other.public_key(), b"exactly this"), Err(SignatureError::OtherKey));
        assert!(!format!("{key:?}").contains("pair"));
    }

    #[test]
    fn malformed_signature_text_is_refused() {
        for text in ["", "ed25519", "rsa;00;AA==", "ed25519;zz;AA==", "ed25519;00;AA==;x"] {
            assert_eq!(text.parse::<Signature>(), Err(SignatureError::Malformed), "{text}");
        }
    }
}
