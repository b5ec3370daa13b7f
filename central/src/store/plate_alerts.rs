//! Alerts: a wanted plate passed at a place of its entry. Made in the transaction that stores the pass, once for each entry and
//! passage, shown for a day and then deleted. The plate stands in the entry and is read through it. An alert never costs an event: what
//! the database refuses of it (an officer withdrew the entry meanwhile) is left out, and the pass is stored all the same.

use contract::clock::UtcMicros;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::people::{bytes, run};
use super::projections::NewId;
use super::rows::AnyQuery;
use super::{StoreError, columns};
use crate::correlation::Pass;
use crate::vehicles::ALERT_SHOWN_US;

/// Passages looked at in one statement; a smaller number is filled up with the last of them, so that one statement serves all.
const LOOKED_AT: usize = 64;

/// An alert as it is shown, with its entry and with what its passage is read as now.
#[derive(Clone)]
pub struct AlertRow {
    /// Its id.
    pub alert: Uuid,
    /// The entry.
    pub entry: Uuid,
    /// The entry's plate: canonical key.
    pub plate_key: String,
    /// Why it is wanted.
    pub reason: String,
    /// The unit, and who there answers for it.
    pub keeper: String,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The passage.
    pub passage: Uuid,
    /// When the vehicle was there.
    pub at: i64,
    /// The node still reads this plate there.
    pub still_read: bool,
    /// Who has seen it: that account's name.
    pub seen_by_name: Option<String>,
    /// When.
    pub seen_at: Option<i64>,
}

impl std::fmt::Debug for AlertRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AlertRow({})", self.alert)
    }
}

/// Where a passage meets an entry.
struct Met {
    entry: Uuid,
    passage: Uuid,
    event: Uuid,
}

/// Makes the alerts of passes that were just written, by what is stored of them now. Gives back the events that made one.
pub async fn make(
    conn: &mut AnyConnection,
    passes: &[Pass],
    now: UtcMicros,
    new_id: NewId<'_>,
) -> Result<Vec<Uuid>, StoreError> {
    let with_plate: Vec<Uuid> =
        passes.iter().filter(|p| p.body.plate.is_some() && !p.shadow).map(|p| p.passage_id.0).collect();
    let mut told = Vec::new();
    for some in with_plate.chunks(LOOKED_AT) {
        for met in meetings(conn, some, now).await? {
            if insert(conn, new_id(), &met, now).await? {
                told.push(met.event);
            }
        }
    }
    told.sort_unstable();
    told.dedup();
    Ok(told)
}

/// Passages that meet an entry and have no alert of it yet. What came so late that nobody would be shown it makes none.
async fn meetings(conn: &mut AnyConnection, passages: &[Uuid], now: UtcMicros) -> Result<Vec<Met>, StoreError> {
    let Some(last) = passages.last() else { return Ok(Vec::new()) };
    let places: Vec<String> = (3..3 + LOOKED_AT).map(|n| format!("${n}")).collect();
    let text = format!(
        "SELECT e.entry_id, p.passage_id, p.event_id FROM passes p \
         JOIN plate_lists e ON e.controller = p.controller AND e.plate_key = p.plate_key \
         JOIN plate_list_sites s ON s.entry_id = e.entry_id AND s.site = p.site \
         WHERE e.kind = 'wanted' AND e.state = 'approved' AND e.expires_at > $1 AND e.decided_at <= p.last_seen \
         AND e.expires_at > p.last_seen AND p.last_seen > $2 AND p.shadow = 0 AND p.state <> 'retracted' \
         AND NOT EXISTS (SELECT 1 FROM plate_alerts a WHERE a.entry_id = e.entry_id AND a.passage_id = p.passage_id) \
         AND p.passage_id IN ({}) ORDER BY p.passage_id, e.entry_id",
        places.join(", ")
    );
    let mut query: AnyQuery<'_> =
        sqlx::query(sqlx::AssertSqlSafe(text)).bind(now.0).bind(now.plus_us(-ALERT_SHOWN_US).0);
    for n in 0..LOOKED_AT {
        query = query.bind(bytes(*passages.get(n).unwrap_or(last)));
    }
    query
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("looking for wanted plates"))?
        .iter()
        .map(|row| {
            Ok(Met {
                entry: columns::id(row, "entry_id")?,
                passage: columns::id(row, "passage_id")?,
                event: columns::id(row, "event_id")?,
            })
        })
        .collect()
}

/// Stores an alert behind a point to go back to: on PostgreSQL the entry may have been withdrawn since it was met.
async fn insert(conn: &mut AnyConnection, alert: Uuid, met: &Met, now: UtcMicros) -> Result<bool, StoreError> {
    point(conn, "SAVEPOINT plate_alert").await?;
    let query = sqlx::query(
        "INSERT INTO plate_alerts (alert_id, entry_id, passage_id, controller, site, node, camera, at, made_at) \
         SELECT $1, e.entry_id, p.passage_id, p.controller, p.site, p.node, p.camera, p.last_seen, $2 \
         FROM plate_lists e JOIN passes p ON p.passage_id = $3 WHERE e.entry_id = $4",
    )
    .bind(bytes(alert))
    .bind(now.0)
    .bind(bytes(met.passage))
    .bind(bytes(met.entry));
    let made = match run(conn, "making an alert", query).await {
        Ok(rows) => rows == 1,
        Err(error) if error.is_of_the_data() => {
            point(conn, "ROLLBACK TO SAVEPOINT plate_alert").await?;
            tracing::warn!(entry.id = %met.entry, "no alert of entry {}: {error}", met.entry);
            false
        }
        Err(error) => return Err(error),
    };
    point(conn, "RELEASE SAVEPOINT plate_alert").await?;
    Ok(made)
}

async fn point(conn: &mut AnyConnection, text: &'static str) -> Result<(), StoreError> {
    sqlx::raw_sql(text).execute(conn).await.map_err(StoreError::of("making an alert")).map(|_| ())
}

const SELECT: &str = "SELECT a.alert_id, a.entry_id, e.plate_key, e.reason, e.keeper, a.site, a.node, a.camera, a.passage_id, \
     a.at, CASE WHEN p.plate_key = e.plate_key AND p.state <> 'retracted' THEN 1 ELSE 0 END AS still_read, \
     u.name AS seen_by_name, a.seen_at FROM plate_alerts a JOIN plate_lists e ON e.entry_id = a.entry_id \
     LEFT JOIN passes p ON p.passage_id = a.passage_id LEFT JOIN users u ON u.user_id = a.seen_by";

/// Alerts of a controller at one place since a moment: unseen ones first, then newest first.
pub async fn list(
    conn: &mut AnyConnection,
    (controller, site): (&str, &str),
    since: UtcMicros,
    limit: i64,
) -> Result<Vec<AlertRow>, StoreError> {
    let text = format!(
        "{SELECT} WHERE a.controller = $1 AND a.site = $2 AND a.at > $3 AND a.made_at > $3 \
         ORDER BY CASE WHEN a.seen_at IS NULL THEN 0 ELSE 1 END, a.at DESC, a.alert_id DESC LIMIT $4"
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(site.to_owned())
        .bind(since.0)
        .bind(limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading alerts"))?
        .iter()
        .map(read)
        .collect()
}

/// How many alerts of a controller nobody has seen yet, at each of its places that has any.
pub async fn unseen(
    conn: &mut AnyConnection,
    controller: &str,
    since: UtcMicros,
) -> Result<Vec<(String, i64)>, StoreError> {
    sqlx::query(
        "SELECT site, COUNT(*) AS unseen FROM plate_alerts \
         WHERE controller = $1 AND at > $2 AND made_at > $2 AND seen_at IS NULL GROUP BY site ORDER BY site",
    )
    .bind(controller.to_owned())
    .bind(since.0)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("counting alerts"))?
    .iter()
    .map(|row| Ok((columns::value(row, "site")?, columns::value(row, "unseen")?)))
    .collect()
}

/// One alert of a controller, if it is not older than that.
pub async fn get(
    conn: &mut AnyConnection,
    controller: &str,
    alert: Uuid,
    since: UtcMicros,
) -> Result<Option<AlertRow>, StoreError> {
    let text = format!("{SELECT} WHERE a.controller = $1 AND a.alert_id = $2 AND a.at > $3 AND a.made_at > $3");
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(bytes(alert))
        .bind(since.0)
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an alert"))?
        .as_ref()
        .map(read)
        .transpose()
}

/// Notes who has seen an alert; false when somebody had before.
pub async fn mark_seen(
    conn: &mut AnyConnection,
    alert: Uuid,
    (by, session): (Uuid, Uuid),
    at: i64,
) -> Result<bool, StoreError> {
    let query = sqlx::query(
        "UPDATE plate_alerts SET seen_by = $1, seen_session = $2, seen_at = $3 WHERE alert_id = $4 AND seen_by IS NULL",
    )
    .bind(bytes(by))
    .bind(bytes(session))
    .bind(at)
    .bind(bytes(alert));
    Ok(run(conn, "noting that an alert was seen", query).await? == 1)
}

fn read(row: &AnyRow) -> Result<AlertRow, StoreError> {
    Ok(AlertRow {
        alert: columns::id(row, "alert_id")?,
        entry: columns::id(row, "entry_id")?,
        plate_key: columns::value(row, "plate_key")?,
        reason: columns::value(row, "reason")?,
        keeper: columns::value(row, "keeper")?,
        site: columns::value(row, "site")?,
        node: columns::value(row, "node")?,
        camera: columns::value(row, "camera")?,
        passage: columns::id(row, "passage_id")?,
        at: columns::value(row, "at")?,
        still_read: columns::value::<i64>(row, "still_read")? == 1,
        seen_by_name: columns::value(row, "seen_by_name")?,
        seen_at: columns::value(row, "seen_at")?,
    })
}
