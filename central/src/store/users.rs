//! Accounts, their roles, and what is remembered of failed sign-ins. Knows hashes only, never a password.

use contract::signature::Sha256;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};

/// An account as stored.
#[derive(Debug, Clone)]
pub struct UserRow {
    /// Its id.
    pub user_id: Uuid,
    /// Its name.
    pub name: String,
    /// `person` or `service`.
    pub kind: String,
    /// Argon2id, PHC text.
    pub password_hash: String,
    /// When it was switched off.
    pub disabled_at: Option<i64>,
    /// The password is one an administrator was shown.
    pub password_must_change: bool,
}

/// Adds an account.
pub async fn insert(tx: &mut AnyConnection, user: &UserRow, at: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO users (user_id, name, kind, password_hash, created_at, password_must_change) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(user.user_id.as_bytes().to_vec())
    .bind(user.name.clone())
    .bind(user.kind.clone())
    .bind(user.password_hash.clone())
    .bind(at)
    .bind(i64::from(user.password_must_change))
    .execute(tx)
    .await
    .map_err(StoreError::of("adding an account"))?;
    Ok(())
}

/// Gives a role, by the machine's own command line; a role it holds already stays.
pub async fn grant(tx: &mut AnyConnection, user: Uuid, controller: &str, role: &str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO user_roles (user_id, controller, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(user.as_bytes().to_vec())
        .bind(controller.to_owned())
        .bind(role.to_owned())
        .execute(tx)
        .await
        .map_err(StoreError::of("giving a role"))?;
    Ok(())
}

/// Gives a role, by an administrator; the database looks whether that one may.
pub async fn grant_by(
    tx: &mut AnyConnection,
    user: Uuid,
    (controller, role): (&str, &str),
    by: Uuid,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO user_roles (user_id, controller, role, given_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(user.as_bytes().to_vec())
    .bind(controller.to_owned())
    .bind(role.to_owned())
    .bind(by.as_bytes().to_vec())
    .execute(tx)
    .await
    .map_err(StoreError::of("giving a role"))?;
    Ok(())
}

/// Takes a role.
pub async fn take_role(tx: &mut AnyConnection, user: Uuid, controller: &str, role: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM user_roles WHERE user_id = $1 AND controller = $2 AND role = $3")
        .bind(user.as_bytes().to_vec())
        .bind(controller.to_owned())
        .bind(role.to_owned())
        .execute(tx)
        .await
        .map_err(StoreError::of("taking a role"))?;
    Ok(())
}

/// Switches an account off, or on again. One that is off stays off since when it was.
pub async fn set_disabled(tx: &mut AnyConnection, user: Uuid, at: Option<i64>) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE users SET disabled_at = CASE WHEN disabled_at IS NOT NULL AND $1 IS NOT NULL THEN disabled_at ELSE $1 END \
         WHERE user_id = $2",
    )
    .bind(at)
    .bind(user.as_bytes().to_vec())
    .execute(tx)
    .await
    .map_err(StoreError::of("switching an account off or on"))?;
    Ok(())
}

/// Keeps another password's hash; `must_change`: whoever has it must choose another.
pub async fn set_password(tx: &mut AnyConnection, user: Uuid, hash: &str, must_change: bool) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET password_hash = $1, password_must_change = $2 WHERE user_id = $3")
        .bind(hash.to_owned())
        .bind(i64::from(must_change))
        .bind(user.as_bytes().to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("keeping another password"))?;
    Ok(())
}

/// The account of this name.
pub async fn by_name(conn: &mut AnyConnection, name: &str) -> Result<Option<UserRow>, StoreError> {
    sqlx::query(
        "SELECT user_id, name, kind, password_hash, disabled_at, password_must_change FROM users WHERE name = $1",
    )
    .bind(name.to_owned())
    .fetch_optional(conn)
    .await
    .map_err(StoreError::of("reading an account"))?
    .map(|row| {
        Ok(UserRow {
            user_id: columns::id(&row, "user_id")?,
            name: columns::value(&row, "name")?,
            kind: columns::value(&row, "kind")?,
            password_hash: columns::value(&row, "password_hash")?,
            disabled_at: columns::value(&row, "disabled_at")?,
            password_must_change: columns::value::<i64>(&row, "password_must_change")? == 1,
        })
    })
    .transpose()
}

/// The name of an account.
pub async fn name_of(conn: &mut AnyConnection, user: Uuid) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("SELECT name FROM users WHERE user_id = $1")
        .bind(user.as_bytes().to_vec())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an account's name"))
}

/// (controller, role) pairs of an account, in a fixed order.
pub async fn grants(conn: &mut AnyConnection, user: Uuid) -> Result<Vec<(String, String)>, StoreError> {
    sqlx::query("SELECT controller, role FROM user_roles WHERE user_id = $1 ORDER BY controller, role")
        .bind(user.as_bytes().to_vec())
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading roles"))?
        .iter()
        .map(|row| Ok((columns::value(row, "controller")?, columns::value(row, "role")?)))
        .collect()
}

/// (failures, first, last) remembered of an account or address. Its row is locked until the transaction ends, made if need
/// be: of many attempts at once each must see the one before.
pub async fn lock_failures(tx: &mut AnyConnection, subject: &Sha256) -> Result<(i64, i64, i64), StoreError> {
    let row = sqlx::query(
        "INSERT INTO sign_in_failures (subject, failures, first_at, last_at) VALUES ($1, 0, 0, 0) \
         ON CONFLICT (subject) DO UPDATE SET failures = sign_in_failures.failures RETURNING failures, first_at, last_at",
    )
    .bind(subject.0.to_vec())
    .fetch_one(tx)
    .await
    .map_err(StoreError::of("reading failed sign-ins"))?;
    Ok((columns::value(&row, "failures")?, columns::value(&row, "first_at")?, columns::value(&row, "last_at")?))
}

/// Remembers (failures, first, last).
pub async fn set_failures(
    tx: &mut AnyConnection,
    subject: &Sha256,
    (failures, first_at, last_at): (i64, i64, i64),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sign_in_failures (subject, failures, first_at, last_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, first_at = excluded.first_at, \
         last_at = excluded.last_at",
    )
    .bind(subject.0.to_vec())
    .bind(failures)
    .bind(first_at)
    .bind(last_at)
    .execute(tx)
    .await
    .map_err(StoreError::of("remembering a failed sign-in"))?;
    Ok(())
}

/// Takes one failure back: the attempt turned out to be right.
pub async fn forgive(tx: &mut AnyConnection, subject: &Sha256, all: bool) -> Result<(), StoreError> {
    let text = if all {
        "UPDATE sign_in_failures SET failures = 0 WHERE subject = $1"
    } else {
        "UPDATE sign_in_failures SET failures = failures - 1 WHERE subject = $1 AND failures > 0"
    };
    sqlx::query(text)
        .bind(subject.0.to_vec())
        .execute(tx)
        .await
        .map_err(StoreError::of("forgiving a failed sign-in"))?;
    Ok(())
}
