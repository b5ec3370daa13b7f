//! Publishing a bundle: the content is checked, the revision raised by one, the whole signed and kept. Announcing it is
//! the session's work; a revision is never taken back, a mistake is mended by the next one.

use contract::bundle::{BundleDocument, BundleKind, CamerasContent, RulesContent, SignedBundle};
use contract::clock::{DAY_US, UtcMicros};
use contract::ids::NodeAddress;
use contract::signature::SigningKey;
use serde::de::DeserializeOwned;
use serde_json::Value;

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
    /// The content contradicts itself.
    #[error("the content contradicts itself: {0}")]
    Contradiction(String),
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
    check(kind, &content)?;
    let mut tx = db.write().await?;
    let known = fleet::node(&mut tx, node).await?;
    if known.is_none_or(|n| n.revoked_at.is_some()) {
        return Err(BundleFault::UnknownNode(node.clone()));
    }
    let revision = fleet::bundle_revision(&mut tx, node, kind).await? + 1;
    let document = BundleDocument {
        kind,
        scope: node.clone(),
        revision,
        // A node's clock may be a little behind ours.
        not_before: now.plus_us(-DAY_US),
        not_after: now.plus_us(VALID_US),
        content,
    };
    let signed = SignedBundle::sign(&document, key);
    let text = serde_json::to_string(&signed).expect("a signed bundle has string fields only");
    fleet::insert_bundle(&mut tx, node, kind, revision, signed.sha256, &text, now).await?;
    tx.commit().await?;
    Ok(revision)
}

fn check(kind: BundleKind, content: &Value) -> Result<(), BundleFault> {
    match kind {
        BundleKind::Cameras => {
            let cameras: CamerasContent = read(kind, content)?;
            let mut names: Vec<_> = cameras.cameras.iter().map(|c| &c.name).collect();
            names.sort();
            if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(BundleFault::Contradiction(format!("camera {} stands there twice", twice[0])));
            }
            Ok(())
        }
        BundleKind::Rules => {
            let rules: RulesContent = read(kind, content)?;
            for rule in &rules.wrong_way {
                if !rules.lines.iter().any(|l| l.name == rule.line && l.camera == rule.camera) {
                    return Err(BundleFault::Contradiction(format!(
                        "rule {} names line {} on camera {}, which is not among the lines",
                        rule.name, rule.line, rule.camera
                    )));
                }
            }
            Ok(())
        }
        other => Err(BundleFault::Kind(other)),
    }
}

fn read<T: DeserializeOwned>(kind: BundleKind, content: &Value) -> Result<T, BundleFault> {
    serde_json::from_value(content.clone()).map_err(|source| BundleFault::Content { kind, source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::each_engine;
    use serde_json::json;

    const NOW: UtcMicros = UtcMicros(1_795_000_000_000_000);

    #[tokio::test]
    async fn revisions_rise_by_one_and_the_node_opens_the_newest() {
        each_engine(|db| async move {
            let node: NodeAddress = "square/node-1".parse().unwrap();
            let key = SigningKey::from_seed([5; 32]);
            let content = || json!({ "lines": [], "wrong_way": [] });
            let unknown = publish(&db, &key, &node, BundleKind::Rules, content(), NOW).await;
            assert!(matches!(unknown, Err(BundleFault::UnknownNode(_))));
            crate::fleet::add_node(&db, &node, &"police".parse().unwrap(), NOW).await.unwrap();
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
    fn content_that_does_not_hold_together_is_refused() {
        assert!(matches!(
            check(BundleKind::Cameras, &json!({ "cameras": [{ "name": "A" }] })),
            Err(BundleFault::Content { .. })
        ));
        let dangling = json!({ "lines": [], "wrong_way": [{
            "name": "wrong-way", "version": 1, "camera": "road-1", "line": "lane-1", "forbidden": "in",
            "violation_car": "C-WRONGWAY", "violation_motorcycle": "M-WRONGWAY" }] });
        assert!(matches!(check(BundleKind::Rules, &dangling), Err(BundleFault::Contradiction(_))));
        assert!(matches!(check(BundleKind::Gallery, &json!({})), Err(BundleFault::Kind(_))));
    }
}
