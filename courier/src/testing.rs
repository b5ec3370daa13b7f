//! What tests of this crate and of its users share: a private authority, an identity folder as joining leaves it, a server
//! of a few lines. Nothing of it is reached by a program.

#![expect(clippy::unwrap_used, reason = "only tests call this")]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use contract::signature::SigningKey;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PKCS_ED25519,
};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::identity::{
    AUTHORITY_FILE, BUNDLE_KEY_FILE, CARD_FILE, CERTIFICATE_FILE, Card, KEY_FILE, NodeIdentity, certificates,
    identity_dir, write_folder,
};

/// A private authority for tests.
pub struct TestAuthority {
    params: CertificateParams,
    key: KeyPair,
    /// Its certificate, PEM.
    pub ca_pem: String,
}

impl TestAuthority {
    /// A new one.
    #[expect(clippy::new_without_default, reason = "each is another")]
    #[must_use]
    pub fn new() -> Self {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let ca_pem = params.self_signed(&key).unwrap().pem();
        Self { params, key, ca_pem }
    }

    fn issuer(&self) -> Issuer<'_, &KeyPair> {
        Issuer::from_params(&self.params, &self.key)
    }

    /// Certificate and key (PEM) of a server on the loopback.
    pub fn server(&self) -> (String, String) {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let params = CertificateParams::new(names).unwrap();
        (params.signed_by(&key, &self.issuer()).unwrap().pem(), key.serialize_pem())
    }

    /// Certificate and key (PEM) of a client by its name.
    pub fn client(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        (params.signed_by(&key, &self.issuer()).unwrap().pem(), key.serialize_pem())
    }

    /// Signs a request for a node, as the centre does.
    pub fn certify(&self, csr_pem: &str, name: &str, days: i64) -> String {
        let mut csr = CertificateSigningRequestParams::from_pem(csr_pem).unwrap();
        csr.params.distinguished_name = rcgen::DistinguishedName::new();
        csr.params.distinguished_name.push(DnType::CommonName, name);
        csr.params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        csr.params.not_after = rcgen::date_time_ymd(2026, 1, 1) + time::Duration::days(days);
        csr.signed_by(&self.issuer()).unwrap().pem()
    }
}

/// The key by which the centre of the tests signs bundles.
pub fn bundle_key() -> SigningKey {
    SigningKey::from_seed([7; 32])
}

/// An identity folder as enrolment leaves it, for tests of other modules.
pub fn write_identity(
    authority: &TestAuthority,
    node: &str,
    data_dir: &Path,
    mqtt_port: u16,
    centre_url: &str,
) -> NodeIdentity {
    let (certificate, key) = authority.client(node);
    let card = Card {
        node: node.parse().unwrap(),
        controller: "tourism".parse().unwrap(),
        centre_url: centre_url.to_owned(),
        mqtt_host: "localhost".to_owned(),
        mqtt_port,
    };
    write_folder(
        &identity_dir(data_dir),
        &[
            (KEY_FILE, key.as_bytes()),
            (CERTIFICATE_FILE, certificate.as_bytes()),
            (AUTHORITY_FILE, authority.ca_pem.as_bytes()),
            (BUNDLE_KEY_FILE, bundle_key().public_key()),
            (CARD_FILE, &serde_json::to_vec(&card).unwrap()),
        ],
    )
    .unwrap();
    NodeIdentity::load(data_dir).unwrap()
}

/// A server of a few lines on the loopback, with the authority's certificate: one request a connection, answered by
/// `respond(request line, body)` with status and body.
pub async fn serve_https(
    authority: &TestAuthority,
    respond: impl Fn(&str, &[u8]) -> (&'static str, Vec<u8>) + Send + Sync + 'static,
) -> SocketAddr {
    let (certificate, key) = authority.server();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            certificates(certificate.as_bytes()).unwrap(),
            PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap(),
        )
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = Vec::new();
            let (line, body) = loop {
                let mut part = [0; 4096];
                let n = stream.read(&mut part).await.unwrap();
                request.extend_from_slice(&part[..n]);
                let Some(end) = request.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
                let head = String::from_utf8_lossy(&request[..end]).into_owned();
                let body = &request[end + 4..];
                let length: usize = head
                    .lines()
                    .find_map(|l| l.to_lowercase().strip_prefix("content-length: ")?.parse().ok())
                    .unwrap_or(0);
                if body.len() >= length {
                    break (head.lines().next().unwrap().to_owned(), body.to_vec());
                }
            };
            let (status, answer) = respond(&line, &body);
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                answer.len()
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(&answer).await.unwrap();
            let _ = stream.shutdown().await;
        }
    });
    address
}
