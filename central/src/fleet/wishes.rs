//! The answer to what somebody wishes to see of a camera at this moment: a picture or words, handed on under the wish's id to the
//! one who waits, and kept nowhere.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use contract::clock::UtcMicros;
use contract::ids::WishId;
use contract::wish::{CAPTURED_AT_HEADER, WishAnswer};
use uuid::Uuid;

use super::listener::{JPEG_BEGINS, NodeListenerState, Refusal, node_of};
use super::peer::Peer;

/// The longest answer in words.
const WORDS_MAX_BYTES: usize = 64 * 1024;

/// What a node brings.
#[derive(PartialEq)]
pub enum Brought {
    /// A still, and when its frame was captured.
    Still(Bytes, UtcMicros),
    /// An answer in words.
    Said(WishAnswer),
}

/// Takes an answer. A picture is a JPEG with the moment of its frame beside it; everything else is JSON.
pub(super) async fn answer(
    State(state): State<NodeListenerState>,
    Extension(peer): Extension<Option<Peer>>,
    Path(wish): Path<Uuid>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let peer = node_of(&state, peer).await?;
    let is_picture = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "image/jpeg");
    let brought = if is_picture {
        if !body.starts_with(&JPEG_BEGINS) {
            return Err(Refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "no_jpeg", "a still must be a JPEG".to_owned()));
        }
        let said = headers.get(CAPTURED_AT_HEADER).and_then(|value| value.to_str().ok()?.parse().ok());
        let captured_at = said.map(UtcMicros).filter(|at| at.is_plausible()).ok_or_else(|| {
            Refusal(StatusCode::BAD_REQUEST, "no_moment", format!("{CAPTURED_AT_HEADER} says when, in UTC µs"))
        })?;
        Brought::Still(body, captured_at)
    } else {
        let words = (body.len() <= WORDS_MAX_BYTES).then(|| serde_json::from_slice(&body).ok()).flatten();
        Brought::Said(words.ok_or_else(|| {
            Refusal(StatusCode::BAD_REQUEST, "bad_body", "the body is not the JSON this address takes".to_owned())
        })?)
    };
    if state.gates.bring_answer(WishId(wish), &peer.node, brought) {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Refusal(StatusCode::NOT_FOUND, "nobody_waits", "nobody waits for this answer".to_owned()))
}
