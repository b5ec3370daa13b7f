//! Withdrawals: what was deleted, and which nodes have said that they know. Nothing here tells who it was.

use contract::clock::UtcMicros;
use contract::ids::NodeAddress;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns, fleet};

/// A withdrawal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalRow {
    /// The person or watch entry.
    pub subject: Uuid,
    /// Whose it was.
    pub controller: String,
    /// `withdrawn`, `expired` or `rejected`.
    pub why: String,
    /// The enrolments' ids, JSON.
    pub enrolments: String,
    /// Templates deleted.
    pub templates: i64,
    /// Pictures deleted.
    pub pictures: i64,
    /// When.
    pub at: UtcMicros,
}

/// A node that has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeRow {
    /// Which.
    pub node: NodeAddress,
    /// The first gallery without the person.
    pub revision: u64,
    /// When the node said that it has it.
    pub confirmed_at: Option<UtcMicros>,
    /// The node was revoked: its galleries open no more, and it will say nothing.
    pub revoked: bool,
}

/// Keeps a withdrawal.
pub async fn insert(conn: &mut AnyConnection, w: &WithdrawalRow) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO withdrawals (subject_id, controller, why, enrolments, templates, pictures, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(bytes(w.subject))
    .bind(w.controller.clone())
    .bind(w.why.clone())
    .bind(w.enrolments.clone())
    .bind(w.templates)
    .bind(w.pictures)
    .bind(w.at.0);
    run(conn, "keeping a withdrawal", query).await.map(|_| ())
}

/// Keeps which gallery of a node is the first without the person.
pub async fn insert_node(
    conn: &mut AnyConnection,
    subject: Uuid,
    node: &NodeAddress,
    revision: u64,
) -> Result<(), StoreError> {
    let query = sqlx::query("INSERT INTO withdrawal_nodes (subject_id, site, node, revision) VALUES ($1, $2, $3, $4)")
        .bind(bytes(subject))
        .bind(node.site.as_str().to_owned())
        .bind(node.node.as_str().to_owned())
        .bind(super::signed(revision));
    run(conn, "keeping which node has to know of a withdrawal", query).await.map(|_| ())
}

/// A withdrawal of a controller, by its subject or one of its enrolments.
pub async fn get(conn: &mut AnyConnection, controller: &str, id: Uuid) -> Result<Option<WithdrawalRow>, StoreError> {
    sqlx::query(
        "SELECT subject_id, controller, why, enrolments, templates, pictures, at FROM withdrawals \
         WHERE controller = $1 AND (subject_id = $2 OR subject_id IN (SELECT person_id FROM enrolments WHERE enrolment_id = $2))",
    )
    .bind(controller.to_owned())
    .bind(bytes(id))
    .fetch_optional(conn)
    .await
    .map_err(StoreError::of("reading a withdrawal"))?
    .map(|row| {
        Ok(WithdrawalRow {
            subject: columns::id(&row, "subject_id")?,
            controller: columns::value(&row, "controller")?,
            why: columns::value(&row, "why")?,
            enrolments: columns::value(&row, "enrolments")?,
            templates: columns::value(&row, "templates")?,
            pictures: columns::value(&row, "pictures")?,
            at: UtcMicros(columns::value(&row, "at")?),
        })
    })
    .transpose()
}

/// The nodes of a withdrawal.
pub async fn nodes(conn: &mut AnyConnection, subject: Uuid) -> Result<Vec<NodeRow>, StoreError> {
    sqlx::query(
        "SELECT w.site, w.node, w.revision, w.confirmed_at, n.revoked_at FROM withdrawal_nodes w \
         JOIN nodes n ON n.site = w.site AND n.node = w.node WHERE w.subject_id = $1 ORDER BY w.site, w.node",
    )
    .bind(bytes(subject))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading the nodes of a withdrawal"))?
    .iter()
    .map(|row| {
        Ok(NodeRow {
            node: fleet::address(row)?,
            revision: super::unsigned(columns::value(row, "revision")?),
            confirmed_at: columns::value::<Option<i64>>(row, "confirmed_at")?.map(UtcMicros),
            revoked: columns::value::<Option<i64>>(row, "revoked_at")?.is_some(),
        })
    })
    .collect()
}

/// A node says that it has this revision of its gallery: everybody who went up to it is gone there.
pub async fn confirm(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    revision: u64,
    at: UtcMicros,
) -> Result<u64, StoreError> {
    let query = sqlx::query(
        "UPDATE withdrawal_nodes SET confirmed_at = $1 WHERE site = $2 AND node = $3 AND revision <= $4 \
         AND confirmed_at IS NULL",
    )
    .bind(at.0)
    .bind(node.site.as_str().to_owned())
    .bind(node.node.as_str().to_owned())
    .bind(super::signed(revision));
    run(conn, "noting that a node knows of a withdrawal", query).await
}
