//! How long a body keeps a class of data, as its administrator said: versions, each with its reason and the moment from which it
//! is in force. Never changed; what holds is worked out by `privacy/bounds.rs`.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};

/// A version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingRow {
    /// Which class.
    pub class: String,
    /// The first is 1.
    pub version: i64,
    /// How many days.
    pub days: i64,
    /// Why.
    pub reason: String,
    /// In force from then on.
    pub from: i64,
    /// Who said so.
    pub by: String,
    /// When it was said.
    pub set_at: i64,
}

/// A version to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewSetting<'a> {
    /// Whose data.
    pub controller: &'a str,
    /// Which class.
    pub class: &'a str,
    /// The number after the last.
    pub version: i64,
    /// How many days.
    pub days: i64,
    /// Why.
    pub reason: &'a str,
    /// In force from then on.
    pub from: i64,
    /// The administrator.
    pub by: Uuid,
    /// The administrator's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// Every version of a controller, in order of class and number.
pub async fn of_controller(conn: &mut AnyConnection, controller: &str) -> Result<Vec<SettingRow>, StoreError> {
    sqlx::query(
        "SELECT r.data_class, r.version, r.days, r.reason, r.from_at, r.set_at, u.name FROM retention_settings r \
         JOIN users u ON u.user_id = r.set_by WHERE r.controller = $1 ORDER BY r.data_class, r.version",
    )
    .bind(controller.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading times of retention"))?
    .iter()
    .map(|row| {
        Ok(SettingRow {
            class: columns::value(row, "data_class")?,
            version: columns::value(row, "version")?,
            days: columns::value(row, "days")?,
            reason: columns::value(row, "reason")?,
            from: columns::value(row, "from_at")?,
            by: columns::value(row, "name")?,
            set_at: columns::value(row, "set_at")?,
        })
    })
    .collect()
}

/// Stores a version; false when somebody else's has this number already.
pub async fn insert(conn: &mut AnyConnection, new: &NewSetting<'_>) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "INSERT INTO retention_settings (controller, data_class, version, days, reason, from_at, set_by, session_id, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
    )
    .bind(new.controller.to_owned())
    .bind(new.class.to_owned())
    .bind(new.version)
    .bind(new.days)
    .bind(new.reason.to_owned())
    .bind(new.from)
    .bind(bytes(new.by))
    .bind(bytes(new.session))
    .bind(new.at);
    Ok(run(conn, "storing a time of retention", query).await? == 1)
}
