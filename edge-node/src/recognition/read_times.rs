//! Where the time of reading a picture goes: CPU time of the calling thread by step, in which a busy neighbour does not count. It
//! measures and never decides.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// CPU time of this thread since the times were taken last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadTimes {
    /// Looking for plates with the project's own detector.
    pub find: Duration,
    /// Straightening and reading them with the project's own reader.
    pub read: Duration,
    /// The general nets, as second opinion or alone.
    pub general: Duration,
}

/// Does `work` and adds what it used to `sum`.
pub(super) fn timed<T>(sum: &mut Duration, work: impl FnOnce() -> T) -> T {
    let before = thread_cpu();
    let result = work();
    *sum += thread_cpu().saturating_sub(before);
    result
}

fn thread_cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_counts_and_waiting_does_not() {
        let mut sum = Duration::ZERO;
        timed(&mut sum, || std::thread::park_timeout(Duration::from_millis(50)));
        assert!(sum < Duration::from_millis(40), "{sum:?}");
        let before = sum;
        let folded = timed(&mut sum, || (0..2_000_000u64).fold(0, |a, b| std::hint::black_box(a ^ b)));
        std::hint::black_box(folded);
        assert!(sum > before);
    }
}
