//! What others may see of the outbox: the queue, and the node's own account. Reading never waits for the writer.

use std::collections::BTreeMap;
use std::path::Path;

use contract::ids::LogId;
use courier::Parcel;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqlitePoolOptions, SqliteRow};
use sqlx::{Row as _, SqlitePool};
use uuid::Uuid;

use super::{OutboxError, database, file};

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unacknowledged {
    /// How many events.
    pub count: u64,
    /// The first of them; `last_seq + 1` when there is none.
    pub first: u64,
    /// Last event made; 0 when none was.
    pub last_seq: u64,
}

/// The node's own account: everything it ever said in this ledger, whether acknowledged or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerSummary {
    /// The ledger.
    pub log_id: LogId,
    /// The node.
    pub node: String,
    /// Events made.
    pub events: u64,
    /// First number; 0 when there is none.
    pub first_seq: u64,
    /// Last number; 0 when there is none.
    pub last_seq: u64,
    /// Events by kind and state.
    pub by_kind: BTreeMap<String, BTreeMap<String, u64>>,
    /// Passages by kind.
    pub passages: BTreeMap<String, u64>,
    /// Passages that have no end yet.
    pub passages_open: u64,
    /// Passages with more than one end; never anything but 0.
    pub passages_ended_twice: u64,
    /// Events the centre has not acknowledged.
    pub unacknowledged: u64,
    /// Events the centre keeps apart.
    pub quarantined: u64,
    /// Why, with how many.
    pub quarantine_reasons: BTreeMap<String, u64>,
    /// Pictures by state.
    pub evidence: BTreeMap<String, u64>,
}

pub(super) async fn peek(
    reader: &SqlitePool,
    after: u64,
    until: u64,
    limit: usize,
) -> Result<Vec<Parcel>, OutboxError> {
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = sqlx::query(
        "SELECT seq, topic, bytes, signature FROM outbox WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3",
    )
    .bind(signed(after))
    .bind(signed(until))
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(reader)
    .await
    .map_err(database("looking at the queue"))?;
    Ok(rows.iter().map(parcel).collect())
}

pub(super) async fn rows(reader: &SqlitePool, seqs: &[u64]) -> Result<Vec<Parcel>, OutboxError> {
    let wanted = serde_json::to_string(seqs).expect("numbers serialise");
    let rows = sqlx::query(
        "SELECT seq, topic, bytes, signature FROM outbox \
         WHERE seq IN (SELECT value FROM json_each($1)) ORDER BY seq",
    )
    .bind(wanted)
    .fetch_all(reader)
    .await
    .map_err(database("looking at the queue"))?;
    Ok(rows.iter().map(parcel).collect())
}

/// `count` is the writer's own: both ends are found at once, but the rows between them would have to be walked.
pub(super) async fn unacknowledged(reader: &SqlitePool, count: u64) -> Result<Unacknowledged, OutboxError> {
    let row = sqlx::query(
        "SELECT (SELECT MIN(seq) FROM outbox) AS first, (SELECT COALESCE(MAX(seq), 0) FROM ledger) AS last",
    )
    .fetch_one(reader)
    .await
    .map_err(database("looking for the ends of the queue"))?;
    let last_seq = unsigned(row.get("last"));
    Ok(Unacknowledged { count, first: row.get::<Option<i64>, _>("first").map_or(last_seq + 1, unsigned), last_seq })
}

/// The account of an outbox file, without being its owner (`edge-node ledger`). A running node is not disturbed.
pub async fn summary_of(path: &Path) -> Result<LedgerSummary, OutboxError> {
    let reader = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(file::connect_options(path).read_only(true).create_if_missing(false))
        .await
        .map_err(database("opening it for reading"))?;
    let summed = summary(&reader).await;
    reader.close().await;
    summed
}

pub(super) async fn summary(reader: &SqlitePool) -> Result<LedgerSummary, OutboxError> {
    let doing = || database("adding up the ledger");
    // One transaction, so that all figures are of one moment.
    let mut moment = reader.begin().await.map_err(doing())?;
    let log =
        sqlx::query("SELECT log_id, node FROM log WHERE one = 1").fetch_one(&mut *moment).await.map_err(doing())?;
    let ends = sqlx::query(
        "SELECT COUNT(*) AS events, COALESCE(MIN(seq), 0) AS first, COALESCE(MAX(seq), 0) AS last FROM ledger",
    )
    .fetch_one(&mut *moment)
    .await
    .map_err(doing())?;
    let mut by_kind: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for row in sqlx::query("SELECT kind, state, COUNT(*) AS n FROM ledger GROUP BY kind, state")
        .fetch_all(&mut *moment)
        .await
        .map_err(doing())?
    {
        by_kind.entry(row.get("kind")).or_default().insert(row.get("state"), unsigned(row.get("n")));
    }
    let mut passages = BTreeMap::new();
    let (mut open, mut twice) = (0, 0);
    for row in sqlx::query(
        "SELECT kind, COUNT(*) AS n, SUM(ends = 0) AS open, SUM(ends > 1) AS twice FROM \
         (SELECT kind, passage_id, SUM(state IN ('final', 'retracted')) AS ends FROM ledger \
          GROUP BY kind, passage_id) GROUP BY kind",
    )
    .fetch_all(&mut *moment)
    .await
    .map_err(doing())?
    {
        passages.insert(row.get("kind"), unsigned(row.get("n")));
        open += unsigned(row.get("open"));
        twice += unsigned(row.get("twice"));
    }
    let waiting: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM outbox").fetch_one(&mut *moment).await.map_err(doing())?;
    let quarantined: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM quarantined").fetch_one(&mut *moment).await.map_err(doing())?;
    let mut quarantine_reasons = BTreeMap::new();
    for row in sqlx::query("SELECT reason, COUNT(*) AS n FROM quarantined GROUP BY reason")
        .fetch_all(&mut *moment)
        .await
        .map_err(doing())?
    {
        quarantine_reasons.insert(row.get("reason"), unsigned(row.get("n")));
    }
    let mut evidence = BTreeMap::new();
    for row in sqlx::query("SELECT state, COUNT(*) AS n FROM evidence GROUP BY state")
        .fetch_all(&mut *moment)
        .await
        .map_err(doing())?
    {
        evidence.insert(row.get("state"), unsigned(row.get("n")));
    }
    moment.commit().await.map_err(doing())?;
    Ok(LedgerSummary {
        log_id: LogId(Uuid::from_slice(log.get::<&[u8], _>("log_id")).unwrap_or_default()),
        node: log.get("node"),
        events: unsigned(ends.get("events")),
        first_seq: unsigned(ends.get("first")),
        last_seq: unsigned(ends.get("last")),
        by_kind,
        passages,
        passages_open: open,
        passages_ended_twice: twice,
        unacknowledged: unsigned(waiting),
        quarantined: unsigned(quarantined),
        quarantine_reasons,
        evidence,
    })
}

fn parcel(row: &SqliteRow) -> Parcel {
    Parcel {
        seq: unsigned(row.get("seq")),
        topic: row.get("topic"),
        bytes: row.get("bytes"),
        signature: row.get("signature"),
    }
}

fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}
