//! Second factors: a sealed secret for each account, whether it was confirmed, and the step of the code that was used last.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};

/// A second factor as stored.
#[derive(Debug, Clone)]
pub struct TotpRow {
    /// Sealed.
    pub secret: Vec<u8>,
    /// It was confirmed with a code: it is demanded.
    pub confirmed: bool,
    /// The step of the code that was used last.
    pub last_step: i64,
}

/// The second factor of an account.
pub async fn of(conn: &mut AnyConnection, user: Uuid) -> Result<Option<TotpRow>, StoreError> {
    sqlx::query("SELECT secret, confirmed_at, last_step FROM user_totp WHERE user_id = $1")
        .bind(user.as_bytes().to_vec())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading a second factor"))?
        .map(|row| {
            Ok(TotpRow {
                secret: columns::value(&row, "secret")?,
                confirmed: columns::value::<Option<i64>>(&row, "confirmed_at")?.is_some(),
                last_step: columns::value(&row, "last_step")?,
            })
        })
        .transpose()
}

/// Keeps a secret that is not confirmed yet.
pub async fn insert(tx: &mut AnyConnection, user: Uuid, secret: &[u8], at: i64) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO user_totp (user_id, secret, created_at, last_step) VALUES ($1, $2, $3, 0)")
        .bind(user.as_bytes().to_vec())
        .bind(secret.to_vec())
        .bind(at)
        .execute(tx)
        .await
        .map_err(StoreError::of("keeping a second factor"))?;
    Ok(())
}

/// Removes it; was there one? `unconfirmed_only`: one that is in force stays.
pub async fn remove(tx: &mut AnyConnection, user: Uuid, unconfirmed_only: bool) -> Result<bool, StoreError> {
    let text = if unconfirmed_only {
        "DELETE FROM user_totp WHERE user_id = $1 AND confirmed_at IS NULL"
    } else {
        "DELETE FROM user_totp WHERE user_id = $1"
    };
    let done = sqlx::query(text)
        .bind(user.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("removing a second factor"))?;
    Ok(done.rows_affected() == 1)
}

/// Uses up the code of a step; `false` when it, or a later one, was used already. Of two at once one finds it used.
pub async fn spend(tx: &mut AnyConnection, user: Uuid, step: i64) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE user_totp SET last_step = $1 WHERE user_id = $2 AND last_step < $1")
        .bind(step)
        .bind(user.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("using a one-time code"))?;
    Ok(done.rows_affected() == 1)
}

/// From now on it is demanded.
pub async fn confirm(tx: &mut AnyConnection, user: Uuid, at: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE user_totp SET confirmed_at = $1 WHERE user_id = $2 AND confirmed_at IS NULL")
        .bind(at)
        .bind(user.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("confirming a second factor"))?;
    Ok(())
}
