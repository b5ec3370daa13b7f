//! Statements about events, ledgers and quarantine: the machine's own record.

use std::collections::HashMap;

use contract::clock::UtcMicros;
use contract::event::Envelope;
use contract::ids::{LogId, NodeAddress};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};
use uuid::Uuid;

use super::{StoreError, columns, rows, signed, unsigned};
use crate::correlation::state_word;
use crate::ingest::{Changes, Place, Quarantined, RangeSet};

/// An event to be written: its parsed columns, its exact bytes and signature.
#[derive(Debug, Clone, Copy)]
pub struct NewEvent<'a> {
    /// The event.
    pub envelope: &'a Envelope,
    /// Its exact bytes.
    pub bytes: &'a [u8],
    /// Its signature.
    pub signature: &'a str,
    /// When it came.
    pub received_at: UtcMicros,
}

/// Writes events. Gives back how many were written: fewer than given means that an id was used before.
pub async fn insert_events(conn: &mut AnyConnection, events: &[NewEvent<'_>]) -> Result<u64, StoreError> {
    rows::insert(
        conn,
        (
            "INSERT INTO events (event_id, site, node, controller, log_id, seq, kind, camera, passage_id, revision, \
             state, captured_at, received_at, shadow, replayed, envelope, signature)",
            17,
            " ON CONFLICT DO NOTHING",
        ),
        events,
        |query, event| {
            let e = event.envelope;
            query
                .bind(e.event_id.0.as_bytes().as_slice())
                .bind(e.node.site.as_str())
                .bind(e.node.node.as_str())
                .bind(e.controller.as_str())
                .bind(e.log_id.0.as_bytes().as_slice())
                .bind(signed(e.seq))
                .bind(e.kind().as_str())
                .bind(e.camera.as_str())
                .bind(e.passage_id.0.as_bytes().as_slice())
                .bind(i64::from(e.revision))
                .bind(state_word(e.state))
                .bind(e.captured.captured_at.0)
                .bind(event.received_at.0)
                .bind(i64::from(e.shadow))
                .bind(i64::from(e.replayed))
                .bind(event.bytes)
                .bind(event.signature)
        },
        "writing events",
    )
    .await
}

/// The id of the event at a place of a ledger, if its row is still there.
pub async fn event_at(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    log_id: LogId,
    seq: u64,
) -> Result<Option<Uuid>, StoreError> {
    let doing = "looking for an event";
    let found: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT event_id FROM events WHERE site = $1 AND node = $2 AND log_id = $3 AND seq = $4")
            .bind(node.site.as_str())
            .bind(node.node.as_str())
            .bind(log_id.0.as_bytes().to_vec())
            .bind(signed(seq))
            .fetch_optional(conn)
            .await
            .map_err(StoreError::of(doing))?;
    found.map(|bytes| super::id(&bytes, "events.event_id")).transpose()
}

/// Takes a ledger for this transaction (another replica waits here) and reads its ranges.
pub async fn lock_ledger(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    log_id: LogId,
    last_seq: u64,
    now: UtcMicros,
) -> Result<RangeSet, StoreError> {
    hear_ledger(conn, node, log_id, last_seq, now).await?;
    let doing = "reading a ledger";
    let found = sqlx::query(
        "SELECT from_seq, to_seq FROM ledger_ranges WHERE site = $1 AND node = $2 AND log_id = $3 ORDER BY from_seq",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(log_id.0.as_bytes().to_vec())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of(doing))?;
    let ranges = found.iter().map(range).collect::<Result<Vec<_>, _>>().map_err(StoreError::of(doing))?;
    Ok(RangeSet::from_ranges(ranges))
}

fn range(row: &AnyRow) -> Result<(u64, u64), sqlx::Error> {
    Ok((unsigned(row.try_get("from_seq")?), unsigned(row.try_get("to_seq")?)))
}

/// Notes that a ledger spoke, and the highest number it is known to have made.
pub async fn hear_ledger(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    log_id: LogId,
    last_seq: u64,
    now: UtcMicros,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO ledgers (site, node, log_id, first_heard_at, last_heard_at, last_seq) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (site, node, log_id) DO UPDATE SET last_heard_at = excluded.last_heard_at, \
         last_seq = CASE WHEN excluded.last_seq > ledgers.last_seq THEN excluded.last_seq ELSE ledgers.last_seq END",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(log_id.0.as_bytes().to_vec())
    .bind(now.0)
    .bind(now.0)
    .bind(signed(last_seq))
    .execute(conn)
    .await
    .map_err(StoreError::of("noting a ledger"))?;
    Ok(())
}

/// Writes what changed in a ledger.
pub async fn write_ledger(
    conn: &mut AnyConnection,
    node: &NodeAddress,
    log_id: LogId,
    changes: &Changes,
    duplicates: u64,
) -> Result<(), StoreError> {
    let doing = "writing a ledger";
    let log = log_id.0.as_bytes().to_vec();
    for from in &changes.gone {
        sqlx::query("DELETE FROM ledger_ranges WHERE site = $1 AND node = $2 AND log_id = $3 AND from_seq = $4")
            .bind(node.site.as_str())
            .bind(node.node.as_str())
            .bind(log.clone())
            .bind(signed(*from))
            .execute(&mut *conn)
            .await
            .map_err(StoreError::of(doing))?;
    }
    for (from, to) in &changes.put {
        sqlx::query(
            "INSERT INTO ledger_ranges (site, node, log_id, from_seq, to_seq) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (site, node, log_id, from_seq) DO UPDATE SET to_seq = excluded.to_seq",
        )
        .bind(node.site.as_str())
        .bind(node.node.as_str())
        .bind(log.clone())
        .bind(signed(*from))
        .bind(signed(*to))
        .execute(&mut *conn)
        .await
        .map_err(StoreError::of(doing))?;
    }
    if duplicates > 0 {
        sqlx::query("UPDATE ledgers SET duplicates = duplicates + $1 WHERE site = $2 AND node = $3 AND log_id = $4")
            .bind(signed(duplicates))
            .bind(node.site.as_str())
            .bind(node.node.as_str())
            .bind(log)
            .execute(&mut *conn)
            .await
            .map_err(StoreError::of(doing))?;
    }
    Ok(())
}

/// Messages of one node kept apart with their content at most. A node that sends nothing but rubbish must not fill the disk;
/// what is above it is acknowledged and counted, and its content is gone. What retention has emptied counts no more: else a
/// node that had a bad month would never have its faults kept again.
pub const QUARANTINE_ROWS: i64 = 2_000;

/// What became of a message that was to be kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptApart {
    /// A row of its own.
    Stored,
    /// It was there and is counted once more.
    Counted,
    /// Its sender has too many there already.
    Full,
}

/// Keeps a message apart; the same one again only counts.
pub async fn insert_quarantined(
    conn: &mut AnyConnection,
    message: &Quarantined,
    now: UtcMicros,
) -> Result<KeptApart, StoreError> {
    let doing = "keeping a message in quarantine";
    // A topic comes from outside and may hold what PostgreSQL cannot store.
    let topic = message.topic.replace('\0', "\u{fffd}");
    let again = sqlx::query("UPDATE quarantine SET times = times + 1 WHERE sha256 = $1 AND topic = $2")
        .bind(message.sha256.0.to_vec())
        .bind(topic.clone())
        .execute(&mut *conn)
        .await
        .map_err(StoreError::of(doing))?;
    if again.rows_affected() > 0 {
        return Ok(KeptApart::Counted);
    }
    let (site, node) = message.sender.as_ref().map(|n| (n.site.to_string(), n.node.to_string())).unzip();
    let there: i64 = match (&site, &node) {
        (Some(site), Some(node)) => sqlx::query_scalar(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM quarantine WHERE site = $1 AND node = $2 AND length(first_kib) > 0 LIMIT $3) q",
        )
        .bind(site.clone())
        .bind(node.clone()),
        _ => sqlx::query_scalar("SELECT COUNT(*) FROM (SELECT 1 AS one FROM quarantine WHERE site IS NULL AND length(first_kib) > 0 LIMIT $1) q"),
    }
    .bind(QUARANTINE_ROWS)
    .fetch_one(&mut *conn)
    .await
    .map_err(StoreError::of(doing))?;
    if there >= QUARANTINE_ROWS {
        return Ok(KeptApart::Full);
    }
    let place: Option<&Place> = message.place.as_ref();
    sqlx::query(
        "INSERT INTO quarantine (sha256, topic, size_bytes, first_kib, reason, detail, site, node, log_id, seq, received_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(message.sha256.0.to_vec())
    .bind(topic)
    .bind(signed(message.size_bytes))
    .bind(message.first_kib.clone())
    .bind(message.reason.as_str())
    .bind(message.detail.as_str())
    .bind(site)
    .bind(node)
    .bind(place.map(|p| p.log_id.0.as_bytes().to_vec()))
    .bind(place.map(|p| signed(p.seq)))
    .bind(now.0)
    .execute(conn)
    .await
    .map_err(StoreError::of(doing))?;
    Ok(KeptApart::Stored)
}

/// A ledger as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// The node.
    pub node: NodeAddress,
    /// The ledger.
    pub log_id: LogId,
    /// When it was first heard of.
    pub first_heard_at: UtcMicros,
    /// When it last spoke.
    pub last_heard_at: UtcMicros,
    /// The highest number it is known to have made.
    pub last_seq: u64,
    /// Events that came more than once.
    pub duplicates: u64,
    /// What has arrived.
    pub arrived: RangeSet,
    /// Numbers whose messages lie in quarantine.
    pub quarantined: RangeSet,
}

impl LedgerRow {
    /// What was made and is neither here nor in quarantine.
    #[must_use]
    pub fn gaps(&self) -> Vec<(u64, u64)> {
        let all = self.arrived.ranges().iter().chain(self.quarantined.ranges());
        RangeSet::from_ranges(all.copied()).gaps(self.last_seq)
    }
}

/// All ledgers, by node.
pub async fn ledgers(conn: &mut AnyConnection) -> Result<Vec<LedgerRow>, StoreError> {
    read_ledgers(conn, None).await
}

/// The ledgers of one node.
pub async fn ledgers_of(conn: &mut AnyConnection, node: &NodeAddress) -> Result<Vec<LedgerRow>, StoreError> {
    read_ledgers(conn, Some(node)).await
}

/// Three questions however many ledgers there are: this is asked every few seconds.
async fn read_ledgers(conn: &mut AnyConnection, only: Option<&NodeAddress>) -> Result<Vec<LedgerRow>, StoreError> {
    let doing = "reading the ledgers";
    let mut ranges: HashMap<LedgerKey, Vec<(u64, u64)>> = HashMap::new();
    let mut apart: HashMap<LedgerKey, Vec<(u64, u64)>> = HashMap::new();
    for (columns, into) in [
        ("from_seq, to_seq FROM ledger_ranges WHERE 1 = 1", &mut ranges),
        ("seq AS from_seq, seq AS to_seq FROM quarantine WHERE site IS NOT NULL AND seq IS NOT NULL", &mut apart),
    ] {
        for row in &of_nodes(conn, &format!("SELECT site, node, log_id, {columns}"), only).await? {
            let key = ledger_key(row)?;
            into.entry(key).or_default().push(range(row).map_err(StoreError::of(doing))?);
        }
    }
    let mut ledgers = Vec::new();
    let heads =
        "SELECT site, node, log_id, first_heard_at, last_heard_at, last_seq, duplicates FROM ledgers WHERE 1 = 1";
    for row in &of_nodes(conn, heads, only).await? {
        let key = ledger_key(row)?;
        let read = |column: &str| row.try_get::<i64, _>(column).map_err(StoreError::of(doing));
        let set = |of: &mut HashMap<LedgerKey, Vec<(u64, u64)>>| {
            let mut ranges = of.remove(&key).unwrap_or_default();
            ranges.sort_unstable();
            RangeSet::from_ranges(ranges)
        };
        ledgers.push(LedgerRow {
            arrived: set(&mut ranges),
            quarantined: set(&mut apart),
            first_heard_at: UtcMicros(read("first_heard_at")?),
            last_heard_at: UtcMicros(read("last_heard_at")?),
            last_seq: unsigned(read("last_seq")?),
            duplicates: unsigned(read("duplicates")?),
            log_id: key.1,
            node: key.0,
        });
    }
    ledgers.sort_by(|a, b| (&a.node, a.first_heard_at).cmp(&(&b.node, b.first_heard_at)));
    Ok(ledgers)
}

type LedgerKey = (NodeAddress, LogId);

fn ledger_key(row: &AnyRow) -> Result<LedgerKey, StoreError> {
    let log: Vec<u8> = row.try_get("log_id").map_err(StoreError::of("reading the ledgers"))?;
    Ok((super::fleet::address(row)?, LogId(super::id(&log, "log_id")?)))
}

/// A question about all nodes, or about one of them.
async fn of_nodes(conn: &mut AnyConnection, text: &str, only: Option<&NodeAddress>) -> Result<Vec<AnyRow>, StoreError> {
    let filter = if only.is_some() { " AND site = $1 AND node = $2" } else { "" };
    let mut query = sqlx::query(sqlx::AssertSqlSafe(format!("{text}{filter}")));
    if let Some(node) = only {
        query = query.bind(node.site.as_str()).bind(node.node.as_str());
    }
    query.fetch_all(conn).await.map_err(StoreError::of("reading the ledgers"))
}

/// Ledgers of one node at most. Each is a disk of its own: who begins more than these is broken or means harm, and what is
/// remembered of a ledger is remembered for ever.
pub const LEDGERS_OF_A_NODE: i64 = 64;

/// May this ledger be noted: is it known, or is there room for one more of its node?
pub async fn ledger_fits(conn: &mut AnyConnection, node: &NodeAddress, log_id: LogId) -> Result<bool, StoreError> {
    let others: i64 = sqlx::query_scalar(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM ledgers WHERE site = $1 AND node = $2 AND log_id = $3) THEN 0 \
         ELSE (SELECT COUNT(*) FROM ledgers WHERE site = $1 AND node = $2) END",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .bind(log_id.0.as_bytes().to_vec())
    .fetch_one(conn)
    .await
    .map_err(StoreError::of("counting a node's ledgers"))?;
    Ok(others < LEDGERS_OF_A_NODE)
}

/// A message in quarantine, without its content.
#[derive(Debug, Clone, serde::Serialize)]
pub struct QuarantineRow {
    /// `site/node`, if its sender is known.
    pub node: Option<String>,
    /// Why.
    pub reason: String,
    /// What exactly, in words that quote nothing.
    pub detail: String,
    /// Its place in its node's ledger, if it has one.
    pub seq: Option<i64>,
    /// Its size.
    pub size_bytes: i64,
    /// Hash of the whole.
    pub sha256: String,
    /// When it came first, UTC µs.
    pub received_at: i64,
    /// How often it came.
    pub times: i64,
}

/// The newest messages in quarantine, of one node or of all.
pub async fn quarantined(
    conn: &mut AnyConnection,
    only: Option<&NodeAddress>,
    limit: i64,
) -> Result<Vec<QuarantineRow>, StoreError> {
    let doing = "reading the quarantine";
    let filter = if only.is_some() { "WHERE site = $2 AND node = $3" } else { "" };
    let text = format!(
        "SELECT site, node, reason, detail, seq, size_bytes, sha256, received_at, times FROM quarantine {filter} \
         ORDER BY received_at DESC, sha256 LIMIT $1"
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(limit);
    if let Some(node) = only {
        query = query.bind(node.site.as_str()).bind(node.node.as_str());
    }
    query
        .fetch_all(conn)
        .await
        .map_err(StoreError::of(doing))?
        .iter()
        .map(|row| {
            let site: Option<String> = columns::value(row, "site")?;
            let node: Option<String> = columns::value(row, "node")?;
            Ok(QuarantineRow {
                node: site.zip(node).map(|(site, node)| format!("{site}/{node}")),
                reason: columns::value(row, "reason")?,
                detail: columns::value(row, "detail")?,
                seq: columns::value(row, "seq")?,
                size_bytes: columns::value(row, "size_bytes")?,
                sha256: columns::hash(row, "sha256")?.to_string(),
                received_at: columns::value(row, "received_at")?,
                times: columns::value(row, "times")?,
            })
        })
        .collect()
}
