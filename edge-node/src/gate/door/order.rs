//! Orders to a door. An order lives in the memory of this process for a few seconds: it has no serialisation, no copy and
//! no default, every use consumes it, and its deadline is a reading of this process's monotonic clock, which means nothing
//! to any other process or after a restart. Nothing here sends anything.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use contract::clock::Clock;

use super::error::Trouble;
use crate::gate::OpenPermit;

/// Open once. Made by the gate for an admitted person or for a guard's decision on an outstanding request, never for
/// anything else.
#[derive(Debug)]
pub struct OpenOrder {
    terms: Terms,
    pulse_ms: Option<u32>,
}

/// Tell the device that a person has decided against opening. Only devices that asked (ONVIF) have to be told.
#[derive(Debug)]
pub struct DenyOrder {
    terms: Terms,
}

/// Let go of a fail-safe door until it is held again. It opens the door, so it dies like any order.
#[derive(Debug)]
pub struct ReleaseOrder {
    terms: Terms,
}

#[derive(Debug)]
struct Terms {
    deadline_us: i64,
    credential_token: Option<String>,
    reason: Option<&'static str>,
}

impl Terms {
    const fn until(deadline_us: i64) -> Self {
        Self { deadline_us, credential_token: None, reason: None }
    }
}

impl From<OpenPermit> for OpenOrder {
    /// The permit is used up.
    fn from(permit: OpenPermit) -> Self {
        Self::until(permit.deadline_us())
    }
}

impl OpenOrder {
    /// An order that dies when the monotonic clock reads `deadline_us` microseconds. Outside of tests an order is made of
    /// an [`OpenPermit`] and of nothing else.
    #[must_use]
    pub(crate) const fn until(deadline_us: i64) -> Self {
        Self { terms: Terms::until(deadline_us), pulse_ms: None }
    }

    /// For so many milliseconds instead of the door's own `pulse_ms`.
    #[must_use]
    pub const fn for_pulse_ms(mut self, pulse_ms: u32) -> Self {
        self.pulse_ms = Some(pulse_ms);
        self
    }

    /// The card or code the device itself saw and asked about (ONVIF `CredentialToken`). Never a person's name.
    #[must_use]
    pub fn with_credential_token(mut self, token: String) -> Self {
        self.terms.credential_token = Some(token);
        self
    }

    /// Why, for the device's own log (ONVIF `Reason`). A constant of the program, so that no name can stand in it.
    #[must_use]
    pub const fn because(mut self, reason: &'static str) -> Self {
        self.terms.reason = Some(reason);
        self
    }
}

impl DenyOrder {
    /// An order that dies when the monotonic clock reads `deadline_us` microseconds.
    #[must_use]
    pub const fn until(deadline_us: i64) -> Self {
        Self { terms: Terms::until(deadline_us) }
    }

    /// The card or code the device itself saw and asked about (ONVIF `CredentialToken`). Never a person's name.
    #[must_use]
    pub fn with_credential_token(mut self, token: String) -> Self {
        self.terms.credential_token = Some(token);
        self
    }

    /// Why, for the device's own log (ONVIF `Reason`). A constant of the program, so that no name can stand in it.
    #[must_use]
    pub const fn because(mut self, reason: &'static str) -> Self {
        self.terms.reason = Some(reason);
        self
    }
}

impl ReleaseOrder {
    /// An order that dies when the monotonic clock reads `deadline_us` microseconds.
    #[must_use]
    pub const fn until(deadline_us: i64) -> Self {
        Self { terms: Terms::until(deadline_us) }
    }
}

/// An order in the hands of an actuator. [`LiveOrder::leave`] is the last thing before bytes leave.
pub struct LiveOrder<'a> {
    terms: Terms,
    pulse_ms: u32,
    clock: &'a dyn Clock,
    has_left: AtomicBool,
}

impl<'a> LiveOrder<'a> {
    pub(super) fn open(order: OpenOrder, pulse_ms: u32, clock: &'a dyn Clock) -> Self {
        Self::new(order.terms, order.pulse_ms.unwrap_or(pulse_ms), clock)
    }

    pub(super) fn deny(order: DenyOrder, clock: &'a dyn Clock) -> Self {
        Self::new(order.terms, 0, clock)
    }

    pub(super) fn release(order: ReleaseOrder, clock: &'a dyn Clock) -> Self {
        Self::new(order.terms, 0, clock)
    }

    fn new(terms: Terms, pulse_ms: u32, clock: &'a dyn Clock) -> Self {
        Self { terms, pulse_ms, clock, has_left: AtomicBool::new(false) }
    }

    /// How long the door is to be open, milliseconds.
    pub fn pulse_ms(&self) -> u32 {
        self.pulse_ms
    }

    /// The device's own word for the card it asked about.
    pub fn credential_token(&self) -> Option<&str> {
        self.terms.credential_token.as_deref()
    }

    /// Why, for the device's log.
    pub fn reason(&self) -> Option<&'static str> {
        self.terms.reason
    }

    /// What is left until the deadline; `None` when it has passed.
    pub fn remaining(&self) -> Option<Duration> {
        let left = self.terms.deadline_us.saturating_sub(self.clock.monotonic_us());
        u64::try_from(left).ok().filter(|us| *us > 0).map(Duration::from_micros)
    }

    /// Asked directly before bytes that make the device act leave the node: an error after the deadline, and then they do
    /// not leave.
    pub fn leave(&self) -> Result<(), Trouble> {
        self.remaining().ok_or(Trouble::TooLate)?;
        self.has_left.store(true, Ordering::Release);
        Ok(())
    }

    /// Did bytes leave that may make the device act?
    pub fn has_left(&self) -> bool {
        self.has_left.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::clock::{ManualClock, UtcMicros};

    /// Two blanket implementations make the call below ambiguous, which does not compile, as soon as an order can be
    /// copied, written down or made out of nothing.
    macro_rules! never {
        ($order:ty, $capability:path) => {{
            trait Ambiguous<A> {
                fn resolved() {}
            }
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + $capability> Ambiguous<u8> for T {}
            <$order as Ambiguous<_>>::resolved();
        }};
    }

    #[test]
    fn an_order_can_be_neither_copied_nor_written_down() {
        never!(OpenOrder, Clone);
        never!(OpenOrder, Default);
        never!(OpenOrder, serde::Serialize);
        never!(OpenOrder, serde::de::DeserializeOwned);
        never!(DenyOrder, Clone);
        never!(DenyOrder, serde::Serialize);
        never!(ReleaseOrder, Clone);
        never!(ReleaseOrder, serde::Serialize);
        never!(LiveOrder<'static>, Clone);
        never!(LiveOrder<'static>, serde::Serialize);
    }

    #[test]
    fn an_order_leaves_before_its_deadline_only_whatever_the_wall_clock_says() {
        let clock = ManualClock::at(UtcMicros(0));
        let order = LiveOrder::open(OpenOrder::until(3_000_000), 500, &clock);
        clock.advance_us(2_999_999);
        clock.set_wall(UtcMicros(-1_000_000_000));
        assert_eq!(order.remaining(), Some(Duration::from_micros(1)));
        assert!(!order.has_left());
        order.leave().unwrap();
        assert!(order.has_left());
        let late = LiveOrder::open(OpenOrder::until(3_000_000), 500, &clock);
        clock.advance_us(1);
        assert!(matches!(late.leave(), Err(Trouble::TooLate)));
        assert!(!late.has_left());
    }
}
