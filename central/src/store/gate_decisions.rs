//! What guards decided at gates. Never changed; the database refuses one without a guard, and one about something else than
//! what is.

use contract::signature::Sha256;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};

/// A decision to be stored.
#[derive(Debug, Clone)]
pub struct NewGateDecision<'a> {
    /// Its id.
    pub decision: Uuid,
    /// Whose data.
    pub controller: &'a str,
    /// The place.
    pub site: &'a str,
    /// The node.
    pub node: &'a str,
    /// The gate.
    pub gate: &'a str,
    /// `admit`, `refuse`, `not_this_person` or `open`.
    pub verdict: &'a str,
    /// The arrival; none for a door opened by hand.
    pub passage: Option<Uuid>,
    /// Its revision as quoted.
    pub revision: Option<i64>,
    /// Its picture as quoted.
    pub look: Option<Sha256>,
    /// The request it answers.
    pub request: Option<Uuid>,
    /// The question to the node; for a door opened by hand.
    pub ask: Option<Uuid>,
    /// Why.
    pub reason: Option<&'a str>,
    /// Free note.
    pub note: Option<&'a str>,
    /// The guard.
    pub by: Uuid,
    /// The guard's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

/// A decision as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateDecisionRow {
    /// Its id.
    pub decision: Uuid,
    /// `admit`, `refuse`, `not_this_person`, `open`, or `verifying`: no decision, but who looked into it.
    pub verdict: String,
    /// Why.
    pub reason: Option<String>,
    /// Free note.
    pub note: Option<String>,
    /// The guard's account.
    pub by: String,
    /// When.
    pub at: i64,
}

/// Stores a decision. Take the arrival's lock first ([`lock`]).
pub async fn insert(conn: &mut AnyConnection, d: &NewGateDecision<'_>) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO gate_decisions (decision_id, controller, site, node, gate, verdict, passage_id, revision, look, \
         request_id, ask_id, reason, note, decided_by, session_id, decided_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(bytes(d.decision))
    .bind(d.controller.to_owned())
    .bind(d.site.to_owned())
    .bind(d.node.to_owned())
    .bind(d.gate.to_owned())
    .bind(d.verdict.to_owned())
    .bind(d.passage.map(bytes))
    .bind(d.revision)
    .bind(d.look.map(|look| look.0.to_vec()))
    .bind(d.request.map(bytes))
    .bind(d.ask.map(bytes))
    .bind(d.reason.map(str::to_owned))
    .bind(d.note.map(str::to_owned))
    .bind(bytes(d.by))
    .bind(bytes(d.session))
    .bind(d.at);
    run(conn, "storing a decision at a gate", query).await.map(|_| ())
}

/// Takes an arrival's lock if it still has this revision: of two guards one waits here, and a new word of the node too.
pub async fn lock(
    conn: &mut AnyConnection,
    controller: &str,
    passage: Uuid,
    revision: i64,
    at: i64,
) -> Result<bool, StoreError> {
    let query =
        sqlx::query("UPDATE arrivals SET updated_at = $1 WHERE passage_id = $2 AND controller = $3 AND revision = $4")
            .bind(at)
            .bind(bytes(passage))
            .bind(controller.to_owned())
            .bind(revision);
    Ok(run(conn, "locking an arrival", query).await? == 1)
}

/// What was decided about an arrival, or by the question it answers, and who looked into it; in order.
pub async fn of_arrival(conn: &mut AnyConnection, passage: Uuid) -> Result<Vec<GateDecisionRow>, StoreError> {
    let told = super::site_decisions::of_arrival(&mut *conn, passage).await?;
    let marked = super::desk_marks::of_arrival(&mut *conn, passage).await?;
    let here: Result<Vec<_>, StoreError> = sqlx::query(
        "SELECT d.decision_id, d.verdict, d.reason, d.note, d.decided_at, u.name FROM gate_decisions d \
         JOIN users u ON u.user_id = d.decided_by WHERE d.passage_id = $1 OR d.decision_id IN \
         (SELECT x.decision_id FROM door_acts x WHERE x.passage_id = $1) ORDER BY d.decided_at, d.decision_id",
    )
    .bind(bytes(passage))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading decisions at a gate"))?
    .iter()
    .map(|row| {
        Ok(GateDecisionRow {
            decision: columns::id(row, "decision_id")?,
            verdict: columns::value(row, "verdict")?,
            reason: columns::value(row, "reason")?,
            note: columns::value(row, "note")?,
            by: columns::value(row, "name")?,
            at: columns::value(row, "decided_at")?,
        })
    })
    .collect();
    // Decided here, or at the site's own centre: never both.
    let mut all: Vec<_> = here?.into_iter().chain(told).chain(marked).collect();
    all.sort_by_key(|said| said.at);
    Ok(all)
}

/// Was a request answered with another verdict?
pub async fn answered_otherwise(conn: &mut AnyConnection, request: Uuid, verdict: &str) -> Result<bool, StoreError> {
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM gate_decisions WHERE request_id = $1 AND verdict <> $2")
        .bind(bytes(request))
        .bind(verdict.to_owned())
        .fetch_one(conn)
        .await
        .map_err(StoreError::of("looking for another answer"))?;
    Ok(rows > 0)
}
