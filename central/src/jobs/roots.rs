//! Seals the audit chains day by day: checks a day that is over, signs its root, and writes the root to a folder that lies
//! on another machine. A day whose chain does not hold is not sealed: it raises an alarm and stays unsealed.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use contract::clock::{Clock, MINUTE_US};
use contract::ids::ControllerName;
use contract::signature::SigningKey;
use metrics::gauge;

use crate::audit::{self, ROOT_SCHEMA, Root, SignedRoot};
use crate::store::{Db, StoreError, audit as table};
use crate::telemetry;

/// A day whose records were begun before midnight may still grow after it.
pub const AFTER_MIDNIGHT_US: i64 = 10 * MINUTE_US;

/// Why sealing stopped. What was sealed is sealed.
#[derive(Debug, thiserror::Error)]
pub enum RootsError {
    /// The store failed.
    #[error("sealing days of the audit log")]
    Store(#[from] StoreError),
    /// The folder does not take a root.
    #[error("writing a root to {path}")]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file of that name holds another root.
    #[error("{0} holds another root of the same day: it is not overwritten")]
    Differs(PathBuf),
}

/// What a run did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Days signed now.
    pub signed: usize,
    /// Roots written to the folder now.
    pub shipped: usize,
    /// Days whose chain does not hold.
    pub broken: usize,
    /// Roots that only lie on this machine.
    pub waiting: usize,
}

/// Seals what is over, and ships what was not shipped.
pub async fn seal_days(
    db: &Db,
    key: &SigningKey,
    roots_dir: Option<&Path>,
    clock: &dyn Clock,
) -> Result<Sealed, RootsError> {
    let mut sealed = Sealed::default();
    let open_from = audit::day_of(clock.now().plus_us(-AFTER_MIDNIGHT_US));
    let unsealed = table::unsealed(&mut *db.read().await?, &open_from).await?;
    for (controller, day, records, hash) in unsealed {
        let Ok(name) = controller.parse::<ControllerName>() else { continue };
        let faults = audit::verify_day(&mut *db.read().await?, &name, &day).await?;
        if !faults.is_empty() {
            sealed.broken += 1;
            tracing::error!(
                faults = faults.len(),
                "the audit chain of {controller} on {day} does not hold; it is not sealed. `central verify-audit` says more"
            );
            continue;
        }
        let schema = ROOT_SCHEMA.to_owned();
        let made_at = clock.now();
        let root = Root { schema, controller: controller.clone(), day: day.clone(), records, hash, made_at };
        let signed = SignedRoot::sign(&root, key);
        let mut tx = db.write().await?;
        if table::insert_root(&mut tx, &controller, &day, (&signed.document, &signed.signature), made_at).await? {
            sealed.signed += 1;
        }
        tx.commit().await?;
    }
    for (controller, day, document, signature) in table::unshipped_roots(&mut *db.read().await?).await? {
        let Some(dir) = roots_dir else {
            sealed.waiting += 1;
            continue;
        };
        match ship(dir, &controller, &day, &SignedRoot { document, signature }) {
            Ok(()) => {}
            // One file somebody laid there must not keep all later days on this machine.
            Err(error @ RootsError::Differs(_)) => {
                tracing::error!(error = telemetry::chain(&error), "a root of {controller} on {day} is not shipped");
                sealed.waiting += 1;
                continue;
            }
            Err(error) => return Err(error),
        }
        let mut tx = db.write().await?;
        table::mark_shipped(&mut tx, &controller, &day, clock.now()).await?;
        tx.commit().await?;
        sealed.shipped += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "a gauge of days")]
    {
        gauge!(telemetry::AUDIT_BROKEN).set(sealed.broken as f64);
        gauge!(telemetry::AUDIT_UNSHIPPED).set(sealed.waiting as f64);
    }
    Ok(sealed)
}

/// Whole or not at all, and never over another one: the folder may only ever grow.
fn ship(dir: &Path, controller: &str, day: &str, root: &SignedRoot) -> Result<(), RootsError> {
    let path = dir.join(format!("{controller}_{day}.json"));
    let failed = |source| RootsError::File { path: path.clone(), source };
    let text = serde_json::to_vec_pretty(root).expect("a root has string keys only");
    match fs::read(&path) {
        Ok(there) if there == text => return Ok(()),
        Ok(_) => return Err(RootsError::Differs(path)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let unfinished = path.with_extension("json.new");
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&unfinished)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        File::open(dir)?.sync_all()
    };
    write().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Entry, compare_roots};
    use crate::auth::Purpose;
    use crate::store::fixtures;
    use crate::store::testing::each_engine;
    use contract::clock::{DAY_US, ManualClock, UtcMicros};

    async fn look(db: &Db, controller: &str, at: UtcMicros) {
        let mut tx = db.write().await.unwrap();
        let entry = Entry::new(None, "passes.search", Purpose::VehicleSearch);
        audit::append(&mut tx, &controller.parse().unwrap(), at, entry).await.unwrap();
        tx.commit().await.unwrap();
    }

    #[tokio::test]
    async fn a_day_that_is_over_is_sealed_once_shipped_and_fits_the_chain() {
        each_engine(|db| async move {
            let folder = tempfile::tempdir().unwrap();
            let key = SigningKey::from_seed([3; 32]);
            let noon = UtcMicros::from_rfc3339("2026-11-23T05:00:00Z").unwrap();
            let clock = ManualClock::at(noon);
            look(&db, "police", noon).await;
            look(&db, "police", noon).await;
            look(&db, "tourism", noon).await;
            let run = || seal_days(&db, &key, Some(folder.path()), &clock);
            assert_eq!(run().await.unwrap(), Sealed::default(), "the day is not over");
            clock.advance_us(DAY_US);
            look(&db, "police", clock.now()).await;
            assert_eq!(run().await.unwrap(), Sealed { signed: 2, shipped: 2, ..Sealed::default() });
            assert_eq!(run().await.unwrap(), Sealed::default(), "once");

            let file = folder.path().join("police_2026-11-23.json");
            let signed: SignedRoot = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
            let root = signed.open(key.public_key()).unwrap();
            assert_eq!((root.records, root.day.as_str()), (2, "2026-11-23"));
            let heads = table::heads(&mut db.read().await.unwrap()).await.unwrap();
            let police: Vec<_> = heads.into_iter().filter(|h| h.0 == "police").collect();
            assert_eq!(compare_roots(&[root], &police, "2026-11-24"), []);
        })
        .await;
    }

    #[tokio::test]
    async fn a_foreign_file_in_the_folder_of_roots_stays_and_keeps_no_other_day_back() {
        each_engine(|db| async move {
            let folder = tempfile::tempdir().unwrap();
            let key = SigningKey::from_seed([3; 32]);
            let noon = UtcMicros::from_rfc3339("2026-11-23T05:00:00Z").unwrap();
            look(&db, "police", noon).await;
            look(&db, "tourism", noon).await;
            let file = folder.path().join("police_2026-11-23.json");
            fs::write(&file, "{}").unwrap();
            let clock = ManualClock::at(noon.plus_us(DAY_US));
            let sealed = seal_days(&db, &key, Some(folder.path()), &clock).await.unwrap();
            assert_eq!(sealed, Sealed { signed: 2, shipped: 1, waiting: 1, ..Sealed::default() });
            assert_eq!(fs::read(&file).unwrap(), b"{}");
        })
        .await;
    }

    #[tokio::test]
    async fn a_chain_that_does_not_hold_is_not_sealed_and_without_a_folder_roots_wait() {
        each_engine(|db| async move {
            let key = SigningKey::from_seed([3; 32]);
            let noon = UtcMicros::from_rfc3339("2026-11-23T05:00:00Z").unwrap();
            look(&db, "police", noon).await;
            look(&db, "tourism", noon).await;
            fixtures::sql(&db, "UPDATE audit_heads SET seq = 5 WHERE controller = 'police'").await;
            let clock = ManualClock::at(noon.plus_us(DAY_US));
            let sealed = seal_days(&db, &key, None, &clock).await.unwrap();
            assert_eq!(sealed, Sealed { signed: 1, broken: 1, waiting: 1, ..Sealed::default() });
        })
        .await;
    }
}
