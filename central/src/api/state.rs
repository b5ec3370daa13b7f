//! What handlers work with. One value, made by `app`, shared by all.

use std::sync::Arc;

use bytes::Bytes;
use contract::clock::UtcMicros;
use contract::signature::Sha256;
use futures_util::future::BoxFuture;

use crate::auth::Means;
use crate::devices::Wishes;
use crate::forward::OwnVoice;
use crate::live::LiveHub;
use crate::people::Office;
use crate::store::{Db, StoreError, WriteTx};
use crate::visits::Desk;

/// A picture could not be read.
#[derive(Debug, thiserror::Error)]
#[error("a stored picture could not be read")]
pub struct PictureError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Where stored pictures are read from. Who may see one is decided before this is asked.
pub trait Pictures: Send + Sync {
    /// The bytes of a picture; none when it is not there.
    fn read(&self, sha256: Sha256) -> BoxFuture<'_, Result<Option<Bytes>, PictureError>>;
}

/// The people's side.
pub struct People {
    /// Store, time, ids, randomness.
    pub means: Means,
    /// The live feed.
    pub live: Arc<LiveHub>,
    /// The registration office.
    pub office: Office,
    /// The gates' desk.
    pub desk: Arc<Desk>,
    /// What is wished to be seen of cameras.
    pub wishes: Wishes,
    /// A site's voice to its province; none where there is no province above.
    pub voice: Option<Arc<OwnVoice>>,
    /// Stored pictures.
    pub pictures: Arc<dyn Pictures>,
    /// The listener speaks TLS (or a proxy before it does): cookies say so.
    pub secure_cookies: bool,
}

impl std::fmt::Debug for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("People")
    }
}

impl People {
    /// The store.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.means.db
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> UtcMicros {
        self.means.clock.now()
    }

    /// A write transaction.
    pub async fn write(&self) -> Result<WriteTx, StoreError> {
        self.means.db.write().await
    }
}
