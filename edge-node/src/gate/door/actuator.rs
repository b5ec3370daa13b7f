//! The one trait behind which every kind of door stands. An actuator speaks its protocol and nothing else: the time-out,
//! *busy*, the deadline of what has not left and the renewal of holds are the business of [`super::Door`], once for all.

use std::fmt;

use futures_util::future::BoxFuture;

use super::error::Trouble;
use super::order::LiveOrder;

/// What a door said to an order to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoorFeedback {
    /// The device confirms that it acted: relay state read back, state topic, door state.
    Opened,
    /// The device took the order; it tells nothing more, or was not asked to.
    Accepted,
}

impl DoorFeedback {
    /// As in results of commands and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Accepted => "accepted",
        }
    }
}

/// What became of a denial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DenialFeedback {
    /// The device was told.
    Told,
    /// This kind of device asks nobody; a door that is not opened stays shut.
    NotNeeded,
}

/// One device that opens a door.
///
/// Dropping a returned future ends what it was doing: from then on nothing of it leaves the node. An implementation asks
/// [`LiveOrder::leave`] directly before the bytes that make the device act, sends them once, and keeps nothing to send later.
pub trait Actuator: Send + Sync + fmt::Debug {
    /// Opens for the pulse of the order.
    fn open<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<DoorFeedback, Trouble>>;

    /// Tells a device that asked that a person said no.
    fn deny<'a>(&'a self, _order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<DenialFeedback, Trouble>> {
        Box::pin(async { Ok(DenialFeedback::NotNeeded) })
    }

    /// Keeps a fail-safe door shut for `hold_s` seconds; then the device lets go by itself.
    fn hold(&self, _hold_s: u32) -> BoxFuture<'_, Result<(), Trouble>> {
        Box::pin(async { Err(Trouble::Unsupported) })
    }

    /// Lets go of a fail-safe door at once.
    fn release<'a>(&'a self, _order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async { Err(Trouble::Unsupported) })
    }

    /// What the device's state said last since the order began, where it was read and did not say that it acted: a
    /// time-out is then *unconfirmed*.
    fn last_state(&self) -> Option<String> {
        None
    }
}
