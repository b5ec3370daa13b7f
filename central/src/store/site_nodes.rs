//! Statements about sites with a centre of their own, at their province: who speaks for a site and for which bodies, and which
//! nodes and keys stand behind it.

use contract::clock::UtcMicros;
use contract::ids::{ControllerName, NodeAddress};
use sqlx::{AnyConnection, Row as _};

use super::StoreError;
use super::fleet::{KeyRow, address};

/// Lets a site's centre speak for one more body.
pub async fn grant(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    controller: &ControllerName,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO site_grants (site, node, controller) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(node.site.as_str())
        .bind(node.node.as_str())
        .bind(controller.as_str())
        .execute(conn)
        .await
        .map_err(StoreError::of("letting a site speak for a body"))?;
    Ok(())
}

/// For which bodies sites' centres may speak, besides their own.
pub async fn grants(conn: &mut AnyConnection) -> Result<Vec<(NodeAddress, ControllerName)>, StoreError> {
    let doing = "reading for whom sites may speak";
    sqlx::query("SELECT site, node, controller FROM site_grants")
        .fetch_all(conn)
        .await
        .map_err(StoreError::of(doing))?
        .iter()
        .map(|row| {
            let controller: String = row.try_get("controller").map_err(StoreError::of(doing))?;
            let controller = controller.parse().map_err(|_| StoreError::Unreadable("site_grants.controller"))?;
            Ok((address(row)?, controller))
        })
        .collect()
}

/// Lets a node speak for its whole site. It must have no other way itself.
pub async fn set_forwards(conn: &mut AnyConnection, node: &NodeAddress) -> Result<(), StoreError> {
    sqlx::query("UPDATE nodes SET forwards = 1 WHERE site = $1 AND node = $2 AND via IS NULL")
        .bind(node.site.as_str())
        .bind(node.node.as_str())
        .execute(conn)
        .await
        .map_err(StoreError::of("letting a node speak for its site"))?;
    Ok(())
}

/// Notes a node behind a site, as whoever speaks for that site vouches for it. False if that name is another kind of node here.
pub async fn put_node_behind(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    via: &NodeAddress,
    controller: &ControllerName,
    now: UtcMicros,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO nodes (site, node, controller, created_at, via) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (site, node) DO UPDATE SET via = excluded.via WHERE nodes.via = excluded.via \
         AND nodes.controller = excluded.controller",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(controller.as_str())
    .bind(now.0)
    .bind(via.node.as_str())
    .execute(conn)
    .await
    .map_err(StoreError::of("noting a node behind a site"))?;
    Ok(done.rows_affected() == 1)
}

/// Keeps the key of a node behind a site, which that site's own authority certified. False if the key is another node's here.
pub async fn put_key_behind(conn: &mut AnyConnection, key: &KeyRow, now: UtcMicros) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO node_keys (key_id, site, node, public_key, certificate_pem, not_after, issued_at, revoked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (key_id) DO UPDATE SET \
         certificate_pem = excluded.certificate_pem, not_after = excluded.not_after, \
         revoked_at = COALESCE(node_keys.revoked_at, excluded.revoked_at) \
         WHERE node_keys.site = excluded.site AND node_keys.node = excluded.node",
    )
    .bind(key.key.0.0.to_vec())
    .bind(key.node.site.as_str())
    .bind(key.node.node.as_str())
    .bind(key.public_key.clone())
    .bind(key.certificate_pem.as_str())
    .bind(key.not_after.0)
    .bind(now.0)
    .bind(key.revoked_at.map(|at| at.0))
    .execute(conn)
    .await
    .map_err(StoreError::of("keeping the key of a node behind a site"))?;
    Ok(done.rows_affected() == 1)
}
