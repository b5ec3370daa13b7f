//! What a device's state said while one waits for it to say that it acted. It judges nothing.

use std::sync::{Mutex, PoisonError};

/// The last words since the order began.
#[derive(Debug, Default)]
pub(super) struct Watched(Mutex<Option<String>>);

impl Watched {
    /// A new order: what was said before it does not count.
    pub(super) fn begin(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The state says this now.
    pub(super) fn said(&self, words: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
    }

    /// What it said last.
    pub(super) fn last(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
