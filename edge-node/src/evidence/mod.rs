//! Pictures that belong to events: hashed when made, on disk before the event is, kept until the centre has them and a
//! while longer. Also the guard over the disk's reserves, because pictures are the first thing to stop.

mod disk;
mod private;
mod store;

pub use disk::{DiskGuard, DiskLevel, DiskReserves, FreeSpace, MachineDisk};
pub use private::{PRIVATE_FILE, private_file, private_folder};
pub use store::{EvidenceError, EvidenceSettings, EvidenceStore};

#[cfg(test)]
pub(crate) use disk::tests as disk_tests;
