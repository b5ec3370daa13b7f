//! Ingest: receive, verify, de-duplicate, store, then acknowledge. Events take the way of the file list: the `session` hands
//! messages to the `intake`, which verifies them and sorts them into two lanes; the `writer` stores batches of both, fresh
//! ones first, in one transaction each, and acknowledges after the commit. What cannot be taken is quarantined. When a queue
//! is full a message is turned away and counted: its node still has it and sends it again, so nothing is lost.

mod commit;
mod intake;
mod ledger;
mod presence;
mod quarantine;
mod session;
#[cfg(test)]
mod tests;
mod verify;
mod watch;
mod writer;

pub use commit::{Outcome, Rejected, store_batch};
pub use intake::{Intake, Lane, Lanes, Work, run_intake};
pub use ledger::{Changes, Insert, RangeSet};
pub use presence::{Presence, run_presence};
pub use quarantine::{Place, Quarantined, Reason};
pub use session::{Outbound, Session, SessionSettings};
pub use verify::{Message, VerifiedEvent, verify};
pub use watch::{GapWatch, run_watch};
pub use writer::{Committed, OnCommitted, Writer, WriterHealth};
