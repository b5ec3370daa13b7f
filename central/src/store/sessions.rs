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
    /// Its password is one an administrator was shown.
    pub password_must_change: bool,
    /// A second factor is enrolled.
    pub has_second_factor: bool,
    /// Does a person sit there?
    pub interactive: bool,
    /// Its screen is locked.
    pub locked: bool,
    /// There is a PIN that opens it.
    pub has_pin: bool,
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
         u.name AS user_name, u.kind AS user_kind, u.disabled_at, u.password_must_change, t.confirmed_at, \
         p.set_at AS pin_set_at FROM sessions s JOIN users u ON u.user_id = s.user_id \
         LEFT JOIN user_totp t ON t.user_id = u.user_id LEFT JOIN desk_pins p ON p.user_id = u.user_id \
         WHERE s.token_hash = $1",
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
            password_must_change: columns::value::<i64>(&row, "password_must_change")? == 1,
            has_second_factor: columns::value::<Option<i64>>(&row, "confirmed_at")?.is_some(),
            interactive: columns::value::<i64>(&row, "interactive")? == 1,
            locked: columns::value::<Option<i64>>(&row, "locked_at")?.is_some(),
            has_pin: columns::value::<Option<i64>>(&row, "pin_set_at")?.is_some(),
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

/// Ends every session of an account but one.
pub async fn end_others(tx: &mut AnyConnection, user: Uuid, but: Uuid, at: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET ended_at = $1 WHERE user_id = $2 AND session_id <> $3 AND ended_at IS NULL")
        .bind(at)
        .bind(user.as_bytes().to_vec())
        .bind(but.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("ending the other sessions of an account"))?;
    Ok(())
}

/// A session somebody has open.
#[derive(Debug, Clone, Copy)]
pub struct OpenSession {
    /// Its id.
    pub session_id: Uuid,
    /// When it began.
    pub created_at: i64,
    /// When it was used last, to the minute.
    pub last_seen_at: i64,
}

/// The sessions of an account that were not ended and not forgotten: begun after, and used after. Newest first.
pub async fn open(
    conn: &mut AnyConnection,
    user: Uuid,
    (begun_after, used_after): (i64, i64),
) -> Result<Vec<OpenSession>, StoreError> {
    sqlx::query(
        "SELECT session_id, created_at, last_seen_at FROM sessions WHERE user_id = $1 AND ended_at IS NULL \
         AND created_at > $2 AND last_seen_at > $3 ORDER BY created_at DESC, session_id LIMIT 100",
    )
    .bind(user.as_bytes().to_vec())
    .bind(begun_after)
    .bind(used_after)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading the sessions of an account"))?
    .iter()
    .map(|row| {
        Ok(OpenSession {
            session_id: columns::id(row, "session_id")?,
            created_at: columns::value(row, "created_at")?,
            last_seen_at: columns::value(row, "last_seen_at")?,
        })
    })
    .collect()
}

/// Ends one session of this account; was there one that was open?
pub async fn end_of(tx: &mut AnyConnection, user: Uuid, session: Uuid, at: i64) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE sessions SET ended_at = $1 WHERE session_id = $2 AND user_id = $3 AND ended_at IS NULL")
            .bind(at)
            .bind(session.as_bytes().to_vec())
            .bind(user.as_bytes().to_vec())
            .execute(tx)
            .await
            .map_err(StoreError::of("ending a session"))?;
    Ok(done.rows_affected() == 1)
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
