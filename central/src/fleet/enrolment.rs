//! How a node joins, renews and leaves. A one-time secret is shown once and stored as its hash; a node's name comes from
//! the centre's own register and never from the node's request.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD as BASE64, URL_SAFE_NO_PAD};
use contract::clock::{HOUR_US, UtcMicros};
use contract::ids::{ControllerName, NodeAddress};
use contract::signature::Sha256;
use courier::identity::EnrolAnswer;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::{Deserialize, Serialize};

use super::authority::{Authority, AuthorityError, Issued};
use super::peer::Peer;
use crate::audit::{self, Entry};
use crate::auth::Purpose;
use crate::store::fleet::{self, KeyRow};
use crate::store::{Db, StoreError, site_nodes};

/// How an enrolment token begins, so that it is recognised in a mail or a log.
pub const TOKEN_PREFIX: &str = "chilang-enrol-1.";
const TOKEN_US: i64 = 24 * HOUR_US;

/// Body of `POST /node/v1/enrol`.
#[derive(Debug, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The one-time secret out of the token.
    pub secret: String,
    /// Signing request with the node's Ed25519 key, PEM.
    pub csr_pem: String,
}

/// Body of `POST /node/v1/renew`.
#[derive(Debug, Serialize, Deserialize)]
pub struct RenewRequest {
    /// Signing request with the same key, PEM.
    pub csr_pem: String,
}

/// What the token carries.
#[derive(Debug, Serialize, Deserialize)]
pub struct TokenText {
    /// Where to enrol.
    pub url: String,
    /// Whom to trust there.
    pub ca_pem: String,
    /// The one-time secret.
    pub secret: String,
}

impl TokenText {
    /// As printed.
    #[must_use]
    pub fn to_text(&self) -> String {
        let json = serde_json::to_vec(self).expect("a token has string fields only");
        format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
    }

    /// Reads printed text.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let json = URL_SAFE_NO_PAD.decode(text.trim().strip_prefix(TOKEN_PREFIX)?).ok()?;
        serde_json::from_slice(&json).ok()
    }
}

/// Why a node was not added, enrolled, renewed or revoked.
#[derive(Debug, thiserror::Error)]
pub enum FleetError {
    /// The secret opens nothing.
    #[error("the enrolment secret is unknown, used or expired")]
    SecretRefused,
    /// The node was revoked.
    #[error("node {0} is revoked; a revoked node does not come back, choose a new name")]
    Revoked(NodeAddress),
    /// There is no such node.
    #[error("there is no node {0}")]
    UnknownNode(NodeAddress),
    /// The node belongs to another controller.
    #[error("node {node} belongs to controller {controller}")]
    OtherController {
        /// The node.
        node: NodeAddress,
        /// Whose it is.
        controller: ControllerName,
    },
    /// Renewal is for the same key.
    #[error("the signing request holds another key than the certificate it came with")]
    OtherKey,
    /// The key belongs to another node, or is revoked.
    #[error("this key cannot be used for node {0}: make a new one")]
    KeyRefused(NodeAddress),
    /// The authority refused.
    #[error("making a certificate")]
    Authority(#[from] AuthorityError),
    /// A node behind a site's own centre has its certificate from there.
    #[error("node {0} stands behind a site's own centre: add it there, not here")]
    BehindASite(NodeAddress),
    /// The store failed.
    #[error("keeping the fleet's records")]
    Store(#[from] StoreError),
}

/// What a machine that joins is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joins<'a> {
    /// An edge node.
    AsNode,
    /// A site's own centre, which speaks for all nodes of its site, and for these bodies besides its own.
    AsSite(&'a [ControllerName]),
}

/// Registers a node (or takes one that is there) and makes a one-time secret for it.
pub async fn add_node(
    db: &Db,
    node: &NodeAddress,
    controller: &ControllerName,
    joins: Joins<'_>,
    now: UtcMicros,
) -> Result<String, FleetError> {
    let mut raw = [0u8; 32];
    SystemRandom::new().fill(&mut raw).expect("the kernel's random generator does not fail once seeded");
    let secret = URL_SAFE_NO_PAD.encode(raw);
    let mut tx = db.write().await?;
    fleet::ensure_controller(&mut tx, controller, now).await?;
    if !fleet::insert_node(&mut tx, node, controller, now).await? {
        let known = fleet::node(&mut tx, node).await?.ok_or_else(|| FleetError::UnknownNode(node.clone()))?;
        if known.revoked_at.is_some() {
            return Err(FleetError::Revoked(node.clone()));
        }
        if known.controller != *controller {
            return Err(FleetError::OtherController { node: node.clone(), controller: known.controller });
        }
        if known.via.is_some() {
            return Err(FleetError::BehindASite(node.clone()));
        }
    }
    if let Joins::AsSite(bodies) = joins {
        site_nodes::set_forwards(&mut tx, node).await?;
        for body in bodies {
            fleet::ensure_controller(&mut tx, body, now).await?;
            site_nodes::grant(&mut tx, node, body).await?;
        }
    }
    fleet::insert_token(&mut tx, Sha256::of(secret.as_bytes()), node, now, now.plus_us(TOKEN_US)).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Exchanges a one-time secret for a certificate. The secret is 256 random bits and looked up by its hash, so that the
/// time the look-up takes tells nothing about it.
pub async fn enrol(
    db: &Db,
    authority: &Authority,
    request: &EnrolRequest,
    now: UtcMicros,
) -> Result<(Issued, NodeAddress, ControllerName), FleetError> {
    let secret = Sha256::of(request.secret.as_bytes());
    // A guess costs a look and never the one writer, which ingest needs.
    if !fleet::token_is_good(&mut *db.read().await?, secret, now).await? {
        return Err(FleetError::SecretRefused);
    }
    let mut tx = db.write().await?;
    let address = fleet::use_token(&mut tx, secret, now).await?.ok_or(FleetError::SecretRefused)?;
    let node = fleet::node(&mut tx, &address).await?.ok_or_else(|| FleetError::UnknownNode(address.clone()))?;
    if node.revoked_at.is_some() {
        return Err(FleetError::Revoked(address));
    }
    // A request that cannot be used rolls back, so that the secret stays good for a second try.
    let issued = authority.issue(&request.csr_pem, &address, now)?;
    keep(&mut tx, &issued, &address, now).await?;
    let detail = format!("key {}", issued.key_id.0);
    let entry = Entry::new(None, "node.enrol", Purpose::Operations).with_object(&address).with_detail(detail);
    audit::append(&mut tx, &node.controller, now, entry).await?;
    tx.commit().await?;
    Ok((issued, address, node.controller))
}

/// A new certificate for the same key.
pub async fn renew(
    db: &Db,
    authority: &Authority,
    peer: &Peer,
    request: &RenewRequest,
    now: UtcMicros,
) -> Result<(Issued, ControllerName), FleetError> {
    let mut tx = db.write().await?;
    let node = fleet::node(&mut tx, &peer.node).await?.ok_or_else(|| FleetError::UnknownNode(peer.node.clone()))?;
    if node.revoked_at.is_some() {
        return Err(FleetError::Revoked(peer.node.clone()));
    }
    let issued = authority.issue(&request.csr_pem, &peer.node, now)?;
    if issued.key_id != peer.key {
        return Err(FleetError::OtherKey);
    }
    keep(&mut tx, &issued, &peer.node, now).await?;
    tx.commit().await?;
    Ok((issued, node.controller))
}

async fn keep(
    tx: &mut sqlx::AnyConnection,
    issued: &Issued,
    node: &NodeAddress,
    now: UtcMicros,
) -> Result<(), FleetError> {
    let row = KeyRow {
        key: issued.key_id,
        node: node.clone(),
        public_key: issued.public_key.clone(),
        certificate_pem: issued.certificate_pem.clone(),
        not_after: issued.not_after,
        revoked_at: None,
    };
    if fleet::put_key(tx, &row, &issued.serial, now).await? {
        Ok(())
    } else {
        Err(FleetError::KeyRefused(node.clone()))
    }
}

/// Revokes a node for good and rewrites the broker's list. The broker reads it again on SIGHUP; until then the node may
/// stay connected, but everything it says is quarantined.
pub async fn revoke(db: &Db, authority: &Authority, node: &NodeAddress, now: UtcMicros) -> Result<(), FleetError> {
    let mut tx = db.write().await?;
    if !fleet::revoke_node(&mut tx, node, now).await? {
        return Err(match fleet::node(&mut tx, node).await? {
            Some(_) => FleetError::Revoked(node.clone()),
            None => FleetError::UnknownNode(node.clone()),
        });
    }
    tx.commit().await?;
    write_revocation_list(db, authority, now).await
}

/// Writes the broker's files anew from the store.
pub async fn write_revocation_list(db: &Db, authority: &Authority, now: UtcMicros) -> Result<(), FleetError> {
    let revoked = fleet::revoked_certificates(&mut *db.read().await?, now).await?;
    authority.write_broker_files(&revoked, now)?;
    Ok(())
}

/// The answer a node gets.
pub(super) fn answer(
    authority: &Authority,
    issued: Issued,
    node: NodeAddress,
    controller: ControllerName,
    mqtt: (&str, u16),
) -> EnrolAnswer {
    EnrolAnswer {
        certificate_pem: issued.certificate_pem,
        ca_pem: authority.ca_pem().to_owned(),
        bundle_public_key: BASE64.encode(authority.bundle_key().public_key()),
        node,
        controller,
        mqtt_host: mqtt.0.to_owned(),
        mqtt_port: mqtt.1,
        not_after: issued.not_after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::KeyRing;
    use crate::fleet::authority::tests::{NOW, csr, node_key};
    use crate::store::testing::{each_engine, number};
    use contract::clock::DAY_US;

    fn authority() -> (tempfile::TempDir, Authority) {
        let dir = tempfile::tempdir().unwrap();
        let authority = Authority::create(dir.path(), &[], &[], NOW).unwrap();
        (dir, authority)
    }

    fn node() -> NodeAddress {
        "square/node-1".parse().unwrap()
    }

    fn controller() -> ControllerName {
        "police".parse().unwrap()
    }

    #[test]
    fn a_token_survives_text() {
        let token = TokenText { url: "https://localhost:1".into(), ca_pem: "x".into(), secret: "y".into() };
        assert_eq!(TokenText::from_text(&token.to_text()).unwrap().secret, "y");
        assert!(TokenText::from_text("chilang-enrol-1.???").is_none());
    }

    #[tokio::test]
    async fn a_secret_enrols_once_and_only_in_time() {
        each_engine(|db| async move {
            let (_dir, authority) = authority();
            let key = node_key();
            let secret = add_node(&db, &node(), &controller(), Joins::AsNode, NOW).await.unwrap();
            let request = EnrolRequest { secret, csr_pem: csr(&key) };
            let late = enrol(&db, &authority, &request, NOW.plus_us(DAY_US)).await;
            assert!(matches!(late, Err(FleetError::SecretRefused)));
            let broken = EnrolRequest { secret: request.secret.clone(), csr_pem: "nonsense".into() };
            assert!(enrol(&db, &authority, &broken, NOW).await.is_err());
            let (issued, address, _) = enrol(&db, &authority, &request, NOW).await.unwrap();
            assert_eq!(address, node());
            let again = enrol(&db, &authority, &request, NOW).await;
            assert!(matches!(again, Err(FleetError::SecretRefused)));
            let on_record = number(&db, "COUNT(*)", "audit WHERE action = 'node.enrol'").await;
            assert_eq!(on_record, 1);
            // While somebody writes, a guess is refused all the same.
            let writing = db.write().await.unwrap();
            let guess = EnrolRequest { secret: "guess".into(), csr_pem: String::new() };
            let refused = tokio::time::timeout(std::time::Duration::from_secs(5), enrol(&db, &authority, &guess, NOW));
            assert!(matches!(refused.await, Ok(Err(FleetError::SecretRefused))));
            drop(writing);

            let ring = KeyRing::default();
            ring.refresh(&db).await.unwrap();
            assert_eq!(ring.snapshot().keys[&issued.key_id].node, node());
        })
        .await;
    }

    #[tokio::test]
    async fn a_key_of_one_node_is_refused_for_another() {
        each_engine(|db| async move {
            let (_dir, authority) = authority();
            let key = node_key();
            let first = add_node(&db, &node(), &controller(), Joins::AsNode, NOW).await.unwrap();
            enrol(&db, &authority, &EnrolRequest { secret: first, csr_pem: csr(&key) }, NOW).await.unwrap();
            let other: NodeAddress = "square/node-2".parse().unwrap();
            let second = add_node(&db, &other, &controller(), Joins::AsNode, NOW).await.unwrap();
            let refused = enrol(&db, &authority, &EnrolRequest { secret: second, csr_pem: csr(&key) }, NOW).await;
            assert!(matches!(refused, Err(FleetError::KeyRefused(_))));
            assert!(matches!(
                add_node(&db, &node(), &"tourism".parse().unwrap(), Joins::AsNode, NOW).await,
                Err(FleetError::OtherController { .. })
            ));
        })
        .await;
    }

    #[tokio::test]
    async fn renewal_keeps_the_key_and_revocation_is_for_good() {
        each_engine(|db| async move {
            let (_dir, authority) = authority();
            let key = node_key();
            let secret = add_node(&db, &node(), &controller(), Joins::AsNode, NOW).await.unwrap();
            let (issued, _, _) =
                enrol(&db, &authority, &EnrolRequest { secret, csr_pem: csr(&key) }, NOW).await.unwrap();
            let peer = Peer { node: node(), key: issued.key_id };
            let later = NOW.plus_us(61 * DAY_US);
            let other = RenewRequest { csr_pem: csr(&node_key()) };
            assert!(matches!(renew(&db, &authority, &peer, &other, later).await, Err(FleetError::OtherKey)));
            let same = RenewRequest { csr_pem: csr(&key) };
            let (renewed, _) = renew(&db, &authority, &peer, &same, later).await.unwrap();
            assert_eq!(renewed.key_id, issued.key_id);
            assert!(renewed.not_after > issued.not_after);

            revoke(&db, &authority, &node(), later).await.unwrap();
            assert!(matches!(renew(&db, &authority, &peer, &same, later).await, Err(FleetError::Revoked(_))));
            assert!(matches!(
                add_node(&db, &node(), &controller(), Joins::AsNode, later).await,
                Err(FleetError::Revoked(_))
            ));
            let list = fleet::revoked_certificates(&mut db.read().await.unwrap(), later).await.unwrap();
            assert_eq!(list.len(), 2, "both certificates are on the list");
            let text = std::fs::read(authority.broker_folder().join("crl.pem")).unwrap();
            let (_, pem) = x509_parser::pem::parse_x509_pem(&text).unwrap();
            let (_, crl) = x509_parser::parse_x509_crl(&pem.contents).unwrap();
            assert_eq!(crl.iter_revoked_certificates().count(), 2);
        })
        .await;
    }
}
