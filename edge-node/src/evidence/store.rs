//! The node's pictures on disk, named by their hash. A picture is whole and synced before the event that speaks of it
//! is made; a crash between the two leaves a file nobody asks for, which the next start sweeps away. Pictures of
//! cameras that count people are never kept.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::bundle::Purpose;
use contract::clock::UtcMicros;
use contract::event::{EVIDENCE_MEDIA_TYPE, EvidenceRef, EvidenceRole, EvidenceState};
use contract::signature::Sha256;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DiskGuard, DiskLevel, PRIVATE_FILE, private_folder};
use crate::telemetry::chain;

/// `[evidence]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EvidenceSettings {
    /// Hours a picture stays on the node after the centre has it, 0..720. Default 24.
    #[schemars(range(max = 720))]
    pub keep_uploaded_hours: u32,
    /// Quality of the JPEG pictures, 50..100. Default 88.
    #[schemars(range(min = 50, max = 100))]
    pub jpeg_quality: u8,
}

impl Default for EvidenceSettings {
    fn default() -> Self {
        Self { keep_uploaded_hours: 24, jpeg_quality: 88 }
    }
}

/// Why a picture was not kept or not found.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// A camera that counts people keeps no pictures.
    #[error("a camera for counting people keeps no pictures")]
    CountingKeepsNoPictures,
    /// The bytes are no JPEG picture.
    #[error("the picture is not a JPEG")]
    NotJpeg,
    /// The file system refused.
    #[error("{doing} in the evidence folder failed")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// What lies under this name is something else.
    #[error("the stored picture {0} is damaged")]
    Damaged(Sha256),
}

fn io_error(doing: &'static str) -> impl FnOnce(io::Error) -> EvidenceError {
    move |source| EvidenceError::Io { doing, source }
}

/// The folder of pictures. Cheap to clone; used from analysis threads and from the uploader.
#[derive(Debug, Clone)]
pub struct EvidenceStore {
    dir: PathBuf,
    guard: Arc<DiskGuard>,
}

impl EvidenceStore {
    /// Opens (and makes) the folder.
    pub fn open(dir: &Path, guard: Arc<DiskGuard>) -> Result<Self, EvidenceError> {
        private_folder(dir).map_err(io_error("making the folder"))?;
        private_folder(&dir.join("tmp")).map_err(io_error("making the folder"))?;
        Ok(Self { dir: dir.to_owned(), guard })
    }

    /// Moves a folder that holds pictures out of the way, to `evidence.aside-…` beside it: no ledger speaks of them any more, but
    /// somebody may still want them. Answers where they are; `None` when there was none.
    pub fn set_aside(dir: &Path, now: UtcMicros) -> Result<Option<PathBuf>, EvidenceError> {
        let holds_one = |folder: &Path| -> io::Result<bool> {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let named = path.file_name().is_some_and(|name| name.len() == 2);
                if named && path.is_dir() && fs::read_dir(&path)?.next().is_some() {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        if !dir.is_dir() || !holds_one(dir).map_err(io_error("listing the folder"))? {
            return Ok(None);
        }
        let mut aside = dir.as_os_str().to_owned();
        aside.push(format!(".aside-{}", now.0));
        let aside = PathBuf::from(aside);
        fs::rename(dir, &aside).map_err(io_error("setting the pictures aside"))?;
        Ok(Some(aside))
    }

    /// Keeps a picture and answers with what the event says of it. Where the disk has no room for pictures or refuses the
    /// write, the answer's state is `lost`: the event still tells that there was one, and its hash.
    pub fn put(
        &self,
        purpose: Purpose,
        role: EvidenceRole,
        jpeg: &[u8],
        captured_at: UtcMicros,
    ) -> Result<EvidenceRef, EvidenceError> {
        if purpose == Purpose::PeopleCounting {
            return Err(EvidenceError::CountingKeepsNoPictures);
        }
        if !jpeg.starts_with(&[0xff, 0xd8, 0xff]) {
            return Err(EvidenceError::NotJpeg);
        }
        let sha256 = Sha256::of(jpeg);
        let state = if self.guard.level() >= DiskLevel::NoPictures {
            metrics::counter!(crate::telemetry::EVIDENCE_PICTURES_NOT_KEPT_TOTAL, "reason" => "disk_reserve")
                .increment(1);
            EvidenceState::Lost("disk_reserve".to_owned())
        } else if let Err(error) = self.write(sha256, jpeg) {
            // The event is worth more than its picture: it is made, and says that the picture is lost.
            tracing::error!(error = %chain(&error), "a picture was not kept");
            metrics::counter!(crate::telemetry::EVIDENCE_PICTURES_NOT_KEPT_TOTAL, "reason" => "write_failed")
                .increment(1);
            EvidenceState::Lost("write_failed".to_owned())
        } else {
            metrics::counter!(crate::telemetry::EVIDENCE_PICTURES_KEPT_TOTAL).increment(1);
            EvidenceState::AtEdge
        };
        Ok(EvidenceRef {
            role,
            sha256,
            bytes: jpeg.len() as u64,
            media_type: EVIDENCE_MEDIA_TYPE.to_owned(),
            captured_at,
            state,
        })
    }

    /// The bytes of a picture, checked against its name; `None` when it is not here.
    pub fn read(&self, sha256: Sha256) -> Result<Option<Vec<u8>>, EvidenceError> {
        let bytes = match fs::read(self.path_of(sha256)) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(io_error("reading a picture")(e)),
        };
        if Sha256::of(&bytes) != sha256 {
            return Err(EvidenceError::Damaged(sha256));
        }
        Ok(Some(bytes))
    }

    /// Removes a picture; no fault when it is gone already.
    pub fn remove(&self, sha256: Sha256) -> Result<(), EvidenceError> {
        match fs::remove_file(self.path_of(sha256)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(io_error("removing a picture")(e)),
            _ => Ok(()),
        }
    }

    /// At start, before any picture is made: removes half-written files and pictures that no event speaks of.
    /// Answers how many pictures went.
    pub fn sweep(&self, known: &HashSet<Sha256>) -> Result<usize, EvidenceError> {
        let listing = io_error("listing the folder");
        let mut swept = 0;
        for entry in fs::read_dir(&self.dir).map_err(listing)? {
            let folder = entry.map_err(io_error("listing the folder"))?.path();
            if !folder.is_dir() {
                continue;
            }
            let temporary = folder.file_name().is_some_and(|name| name == "tmp");
            for entry in fs::read_dir(&folder).map_err(io_error("listing a subfolder"))? {
                let path = entry.map_err(io_error("listing a subfolder"))?.path();
                let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
                // A file whose name is no hash is not ours to remove.
                let stray = temporary || name.parse().is_ok_and(|hash| !known.contains(&hash));
                if stray {
                    fs::remove_file(&path).map_err(io_error("removing a stray picture"))?;
                    swept += 1;
                }
            }
        }
        Ok(swept)
    }

    fn path_of(&self, sha256: Sha256) -> PathBuf {
        let name = sha256.to_string();
        self.dir.join(&name[..2]).join(format!("{name}.jpg"))
    }

    fn write(&self, sha256: Sha256, jpeg: &[u8]) -> Result<(), EvidenceError> {
        let path = self.path_of(sha256);
        if fs::metadata(&path).is_ok_and(|m| m.len() == jpeg.len() as u64) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.dir);
        if !folder.is_dir() {
            private_folder(folder).map_err(io_error("making a subfolder"))?;
            sync_folder(&self.dir).map_err(io_error("syncing the folder"))?;
        }
        let temporary = self.dir.join("tmp").join(format!("{sha256}.part"));
        let write = || -> io::Result<()> {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(true).mode(PRIVATE_FILE);
            let mut file = options.open(&temporary)?;
            file.write_all(jpeg)?;
            file.sync_all()?;
            fs::rename(&temporary, &path)?;
            sync_folder(folder)
        };
        write().map_err(|source| {
            let _ = fs::remove_file(&temporary);
            io_error("writing a picture")(source)
        })
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::DiskReserves;
    use crate::evidence::disk::tests::{TestDisk, no_guard};
    use std::sync::atomic::AtomicU64;

    const PICTURE: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

    fn keep(store: &EvidenceStore, purpose: Purpose) -> Result<EvidenceRef, EvidenceError> {
        store.put(purpose, EvidenceRole::Frame, PICTURE, UtcMicros(7))
    }

    #[test]
    fn a_picture_is_kept_once_under_its_hash() {
        let dir = tempfile::tempdir().unwrap();
        let store = EvidenceStore::open(dir.path(), no_guard(dir.path())).unwrap();
        let kept = keep(&store, Purpose::Traffic).unwrap();
        assert_eq!(kept, keep(&store, Purpose::Traffic).unwrap());
        assert_eq!(kept.sha256, Sha256::of(PICTURE));
        assert_eq!((kept.bytes, kept.state), (7, EvidenceState::AtEdge));
        assert_eq!(store.read(kept.sha256).unwrap().as_deref(), Some(PICTURE));
        store.remove(kept.sha256).unwrap();
        store.remove(kept.sha256).unwrap();
        assert_eq!(store.read(kept.sha256).unwrap(), None);
    }

    #[test]
    fn counting_cameras_keep_no_pictures() {
        let dir = tempfile::tempdir().unwrap();
        let store = EvidenceStore::open(dir.path(), no_guard(dir.path())).unwrap();
        let refused = keep(&store, Purpose::PeopleCounting);
        assert!(matches!(refused, Err(EvidenceError::CountingKeepsNoPictures)));
        assert_eq!(store.sweep(&HashSet::new()).unwrap(), 0, "nothing was written");
    }

    #[test]
    fn below_the_reserve_a_picture_is_named_but_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        let reserves = DiskReserves { pictures_bytes: 100, events_bytes: 50, reserve_bytes: 0 };
        let disk = Arc::new(TestDisk(AtomicU64::new(60)));
        let guard = Arc::new(DiskGuard::new(dir.path(), reserves, disk));
        let store = EvidenceStore::open(dir.path(), guard).unwrap();
        let told = keep(&store, Purpose::Traffic).unwrap();
        assert_eq!(told.state, EvidenceState::Lost("disk_reserve".to_owned()));
        assert_eq!(store.read(told.sha256).unwrap(), None);
    }

    #[test]
    fn a_damaged_picture_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let store = EvidenceStore::open(dir.path(), no_guard(dir.path())).unwrap();
        let kept = keep(&store, Purpose::Traffic).unwrap();
        fs::write(store.path_of(kept.sha256), b"\xff\xd8\xffother").unwrap();
        assert!(matches!(store.read(kept.sha256), Err(EvidenceError::Damaged(_))));
    }

    #[test]
    fn pictures_without_a_ledger_are_set_aside_and_never_swept() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("evidence");
        assert_eq!(EvidenceStore::set_aside(&folder, UtcMicros(7)).unwrap(), None);
        let store = EvidenceStore::open(&folder, no_guard(dir.path())).unwrap();
        assert_eq!(EvidenceStore::set_aside(&folder, UtcMicros(7)).unwrap(), None, "nothing was in it");
        let kept = keep(&store, Purpose::Traffic).unwrap();
        let aside = EvidenceStore::set_aside(&folder, UtcMicros(8)).unwrap().unwrap();
        assert!(!folder.exists());
        let found = EvidenceStore::open(&aside, no_guard(dir.path())).unwrap().read(kept.sha256).unwrap();
        assert_eq!(found.as_deref(), Some(PICTURE));
    }

    #[test]
    fn the_sweep_takes_strays_and_half_written_files_only() {
        let dir = tempfile::tempdir().unwrap();
        let store = EvidenceStore::open(dir.path(), no_guard(dir.path())).unwrap();
        let kept = keep(&store, Purpose::Traffic).unwrap();
        let stray = store.put(Purpose::Traffic, EvidenceRole::Frame, b"\xff\xd8\xffstray", UtcMicros(0)).unwrap();
        fs::write(dir.path().join("tmp/half.part"), b"\xff\xd8").unwrap();
        assert_eq!(store.sweep(&HashSet::from([kept.sha256])).unwrap(), 2);
        assert!(store.read(kept.sha256).unwrap().is_some());
        assert!(store.read(stray.sha256).unwrap().is_none());
    }
}
