//! Lockout after failed sign-ins, per account and per address. Pure: a counter, a window and a moment. It never says which
//! of the two it was, nor whether the account exists.

use contract::clock::{MINUTE_US, UtcMicros};

/// Failures within the window after which sign-in is refused (domain 4.3: at most 5).
pub const FAILURES_ALLOWED: i64 = 5;
/// The same for an address. Higher, since a whole office may stand behind one: twenty wrong guesses there are no user's slip.
pub const FAILURES_ALLOWED_ADDRESS: i64 = 20;
/// Failures older than this start a new count.
pub const WINDOW_US: i64 = 15 * MINUTE_US;
/// How long sign-in stays refused, counted from the last failure.
pub const LOCKED_FOR_US: i64 = 15 * MINUTE_US;

/// What is remembered of one account or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lockout {
    /// Failures in the window.
    pub failures: i64,
    /// The first of them.
    pub first_at: i64,
    /// The last of them.
    pub last_at: i64,
}

impl Lockout {
    /// Is sign-in refused now, when `allowed` failures are?
    #[must_use]
    pub fn is_locked(&self, now: UtcMicros, allowed: i64) -> bool {
        self.failures >= allowed && now.0.saturating_sub(self.last_at) < LOCKED_FOR_US
    }

    /// After one more failure.
    #[must_use]
    pub fn after_failure(self, now: UtcMicros) -> Self {
        let expired =
            now.0.saturating_sub(self.first_at) >= WINDOW_US && now.0.saturating_sub(self.last_at) >= LOCKED_FOR_US;
        if self.failures == 0 || expired {
            return Self { failures: 1, first_at: now.0, last_at: now.0 };
        }
        Self { failures: self.failures + 1, last_at: now.0, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_lock_for_fifteen_minutes() {
        let mut state = Lockout::default();
        let at = |minutes: i64| UtcMicros(minutes * MINUTE_US);
        for i in 0..5 {
            assert!(!state.is_locked(at(i), FAILURES_ALLOWED), "after {i} failures");
            state = state.after_failure(at(i));
        }
        assert!(state.is_locked(at(5), FAILURES_ALLOWED));
        assert!(state.is_locked(at(18), FAILURES_ALLOWED));
        assert!(!state.is_locked(at(19), FAILURES_ALLOWED));
        // Once the lock is over a single failure is a new first one.
        assert_eq!(state.after_failure(at(19)).failures, 1);
    }

    #[test]
    fn slow_failures_do_not_add_up_for_ever() {
        let first = Lockout::default().after_failure(UtcMicros(0));
        let later = first.after_failure(UtcMicros(WINDOW_US + LOCKED_FOR_US));
        assert_eq!(later.failures, 1);
    }
}
