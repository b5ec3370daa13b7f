//! Lines, counting, violations: pure functions of tracks and time.
