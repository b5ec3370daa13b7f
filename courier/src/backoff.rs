//! How long to wait before the next try: doubling from half a second to ten, with a share of chance so that nodes which
//! lost the same broker do not all come back at the same moment.

use std::time::Duration;

/// The first wait.
const FIRST: Duration = Duration::from_millis(500);
/// The longest.
const LONGEST: Duration = Duration::from_secs(10);

/// The reconnect policy.
#[derive(Debug, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The wait after one more failure. `chance` is 0..1 and takes up to a fifth off.
    pub fn next(&mut self, chance: f64) -> Duration {
        let doubled = FIRST.saturating_mul(1 << self.failures.min(10));
        self.failures = self.failures.saturating_add(1);
        doubled.min(LONGEST).mul_f64(1.0 - 0.2 * chance.clamp(0.0, 1.0))
    }

    /// It worked: the next failure starts from the beginning.
    pub fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_to_ten_seconds_and_start_again_after_success() {
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..7).map(|_| u64::try_from(backoff.next(0.0).as_millis()).unwrap()).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
        backoff.reset();
        assert_eq!(backoff.next(1.0), Duration::from_millis(400));
    }
}
