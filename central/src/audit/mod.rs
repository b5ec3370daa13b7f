//! Who looked at what, for which purpose: append-only, hash-chained per controller and day, written in the transaction
//! that reads, or in one before it, before anything leaves. It has no path that changes a record, and none that removes one
//! before its two years are over (the database refuses both). What was
//! looked for stands in the record itself (data class *audit*) and nowhere else: never in a log, a metric or a URL.
//!
//! The chain: `hash = SHA-256(previous hash ‖ record text)`. The first record of a day continues from the day's genesis,
//! `SHA-256("chilang.audit/1" ‖ controller ‖ day ‖ last hash of the controller's day before)`, so that a whole day cannot go
//! missing unseen either. The record text holds controller, day and number, so that no record fits elsewhere.

mod chain;
mod record;
mod roots;

pub use chain::{ChainCheck, ChainFault, Link, genesis, next_hash, verify_chain};
pub(crate) use record::day_of;
pub use record::{Actor, Entry, Record, SCHEMA, Window};
pub use roots::{Head, ROOT_SCHEMA, Root, RootFault, SignedRoot, compare_roots};

use std::path::PathBuf;

use contract::clock::UtcMicros;
use contract::ids::ControllerName;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;

use crate::store::StoreError;
use crate::store::audit as table;

/// Settings of the audit log.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AuditSettings {
    /// Folder for the signed roots of each day, relative to `data_dir`; a folder on another machine that is mounted here.
    /// Left out: roots stay in the store, which protects against less.
    pub roots_dir: Option<PathBuf>,
}

/// The chain of what belongs to no controller: accounts, sessions, tokens. Whoever reads it is an auditor of `centre`.
#[must_use]
pub fn centre_itself() -> ControllerName {
    "centre".parse().expect("a word of letters is a name")
}

/// Writes one entry. Call it in the transaction that makes the look-up, commit, and only then answer.
pub async fn append(
    tx: &mut AnyConnection,
    controller: &ControllerName,
    at: UtcMicros,
    entry: Entry,
) -> Result<(), StoreError> {
    let (day, seq, previous) = table::lock_head(tx, controller.as_str(), &day_of(at), genesis).await?;
    let record = Record { schema: SCHEMA.to_owned(), controller: controller.clone(), day: day.clone(), seq, at, entry };
    let text = record.canonical();
    let hash = next_hash(&previous, &text);
    table::insert(
        tx,
        &table::AuditRow {
            controller: controller.as_str().to_owned(),
            day,
            seq,
            at: at.0,
            action: record.entry.action.clone(),
            record: text,
            previous,
            hash,
        },
    )
    .await
}

/// Records looked at at once: a busy day has more than fit into memory.
const PAGE: i64 = 1_000;

/// Reads a controller's day back and checks the whole chain of it, page by page.
pub async fn verify_day(
    conn: &mut AnyConnection,
    controller: &ControllerName,
    day: &str,
) -> Result<Vec<ChainFault>, StoreError> {
    let before = table::last_hash_before(conn, controller.as_str(), day).await?;
    // The head first: what is added while the pages are read stands behind it and is not looked at.
    let head = table::head(conn, controller.as_str(), day).await?;
    let end = head.as_ref().map_or(i64::MAX, |(seq, _)| *seq);
    let mut check = ChainCheck::new(controller.as_str(), day, genesis(controller.as_str(), day, before.as_ref()));
    let mut after = 0;
    loop {
        let rows = table::page(conn, controller.as_str(), day, after, PAGE).await?;
        let Some(last) = rows.last().map(|row| row.seq) else { break };
        for row in rows.into_iter().filter(|row| row.seq <= end) {
            check.take(&Link {
                seq: row.seq,
                at: row.at,
                action: row.action,
                record: row.record,
                previous: row.previous,
                hash: row.hash,
            });
        }
        if last >= end {
            break;
        }
        after = last;
    }
    // The whole day went when its time was over: its head, and its signed root, are what is left of it.
    if check.is_empty() && table::day_was_removed(conn, controller.as_str(), day).await? {
        return Ok(Vec::new());
    }
    let mut faults = check.end(head.as_ref());
    // Behind the head we know stands what came meanwhile, and then the head has moved, or what nobody appended.
    let behind = match &head {
        Some((seq, _)) => table::page(conn, controller.as_str(), day, *seq, 1).await?,
        None => Vec::new(),
    };
    if let Some(row) = behind.first()
        && table::head(conn, controller.as_str(), day).await?.is_none_or(|(seq, _)| seq < row.seq)
        && !faults.contains(&ChainFault::Head)
    {
        faults.push(ChainFault::Head);
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Purpose;
    use crate::store::testing::each_engine;

    #[tokio::test]
    async fn a_record_begun_before_midnight_and_committed_after_it_breaks_no_chain() {
        each_engine(|db| async move {
            let police: ControllerName = "police".parse().unwrap();
            let at = |text: &str| UtcMicros::from_rfc3339(text).unwrap();
            // Midnight in Viet Nam is 17:00 UTC.
            let (noon, before, after) =
                (at("2026-11-23T05:00:00Z"), at("2026-11-23T16:59:59Z"), at("2026-11-23T17:00:01Z"));
            let entry = || Entry::new(None, "passes.search", Purpose::VehicleSearch);
            let append = async |at: UtcMicros| {
                let mut tx = db.write().await.unwrap();
                append(&mut tx, &police, at, entry()).await.unwrap();
                tx.commit().await.unwrap();
            };
            append(noon).await;
            let mut slow = db.write().await.unwrap();
            super::append(&mut slow, &police, before, entry()).await.unwrap();
            let mut new_day = std::pin::pin!(async {
                let mut tx = db.write().await.unwrap();
                super::append(&mut tx, &police, after, entry()).await.unwrap();
                tx.commit().await.unwrap();
            });
            let first = tokio::time::timeout(std::time::Duration::from_millis(300), &mut new_day).await;
            assert!(first.is_err(), "the new day waits for whoever writes into the old one");
            slow.commit().await.unwrap();
            new_day.await;
            // And one that comes later still is filed in the newest day.
            append(before).await;
            let mut conn = db.read().await.unwrap();
            for (day, records) in [("2026-11-23", 2), ("2026-11-24", 2)] {
                assert_eq!(verify_day(&mut conn, &police, day).await.unwrap(), [], "{day}");
                let head = table::head(&mut conn, "police", day).await.unwrap();
                assert_eq!(head.map(|(seq, _)| seq), Some(records), "{day}");
            }
        })
        .await;
    }
}
