//! Publishing a bundle: the content is checked, the revision raised by one, the whole signed and kept. Announcing it is
//! the session's work; a revision is never taken back, a mistake is mended by the next one.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use contract::bundle::{
    BundleDocument, BundleKind, CameraSpec, CamerasContent, GateSpec, RulesContent, SignedBundle, content_faults,
};
use contract::clock::{DAY_US, UtcMicros};
use contract::ids::{CameraName, ControllerName, NodeAddress};
use contract::settings::Fault;
use contract::signature::SigningKey;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::store::{Db, StoreError, fleet};

/// How long a bundle is valid. Cameras and rules do not grow dangerous with age: ten years, so that a node that was cut
/// off goes on (invariant 10).
const VALID_US: i64 = 3650 * DAY_US;

/// Why a bundle is not published.
#[derive(Debug, thiserror::Error)]
pub enum BundleFault {
    /// The content is not of its kind's shape.
    #[error("the content is no {} bundle", kind.as_str())]
    Content {
        /// The kind.
        kind: BundleKind,
        /// Where it differs.
        #[source]
        source: serde_json::Error,
    },
    /// The content, together with the node's newest bundle of the other kind, is what every node refuses.
    #[error(
        "the node would refuse this, together with its newest {} bundle:\n{}",
        other.as_str(),
        faults.iter().map(|f| format!("  {f}")).collect::<Vec<_>>().join("\n")
    )]
    Faults {
        /// The other kind.
        other: BundleKind,
        /// Every fault.
        faults: Vec<Fault>,
    },
    /// This version makes no bundles of this kind.
    #[error("this version makes no {} bundles", .0.as_str())]
    Kind(BundleKind),
    /// No such node.
    #[error("there is no node {0}, or it is revoked")]
    UnknownNode(NodeAddress),
    /// The store failed.
    #[error("keeping the bundle")]
    Store(#[from] StoreError),
}

/// Publishes `content` for `node`; gives back its revision.
pub async fn publish(
    db: &Db,
    key: &SigningKey,
    node: &NodeAddress,
    kind: BundleKind,
    content: Value,
    now: UtcMicros,
) -> Result<u64, BundleFault> {
    let mut tx = db.write().await?;
    let known = fleet::node(&mut tx, node).await?;
    if known.is_none_or(|n| n.revoked_at.is_some()) {
        return Err(BundleFault::UnknownNode(node.clone()));
    }
    let other = match kind {
        BundleKind::Cameras => BundleKind::Rules,
        _ => BundleKind::Cameras,
    };
    let there = fleet::newest_bundle(&mut tx, node, other).await?.and_then(|signed| content_of(&signed));
    check(kind, &content, other, there.as_ref())?;
    let revision = sign_in(&mut tx, key, node, kind, content, (now, now.plus_us(VALID_US))).await?;
    tx.commit().await?;
    Ok(revision)
}

/// Signs what was checked as the node's next revision, valid from about now until `not_after`, and keeps it.
pub(crate) async fn sign_in(
    tx: &mut sqlx::AnyConnection,
    key: &SigningKey,
    node: &NodeAddress,
    kind: BundleKind,
    content: Value,
    (now, not_after): (UtcMicros, UtcMicros),
) -> Result<u64, StoreError> {
    let revision = fleet::bundle_revision(tx, node, kind).await? + 1;
    let document = BundleDocument {
        kind,
        scope: node.clone(),
        revision,
        // A node's clock may be a little behind ours.
        not_before: now.plus_us(-DAY_US),
        not_after,
        content,
    };
    let signed = SignedBundle::sign(&document, key);
    let text = serde_json::to_string(&signed).expect("a signed bundle has string fields only");
    fleet::insert_bundle(tx, node, kind, revision, signed.sha256, &text, now).await?;
    Ok(revision)
}

/// A gate with the body answerable for it.
#[derive(Debug, Clone, PartialEq)]
pub struct GateInForce {
    /// As the rules say.
    pub spec: GateSpec,
    /// Its camera's body.
    pub controller: ControllerName,
}

/// The gates in a node's newest rules, as far as its newest cameras name their camera.
pub async fn gates_in_force(
    conn: &mut sqlx::AnyConnection,
    node: &NodeAddress,
) -> Result<Vec<GateInForce>, StoreError> {
    let mut newest = async |kind| -> Result<Option<Value>, StoreError> {
        Ok(fleet::newest_bundle(conn, node, kind).await?.and_then(|signed| content_of(&signed)))
    };
    let rules =
        newest(BundleKind::Rules).await?.and_then(|content| serde_json::from_value::<RulesContent>(content).ok());
    let Some(rules) = rules.filter(|rules| !rules.gates.is_empty()) else { return Ok(Vec::new()) };
    let cameras =
        newest(BundleKind::Cameras).await?.and_then(|content| serde_json::from_value::<CamerasContent>(content).ok());
    let cameras = cameras.map(|content| content.cameras).unwrap_or_default();
    let whose = |camera: &CameraName| cameras.iter().find(|c| c.name == *camera).map(|c| c.controller.clone());
    Ok(rules
        .gates
        .into_iter()
        .filter_map(|spec| Some(GateInForce { controller: whose(&spec.camera)?, spec }))
        .collect())
}

/// Judges as the nodes do, so that nothing is signed that every one of them refuses. What is not there yet is empty, as on
/// a node.
fn check(kind: BundleKind, content: &Value, other: BundleKind, there: Option<&Value>) -> Result<(), BundleFault> {
    let faults = match kind {
        BundleKind::Cameras => {
            let rules: RulesContent = there.map(|rules| read(other, rules)).transpose()?.unwrap_or_default();
            content_faults(&read(kind, content)?, &rules)
        }
        BundleKind::Rules => {
            let cameras: CamerasContent = there
                .map(|cameras| read(other, cameras))
                .transpose()?
                .unwrap_or_else(|| CamerasContent { cameras: Vec::new() });
            content_faults(&cameras, &read(kind, content)?)
        }
        unknown => return Err(BundleFault::Kind(unknown)),
    };
    if faults.is_empty() { Ok(()) } else { Err(BundleFault::Faults { other, faults }) }
}

/// The cameras a node's newest bundle names; `None` while it has none (its cameras stand in its own settings).
pub async fn cameras_in_force(
    conn: &mut sqlx::AnyConnection,
    node: &NodeAddress,
) -> Result<Option<HashSet<CameraName>>, StoreError> {
    let newest = fleet::newest_bundle(conn, node, BundleKind::Cameras).await?;
    let content = newest.and_then(|signed| serde_json::from_value::<CamerasContent>(content_of(&signed)?).ok());
    Ok(content.map(|content| content.cameras.into_iter().map(|camera| camera.name).collect()))
}

/// A camera as its node's newest bundles have it.
#[derive(Debug, Clone)]
pub struct CameraInForce {
    /// The camera.
    pub camera: CameraSpec,
    /// All cameras of the node.
    pub cameras: CamerasContent,
    /// The rules of the node, as they were signed; those of a node without any are empty.
    pub rules: Value,
    /// Their revision; 0 while there are none.
    pub revision: u64,
}

/// A camera with the rules of its node; none where the node's newest bundle names no such camera.
pub async fn camera_in_force(
    conn: &mut sqlx::AnyConnection,
    node: &NodeAddress,
    camera: &CameraName,
) -> Result<Option<CameraInForce>, StoreError> {
    let newest = fleet::newest_bundle(conn, node, BundleKind::Cameras).await?;
    let content = newest.and_then(|signed| serde_json::from_value::<CamerasContent>(content_of(&signed)?).ok());
    let Some(cameras) = content else { return Ok(None) };
    let Some(found) = cameras.cameras.iter().find(|spec| spec.name == *camera).cloned() else { return Ok(None) };
    let rules = match fleet::newest_bundle(conn, node, BundleKind::Rules).await? {
        Some(signed) => content_of(&signed).ok_or(StoreError::Unreadable("bundles.signed"))?,
        None => json!({ "lines": [], "wrong_way": [] }),
    };
    let revision = fleet::bundle_revision(conn, node, BundleKind::Rules).await?;
    Ok(Some(CameraInForce { camera: found, cameras, rules, revision }))
}

/// Signs rules that were checked as the node's next revision, in the transaction that read those they come from.
pub async fn publish_rules(
    tx: &mut sqlx::AnyConnection,
    key: &SigningKey,
    node: &NodeAddress,
    rules: Value,
    now: UtcMicros,
) -> Result<u64, StoreError> {
    sign_in(tx, key, node, BundleKind::Rules, rules, (now, now.plus_us(VALID_US))).await
}

/// The content of a stored bundle. We signed it ourselves: what cannot be read holds nothing.
pub(super) fn content_of(signed: &str) -> Option<Value> {
    let bundle: SignedBundle = serde_json::from_str(signed).ok()?;
    let document: BundleDocument = serde_json::from_slice(&BASE64.decode(bundle.document).ok()?).ok()?;
    Some(document.content)
}

fn read<T: DeserializeOwned>(kind: BundleKind, content: &Value) -> Result<T, BundleFault> {
    serde_json::from_value(content.clone()).map_err(|source| BundleFault::Content { kind, source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::each_engine;

    const NOW: UtcMicros = UtcMicros(1_795_000_000_000_000);

    #[tokio::test]
    async fn revisions_rise_by_one_and_the_node_opens_the_newest() {
        each_engine(|db| async move {
            let node: NodeAddress = "square/node-1".parse().unwrap();
            let key = SigningKey::from_seed([5; 32]);
            let content = || json!({ "lines": [], "wrong_way": [] });
            let unknown = publish(&db, &key, &node, BundleKind::Rules, content(), NOW).await;
            assert!(matches!(unknown, Err(BundleFault::UnknownNode(_))));
            crate::fleet::add_node(&db, &node, &"police".parse().unwrap(), crate::fleet::Joins::AsNode, NOW)
                .await
                .unwrap();
            for expected in 1..=3 {
                let revision = publish(&db, &key, &node, BundleKind::Rules, content(), NOW).await.unwrap();
                assert_eq!(revision, expected);
            }
            let signed =
                fleet::newest_bundle(&mut db.read().await.unwrap(), &node, BundleKind::Rules).await.unwrap().unwrap();
            let signed: SignedBundle = serde_json::from_str(&signed).unwrap();
            let opened = signed.open(key.public_key(), &node, BundleKind::Rules, 2, NOW).unwrap();
            assert_eq!(opened.revision, 3);
            let twice = fleet::insert_bundle(
                &mut db.write().await.unwrap(),
                &node,
                BundleKind::Rules,
                3,
                signed.sha256,
                "",
                NOW,
            )
            .await;
            assert!(twice.unwrap_err().is_unique_violation());
        })
        .await;
    }

    #[test]
    fn content_that_is_no_bundle_is_refused() {
        let check = |kind, content: Value| check(kind, &content, BundleKind::Rules, None);
        let shapeless = check(BundleKind::Cameras, json!({ "cameras": [{ "name": "A" }] }));
        assert!(matches!(shapeless, Err(BundleFault::Content { .. })));
        assert!(matches!(check(BundleKind::Gallery, json!({})), Err(BundleFault::Kind(_))));
    }

    #[tokio::test]
    async fn what_every_node_would_refuse_is_not_signed_and_every_fault_is_named() {
        each_engine(|db| async move {
            let node: NodeAddress = "square/node-1".parse().unwrap();
            let key = SigningKey::from_seed([5; 32]);
            crate::fleet::add_node(&db, &node, &"police".parse().unwrap(), crate::fleet::Joins::AsNode, NOW)
                .await
                .unwrap();
            let camera = |name: &str| {
                json!({ "name": name, "title": "Cổng", "controller": "police", "uri": "rtsp://127.0.0.1/a",
                    "purpose": "traffic" })
            };
            let rules = json!({ "lines": [], "wrong_way": [{
                "name": "wrong-way", "version": 1, "camera": "road-1", "line": "lane-1", "forbidden": "in",
                "violation_car": "C-WRONGWAY", "violation_motorcycle": "M-WRONGWAY" }] });
            let twice = json!({ "cameras": [camera("road-1"), camera("road-1")] });
            let outside = json!({ "cameras": [json!({ "name": "road-1", "title": "x", "controller": "police",
                "uri": "rtsp://127.0.0.1/a", "purpose": "traffic", "analysed_fps": 99 })] });
            for (kind, content) in
                [(BundleKind::Rules, rules), (BundleKind::Cameras, twice), (BundleKind::Cameras, outside)]
            {
                let refused = publish(&db, &key, &node, kind, content.clone(), NOW).await;
                assert!(matches!(refused, Err(BundleFault::Faults { .. })), "{content}: {refused:?}");
            }
            let none = fleet::bundle_revisions(&mut db.read().await.unwrap()).await.unwrap();
            assert_eq!(none, [], "nothing was signed");
        })
        .await;
    }
}
