//! Who looked at what, for which purpose: append-only, hash-chained per controller and day, written in the transaction
//! that reads, before anything leaves. It has no path that changes or deletes a record (the database refuses both). What was
//! looked for stands in the record itself (data class *audit*) and nowhere else: never in a log, a metric or a URL.
//!
//! The chain: `hash = SHA-256(previous hash ‖ record text)`. The first record of a day continues from the day's genesis,
//! `SHA-256("chilang.audit/1" ‖ controller ‖ day ‖ last hash of the controller's day before)`, so that a whole day cannot go
//! missing unseen either. The record text holds controller, day and number, so that no record fits elsewhere.

mod chain;
mod record;
mod roots;

pub use chain::{ChainFault, Link, genesis, next_hash, verify_chain};
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
    let day = day_of(at);
    let (seq, previous) = table::lock_head(tx, controller.as_str(), &day, genesis).await?;
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

/// Reads a controller's day back and checks the whole chain of it.
pub async fn verify_day(
    conn: &mut AnyConnection,
    controller: &ControllerName,
    day: &str,
) -> Result<Vec<ChainFault>, StoreError> {
    let before = table::last_hash_before(conn, controller.as_str(), day).await?;
    let head = table::head(conn, controller.as_str(), day).await?;
    let links: Vec<Link> = table::day(conn, controller.as_str(), day)
        .await?
        .into_iter()
        .map(|row| Link {
            seq: row.seq,
            at: row.at,
            action: row.action,
            record: row.record,
            previous: row.previous,
            hash: row.hash,
        })
        .collect();
    // The whole day went when its time was over: its head, and its signed root, are what is left of it.
    if links.is_empty() && table::day_was_removed(conn, controller.as_str(), day).await? {
        return Ok(Vec::new());
    }
    let expected = genesis(controller.as_str(), day, before.as_ref());
    Ok(verify_chain(controller.as_str(), day, &expected, &links, head.as_ref()))
}
