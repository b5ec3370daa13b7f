//! What people read on plates, kept beside the machine's readings. A later correction stands beside an earlier one; the last
//! one is shown, and searches find the vehicle by it and by the machine's own.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};

/// A correction as stored.
#[derive(Debug, Clone)]
pub struct CorrectionRow {
    /// The first of a passage is 1.
    pub number: i64,
    /// Canonical key.
    pub plate_key: String,
    /// As the person wrote it.
    pub plate_display: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: i64,
}

/// The last correction of a passage.
pub(super) const LAST: &str = "plate_corrections k ON k.passage_id = p.passage_id AND k.number = \
     (SELECT MAX(n.number) FROM plate_corrections n WHERE n.passage_id = p.passage_id) \
     LEFT JOIN users ku ON ku.user_id = k.corrected_by";

/// Its columns beside a passage's own.
pub(super) const COLUMNS: &str = "k.number AS correction_number, k.plate_key AS corrected_key, \
     k.plate_display AS corrected_display, k.reason AS correction_reason, ku.name AS corrected_by_name, k.corrected_at";

/// The correction in a passage's row.
pub(super) fn read(row: &sqlx::any::AnyRow) -> Result<Option<CorrectionRow>, StoreError> {
    let Some(number) = columns::value::<Option<i64>>(row, "correction_number")? else { return Ok(None) };
    Ok(Some(CorrectionRow {
        number,
        plate_key: columns::value(row, "corrected_key")?,
        plate_display: columns::value(row, "corrected_display")?,
        reason: columns::value(row, "correction_reason")?,
        by: columns::value(row, "corrected_by_name")?,
        at: columns::value(row, "corrected_at")?,
    }))
}

/// A correction to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewCorrection<'a> {
    /// The passage.
    pub passage: Uuid,
    /// The number after the one on the screen.
    pub number: i64,
    /// Whose it is.
    pub controller: &'a str,
    /// Canonical key.
    pub key: &'a str,
    /// Its last five characters.
    pub last5: &'a str,
    /// As the person wrote it.
    pub display: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The officer.
    pub by: Uuid,
    /// The officer's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// Keeps a correction; `false` when somebody else's has this number already.
pub async fn insert(tx: &mut AnyConnection, n: &NewCorrection<'_>) -> Result<bool, StoreError> {
    let rows = sqlx::query(
        "INSERT INTO plate_corrections (passage_id, number, controller, plate_key, plate_last5, plate_display, reason, \
         corrected_by, session_id, corrected_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    )
    .bind(n.passage.as_bytes().to_vec())
    .bind(n.number)
    .bind(n.controller.to_owned())
    .bind(n.key.to_owned())
    .bind(n.last5.to_owned())
    .bind(n.display.to_owned())
    .bind(n.reason.to_owned())
    .bind(n.by.as_bytes().to_vec())
    .bind(n.session.as_bytes().to_vec())
    .bind(n.at)
    .execute(tx)
    .await
    .map_err(StoreError::of("keeping a correction"))?
    .rows_affected();
    Ok(rows == 1)
}
