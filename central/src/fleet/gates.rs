//! What a node with gates asks its listener for and brings to it: the key of its galleries, and the picture somebody waits to
//! look at. Neither is kept here.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use contract::bundle::GalleryKey;
use contract::ids::{LookId, NodeAddress, WishId};
use futures_util::future::BoxFuture;
use serde_json::json;
use uuid::Uuid;

use super::listener::{JPEG_BEGINS, NodeListenerState, Refusal, chain, node_of};
use super::peer::Peer;
use super::wishes::Brought;

/// What nodes need of parts that come after this one.
pub trait ForGates: Send + Sync {
    /// The key a node opens its galleries with.
    fn gallery_key(&self, node: NodeAddress) -> BoxFuture<'_, Result<GalleryKey, GateKeyError>>;
    /// A node brings the picture somebody looks for, or the word that it holds none. False when nobody waits for it: then it
    /// is gone.
    fn bring_look(&self, look: LookId, node: &NodeAddress, picture: Option<Bytes>) -> bool;
    /// A node brings what somebody wishes to see of a camera. False when nobody waits for it: then it is gone.
    fn bring_answer(&self, wish: WishId, node: &NodeAddress, brought: Brought) -> bool;
}

/// A node's gallery key cannot be handed out.
#[derive(Debug, thiserror::Error)]
#[error("a node's gallery key cannot be handed out")]
pub struct GateKeyError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// The key of a node's galleries: over its own certificate, to itself alone, and never to be kept on the way.
pub(super) async fn gallery_key(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
) -> Result<Response, Refusal> {
    let peer = node_of(&state, peer).await?;
    let key = state.gates.gallery_key(peer.node).await.map_err(|error| {
        tracing::error!(error = chain(&error), "a gallery key cannot be handed out");
        Refusal(StatusCode::SERVICE_UNAVAILABLE, "key_unavailable", "try again later".to_owned())
    })?;
    let body = json!({ "key_id": key.id(), "key": key.to_base64() });
    Ok(([("cache-control", "no-store")], Json(body)).into_response())
}

/// The picture of whoever stands at a gate, for the one person who waits for it: handed on, kept nowhere.
pub(super) async fn look(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
    Path(look): Path<Uuid>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let peer = node_of(&state, peer).await?;
    if !body.starts_with(&JPEG_BEGINS) {
        return Err(Refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "no_jpeg", "a look must be a JPEG".to_owned()));
    }
    if state.gates.bring_look(LookId(look), &peer.node, Some(body)) {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Refusal(StatusCode::NOT_FOUND, "nobody_waits", "nobody waits for this picture".to_owned()))
}

/// The node holds no such picture: whoever waits is told at once.
pub(super) async fn no_look(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
    Path(look): Path<Uuid>,
) -> Result<StatusCode, Refusal> {
    let peer = node_of(&state, peer).await?;
    if state.gates.bring_look(LookId(look), &peer.node, None) {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Refusal(StatusCode::NOT_FOUND, "nobody_waits", "nobody waits for this picture".to_owned()))
}
