//! What the centre may ask of a node. Only an order to open can open anything, and whether it does is the gate's to say; the
//! rest may be asked twice.

use std::sync::Arc;

use contract::downlink::Command;

use super::{Bells, UplinkParts, looks, wishes};
use crate::gate::{OpenQuote, Order};
use crate::outbox::EvidenceMark;
use crate::telemetry::chain;
use courier::delivery::Delivery;

/// Does what was asked.
pub(super) async fn obey(command: Command, parts: &Arc<UplinkParts>, bells: &Bells, delivery: &mut Delivery) {
    let (gate, order) = match command {
        Command::WantEvidence { sha256 } => {
            let marked = parts.outbox.mark_evidence(vec![(sha256, EvidenceMark::Wanted)]).await;
            if let Err(error) = marked {
                tracing::error!(evidence.sha256 = %sha256, error = %chain(&error), "a wanted picture could not be noted");
            }
            return bells.pictures.notify_one();
        }
        Command::Resend { log_id, from, to } => {
            if log_id == parts.outbox.log_id() {
                delivery.missing(from, to);
            } else {
                tracing::warn!(log.id = %log_id, "the centre misses events of a ledger that is not here");
            }
            return;
        }
        Command::Look { passage, look } => return drop(tokio::spawn(looks::send(Arc::clone(parts), passage, look))),
        Command::Still { camera, view, wish } => {
            return drop(tokio::spawn(wishes::show(Arc::clone(parts), camera, view, wish)));
        }
        Command::TryLines { camera, lines, wish } => {
            return drop(tokio::spawn(wishes::try_lines(Arc::clone(parts), camera, lines, wish)));
        }
        Command::NotThisPerson { passage, enrolment, decision: _ } => {
            return parts.gates.send_to_all(Order::NotThisPerson(passage, enrolment));
        }
        Command::Ask { gate, ask } => (gate, Order::Ask(ask)),
        Command::Withdraw { gate, request, decision } => (gate, Order::Withdraw(request, decision)),
        Command::Open { gate, request, decision, boot_id, not_after_monotonic_us } => {
            (gate, Order::Open(OpenQuote { request, decision, boot_id, not_after_us: not_after_monotonic_us }))
        }
    };
    if !parts.gates.send(&gate, order) {
        tracing::warn!(gate.id = %gate, "an order for gate {gate} finds no gate at work");
    }
}
