//! Removes or empties what is past the time the registry of data classes gives it (`privacy/registry.rs`), or the body itself within
//! its bounds (`privacy/bounds.rs`). Rows are judged by
//! the centre's own clock, when they came, not by what a node's clock said. The range ledger stays: what was stored once is
//! never taken again. An open case keeps its passages, their events and their pictures until its
//! year is over; then it ends as time-barred. That, or a decision in favour of the driver, lets go of them after thirty days. Each transaction that removes something holds the audit record that says how many of
//! what: without the record nothing is removed.

use contract::clock::{Clock, UtcMicros};
use contract::ids::ControllerName;

use crate::audit::{self, Entry};
use crate::auth::Purpose;
use crate::evidence::{EvidenceError, EvidenceStore};
use crate::privacy::{InForce, Limits};
use crate::store::retention::{self as table, Removed};
use crate::store::{Db, StoreError, retention_settings};

/// Events, and pictures, of one transaction.
const PORTION: i64 = 500;

/// Why retention stopped half way. What was removed is removed and on record; the next run goes on.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The store failed.
    #[error("removing what is past its retention")]
    Store(#[from] StoreError),
    /// A picture's file could not be removed.
    #[error("removing pictures past their retention")]
    Evidence(#[from] EvidenceError),
}

/// Removes all that is over its time now; gives back how many of what.
pub async fn apply_retention(db: &Db, evidence: &EvidenceStore, clock: &dyn Clock) -> Result<Removed, JobError> {
    let mut all = Removed::new();
    for name in table::controllers(db).await? {
        // What the contract does not take as a name can have no chain of its own; there is no way it got in.
        let Ok(controller) = name.parse::<ControllerName>() else { continue };
        let set = retention_settings::of_controller(&mut *db.read().await?, &name).await?;
        let limits = Limits::of(&InForce::of(&set, clock.now()), clock.now());
        // Cases first: what they let go of is free in the same run.
        cases_desk_and_audit(db, &controller, &limits, clock, &mut all).await?;
        while portion(db, evidence, &controller, &limits, clock, &mut all).await? {}
    }
    let mut removed = Removed::new();
    let mut tx = db.write().await?;
    table::remove_shared(&mut tx, &Limits::at(clock.now()).shared, &mut removed).await?;
    if !removed.is_empty() {
        record(&mut tx, &audit::centre_itself(), clock.now(), &removed).await?;
        tx.commit().await?;
    }
    merge(&mut all, removed);
    Ok(all)
}

async fn cases_desk_and_audit(
    db: &Db,
    controller: &ControllerName,
    limits: &Limits,
    clock: &dyn Clock,
    all: &mut Removed,
) -> Result<(), JobError> {
    let (name, now) = (controller.as_str(), clock.now());
    let mut removed = Removed::new();
    let mut tx = db.write().await?;
    table::bar_cases(&mut tx, name, now, &mut removed).await?;
    table::empty_cases(&mut tx, name, (limits.case_content, limits.case_record), now, &mut removed).await?;
    table::remove_desk(&mut tx, name, (limits.access, limits.hosts), &mut removed).await?;
    table::remove_lists(&mut tx, name, (limits.alerts, limits.lists), &mut removed).await?;
    table::remove_audit_days(&mut tx, name, &audit::day_of(limits.audit), now, &mut removed).await?;
    if !removed.is_empty() {
        record(&mut tx, controller, now, &removed).await?;
        tx.commit().await?;
    }
    merge(all, removed);
    Ok(())
}

/// One portion of a controller's passages and pictures; was there anything?
async fn portion(
    db: &Db,
    evidence: &EvidenceStore,
    controller: &ControllerName,
    limits: &Limits,
    clock: &dyn Clock,
    all: &mut Removed,
) -> Result<bool, JobError> {
    let name = controller.as_str();
    let mut removed = Removed::new();
    let mut tx = db.write().await?;
    table::remove_passages(&mut tx, name, limits.passages, PORTION, &mut removed).await?;
    let pictures = table::mark_pictures(&mut tx, name, limits.pictures, PORTION).await?;
    if removed.is_empty() && pictures.is_empty() {
        return Ok(false);
    }
    if !removed.is_empty() {
        record(&mut tx, controller, clock.now(), &removed).await?;
    }
    tx.commit().await?;
    // The file before its row: a file nobody speaks of would stay for ever.
    for sha256 in &pictures {
        evidence.remove(*sha256).await?;
    }
    if !pictures.is_empty() {
        let mut gone = Removed::new();
        let mut tx = db.write().await?;
        table::forget_pictures(&mut tx, &pictures, &mut gone).await?;
        record(&mut tx, controller, clock.now(), &gone).await?;
        tx.commit().await?;
        merge(&mut removed, gone);
    }
    merge(all, removed);
    Ok(true)
}

async fn record(
    tx: &mut sqlx::AnyConnection,
    controller: &ControllerName,
    now: UtcMicros,
    removed: &Removed,
) -> Result<(), StoreError> {
    let words: Vec<String> = removed.iter().map(|(what, rows)| format!("{what} {rows}")).collect();
    let entry = Entry::new(None, "retention.apply", Purpose::Operations).with_detail(words.join(", "));
    audit::append(tx, controller, now, entry).await
}

fn merge(all: &mut Removed, more: Removed) {
    for (what, rows) in more {
        *all.entry(what).or_default() += rows;
    }
}

#[cfg(test)]
#[path = "retention_tests.rs"]
mod tests;
