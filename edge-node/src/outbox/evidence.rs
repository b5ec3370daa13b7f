//! Which pictures wait for their way to the centre. A picture is uploaded only after the event that speaks of it was
//! acknowledged: the centre takes no picture that no event has announced.

use contract::clock::{MINUTE_US, UtcMicros};
use contract::event::{EvidenceRef, EvidenceRole};
use contract::signature::Sha256;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Row as _, SqlitePool};

use super::{OutboxError, database};

/// Why a picture is lost whose event the centre keeps apart.
const EVENT_QUARANTINED: &str = "event_quarantined";

/// The longest wait between two tries of one picture.
pub const LONGEST_WAIT_US: i64 = 10 * MINUTE_US;

/// A picture that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingEvidence {
    /// Which.
    pub sha256: Sha256,
    /// Its size.
    pub bytes: u64,
    /// Tries so far.
    pub attempts: u32,
}

/// What became of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceMark {
    /// The centre asked for it: it goes first, now.
    Wanted,
    /// It is being sent now.
    Uploading,
    /// It did not go through: again at that moment.
    Again(UtcMicros),
    /// The centre has it.
    Stored,
    /// It cannot be had any more.
    Lost(String),
    /// Its file is removed: nothing is left to do.
    Forgotten,
}

pub(super) async fn announce(
    connection: &mut SqliteConnection,
    picture: &EvidenceRef,
    seq: i64,
) -> Result<(), OutboxError> {
    sqlx::query(
        "INSERT INTO evidence (sha256, role, bytes, seq, state) VALUES ($1, $2, $3, $4, 'at_edge') \
         ON CONFLICT (sha256) DO UPDATE SET seq = excluded.seq, state = 'at_edge', reason = NULL, next_try_at = 0 \
         WHERE evidence.state = 'lost' AND evidence.reason = $5",
    )
    .bind(picture.sha256.0.as_slice())
    .bind(role_text(picture.role))
    .bind(i64::try_from(picture.bytes).unwrap_or(i64::MAX))
    .bind(seq)
    .bind(EVENT_QUARANTINED)
    .execute(connection)
    .await
    .map(|_| ())
    .map_err(database("noting a picture"))
}

/// The centre takes no picture of an event it keeps apart. A later event of the same passage names the picture too: then
/// it waits for that one. Where there is none, it is lost, until another event names it.
pub(super) async fn event_quarantined(
    connection: &mut SqliteConnection,
    now: UtcMicros,
    from: i64,
    to: i64,
) -> Result<(), OutboxError> {
    sqlx::query(
        "UPDATE evidence SET seq = COALESCE((\
             SELECT MIN(later.seq) FROM ledger AS said JOIN ledger AS later \
             ON later.seq > said.seq AND later.passage_id = said.passage_id \
             WHERE said.seq = evidence.seq AND later.seq NOT IN (SELECT seq FROM quarantined)), seq) \
         WHERE seq BETWEEN $1 AND $2 AND seq IN (SELECT seq FROM quarantined) \
           AND state IN ('at_edge', 'wanted', 'uploading')",
    )
    .bind(from)
    .bind(to)
    .execute(&mut *connection)
    .await
    .map_err(database("looking for another event of a picture"))?;
    sqlx::query(
        "UPDATE evidence SET state = 'lost', reason = $3, stored_at = $4 \
         WHERE seq BETWEEN $1 AND $2 AND seq IN (SELECT seq FROM quarantined) \
           AND state IN ('at_edge', 'wanted', 'uploading')",
    )
    .bind(from)
    .bind(to)
    .bind(EVENT_QUARANTINED)
    .bind(now.0)
    .execute(&mut *connection)
    .await
    .map(|_| ())
    .map_err(database("giving up the pictures of a quarantined event"))
}

pub(super) async fn mark(
    connection: &mut SqliteConnection,
    now: UtcMicros,
    marks: &[(Sha256, EvidenceMark)],
) -> Result<(), OutboxError> {
    for (sha256, mark) in marks {
        let hash = sha256.0.as_slice();
        let query = match mark {
            EvidenceMark::Wanted => sqlx::query(
                "UPDATE evidence SET state = 'wanted', next_try_at = 0 \
                 WHERE sha256 = $1 AND state IN ('at_edge', 'uploading', 'wanted', 'stored')",
            )
            .bind(hash),
            EvidenceMark::Uploading => sqlx::query(
                "UPDATE evidence SET state = 'uploading', attempts = attempts + 1 \
                 WHERE sha256 = $1 AND state IN ('at_edge', 'wanted', 'uploading')",
            )
            .bind(hash),
            EvidenceMark::Again(moment) => sqlx::query(
                "UPDATE evidence SET state = 'at_edge', next_try_at = $2 \
                 WHERE sha256 = $1 AND state IN ('at_edge', 'wanted', 'uploading')",
            )
            .bind(hash)
            .bind(moment.0),
            EvidenceMark::Stored => {
                sqlx::query("UPDATE evidence SET state = 'stored', stored_at = $2, reason = NULL WHERE sha256 = $1")
                    .bind(hash)
                    .bind(now.0)
            }
            EvidenceMark::Lost(reason) => {
                sqlx::query("UPDATE evidence SET state = 'lost', reason = $2, stored_at = $3 WHERE sha256 = $1")
                    .bind(hash)
                    .bind(reason.as_str())
                    .bind(now.0)
            }
            EvidenceMark::Forgotten => {
                sqlx::query("DELETE FROM evidence WHERE sha256 = $1 AND state IN ('stored', 'lost')").bind(hash)
            }
        };
        query.execute(&mut *connection).await.map_err(database("noting what became of a picture"))?;
    }
    Ok(())
}

pub(super) async fn due(
    reader: &SqlitePool,
    now: UtcMicros,
    limit: usize,
) -> Result<Vec<WaitingEvidence>, OutboxError> {
    let rows = sqlx::query(
        "SELECT sha256, bytes, attempts FROM evidence \
         WHERE state IN ('at_edge', 'wanted', 'uploading') AND (next_try_at <= $1 OR next_try_at > $1 + $3) \
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.seq = evidence.seq) \
         ORDER BY state = 'wanted' DESC, next_try_at, seq LIMIT $2",
    )
    .bind(now.0)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    // Nobody waits longer than this: what is later was set by a clock that was ahead.
    .bind(LONGEST_WAIT_US)
    .fetch_all(reader)
    .await
    .map_err(database("looking for pictures to upload"))?;
    Ok(rows
        .iter()
        .filter_map(|row| {
            Some(WaitingEvidence {
                sha256: hash_of(row.get("sha256"))?,
                bytes: u64::try_from(row.get::<i64, _>("bytes")).unwrap_or(0),
                attempts: u32::try_from(row.get::<i64, _>("attempts")).unwrap_or(u32::MAX),
            })
        })
        .collect())
}

pub(super) async fn known(reader: &SqlitePool) -> Result<Vec<Sha256>, OutboxError> {
    let rows =
        sqlx::query("SELECT sha256 FROM evidence").fetch_all(reader).await.map_err(database("listing pictures"))?;
    Ok(rows.iter().filter_map(|row| hash_of(row.get("sha256"))).collect())
}

pub(super) async fn waiting(reader: &SqlitePool) -> Result<u64, OutboxError> {
    let count: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM evidence WHERE state IN ('at_edge', 'wanted', 'uploading')")
            .fetch_one(reader)
            .await
            .map_err(database("counting pictures"))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Pictures whose way ended before that moment, stored or lost.
pub(super) async fn settled_before(reader: &SqlitePool, moment: UtcMicros) -> Result<Vec<Sha256>, OutboxError> {
    let rows =
        sqlx::query("SELECT sha256 FROM evidence WHERE state IN ('stored', 'lost') AND COALESCE(stored_at, 0) < $1")
            .bind(moment.0)
            .fetch_all(reader)
            .await
            .map_err(database("looking for pictures to remove"))?;
    Ok(rows.iter().filter_map(|row| hash_of(row.get("sha256"))).collect())
}

fn hash_of(bytes: Vec<u8>) -> Option<Sha256> {
    bytes.try_into().ok().map(Sha256)
}

const fn role_text(role: EvidenceRole) -> &'static str {
    match role {
        EvidenceRole::Frame => "frame",
        EvidenceRole::PlateCrop => "plate_crop",
        EvidenceRole::Before => "before",
        EvidenceRole::After => "after",
    }
}
