//! Watch entries. What the desk has to know of one is sealed; pictures, templates and gates stand where those of the enrolled
//! do, by the entry's id.

use contract::clock::UtcMicros;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};

/// An entry to be proposed.
#[derive(Debug, Clone)]
pub struct NewWatch<'a> {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub controller: &'a str,
    /// What the desk has to know, sealed.
    pub label_sealed: Vec<u8>,
    /// On what it rests.
    pub basis: &'a str,
    /// When it ends.
    pub expires_at: i64,
    /// Who proposes.
    pub by: Uuid,
    /// In which session.
    pub session: Option<Uuid>,
    /// When.
    pub at: i64,
}

/// An entry as stored.
#[derive(Debug, Clone)]
pub struct WatchRow {
    /// Its id.
    pub id: Uuid,
    /// Where it stands.
    pub state: String,
    /// On what it rests.
    pub basis: String,
    /// When it ends.
    pub expires_at: i64,
    /// Who proposed.
    pub proposed_by: Uuid,
    /// Who approved.
    pub approved_by: Option<Uuid>,
    /// What the desk has to know, sealed; none once it ended.
    pub label_sealed: Option<Vec<u8>>,
    /// Its data key, wrapped; none once it ended.
    pub wrapped: Option<Vec<u8>>,
}

/// Adds a proposal.
pub async fn insert(conn: &mut AnyConnection, w: &NewWatch<'_>) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO watch_entries (enrolment_id, controller, state, label_sealed, basis, expires_at, proposed_by, \
         proposed_session, proposed_at) VALUES ($1, $2, 'proposed', $3, $4, $5, $6, $7, $8)",
    )
    .bind(bytes(w.id))
    .bind(w.controller.to_owned())
    .bind(w.label_sealed.clone())
    .bind(w.basis.to_owned())
    .bind(w.expires_at)
    .bind(bytes(w.by))
    .bind(w.session.map(bytes))
    .bind(w.at);
    run(conn, "proposing a watch entry", query).await.map(|_| ())
}

const SELECT: &str = "SELECT w.enrolment_id, w.state, w.basis, w.expires_at, w.proposed_by, w.approved_by, \
    w.label_sealed, k.wrapped FROM watch_entries w LEFT JOIN data_keys k ON k.subject_id = w.enrolment_id";

/// One entry of a controller.
pub async fn get(conn: &mut AnyConnection, controller: &str, id: Uuid) -> Result<Option<WatchRow>, StoreError> {
    let text = format!("{SELECT} WHERE w.controller = $1 AND w.enrolment_id = $2");
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(bytes(id))
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading a watch entry"))?
        .as_ref()
        .map(read)
        .transpose()
}

/// Every entry of a controller that has not ended.
pub async fn list(conn: &mut AnyConnection, controller: &str) -> Result<Vec<WatchRow>, StoreError> {
    let text =
        format!("{SELECT} WHERE w.controller = $1 AND w.state IN ('proposed', 'approved') ORDER BY w.enrolment_id");
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("listing watch entries"))?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &AnyRow) -> Result<WatchRow, StoreError> {
    let approved_by: Option<Vec<u8>> = columns::value(row, "approved_by")?;
    Ok(WatchRow {
        id: columns::id(row, "enrolment_id")?,
        state: columns::value(row, "state")?,
        basis: columns::value(row, "basis")?,
        expires_at: columns::value(row, "expires_at")?,
        proposed_by: columns::id(row, "proposed_by")?,
        approved_by: approved_by.map(|b| super::id(&b, "watch_entries.approved_by")).transpose()?,
        label_sealed: columns::value(row, "label_sealed")?,
        wrapped: columns::value(row, "wrapped")?,
    })
}

/// How many of a controller's entries have not ended.
pub async fn open(conn: &mut AnyConnection, controller: &str) -> Result<i64, StoreError> {
    sqlx::query_scalar("SELECT COUNT(*) FROM watch_entries WHERE controller = $1 AND state IN ('proposed', 'approved')")
        .bind(controller.to_owned())
        .fetch_one(conn)
        .await
        .map_err(StoreError::of("counting watch entries"))
}

/// Approves a proposal; false when it is none any more.
pub async fn approve(
    conn: &mut AnyConnection,
    id: Uuid,
    by: Uuid,
    session: Option<Uuid>,
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE watch_entries SET state = 'approved', approved_by = $1, approved_session = $2, approved_at = $3 \
         WHERE enrolment_id = $4 AND state = 'proposed'",
    )
    .bind(bytes(by))
    .bind(session.map(bytes))
    .bind(at)
    .bind(bytes(id));
    Ok(run(conn, "approving a watch entry", query).await? == 1)
}

/// Ends an entry and empties what it said.
pub async fn end(
    conn: &mut AnyConnection,
    id: Uuid,
    state: &str,
    by: Option<Uuid>,
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE watch_entries SET state = $1, ended_by = $2, ended_at = $3, label_sealed = NULL \
         WHERE enrolment_id = $4 AND state IN ('proposed', 'approved')",
    )
    .bind(state.to_owned())
    .bind(by.map(bytes))
    .bind(at)
    .bind(bytes(id));
    Ok(run(conn, "ending a watch entry", query).await? == 1)
}

/// Entries whose time is over: (controller, id).
pub async fn over(conn: &mut AnyConnection, now: UtcMicros) -> Result<Vec<(String, Uuid)>, StoreError> {
    sqlx::query(
        "SELECT controller, enrolment_id FROM watch_entries WHERE state IN ('proposed', 'approved') AND expires_at <= $1",
    )
    .bind(now.0)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for watch entries that are over"))?
    .iter()
    .map(|row| Ok((columns::value(row, "controller")?, columns::id(row, "enrolment_id")?)))
    .collect()
}
