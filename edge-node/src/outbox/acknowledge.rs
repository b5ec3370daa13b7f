//! Forgetting: only what the centre says it has, only in this ledger, and once. The ledger row stays.

use contract::clock::UtcMicros;
use contract::downlink::{Ack, Verdict};
use contract::ids::LogId;
use sqlx::sqlite::SqliteConnection;

use super::{Acknowledged, OutboxError, database, evidence};

/// The longest reason that is kept of a quarantined event.
const MAX_REASON_CHARS: usize = 200;

pub(super) async fn acknowledge(
    connection: &mut SqliteConnection,
    log_id: LogId,
    last_seq: u64,
    ack: &Ack,
    now: UtcMicros,
) -> Result<Acknowledged, OutboxError> {
    if ack.log_id != log_id {
        return Err(OutboxError::OtherLedger(ack.log_id));
    }
    let mut done = Acknowledged::default();
    for range in &ack.ranges {
        done.beyond_end |= range.to > last_seq;
        let (from, to) = (signed(range.from), signed(range.to.min(last_seq)));
        if let Verdict::Quarantined(reason) = &range.verdict {
            sqlx::query(
                "INSERT OR IGNORE INTO quarantined (seq, reason) \
                 SELECT seq, $3 FROM outbox WHERE seq BETWEEN $1 AND $2",
            )
            .bind(from)
            .bind(to)
            .bind(short(reason))
            .execute(&mut *connection)
            .await
            .map_err(database("noting a quarantined event"))?;
            evidence::event_quarantined(connection, now, from, to).await?;
        }
        let forgotten = sqlx::query("DELETE FROM outbox WHERE seq BETWEEN $1 AND $2")
            .bind(from)
            .bind(to)
            .execute(&mut *connection)
            .await
            .map_err(database("forgetting acknowledged events"))?
            .rows_affected();
        done.forgotten += forgotten;
        if let Verdict::Quarantined(reason) = &range.verdict {
            done.quarantined += forgotten;
            *done.reasons.entry(short(reason)).or_default() += forgotten;
        }
    }
    Ok(done)
}

fn short(reason: &str) -> String {
    reason.chars().take(MAX_REASON_CHARS).collect()
}

fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
