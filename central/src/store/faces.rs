//! Gates, pictures and templates of an enrolment or a watch entry, by its id. Pictures and templates are sealed; nothing here can
//! open them.

use contract::ids::NodeAddress;
use contract::signature::Sha256;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns, fleet};

/// Adds a gate.
pub async fn insert_gate(
    conn: &mut AnyConnection,
    enrolment: Uuid,
    node: &NodeAddress,
    gate: &str,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO face_gates (enrolment_id, site, node, gate) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(bytes(enrolment))
    .bind(node.site.as_str().to_owned())
    .bind(node.node.as_str().to_owned())
    .bind(gate.to_owned());
    run(conn, "adding a gate", query).await.map(|_| ())
}

/// Adds a sealed picture.
pub async fn insert_picture(
    conn: &mut AnyConnection,
    enrolment: Uuid,
    position: i64,
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    let query = sqlx::query("INSERT INTO face_pictures (enrolment_id, position, sealed) VALUES ($1, $2, $3)")
        .bind(bytes(enrolment))
        .bind(position)
        .bind(sealed);
    run(conn, "adding a picture", query).await.map(|_| ())
}

/// Adds a sealed template.
pub async fn insert_template(
    conn: &mut AnyConnection,
    enrolment: Uuid,
    position: i64,
    embedder: Sha256,
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    let query =
        sqlx::query("INSERT INTO face_templates (enrolment_id, position, embedder, sealed) VALUES ($1, $2, $3, $4)")
            .bind(bytes(enrolment))
            .bind(position)
            .bind(embedder.0.to_vec())
            .bind(sealed);
    run(conn, "adding a template", query).await.map(|_| ())
}

/// Deletes an enrolment's pictures, templates and gates; how many of the first two.
pub async fn delete_faces(conn: &mut AnyConnection, enrolment: Uuid) -> Result<(u64, u64), StoreError> {
    let doing = "deleting pictures and templates";
    let pictures = sqlx::query("DELETE FROM face_pictures WHERE enrolment_id = $1").bind(bytes(enrolment));
    let pictures = run(conn, doing, pictures).await?;
    let templates = sqlx::query("DELETE FROM face_templates WHERE enrolment_id = $1").bind(bytes(enrolment));
    let templates = run(conn, doing, templates).await?;
    super::gate_passes::delete(&mut *conn, enrolment).await?;
    run(conn, doing, sqlx::query("DELETE FROM face_gates WHERE enrolment_id = $1").bind(bytes(enrolment))).await?;
    Ok((pictures, templates))
}

/// The gates of an enrolment or a watch entry, `site/node/gate`.
pub async fn gates_of(conn: &mut AnyConnection, enrolment: Uuid) -> Result<Vec<(NodeAddress, String)>, StoreError> {
    sqlx::query("SELECT site, node, gate FROM face_gates WHERE enrolment_id = $1 ORDER BY site, node, gate")
        .bind(bytes(enrolment))
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading gates"))?
        .iter()
        .map(|row| Ok((fleet::address(row)?, columns::value(row, "gate")?)))
        .collect()
}

/// The first picture of an enrolment, sealed.
pub async fn first_picture(conn: &mut AnyConnection, enrolment: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
    sqlx::query_scalar("SELECT sealed FROM face_pictures WHERE enrolment_id = $1 ORDER BY position LIMIT 1")
        .bind(bytes(enrolment))
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an enrolment's picture"))
}

/// A sealed template and the wrapped key that opens it.
#[derive(Debug, Clone)]
pub struct TemplateRow {
    /// The enrolment or watch entry.
    pub enrolment: Uuid,
    /// Whose key sealed it.
    pub subject: Uuid,
    /// That key, wrapped.
    pub wrapped: Vec<u8>,
    /// Which embedder made it.
    pub embedder: Sha256,
    /// The template.
    pub sealed: Vec<u8>,
}

pub(super) fn template(row: &AnyRow) -> Result<TemplateRow, StoreError> {
    Ok(TemplateRow {
        enrolment: columns::id(row, "enrolment_id")?,
        subject: columns::id(row, "subject_id")?,
        wrapped: columns::value(row, "wrapped")?,
        embedder: columns::hash(row, "embedder")?,
        sealed: columns::value(row, "sealed")?,
    })
}

/// Templates of a controller's people whose enrolment has not ended, after `after` = (enrolment, position).
pub async fn templates_of_controller(
    conn: &mut AnyConnection,
    controller: &str,
    after: Uuid,
    limit: i64,
) -> Result<Vec<TemplateRow>, StoreError> {
    sqlx::query(
        "SELECT t.enrolment_id, k.subject_id, k.wrapped, t.embedder, t.sealed FROM face_templates t \
         JOIN enrolments e ON e.enrolment_id = t.enrolment_id JOIN data_keys k ON k.subject_id = e.person_id \
         WHERE t.enrolment_id IN (SELECT enrolment_id FROM enrolments WHERE controller = $1 \
         AND state IN ('proposed', 'approved') AND enrolment_id > $2 ORDER BY enrolment_id LIMIT $3) \
         ORDER BY t.enrolment_id, t.position",
    )
    .bind(controller.to_owned())
    .bind(bytes(after))
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading a controller's templates"))?
    .iter()
    .map(template)
    .collect()
}
