//! Which nodes and keys the centre knows, held in memory for verification. Refreshed from the store; a snapshot never
//! changes while it is looked at.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, RwLock};

use contract::bundle::CamerasContent;
use contract::ids::{ControllerName, NodeAddress};
use contract::signature::KeyId;

use super::bundles::content_of;
use crate::store::{Db, StoreError, fleet, site_nodes};

/// A node that is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownNode {
    /// Bodies whose data it may send: its own controller and those any of its cameras' bundles named. A camera that changed
    /// hands, or is gone, may have events on their way that were made before.
    pub controllers: HashSet<ControllerName>,
    /// It was revoked.
    pub revoked: bool,
    /// It speaks for its whole site: it forwards the site's nodes and tells what guards decided there.
    pub forwards: bool,
    /// Through whom its events come; none when it speaks to this centre itself.
    pub via: Option<NodeAddress>,
}

/// A key that is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// Whose it is.
    pub node: NodeAddress,
    /// 32 raw bytes.
    pub public_key: Vec<u8>,
    /// It was revoked.
    pub revoked: bool,
}

/// Everything verification needs to know about the fleet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registered {
    /// Nodes by address.
    pub nodes: HashMap<NodeAddress, KnownNode>,
    /// Keys by id.
    pub keys: HashMap<KeyId, KnownKey>,
}

/// The registered nodes and keys, shared. Enrolment refreshes it at once; other processes' changes (the command line
/// revokes a node) are seen at the next periodic refresh.
#[derive(Debug, Clone, Default)]
pub struct KeyRing {
    now: Arc<RwLock<Arc<Registered>>>,
}

impl KeyRing {
    /// What is known now.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Registered> {
        Arc::clone(&self.now.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// A ring with given content: for tests.
    #[must_use]
    pub fn of(registered: Registered) -> Self {
        let ring = Self::default();
        ring.replace(registered);
        ring
    }

    fn replace(&self, registered: Registered) {
        *self.now.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(registered);
    }

    /// Reads everything again.
    pub async fn refresh(&self, db: &Db) -> Result<(), StoreError> {
        let mut conn = db.read().await?;
        let mut registered = Registered::default();
        for node in fleet::nodes(&mut conn).await? {
            registered.nodes.insert(
                node.address,
                KnownNode {
                    controllers: HashSet::from([node.controller]),
                    revoked: node.revoked_at.is_some(),
                    forwards: node.forwards,
                    via: node.via,
                },
            );
        }
        for (address, signed) in fleet::all_cameras(&mut conn).await? {
            if let Some(node) = registered.nodes.get_mut(&address) {
                node.controllers.extend(controllers_of(&signed));
            }
        }
        // What a site may speak for, every node behind it may.
        for (site, controller) in site_nodes::grants(&mut conn).await? {
            if let Some(speaker) = registered.nodes.get_mut(&site) {
                speaker.controllers.insert(controller);
            }
        }
        let speakers: HashMap<_, _> = registered
            .nodes
            .iter()
            .filter(|(_, node)| node.forwards)
            .map(|(address, node)| (address.clone(), node.controllers.clone()))
            .collect();
        for node in registered.nodes.values_mut() {
            if let Some(of_site) = node.via.as_ref().and_then(|via| speakers.get(via)) {
                node.controllers.clone_from(of_site);
            }
        }
        for key in fleet::keys(&mut conn).await? {
            registered.keys.insert(
                key.key,
                KnownKey { node: key.node, public_key: key.public_key, revoked: key.revoked_at.is_some() },
            );
        }
        self.replace(registered);
        Ok(())
    }
}

/// The controllers a stored cameras bundle names. We signed it ourselves: what cannot be read names none.
fn controllers_of(signed: &str) -> Vec<ControllerName> {
    let read = || -> Option<CamerasContent> { serde_json::from_value(content_of(signed)?).ok() };
    read().map(|content| content.cameras.into_iter().map(|c| c.controller).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use contract::bundle::BundleKind;
    use contract::clock::UtcMicros;
    use contract::signature::SigningKey;
    use serde_json::json;

    use super::*;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn what_was_seen_for_a_body_before_a_camera_changed_hands_or_went_is_still_taken() {
        each_engine(|db| async move {
            let now = UtcMicros(1_795_000_000_000_000);
            let (node, key): (NodeAddress, _) = ("square/node-1".parse().unwrap(), SigningKey::from_seed([5; 32]));
            let police: ControllerName = "police".parse().unwrap();
            crate::fleet::add_node(&db, &node, &police, crate::fleet::Joins::AsNode, now).await.unwrap();
            let camera = |controller: &str| {
                json!({ "cameras": [{ "name": "cam-1", "title": "Cổng", "controller": controller,
                    "uri": "rtsp://127.0.0.1/a", "purpose": "traffic" }] })
            };
            for content in [camera("tourism"), camera("customs"), json!({ "cameras": [] })] {
                crate::fleet::publish(&db, &key, &node, BundleKind::Cameras, content, now).await.unwrap();
            }
            let ring = KeyRing::default();
            ring.refresh(&db).await.unwrap();
            let controllers = ring.snapshot().nodes[&node].controllers.clone();
            let expected = ["police", "tourism", "customs"].map(|c| c.parse().unwrap());
            assert_eq!(controllers, HashSet::from(expected));
        })
        .await;
    }
}
