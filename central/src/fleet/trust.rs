//! Whose key is it? An exported case brings its keys and certificates along; they are believed only where the authority's
//! own certificate, which did not come with the case, has signed them for that node and that key.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use contract::clock::UtcMicros;
use contract::evidence::NodeKey;
use rustls::RootCertStore;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, UnixTime};

/// Why an authority's certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file holds none.
    #[error("the file holds no certificate")]
    NoCertificate,
    /// It is not one certificates can be checked against.
    #[error("the authority's certificate cannot be used")]
    Unusable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The authority that vouches for nodes' keys.
#[derive(Debug)]
pub struct TrustedAuthority(Arc<dyn ClientCertVerifier>);

impl TrustedAuthority {
    /// From its certificate, PEM.
    pub fn from_pem(pem: &[u8]) -> Result<Self, TrustError> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|e| TrustError::Unusable(e.into()))?;
            roots.add(certificate).map_err(|e| TrustError::Unusable(e.into()))?;
        }
        if roots.is_empty() {
            return Err(TrustError::NoCertificate);
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .map_err(|e| TrustError::Unusable(e.into()))?;
        Ok(Self(verifier))
    }

    /// Has the authority signed that this key is this node's, and did that hold when the event was captured? A key keeps its
    /// events when its certificate is renewed, so a certificate may be younger than the event, but not have ended before it.
    pub fn vouch(&self, key: &NodeKey, captured_at: UtcMicros) -> Result<(), String> {
        let certificate = CertificateDer::from_pem_slice(key.certificate.as_bytes())
            .map_err(|_| format!("the case holds no certificate of node {}", key.node))?;
        let (_, parsed) = x509_parser::parse_x509_certificate(&certificate)
            .map_err(|_| "its certificate cannot be read".to_owned())?;
        let name = parsed.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
        if name != Some(key.node.to_string().as_str()) {
            return Err(format!("its certificate is not that of node {}", key.node));
        }
        let public_key = BASE64.decode(&key.public_key).map_err(|_| "the key is not base64".to_owned())?;
        if *parsed.public_key().subject_public_key.data != *public_key {
            return Err("its certificate is for another key".to_owned());
        }
        let from_s = parsed.validity().not_before.timestamp();
        let at_s = captured_at.0.div_euclid(1_000_000).max(from_s);
        let at = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(at_s).unwrap_or(0)));
        self.0
            .verify_client_cert(&certificate, &[], at)
            .map(|_| ())
            .map_err(|e| format!("the authority does not vouch for its certificate ({e})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::authority::{Authority as Issuing, tests as issuing};
    use contract::clock::DAY_US;
    use contract::signature::KeyId;

    fn key_of(authority: &Issuing, node: &str) -> NodeKey {
        let issued =
            authority.issue(&issuing::csr(&issuing::node_key()), &node.parse().unwrap(), issuing::NOW).unwrap();
        NodeKey {
            node: node.parse().unwrap(),
            key: KeyId::of(&issued.public_key),
            public_key: BASE64.encode(&issued.public_key),
            certificate: issued.certificate_pem,
        }
    }

    #[test]
    fn only_a_certificate_of_this_authority_for_this_node_and_key_in_its_time_is_believed() {
        let dir = tempfile::tempdir().unwrap();
        let issuing = Issuing::create(dir.path(), &[], &[], issuing::NOW).unwrap();
        let authority = TrustedAuthority::from_pem(issuing.ca_pem().as_bytes()).unwrap();
        let key = key_of(&issuing, "square/node-1");
        let at = issuing::NOW.plus_us(DAY_US);
        assert_eq!(authority.vouch(&key, at), Ok(()));
        assert_eq!(authority.vouch(&key, issuing::NOW.plus_us(-300 * DAY_US)), Ok(()), "renewed since");
        let refused = |key: &NodeKey, at| authority.vouch(key, at).unwrap_err();
        assert!(refused(&key, issuing::NOW.plus_us(91 * DAY_US)).contains("does not vouch"));

        let elsewhere = NodeKey { node: "square/node-2".parse().unwrap(), ..key.clone() };
        assert!(refused(&elsewhere, at).contains("is not that of node square/node-2"));
        let other = key_of(&issuing, "square/node-1");
        let swapped = NodeKey { public_key: other.public_key, key: other.key, ..key.clone() };
        assert!(refused(&swapped, at).contains("for another key"));
        assert!(refused(&NodeKey { certificate: String::new(), ..key }, at).contains("holds no certificate"));

        let stranger = tempfile::tempdir().unwrap();
        let stranger = Issuing::create(stranger.path(), &[], &[], issuing::NOW).unwrap();
        assert!(refused(&key_of(&stranger, "square/node-1"), at).contains("does not vouch"));
        assert!(matches!(TrustedAuthority::from_pem(b"nothing"), Err(TrustError::NoCertificate)));
    }
}
