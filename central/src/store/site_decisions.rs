//! What guards decided at sites that have a centre of their own, as those sites tell it. Never changed. A door's act that came
//! before the decision it names is looked at again when the decision is there.

use contract::clock::UtcMicros;
use contract::event::Envelope;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::gate_decisions::GateDecisionRow;
use super::people::{bytes, run};
use super::{StoreError, columns};
use crate::correlation::{Projection, SiteDecision, project};

/// Writes what sites told in a batch. What is told by somebody who does not speak for that site writes nothing; the event
/// itself is kept.
pub(super) async fn apply(
    conn: &mut AnyConnection,
    decisions: &[SiteDecision],
    now: UtcMicros,
) -> Result<(), StoreError> {
    for decision in decisions {
        if insert(conn, decision, now).await? {
            look_again(conn, decision).await?;
        }
    }
    Ok(())
}

async fn insert(conn: &mut AnyConnection, told: &SiteDecision, now: UtcMicros) -> Result<bool, StoreError> {
    let d = &told.body;
    let query = sqlx::query(
        "INSERT INTO site_decisions (decision_id, controller, site, node, gate, verdict, passage_id, revision, look, \
         request_id, ask_id, reason, note, officer, decided_at, told_by, event_id, received_at) \
         SELECT $1, $2, n.site, n.node, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 FROM nodes n \
         JOIN nodes v ON v.site = n.site AND v.node = n.via AND v.forwards = 1 \
         WHERE n.site = $3 AND n.node = $4 AND v.node = $16 AND v.site = $19 ON CONFLICT (decision_id) DO NOTHING",
    )
    .bind(bytes(d.decision.0))
    .bind(told.place.controller.clone())
    .bind(d.gate_node.site.to_string())
    .bind(d.gate_node.node.to_string())
    .bind(d.gate.to_string())
    .bind(d.verdict.as_str())
    .bind(d.passage.map(|p| bytes(p.0)))
    .bind(d.passage_revision.map(i64::from))
    .bind(d.look.map(|look| look.0.to_vec()))
    .bind(d.request.map(|r| bytes(r.0)))
    .bind(d.ask.map(|a| bytes(a.0)))
    .bind(d.reason.clone())
    .bind(d.note.clone())
    .bind(d.officer.clone())
    .bind(d.at.0)
    .bind(told.place.node.clone())
    .bind(bytes(told.event_id))
    .bind(now.0)
    .bind(told.place.site.clone());
    Ok(run(conn, "writing what a guard decided at a site", query).await? == 1)
}

/// Arrivals at that node whose doors acted on a decision nobody knew: perhaps on this one.
async fn look_again(conn: &mut AnyConnection, told: &SiteDecision) -> Result<(), StoreError> {
    let doing = "looking again at a door's act";
    let node = &told.body.gate_node;
    let found: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT e.envelope FROM arrivals a JOIN events e ON e.event_id = a.event_id \
         WHERE a.site = $1 AND a.node = $2 AND a.unknown_acts > 0",
    )
    .bind(node.site.to_string())
    .bind(node.node.to_string())
    .fetch_all(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?;
    for envelope in found {
        // It was verified when it came.
        let Ok(envelope) = Envelope::from_bytes(&envelope) else { continue };
        for change in project(&envelope) {
            let Projection::Arrival(arrival) = change else { continue };
            let query = sqlx::query("UPDATE arrivals SET unknown_acts = 0 WHERE passage_id = $1")
                .bind(bytes(arrival.passage_id.0));
            run(conn, doing, query).await?;
            super::arrivals::acts(conn, &arrival).await?;
        }
    }
    Ok(())
}

/// What was decided at its site about an arrival, or by the question it answers, in order.
pub(super) async fn of_arrival(conn: &mut AnyConnection, passage: Uuid) -> Result<Vec<GateDecisionRow>, StoreError> {
    sqlx::query(
        "SELECT decision_id, verdict, reason, note, decided_at, officer FROM site_decisions WHERE passage_id = $1 \
         OR decision_id IN (SELECT x.decision_id FROM door_acts x WHERE x.passage_id = $1) ORDER BY decided_at, decision_id",
    )
    .bind(bytes(passage))
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading decisions at a site"))?
    .iter()
    .map(|row| {
        Ok(GateDecisionRow {
            decision: columns::id(row, "decision_id")?,
            verdict: columns::value(row, "verdict")?,
            reason: columns::value(row, "reason")?,
            note: columns::value(row, "note")?,
            by: columns::value(row, "officer")?,
            at: columns::value(row, "decided_at")?,
        })
    })
    .collect()
}
