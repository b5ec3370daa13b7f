//! The guard over the disk: above R1 all is well, below R1 no new pictures, below R2 no new events. A preallocated file
//! is given up when even a health report finds no room. Nothing stored is ever deleted to make room.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::downlink::DiskRoom;

use super::PRIVATE_FILE;

/// How much room the node's disk has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiskLevel {
    /// Room enough.
    Roomy,
    /// Below R1: no new pictures.
    NoPictures,
    /// Below R2: no new events, except health.
    NoEvents,
}

impl DiskLevel {
    /// As in metrics and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Roomy => "roomy",
            Self::NoPictures => "no_pictures",
            Self::NoEvents => "no_events",
        }
    }

    /// In the contract's words.
    #[must_use]
    pub const fn to_contract(self) -> DiskRoom {
        match self {
            Self::Roomy => DiskRoom::Roomy,
            Self::NoPictures => DiskRoom::NoPictures,
            Self::NoEvents => DiskRoom::NoEvents,
        }
    }
}

/// Free bytes of the file system a path is on.
pub trait FreeSpace: Send + Sync {
    /// Bytes an ordinary process may still write.
    fn free_bytes(&self) -> io::Result<u64>;
}

/// Asks the kernel (`statvfs`).
#[derive(Debug)]
pub struct MachineDisk(PathBuf);

impl MachineDisk {
    /// The file system that holds `path`, which must exist.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self(path.to_owned())
    }
}

impl FreeSpace for MachineDisk {
    fn free_bytes(&self) -> io::Result<u64> {
        let stat = rustix::fs::statvfs(&self.0)?;
        Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
    }
}

/// The limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskReserves {
    /// R1, bytes: below it no new pictures.
    pub pictures_bytes: u64,
    /// R2, bytes: below it no new events.
    pub events_bytes: u64,
    /// Size of the preallocated file, bytes; 0 = none.
    pub reserve_bytes: u64,
}

/// Watches the disk and holds the preallocated reserve.
pub struct DiskGuard {
    space: Arc<dyn FreeSpace>,
    reserves: DiskReserves,
    reserve_file: PathBuf,
}

impl std::fmt::Debug for DiskGuard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DiskGuard").field("reserves", &self.reserves).finish_non_exhaustive()
    }
}

impl DiskGuard {
    /// A guard for the data folder, whose file `reserve` it holds. Call [`DiskGuard::restore_reserve`] at start.
    #[must_use]
    pub fn new(data_dir: &Path, reserves: DiskReserves, space: Arc<dyn FreeSpace>) -> Self {
        Self { space, reserves, reserve_file: data_dir.join("reserve") }
    }

    /// How much room there is. A file system that does not answer counts as roomy: the write itself will tell.
    #[must_use]
    pub fn level(&self) -> DiskLevel {
        match self.space.free_bytes() {
            Ok(free) if free < self.reserves.events_bytes => DiskLevel::NoEvents,
            Ok(free) if free < self.reserves.pictures_bytes => DiskLevel::NoPictures,
            Ok(_) | Err(_) => DiskLevel::Roomy,
        }
    }

    /// Free bytes, for reports.
    #[must_use]
    pub fn free_bytes(&self) -> Option<u64> {
        self.space.free_bytes().ok()
    }

    /// Makes the preallocated file if there is room for it beside R1. Answers whether it is there.
    pub fn restore_reserve(&self) -> io::Result<bool> {
        let wanted = self.reserves.reserve_bytes;
        if wanted == 0 {
            return Ok(false);
        }
        if std::fs::metadata(&self.reserve_file).is_ok_and(|m| m.len() >= wanted) {
            return Ok(true);
        }
        if self.space.free_bytes()? < wanted.saturating_add(self.reserves.pictures_bytes) {
            return Ok(false);
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(PRIVATE_FILE);
        let file = options.open(&self.reserve_file)?;
        rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, wanted)?;
        file.sync_all()?;
        Ok(true)
    }

    /// Gives the preallocated room up, so that a health report can still be written. Answers whether there was any.
    pub fn release_reserve(&self) -> bool {
        std::fs::remove_file(&self.reserve_file).is_ok()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A disk whose free room a test sets.
    #[derive(Debug, Default)]
    pub(crate) struct TestDisk(pub(crate) AtomicU64);

    impl FreeSpace for TestDisk {
        fn free_bytes(&self) -> io::Result<u64> {
            Ok(self.0.load(Ordering::SeqCst))
        }
    }

    /// A guard that never minds.
    pub(crate) fn no_guard(dir: &Path) -> Arc<DiskGuard> {
        let reserves = DiskReserves { pictures_bytes: 0, events_bytes: 0, reserve_bytes: 0 };
        Arc::new(DiskGuard::new(dir, reserves, Arc::new(TestDisk(AtomicU64::new(u64::MAX)))))
    }

    #[test]
    fn the_levels_follow_the_free_room() {
        let dir = tempfile::tempdir().unwrap();
        let disk = Arc::new(TestDisk(AtomicU64::new(0)));
        let reserves = DiskReserves { pictures_bytes: 100, events_bytes: 50, reserve_bytes: 10 };
        let guard = DiskGuard::new(dir.path(), reserves, disk.clone());
        for (free, level) in [
            (49, DiskLevel::NoEvents),
            (50, DiskLevel::NoPictures),
            (99, DiskLevel::NoPictures),
            (100, DiskLevel::Roomy),
        ] {
            disk.0.store(free, Ordering::SeqCst);
            assert_eq!(guard.level(), level, "{free}");
        }
    }

    #[test]
    fn the_reserve_is_made_only_where_there_is_room_and_given_up_once() {
        let dir = tempfile::tempdir().unwrap();
        let disk = Arc::new(TestDisk(AtomicU64::new(105)));
        let reserves = DiskReserves { pictures_bytes: 100, events_bytes: 50, reserve_bytes: 10 };
        let guard = DiskGuard::new(dir.path(), reserves, disk.clone());
        assert!(!guard.restore_reserve().unwrap());
        disk.0.store(110, Ordering::SeqCst);
        assert!(guard.restore_reserve().unwrap());
        assert_eq!(std::fs::metadata(dir.path().join("reserve")).unwrap().len(), 10);
        assert!(guard.release_reserve());
        assert!(!guard.release_reserve());
    }

    #[test]
    fn the_kernel_answers_for_a_real_folder() {
        let dir = tempfile::tempdir().unwrap();
        assert!(MachineDisk::of(dir.path()).free_bytes().unwrap() > 0);
    }
}
