//! Statements about nodes, their keys, enrolment tokens and bundles.

use contract::bundle::BundleKind;
use contract::clock::UtcMicros;
use contract::ids::{ControllerName, NodeAddress};
use contract::signature::{KeyId, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::StoreError;

/// A node as registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeRow {
    /// Its address.
    pub address: NodeAddress,
    /// The body answerable for its data unless a camera names another.
    pub controller: ControllerName,
    /// When it was registered.
    pub created_at: UtcMicros,
    /// When it was revoked.
    pub revoked_at: Option<UtcMicros>,
    /// Connected to the broker?
    pub online: bool,
    /// Since when.
    pub status_since: Option<UtcMicros>,
    /// What it last said of itself, JSON.
    pub birth: Option<String>,
    /// When it said so.
    pub birth_at: Option<UtcMicros>,
    /// Two ledgers of it were live at once at this moment.
    pub log_alarm_at: Option<UtcMicros>,
    /// It speaks for its whole site.
    pub forwards: bool,
    /// Through whom its events come; none when it speaks to this centre itself.
    pub via: Option<NodeAddress>,
}

/// A node's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Its id.
    pub key: KeyId,
    /// Whose it is.
    pub node: NodeAddress,
    /// 32 raw bytes.
    pub public_key: Vec<u8>,
    /// The certificate it last got, PEM.
    pub certificate_pem: String,
    /// End of that certificate.
    pub not_after: UtcMicros,
    /// When it was revoked.
    pub revoked_at: Option<UtcMicros>,
}

/// Adds a controller if it is new.
pub async fn ensure_controller(
    conn: &mut AnyConnection,
    controller: &ControllerName,
    now: UtcMicros,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO controllers (controller, title, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (controller) DO NOTHING",
    )
    .bind(controller.as_str())
    .bind(controller.as_str())
    .bind(now.0)
    .execute(conn)
    .await
    .map_err(StoreError::of("adding a controller"))?;
    Ok(())
}

/// Adds a node; false if it is there already.
pub async fn insert_node(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    controller: &ControllerName,
    now: UtcMicros,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO nodes (site, node, controller, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (site, node) DO NOTHING",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(controller.as_str())
    .bind(now.0)
    .execute(conn)
    .await
    .map_err(StoreError::of("adding a node"))?;
    Ok(done.rows_affected() == 1)
}

// A node behind a site is as far away as whoever forwards for it.
const NODE_COLUMNS: &str = "SELECT site, node, controller, created_at, revoked_at, CASE WHEN via IS NULL OR EXISTS \
    (SELECT 1 FROM nodes v WHERE v.site = nodes.site AND v.node = nodes.via AND v.online = 1) THEN online ELSE 0 END \
    AS online, status_since, birth, birth_at, log_alarm_at, forwards, via FROM nodes";

/// One node.
pub async fn node(conn: &mut AnyConnection, address: &NodeAddress) -> Result<Option<NodeRow>, StoreError> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{NODE_COLUMNS} WHERE site = $1 AND node = $2")))
        .bind(address.site.as_str())
        .bind(address.node.as_str())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading a node"))?
        .as_ref()
        .map(node_row)
        .transpose()
}

/// All nodes, by address.
pub async fn nodes(conn: &mut AnyConnection) -> Result<Vec<NodeRow>, StoreError> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{NODE_COLUMNS} ORDER BY site, node")))
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the nodes"))?
        .iter()
        .map(node_row)
        .collect()
}

fn node_row(row: &AnyRow) -> Result<NodeRow, StoreError> {
    let bad = StoreError::of("reading a node");
    let read = || -> Result<_, sqlx::Error> {
        Ok((
            row.try_get::<String, _>("controller")?,
            row.try_get::<i64, _>("created_at")?,
            row.try_get::<Option<i64>, _>("revoked_at")?,
            row.try_get::<i64, _>("online")?,
            row.try_get::<Option<i64>, _>("status_since")?,
            row.try_get::<Option<String>, _>("birth")?,
            row.try_get::<Option<i64>, _>("birth_at")?,
            row.try_get::<Option<i64>, _>("log_alarm_at")?,
            row.try_get::<i64, _>("forwards")?,
            row.try_get::<Option<String>, _>("via")?,
        ))
    };
    let (controller, created_at, revoked_at, online, since, birth, birth_at, alarm, forwards, via) =
        read().map_err(bad)?;
    let address = address(row)?;
    let via = via
        .map(|via| {
            Ok(NodeAddress {
                site: address.site.clone(),
                node: via.parse().map_err(|_| StoreError::Unreadable("nodes.via"))?,
            })
        })
        .transpose()?;
    Ok(NodeRow {
        address,
        controller: controller.parse().map_err(|_| StoreError::Unreadable("nodes.controller"))?,
        created_at: UtcMicros(created_at),
        revoked_at: revoked_at.map(UtcMicros),
        online: online != 0,
        status_since: since.map(UtcMicros),
        birth,
        birth_at: birth_at.map(UtcMicros),
        log_alarm_at: alarm.map(UtcMicros),
        forwards: forwards != 0,
        via,
    })
}

/// The columns `site` and `node` of a row as an address.
pub(crate) fn address(row: &AnyRow) -> Result<NodeAddress, StoreError> {
    let text = |column: &str| row.try_get::<String, _>(column).map_err(StoreError::of("reading a node's address"));
    Ok(NodeAddress {
        site: text("site")?.parse().map_err(|_| StoreError::Unreadable("site"))?,
        node: text("node")?.parse().map_err(|_| StoreError::Unreadable("node"))?,
    })
}

/// Keeps a token's hash.
pub async fn insert_token(
    conn: &mut AnyConnection,
    token_hash: Sha256,
    node: &NodeAddress,
    now: UtcMicros,
    expires_at: UtcMicros,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO enrol_tokens (token_hash, site, node, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(token_hash.0.to_vec())
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(now.0)
    .bind(expires_at.0)
    .execute(conn)
    .await
    .map_err(StoreError::of("keeping an enrolment token"))?;
    Ok(())
}

/// Would [`use_token`] find this token? Takes no lock: anybody may ask the listener to enrol.
pub async fn token_is_good(conn: &mut AnyConnection, token_hash: Sha256, now: UtcMicros) -> Result<bool, StoreError> {
    let good: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM enrol_tokens WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
    )
    .bind(token_hash.0.to_vec())
    .bind(now.0)
    .fetch_one(conn)
    .await
    .map_err(StoreError::of("looking for an enrolment token"))?;
    Ok(good > 0)
}

/// Uses a token up: the node it was made for, or none if it is unknown, used or expired.
pub async fn use_token(
    conn: &mut AnyConnection,
    token_hash: Sha256,
    now: UtcMicros,
) -> Result<Option<NodeAddress>, StoreError> {
    sqlx::query(
        "UPDATE enrol_tokens SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND expires_at > $3 \
         RETURNING site, node",
    )
    .bind(now.0)
    .bind(token_hash.0.to_vec())
    .bind(now.0)
    .fetch_optional(conn)
    .await
    .map_err(StoreError::of("using an enrolment token"))?
    .as_ref()
    .map(address)
    .transpose()
}

/// Keeps a key, or the newer certificate of a key that is there. False if the key belongs to another node or is revoked.
pub async fn put_key(conn: &mut AnyConnection, key: &KeyRow, serial: &str, now: UtcMicros) -> Result<bool, StoreError> {
    let doing = "keeping a node's key";
    let done = sqlx::query(
        "INSERT INTO node_keys (key_id, site, node, public_key, certificate_pem, not_after, issued_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (key_id) DO UPDATE SET certificate_pem = excluded.certificate_pem, \
         not_after = excluded.not_after, issued_at = excluded.issued_at \
         WHERE node_keys.site = excluded.site AND node_keys.node = excluded.node AND node_keys.revoked_at IS NULL",
    )
    .bind(key.key.0.0.to_vec())
    .bind(key.node.site.as_str())
    .bind(key.node.node.as_str())
    .bind(key.public_key.clone())
    .bind(key.certificate_pem.as_str())
    .bind(key.not_after.0)
    .bind(now.0)
    .execute(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query("INSERT INTO certificates (serial, key_id, issued_at, not_after) VALUES ($1, $2, $3, $4)")
        .bind(serial)
        .bind(key.key.0.0.to_vec())
        .bind(now.0)
        .bind(key.not_after.0)
        .execute(conn)
        .await
        .map_err(StoreError::of(doing))?;
    Ok(true)
}

/// All keys of all nodes.
pub async fn keys(conn: &mut AnyConnection) -> Result<Vec<KeyRow>, StoreError> {
    sqlx::query("SELECT key_id, site, node, public_key, certificate_pem, not_after, revoked_at FROM node_keys")
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the nodes' keys"))?
        .iter()
        .map(key_row)
        .collect()
}

/// One key.
pub async fn key(conn: &mut AnyConnection, key: KeyId) -> Result<Option<KeyRow>, StoreError> {
    sqlx::query(
        "SELECT key_id, site, node, public_key, certificate_pem, not_after, revoked_at FROM node_keys WHERE key_id = $1",
    )
    .bind(key.0.0.to_vec())
    .fetch_optional(conn)
    .await
    .map_err(StoreError::of("reading a node's key"))?
    .as_ref()
    .map(key_row)
    .transpose()
}

fn key_row(row: &AnyRow) -> Result<KeyRow, StoreError> {
    let read = || -> Result<_, sqlx::Error> {
        Ok((
            row.try_get::<Vec<u8>, _>("key_id")?,
            row.try_get::<Vec<u8>, _>("public_key")?,
            row.try_get::<String, _>("certificate_pem")?,
            row.try_get::<i64, _>("not_after")?,
            row.try_get::<Option<i64>, _>("revoked_at")?,
        ))
    };
    let (key, public_key, certificate_pem, not_after, revoked_at) =
        read().map_err(StoreError::of("reading a node's key"))?;
    Ok(KeyRow {
        key: KeyId(super::hash(&key, "node_keys.key_id")?),
        node: address(row)?,
        public_key,
        certificate_pem,
        not_after: UtcMicros(not_after),
        revoked_at: revoked_at.map(UtcMicros),
    })
}

/// Revokes a node, its keys and certificates. False if there is no such node or it is revoked already.
pub async fn revoke_node(conn: &mut AnyConnection, node: &NodeAddress, now: UtcMicros) -> Result<bool, StoreError> {
    let doing = "revoking a node";
    let done = sqlx::query("UPDATE nodes SET revoked_at = $1 WHERE site = $2 AND node = $3 AND revoked_at IS NULL")
        .bind(now.0)
        .bind(node.site.as_str())
        .bind(node.node.as_str())
        .execute(&mut *conn)
        .await
        .map_err(StoreError::of(doing))?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE certificates SET revoked_at = $1 WHERE revoked_at IS NULL AND key_id IN \
         (SELECT key_id FROM node_keys WHERE site = $2 AND node = $3)",
    )
    .bind(now.0)
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .execute(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?;
    sqlx::query("UPDATE node_keys SET revoked_at = $1 WHERE site = $2 AND node = $3 AND revoked_at IS NULL")
        .bind(now.0)
        .bind(node.site.as_str())
        .bind(node.node.as_str())
        .execute(&mut *conn)
        .await
        .map_err(StoreError::of(doing))?;
    sqlx::query(
        "UPDATE enrol_tokens SET expires_at = $1 WHERE site = $2 AND node = $3 AND used_at IS NULL AND expires_at > $4",
    )
    .bind(now.0)
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(now.0)
    .execute(conn)
    .await
    .map_err(StoreError::of(doing))?;
    Ok(true)
}

/// Serial and moment of every revoked certificate that would still be valid.
pub async fn revoked_certificates(
    conn: &mut AnyConnection,
    now: UtcMicros,
) -> Result<Vec<(String, UtcMicros)>, StoreError> {
    let doing = "reading revoked certificates";
    let rows = sqlx::query(
        "SELECT serial, revoked_at FROM certificates WHERE revoked_at IS NOT NULL AND not_after > $1 ORDER BY serial",
    )
    .bind(now.0)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of(doing))?;
    rows.iter()
        .map(|row| Ok((row.try_get("serial")?, UtcMicros(row.try_get("revoked_at")?))))
        .collect::<Result<_, sqlx::Error>>()
        .map_err(StoreError::of(doing))
}

/// The newest revision of a bundle, 0 if there is none.
pub async fn bundle_revision(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    kind: BundleKind,
) -> Result<u64, StoreError> {
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT MAX(revision) FROM bundles WHERE site = $1 AND node = $2 AND kind = $3")
            .bind(node.site.as_str())
            .bind(node.node.as_str())
            .bind(kind.as_str())
            .fetch_one(conn)
            .await
            .map_err(StoreError::of("reading a bundle's revision"))?;
    Ok(newest.map_or(0, super::unsigned))
}

/// Keeps a bundle; fails on a revision that is there already.
pub async fn insert_bundle(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    kind: BundleKind,
    revision: u64,
    sha256: Sha256,
    signed: &str,
    now: UtcMicros,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO bundles (site, node, kind, revision, sha256, signed, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(kind.as_str())
    .bind(super::signed(revision))
    .bind(sha256.0.to_vec())
    .bind(signed)
    .bind(now.0)
    .execute(conn)
    .await
    .map_err(StoreError::of("keeping a bundle"))?;
    Ok(())
}

/// The newest bundle of a kind, as signed.
pub async fn newest_bundle(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    kind: BundleKind,
) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar(
        "SELECT signed FROM bundles WHERE site = $1 AND node = $2 AND kind = $3 ORDER BY revision DESC LIMIT 1",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(kind.as_str())
    .fetch_optional(conn)
    .await
    .map_err(StoreError::of("reading a bundle"))
}

/// Newest revision of every bundle: of one node, or of all.
pub async fn bundle_revisions(conn: &mut AnyConnection) -> Result<Vec<(NodeAddress, BundleKind, u64)>, StoreError> {
    let doing = "reading the bundles' revisions";
    let rows = sqlx::query("SELECT site, node, kind, MAX(revision) AS newest FROM bundles GROUP BY site, node, kind")
        .fetch_all(conn)
        .await
        .map_err(StoreError::of(doing))?;
    rows.iter()
        .map(|row| {
            let kind: String = row.try_get("kind").map_err(StoreError::of(doing))?;
            let newest: i64 = row.try_get("newest").map_err(StoreError::of(doing))?;
            let kind = BundleKind::ALL
                .into_iter()
                .find(|k| k.as_str() == kind)
                .ok_or(StoreError::Unreadable("bundles.kind"))?;
            Ok((address(row)?, kind, super::unsigned(newest)))
        })
        .collect()
}

/// Every `cameras` bundle that is kept, of every node, as signed: what a node saw under an older one may still be on its way.
pub async fn all_cameras(conn: &mut AnyConnection) -> Result<Vec<(NodeAddress, String)>, StoreError> {
    let doing = "reading the cameras' bundles";
    let rows = sqlx::query("SELECT site, node, signed FROM bundles WHERE kind = 'cameras'")
        .fetch_all(conn)
        .await
        .map_err(StoreError::of(doing))?;
    rows.iter().map(|row| Ok((address(row)?, row.try_get("signed").map_err(StoreError::of(doing))?))).collect()
}

/// Notes whether a node is connected. Since when stays while that stays: the broker gives out the last word of every node
/// again at each connection of the centre. False if the node is unknown or revoked.
pub async fn set_status(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    online: bool,
    since: UtcMicros,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE nodes SET status_since = CASE WHEN online = $1 AND status_since IS NOT NULL THEN status_since ELSE $2 END, \
         online = $1 WHERE site = $3 AND node = $4 AND revoked_at IS NULL",
    )
    .bind(i64::from(online))
    .bind(since.0)
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .execute(conn)
    .await
    .map_err(StoreError::of("noting a node's status"))?;
    Ok(done.rows_affected() == 1)
}

/// Keeps what a node says of itself. False if the node is unknown or revoked.
pub async fn set_birth(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    birth: &str,
    at: UtcMicros,
) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE nodes SET birth = $1, birth_at = $2 WHERE site = $3 AND node = $4 AND revoked_at IS NULL")
            .bind(birth)
            .bind(at.0)
            .bind(node.site.as_str())
            .bind(node.node.as_str())
            .execute(conn)
            .await
            .map_err(StoreError::of("keeping a node's birth"))?;
    Ok(done.rows_affected() == 1)
}

/// Notes that two ledgers of a node were live at once.
pub async fn set_log_alarm(conn: &mut AnyConnection, node: &NodeAddress, at: UtcMicros) -> Result<(), StoreError> {
    sqlx::query("UPDATE nodes SET log_alarm_at = $1 WHERE site = $2 AND node = $3")
        .bind(at.0)
        .bind(node.site.as_str())
        .bind(node.node.as_str())
        .execute(conn)
        .await
        .map_err(StoreError::of("noting two live ledgers"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn a_last_word_given_out_again_moves_no_moment() {
        each_engine(|db| async move {
            crate::store::fixtures::places(&db).await;
            let address: NodeAddress = "square/n1".parse().unwrap();
            let mut tx = db.write().await.unwrap();
            // Away since 2 s by the fixture; said again later, then back, then back again.
            for (online, since, expected) in [(false, 9, 2_000_000), (true, 10, 10), (true, 20, 10), (false, 30, 30)] {
                assert!(set_status(&mut tx, &address, online, UtcMicros(since)).await.unwrap());
                let row = node(&mut tx, &address).await.unwrap().unwrap();
                assert_eq!((row.online, row.status_since), (online, Some(UtcMicros(expected))), "{since}");
            }
        })
        .await;
    }
}
