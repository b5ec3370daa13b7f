//! What guards said at the desk without deciding: that somebody is being looked into, that an alert was seen. Never changed;
//! the database refuses a mark without a guard, and one about something else than what is.

use contract::clock::UtcMicros;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::gate_decisions::GateDecisionRow;
use super::people::{bytes, run};
use super::{StoreError, columns};

/// A mark to be stored.
#[derive(Debug, Clone)]
pub struct NewMark<'a> {
    /// Its id.
    pub mark: Uuid,
    /// Whose data.
    pub controller: &'a str,
    /// The arrival.
    pub passage: Uuid,
    /// Of an alert: the tailgaters and the acts nobody decided that were seen. None: somebody is being looked into.
    pub seen: Option<(i64, i64)>,
    /// The guard.
    pub by: Uuid,
    /// The guard's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// Who looks into an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifying {
    /// The arrival.
    pub passage: Uuid,
    /// The guard's account.
    pub by: String,
    /// Since when.
    pub at: i64,
}

/// An alert nobody has seen yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// The arrival.
    pub passage: Uuid,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The gate.
    pub gate: String,
    /// When it was seen last.
    pub last_seen: i64,
    /// People who went through beyond those let in.
    pub tailgaters: i64,
    /// Acts of a door that nobody here decided.
    pub unknown_acts: i64,
}

/// Stores a mark.
pub async fn insert(conn: &mut AnyConnection, m: &NewMark<'_>) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO desk_marks (mark_id, controller, passage_id, kind, tailgaters, unknown_acts, marked_by, session_id, \
         marked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(bytes(m.mark))
    .bind(m.controller.to_owned())
    .bind(bytes(m.passage))
    .bind(if m.seen.is_some() { "alert_seen" } else { "verifying" })
    .bind(m.seen.map(|seen| seen.0))
    .bind(m.seen.map(|seen| seen.1))
    .bind(bytes(m.by))
    .bind(bytes(m.session))
    .bind(m.at);
    run(conn, "storing a mark of the desk", query).await.map(|_| ())
}

/// Who looks into which open arrival, the latest of each last.
pub async fn verifying(
    conn: &mut AnyConnection,
    controller: &str,
    since: UtcMicros,
) -> Result<Vec<Verifying>, StoreError> {
    sqlx::query(
        "SELECT m.passage_id, m.marked_at, u.name FROM desk_marks m JOIN users u ON u.user_id = m.marked_by \
         JOIN arrivals a ON a.passage_id = m.passage_id \
         WHERE a.controller = $1 AND a.state IN ('new', 'update') AND a.last_seen >= $2 AND a.replayed = 0 \
         AND m.kind = 'verifying' ORDER BY m.marked_at, m.mark_id",
    )
    .bind(controller.to_owned())
    .bind(since.0)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading who is being looked into"))?
    .iter()
    .map(|row| {
        Ok(Verifying {
            passage: columns::id(row, "passage_id")?,
            by: columns::value(row, "name")?,
            at: columns::value(row, "marked_at")?,
        })
    })
    .collect()
}

/// Marks about one arrival that say who looked into it, as decisions are listed.
pub async fn of_arrival(conn: &mut AnyConnection, passage: Uuid) -> Result<Vec<GateDecisionRow>, StoreError> {
    sqlx::query(
        "SELECT m.mark_id, m.marked_at, u.name FROM desk_marks m JOIN users u ON u.user_id = m.marked_by \
         WHERE m.passage_id = $1 AND m.kind = 'verifying' ORDER BY m.marked_at, m.mark_id",
    )
    .bind(bytes(passage))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading who looked into an arrival"))?
    .iter()
    .map(|row| {
        Ok(GateDecisionRow {
            decision: columns::id(row, "mark_id")?,
            verdict: "verifying".to_owned(),
            reason: None,
            note: None,
            by: columns::value(row, "name")?,
            at: columns::value(row, "marked_at")?,
        })
    })
    .collect()
}

/// Alerts of a controller that nobody has seen as they are now, the latest first.
pub async fn unseen_alerts(
    conn: &mut AnyConnection,
    controller: &str,
    since: UtcMicros,
    limit: i64,
) -> Result<Vec<AlertRow>, StoreError> {
    sqlx::query(
        "SELECT a.passage_id, a.site, a.node, a.gate, a.last_seen, a.tailgaters, a.unknown_acts FROM arrivals a \
         WHERE a.controller = $1 AND a.last_seen >= $2 AND (a.tailgaters > 0 OR a.unknown_acts > 0) AND a.replayed = 0 \
         AND NOT EXISTS (SELECT 1 FROM desk_marks m WHERE m.passage_id = a.passage_id AND m.kind = 'alert_seen' \
         AND m.tailgaters = a.tailgaters AND m.unknown_acts = a.unknown_acts) \
         ORDER BY a.last_seen DESC, a.passage_id DESC LIMIT $3",
    )
    .bind(controller.to_owned())
    .bind(since.0)
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading alerts at gates"))?
    .iter()
    .map(|row| {
        Ok(AlertRow {
            passage: columns::id(row, "passage_id")?,
            site: columns::value(row, "site")?,
            node: columns::value(row, "node")?,
            gate: columns::value(row, "gate")?,
            last_seen: columns::value(row, "last_seen")?,
            tailgaters: columns::value(row, "tailgaters")?,
            unknown_acts: columns::value(row, "unknown_acts")?,
        })
    })
    .collect()
}
