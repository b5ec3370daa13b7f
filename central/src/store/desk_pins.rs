//! What opens a locked screen of the desk, and the lock itself. A PIN is kept as an Argon2id hash only.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::StoreError;
use super::people::{bytes, run};

/// The hash of an account's PIN.
pub async fn hash_of(conn: &mut AnyConnection, user: Uuid) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("SELECT pin_hash FROM desk_pins WHERE user_id = $1")
        .bind(bytes(user))
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading a PIN's hash"))
}

/// Keeps the hash of an account's PIN, in place of one before.
pub async fn keep(conn: &mut AnyConnection, user: Uuid, hash: &str, at: i64) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO desk_pins (user_id, pin_hash, set_at) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id) DO UPDATE SET pin_hash = excluded.pin_hash, set_at = excluded.set_at",
    )
    .bind(bytes(user))
    .bind(hash.to_owned())
    .bind(at);
    run(conn, "keeping a PIN", query).await.map(|_| ())
}

/// Locks a session's screen (`Some`: since when) or opens it.
pub async fn set_locked(conn: &mut AnyConnection, session: Uuid, at: Option<i64>) -> Result<(), StoreError> {
    let query = sqlx::query("UPDATE sessions SET locked_at = $1 WHERE session_id = $2 AND ended_at IS NULL")
        .bind(at)
        .bind(bytes(session));
    run(conn, "locking or opening a screen", query).await.map(|_| ())
}
