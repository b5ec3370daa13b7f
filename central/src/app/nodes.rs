//! What nodes with gates ask their listener for and bring to it, out of the parts that hold it; and the way commands go down.

use std::sync::Arc;

use bytes::Bytes;
use contract::bundle::GalleryKey;
use contract::clock::Clock;
use contract::downlink::Command;
use contract::ids::{LookId, NodeAddress, WishId};
use contract::topic::Topic;
use futures_util::future::BoxFuture;
use tokio::sync::mpsc;

use crate::devices::{Answer, StillPicture, Wishes};
use crate::fleet::{Brought, ForGates, GateKeyError};
use crate::ingest::Outbound;
use crate::people::{GalleryFault, Office, key_for};
use crate::visits::{Commands, Desk, LookPicture};

/// Galleries' keys out of the vault.
pub(super) struct Gates {
    office: Office,
    desk: Arc<Desk>,
    wishes: Wishes,
}

impl Gates {
    /// Out of this office, this desk and what is wished for.
    pub(super) fn new(office: Office, desk: Arc<Desk>, wishes: Wishes) -> Self {
        Self { office, desk, wishes }
    }

    async fn key(&self, node: &NodeAddress) -> Result<GalleryKey, GalleryFault> {
        let mut tx = self.office.db.write().await?;
        let key = key_for(&mut tx, &self.office.vault, node, self.office.clock.now()).await?;
        tx.commit().await?;
        Ok(key)
    }
}

impl ForGates for Gates {
    fn gallery_key(&self, node: NodeAddress) -> BoxFuture<'_, Result<GalleryKey, GateKeyError>> {
        Box::pin(async move { self.key(&node).await.map_err(|error| GateKeyError(Box::new(error))) })
    }

    fn bring_look(&self, look: LookId, node: &NodeAddress, picture: Option<Bytes>) -> bool {
        self.desk.looks().bring(look, node, picture.map(LookPicture::new))
    }

    fn bring_answer(&self, wish: WishId, node: &NodeAddress, brought: Brought) -> bool {
        let answer = match brought {
            Brought::Still(jpeg, captured_at) => Answer::Picture(StillPicture::new(jpeg, captured_at)),
            Brought::Said(words) => words.into(),
        };
        self.wishes.bring(wish, node, answer)
    }
}

/// Commands through the session with the broker.
pub(super) struct Down {
    pub(super) out: mpsc::Sender<Outbound>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Commands for Down {
    fn send(&self, node: &NodeAddress, command: &Command, lives_us: Option<i64>) -> bool {
        let dies_us = lives_us.map(|lives| self.clock.monotonic_us().saturating_add(lives));
        self.out.try_send(Outbound::json(Topic::Command(node.clone()), command).dying(dies_us)).is_ok()
    }
}
