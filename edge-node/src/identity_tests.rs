//! Enrolment and renewal against a centre of a few lines, over real TLS.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::str::FromStr as _;

use rcgen::{BasicConstraints, CertificateSigningRequestParams, IsCa, Issuer, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

/// A private authority for tests.
pub(crate) struct TestAuthority {
    params: CertificateParams,
    key: KeyPair,
    pub(crate) ca_pem: String,
}

impl TestAuthority {
    pub(crate) fn new() -> Self {
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
    pub(crate) fn server(&self) -> (String, String) {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let params = CertificateParams::new(names).unwrap();
        (params.signed_by(&key, &self.issuer()).unwrap().pem(), key.serialize_pem())
    }

    /// Certificate and key (PEM) of a client by its name.
    pub(crate) fn client(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        (params.signed_by(&key, &self.issuer()).unwrap().pem(), key.serialize_pem())
    }

    /// Signs a request for a node, as the centre does.
    pub(crate) fn certify(&self, csr_pem: &str, name: &str, days: i64) -> String {
        let mut csr = CertificateSigningRequestParams::from_pem(csr_pem).unwrap();
        csr.params.distinguished_name = rcgen::DistinguishedName::new();
        csr.params.distinguished_name.push(DnType::CommonName, name);
        csr.params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        csr.params.not_after = rcgen::date_time_ymd(2026, 1, 1) + time::Duration::days(days);
        csr.signed_by(&self.issuer()).unwrap().pem()
    }
}

/// The key by which the centre of the tests signs bundles.
pub(crate) fn bundle_key() -> SigningKey {
    SigningKey::from_seed([7; 32])
}

/// An identity folder as enrolment leaves it, for tests of other modules.
pub(crate) fn write_identity(
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

/// How the test centre misbehaves.
#[derive(Clone, Copy, PartialEq)]
enum Centre {
    Honest,
    CertifiesAnotherKey,
    NamesAnotherNode,
    Refuses,
}

/// A server of a few lines on the loopback, with the authority's certificate: one request a connection, answered by
/// `respond(request line, body)` with status and body.
pub(crate) async fn serve_https(
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

/// Answers `enrol` and `renew`, in its manner.
async fn serve(authority: Arc<TestAuthority>, manner: Centre) -> SocketAddr {
    let issuing = authority.clone();
    serve_https(&authority, move |_, body| {
        let asked: serde_json::Value = serde_json::from_slice(body).unwrap();
        if manner == Centre::Refuses {
            let refusal = serde_json::json!({"error": {"code": "token_used", "message": "used"}});
            return ("403 Forbidden", refusal.to_string().into_bytes());
        }
        let csr = match manner {
            Centre::CertifiesAnotherKey => request(&KeyPair::generate_for(&PKCS_ED25519).unwrap()).unwrap(),
            _ => asked["csr_pem"].as_str().unwrap().to_owned(),
        };
        let name = match manner {
            Centre::NamesAnotherNode => "square/other",
            _ => "square/node-1",
        };
        let answer = EnrolAnswer {
            certificate_pem: issuing.certify(&csr, name, 90),
            ca_pem: issuing.ca_pem.clone(),
            bundle_public_key: BASE64.encode([7; 32]),
            node: "square/node-1".parse().unwrap(),
            controller: "tourism".parse().unwrap(),
            mqtt_host: "localhost".to_owned(),
            mqtt_port: 8883,
            not_after: UtcMicros(0),
        };
        ("200 OK", serde_json::to_vec(&answer).unwrap())
    })
    .await
}

fn token(authority: &TestAuthority, address: SocketAddr) -> EnrolToken {
    let json = serde_json::json!({
        "url": format!("https://localhost:{}", address.port()),
        "ca_pem": authority.ca_pem,
        "secret": "planted-secret",
    });
    let text = format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(json.to_string()));
    EnrolToken::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_node_joins_renews_and_does_not_join_twice() {
    let authority = Arc::new(TestAuthority::new());
    let address = serve(authority.clone(), Centre::Honest).await;
    let dir = tempfile::tempdir().unwrap();
    let token = token(&authority, address);
    let identity = enrol(&token, dir.path()).await.unwrap();
    assert_eq!(identity.node.to_string(), "square/node-1");
    assert_eq!(identity.bundle_public_key, [7; 32]);
    assert!(identity.tls().is_ok());
    for entry in fs::read_dir(identity_dir(dir.path())).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert!(matches!(enrol(&token, dir.path()).await, Err(IdentityError::Exists(_))));

    let key = identity.signing_key().unwrap().id();
    let before = UtcMicros::from_rfc3339("2026-03-02T01:00:00Z").unwrap();
    assert!(identity.needs_renewal(before) && !identity.needs_renewal(UtcMicros(0)));
    assert!(identity.expiry_words(before).contains("còn 29 ngày"), "{}", identity.expiry_words(before));
    let renewed = identity.renew(dir.path()).await.unwrap();
    assert_eq!(renewed.signing_key().unwrap().id(), key, "the key stays");
}

#[tokio::test]
async fn an_answer_that_does_not_fit_leaves_no_identity() {
    for manner in [Centre::CertifiesAnotherKey, Centre::NamesAnotherNode, Centre::Refuses] {
        let authority = Arc::new(TestAuthority::new());
        let address = serve(authority.clone(), manner).await;
        let dir = tempfile::tempdir().unwrap();
        let refused = enrol(&token(&authority, address), dir.path()).await.unwrap_err();
        assert!(!refused.may_pass());
        assert!(!identity_dir(dir.path()).exists());
        if manner == Centre::Refuses {
            assert!(refused.to_string().contains("token_used"), "{refused}");
        }
    }
}

#[tokio::test]
async fn another_authoritys_centre_is_not_spoken_to() {
    let theirs = Arc::new(TestAuthority::new());
    let address = serve(theirs, Centre::Honest).await;
    let ours = TestAuthority::new();
    let dir = tempfile::tempdir().unwrap();
    let refused = enrol(&token(&ours, address), dir.path()).await.unwrap_err();
    assert!(matches!(refused, IdentityError::Unreachable { .. }), "{refused}");
}

#[test]
fn a_token_that_is_not_one_is_refused_and_never_shown() {
    for text in ["", "chilang-enrol-1.", "chilang-enrol-1.!!!", "chilang-enrol-2.e30"] {
        assert!(matches!(EnrolToken::from_str(text), Err(IdentityError::Token)), "{text}");
    }
    let authority = TestAuthority::new();
    let token = token(&authority, "127.0.0.1:1".parse().unwrap());
    assert!(!format!("{token:?}").contains("planted-secret"));
}

#[test]
fn a_damaged_folder_is_named() {
    let authority = TestAuthority::new();
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(NodeIdentity::load(dir.path()), Err(IdentityError::None(_))));
    write_identity(&authority, "square/node-1", dir.path(), 1, "https://localhost:1");
    let (_, other_key) = authority.client("square/node-1");
    fs::write(identity_dir(dir.path()).join(KEY_FILE), other_key).unwrap();
    let damaged = NodeIdentity::load(dir.path()).unwrap_err();
    assert!(damaged.to_string().contains("another key"), "{damaged}");
}
