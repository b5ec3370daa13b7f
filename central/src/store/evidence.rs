//! Statements about pieces of evidence: announced by an event, stored once uploaded.

use contract::clock::UtcMicros;
use contract::ids::NodeAddress;
use contract::signature::Sha256;
use sqlx::{AnyConnection, Row as _};

use super::StoreError;

/// A piece of evidence as announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// The node that announced it.
    pub node: NodeAddress,
    /// Its size as announced.
    pub size_bytes: u64,
    /// `stored`, `at_edge`, …
    pub state: String,
}

/// A piece of evidence, if any event announced it.
pub async fn announced(conn: &mut AnyConnection, sha256: Sha256) -> Result<Option<EvidenceRow>, StoreError> {
    let doing = "looking for announced evidence";
    let row = sqlx::query("SELECT site, node, size_bytes, state FROM evidence WHERE sha256 = $1")
        .bind(sha256.0.to_vec())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of(doing))?;
    row.map(|row| {
        Ok(EvidenceRow {
            node: super::fleet::address(&row)?,
            size_bytes: super::unsigned(row.try_get("size_bytes").map_err(StoreError::of(doing))?),
            state: row.try_get("state").map_err(StoreError::of(doing))?,
        })
    })
    .transpose()
}

/// Notes that a piece of evidence is in the store.
pub async fn mark_stored(conn: &mut AnyConnection, sha256: Sha256, now: UtcMicros) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE evidence SET state = 'stored', lost_reason = NULL, stored_at = $1 WHERE sha256 = $2")
            .bind(now.0)
            .bind(sha256.0.to_vec())
            .execute(conn)
            .await
            .map_err(StoreError::of("noting stored evidence"))?;
    Ok(done.rows_affected() == 1)
}
