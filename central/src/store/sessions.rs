//! Sessions, by the hash of their token. No token is ever stored.

use contract::signature::Sha256;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};

/// A session with its account, as stored.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Its id, which is no secret.
    pub session_id: Uuid,
    /// The account.
    pub user_id: Uuid,
    /// The account's name.
    pub user_name: String,
    /// `person` or `service`.
    pub user_kind: String,
    /// The account was switched off.
    pub user_disabled: bool,
    /// Does a person sit there?
    pub interactive: bool,
    /// Its screen is locked.
    pub locked: bool,
    /// When it began.
    pub created_at: i64,
    /// When it was used last, to the minute.
    pub last_seen_at: i64,
    /// When it ended, if it did.
    pub ended_at: Option<i64>,
}

/// What is needed to begin a session.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Its id.
    pub session_id: Uuid,
    /// Hash of its token.
    pub token_hash: Sha256,
    /// Whose.
    pub user_id: Uuid,
    /// Does a person sit there?
    pub interactive: bool,
}

/// Begins a session.
pub async fn insert(tx: &mut AnyConnection, session: &NewSession, at: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (session_id, token_hash, user_id, interactive, created_at, last_seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(session.session_id.as_bytes().to_vec())
    .bind(session.token_hash.0.to_vec())
    .bind(session.user_id.as_bytes().to_vec())
    .bind(i64::from(session.interactive))
    .bind(at)
    .bind(at)
    .execute(tx)
    .await
    .map_err(StoreError::of("beginning a session"))?;
    Ok(())
}

/// The session with this token.
pub async fn by_token(conn: &mut AnyConnection, token_hash: &Sha256) -> Result<Option<SessionRow>, StoreError> {
    sqlx::query(
        "SELECT s.session_id, s.user_id, s.interactive, s.created_at, s.last_seen_at, s.ended_at, s.locked_at, \
         u.name AS user_name, u.kind AS user_kind, u.disabled_at \
         FROM sessions s JOIN users u ON u.user_id = s.user_id WHERE s.token_hash = $1",
    )
    .bind(token_hash.0.to_vec())
    .fetch_optional(conn)
    .await
    .map_err(StoreError::of("reading a session"))?
    .map(|row| {
        Ok(SessionRow {
            session_id: columns::id(&row, "session_id")?,
            user_id: columns::id(&row, "user_id")?,
            user_name: columns::value(&row, "user_name")?,
            user_kind: columns::value(&row, "user_kind")?,
            user_disabled: columns::value::<Option<i64>>(&row, "disabled_at")?.is_some(),
            interactive: columns::value::<i64>(&row, "interactive")? == 1,
            locked: columns::value::<Option<i64>>(&row, "locked_at")?.is_some(),
            created_at: columns::value(&row, "created_at")?,
            last_seen_at: columns::value(&row, "last_seen_at")?,
            ended_at: columns::value(&row, "ended_at")?,
        })
    })
    .transpose()
}

/// Notes that a session was used; never moves the moment back.
pub async fn touch(tx: &mut AnyConnection, session: Uuid, at: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sessions SET last_seen_at = $1 WHERE session_id = $2 AND last_seen_at < $1 AND ended_at IS NULL",
    )
    .bind(at)
    .bind(session.as_bytes().to_vec())
    .execute(tx)
    .await
    .map_err(StoreError::of("noting a session's use"))?;
    Ok(())
}

/// Ends a session.
pub async fn end(tx: &mut AnyConnection, session: Uuid, at: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET ended_at = $1 WHERE session_id = $2 AND ended_at IS NULL")
        .bind(at)
        .bind(session.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("ending a session"))?;
    Ok(())
}

/// Ends every session of an account.
pub async fn end_all(tx: &mut AnyConnection, user: Uuid, at: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND ended_at IS NULL")
        .bind(at)
        .bind(user.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("ending the sessions of an account"))?;
    Ok(())
}
