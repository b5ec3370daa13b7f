//! Suspicions and the decisions about them. A decision and the case's new state go in one transaction; the database itself
//! refuses the one without the other.

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::{StoreError, case_holds, columns};
use crate::cases::{HeldError, Hold};
use crate::vehicles::PlaceAndDay;

/// A case with its decision, if there is one.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Its id.
    pub id: Uuid,
    /// Its number for people.
    pub number: String,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The suspicion's passage: its pictures hang on it.
    pub suspicion_passage: Uuid,
    /// The vehicle's passage.
    pub vehicle_passage: Uuid,
    /// Code of the behaviour.
    pub violation: String,
    /// The rule.
    pub rule_id: String,
    /// Its version.
    pub rule_version: i64,
    /// Kind of vehicle.
    pub class: String,
    /// As people write it.
    pub plate_display: Option<String>,
    /// The node's own body, JSON.
    pub body: String,
    /// When it happened.
    pub occurred_at: i64,
    /// When it was recorded.
    pub recorded_at: i64,
    /// Where it stands.
    pub state: String,
    /// Grows with every change.
    pub version: i64,
    /// When the notice went out.
    pub notice_sent_at: Option<i64>,
    /// When its node took the suspicion back.
    pub retracted_at: Option<i64>,
    /// The decision.
    pub decision: Option<DecisionRow>,
    /// Who has it.
    pub hold: Hold,
}

/// A decision as stored.
#[derive(Debug, Clone)]
pub struct DecisionRow {
    /// The officer's account.
    pub decided_by: Uuid,
    /// The officer's name.
    pub decided_by_name: String,
    /// When.
    pub decided_at: i64,
    /// Why; rejections only.
    pub reason: Option<String>,
    /// Free note; rejections only.
    pub note: Option<String>,
    /// What was asked and answered, JSON; confirmations only.
    pub checklist: Option<String>,
}

/// What a decision writes.
#[derive(Debug, Clone)]
pub struct NewDecision<'a> {
    /// The case.
    pub case: Uuid,
    /// Whose it is.
    pub controller: &'a str,
    /// The version it was decided on.
    pub decided_on: i64,
    /// `confirmed` or `rejected`.
    pub verdict: &'a str,
    /// Why; rejections only.
    pub reason: Option<&'a str>,
    /// Free note.
    pub note: Option<&'a str>,
    /// What was ticked, JSON; confirmations only.
    pub checklist: Option<&'a str>,
    /// The officer's account.
    pub decided_by: Uuid,
    /// The officer's session.
    pub session: Uuid,
    /// When.
    pub at: i64,
}

const SELECT: &str = "SELECT c.id, c.number, c.site, c.node, c.camera, c.suspicion_passage, c.vehicle_passage, \
     c.violation, c.rule_id, c.rule_version, c.class, c.plate_display, c.body, c.occurred_at, c.recorded_at, c.state, \
     c.version, c.notice_sent_at, c.retracted_at, d.decided_by, d.decided_at, d.reason, d.note, d.checklist, \
     u.name AS decided_by_name";
const FROM: &str =
    "FROM cases c LEFT JOIN decisions d ON d.case_id = c.id LEFT JOIN users u ON u.user_id = d.decided_by";

fn select() -> String {
    format!("{SELECT}, {} {FROM} {}", case_holds::COLUMNS, case_holds::JOINS)
}

/// Cases of a controller in one state, at one place and day if given, oldest first, after `after` = (recorded, id).
pub async fn list(
    conn: &mut AnyConnection,
    controller: &str,
    state: &str,
    within: Option<&PlaceAndDay>,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<CaseRow>, StoreError> {
    let (site, from, to) = within.map_or(("", i64::MIN, i64::MAX), |w| (w.site.as_str(), w.from.0, w.to.0));
    let (after_at, after_id) = after.unwrap_or((i64::MIN, Uuid::nil()));
    let text = format!(
        "{} WHERE c.controller = $1 AND c.state = $2 \
         AND (c.recorded_at > $3 OR (c.recorded_at = $3 AND c.id > $4)) \
         AND ($6 = '' OR c.site = $6) AND c.occurred_at >= $7 AND c.occurred_at < $8 \
         ORDER BY c.recorded_at, c.id LIMIT $5",
        select()
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(state.to_owned())
        .bind(after_at)
        .bind(after_id.as_bytes().to_vec())
        .bind(limit)
        .bind(site.to_owned())
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("listing cases"))?
        .iter()
        .map(read)
        .collect()
}

/// How many cases of a controller wait for a decision, and when the newest of them was recorded.
pub async fn waiting(conn: &mut AnyConnection, controller: &str) -> Result<(i64, Option<i64>), StoreError> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n, MAX(recorded_at) AS newest FROM cases WHERE controller = $1 AND state = 'pending_review'",
    )
    .bind(controller.to_owned())
    .fetch_one(conn)
    .await
    .map_err(StoreError::of("counting waiting cases"))?;
    Ok((columns::value(&row, "n")?, columns::value(&row, "newest")?))
}

/// Waiting cases of a controller whose notice is due before `due_before`, the nearest first: how many, and the first `limit`.
pub async fn expiring(
    conn: &mut AnyConnection,
    controller: &str,
    due_before: i64,
    limit: i64,
) -> Result<(i64, Vec<CaseRow>), StoreError> {
    let doing = "reading what expires";
    let count = sqlx::query_scalar(
        "SELECT COUNT(*) FROM cases WHERE controller = $1 AND state = 'pending_review' AND due_notice_at < $2",
    )
    .bind(controller.to_owned())
    .bind(due_before)
    .fetch_one(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?;
    let text = format!(
        "{} WHERE c.controller = $1 AND c.state = 'pending_review' AND c.due_notice_at < $2 \
         ORDER BY c.due_notice_at, c.id LIMIT $3",
        select()
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(due_before)
        .bind(limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of(doing))?
        .iter()
        .map(read)
        .collect::<Result<_, _>>()?;
    Ok((count, rows))
}

/// One case of a controller.
pub async fn get(conn: &mut AnyConnection, controller: &str, id: Uuid) -> Result<Option<CaseRow>, StoreError> {
    let text = format!("{} WHERE c.controller = $1 AND c.id = $2", select());
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(id.as_bytes().to_vec())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading a case"))?
        .as_ref()
        .map(read)
        .transpose()
}

fn read(row: &AnyRow) -> Result<CaseRow, StoreError> {
    let decision = match columns::value::<Option<i64>>(row, "decided_at")? {
        None => None,
        Some(decided_at) => Some(DecisionRow {
            decided_by: columns::id(row, "decided_by")?,
            decided_by_name: columns::value(row, "decided_by_name")?,
            decided_at,
            reason: columns::value(row, "reason")?,
            note: columns::value(row, "note")?,
            checklist: columns::value(row, "checklist")?,
        }),
    };
    let state: String = columns::value(row, "state")?;
    Ok(CaseRow {
        id: columns::id(row, "id")?,
        number: columns::value(row, "number")?,
        site: columns::value(row, "site")?,
        node: columns::value(row, "node")?,
        camera: columns::value(row, "camera")?,
        suspicion_passage: columns::id(row, "suspicion_passage")?,
        vehicle_passage: columns::id(row, "vehicle_passage")?,
        violation: columns::value(row, "violation")?,
        rule_id: columns::value(row, "rule_id")?,
        rule_version: columns::value(row, "rule_version")?,
        class: columns::value(row, "class")?,
        plate_display: columns::value(row, "plate_display")?,
        body: columns::value(row, "body")?,
        occurred_at: columns::value(row, "occurred_at")?,
        recorded_at: columns::value(row, "recorded_at")?,
        version: columns::value(row, "version")?,
        notice_sent_at: columns::value(row, "notice_sent_at")?,
        retracted_at: columns::value(row, "retracted_at")?,
        decision,
        // What became of an assignment after the decision is nobody's business.
        hold: if state == "pending_review" { case_holds::read(row)? } else { Hold::default() },
        state,
    })
}

/// Notes that a picture of a case is served to a session. Before the bytes leave.
pub async fn note_served(
    tx: &mut AnyConnection,
    session: Uuid,
    case: Uuid,
    sha256: &Sha256,
    at: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO evidence_served (session_id, case_id, sha256, served_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT DO NOTHING",
    )
    .bind(session.as_bytes().to_vec())
    .bind(case.as_bytes().to_vec())
    .bind(sha256.0.to_vec())
    .bind(at)
    .execute(tx)
    .await
    .map_err(StoreError::of("noting served evidence"))?;
    Ok(())
}

/// The pictures of a case that were served to a session.
pub async fn served(conn: &mut AnyConnection, session: Uuid, case: Uuid) -> Result<Vec<Sha256>, StoreError> {
    sqlx::query("SELECT sha256 FROM evidence_served WHERE session_id = $1 AND case_id = $2")
        .bind(session.as_bytes().to_vec())
        .bind(case.as_bytes().to_vec())
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading served evidence"))?
        .iter()
        .map(|row| columns::hash(row, "sha256"))
        .collect()
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// It stands.
    Stored,
    /// The case is not what it was decided on any more.
    OtherVersion,
    /// Another officer has it.
    Held(HeldError),
}

/// Stores a decision and moves the case. Unless it is [`Decided::Stored`], nothing of this transaction may be committed.
pub async fn decide(tx: &mut AnyConnection, d: &NewDecision<'_>) -> Result<Decided, StoreError> {
    // Touching the row first takes its lock on both engines: of two officers one waits here, and then finds another version.
    let still = sqlx::query(
        "UPDATE cases SET updated_at = $1 WHERE id = $2 AND controller = $3 AND version = $4 AND state = 'pending_review'",
    )
    .bind(d.at)
    .bind(d.case.as_bytes().to_vec())
    .bind(d.controller.to_owned())
    .bind(d.decided_on)
    .execute(&mut *tx)
    .await
    .map_err(StoreError::of("locking a case"))?
    .rows_affected();
    if still != 1 {
        return Ok(Decided::OtherVersion);
    }
    // Looked at again under the lock: whoever took the case a moment ago is found here.
    let hold = case_holds::hold(&mut *tx, d.case).await?;
    if let Err(held) = hold.open_to(d.decided_by, UtcMicros(d.at)) {
        return Ok(Decided::Held(held));
    }
    sqlx::query(
        "INSERT INTO decisions (case_id, controller, decided_on, verdict, reason, note, checklist, decided_by, \
         session_id, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(d.case.as_bytes().to_vec())
    .bind(d.controller.to_owned())
    .bind(d.decided_on)
    .bind(d.verdict.to_owned())
    .bind(d.reason.map(str::to_owned))
    .bind(d.note.map(str::to_owned))
    .bind(d.checklist.map(str::to_owned))
    .bind(d.decided_by.as_bytes().to_vec())
    .bind(d.session.as_bytes().to_vec())
    .bind(d.at)
    .execute(&mut *tx)
    .await
    .map_err(StoreError::of("storing a decision"))?;
    let moved = sqlx::query(
        "UPDATE cases SET state = $1, version = version + 1, updated_at = $2 WHERE id = $3 AND version = $4",
    )
    .bind(d.verdict.to_owned())
    .bind(d.at)
    .bind(d.case.as_bytes().to_vec())
    .bind(d.decided_on)
    .execute(&mut *tx)
    .await
    .map_err(StoreError::of("moving a case"))?
    .rows_affected();
    case_holds::end_lease(tx, d.case).await?;
    Ok(if moved == 1 { Decided::Stored } else { Decided::OtherVersion })
}

/// That a notice was sent.
#[derive(Debug, Clone)]
pub struct NewNotice<'a> {
    /// The case.
    pub case: Uuid,
    /// Whose it is.
    pub controller: &'a str,
    /// The version it was noted on.
    pub noted_on: i64,
    /// When the notice went out.
    pub sent_at: i64,
    /// When the owner is to be warned.
    pub warning_due_at: Option<i64>,
    /// The officer's account.
    pub noted_by: Uuid,
    /// The officer's session.
    pub session: Uuid,
    /// Now.
    pub at: i64,
}

/// Notes that a notice was sent and starts its clock. `false` when the case is not what it was noted on any more: then
/// nothing of this transaction may be committed.
pub async fn note_notice(tx: &mut AnyConnection, n: &NewNotice<'_>) -> Result<bool, StoreError> {
    // The row's lock first, as in [`decide`].
    let still = sqlx::query(
        "UPDATE cases SET updated_at = $1 WHERE id = $2 AND controller = $3 AND version = $4 AND state = 'confirmed' \
         AND notice_sent_at IS NULL",
    )
    .bind(n.at)
    .bind(n.case.as_bytes().to_vec())
    .bind(n.controller.to_owned())
    .bind(n.noted_on)
    .execute(&mut *tx)
    .await
    .map_err(StoreError::of("locking a case"))?
    .rows_affected();
    if still != 1 {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO notices (case_id, controller, sent_at, noted_on, noted_by, session_id, noted_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(n.case.as_bytes().to_vec())
    .bind(n.controller.to_owned())
    .bind(n.sent_at)
    .bind(n.noted_on)
    .bind(n.noted_by.as_bytes().to_vec())
    .bind(n.session.as_bytes().to_vec())
    .bind(n.at)
    .execute(&mut *tx)
    .await
    .map_err(StoreError::of("noting a notice"))?;
    let moved = sqlx::query(
        "UPDATE cases SET notice_sent_at = $1, warning_due_at = $2, version = version + 1 WHERE id = $3 AND version = $4",
    )
    .bind(n.sent_at)
    .bind(n.warning_due_at)
    .bind(n.case.as_bytes().to_vec())
    .bind(n.noted_on)
    .execute(tx)
    .await
    .map_err(StoreError::of("starting the clock of a notice"))?
    .rows_affected();
    Ok(moved == 1)
}
