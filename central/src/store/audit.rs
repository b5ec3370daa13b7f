//! The audit tables. Rows are added and never changed; whole days go after two years (`store/retention.rs`), and nothing goes
//! before: no statement here does, and the database refuses it by its own clock.

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{StoreError, columns};

/// One record as stored.
#[derive(Debug, Clone)]
pub struct AuditRow {
    /// Whose chain.
    pub controller: String,
    /// `yyyy-mm-dd`.
    pub day: String,
    /// Place in the chain.
    pub seq: i64,
    /// When.
    pub at: i64,
    /// What.
    pub action: String,
    /// The canonical text.
    pub record: String,
    /// Hash before.
    pub previous: Sha256,
    /// Hash of this one.
    pub hash: Sha256,
}

/// The last hash of the controller's newest day before `day`.
pub async fn last_hash_before(
    conn: &mut AnyConnection,
    controller: &str,
    day: &str,
) -> Result<Option<Sha256>, StoreError> {
    sqlx::query("SELECT hash FROM audit_heads WHERE controller = $1 AND day < $2 ORDER BY day DESC LIMIT 1")
        .bind(controller.to_owned())
        .bind(day.to_owned())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an audit head"))?
        .map(|row| columns::hash(&row, "hash"))
        .transpose()
}

/// The head of a day: number and hash of its last record.
pub async fn head(conn: &mut AnyConnection, controller: &str, day: &str) -> Result<Option<(i64, Sha256)>, StoreError> {
    sqlx::query("SELECT seq, hash FROM audit_heads WHERE controller = $1 AND day = $2")
        .bind(controller.to_owned())
        .bind(day.to_owned())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an audit head"))?
        .map(|row| Ok((columns::value(&row, "seq")?, columns::hash(&row, "hash")?)))
        .transpose()
}

/// Were the records of a day removed, their time being over?
pub async fn day_was_removed(conn: &mut AnyConnection, controller: &str, day: &str) -> Result<bool, StoreError> {
    let found: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM audit_heads WHERE controller = $1 AND day = $2 AND removed_at IS NOT NULL",
    )
    .bind(controller.to_owned())
    .bind(day.to_owned())
    .fetch_one(conn)
    .await
    .map_err(StoreError::of("reading an audit head"))?;
    Ok(found > 0)
}

/// Every day of every chain: controller, day, number of records, hash of the last.
pub async fn heads(conn: &mut AnyConnection) -> Result<Vec<(String, String, i64, Sha256)>, StoreError> {
    sqlx::query("SELECT controller, day, seq, hash FROM audit_heads ORDER BY controller, day")
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading the audit heads"))?
        .iter()
        .map(read_head)
        .collect()
}

/// Days before `open_from` that have records and no root.
pub async fn unsealed(
    conn: &mut AnyConnection,
    open_from: &str,
) -> Result<Vec<(String, String, i64, Sha256)>, StoreError> {
    sqlx::query(
        "SELECT h.controller, h.day, h.seq, h.hash FROM audit_heads h WHERE h.day < $1 AND h.seq > 0 \
         AND NOT EXISTS (SELECT 1 FROM audit_roots r WHERE r.controller = h.controller AND r.day = h.day) \
         ORDER BY h.day, h.controller",
    )
    .bind(open_from.to_owned())
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for days to seal"))?
    .iter()
    .map(read_head)
    .collect()
}

fn read_head(row: &AnyRow) -> Result<(String, String, i64, Sha256), StoreError> {
    Ok((
        columns::value(row, "controller")?,
        columns::value(row, "day")?,
        columns::value(row, "seq")?,
        columns::hash(row, "hash")?,
    ))
}

/// Keeps a root: its document and signature. `false` when the day has one.
pub async fn insert_root(
    tx: &mut AnyConnection,
    controller: &str,
    day: &str,
    (document, signature): (&str, &str),
    made_at: UtcMicros,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO audit_roots (controller, day, document, signature, made_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(controller.to_owned())
    .bind(day.to_owned())
    .bind(document.to_owned())
    .bind(signature.to_owned())
    .bind(made_at.0)
    .execute(tx)
    .await
    .map_err(StoreError::of("keeping an audit root"))?;
    Ok(done.rows_affected() == 1)
}

/// The document of a day's root.
pub async fn root_document(
    conn: &mut AnyConnection,
    controller: &str,
    day: &str,
) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("SELECT document FROM audit_roots WHERE controller = $1 AND day = $2")
        .bind(controller.to_owned())
        .bind(day.to_owned())
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading an audit root"))
}

/// The newest records of one action, newest first. Only for actions there is an index of (`retention.apply`).
pub async fn of_action(
    conn: &mut AnyConnection,
    controller: &str,
    action: &'static str,
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    // The action stands in the text, or no engine would see that the index fits.
    let text = format!(
        "SELECT controller, day, seq, at, action, record, previous, hash FROM audit \
         WHERE controller = $1 AND action = '{action}' ORDER BY day DESC, seq DESC LIMIT $2"
    );
    sqlx::query(sqlx::AssertSqlSafe(text))
        .bind(controller.to_owned())
        .bind(limit)
        .fetch_all(conn)
        .await
        .map_err(StoreError::of("reading audit records"))?
        .iter()
        .map(read)
        .collect()
}

/// Roots that were not written elsewhere: controller, day, document, signature.
pub async fn unshipped_roots(conn: &mut AnyConnection) -> Result<Vec<(String, String, String, String)>, StoreError> {
    sqlx::query_as(
        "SELECT controller, day, document, signature FROM audit_roots WHERE shipped_at IS NULL ORDER BY day, controller",
    )
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for roots to ship"))
}

/// Notes that a root is elsewhere too.
pub async fn mark_shipped(
    tx: &mut AnyConnection,
    controller: &str,
    day: &str,
    now: UtcMicros,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE audit_roots SET shipped_at = $1 WHERE controller = $2 AND day = $3")
        .bind(now.0)
        .bind(controller.to_owned())
        .bind(day.to_owned())
        .execute(tx)
        .await
        .map_err(StoreError::of("noting a shipped root"))?;
    Ok(())
}

/// Takes the next number of the controller's newest day, `day` or a later one, and locks its head until the transaction
/// ends, so that records of one controller stand in one order. Gives back the day, the number and the hash before.
///
/// A new day continues from the hash the day before ends with. That head is locked before it is read: a record that was
/// begun before midnight and is committed after it would move it, and the new day would never fit again. For the same
/// reason a day that another one follows takes no more records: who comes late is filed in the newest. `genesis` makes the
/// first hash of a day.
pub async fn lock_head(
    tx: &mut AnyConnection,
    controller: &str,
    day: &str,
    genesis: impl Fn(&str, &str, Option<&Sha256>) -> Sha256,
) -> Result<(String, i64, Sha256), StoreError> {
    // Once more for each new day somebody else begins in between; two midnights do not follow one another that fast.
    for _ in 0..4 {
        let newest = newest_day(&mut *tx, controller).await?;
        let before = match &newest {
            Some(newest) => Some(lock_day(&mut *tx, controller, newest).await?),
            None => None,
        };
        if newest != newest_day(&mut *tx, controller).await? {
            continue;
        }
        if let Some(newest) = newest
            && newest.as_str() >= day
        {
            let (seq, hash) = next_number(&mut *tx, controller, &newest).await?;
            return Ok((newest, seq, hash));
        }
        let begun = sqlx::query(
            "INSERT INTO audit_heads (controller, day, seq, hash) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING",
        )
        .bind(controller.to_owned())
        .bind(day.to_owned())
        .bind(genesis(controller, day, before.as_ref()).0.to_vec())
        .execute(&mut *tx)
        .await
        .map_err(StoreError::of("beginning an audit day"))?;
        if begun.rows_affected() == 1 {
            let (seq, hash) = next_number(&mut *tx, controller, day).await?;
            return Ok((day.to_owned(), seq, hash));
        }
    }
    Err(StoreError::Unreadable("audit_heads"))
}

async fn newest_day(tx: &mut AnyConnection, controller: &str) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("SELECT MAX(day) FROM audit_heads WHERE controller = $1")
        .bind(controller.to_owned())
        .fetch_one(tx)
        .await
        .map_err(StoreError::of("looking for the newest audit day"))
}

/// Changes nothing: touching the row takes its lock on both engines, and what comes back is what was committed last.
async fn lock_day(tx: &mut AnyConnection, controller: &str, day: &str) -> Result<Sha256, StoreError> {
    let row = sqlx::query("UPDATE audit_heads SET seq = seq WHERE controller = $1 AND day = $2 RETURNING hash")
        .bind(controller.to_owned())
        .bind(day.to_owned())
        .fetch_one(tx)
        .await
        .map_err(StoreError::of("locking an audit head"))?;
    columns::hash(&row, "hash")
}

async fn next_number(tx: &mut AnyConnection, controller: &str, day: &str) -> Result<(i64, Sha256), StoreError> {
    let row =
        sqlx::query("UPDATE audit_heads SET seq = seq + 1 WHERE controller = $1 AND day = $2 RETURNING seq, hash")
            .bind(controller.to_owned())
            .bind(day.to_owned())
            .fetch_one(tx)
            .await
            .map_err(StoreError::of("taking the next audit number"))?;
    Ok((columns::value(&row, "seq")?, columns::hash(&row, "hash")?))
}

/// Adds a record and moves the head to it.
pub async fn insert(tx: &mut AnyConnection, row: &AuditRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO audit (controller, day, seq, at, action, record, previous, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.controller.clone())
    .bind(row.day.clone())
    .bind(row.seq)
    .bind(row.at)
    .bind(row.action.clone())
    .bind(row.record.clone())
    .bind(row.previous.0.to_vec())
    .bind(row.hash.0.to_vec())
    .execute(&mut *tx)
    .await
    .map_err(StoreError::of("writing an audit record"))?;
    sqlx::query("UPDATE audit_heads SET hash = $1 WHERE controller = $2 AND day = $3 AND seq = $4")
        .bind(row.hash.0.to_vec())
        .bind(row.controller.clone())
        .bind(row.day.clone())
        .bind(row.seq)
        .execute(tx)
        .await
        .map_err(StoreError::of("moving an audit head"))?;
    Ok(())
}

/// Records of a day after number `after`, in order.
pub async fn page(
    conn: &mut AnyConnection,
    controller: &str,
    day: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    sqlx::query(
        "SELECT controller, day, seq, at, action, record, previous, hash FROM audit \
         WHERE controller = $1 AND day = $2 AND seq > $3 ORDER BY seq LIMIT $4",
    )
    .bind(controller.to_owned())
    .bind(day.to_owned())
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("reading audit records"))?
    .iter()
    .map(read)
    .collect()
}

fn read(row: &AnyRow) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        controller: columns::value(row, "controller")?,
        day: columns::value(row, "day")?,
        seq: columns::value(row, "seq")?,
        at: columns::value(row, "at")?,
        action: columns::value(row, "action")?,
        record: columns::value(row, "record")?,
        previous: columns::hash(row, "previous")?,
        hash: columns::hash(row, "hash")?,
    })
}
