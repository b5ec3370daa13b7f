//! System tests: the whole chain with real processes, and the rules the source tree keeps. One binary, so that the
//! workspace links once.

#![expect(clippy::unwrap_used, reason = "a test binary: a fault here is a failing test")]

mod accidents;
mod architecture;
mod live_page;
mod refusals;
mod samples;

/// Cameras play at real speed, and two cores carry one stage at a time: whoever puts one up waits for its turn.
static ONE_STAGE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
