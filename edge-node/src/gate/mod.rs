//! The gate: two answers, requests for a decision, and doors. [`Gate`] is a state machine of one gate: it is told what the
//! camera sees, what the gallery says to it and what comes from above, and answers with what is to be said, shown and
//! opened. It reads no clock, draws no picture and opens nothing itself.
//!
//! The machine's words are *admit* and *verify*; it has no word for *deny*. A door opens on an [`OpenPermit`] and on nothing
//! else, and every permit rests either on a frame that is fresh at that moment or on an outstanding request that a person's
//! decision quotes (`requests.rs`). What a permit is for is said, and recorded, before it is used.

mod approach;
mod arrival;
pub mod door;
mod fresh;
pub mod judge;
mod keeper;
mod looks;
mod requests;
mod switchboard;

pub use fresh::{FRESH_US, FreshFrame};
pub use keeper::{Effect, FaceSeen, Gate, GateSettings, KnownHere, Moment, Order, Said, Wants};
pub use looks::{AFTER_DEPARTURE_US, Look, Looks};
pub use requests::{NotOpened, OpenPermit, OpenQuote, Requests};
pub use switchboard::{Post, Switchboard};

#[cfg(test)]
mod histories;

#[cfg(test)]
mod keeper_tests;
