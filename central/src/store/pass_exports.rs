//! The register of searches that left as a file: who, why, how many rows, which bytes. Not what was looked for: that stands in
//! the audit log alone.

use contract::signature::Sha256;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};

/// A file that leaves.
#[derive(Debug, Clone, Copy)]
pub struct NewExport<'a> {
    /// Its id.
    pub id: Uuid,
    /// Whose data.
    pub controller: &'a str,
    /// `csv` or `xlsx`.
    pub format: &'a str,
    /// The place.
    pub site: &'a str,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
    /// Why.
    pub reason: &'a str,
    /// How many rows.
    pub rows: i64,
    /// Of the file.
    pub sha256: &'a Sha256,
    /// Who.
    pub by: Uuid,
    /// In which session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// Registers it. Before the bytes leave.
pub async fn insert(tx: &mut AnyConnection, n: &NewExport<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO pass_exports (export_id, controller, format, site, from_at, to_at, reason, row_count, sha256, exported_by, \
         session_id, exported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(n.id.as_bytes().to_vec())
    .bind(n.controller.to_owned())
    .bind(n.format.to_owned())
    .bind(n.site.to_owned())
    .bind(n.from)
    .bind(n.to)
    .bind(n.reason.to_owned())
    .bind(n.rows)
    .bind(n.sha256.0.to_vec())
    .bind(n.by.as_bytes().to_vec())
    .bind(n.session.as_bytes().to_vec())
    .bind(n.at)
    .execute(tx)
    .await
    .map_err(StoreError::of("registering an export"))?;
    Ok(())
}

/// A file that left, as registered.
#[derive(Debug, Clone)]
pub struct ExportRow {
    /// Its id.
    pub id: Uuid,
    /// `csv` or `xlsx`.
    pub format: String,
    /// The place.
    pub site: String,
    /// First moment.
    pub from: i64,
    /// Moment after the last.
    pub to: i64,
    /// Why.
    pub reason: String,
    /// How many rows.
    pub rows: i64,
    /// Of the file.
    pub sha256: Sha256,
    /// Who.
    pub by: String,
    /// When.
    pub at: i64,
}

/// The register of a controller, newest first.
pub async fn page(
    conn: &mut AnyConnection,
    controller: &str,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<ExportRow>, StoreError> {
    let (after_at, after_id) = after.unwrap_or((i64::MAX, Uuid::max()));
    sqlx::query(
        "SELECT x.export_id, x.format, x.site, x.from_at, x.to_at, x.reason, x.row_count, x.sha256, x.exported_at, u.name \
         FROM pass_exports x JOIN users u ON u.user_id = x.exported_by WHERE x.controller = $1 \
         AND (x.exported_at < $2 OR (x.exported_at = $2 AND x.export_id < $3)) \
         ORDER BY x.exported_at DESC, x.export_id DESC LIMIT $4",
    )
    .bind(controller.to_owned())
    .bind(after_at)
    .bind(after_id.as_bytes().to_vec())
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading the register of exports"))?
    .iter()
    .map(|row| {
        Ok(ExportRow {
            id: columns::id(row, "export_id")?,
            format: columns::value(row, "format")?,
            site: columns::value(row, "site")?,
            from: columns::value(row, "from_at")?,
            to: columns::value(row, "to_at")?,
            reason: columns::value(row, "reason")?,
            rows: columns::value(row, "row_count")?,
            sha256: columns::hash(row, "sha256")?,
            by: columns::value(row, "name")?,
            at: columns::value(row, "exported_at")?,
        })
    })
    .collect()
}
