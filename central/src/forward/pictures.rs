//! Pictures from a site to its province, over HTTPS, each by its hash, after the event that speaks of it.

use std::sync::Arc;
use std::time::Duration;

use contract::signature::Sha256;
use courier::https;
use reqwest::StatusCode;
use tokio::sync::watch;

use super::ForwardParts;
use crate::store::{StoreError, forward};
use crate::telemetry::chain;

const ROUND: i64 = 8;
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What became of a picture.
#[derive(Debug, PartialEq, Eq)]
enum Sent {
    /// The province has it, or will not have it.
    Settled,
    /// Perhaps later.
    NotNow,
}

pub(super) async fn run(parts: &Arc<ForwardParts>, mut stop: watch::Receiver<bool>) {
    let mut target = parts.target.clone();
    let mut client: Option<reqwest::Client> = None;
    loop {
        if client.is_none() || target.has_changed().unwrap_or(false) {
            client = https::client(&target.borrow_and_update())
                .inspect_err(|error| tracing::error!(error = chain(error), "HTTPS to the province cannot be set up"))
                .ok();
        }
        let more = match &client {
            Some(client) => round(parts, client).await.unwrap_or_else(|error| {
                tracing::warn!(error = chain(&error), "pictures for the province cannot be looked for");
                false
            }),
            None => false,
        };
        let wait = if more { Duration::ZERO } else { LOOK_EVERY };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Sends some; was every one of a full round settled, so that there may be more?
async fn round(parts: &ForwardParts, client: &reqwest::Client) -> Result<bool, StoreError> {
    let waiting = forward::pictures(&mut *parts.db.read().await?, ROUND).await?;
    for sha256 in &waiting {
        if send(parts, client, *sha256).await == Sent::NotNow {
            return Ok(false);
        }
        let mut tx = parts.db.write().await?;
        forward::picture_settled(&mut tx, *sha256, parts.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(i64::try_from(waiting.len()).is_ok_and(|n| n == ROUND))
}

async fn send(parts: &ForwardParts, client: &reqwest::Client, sha256: Sha256) -> Sent {
    let bytes = match parts.evidence.get(sha256).await {
        Ok(Some(bytes)) => bytes,
        // Its file is gone: there is nothing to send.
        Ok(None) => return Sent::Settled,
        Err(error) => {
            tracing::warn!(error = chain(&error), "a picture for the province cannot be read");
            return Sent::NotNow;
        }
    };
    let address = https::address(&parts.target.borrow(), &format!("evidence/{sha256}"));
    match client.put(address).body(bytes).send().await {
        Ok(answer) if answer.status().is_success() => Sent::Settled,
        // No event of ours speaks of it there: the province has put that event into quarantine.
        Ok(answer) if matches!(answer.status(), StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST) => {
            tracing::error!(evidence.sha256 = %sha256, status = answer.status().as_u16(), "the province does not want a picture");
            Sent::Settled
        }
        Ok(answer) => {
            tracing::warn!(status = answer.status().as_u16(), "the province does not take a picture for now");
            Sent::NotNow
        }
        Err(error) => {
            tracing::debug!(error = chain(&error), "the province is not reached");
            Sent::NotNow
        }
    }
}
