//! A site with a centre of its own, as its province sees it: who speaks for the site, and which nodes stand behind it with which
//! keys. The site vouches for its nodes; the province believes their signatures, as far as that site is concerned.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use contract::clock::UtcMicros;
use contract::ids::{ControllerName, NodeAddress, NodeName};
use contract::signature::KeyId;
use serde::{Deserialize, Serialize};

use crate::audit::{self, Entry};
use crate::auth::Purpose;
use crate::store::fleet::{self, KeyRow};
use crate::store::{Db, StoreError, site_nodes};

/// Body of `PUT /node/v1/site/nodes`: every node of the site, and every key any of them ever had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteNodes {
    /// The nodes.
    pub nodes: Vec<SiteNode>,
}

/// A node behind a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteNode {
    /// Its name; the site is the speaker's own.
    pub node: NodeName,
    /// The body answerable for it.
    pub controller: ControllerName,
    /// Its keys.
    pub keys: Vec<SiteKey>,
}

/// A key of such a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteKey {
    /// 32 raw bytes, base64.
    pub public_key: String,
    /// The certificate the site's own authority gave for it, PEM.
    pub certificate_pem: String,
    /// Its end.
    pub not_after: UtcMicros,
    /// When the site revoked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<UtcMicros>,
}

/// Why a site's list is not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum SiteError {
    /// An ordinary node.
    #[error("{0} does not speak for its site: a centre joins with a token of `central node add --site-centre`")]
    SpeaksForNobody(NodeAddress),
    /// The name is taken by a node that speaks to the province itself, or through somebody else.
    #[error("node {0} is registered here itself, or for another body: it cannot stand behind this site")]
    NotBehind(NodeAddress),
    /// The site may not speak for that body.
    #[error(
        "node {0} belongs to {1}, for which this site may not speak: `central node add … --speaks-for {1}` allows it"
    )]
    OtherBody(NodeAddress, ControllerName),
    /// The key is another node's.
    #[error("a key of node {0} belongs to another node here")]
    KeyOfAnother(NodeAddress),
    /// The key is not one.
    #[error("a key of node {0} is not 32 bytes in base64")]
    Key(NodeAddress),
    /// The store failed.
    #[error("keeping the nodes behind a site")]
    Store(#[from] StoreError),
}

/// Every node of this store but the speaker itself, as the province is to know them.
pub async fn list(db: &Db, speaker: &NodeAddress) -> Result<SiteNodes, StoreError> {
    let mut conn = db.read().await?;
    let keys = fleet::keys(&mut conn).await?;
    let nodes = fleet::nodes(&mut conn).await?.into_iter().filter(|n| n.address != *speaker);
    let of = |address: &NodeAddress, revoked: Option<UtcMicros>| {
        let mut own: Vec<SiteKey> = keys
            .iter()
            .filter(|key| key.node == *address)
            .map(|key| SiteKey {
                public_key: BASE64.encode(&key.public_key),
                certificate_pem: key.certificate_pem.clone(),
                not_after: key.not_after,
                revoked_at: key.revoked_at.or(revoked),
            })
            .collect();
        own.sort_by(|a, b| a.public_key.cmp(&b.public_key));
        own
    };
    let nodes = nodes.filter(|n| n.address.site == speaker.site);
    Ok(SiteNodes {
        nodes: nodes
            .map(|n| SiteNode { keys: of(&n.address, n.revoked_at), node: n.address.node, controller: n.controller })
            .collect(),
    })
}

/// Takes a site's list, whole or not at all.
pub(super) async fn take(db: &Db, via: &NodeAddress, list: &SiteNodes, now: UtcMicros) -> Result<(), SiteError> {
    let mut tx = db.write().await?;
    let speaker = fleet::node(&mut tx, via).await?.filter(|node| node.forwards);
    let speaker = speaker.ok_or_else(|| SiteError::SpeaksForNobody(via.clone()))?;
    let granted = site_nodes::grants(&mut tx).await?;
    let may_speak_for = |body: &ControllerName| {
        *body == speaker.controller || granted.iter().any(|(site, granted)| site == via && granted == body)
    };
    let mut new = Vec::new();
    for node in &list.nodes {
        let address = NodeAddress { site: via.site.clone(), node: node.node.clone() };
        if fleet::node(&mut tx, &address).await?.is_none() {
            new.push(node.node.to_string());
        }
        if !may_speak_for(&node.controller) {
            return Err(SiteError::OtherBody(address, node.controller.clone()));
        }
        if !site_nodes::put_node_behind(&mut tx, &address, via, &node.controller, now).await? {
            return Err(SiteError::NotBehind(address));
        }
        for key in &node.keys {
            let public_key = BASE64.decode(&key.public_key).ok().filter(|bytes| bytes.len() == 32);
            let public_key = public_key.ok_or_else(|| SiteError::Key(address.clone()))?;
            let row = KeyRow {
                key: KeyId::of(&public_key),
                node: address.clone(),
                public_key,
                certificate_pem: key.certificate_pem.clone(),
                not_after: key.not_after,
                revoked_at: key.revoked_at,
            };
            if !site_nodes::put_key_behind(&mut tx, &row, now).await? {
                return Err(SiteError::KeyOfAnother(address));
            }
        }
    }
    // The same list comes at every connection.
    if !new.is_empty() {
        let detail = format!("new behind it: {}", new.join(", "));
        let entry = Entry::new(None, "site.nodes", Purpose::Operations).with_object(via).with_detail(detail);
        audit::append(&mut tx, &speaker.controller, now, entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::signature::SigningKey;

    use super::*;
    use crate::fleet::KeyRing;
    use crate::fleet::authority::tests::NOW;
    use crate::fleet::enrolment::{Joins, add_node};
    use crate::store::testing::{each_engine, number};

    fn name<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
        text.parse().unwrap()
    }

    fn key(seed: u8, revoked_at: Option<UtcMicros>) -> SiteKey {
        let public_key = BASE64.encode(SigningKey::from_seed([seed; 32]).public_key());
        SiteKey { public_key, certificate_pem: "pem".to_owned(), not_after: NOW, revoked_at }
    }

    fn one(node: &str, controller: &str, keys: Vec<SiteKey>) -> SiteNodes {
        SiteNodes { nodes: vec![SiteNode { node: name(node), controller: name(controller), keys }] }
    }

    /// A site's centre for the office that may speak for the police too, and a node that speaks for itself.
    async fn province(db: &Db) -> NodeAddress {
        let via: NodeAddress = name("square/centre");
        add_node(db, &via, &name("office"), Joins::AsSite(&[name("police")]), NOW).await.unwrap();
        add_node(db, &name("square/alone"), &name("office"), Joins::AsNode, NOW).await.unwrap();
        via
    }

    #[tokio::test]
    async fn a_site_vouches_for_its_nodes_and_the_province_believes_their_keys() {
        each_engine(|db| async move {
            let via = province(&db).await;
            let nodes = one("node-1", "police", vec![key(1, None)]);
            for _ in 0..2 {
                take(&db, &via, &nodes, NOW).await.unwrap();
            }
            let ring = KeyRing::default();
            ring.refresh(&db).await.unwrap();
            let known = ring.snapshot();
            let signing = SigningKey::from_seed([1; 32]);
            assert_eq!(known.keys[&signing.id()].node, name("square/node-1"));
            assert_eq!(known.nodes[&name("square/node-1")].via, Some(via.clone()));
            assert_eq!(number(&db, "COUNT(*)", "audit WHERE action = 'site.nodes'").await, 1, "said once");

            // What a site has revoked stays revoked, whatever it says later.
            take(&db, &via, &one("node-1", "police", vec![key(1, Some(NOW))]), NOW).await.unwrap();
            take(&db, &via, &nodes, NOW).await.unwrap();
            ring.refresh(&db).await.unwrap();
            assert!(ring.snapshot().keys[&signing.id()].revoked);
        })
        .await;
    }

    #[tokio::test]
    async fn a_list_that_oversteps_is_refused_whole() {
        each_engine(|db| async move {
            let via = province(&db).await;
            take(&db, &via, &one("node-1", "police", vec![key(1, None)]), NOW).await.unwrap();
            let good = || SiteNode { node: name("new"), controller: name("office"), keys: vec![key(7, None)] };
            let with = |bad: SiteNodes| SiteNodes { nodes: [vec![good()], bad.nodes].concat() };
            let refused = async |list: SiteNodes| take(&db, &via, &with(list), NOW).await.unwrap_err();
            let body = refused(one("node-2", "tourism", Vec::new())).await;
            assert!(matches!(body, SiteError::OtherBody(..)), "{body}");
            let alone = refused(one("alone", "office", Vec::new())).await;
            assert!(matches!(alone, SiteError::NotBehind(_)), "{alone}");
            let moved = refused(one("node-1", "office", Vec::new())).await;
            assert!(matches!(moved, SiteError::NotBehind(_)), "a node does not change its body: {moved}");
            let stolen = refused(one("node-2", "office", vec![key(1, None)])).await;
            assert!(matches!(stolen, SiteError::KeyOfAnother(_)), "{stolen}");
            let short = SiteKey { public_key: "c2hvcnQ=".to_owned(), ..key(2, None) };
            let short = refused(one("node-2", "office", vec![short])).await;
            assert!(matches!(short, SiteError::Key(_)), "{short}");
            let alone = take(&db, &name("square/alone"), &with(one("node-2", "office", Vec::new())), NOW).await;
            assert!(matches!(alone, Err(SiteError::SpeaksForNobody(_))));
            assert_eq!(number(&db, "COUNT(*)", "nodes WHERE via IS NOT NULL").await, 1, "nothing of these is kept");
        })
        .await;
    }

    #[tokio::test]
    async fn the_list_holds_the_nodes_of_the_site_and_not_the_speaker() {
        each_engine(|db| async move {
            let speaker: NodeAddress = name("square/centre");
            for (node, body) in [("square/node-1", "office"), ("square/node-2", "police"), ("bridge/node-1", "police")]
            {
                add_node(&db, &name(node), &name(body), Joins::AsNode, NOW).await.unwrap();
            }
            let nodes = list(&db, &speaker).await.unwrap().nodes;
            let told: Vec<_> = nodes.iter().map(|n| (n.node.as_str(), n.controller.as_str())).collect();
            assert_eq!(told, [("node-1", "office"), ("node-2", "police")]);
        })
        .await;
    }
}
