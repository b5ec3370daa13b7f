//! Pictures on their way up, over HTTPS, each by its hash: at_edge → uploading → stored, or lost with the reason. Only
//! after the event that speaks of it was acknowledged. Uploaded and
//! lost pictures stay a while and are then removed.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use contract::clock::{HOUR_US, SECOND_US, UtcMicros};
use contract::signature::Sha256;
use reqwest::StatusCode;

use courier::https;

use super::{Bells, UplinkParts};
use crate::evidence::EvidenceError;
use crate::outbox::{EvidenceMark, LONGEST_WAIT_US, OutboxError, WaitingEvidence};
use crate::telemetry::{self, chain};

/// Pictures looked at in one round.
const ROUND: usize = 8;
/// How often the queue is looked at without a bell.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Times the centre may say that a picture is another one before it is given up.
const MOST_REFUSALS: u32 = 3;

/// How often the centre has refused each picture. Outages do not count, and a restart begins anew: what was refused three
/// times is refused three times more.
type Refusals = HashMap<Sha256, u32>;

/// Runs until stopped.
pub(super) async fn run(parts: Arc<UplinkParts>, bells: Arc<Bells>) {
    let mut target = parts.target.clone();
    let mut client = None;
    let mut refusals = Refusals::new();
    let mut swept_at = UtcMicros(i64::MIN);
    loop {
        if target.has_changed().unwrap_or(false) || client.is_none() {
            client = https::client(&target.borrow_and_update())
                .inspect_err(|error| tracing::error!(error = %chain(error), "HTTPS cannot be set up"))
                .ok();
        }
        let now = parts.clock.now();
        if now.since_us(swept_at) >= HOUR_US / 4 {
            swept_at = now;
            logged(remove_settled(&parts, now).await);
        }
        let mut busy = false;
        if let Some(client) = &client {
            busy = logged(round(&parts, client, &mut refusals).await).unwrap_or(false);
        }
        if busy && !parts.stop.is_cancelled() {
            continue;
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = bells.pictures.notified() => {}
            () = parts.stop.cancelled() => return,
        }
    }
}

fn logged<T>(result: Result<T, OutboxError>) -> Option<T> {
    result.inspect_err(|error| tracing::error!(error = %chain(error), "the queue of pictures fails")).ok()
}

/// One look at the queue. Answers whether there is likely more to do at once.
async fn round(parts: &UplinkParts, client: &reqwest::Client, refusals: &mut Refusals) -> Result<bool, OutboxError> {
    let due = parts.outbox.evidence_due(ROUND).await?;
    metrics::gauge!(telemetry::EVIDENCE_WAITING_PICTURES).set(parts.outbox.evidence_waiting().await? as f64);
    let mut through = 0;
    for picture in &due {
        if parts.stop.is_cancelled() {
            break;
        }
        parts.outbox.mark_evidence(vec![(picture.sha256, EvidenceMark::Uploading)]).await?;
        let mark = tokio::select! {
            mark = upload(parts, client, picture, refusals) => mark,
            // Found as `uploading` and sent again at the next start.
            () = parts.stop.cancelled() => break,
        };
        if !matches!(mark, EvidenceMark::Again(_)) {
            refusals.remove(&picture.sha256);
        }
        through += usize::from(mark == EvidenceMark::Stored);
        parts.outbox.mark_evidence(vec![(picture.sha256, mark)]).await?;
    }
    Ok(through > 0 && due.len() == ROUND)
}

async fn upload(
    parts: &UplinkParts,
    client: &reqwest::Client,
    picture: &WaitingEvidence,
    refusals: &mut Refusals,
) -> EvidenceMark {
    let sha256 = picture.sha256;
    let store = parts.pictures.clone();
    // Reading and hashing megabytes is no work for the runtime's own threads.
    let bytes = match tokio::task::spawn_blocking(move || store.read(sha256)).await {
        Ok(Ok(Some(bytes))) => bytes,
        Ok(Ok(None)) => return lost(picture, "file_missing"),
        Ok(Err(EvidenceError::Damaged(_))) => return lost(picture, "file_damaged"),
        Ok(Err(error)) => {
            tracing::warn!(evidence.sha256 = %sha256, error = %chain(&error), "a picture cannot be read");
            return again(parts, picture);
        }
        Err(_) => return again(parts, picture),
    };
    let address = https::address(&parts.target.borrow(), &format!("evidence/{sha256}"));
    let answer = client.put(address).header("content-type", "image/jpeg").body(bytes).send().await;
    let outcome = match answer {
        Ok(answer) => {
            let refused = refusals.entry(sha256).or_default();
            *refused += u32::from(answer.status() == StatusCode::BAD_REQUEST);
            judge(answer.status(), *refused)
        }
        Err(error) => {
            tracing::debug!(evidence.sha256 = %sha256, error = %chain(&error), "a picture did not go through");
            Outcome::Again
        }
    };
    match outcome {
        Outcome::Stored => {
            metrics::counter!(telemetry::EVIDENCE_UPLOADS_TOTAL, "outcome" => "stored").increment(1);
            EvidenceMark::Stored
        }
        Outcome::Again => again(parts, picture),
        Outcome::Lost(reason) => lost(picture, reason),
    }
}

/// What an answer means.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Stored,
    Again,
    Lost(&'static str),
}

fn judge(status: StatusCode, refusals: u32) -> Outcome {
    match status {
        StatusCode::OK | StatusCode::CREATED => Outcome::Stored,
        StatusCode::PAYLOAD_TOO_LARGE => Outcome::Lost("too_large"),
        // The bytes were checked before they went: a way that changes them may be mended.
        StatusCode::BAD_REQUEST if refusals >= MOST_REFUSALS => Outcome::Lost("refused"),
        // 404: its event is not there yet; 403: a certificate that may be renewed; 507 and the rest may pass.
        _ => Outcome::Again,
    }
}

fn again(parts: &UplinkParts, picture: &WaitingEvidence) -> EvidenceMark {
    metrics::counter!(telemetry::EVIDENCE_UPLOADS_TOTAL, "outcome" => "again").increment(1);
    EvidenceMark::Again(parts.clock.now().plus_us(wait_us(picture.attempts)))
}

/// Two seconds, doubling to ten minutes.
fn wait_us(attempts: u32) -> i64 {
    (2 * SECOND_US).saturating_mul(1 << attempts.min(20)).min(LONGEST_WAIT_US)
}

fn lost(picture: &WaitingEvidence, reason: &'static str) -> EvidenceMark {
    metrics::counter!(telemetry::EVIDENCE_UPLOADS_TOTAL, "outcome" => "lost").increment(1);
    tracing::error!(evidence.sha256 = %picture.sha256, reason, "a picture is lost");
    EvidenceMark::Lost(reason.to_owned())
}

async fn remove_settled(parts: &UplinkParts, now: UtcMicros) -> Result<(), OutboxError> {
    let before = now.plus_us(-i64::from(parts.keep_uploaded_hours) * HOUR_US);
    for sha256 in parts.outbox.evidence_settled_before(before).await? {
        match parts.pictures.remove(sha256) {
            Ok(()) => {
                parts.outbox.mark_evidence(vec![(sha256, EvidenceMark::Forgotten)]).await?;
            }
            Err(error) => {
                tracing::warn!(evidence.sha256 = %sha256, error = %chain(&error), "a picture whose way has ended stays");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_mean_stored_again_or_lost() {
        for (status, refusals, outcome) in [
            (201, 0, Outcome::Stored),
            (200, 9, Outcome::Stored),
            (404, 0, Outcome::Again),
            (403, 1, Outcome::Again),
            (507, 1, Outcome::Again),
            (500, 1, Outcome::Again),
            (400, 1, Outcome::Again),
            (400, 3, Outcome::Lost("refused")),
            (413, 0, Outcome::Lost("too_large")),
        ] {
            assert_eq!(judge(StatusCode::from_u16(status).unwrap(), refusals), outcome, "{status}");
        }
    }

    #[test]
    fn waits_double_to_ten_minutes() {
        assert_eq!(wait_us(1), 4 * SECOND_US);
        assert_eq!(wait_us(40), LONGEST_WAIT_US);
    }
}
