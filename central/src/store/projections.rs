//! Writes what events change for people to see, in the transaction that stores the events. Each statement is idempotent
//! and takes the highest revision, in whatever order they come.

use contract::clock::UtcMicros;
use contract::event::State;
use sqlx::{AnyConnection, Row as _};
use uuid::Uuid;

use super::{StoreError, rows, signed};
use crate::cases::Clocks;
use crate::correlation::{Count, Evidence, Health, Pass, Projections, Suspicion, last5, state_word, word};

/// Ids for cases: made outside, because ids are a parameter.
pub type NewId<'a> = &'a (dyn Fn() -> Uuid + Send + Sync);

/// Applies a batch. Gives back the events whose pass met a wanted plate.
pub async fn apply(
    conn: &mut AnyConnection,
    changes: &Projections,
    now: UtcMicros,
    new_id: NewId<'_>,
) -> Result<Vec<Uuid>, StoreError> {
    passes(conn, &changes.passes, now).await?;
    let alerted = super::plate_alerts::make(conn, &changes.passes, now, new_id).await?;
    // Decisions before the doors that act on them.
    super::site_decisions::apply(conn, &changes.decisions, now).await?;
    super::arrivals::apply(conn, &changes.arrivals, now).await?;
    counts(conn, &changes.counts, now).await?;
    health(conn, &changes.health, now).await?;
    super::device_states::put_cameras(conn, &changes.conditions, now).await?;
    evidence(conn, &changes.evidence, now).await?;
    for suspicion in &changes.suspicions {
        if suspicion.state == State::Retracted {
            withdraw_case(conn, suspicion, now).await?;
        } else {
            upsert_case(conn, suspicion, now, new_id).await?;
        }
    }
    Ok(alerted)
}

async fn passes(conn: &mut AnyConnection, passes: &[Pass], now: UtcMicros) -> Result<(), StoreError> {
    rows::insert(
        conn,
        (
            "INSERT INTO passes (passage_id, revision, state, end_reason, site, node, camera, controller, class, \
             first_seen, last_seen, plate_key, plate_last5, plate_display, plate_class, country_class, plate_colour, \
             plate_confidence, unreadable, shadow, body, event_id, updated_at)",
            23,
            " ON CONFLICT (passage_id) DO UPDATE SET revision = excluded.revision, state = excluded.state, \
             end_reason = excluded.end_reason, class = excluded.class, first_seen = excluded.first_seen, \
             last_seen = excluded.last_seen, plate_key = excluded.plate_key, plate_last5 = excluded.plate_last5, \
             plate_display = excluded.plate_display, plate_class = excluded.plate_class, \
             country_class = excluded.country_class, plate_colour = excluded.plate_colour, \
             plate_confidence = excluded.plate_confidence, unreadable = excluded.unreadable, shadow = excluded.shadow, \
             body = excluded.body, event_id = excluded.event_id, updated_at = excluded.updated_at \
             WHERE excluded.revision > passes.revision AND excluded.site = passes.site AND excluded.node = passes.node",
        ),
        passes,
        |query, pass| {
            let plate = pass.body.plate.as_ref();
            let query = query
                .bind(pass.passage_id.0.as_bytes().as_slice())
                .bind(i64::from(pass.revision))
                .bind(state_word(pass.state))
                .bind(pass.end)
                .bind(pass.place.site.as_str())
                .bind(pass.place.node.as_str())
                .bind(pass.place.camera.as_str())
                .bind(pass.place.controller.as_str())
                .bind(pass.body.class.as_str())
                .bind(pass.body.first_seen.0)
                .bind(pass.body.last_seen.0)
                .bind(plate.map(|p| p.key.as_str()))
                .bind(plate.map(|p| last5(&p.key)))
                .bind(plate.map(|p| p.display_text.as_str()))
                .bind(plate.map(|p| word(&p.class)))
                .bind(plate.map(|p| word(&p.country_class)))
                .bind(plate.map(|p| word(&p.colour)));
            rows::bind_number(query, plate.map(|p| f64::from(p.confidence)))
                .bind(i64::from(pass.body.unreadable))
                .bind(i64::from(pass.shadow))
                .bind(json(&pass.body))
                .bind(pass.event_id.as_bytes().as_slice())
                .bind(now.0)
        },
        "writing passes",
    )
    .await?;
    Ok(())
}

async fn counts(conn: &mut AnyConnection, counts: &[Count], now: UtcMicros) -> Result<(), StoreError> {
    rows::insert(
        conn,
        (
            "INSERT INTO count_buckets (site, node, camera, line, start_at, config_sha, boot_id, controller, class, went_in, \
             went_out, doubtful, analysed_ms, lost_ms, revision, state, updated_at)",
            17,
            " ON CONFLICT (site, node, camera, line, start_at, config_sha, boot_id) DO UPDATE SET controller = excluded.controller, \
             class = excluded.class, went_in = excluded.went_in, went_out = excluded.went_out, \
             doubtful = excluded.doubtful, analysed_ms = excluded.analysed_ms, lost_ms = excluded.lost_ms, \
             revision = excluded.revision, state = excluded.state, updated_at = excluded.updated_at \
             WHERE excluded.revision > count_buckets.revision",
        ),
        counts,
        |query, count| {
            query
                .bind(count.place.site.as_str())
                .bind(count.place.node.as_str())
                .bind(count.place.camera.as_str())
                .bind(count.body.line.as_str())
                .bind(count.body.start.0)
                .bind(count.config_sha.0.as_slice())
                .bind(count.boot_id.0.as_bytes().as_slice())
                .bind(count.place.controller.as_str())
                .bind(count.body.class.as_str())
                .bind(i64::from(count.body.entered))
                .bind(i64::from(count.body.left))
                .bind(i64::from(count.body.doubtful))
                .bind(i64::from(count.body.analysed_ms))
                .bind(i64::from(count.body.lost_ms))
                .bind(i64::from(count.revision))
                .bind(state_word(count.state))
                .bind(now.0)
        },
        "writing count buckets",
    )
    .await?;
    Ok(())
}

async fn health(conn: &mut AnyConnection, health: &[Health], now: UtcMicros) -> Result<(), StoreError> {
    rows::insert(
        conn,
        (
            "INSERT INTO camera_health (site, node, camera, controller, camera_state, view_trouble, reason, since_at, \
             stream, captured_at, log_id, seq, updated_at)",
            13,
            " ON CONFLICT (site, node, camera) DO UPDATE SET controller = excluded.controller, \
             camera_state = excluded.camera_state, view_trouble = excluded.view_trouble, reason = excluded.reason, \
             since_at = excluded.since_at, stream = excluded.stream, captured_at = excluded.captured_at, \
             log_id = excluded.log_id, seq = excluded.seq, \
             updated_at = excluded.updated_at \
             WHERE excluded.log_id <> camera_health.log_id OR excluded.seq > camera_health.seq",
        ),
        health,
        |query, health| {
            query
                .bind(health.place.site.as_str())
                .bind(health.place.node.as_str())
                .bind(health.place.camera.as_str())
                .bind(health.place.controller.as_str())
                .bind(word(&health.body.camera_state))
                .bind(json(&health.body.view))
                .bind(health.body.reason.as_str())
                .bind(health.body.since.0)
                .bind(json(&health.body.stream))
                .bind(health.captured_at.0)
                .bind(health.log_id.0.as_bytes().as_slice())
                .bind(health.seq.cast_signed())
                .bind(now.0)
        },
        "writing camera health",
    )
    .await?;
    Ok(())
}

async fn evidence(conn: &mut AnyConnection, evidence: &[Evidence], now: UtcMicros) -> Result<(), StoreError> {
    // The same picture may stand in several events of a batch; one statement may touch a row once only.
    let mut pictures: Vec<&Evidence> = evidence.iter().collect();
    pictures.sort_by_key(|e| (e.sha256, std::cmp::Reverse(e.revision)));
    pictures.dedup_by_key(|e| e.sha256);
    rows::insert(
        conn,
        (
            "INSERT INTO evidence (sha256, site, node, controller, size_bytes, media_type, state, lost_reason, announced_at)",
            9,
            // What is stored stays stored, and what is lost stays lost until it is uploaded after all: an older event that
            // comes late still speaks of it as it was.
            " ON CONFLICT (sha256) DO UPDATE SET state = excluded.state, lost_reason = excluded.lost_reason \
             WHERE evidence.state NOT IN ('stored', 'lost') AND evidence.site = excluded.site AND evidence.node = excluded.node",
        ),
        &pictures,
        |query, e| {
            query
                .bind(e.sha256.0.as_slice())
                .bind(e.place.site.as_str())
                .bind(e.place.node.as_str())
                .bind(e.place.controller.as_str())
                .bind(signed(e.size_bytes))
                .bind(e.media_type.as_str())
                .bind(e.state)
                .bind(e.lost_reason.as_deref())
                .bind(now.0)
        },
        "writing announced evidence",
    )
    .await?;
    rows::insert(
        conn,
        (
            "INSERT INTO evidence_links (passage_id, role, sha256, event_id, revision, site, node, camera, controller, captured_at)",
            10,
            " ON CONFLICT (passage_id, role, sha256) DO UPDATE SET event_id = excluded.event_id, \
             revision = excluded.revision WHERE excluded.revision > evidence_links.revision \
             AND excluded.site = evidence_links.site AND excluded.node = evidence_links.node",
        ),
        evidence,
        |query, e| {
            query
                .bind(e.passage_id.0.as_bytes().as_slice())
                .bind(e.role.as_str())
                .bind(e.sha256.0.as_slice())
                .bind(e.event_id.as_bytes().as_slice())
                .bind(i64::from(e.revision))
                .bind(e.place.site.as_str())
                .bind(e.place.node.as_str())
                .bind(e.place.camera.as_str())
                .bind(e.place.controller.as_str())
                .bind(e.captured_at.0)
        },
        "writing links of evidence",
    )
    .await?;
    Ok(())
}

/// The node has taken its suspicion back: a case that waits ends as withdrawn; under a decision it is only noted.
async fn withdraw_case(conn: &mut AnyConnection, suspicion: &Suspicion, now: UtcMicros) -> Result<(), StoreError> {
    let passage = suspicion.passage_id.0.as_bytes().to_vec();
    for text in [
        "UPDATE cases SET state = 'withdrawn', retracted_at = $1, revision = $2, version = version + 1, updated_at = $1 \
         WHERE suspicion_passage = $3 AND state = 'pending_review' AND revision < $2 AND site = $4 AND node = $5",
        "UPDATE cases SET retracted_at = $1, updated_at = $1 WHERE suspicion_passage = $3 AND retracted_at IS NULL \
         AND state IN ('confirmed', 'rejected') AND revision < $2 AND site = $4 AND node = $5",
    ] {
        sqlx::query(text)
            .bind(now.0)
            .bind(i64::from(suspicion.revision))
            .bind(passage.clone())
            .bind(suspicion.place.site.as_str())
            .bind(suspicion.place.node.as_str())
            .execute(&mut *conn)
            .await
            .map_err(StoreError::of("withdrawing a case"))?;
    }
    Ok(())
}

/// A suspicion becomes a case once; while nobody has decided, a later revision replaces what is to be looked at. What an
/// officer has decided about is never changed underneath the decision.
async fn upsert_case(
    conn: &mut AnyConnection,
    suspicion: &Suspicion,
    now: UtcMicros,
    new_id: NewId<'_>,
) -> Result<(), StoreError> {
    let doing = "writing a case";
    let passage = suspicion.passage_id.0.as_bytes().to_vec();
    let plate = suspicion.body.plate.as_ref();
    let updated = sqlx::query(
        "UPDATE cases SET revision = $1, event_id = $2, violation = $3, rule_id = $4, rule_version = $5, class = $6, \
         plate_key = $7, plate_display = $8, body = $9, version = version + 1, updated_at = $10 \
         WHERE suspicion_passage = $11 AND state = 'pending_review' AND revision < $12 AND site = $13 AND node = $14",
    )
    .bind(i64::from(suspicion.revision))
    .bind(suspicion.event_id.as_bytes().to_vec())
    .bind(suspicion.body.violation.as_str())
    .bind(suspicion.rule_id.as_str())
    .bind(i64::from(suspicion.rule_version))
    .bind(suspicion.body.class.as_str())
    .bind(plate.map(|p| p.key.as_str()))
    .bind(plate.map(|p| p.display_text.as_str()))
    .bind(json(&suspicion.body))
    .bind(now.0)
    .bind(passage.clone())
    .bind(i64::from(suspicion.revision))
    .bind(suspicion.place.site.as_str())
    .bind(suspicion.place.node.as_str())
    .execute(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?;
    if updated.rows_affected() > 0 {
        return Ok(());
    }
    // Decided already, an older revision, or taken back before it was ever a case.
    let known: i64 = sqlx::query_scalar(
        "SELECT (SELECT COUNT(*) FROM cases WHERE suspicion_passage = $1) + \
         (SELECT COUNT(*) FROM events WHERE passage_id = $2 AND state = 'retracted')",
    )
    .bind(passage.clone())
    .bind(passage.clone())
    .fetch_one(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?;
    if known > 0 {
        return Ok(());
    }
    // The clocks, and the order of the queue, count from the recording, not from when the news came: a day's outage takes
    // nothing off an owner's limits. A node whose clock is ahead must not push them out either.
    let occurred_at = suspicion.body.occurred_at;
    let recorded_at = occurred_at.min(now);
    let clocks = Clocks { occurred_at, recorded_at, notice_sent_at: None };
    let number = next_number(conn, &suspicion.place.controller, now).await?;
    sqlx::query(
        "INSERT INTO cases (id, number, controller, site, node, camera, suspicion_passage, vehicle_passage, event_id, \
         revision, violation, rule_id, rule_version, class, plate_key, plate_display, body, occurred_at, recorded_at, \
         due_notice_at, limitation_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
         $15, $16, $17, $18, $19, $20, $21, $22)",
    )
    .bind(new_id().as_bytes().to_vec())
    .bind(number)
    .bind(suspicion.place.controller.as_str())
    .bind(suspicion.place.site.as_str())
    .bind(suspicion.place.node.as_str())
    .bind(suspicion.place.camera.as_str())
    .bind(passage)
    .bind(suspicion.body.vehicle_passage.0.as_bytes().to_vec())
    .bind(suspicion.event_id.as_bytes().to_vec())
    .bind(i64::from(suspicion.revision))
    .bind(suspicion.body.violation.as_str())
    .bind(suspicion.rule_id.as_str())
    .bind(i64::from(suspicion.rule_version))
    .bind(suspicion.body.class.as_str())
    .bind(plate.map(|p| p.key.as_str()))
    .bind(plate.map(|p| p.display_text.as_str()))
    .bind(json(&suspicion.body))
    .bind(occurred_at.0)
    .bind(recorded_at.0)
    .bind(clocks.notice_due().0)
    .bind(clocks.limitation().0)
    .bind(now.0)
    .execute(conn)
    .await
    .map_err(StoreError::of(doing))?;
    Ok(())
}

/// `NV-2026-000001`: counted for each controller and Vietnamese year.
async fn next_number(conn: &mut AnyConnection, controller: &str, now: UtcMicros) -> Result<String, StoreError> {
    let doing = "numbering a case";
    let year: i64 = now.to_vietnamese().get(6..10).and_then(|y| y.parse().ok()).unwrap_or(0);
    let row = sqlx::query(
        "INSERT INTO case_counters (controller, year, last_number) VALUES ($1, $2, 1) \
         ON CONFLICT (controller, year) DO UPDATE SET last_number = case_counters.last_number + 1 RETURNING last_number",
    )
    .bind(controller)
    .bind(year)
    .fetch_one(conn)
    .await
    .map_err(StoreError::of(doing))?;
    let number: i64 = row.try_get("last_number").map_err(StoreError::of(doing))?;
    Ok(format!("NV-{year}-{number:06}"))
}

/// Text of what we made ourselves.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("bodies have string keys and finite numbers only")
}
