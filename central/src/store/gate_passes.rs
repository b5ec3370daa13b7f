//! Passes beside a face, as fingerprints: the pass itself was told once and is nowhere.

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::StoreError;
use super::people::{bytes, run};

/// Keeps the fingerprint of an enrolment's pass; the one before is no pass any more.
pub async fn put(
    conn: &mut AnyConnection,
    enrolment: Uuid,
    fingerprint: Sha256,
    by: Uuid,
    now: UtcMicros,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO gate_passes (enrolment_id, fingerprint, issued_by, issued_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (enrolment_id) DO UPDATE SET fingerprint = excluded.fingerprint, issued_by = excluded.issued_by, \
         issued_at = excluded.issued_at",
    )
    .bind(bytes(enrolment))
    .bind(fingerprint.0.to_vec())
    .bind(bytes(by))
    .bind(now.0);
    run(conn, "keeping the fingerprint of a gate pass", query).await.map(drop)
}

/// Forgets the pass of an enrolment.
pub async fn delete(conn: &mut AnyConnection, enrolment: Uuid) -> Result<(), StoreError> {
    let query = sqlx::query("DELETE FROM gate_passes WHERE enrolment_id = $1").bind(bytes(enrolment));
    run(conn, "forgetting a gate pass", query).await.map(drop)
}
