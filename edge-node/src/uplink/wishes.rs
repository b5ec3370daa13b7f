//! What somebody above wishes to see of a camera now, on its way up: over HTTPS, under the id the centre gave, once. Nothing of it
//! is queued: when it does not go through, whoever asked is told that it did not and may ask again.

use std::sync::Arc;
use std::time::Duration;

use contract::ids::{CameraName, WishId};
use contract::wish::{
    CAPTURED_AT_HEADER, NoStill, STILL_MAX_BYTES, StillView, TRIAL_LINES, TrialLine, WishAnswer, answer_path,
};
use courier::https;

use super::UplinkParts;
use crate::telemetry::chain;

/// Longer than a camera may take over a frame.
const CAMERA_WITHIN: Duration = Duration::from_secs(3);
/// Nobody waits longer than this for what is on its way.
const UP_WITHIN: Duration = Duration::from_secs(5);

/// Sends a still, or the word why there is none.
pub(super) async fn show(parts: Arc<UplinkParts>, camera: CameraName, view: StillView, wish: WishId) {
    let asked = parts.viewfinder.still(&camera, view, parts.clock.monotonic_us());
    let taken = match asked {
        Ok(coming) => match tokio::time::timeout(CAMERA_WITHIN, coming).await {
            Ok(Ok(taken)) => taken,
            _ => Err(NoStill::NoFrame),
        },
        Err(why) => Err(why),
    };
    let (header, body) = match taken {
        Ok(still) => {
            let at = still.captured_at().0.to_string();
            let jpeg = still.into_request();
            if jpeg.len() > STILL_MAX_BYTES {
                tracing::warn!(camera.id = %camera, size_bytes = jpeg.len(), "a still of camera {camera} is too large to be sent");
                return;
            }
            (Some(at), jpeg)
        }
        Err(why) => (None, words(&WishAnswer::NoStill { why })),
    };
    send(&parts, wish, header, body).await;
    tracing::info!(camera.id = %camera, view = view.as_str(), "a still of camera {camera} was asked for");
}

/// Sends what lines would have counted today.
pub(super) async fn try_lines(parts: Arc<UplinkParts>, camera: CameraName, lines: Vec<TrialLine>, wish: WishId) {
    if lines.len() > TRIAL_LINES {
        tracing::warn!(camera.id = %camera, "more lines are to be tried than a picture holds");
        return;
    }
    let (finder, now) = (Arc::clone(&parts.viewfinder), parts.clock.now());
    // A day's ways are walked once for each line.
    let tried = tokio::task::spawn_blocking(move || finder.try_lines(&camera, &lines, now)).await;
    let answer = match tried {
        Ok(Some(trial)) => WishAnswer::Trial { trial },
        Ok(None) => WishAnswer::NoStill { why: NoStill::NoCamera },
        Err(error) => return tracing::error!(error = %chain(&error), "lines could not be tried"),
    };
    send(&parts, wish, None, words(&answer)).await;
}

fn words(answer: &WishAnswer) -> Vec<u8> {
    serde_json::to_vec(answer).expect("an answer has string keys only")
}

/// A picture where a moment is given, words otherwise. The request's body is the only copy, and lives as long as the request.
async fn send(parts: &UplinkParts, wish: WishId, captured_at: Option<String>, body: Vec<u8>) {
    let target = parts.target.borrow().clone();
    let client = match https::client(&target) {
        Ok(client) => client,
        Err(error) => return tracing::error!(error = %chain(&error), "HTTPS cannot be set up"),
    };
    let request = client.post(https::address(&target, &answer_path(wish)));
    let request = match captured_at {
        Some(at) => request.header("content-type", "image/jpeg").header(CAPTURED_AT_HEADER, at),
        None => request.header("content-type", "application/json"),
    };
    match request.body(body).timeout(UP_WITHIN).send().await.and_then(reqwest::Response::error_for_status) {
        Ok(_) => {}
        Err(error) => {
            tracing::warn!(error = %chain(&error), "what somebody wished to see could not be sent");
        }
    }
}
