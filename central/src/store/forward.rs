//! Statements of a site that has a province above it: its own ledger, the queue of what the province has not acknowledged, and
//! the pictures that have not gone up. A store without an own ledger forwards nothing, and its queue stays empty.

use contract::clock::UtcMicros;
use contract::ids::{EventId, LogId, NodeAddress};
use contract::signature::Sha256;
use sqlx::AnyConnection;

use super::people::{bytes, run};
use super::{StoreError, columns, rows, signed, unsigned};

/// The site's own ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLedger {
    /// As whom the site speaks to the province.
    pub address: NodeAddress,
    /// The ledger's id.
    pub log_id: LogId,
    /// The last event made in it.
    pub last_seq: u64,
    /// The last place given in the queue.
    pub last_number: u64,
}

/// An event that waits for the province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Its place in the queue.
    pub number: u64,
    /// Whose event it is.
    pub node: NodeAddress,
    /// The ledger it stands in.
    pub log_id: LogId,
    /// Its place there.
    pub seq: u64,
    /// The camera.
    pub camera: String,
    /// What kind.
    pub kind: String,
    /// The exact bytes.
    pub bytes: Vec<u8>,
    /// The signature over them.
    pub signature: String,
}

/// The own ledger, if this store belongs to a site that has joined a province.
pub async fn own_ledger(conn: &mut AnyConnection) -> Result<Option<OwnLedger>, StoreError> {
    sqlx::query("SELECT site, node, log_id, last_seq, last_number FROM own_ledger WHERE one = 1")
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("reading the site's own ledger"))?
        .as_ref()
        .map(|row| {
            Ok(OwnLedger {
                address: super::fleet::address(row)?,
                log_id: LogId(columns::id(row, "log_id")?),
                last_seq: unsigned(columns::value(row, "last_seq")?),
                last_number: unsigned(columns::value(row, "last_number")?),
            })
        })
        .transpose()
}

/// Begins the own ledger. Everything that was stored before waits for the province from now on.
pub async fn begin_ledger(conn: &mut AnyConnection, address: &NodeAddress, log_id: LogId) -> Result<(), StoreError> {
    let query = sqlx::query(
        "INSERT INTO own_ledger (one, site, node, log_id, last_seq, last_number) \
         SELECT 1, $1, $2, $3, 0, COUNT(*) FROM events",
    )
    .bind(address.site.to_string())
    .bind(address.node.to_string())
    .bind(bytes(log_id.0));
    run(conn, "beginning the site's own ledger", query).await?;
    let query = sqlx::query(
        "INSERT INTO forward_queue (number, event_id) \
         SELECT ROW_NUMBER() OVER (ORDER BY received_at, event_id), event_id FROM events",
    );
    run(conn, "queueing what was stored before", query).await.map(|_| ())
}

/// Queues events, in this order, if this store forwards at all.
pub async fn enqueue(conn: &mut AnyConnection, events: &[EventId]) -> Result<(), StoreError> {
    let doing = "queueing events for the province";
    if events.is_empty() {
        return Ok(());
    }
    let count = signed(events.len() as u64);
    let last: Option<i64> =
        sqlx::query_scalar("UPDATE own_ledger SET last_number = last_number + $1 WHERE one = 1 RETURNING last_number")
            .bind(count)
            .fetch_optional(&mut *conn)
            .await
            .map_err(StoreError::of(doing))?;
    let Some(last) = last else { return Ok(()) };
    let numbered: Vec<(i64, EventId)> = (last - count + 1..).zip(events.iter().copied()).collect();
    rows::insert(
        conn,
        ("INSERT INTO forward_queue (number, event_id)", 2, ""),
        &numbered,
        |query, (number, event)| query.bind(*number).bind(event.0.as_bytes().as_slice()),
        doing,
    )
    .await
    .map(|_| ())
}

/// The next place in the own ledger; none if this store forwards nothing.
pub async fn next_seq(conn: &mut AnyConnection) -> Result<Option<(LogId, u64)>, StoreError> {
    sqlx::query("UPDATE own_ledger SET last_seq = last_seq + 1 WHERE one = 1 RETURNING log_id, last_seq")
        .fetch_optional(conn)
        .await
        .map_err(StoreError::of("taking a place in the site's own ledger"))?
        .as_ref()
        .map(|row| Ok((LogId(columns::id(row, "log_id")?), unsigned(columns::value(row, "last_seq")?))))
        .transpose()
}

const SELECT: &str = "SELECT q.number, e.site, e.node, e.log_id, e.seq, e.camera, e.kind, e.envelope, e.signature \
    FROM forward_queue q JOIN events e ON e.event_id = q.event_id";

/// What waits with `after < number <= until`, in order.
pub async fn peek(conn: &mut AnyConnection, after: u64, until: u64, limit: usize) -> Result<Vec<Queued>, StoreError> {
    let text = format!("{SELECT} WHERE q.number > $1 AND q.number <= $2 ORDER BY q.number LIMIT $3");
    let query =
        sqlx::query(sqlx::AssertSqlSafe(text)).bind(signed(after)).bind(signed(until)).bind(signed(limit as u64));
    let found = query.fetch_all(conn).await.map_err(StoreError::of("reading what waits for the province"))?;
    found.iter().map(queued).collect()
}

/// These, as far as they still wait.
pub async fn waiting(conn: &mut AnyConnection, numbers: &[u64]) -> Result<Vec<Queued>, StoreError> {
    let mut found = Vec::new();
    for number in numbers {
        found.extend(peek(conn, number.saturating_sub(1), *number, 1).await?);
    }
    Ok(found)
}

fn queued(row: &sqlx::any::AnyRow) -> Result<Queued, StoreError> {
    Ok(Queued {
        number: unsigned(columns::value(row, "number")?),
        node: super::fleet::address(row)?,
        log_id: LogId(columns::id(row, "log_id")?),
        seq: unsigned(columns::value(row, "seq")?),
        camera: columns::value(row, "camera")?,
        kind: columns::value(row, "kind")?,
        bytes: columns::value(row, "envelope")?,
        signature: columns::value(row, "signature")?,
    })
}

/// The province has these.
pub async fn acknowledged(conn: &mut AnyConnection, numbers: &[u64]) -> Result<(), StoreError> {
    for number in numbers {
        let query = sqlx::query("DELETE FROM forward_queue WHERE number = $1").bind(signed(*number));
        run(conn, "letting go of what the province has", query).await?;
    }
    Ok(())
}

/// How many events wait for the province.
pub async fn count(conn: &mut AnyConnection) -> Result<u64, StoreError> {
    let waiting: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM forward_queue")
        .fetch_one(conn)
        .await
        .map_err(StoreError::of("counting what waits for the province"))?;
    Ok(unsigned(waiting))
}

/// Pictures that are here and not at the province, of events the province has; oldest first.
pub async fn pictures(conn: &mut AnyConnection, limit: i64) -> Result<Vec<Sha256>, StoreError> {
    sqlx::query(
        "SELECT v.sha256 FROM evidence v WHERE v.state = 'stored' AND v.forwarded_at IS NULL AND NOT EXISTS (\
         SELECT 1 FROM evidence_links l JOIN forward_queue q ON q.event_id = l.event_id WHERE l.sha256 = v.sha256) \
         ORDER BY v.stored_at, v.sha256 LIMIT $1",
    )
    .bind(limit)
    .fetch_all(conn)
    .await
    .map_err(StoreError::of("looking for pictures the province lacks"))?
    .iter()
    .map(|row| columns::hash(row, "sha256"))
    .collect()
}

/// Nothing more is to be done about this picture: the province has it, or will not have it.
pub async fn picture_settled(conn: &mut AnyConnection, sha256: Sha256, now: UtcMicros) -> Result<(), StoreError> {
    let query =
        sqlx::query("UPDATE evidence SET forwarded_at = $1 WHERE sha256 = $2").bind(now.0).bind(sha256.0.to_vec());
    run(conn, "noting a forwarded picture", query).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::each_engine;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_store_without_a_ledger_of_its_own_queues_nothing() {
        each_engine(|db| async move {
            let mut tx = db.write().await.unwrap();
            enqueue(&mut tx, &[EventId(Uuid::from_u128(1))]).await.unwrap();
            assert_eq!(count(&mut tx).await.unwrap(), 0);
            assert_eq!(next_seq(&mut tx).await.unwrap(), None);
            assert_eq!(own_ledger(&mut tx).await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn numbers_go_on_when_the_queue_has_run_empty() {
        each_engine(|db| async move {
            let address: NodeAddress = "square/desk".parse().unwrap();
            let log = LogId(Uuid::from_u128(7));
            let mut tx = db.write().await.unwrap();
            begin_ledger(&mut tx, &address, log).await.unwrap();
            enqueue(&mut tx, &[1, 2].map(|n| EventId(Uuid::from_u128(n)))).await.unwrap();
            acknowledged(&mut tx, &[1, 2]).await.unwrap();
            enqueue(&mut tx, &[EventId(Uuid::from_u128(3))]).await.unwrap();
            let ledger = own_ledger(&mut tx).await.unwrap().unwrap();
            assert_eq!((ledger.address, ledger.last_number, ledger.last_seq), (address, 3, 0));
            assert_eq!(count(&mut tx).await.unwrap(), 1);
            assert_eq!(next_seq(&mut tx).await.unwrap(), Some((log, 1)));
            assert_eq!(next_seq(&mut tx).await.unwrap(), Some((log, 2)));
        })
        .await;
    }
}
