//! Pictures, kept by their hash. What is put in is checked against its hash and written whole or not at all; it is never
//! changed and never found by anything but its hash. Who may see a picture is decided elsewhere, by case or passage.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use contract::signature::Sha256;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The largest piece of evidence taken, in bytes.
pub const MAX_EVIDENCE_BYTES: usize = 8 * 1024 * 1024;

/// Settings of the evidence store.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EvidenceSettings {
    /// Folder; relative to `data_dir`. Default `evidence`.
    pub dir: PathBuf,
    /// Space left free on its disk, MiB. Below it pictures are refused and wait at their nodes. Default 512.
    #[schemars(range(min = 16, max = 1_048_576))]
    pub reserve_mib: u64,
}

impl Default for EvidenceSettings {
    fn default() -> Self {
        Self { dir: PathBuf::from("evidence"), reserve_mib: 512 }
    }
}

/// Why evidence was not kept or found.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The bytes are not what the hash says.
    #[error("the bytes received are not those with hash {0}")]
    HashDiffers(Sha256),
    /// Less than the reserve is left.
    #[error("the disk has {free_mib} MiB left, the reserve is {reserve_mib} MiB")]
    NoSpace {
        /// Free now.
        free_mib: u64,
        /// To be left free.
        reserve_mib: u64,
    },
    /// The folder cannot be used.
    #[error("opening the evidence folder {folder}")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The store failed.
    #[error("{doing} evidence {sha256}")]
    Store {
        /// What we were doing.
        doing: &'static str,
        /// With what.
        sha256: Sha256,
        /// Why not.
        #[source]
        source: object_store::Error,
    },
}

/// What `put` did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// Written now.
    Stored,
    /// It was there.
    AlreadyThere,
}

/// The evidence store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct EvidenceStore {
    objects: Arc<dyn ObjectStore>,
    folder: PathBuf,
    reserve_mib: u64,
}

impl EvidenceStore {
    /// Opens (and makes) the folder.
    pub fn open(folder: &Path, reserve_mib: u64) -> Result<Self, EvidenceError> {
        let failed = |source| EvidenceError::Folder { folder: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let objects =
            LocalFileSystem::new_with_prefix(folder).map_err(|e| failed(std::io::Error::other(e)))?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects), folder: folder.to_owned(), reserve_mib })
    }

    /// Keeps `bytes` under `sha256`, if they have that hash.
    pub async fn put(&self, sha256: Sha256, bytes: Bytes) -> Result<Put, EvidenceError> {
        if Sha256::of(&bytes) != sha256 {
            return Err(EvidenceError::HashDiffers(sha256));
        }
        if self.contains(sha256).await? {
            return Ok(Put::AlreadyThere);
        }
        self.check_space(bytes.len() as u64)?;
        self.objects.put(&object(sha256), bytes.into()).await.map_err(|source| EvidenceError::Store {
            doing: "writing",
            sha256,
            source,
        })?;
        Ok(Put::Stored)
    }

    /// The bytes, or none if they are not here. What the disk gives back is checked against the hash once more.
    pub async fn get(&self, sha256: Sha256) -> Result<Option<Bytes>, EvidenceError> {
        let failed = |source| EvidenceError::Store { doing: "reading", sha256, source };
        let bytes = match self.objects.get(&object(sha256)).await {
            Ok(found) => found.bytes().await.map_err(failed)?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(source) => return Err(failed(source)),
        };
        if Sha256::of(&bytes) != sha256 {
            return Err(EvidenceError::HashDiffers(sha256));
        }
        Ok(Some(bytes))
    }

    /// Is it here?
    pub async fn contains(&self, sha256: Sha256) -> Result<bool, EvidenceError> {
        match self.objects.head(&object(sha256)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(source) => Err(EvidenceError::Store { doing: "looking for", sha256, source }),
        }
    }

    /// Removes a piece; one that is not here is removed already.
    pub async fn remove(&self, sha256: Sha256) -> Result<(), EvidenceError> {
        match self.objects.delete(&object(sha256)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(source) => Err(EvidenceError::Store { doing: "removing", sha256, source }),
        }
    }

    /// Is more than the reserve left after `wanted` bytes more?
    pub fn check_space(&self, wanted: u64) -> Result<(), EvidenceError> {
        let statistics = rustix::fs::statvfs(&self.folder)
            .map_err(|e| EvidenceError::Folder { folder: self.folder.clone(), source: e.into() })?;
        let free = statistics.f_bavail.saturating_mul(statistics.f_frsize).saturating_sub(wanted);
        let free_mib = free / (1024 * 1024);
        if free_mib < self.reserve_mib {
            return Err(EvidenceError::NoSpace { free_mib, reserve_mib: self.reserve_mib });
        }
        Ok(())
    }
}

/// Two levels of 256 folders keep each folder small.
fn object(sha256: Sha256) -> ObjectPath {
    let name = sha256.to_string();
    ObjectPath::from(format!("{}/{}/{name}.jpg", &name[..2], &name[2..4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_bytes_with_their_hash_are_kept_and_given_back() {
        let dir = tempfile::tempdir().unwrap();
        let store = EvidenceStore::open(dir.path(), 0).unwrap();
        let bytes = Bytes::from_static(b"a picture");
        let hash = Sha256::of(&bytes);
        let other = Sha256::of(b"another");
        assert!(matches!(store.put(other, bytes.clone()).await, Err(EvidenceError::HashDiffers(_))));
        assert_eq!(store.get(other).await.unwrap(), None);
        assert_eq!(store.put(hash, bytes.clone()).await.unwrap(), Put::Stored);
        assert_eq!(store.put(hash, bytes.clone()).await.unwrap(), Put::AlreadyThere);
        assert_eq!(store.get(hash).await.unwrap(), Some(bytes));
        // What was changed on the disk is not given out.
        let file = dir.path().join(object(hash).as_ref());
        std::fs::write(file, b"a changed picture").unwrap();
        assert!(matches!(store.get(hash).await, Err(EvidenceError::HashDiffers(_))));
    }

    #[tokio::test]
    async fn below_the_reserve_pictures_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let store = EvidenceStore::open(dir.path(), u64::MAX).unwrap();
        let bytes = Bytes::from_static(b"a picture");
        let put = store.put(Sha256::of(&bytes), bytes).await;
        assert!(matches!(put, Err(EvidenceError::NoSpace { .. })));
    }
}
