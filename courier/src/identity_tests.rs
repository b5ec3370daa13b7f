//! Enrolment and renewal against a centre of a few lines, over real TLS.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::str::FromStr as _;

use super::*;
use crate::testing::{TestAuthority, serve_https, write_identity};

/// How the test centre misbehaves.
#[derive(Clone, Copy, PartialEq)]
enum Centre {
    Honest,
    CertifiesAnotherKey,
    NamesAnotherNode,
    Refuses,
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
