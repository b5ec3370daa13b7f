//! The pictures a desk may look at: in memory, for as long as somebody stands there and a little longer. The type that holds
//! one has no way into a file, a message or a log: it cannot be serialised, printed or copied, and its bytes are
//! overwritten when it goes. The only way out is [`Looks::lend`], which the uplink uses to hand it to the desk that asked.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use contract::ids::PassageId;
use contract::signature::Sha256;
use zeroize::Zeroizing;

/// A picture is forgotten this long after its person left, decided or not.
pub const AFTER_DEPARTURE_US: i64 = 60_000_000;
/// No picture stays longer than this whatever happens, should its end never be told.
const LONGEST_US: i64 = 15 * 60_000_000;
/// Pictures held at once for a whole node.
const MOST: usize = 64;

/// One picture of whoever stands before a gate.
pub struct Look {
    jpeg: Zeroizing<Vec<u8>>,
    sha256: Sha256,
}

impl Look {
    /// Takes a JPEG over.
    #[must_use]
    pub fn new(jpeg: Vec<u8>) -> Self {
        Self { sha256: Sha256::of(&jpeg), jpeg: Zeroizing::new(jpeg) }
    }

    /// Its hash, which events may name.
    #[must_use]
    pub fn sha256(&self) -> Sha256 {
        self.sha256
    }
}

struct Held {
    look: Look,
    until_us: i64,
}

/// All pictures a node holds.
#[derive(Default)]
pub struct Looks {
    held: Mutex<BTreeMap<PassageId, Held>>,
}

impl Looks {
    /// Holds a picture for a passage in place of the one before.
    pub fn hold(&self, passage: PassageId, look: Look, now_us: i64) {
        let mut held = self.lock();
        if held.len() >= MOST && !held.contains_key(&passage) {
            let oldest = held.iter().min_by_key(|(_, h)| h.until_us).map(|(id, _)| *id);
            oldest.and_then(|id| held.remove(&id));
        }
        held.insert(passage, Held { look, until_us: now_us.saturating_add(LONGEST_US) });
    }

    /// The person left: the picture's last minute begins.
    pub fn departed(&self, passage: PassageId, now_us: i64) {
        if let Some(held) = self.lock().get_mut(&passage) {
            held.until_us = held.until_us.min(now_us.saturating_add(AFTER_DEPARTURE_US));
        }
    }

    /// It is wanted no more: a person decided.
    pub fn forget(&self, passage: PassageId) {
        self.lock().remove(&passage);
    }

    /// Forgets what is over; to be called at least every second.
    pub fn sweep(&self, now_us: i64) {
        self.lock().retain(|_, held| held.until_us > now_us);
    }

    /// Lends the bytes of a picture to one use, for instance to an HTTPS request. `None` when there is none (any more).
    pub fn lend<T>(&self, passage: PassageId, now_us: i64, use_it: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let held = self.lock();
        let held = held.get(&passage).filter(|held| held.until_us > now_us)?;
        Some(use_it(&held.look.jpeg))
    }

    /// How many are held.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<PassageId, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn passage(n: u128) -> PassageId {
        PassageId(Uuid::from_u128(n))
    }

    #[test]
    fn a_picture_is_there_until_a_minute_after_departure_or_until_it_is_decided() {
        let looks = Looks::default();
        looks.hold(passage(1), Look::new(vec![1, 2, 3]), 0);
        looks.hold(passage(2), Look::new(vec![4]), 0);
        assert_eq!(looks.lend(passage(1), 1, <[u8]>::to_vec), Some(vec![1, 2, 3]));
        looks.departed(passage(1), 1_000_000);
        looks.sweep(60_999_999);
        assert_eq!(looks.count(), 2);
        assert!(looks.lend(passage(1), 61_000_000, |_| ()).is_none(), "not even before the sweep");
        looks.sweep(61_000_000);
        assert_eq!(looks.count(), 1);
        looks.forget(passage(2));
        assert_eq!(looks.count(), 0);
    }

    #[test]
    fn it_goes_even_when_nobody_says_so_and_they_never_pile_up() {
        let looks = Looks::default();
        for n in 0..200 {
            looks.hold(passage(n), Look::new(vec![0; 8]), 0);
        }
        assert_eq!(looks.count(), MOST);
        looks.sweep(LONGEST_US);
        assert_eq!(looks.count(), 0);
    }
}
