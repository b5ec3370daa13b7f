//! A node's gallery: everybody who is approved for one of its gates, as templates under opaque ids, sealed with the node's key
//! inside a signed bundle that is valid for seven days. Rebuilt when what it is made of changes, when its time runs down, and
//! with another key when somebody is withdrawn, so that what was sealed before opens no more. Names never go in.

use std::collections::{BTreeMap, BTreeSet};

use contract::bundle::{
    BundleKind, Gallery, GalleryEntry, GalleryKey, GalleryList, GalleryTemplate, MAX_TEMPLATES, SealedGallery,
    WeeklyHours,
};
use contract::clock::{DAY_US, UtcMicros};
use contract::downlink::Birth;
use contract::ids::{EnrolmentId, GateName, NodeAddress};
use contract::signature::{Sha256, Sha256Sum, SigningKey};
use sqlx::AnyConnection;
use uuid::Uuid;

use super::vault::{Vault, VaultError};
use crate::fleet;
use crate::store::galleries::{self as table, EntryRow, NodeGallery};
use crate::store::{StoreError, fleet as nodes};

/// A gallery is valid this long: a node that is cut off for longer asks a person.
pub const GALLERY_VALID_US: i64 = 7 * DAY_US;
/// With less than this left it is made anew.
pub const GALLERY_RENEW_BEFORE_US: i64 = 5 * DAY_US;
/// The column a template is sealed for.
pub(super) const TEMPLATE: &str = "face_templates.sealed";

/// Why a gallery is not made.
#[derive(Debug, thiserror::Error)]
pub enum GalleryFault {
    /// More than a node may hold.
    #[error("the gallery of {node} would hold {templates} templates, a node takes {MAX_TEMPLATES}")]
    TooMany {
        /// The node.
        node: NodeAddress,
        /// How many there would be.
        templates: usize,
    },
    /// Something sealed does not open.
    #[error("making the gallery of {node}")]
    Vault {
        /// The node.
        node: NodeAddress,
        /// What.
        #[source]
        source: VaultError,
    },
    /// The store failed.
    #[error("making a gallery")]
    Store(#[from] StoreError),
}

/// A gallery that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// For which node.
    pub node: NodeAddress,
    /// Its revision.
    pub revision: u64,
    /// Enrolled people and watch entries in it.
    pub entries: usize,
}

/// Shall the node get another key?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Stays,
    /// Somebody was withdrawn: nothing sealed before may open.
    Changes,
}

/// Makes a node's gallery anew if anything about it changed; `None` when it is good as it is, or the node has no gates.
pub(super) async fn rebuild(
    tx: &mut AnyConnection,
    (vault, signer): (&Vault, &SigningKey),
    node: &NodeAddress,
    key: Key,
    now: UtcMicros,
) -> Result<Option<Rebuilt>, GalleryFault> {
    let gates: BTreeMap<String, String> = fleet::gates_in_force(tx, node)
        .await?
        .into_iter()
        .map(|gate| (gate.spec.name.to_string(), gate.controller.to_string()))
        .collect();
    let before = table::gallery(tx, node).await?;
    if gates.is_empty() && before.is_none() {
        return Ok(None);
    }
    // A gate's list is its camera's body's own: nobody else's people come in, whatever they named.
    let mut entries = table::entries(tx, node, now).await?;
    entries.retain(|entry| gates.get(&entry.gate) == Some(&entry.controller));
    let reported = reported_nets(tx, node).await?;
    let made_of = made_of(&entries, &reported);
    if let Some(before) = &before
        && key == Key::Stays
        && before.made_of == made_of
        && before.revision > 0
        && before.not_after.since_us(now) >= GALLERY_RENEW_BEFORE_US
    {
        return Ok(None);
    }
    let failed = |source| GalleryFault::Vault { node: node.clone(), source };
    let whose = node.to_string();
    let (secret, wrapped, key_since) = match &before {
        Some(there) if key == Key::Stays => {
            (vault.unwrap_secret(&whose, &there.wrapped).map_err(failed)?, there.wrapped.clone(), there.key_since)
        }
        _ => {
            let secret = vault.random();
            (secret, vault.wrap(&whose, &secret), now)
        }
    };
    let gallery = fill(tx, vault, node, &entries, &reported).await?;
    let sealed = SealedGallery::seal(&gallery, &GalleryKey::new(secret), node, vault.nonce());
    let content = serde_json::to_value(&sealed).expect("a sealed gallery has string fields only");
    let not_after = now.plus_us(GALLERY_VALID_US);
    let revision = fleet::sign_in(tx, signer, node, BundleKind::Gallery, content, (now, not_after)).await?;
    table::put_gallery(tx, node, &NodeGallery { wrapped, key_since, revision, made_of, not_after }).await?;
    table::forget_older(tx, node, revision).await?;
    Ok(Some(Rebuilt { node: node.clone(), revision, entries: gallery.entries.len() }))
}

/// The key a node opens its galleries with; made when it asks for the first time.
pub async fn key_for(
    tx: &mut AnyConnection,
    vault: &Vault,
    node: &NodeAddress,
    now: UtcMicros,
) -> Result<GalleryKey, GalleryFault> {
    let whose = node.to_string();
    if let Some(there) = table::gallery(tx, node).await? {
        let secret = vault
            .unwrap_secret(&whose, &there.wrapped)
            .map_err(|source| GalleryFault::Vault { node: node.clone(), source })?;
        return Ok(GalleryKey::new(secret));
    }
    let secret = vault.random();
    let wrapped = vault.wrap(&whose, &secret);
    let empty = NodeGallery { wrapped, key_since: now, revision: 0, made_of: Sha256([0; 32]), not_after: now };
    table::put_gallery(tx, node, &empty).await?;
    Ok(GalleryKey::new(secret))
}

/// Every node that has rules, and so perhaps gates.
pub async fn nodes_with_gates(conn: &mut AnyConnection) -> Result<Vec<NodeAddress>, StoreError> {
    table::nodes_with_rules(conn).await
}

/// The hashes of the nets a node says it has. Empty when it has not said.
async fn reported_nets(conn: &mut AnyConnection, node: &NodeAddress) -> Result<BTreeSet<Sha256>, StoreError> {
    let row = nodes::node(conn, node).await?;
    let birth = row.and_then(|row| row.birth).and_then(|text| serde_json::from_str::<Birth>(&text).ok());
    Ok(birth.into_iter().flat_map(|birth| birth.models.into_values()).filter_map(|model| model.sha256).collect())
}

fn made_of(entries: &[EntryRow], reported: &BTreeSet<Sha256>) -> Sha256 {
    let mut sum = Sha256Sum::default();
    for entry in entries {
        sum.add(format!("{entry:?}\n").as_bytes());
    }
    for net in reported {
        sum.add(&net.0);
    }
    sum.finish()
}

async fn fill(
    tx: &mut AnyConnection,
    vault: &Vault,
    node: &NodeAddress,
    rows: &[EntryRow],
    reported: &BTreeSet<Sha256>,
) -> Result<Gallery, GalleryFault> {
    let mut entries: BTreeMap<Uuid, GalleryEntry> = BTreeMap::new();
    for row in rows {
        let gate: GateName = row.gate.parse().map_err(|_| StoreError::Unreadable("face_gates.gate"))?;
        let hours: Vec<WeeklyHours> =
            serde_json::from_str(&row.hours).map_err(|_| StoreError::Unreadable("enrolments.hours"))?;
        let entry = entries.entry(row.enrolment).or_insert_with(|| GalleryEntry {
            enrolment: EnrolmentId(row.enrolment),
            list: if row.watch { GalleryList::Watch } else { GalleryList::Enrolled },
            gates: Vec::new(),
            valid_from: UtcMicros(row.valid_from),
            valid_to: UtcMicros(row.valid_to),
            hours,
            templates: Vec::new(),
            pass: row.pass,
        });
        entry.gates.push(gate);
    }
    let mut templates = table::templates(tx, node).await?;
    templates.retain(|t| entries.contains_key(&t.enrolment));
    // What the node cannot use need not lie there; a node that names none of these nets has said nothing of them.
    if templates.iter().any(|t| reported.contains(&t.embedder)) {
        templates.retain(|t| reported.contains(&t.embedder));
    }
    if templates.len() > MAX_TEMPLATES {
        return Err(GalleryFault::TooMany { node: node.clone(), templates: templates.len() });
    }
    let failed = |source| GalleryFault::Vault { node: node.clone(), source };
    for t in templates {
        let values =
            vault.data_key(t.subject, &t.wrapped).and_then(|key| key.open(TEMPLATE, &t.sealed)).map_err(failed)?;
        if let Some(entry) = entries.get_mut(&t.enrolment) {
            entry.templates.push(GalleryTemplate::new(t.embedder, &numbers(&values)));
        }
    }
    Ok(Gallery { entries: entries.into_values().filter(|e| !e.templates.is_empty()).collect() })
}

/// Little-endian numbers, as they are sealed.
pub(super) fn numbers(bytes: &[u8]) -> Vec<f32> {
    let (whole, _) = bytes.as_chunks::<4>();
    whole.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

/// And back.
pub(super) fn number_bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}
