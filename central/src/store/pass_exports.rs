//! The register of searches that left as a file: who, why, how many rows, which bytes. Not what was looked for: that stands in
//! the audit log alone.

use contract::signature::Sha256;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::StoreError;

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
