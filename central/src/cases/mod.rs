//! From suspicion to decision: the state machine, its clocks, the reasons for which a suspicion is thrown out. Pure: it
//! takes values and a moment and answers with a new value or a refusal. There is no path into *confirmed* but an
//! [`Officer`](crate::auth::Officer) who quotes what was served to that very session, and there is no bulk *confirm*.

mod clocks;
mod reason;
mod state;

pub use clocks::{Clocks, Deadline, DeadlineKind, Urgency};
pub use reason::{NOTE_MAX_CHARS, RejectionReason, UnknownReason};
pub use state::{Case, CaseError, CaseState, NoticeSent, Quoted, Verdict};

/// How many suspicions one call may reject.
pub const BULK_REJECT_MAX: usize = 200;
