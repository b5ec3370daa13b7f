//! One centre at a time from one data folder and one database (`store/one_centre.rs` says why).

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::store::Db;
use crate::store::one_centre::ServeLock;

/// A centre that was just killed leaves its locks within moments.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(200);

/// The right to serve. Given up when it is dropped.
#[derive(Debug)]
pub(super) struct OneCentre {
    folder: File,
    database: ServeLock,
}

impl OneCentre {
    /// The folder's lock, held as long as the file is open, and the database's, which wants to be kept.
    pub(super) fn into_parts(self) -> (File, ServeLock) {
        (self.folder, self.database)
    }
}

/// Takes the right to serve, waiting a little for a centre that is just ending.
pub(super) async fn become_the_one(data_dir: &Path, db: &Db) -> Result<OneCentre> {
    let mut waited = Duration::ZERO;
    loop {
        if let Some(one) = try_become_the_one(data_dir, db).await? {
            return Ok(one);
        }
        if waited >= PATIENCE {
            bail!(
                "another centre serves from this data folder or this database: stop it first. There is one centre at a time: \
                 two would throw each other off the broker"
            );
        }
        tokio::time::sleep(PAUSE).await;
        waited += PAUSE;
    }
}

/// Takes the right to serve, or `None` while another centre has it.
pub(super) async fn try_become_the_one(data_dir: &Path, db: &Db) -> Result<Option<OneCentre>> {
    let path = data_dir.join("serving.lock");
    let folder = File::create(&path).with_context(|| format!("making {}", path.display()))?;
    match folder.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("locking {}", path.display())),
    }
    Ok(db.try_serve_lock().await?.map(|database| OneCentre { folder, database }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_data_folder_serves_one_centre() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::connect(&Db::sqlite_url(&dir.path().join("central.sqlite")), 1).await.unwrap();
        let first = try_become_the_one(dir.path(), &db).await.unwrap().expect("nobody serves yet");
        assert!(try_become_the_one(dir.path(), &db).await.unwrap().is_none());
        drop(first);
        assert!(try_become_the_one(dir.path(), &db).await.unwrap().is_some());
    }
}
