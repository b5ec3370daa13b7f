//! Withdrawal: the person's data key, name, pictures and templates are deleted in one transaction, every node that had them
//! gets another key and a gallery without them, and a certificate says which of these nodes have said that they know. A node
//! out of reach is named as such: nobody is told that something is done before it is.

use std::collections::BTreeSet;

use contract::bundle::BundleKind;
use contract::clock::UtcMicros;
use contract::downlink::Birth;
use contract::ids::NodeAddress;
use contract::signature::{Signature, SignatureError, SigningKey};
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use uuid::Uuid;

use super::gallery::{GalleryFault, Key, rebuild};
use super::vault::Vault;
use crate::store::withdrawals::{self as table, WithdrawalRow};
use crate::store::{StoreError, faces, fleet, galleries, people};

/// Schema of a certificate.
const SCHEMA: &str = "chilang.withdrawal/1";

/// What one node said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeWord {
    /// It has a gallery without the person.
    Confirmed,
    /// It has not said so yet.
    OutOfReach,
    /// It was revoked: it gets no key any more, and will say nothing.
    Revoked,
}

/// A node in a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedNode {
    /// `site/node`.
    pub node: String,
    /// The first gallery without the person.
    pub gallery_revision: u64,
    /// What it said.
    pub word: NodeWord,
    /// When, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<String>,
}

/// What was deleted, where, and who has confirmed it. Says nothing of who it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// [`SCHEMA`].
    pub schema: String,
    /// Whose data it was.
    pub controller: String,
    /// The person or watch entry, by the opaque id that remains.
    pub subject: Uuid,
    /// The enrolments that ended.
    pub enrolments: Vec<Uuid>,
    /// `withdrawn`, `expired` or `rejected`.
    pub why: String,
    /// When it was deleted in the centre, RFC 3339.
    pub deleted_at: String,
    /// Templates deleted in the centre.
    pub templates: i64,
    /// Pictures deleted in the centre.
    pub pictures: i64,
    /// The key that sealed name, pictures and templates is deleted: copies of the sealed data open no more.
    pub data_key_deleted: bool,
    /// Every node that had the templates.
    pub nodes: Vec<CertifiedNode>,
    /// Every one of them has confirmed.
    pub complete: bool,
    /// When this was written, RFC 3339.
    pub issued_at: String,
}

/// A certificate's exact text and the centre's signature over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCertificate {
    /// JSON of a [`Certificate`].
    pub document: String,
    /// [`Signature`] text over exactly these bytes, by the key in `authority/bundle.pub`.
    pub signature: String,
}

impl SignedCertificate {
    /// Checks the signature and reads the certificate.
    pub fn open(&self, centre_public_key: &[u8]) -> Result<Certificate, SignatureError> {
        let signature: Signature = self.signature.parse()?;
        signature.verify(centre_public_key, self.document.as_bytes())?;
        serde_json::from_str(&self.document).map_err(|_| SignatureError::Malformed)
    }
}

/// What is deleted.
pub(super) struct Gone<'a> {
    pub(super) subject: Uuid,
    pub(super) controller: &'a str,
    pub(super) enrolments: &'a [Uuid],
    pub(super) why: &'a str,
}

/// Deletes the key, the pictures and the templates of a subject, and gives every node that may have them another gallery.
pub(super) async fn delete(
    tx: &mut AnyConnection,
    means: (&Vault, &SigningKey),
    gone: &Gone<'_>,
    now: UtcMicros,
) -> Result<(), GalleryFault> {
    let mut nodes: BTreeSet<NodeAddress> = BTreeSet::new();
    let (mut pictures, mut templates) = (0, 0);
    for enrolment in gone.enrolments {
        nodes.extend(faces::gates_of(tx, *enrolment).await?.into_iter().map(|(node, _)| node));
        let (p, t) = faces::delete_faces(tx, *enrolment).await?;
        (pictures, templates) = (pictures + p, templates + t);
    }
    people::delete_data_key(tx, gone.subject).await?;
    let row = WithdrawalRow {
        subject: gone.subject,
        controller: gone.controller.to_owned(),
        why: gone.why.to_owned(),
        enrolments: serde_json::to_string(gone.enrolments).expect("ids are plain text"),
        templates: i64::try_from(templates).unwrap_or(i64::MAX),
        pictures: i64::try_from(pictures).unwrap_or(i64::MAX),
        at: now,
    };
    table::insert(tx, &row).await?;
    for node in nodes {
        // A node without a gallery was never sent anybody.
        if galleries::gallery(tx, &node).await?.is_none_or(|there| there.revision == 0) {
            continue;
        }
        if let Some(made) = rebuild(tx, means, &node, Key::Changes, now).await? {
            table::insert_node(tx, gone.subject, &node, made.revision).await?;
        }
    }
    Ok(())
}

/// Notes what nodes have said of their galleries in their births.
pub(super) async fn note_births(tx: &mut AnyConnection, now: UtcMicros) -> Result<u64, StoreError> {
    let mut confirmed = 0;
    for node in fleet::nodes(tx).await?.into_iter().filter(|node| node.revoked_at.is_none()) {
        let birth = node.birth.as_deref().and_then(|text| serde_json::from_str::<Birth>(text).ok());
        if let Some(revision) = birth.and_then(|birth| birth.bundle_revisions.get(&BundleKind::Gallery).copied()) {
            confirmed += table::confirm(tx, &node.address, revision, now).await?;
        }
    }
    Ok(confirmed)
}

/// The certificate of a withdrawal as things stand now.
pub(super) async fn certificate(
    conn: &mut AnyConnection,
    key: &SigningKey,
    controller: &str,
    id: Uuid,
    now: UtcMicros,
) -> Result<Option<SignedCertificate>, StoreError> {
    let Some(row) = table::get(conn, controller, id).await? else { return Ok(None) };
    let nodes: Vec<CertifiedNode> = table::nodes(conn, row.subject)
        .await?
        .into_iter()
        .map(|node| CertifiedNode {
            node: node.node.to_string(),
            gallery_revision: node.revision,
            word: match (node.confirmed_at, node.revoked) {
                (Some(_), _) => NodeWord::Confirmed,
                (None, true) => NodeWord::Revoked,
                (None, false) => NodeWord::OutOfReach,
            },
            confirmed_at: node.confirmed_at.map(UtcMicros::to_rfc3339),
        })
        .collect();
    let certificate = Certificate {
        schema: SCHEMA.to_owned(),
        controller: row.controller,
        subject: row.subject,
        enrolments: serde_json::from_str(&row.enrolments)
            .map_err(|_| StoreError::Unreadable("withdrawals.enrolments"))?,
        why: row.why,
        deleted_at: row.at.to_rfc3339(),
        templates: row.templates,
        pictures: row.pictures,
        data_key_deleted: !people::data_key_is_there(conn, row.subject).await?,
        complete: nodes.iter().all(|node| node.word == NodeWord::Confirmed),
        nodes,
        issued_at: now.to_rfc3339(),
    };
    let document = serde_json::to_string(&certificate).expect("a certificate has string keys only");
    let signature = key.sign(document.as_bytes()).to_string();
    Ok(Some(SignedCertificate { document, signature }))
}
