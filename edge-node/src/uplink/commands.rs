//! What the centre may ask of a node. None of it opens anything, and all of it may be asked twice.

use contract::downlink::Command;

use super::delivery::Delivery;
use super::{Bells, UplinkParts};
use crate::outbox::EvidenceMark;
use crate::telemetry::chain;

/// Does what was asked.
pub(super) async fn obey(command: Command, parts: &UplinkParts, bells: &Bells, delivery: &mut Delivery) {
    match command {
        Command::WantEvidence { sha256 } => {
            let marked = parts.outbox.mark_evidence(vec![(sha256, EvidenceMark::Wanted)]).await;
            if let Err(error) = marked {
                tracing::error!(evidence.sha256 = %sha256, error = %chain(&error), "a wanted picture could not be noted");
            }
            bells.pictures.notify_one();
        }
        Command::Resend { log_id, from, to } => {
            if log_id == parts.outbox.log_id() {
                delivery.missing(from, to);
            } else {
                tracing::warn!(log.id = %log_id, "the centre misses events of a ledger that is not here");
            }
        }
    }
}
