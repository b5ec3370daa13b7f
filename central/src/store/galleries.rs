//! What a node's gallery is made of, the wrapped key it is sealed with, and what its newest revision was made of.

use contract::clock::UtcMicros;
use contract::ids::NodeAddress;
use contract::signature::Sha256;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::faces::{TemplateRow, template};
use super::people::run;
use super::{StoreError, columns, fleet};

/// One gate of one approved enrolment or watch entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Which.
    pub enrolment: Uuid,
    /// On the watch list?
    pub watch: bool,
    /// Whose it is.
    pub controller: String,
    /// The gate on this node.
    pub gate: String,
    /// First moment.
    pub valid_from: i64,
    /// Moment it ends.
    pub valid_to: i64,
    /// Weekly hours, JSON.
    pub hours: String,
    /// Fingerprint of the pass beside the face.
    pub pass: Option<Sha256>,
}

/// A node's gallery as it was made last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeGallery {
    /// Its key, wrapped.
    pub wrapped: Vec<u8>,
    /// Since when that key is in use.
    pub key_since: UtcMicros,
    /// Newest revision; 0 when there is a key and no gallery yet.
    pub revision: u64,
    /// Hash over what it was made of.
    pub made_of: Sha256,
    /// End of the newest revision.
    pub not_after: UtcMicros,
}

/// Everybody who is approved for a gate of this node and not over, one row a gate.
pub async fn entries(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    now: UtcMicros,
) -> Result<Vec<EntryRow>, StoreError> {
    let doing = "reading what a gallery is made of";
    sqlx::query(
        "SELECT g.enrolment_id, g.gate, e.controller, e.valid_from, e.valid_to, e.hours, 0 AS watch, \
         p.fingerprint FROM face_gates g JOIN enrolments e ON e.enrolment_id = g.enrolment_id \
         LEFT JOIN gate_passes p ON p.enrolment_id = g.enrolment_id \
         WHERE g.site = $1 AND g.node = $2 AND e.state = 'approved' AND e.valid_to > $3 \
         UNION ALL \
         SELECT g.enrolment_id, g.gate, w.controller, w.approved_at, w.expires_at, '[]', 1, p.fingerprint \
         FROM face_gates g JOIN watch_entries w ON w.enrolment_id = g.enrolment_id \
         LEFT JOIN gate_passes p ON p.enrolment_id = g.enrolment_id \
         WHERE g.site = $1 AND g.node = $2 AND w.state = 'approved' AND w.expires_at > $3 \
         ORDER BY 1, 2",
    )
    .bind(node.site.as_str().to_owned())
    .bind(node.node.as_str().to_owned())
    .bind(now.0)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of(doing))?
    .iter()
    .map(|row| {
        // PostgreSQL's literals are INT4.
        let watch: i32 = match columns::value::<i32>(row, "watch") {
            Ok(watch) => watch,
            Err(_) => i32::from(columns::value::<i64>(row, "watch")? != 0),
        };
        Ok(EntryRow {
            enrolment: columns::id(row, "enrolment_id")?,
            watch: watch != 0,
            controller: columns::value(row, "controller")?,
            gate: columns::value(row, "gate")?,
            valid_from: columns::value(row, "valid_from")?,
            valid_to: columns::value(row, "valid_to")?,
            hours: columns::value(row, "hours")?,
            pass: columns::hash_if_any(row, "fingerprint")?,
        })
    })
    .collect()
}

/// The templates of everybody with a gate at this node, approved or not: the caller takes those it has entries of.
pub async fn templates(conn: &mut AnyConnection, node: &NodeAddress) -> Result<Vec<TemplateRow>, StoreError> {
    sqlx::query(
        "SELECT t.enrolment_id, k.subject_id, k.wrapped, t.embedder, t.sealed FROM face_templates t \
         LEFT JOIN enrolments e ON e.enrolment_id = t.enrolment_id \
         JOIN data_keys k ON k.subject_id = COALESCE(e.person_id, t.enrolment_id) \
         WHERE t.enrolment_id IN (SELECT g.enrolment_id FROM face_gates g WHERE g.site = $1 AND g.node = $2) \
         ORDER BY t.enrolment_id, t.position, t.embedder",
    )
    .bind(node.site.as_str().to_owned())
    .bind(node.node.as_str().to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading the templates of a gallery"))?
    .iter()
    .map(template)
    .collect()
}

/// A node's gallery.
pub async fn gallery(conn: &mut AnyConnection, node: &NodeAddress) -> Result<Option<NodeGallery>, StoreError> {
    sqlx::query(
        "SELECT wrapped, key_since, revision, made_of, not_after FROM node_galleries WHERE site = $1 AND node = $2",
    )
    .bind(node.site.as_str().to_owned())
    .bind(node.node.as_str().to_owned())
    .fetch_optional(conn)
    .await
    .map_err(StoreError::of("reading a node's gallery"))?
    .map(|row| {
        Ok(NodeGallery {
            wrapped: columns::value(&row, "wrapped")?,
            key_since: UtcMicros(columns::value(&row, "key_since")?),
            revision: super::unsigned(columns::value(&row, "revision")?),
            made_of: columns::hash(&row, "made_of")?,
            not_after: UtcMicros(columns::value(&row, "not_after")?),
        })
    })
    .transpose()
}

/// Keeps it.
pub async fn put_gallery(conn: &mut AnyConnection, node: &NodeAddress, g: &NodeGallery) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO node_galleries (site, node, wrapped, key_since, revision, made_of, not_after) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (site, node) DO UPDATE SET wrapped = excluded.wrapped, \
         key_since = excluded.key_since, revision = excluded.revision, made_of = excluded.made_of, \
         not_after = excluded.not_after",
    )
    .bind(node.site.as_str().to_owned())
    .bind(node.node.as_str().to_owned())
    .bind(g.wrapped.clone())
    .bind(g.key_since.0)
    .bind(super::signed(g.revision))
    .bind(g.made_of.0.to_vec())
    .bind(g.not_after.0);
    run(conn, "keeping a node's gallery", query).await.map(|_| ())
}

/// Forgets every gallery of a node before `revision`: the key of the newest opens none of them after a withdrawal, and
/// nobody needs an old list of faces.
pub async fn forget_older(conn: &mut AnyConnection, node: &NodeAddress, revision: u64) -> Result<u64, StoreError> {
    let query = sqlx::query("DELETE FROM bundles WHERE site = $1 AND node = $2 AND kind = 'gallery' AND revision < $3")
        .bind(node.site.as_str().to_owned())
        .bind(node.node.as_str().to_owned())
        .bind(super::signed(revision));
    run(conn, "forgetting older galleries", query).await
}

/// Nodes with a rules bundle, not revoked.
pub async fn nodes_with_rules(conn: &mut AnyConnection) -> Result<Vec<NodeAddress>, StoreError> {
    sqlx::query(
        "SELECT DISTINCT n.site, n.node FROM nodes n JOIN bundles b ON b.site = n.site AND b.node = n.node \
         WHERE b.kind = 'rules' AND n.revoked_at IS NULL ORDER BY n.site, n.node",
    )
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for nodes with gates"))?
    .iter()
    .map(fleet::address)
    .collect()
}
