//! Between the uplink and the gates: an order from above finds its gate here, and the pictures a desk may look at are
//! lent from here. It keeps no order: one that finds nobody is dropped, and whoever gave it sees that nothing happened.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use contract::ids::GateName;

use super::keeper::Order;
use super::looks::Looks;

/// Takes an order to one gate at once, or answers `false`.
pub type Post = Box<dyn Fn(Order) -> bool + Send>;

/// The gates of a node.
#[derive(Default)]
pub struct Switchboard {
    posts: Mutex<BTreeMap<GateName, Post>>,
    /// The pictures in memory.
    pub looks: Looks,
}

impl std::fmt::Debug for Switchboard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Switchboard").field("gates", &self.lock().len()).finish_non_exhaustive()
    }
}

impl Switchboard {
    /// A gate is at work from now on.
    pub fn connect(&self, gate: GateName, post: Post) {
        self.lock().insert(gate, post);
    }

    /// A gate is no more.
    pub fn disconnect(&self, gate: &GateName) {
        self.lock().remove(gate);
    }

    /// Hands an order to its gate. `false`: there is no such gate, or it is too busy to take it.
    #[must_use]
    pub fn send(&self, gate: &GateName, order: Order) -> bool {
        self.lock().get(gate).is_some_and(|post| post(order))
    }

    /// Hands an order to every gate.
    pub fn send_to_all(&self, order: Order) {
        for post in self.lock().values() {
            if !post(order) {
                tracing::warn!("a gate is too busy to hear what a guard said");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<GateName, Post>> {
        self.posts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::ids::AskId;
    use std::sync::Arc;
    use uuid::Uuid;

    #[test]
    fn an_order_finds_its_gate_or_nobody() {
        let board = Switchboard::default();
        let heard = Arc::new(Mutex::new(Vec::new()));
        for name in ["one", "two"] {
            let heard = Arc::clone(&heard);
            board.connect(
                name.parse().unwrap(),
                Box::new(move |_| {
                    heard.lock().unwrap().push(name);
                    name == "one"
                }),
            );
        }
        let order = Order::Ask(AskId(Uuid::nil()));
        assert!(board.send(&"one".parse().unwrap(), order));
        assert!(!board.send(&"two".parse().unwrap(), order), "too busy");
        assert!(!board.send(&"three".parse().unwrap(), order));
        board.disconnect(&"one".parse().unwrap());
        board.send_to_all(order);
        assert_eq!(*heard.lock().unwrap(), ["one", "two", "two"]);
    }
}
