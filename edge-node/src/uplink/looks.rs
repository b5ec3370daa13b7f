//! A picture on its way to one desk that asked: out of memory, over HTTPS, under the id the centre gave, once. Nothing of it
//! is queued: when it does not go through, the desk is told that it did not and may ask again.

use std::sync::Arc;
use std::time::Duration;

use contract::ids::{LookId, PassageId};

use courier::https;

use super::UplinkParts;
use crate::telemetry::chain;

/// A desk waits no longer than this.
const WITHIN: Duration = Duration::from_secs(3);

/// Sends the picture of a passage, or the word that there is none.
pub(super) async fn send(parts: Arc<UplinkParts>, passage: PassageId, look: LookId) {
    let target = parts.target.borrow().clone();
    let client = match https::client(&target) {
        Ok(client) => client,
        Err(error) => return tracing::error!(error = %chain(&error), "HTTPS cannot be set up"),
    };
    let address = https::address(&target, &format!("looks/{look}"));
    // The request's body is the only copy besides the one held, and lives as long as the request.
    let held = parts.gates.looks.lend(passage, parts.clock.monotonic_us(), <[u8]>::to_vec);
    let request = match held {
        Some(jpeg) => client.post(address).header("content-type", "image/jpeg").body(jpeg),
        None => client.delete(address),
    };
    match request.timeout(WITHIN).send().await.and_then(reqwest::Response::error_for_status) {
        Ok(_) => {}
        Err(error) => {
            tracing::warn!(passage.id = %passage, error = %chain(&error), "a desk could not be shown what it asked for")
        }
    }
}
