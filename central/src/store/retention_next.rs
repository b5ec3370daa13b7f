//! What the next run of retention will remove of one controller, counted and not removed: the same conditions as in
//! `retention.rs`, read only. A number here is of this moment; a case that is decided meanwhile, or a passage that comes back,
//! changes it.

use contract::clock::UtcMicros;
use sqlx::AnyConnection;

use super::retention::{ENDED, entry_ended, events_over_their_time};
use super::rows::AnyQuery;
use super::{StoreError, columns};

/// So many of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Of what, as the deletion log names it.
    pub what: &'static str,
    /// How many.
    pub rows: i64,
    /// The oldest of them.
    pub oldest: Option<i64>,
}

/// The moments before which things are over.
#[derive(Debug, Clone, Copy)]
pub struct NextLimits {
    /// Passages.
    pub passages: UtcMicros,
    /// Pictures.
    pub pictures: UtcMicros,
    /// Content and bare record of cases that ended without a violation.
    pub cases: (UtcMicros, UtcMicros),
    /// The access log.
    pub arrivals: UtcMicros,
    /// Enrolments that ended.
    pub consents: UtcMicros,
    /// Alerts about wanted plates, and entries of lists that ended.
    pub lists: (UtcMicros, UtcMicros),
    /// Now.
    pub now: UtcMicros,
}

async fn count(conn: &mut AnyConnection, what: &'static str, query: AnyQuery<'_>) -> Result<Waiting, StoreError> {
    let row = query.fetch_one(conn).await.map_err(StoreError::of("counting what is over its time"))?;
    Ok(Waiting { what, rows: columns::value(&row, "found")?, oldest: columns::value(&row, "oldest")? })
}

/// What is over its time at a controller; only what is more than none.
pub async fn waiting(
    conn: &mut AnyConnection,
    controller: &str,
    limits: &NextLimits,
) -> Result<Vec<Waiting>, StoreError> {
    let passages = concat!("SELECT COUNT(*) AS found, MIN(e.received_at) AS oldest ", events_over_their_time!());
    // A picture whose passages go in the same run goes with them.
    let pictures = concat!(
        "SELECT COUNT(*) AS found, MIN(v.announced_at) AS oldest FROM evidence v WHERE v.controller = $1 AND v.announced_at < $3 \
         AND NOT EXISTS (SELECT 1 FROM evidence_links l WHERE l.sha256 = v.sha256 AND (EXISTS (SELECT 1 FROM events n \
         WHERE n.passage_id = l.passage_id AND n.received_at >= $2) OR NOT EXISTS (SELECT 1 ",
        events_over_their_time!(),
        " AND e.passage_id = l.passage_id)))"
    );
    let emptied = format!(
        "SELECT COUNT(*) AS found, MIN(recorded_at) AS oldest FROM cases WHERE controller = $1 \
         AND state IN ('rejected', 'withdrawn', 'time_barred') AND emptied_at IS NULL AND {ENDED} < $2"
    );
    let gone = format!(
        "SELECT COUNT(*) AS found, MIN(recorded_at) AS oldest FROM cases WHERE controller = $1 \
         AND state IN ('rejected', 'withdrawn', 'time_barred') AND emptied_at IS NOT NULL AND {ENDED} < $2"
    );
    let one = |text: &'static str, before: UtcMicros| sqlx::query(text).bind(controller.to_owned()).bind(before.0);
    let made = |text: String, before: UtcMicros| {
        sqlx::query(sqlx::AssertSqlSafe(text)).bind(controller.to_owned()).bind(before.0)
    };
    let mut all = vec![
        count(conn, "events", one(passages, limits.passages)).await?,
        count(conn, "evidence", one(pictures, limits.passages).bind(limits.pictures.0)).await?,
        count(
            conn,
            "cases_time_barred",
            one(
                "SELECT COUNT(*) AS found, MIN(limitation_at) AS oldest FROM cases WHERE controller = $1 \
                 AND state = 'pending_review' AND limitation_at <= $2",
                limits.now,
            ),
        )
        .await?,
        count(conn, "cases_emptied", made(emptied, limits.cases.0)).await?,
        count(conn, "cases", made(gone, limits.cases.1)).await?,
        count(
            conn,
            "arrivals",
            one(
                "SELECT COUNT(*) AS found, MIN(updated_at) AS oldest FROM arrivals WHERE controller = $1 AND updated_at < $2",
                limits.arrivals,
            ),
        )
        .await?,
        count(
            conn,
            "visits",
            one(
                "SELECT COUNT(*) AS found, MIN(updated_at) AS oldest FROM visits WHERE controller = $1 AND updated_at < $2",
                limits.arrivals,
            ),
        )
        .await?,
        count(
            conn,
            "enrolments",
            one(
                "SELECT COUNT(*) AS found, MIN(ended_at) AS oldest FROM enrolments WHERE controller = $1 AND ended_at < $2",
                limits.consents,
            ),
        )
        .await?,
        count(
            conn,
            "plate_alerts",
            one(
                "SELECT COUNT(*) AS found, MIN(at) AS oldest FROM plate_alerts WHERE controller = $1 \
                 AND (at < $2 OR made_at < $2)",
                limits.lists.0,
            ),
        )
        .await?,
        count(
            conn,
            "plate_lists",
            one(
                concat!(
                    "SELECT COUNT(*) AS found, MIN(expires_at) AS oldest FROM plate_lists WHERE controller = $1 AND ",
                    entry_ended!(),
                    " < $2"
                ),
                limits.lists.1,
            ),
        )
        .await?,
    ];
    all.retain(|waiting| waiting.rows > 0);
    Ok(all)
}

/// How many records of a controller's audit log stand on days before `day`, and the first of these days.
pub async fn audit_days_waiting(
    conn: &mut AnyConnection,
    controller: &str,
    day: &str,
) -> Result<(i64, Option<String>), StoreError> {
    let row =
        sqlx::query("SELECT COUNT(*) AS found, MIN(day) AS first_day FROM audit WHERE controller = $1 AND day < $2")
            .bind(controller.to_owned())
            .bind(day.to_owned())
            .fetch_one(conn)
            .await
            .map_err(StoreError::of("counting old days of the audit log"))?;
    Ok((columns::value(&row, "found")?, columns::value(&row, "first_day")?))
}
