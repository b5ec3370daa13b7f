//! The same rows without the way: no broker, no signature check, no ledger, no acknowledgement, no second writer. Events
//! are read and turned into rows outside the time that is taken; what is measured is batched inserts and their commits.

use std::time::{Duration, Instant};

use anyhow::Result;
use central::correlation::{fold, project};
use central::store::events::{NewEvent, insert_events};
use central::store::{Db, projections};
use contract::clock::Clock;
use contract::event::Envelope;
use contract::ids::{IdSource as _, SystemIds};

use crate::events::Signed;

/// Events in one transaction: the most the product takes.
const BATCH: usize = 256;

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// The events' own table.
    EventsOnly,
    /// With passes, counts, evidence and its links.
    All,
}

/// Puts them into a fresh store; gives back the time of inserts and commits alone.
pub(crate) async fn insert(url: &str, events: &[Signed], rows: Rows, clock: &dyn Clock) -> Result<Duration> {
    let db = Db::connect(url, 4).await?;
    db.migrate().await?;
    let ids = SystemIds::new();
    let mut taken = Duration::ZERO;
    for batch in events.chunks(BATCH) {
        let now = clock.now();
        let read = batch.iter().map(|e| Envelope::from_bytes(&e.bytes)).collect::<Result<Vec<_>, _>>()?;
        let new: Vec<NewEvent<'_>> = read
            .iter()
            .zip(batch)
            .map(|(envelope, e)| NewEvent { envelope, bytes: &e.bytes, signature: &e.signature, received_at: now })
            .collect();
        let changes = fold(read.iter().flat_map(project));
        let began = Instant::now();
        let mut tx = db.write().await?;
        insert_events(&mut tx, &new).await?;
        if rows == Rows::All {
            projections::apply(&mut tx, &changes, now, &|| ids.next(now)).await?;
        }
        tx.commit().await?;
        taken += began.elapsed();
    }
    db.close().await;
    Ok(taken)
}
