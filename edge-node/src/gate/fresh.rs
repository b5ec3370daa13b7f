//! A fresh frame as a type. It is made when a frame is taken up from a live camera and is worth something for a moment
//! only; it can be neither copied, stored nor sent, so that nothing from the past can ever open a door.

use crate::frame::Frame;

/// How long after it was taken up a frame still shows who stands at the door now.
pub const FRESH_US: i64 = 1_500_000;

/// Proof that somebody was seen just now, by this process, on a live camera.
#[derive(Debug)]
pub struct FreshFrame {
    taken_up_us: i64,
}

impl FreshFrame {
    /// Of a frame of a live camera. Replays of files never come this way.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        Self { taken_up_us: frame.time.monotonic_us }
    }

    /// Last moment, on the node's monotonic clock, at which it still counts.
    #[must_use]
    pub fn fresh_until_us(&self) -> i64 {
        self.taken_up_us.saturating_add(FRESH_US)
    }

    /// Does it count at this moment? A frame from the future counts as little as an old one.
    #[must_use]
    pub fn is_fresh(&self, now_us: i64) -> bool {
        (self.taken_up_us..=self.fresh_until_us()).contains(&now_us)
    }

    #[cfg(test)]
    pub(crate) fn taken_up_at(taken_up_us: i64) -> Self {
        Self { taken_up_us }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_counts_for_a_moment() {
        let fresh = FreshFrame::taken_up_at(1_000_000);
        for (now, counts) in [(999_999, false), (1_000_000, true), (2_500_000, true), (2_500_001, false)] {
            assert_eq!(fresh.is_fresh(now), counts, "{now}");
        }
    }
}
