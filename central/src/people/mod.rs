//! People who are enrolled for a gate, and the few who are watched for. What is known of a person is sealed with a key of
//! that person alone (`vault.rs`), proposed by one registrar and approved by another (`office.rs`), sent to nodes as
//! templates under opaque ids (`gallery.rs`), and gone everywhere when it is withdrawn (`withdrawal.rs`). Nothing here parses
//! a picture: a limited child process does (`worker.rs`). No name, picture or template is ever logged.

mod duplicates;
mod gallery;
mod gate_pass;
mod import;
mod judging;
mod office;
mod proposal;
mod spreadsheet;
mod state;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod vault;
mod watch;
mod withdrawal;
mod worker;

pub use duplicates::{Calibration, KnownFaces};
pub use gallery::{GALLERY_RENEW_BEFORE_US, GALLERY_VALID_US, GalleryFault, Rebuilt, key_for, nodes_with_gates};
pub use gate_pass::{IssuedPass, drawn as drawn_pass};
pub use import::{IMPORT_ROWS, Import, ImportError, ImportReport, ImportRow, RowFault};
pub use office::{EnrolmentSettings, Office, OfficeError, Shown};
pub use proposal::{Basis, GateAddress, MAX_PICTURES, PictureReport, Proposal, ProposalFault, Proposed};
pub(crate) use proposal::{day_start, parse_hours};
pub use spreadsheet::SpreadsheetError;
pub use state::{By, EnrolmentState, StateFault};
pub use vault::{DataKey, Vault, VaultError};
pub use watch::{WATCH_MONTHS_DAYS, WatchProposal};
pub use withdrawal::{Certificate, NodeWord, SignedCertificate};
pub use worker::{JudgePictures, Judged, Worker, WorkerError};
