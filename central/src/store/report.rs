//! What the store holds, counted from its rows: the centre's half of the comparison between two independent ledgers. It
//! believes no counter: events are counted from `events`, finals from their states.

use std::collections::BTreeMap;

use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::{StoreError, events, fleet, unsigned};
use contract::event::PassBody;
use contract::ids::NodeAddress;

const DOING: &str = "counting what the store holds";

/// Everything.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// By node.
    pub nodes: Vec<NodeReport>,
    /// Passages by kind of event.
    pub passages: BTreeMap<String, PassageReport>,
    /// Counts by line, over all time.
    pub counts: Vec<CountReport>,
    /// Vehicles' passages that are over.
    pub passes: Vec<PassReport>,
    /// Cases.
    pub cases: Vec<CaseReport>,
    /// People who came to a gate: what was answered, never whose likeness it was.
    pub arrivals: Vec<ArrivalReport>,
    /// Pieces of evidence by state.
    pub evidence: BTreeMap<String, u64>,
    /// Quarantined messages by reason.
    pub quarantine: BTreeMap<String, u64>,
    /// Passages whose stored body cannot be read: left out above, so that one of them does not hide all others.
    pub unreadable_passes: u64,
}

/// One node.
#[derive(Debug, Serialize)]
pub struct NodeReport {
    /// `site/node`.
    pub node: String,
    /// Rows of events by kind.
    pub events: BTreeMap<String, u64>,
    /// Different (ledger, seq) among them: fewer than rows means duplicates.
    pub distinct: u64,
    /// Its ledgers.
    pub ledgers: Vec<LedgerReport>,
}

/// One ledger.
#[derive(Debug, Serialize)]
pub struct LedgerReport {
    /// Which.
    pub log_id: String,
    /// What arrived, by the ledger.
    pub ranges: Vec<(u64, u64)>,
    /// Rows of events, by the events.
    pub rows: u64,
    /// The highest number known to be made.
    pub last_seq: u64,
    /// What is missing.
    pub gaps: Vec<(u64, u64)>,
    /// Messages that came more than once and were told apart.
    pub duplicates: u64,
    /// Numbers in quarantine.
    pub quarantined: Vec<(u64, u64)>,
}

/// Passages of one kind of event.
#[derive(Debug, Default, Serialize)]
pub struct PassageReport {
    /// How many.
    pub passages: u64,
    /// Of these without an end.
    pub without_final: u64,
    /// Of these with more than one end.
    pub with_more_than_one: u64,
}

/// Somebody at a gate.
#[derive(Debug, Serialize)]
pub struct ArrivalReport {
    /// The camera.
    pub camera: String,
    /// The gate.
    pub gate: String,
    /// When first seen, UTC µs.
    pub first_seen: i64,
    /// `admit` or `verify`; none when nothing was answered.
    pub verdict: Option<String>,
    /// Why a person had to decide.
    pub reasons: Vec<String>,
    /// A door opened on it.
    pub opened: bool,
    /// People who went through beyond those let in.
    pub tailgaters: u64,
}

/// One line.
#[derive(Debug, Serialize)]
pub struct CountReport {
    /// `site/node`.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The line.
    pub line: String,
    /// What is counted.
    pub class: String,
    /// Minutes there are.
    pub buckets: u64,
    /// In.
    #[serde(rename = "in")]
    pub went_in: u64,
    /// Out.
    pub out: u64,
    /// Doubtful.
    pub doubtful: u64,
    /// Milliseconds analysed.
    pub analysed_ms: u64,
    /// Milliseconds lost.
    pub lost_ms: u64,
}

/// One passage of a vehicle.
#[derive(Debug, Serialize)]
pub struct PassReport {
    /// Its id.
    pub passage_id: String,
    /// `site/node`.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The class of vehicle.
    pub class: String,
    /// First seen, UTC µs.
    pub first_seen: i64,
    /// Last seen, UTC µs.
    pub last_seen: i64,
    /// The plate's key.
    pub plate_key: Option<String>,
    /// The plate as people write it.
    pub plate_display: Option<String>,
    /// Frames that read exactly this.
    pub plate_agreeing_reads: u32,
    /// A weak character was changed to fit the grammar.
    pub plate_corrected: bool,
    /// Could not be read.
    pub unreadable: bool,
    /// How it ended.
    pub end: Option<String>,
}

/// One case.
#[derive(Debug, Serialize)]
pub struct CaseReport {
    /// Its number.
    pub number: String,
    /// `site/node`.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The suspicion's passage.
    pub suspicion_passage: String,
    /// The vehicle's passage.
    pub vehicle_passage: String,
    /// The behaviour.
    pub violation: String,
    /// The plate's key.
    pub plate_key: Option<String>,
    /// When it happened, UTC µs.
    pub occurred_at: i64,
    /// Where it stands.
    pub state: String,
}

impl Report {
    /// Leaves plates only where `may` says so of a node and a moment: nobody comes by plates of many places and days on the way
    /// of a comparison.
    pub fn keep_plates(&mut self, may: impl Fn(&str, i64) -> bool) {
        for pass in self.passes.iter_mut().filter(|pass| !may(&pass.node, pass.first_seen)) {
            (pass.plate_key, pass.plate_display) = (None, None);
        }
        for case in self.cases.iter_mut().filter(|case| !may(&case.node, case.occurred_at)) {
            case.plate_key = None;
        }
    }
}

/// Counts everything.
pub async fn report(conn: &mut AnyConnection) -> Result<Report, StoreError> {
    let (passes, unreadable_passes) = passes(conn).await?;
    Ok(Report {
        nodes: nodes(conn).await?,
        passages: passages(conn).await?,
        counts: counts(conn).await?,
        passes,
        unreadable_passes,
        cases: cases(conn).await?,
        arrivals: arrivals(conn).await?,
        evidence: by_word(conn, "SELECT state AS word, COUNT(*) AS n FROM evidence GROUP BY state").await?,
        quarantine: by_word(conn, "SELECT reason AS word, COUNT(*) AS n FROM quarantine GROUP BY reason").await?,
    })
}

async fn nodes(conn: &mut AnyConnection) -> Result<Vec<NodeReport>, StoreError> {
    let ledgers = events::ledgers(conn).await?;
    let mut nodes = Vec::new();
    for row in fleet::nodes(conn).await? {
        let address = row.address;
        let mut of_node = Vec::new();
        for ledger in ledgers.iter().filter(|l| l.node == address) {
            of_node.push(LedgerReport {
                log_id: ledger.log_id.to_string(),
                ranges: ledger.arrived.ranges().to_vec(),
                rows: rows_of(conn, &address, ledger.log_id.0.as_bytes()).await?,
                last_seq: ledger.last_seq,
                gaps: ledger.gaps(),
                duplicates: ledger.duplicates,
                quarantined: ledger.quarantined.ranges().to_vec(),
            });
        }
        let (events, distinct) = events_of(conn, &address).await?;
        nodes.push(NodeReport { node: address.to_string(), events, distinct, ledgers: of_node });
    }
    Ok(nodes)
}

async fn rows_of(conn: &mut AnyConnection, node: &NodeAddress, log_id: &[u8]) -> Result<u64, StoreError> {
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM events WHERE site = $1 AND node = $2 AND log_id = $3")
        .bind(node.site.as_str())
        .bind(node.node.as_str())
        .bind(log_id.to_vec())
        .fetch_one(conn)
        .await
        .map_err(StoreError::of(DOING))?;
    Ok(unsigned(rows))
}

async fn events_of(conn: &mut AnyConnection, node: &NodeAddress) -> Result<(BTreeMap<String, u64>, u64), StoreError> {
    let kinds =
        sqlx::query("SELECT kind AS word, COUNT(*) AS n FROM events WHERE site = $1 AND node = $2 GROUP BY kind")
            .bind(node.site.as_str())
            .bind(node.node.as_str())
            .fetch_all(&mut *conn)
            .await
            .map_err(StoreError::of(DOING))?;
    let distinct: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM (SELECT DISTINCT log_id, seq FROM events WHERE site = $1 AND node = $2) AS d",
    )
    .bind(node.site.as_str())
    .bind(node.node.as_str())
    .fetch_one(conn)
    .await
    .map_err(StoreError::of(DOING))?;
    Ok((words(&kinds)?, unsigned(distinct)))
}

async fn by_word(conn: &mut AnyConnection, sql: &'static str) -> Result<BTreeMap<String, u64>, StoreError> {
    let rows = sqlx::query(sql).fetch_all(conn).await.map_err(StoreError::of(DOING))?;
    words(&rows)
}

fn words(rows: &[AnyRow]) -> Result<BTreeMap<String, u64>, StoreError> {
    rows.iter()
        .map(|row| Ok((row.try_get("word")?, number(row, "n")?)))
        .collect::<Result<_, sqlx::Error>>()
        .map_err(StoreError::of(DOING))
}

fn number(row: &AnyRow, column: &str) -> Result<u64, sqlx::Error> {
    Ok(unsigned(row.try_get(column)?))
}

async fn passages(conn: &mut AnyConnection) -> Result<BTreeMap<String, PassageReport>, StoreError> {
    let rows = sqlx::query(
        "SELECT kind, COUNT(*) AS passages, \
         CAST(SUM(CASE WHEN ends = 0 THEN 1 ELSE 0 END) AS BIGINT) AS none, \
         CAST(SUM(CASE WHEN ends > 1 THEN 1 ELSE 0 END) AS BIGINT) AS more \
         FROM (SELECT kind, passage_id, SUM(CASE WHEN state IN ('final', 'retracted') THEN 1 ELSE 0 END) AS ends \
         FROM events GROUP BY kind, passage_id) AS p GROUP BY kind",
    )
    .fetch_all(conn)
    .await
    .map_err(StoreError::of(DOING))?;
    rows.iter()
        .map(|row| {
            let counted = PassageReport {
                passages: number(row, "passages")?,
                without_final: number(row, "none")?,
                with_more_than_one: number(row, "more")?,
            };
            Ok((row.try_get("kind")?, counted))
        })
        .collect::<Result<_, sqlx::Error>>()
        .map_err(StoreError::of(DOING))
}

async fn counts(conn: &mut AnyConnection) -> Result<Vec<CountReport>, StoreError> {
    let rows = sqlx::query(
        "SELECT site, node, camera, line, class, COUNT(DISTINCT start_at) AS buckets, CAST(SUM(went_in) AS BIGINT) AS went_in, \
         CAST(SUM(went_out) AS BIGINT) AS went_out, CAST(SUM(doubtful) AS BIGINT) AS doubtful, \
         CAST(SUM(analysed_ms) AS BIGINT) AS analysed_ms, CAST(SUM(lost_ms) AS BIGINT) AS lost_ms \
         FROM count_buckets GROUP BY site, node, camera, line, class ORDER BY site, node, camera, line, class",
    )
    .fetch_all(conn)
    .await
    .map_err(StoreError::of(DOING))?;
    rows.iter()
        .map(|row| {
            Ok(CountReport {
                node: fleet::address(row)?.to_string(),
                camera: text(row, "camera")?,
                line: text(row, "line")?,
                class: text(row, "class")?,
                buckets: number(row, "buckets").map_err(StoreError::of(DOING))?,
                went_in: number(row, "went_in").map_err(StoreError::of(DOING))?,
                out: number(row, "went_out").map_err(StoreError::of(DOING))?,
                doubtful: number(row, "doubtful").map_err(StoreError::of(DOING))?,
                analysed_ms: number(row, "analysed_ms").map_err(StoreError::of(DOING))?,
                lost_ms: number(row, "lost_ms").map_err(StoreError::of(DOING))?,
            })
        })
        .collect()
}

fn text(row: &AnyRow, column: &str) -> Result<String, StoreError> {
    row.try_get(column).map_err(StoreError::of(DOING))
}

fn maybe(row: &AnyRow, column: &str) -> Result<Option<String>, StoreError> {
    row.try_get(column).map_err(StoreError::of(DOING))
}

fn moment(row: &AnyRow, column: &str) -> Result<i64, StoreError> {
    row.try_get(column).map_err(StoreError::of(DOING))
}

fn id(row: &AnyRow, column: &'static str) -> Result<String, StoreError> {
    let bytes: Vec<u8> = row.try_get(column).map_err(StoreError::of(DOING))?;
    Ok(super::id(&bytes, column)?.to_string())
}

/// And how many could not be read.
async fn passes(conn: &mut AnyConnection) -> Result<(Vec<PassReport>, u64), StoreError> {
    let rows = sqlx::query(
        "SELECT passage_id, site, node, camera, class, first_seen, last_seen, plate_key, plate_display, unreadable, \
         end_reason, body FROM passes WHERE state = 'final' ORDER BY first_seen, passage_id",
    )
    .fetch_all(conn)
    .await
    .map_err(StoreError::of(DOING))?;
    let mut passes = Vec::with_capacity(rows.len());
    let mut unreadable = 0;
    for row in &rows {
        let Ok(body) = serde_json::from_str::<PassBody>(&text(row, "body")?) else {
            unreadable += 1;
            continue;
        };
        passes.push(PassReport {
            passage_id: id(row, "passage_id")?,
            node: fleet::address(row)?.to_string(),
            camera: text(row, "camera")?,
            class: text(row, "class")?,
            first_seen: moment(row, "first_seen")?,
            last_seen: moment(row, "last_seen")?,
            plate_key: maybe(row, "plate_key")?,
            plate_display: maybe(row, "plate_display")?,
            plate_agreeing_reads: body.plate.as_ref().map_or(0, |p| p.agreeing_reads),
            plate_corrected: body.plate.as_ref().is_some_and(|p| p.corrected),
            unreadable: moment(row, "unreadable")? != 0,
            end: maybe(row, "end_reason")?,
        });
    }
    Ok((passes, unreadable))
}

async fn arrivals(conn: &mut AnyConnection) -> Result<Vec<ArrivalReport>, StoreError> {
    let rows = sqlx::query(
        "SELECT a.camera, a.gate, a.first_seen, a.verdict, a.reasons, a.tailgaters, \
         (SELECT COUNT(*) FROM door_acts d WHERE d.passage_id = a.passage_id \
          AND d.outcome IN ('opened', 'accepted')) AS opened \
         FROM arrivals a WHERE a.subject = 'person' ORDER BY a.first_seen, a.passage_id",
    )
    .fetch_all(conn)
    .await
    .map_err(StoreError::of(DOING))?;
    rows.iter()
        .map(|row| {
            Ok(ArrivalReport {
                camera: text(row, "camera")?,
                gate: text(row, "gate")?,
                first_seen: moment(row, "first_seen")?,
                verdict: maybe(row, "verdict")?,
                reasons: serde_json::from_str(&text(row, "reasons")?).unwrap_or_default(),
                opened: moment(row, "opened")? > 0,
                tailgaters: unsigned(moment(row, "tailgaters")?),
            })
        })
        .collect()
}

async fn cases(conn: &mut AnyConnection) -> Result<Vec<CaseReport>, StoreError> {
    let rows = sqlx::query(
        "SELECT number, site, node, camera, suspicion_passage, vehicle_passage, violation, plate_key, occurred_at, state \
         FROM cases ORDER BY recorded_at, number",
    )
    .fetch_all(conn)
    .await
    .map_err(StoreError::of(DOING))?;
    rows.iter()
        .map(|row| {
            Ok(CaseReport {
                number: text(row, "number")?,
                node: fleet::address(row)?.to_string(),
                camera: text(row, "camera")?,
                suspicion_passage: id(row, "suspicion_passage")?,
                vehicle_passage: id(row, "vehicle_passage")?,
                violation: text(row, "violation")?,
                plate_key: maybe(row, "plate_key")?,
                occurred_at: moment(row, "occurred_at")?,
                state: text(row, "state")?,
            })
        })
        .collect()
}
