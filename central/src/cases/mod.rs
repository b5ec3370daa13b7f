//! From suspicion to decision: the state machine, its clocks, the reasons for which a suspicion is thrown out. Pure: it
//! takes values and a moment and answers with a new value or a refusal. There is no path into *confirmed* but an
//! [`Officer`](crate::auth::Officer) who quotes what was served to that very session, and there is no bulk *confirm*.

mod clocks;
mod hold;
mod law;
mod reason;
mod state;

pub use clocks::{Clocks, Deadline, DeadlineKind, Urgency};
pub use hold::{Assignment, HeldError, Hold, LEASE_US, Lease, Named};
pub use law::{
    ANY, Answer, Checklist, ITEMS_MAX, Item, LawFileError, Rule, RuleUsed, Unanswered, committed_items, committed_rules,
};
pub use reason::{NOTE_MAX_CHARS, RejectionReason, UnknownReason};
pub use state::{Case, CaseError, CaseState, NoticeSent, Quoted, Verdict};

/// How many suspicions one call may reject.
pub const BULK_REJECT_MAX: usize = 200;
