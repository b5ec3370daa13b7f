//! Verdicts and rules → contract events. A passage is announced once it is sure to be one, told again when something
//! worth saying changed, and closed by exactly one final; counts, health and suspicions are passages of their own.
//! Everything here is a function of values: no clock, no file, no network.

mod access;
mod book;
mod draft;

pub use access::access_draft;
pub use book::{
    BookSettings, CameraContext, Parting, PassageBook, PassageEnd, PassageUpdate, TrackId, WrongWayFinding,
};
pub use draft::{EventDraft, MintError, Minted, Minter};

#[cfg(test)]
pub(crate) use draft::tests as draft_tests;
