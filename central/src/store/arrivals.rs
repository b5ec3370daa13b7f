//! The access log: arrivals as nodes say them, what doors did, and which pictures were served to whom. No face, no name: whose
//! likeness it was stands here as an opaque id only.

use contract::clock::UtcMicros;
use contract::event::{AccessBody, DoorCause};
use contract::signature::Sha256;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::people::{bytes, run};
use super::{StoreError, columns};
use crate::correlation::{Arrival, state_word, word};
use crate::vehicles::PlaceAndDay;

/// An arrival as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivalRow {
    /// The passage.
    pub passage: Uuid,
    /// Its revision: to be quoted by a decision.
    pub revision: i64,
    /// `new`, `update`, `final`, `retracted`.
    pub state: String,
    /// Why it ended.
    pub end: Option<String>,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The gate.
    pub gate: String,
    /// `person` or `door`.
    pub subject: String,
    /// First seen.
    pub first_seen: i64,
    /// Last seen.
    pub last_seen: i64,
    /// Hash of the picture the node holds in memory.
    pub look: Option<Sha256>,
    /// `admit` or `verify`.
    pub verdict: Option<String>,
    /// Why a person has to decide, JSON.
    pub reasons: String,
    /// Whose likeness it is.
    pub enrolment: Option<Uuid>,
    /// How sure.
    pub sureness: Option<String>,
    /// Face or picture of a face.
    pub liveness: Option<String>,
    /// The request that is outstanding.
    pub request: Option<Uuid>,
    /// The run of the node's process.
    pub boot: Uuid,
    /// People who went through beyond those let in.
    pub tailgaters: i64,
    /// Made from a file.
    pub replayed: bool,
    /// Acts of a door on decisions nobody here made.
    pub unknown_acts: i64,
}

/// What a door did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActRow {
    /// When.
    pub at: i64,
    /// `admit` or `decision`.
    pub cause: String,
    /// Whose decision.
    pub decision: Option<Uuid>,
    /// `opened`, …
    pub outcome: String,
    /// The door is a simulator.
    pub simulated: bool,
}

/// Writes arrivals of a batch; the highest revision wins in any order.
pub(super) async fn apply(conn: &mut AnyConnection, arrivals: &[Arrival], now: UtcMicros) -> Result<(), StoreError> {
    for arrival in arrivals {
        upsert(conn, arrival, now).await?;
        acts(conn, arrival).await?;
    }
    Ok(())
}

async fn upsert(conn: &mut AnyConnection, arrival: &Arrival, now: UtcMicros) -> Result<(), StoreError> {
    let AccessBody { gate, subject, first_seen, last_seen, look, answer, request, tailgaters, .. } = &arrival.body;
    let answer = answer.as_ref();
    let query = sqlx::query(
        "INSERT INTO arrivals (passage_id, revision, state, end_reason, site, node, camera, controller, gate, subject, \
         first_seen, last_seen, look, verdict, reasons, enrolment_id, sureness, agreeing_frames, liveness, request_id, ask_id, \
         asked_monotonic_us, boot_id, tailgaters, replayed, event_id, received_at, updated_at) VALUES ($1, $2, $3, $4, $5, \
         $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28) \
         ON CONFLICT (passage_id) DO UPDATE SET revision = excluded.revision, state = excluded.state, \
         end_reason = excluded.end_reason, gate = excluded.gate, subject = excluded.subject, \
         first_seen = excluded.first_seen, last_seen = excluded.last_seen, look = excluded.look, \
         verdict = excluded.verdict, reasons = excluded.reasons, enrolment_id = excluded.enrolment_id, \
         sureness = excluded.sureness, agreeing_frames = excluded.agreeing_frames, liveness = excluded.liveness, \
         request_id = excluded.request_id, ask_id = excluded.ask_id, asked_monotonic_us = excluded.asked_monotonic_us, \
         boot_id = excluded.boot_id, tailgaters = excluded.tailgaters, replayed = excluded.replayed, \
         event_id = excluded.event_id, updated_at = excluded.updated_at \
         WHERE excluded.revision > arrivals.revision AND excluded.site = arrivals.site AND excluded.node = arrivals.node",
    )
    .bind(bytes(arrival.passage_id.0))
    .bind(i64::from(arrival.revision))
    .bind(state_word(arrival.state))
    .bind(arrival.end)
    .bind(arrival.place.site.clone())
    .bind(arrival.place.node.clone())
    .bind(arrival.place.camera.clone())
    .bind(arrival.place.controller.clone())
    .bind(gate.as_str().to_owned())
    .bind(word(subject))
    .bind(first_seen.0)
    .bind(last_seen.0)
    .bind(look.map(|look| look.0.to_vec()))
    .bind(answer.map(|a| word(&a.verdict)))
    .bind(serde_json::to_string(&answer.map(|a| a.reasons.as_slice()).unwrap_or_default()).unwrap_or_default())
    .bind(answer.and_then(|a| a.enrolment).map(|e| bytes(e.0)))
    .bind(answer.map(|a| word(&a.sureness)))
    .bind(answer.map(|a| i64::from(a.agreeing_frames)))
    .bind(answer.map(|a| word(&a.liveness)))
    .bind(request.as_ref().map(|r| bytes(r.id.0)))
    .bind(request.as_ref().and_then(|r| r.ask).map(|ask| bytes(ask.0)))
    .bind(request.as_ref().map(|r| r.asked_monotonic_us))
    .bind(bytes(arrival.boot_id.0))
    .bind(i64::from(*tailgaters))
    .bind(i64::from(arrival.replayed))
    .bind(bytes(arrival.event_id))
    .bind(now.0)
    .bind(now.0);
    run(conn, "writing an arrival", query).await.map(|_| ())
}

/// A door's act on a decision that is not here is not believed: it is counted and shown, and the event itself is kept.
pub(super) async fn acts(conn: &mut AnyConnection, arrival: &Arrival) -> Result<(), StoreError> {
    for (i, act) in arrival.body.acts.iter().enumerate() {
        let (cause, decision) = match act.cause {
            DoorCause::Admit => ("admit", None),
            DoorCause::Decision(id) => ("decision", Some(id.0)),
        };
        let query = sqlx::query(
            "INSERT INTO door_acts (passage_id, position, at, cause, decision_id, outcome, simulated) \
             SELECT a.passage_id, $2, $3, $4, $5, $6, $7 FROM arrivals a WHERE a.passage_id = $1 AND a.site = $8 AND a.node = $9 \
             AND ($4 = 'admit' OR EXISTS (SELECT 1 FROM gate_decisions d WHERE d.decision_id = $5 AND d.site = $8 \
             AND d.node = $9 AND d.verdict IN ('admit', 'open')) OR EXISTS (SELECT 1 FROM site_decisions d \
             WHERE d.decision_id = $5 AND d.site = $8 AND d.node = $9 AND d.verdict IN ('admit', 'open'))) \
             ON CONFLICT (passage_id, position) DO UPDATE SET outcome = excluded.outcome \
             WHERE door_acts.cause = excluded.cause",
        )
        .bind(bytes(arrival.passage_id.0))
        .bind(i64::try_from(i).unwrap_or(i64::MAX))
        .bind(act.at.0)
        .bind(cause.to_owned())
        .bind(decision.map(bytes))
        .bind(word(&act.outcome))
        .bind(i64::from(act.simulated))
        .bind(arrival.place.site.clone())
        .bind(arrival.place.node.clone());
        if run(conn, "writing a door's act", query).await? == 0 && decision.is_some() {
            let query =
                sqlx::query("UPDATE arrivals SET unknown_acts = 1 WHERE passage_id = $1 AND site = $2 AND node = $3")
                    .bind(bytes(arrival.passage_id.0))
                    .bind(arrival.place.site.clone())
                    .bind(arrival.place.node.clone());
            run(conn, "noting a door's act nobody decided", query).await?;
        }
    }
    Ok(())
}

const SELECT: &str = "SELECT passage_id, revision, state, end_reason, site, node, camera, gate, subject, first_seen, \
    last_seen, look, verdict, reasons, enrolment_id, sureness, liveness, request_id, boot_id, tailgaters, replayed, \
    unknown_acts FROM arrivals";

/// One arrival of a controller.
pub async fn get(conn: &mut AnyConnection, controller: &str, passage: Uuid) -> Result<Option<ArrivalRow>, StoreError> {
    let text = format!("{SELECT} WHERE controller = $1 AND passage_id = $2");
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(bytes(passage))
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an arrival"))?
        .as_ref()
        .map(read)
        .transpose()
}

/// Arrivals of a controller that are not over, seen since `since`, newest first.
pub async fn open(
    conn: &mut AnyConnection,
    controller: &str,
    since: UtcMicros,
    limit: i64,
) -> Result<Vec<ArrivalRow>, StoreError> {
    let text = format!(
        "{SELECT} WHERE controller = $1 AND state IN ('new', 'update') AND last_seen >= $2 AND replayed = 0 \
         ORDER BY last_seen DESC, passage_id DESC LIMIT $3"
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(since.0)
        .bind(limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading who stands at gates"))?
        .iter()
        .map(read)
        .collect()
}

/// Arrivals at one place and within a day, newest first, before `before` = (first seen, passage).
pub async fn search(
    conn: &mut AnyConnection,
    controller: &str,
    within: &PlaceAndDay,
    (gate, verdict): (Option<&str>, Option<&str>),
    before: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<ArrivalRow>, StoreError> {
    let (before_at, before_id) = before.unwrap_or((i64::MAX, Uuid::max()));
    let text = format!(
        "{SELECT} WHERE controller = $1 AND site = $2 AND first_seen >= $3 AND first_seen < $4 AND ($5 = '' OR gate = $5) \
         AND ($6 = '' OR verdict = $6) AND (first_seen < $7 OR (first_seen = $7 AND passage_id < $8)) \
         ORDER BY first_seen DESC, passage_id DESC LIMIT $9"
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(within.site.to_string())
        .bind(within.from.0)
        .bind(within.to.0)
        .bind(gate.unwrap_or_default().to_owned())
        .bind(verdict.unwrap_or_default().to_owned())
        .bind(before_at)
        .bind(bytes(before_id))
        .bind(limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("searching arrivals"))?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &AnyRow) -> Result<ArrivalRow, StoreError> {
    let maybe_id = |column: &'static str| -> Result<Option<Uuid>, StoreError> {
        columns::value::<Option<Vec<u8>>>(row, column)?.map(|b| super::id(&b, column)).transpose()
    };
    let look: Option<Vec<u8>> = columns::value(row, "look")?;
    Ok(ArrivalRow {
        passage: columns::id(row, "passage_id")?,
        revision: columns::value(row, "revision")?,
        state: columns::value(row, "state")?,
        end: columns::value(row, "end_reason")?,
        site: columns::value(row, "site")?,
        node: columns::value(row, "node")?,
        camera: columns::value(row, "camera")?,
        gate: columns::value(row, "gate")?,
        subject: columns::value(row, "subject")?,
        first_seen: columns::value(row, "first_seen")?,
        last_seen: columns::value(row, "last_seen")?,
        look: look.map(|b| super::hash(&b, "arrivals.look")).transpose()?,
        verdict: columns::value(row, "verdict")?,
        reasons: columns::value(row, "reasons")?,
        enrolment: maybe_id("enrolment_id")?,
        sureness: columns::value(row, "sureness")?,
        liveness: columns::value(row, "liveness")?,
        request: maybe_id("request_id")?,
        boot: columns::id(row, "boot_id")?,
        tailgaters: columns::value(row, "tailgaters")?,
        replayed: columns::value::<i64>(row, "replayed")? != 0,
        unknown_acts: columns::value(row, "unknown_acts")?,
    })
}

/// What doors did in an arrival, in order.
pub async fn acts_of(conn: &mut AnyConnection, passage: Uuid) -> Result<Vec<ActRow>, StoreError> {
    sqlx::query(
        "SELECT at, cause, decision_id, outcome, simulated FROM door_acts WHERE passage_id = $1 ORDER BY position",
    )
    .bind(bytes(passage))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading what doors did"))?
    .iter()
    .map(|row| {
        let decision: Option<Vec<u8>> = columns::value(row, "decision_id")?;
        Ok(ActRow {
            at: columns::value(row, "at")?,
            cause: columns::value(row, "cause")?,
            decision: decision.map(|b| super::id(&b, "door_acts.decision_id")).transpose()?,
            outcome: columns::value(row, "outcome")?,
            simulated: columns::value::<i64>(row, "simulated")? != 0,
        })
    })
    .collect()
}

/// Somebody, or nobody in particular, for whom a door opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetIn {
    /// When.
    pub at: i64,
    /// The gate.
    pub gate: String,
    /// The enrolled person the machine let in; none for whoever a guard let in, whatever likeness was seen.
    pub enrolment: Option<Uuid>,
    /// A guard opened the door by hand, with nobody before it.
    pub by_hand: bool,
}

/// For whom doors of a place opened since then, the latest first.
pub async fn let_in(
    conn: &mut AnyConnection,
    controller: &str,
    site: &str,
    since: UtcMicros,
    limit: i64,
) -> Result<Vec<LetIn>, StoreError> {
    sqlx::query(
        "SELECT x.at, a.gate, a.subject, CASE WHEN x.cause = 'admit' THEN a.enrolment_id END AS enrolment_id \
         FROM arrivals a JOIN door_acts x ON x.passage_id = a.passage_id \
         WHERE a.controller = $1 AND a.site = $2 AND a.first_seen >= $3 AND a.replayed = 0 \
         AND x.outcome IN ('opened', 'accepted') ORDER BY x.at DESC, a.passage_id LIMIT $4",
    )
    .bind(controller.to_owned())
    .bind(site.to_owned())
    .bind(since.0)
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading who was let in"))?
    .iter()
    .map(|row| {
        let enrolment: Option<Vec<u8>> = columns::value(row, "enrolment_id")?;
        Ok(LetIn {
            at: columns::value(row, "at")?,
            gate: columns::value(row, "gate")?,
            enrolment: enrolment.map(|b| super::id(&b, "arrivals.enrolment_id")).transpose()?,
            by_hand: columns::value::<String>(row, "subject")? == "door",
        })
    })
    .collect()
}

/// Notes that the picture of an arrival is served to a session. Before its bytes leave.
pub async fn note_look(
    conn: &mut AnyConnection,
    session: Uuid,
    passage: Uuid,
    look: &Sha256,
    at: i64,
) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO looks_served (session_id, passage_id, look, served_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(bytes(session))
    .bind(bytes(passage))
    .bind(look.0.to_vec())
    .bind(at);
    run(conn, "noting a served picture", query).await.map(|_| ())
}

/// Was this picture of an arrival served to this session?
pub async fn was_served(
    conn: &mut AnyConnection,
    session: Uuid,
    passage: Uuid,
    look: &Sha256,
) -> Result<bool, StoreError> {
    let rows: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM looks_served WHERE session_id = $1 AND passage_id = $2 AND look = $3")
            .bind(bytes(session))
            .bind(bytes(passage))
            .bind(look.0.to_vec())
            .fetch_one(conn)
            .await
            .map_err(StoreError::of("looking for a served picture"))?;
    Ok(rows > 0)
}
