//! Changes of shift at a desk: who handed over to whom, and what the next guard has to know. Never changed; the database refuses
//! one that is not between two guards in person.

use sqlx::AnyConnection;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};

/// A change of shift to be stored.
#[derive(Debug, Clone)]
pub struct NewHandover<'a> {
    /// Its id.
    pub handover: Uuid,
    /// Whose desk.
    pub controller: &'a str,
    /// The guard who goes: account, session.
    pub from: (Uuid, Uuid),
    /// The guard who comes: account, session.
    pub to: (Uuid, Uuid),
    /// How many people waited for a decision.
    pub waiting: i64,
    /// What the next guard has to know.
    pub note: Option<&'a str>,
    /// When.
    pub at: i64,
}

/// A change of shift as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverRow {
    /// Who went.
    pub from: String,
    /// Who came.
    pub to: String,
    /// How many people waited for a decision.
    pub waiting: i64,
    /// What the next guard has to know.
    pub note: Option<String>,
    /// When.
    pub at: i64,
}

/// Stores a change of shift.
pub async fn insert(conn: &mut AnyConnection, new: &NewHandover<'_>) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO shift_handovers (handover_id, controller, from_user, from_session, to_user, to_session, waiting, note, \
         handed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(bytes(new.handover))
    .bind(new.controller.to_owned())
    .bind(bytes(new.from.0))
    .bind(bytes(new.from.1))
    .bind(bytes(new.to.0))
    .bind(bytes(new.to.1))
    .bind(new.waiting)
    .bind(new.note.map(str::to_owned))
    .bind(new.at);
    run(conn, "storing a change of shift", query).await.map(|_| ())
}

/// The latest changes of shift of a controller, the latest first.
pub async fn latest(conn: &mut AnyConnection, controller: &str, limit: i64) -> Result<Vec<HandoverRow>, StoreError> {
    sqlx::query(
        "SELECT f.name AS from_name, t.name AS to_name, h.waiting, h.note, h.handed_at FROM shift_handovers h \
         JOIN users f ON f.user_id = h.from_user JOIN users t ON t.user_id = h.to_user \
         WHERE h.controller = $1 ORDER BY h.handed_at DESC, h.handover_id DESC LIMIT $2",
    )
    .bind(controller.to_owned())
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading changes of shift"))?
    .iter()
    .map(|row| {
        Ok(HandoverRow {
            from: columns::value(row, "from_name")?,
            to: columns::value(row, "to_name")?,
            waiting: columns::value(row, "waiting")?,
            note: columns::value(row, "note")?,
            at: columns::value(row, "handed_at")?,
        })
    })
    .collect()
}
