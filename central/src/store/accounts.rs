//! Accounts as their administrators see them: of one controller, with the roles held there and no others.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::{StoreError, columns};

/// An account.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// Its id.
    pub user_id: Uuid,
    /// Its name.
    pub name: String,
    /// `person` or `service`.
    pub kind: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was locked.
    pub disabled_at: Option<i64>,
    /// The password is one an administrator was shown.
    pub password_must_change: bool,
    /// A second factor is enrolled.
    pub has_second_factor: bool,
    /// When a session of it was used last.
    pub last_seen_at: Option<i64>,
    /// It holds roles at another controller too.
    pub elsewhere: bool,
}

const COLUMNS: &str = "SELECT u.user_id, u.name, u.kind, u.created_at, u.disabled_at, u.password_must_change, t.confirmed_at, \
     (SELECT MAX(s.last_seen_at) FROM sessions s WHERE s.user_id = u.user_id) AS last_seen_at, \
     (SELECT COUNT(*) FROM user_roles o WHERE o.user_id = u.user_id AND o.controller <> $1) AS elsewhere \
     FROM users u LEFT JOIN user_totp t ON t.user_id = u.user_id \
     WHERE EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.user_id AND r.controller = $1)";

fn read(row: &sqlx::any::AnyRow) -> Result<AccountRow, StoreError> {
    Ok(AccountRow {
        user_id: columns::id(row, "user_id")?,
        name: columns::value(row, "name")?,
        kind: columns::value(row, "kind")?,
        created_at: columns::value(row, "created_at")?,
        disabled_at: columns::value(row, "disabled_at")?,
        password_must_change: columns::value::<i64>(row, "password_must_change")? == 1,
        has_second_factor: columns::value::<Option<i64>>(row, "confirmed_at")?.is_some(),
        last_seen_at: columns::value(row, "last_seen_at")?,
        elsewhere: columns::value::<i64>(row, "elsewhere")? > 0,
    })
}

/// Accounts with a role at a controller whose names follow `after`, by name.
pub async fn list(
    conn: &mut AnyConnection,
    controller: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<AccountRow>, StoreError> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} AND u.name > $2 ORDER BY u.name LIMIT $3")))
        .bind(controller.to_owned())
        .bind(after.to_owned())
        .bind(limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("listing accounts"))?
        .iter()
        .map(read)
        .collect()
}

/// One account, if it has a role at the controller.
pub async fn one(conn: &mut AnyConnection, controller: &str, user: Uuid) -> Result<Option<AccountRow>, StoreError> {
    sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} AND u.user_id = $2")))
        .bind(controller.to_owned())
        .bind(user.as_bytes().to_vec())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an account"))?
        .map(|row| read(&row))
        .transpose()
}

/// Is there a controller where `user` has a role and `by` is no administrator?
pub async fn is_beyond(conn: &mut AnyConnection, user: Uuid, by: Uuid) -> Result<bool, StoreError> {
    let found: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM user_roles r WHERE r.user_id = $1 AND NOT EXISTS (SELECT 1 FROM user_roles a \
         WHERE a.user_id = $2 AND a.controller = r.controller AND a.role = 'administrator')",
    )
    .bind(user.as_bytes().to_vec())
    .bind(by.as_bytes().to_vec())
    .fetch_one(conn)
    .await
    .map_err(StoreError::of("comparing the bodies of two accounts"))?;
    Ok(found > 0)
}
