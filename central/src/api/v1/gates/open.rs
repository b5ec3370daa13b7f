//! `POST /api/v1/gates/{site}/{node}/{gate}/open`: a guard opens a door by hand, with a reason. The decision is stored first;
//! then the node is asked for a request to quote, and the order quotes it like any other: it is good once, and for three
//! seconds.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use contract::event::{DecisionBody, GuardVerdict};
use contract::ids::{AskId, DecisionId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::extract::{Body, PathGate};
use crate::api::v1::arrivals::{GateDecisionView, check_note};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::fleet;
use crate::forward::Told;
use crate::live::DeskWord;
use crate::store::gate_decisions::{self, NewGateDecision};
use crate::visits::OpenReason;

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenByHand {
    /// The reason.
    pub reason: OpenReason,
    /// A free note; needed for `other`.
    pub note: Option<String>,
}

/// Open a door by hand.
#[utoipa::path(post, path = "/api/v1/gates/{site}/{node}/{gate}/open", tag = "gates", request_body = OpenByHand,
    params(("site" = String, Path, description = "The place"), ("node" = String, Path, description = "The node"),
        ("gate" = String, Path, description = "The gate"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Decided; whether the order is on its way is said", body = GateDecisionView),
        (status = 403, description = "Not a guard in person", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such gate", body = crate::api::error::ErrorEnvelope),
        (status = 504, description = "Decided, but the node did not answer in three seconds", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn open_gate(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathGate(node, gate): PathGate,
    Body(asked): Body<OpenByHand>,
) -> Result<Json<GateDecisionView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    check_note(asked.note.as_deref())?;
    let said = asked.note.as_deref().is_some_and(|note| !note.trim().is_empty());
    if asked.reason == OpenReason::Other && !said {
        return Err(ApiError::bad_request("note_needed", "Lý do khác thì phải ghi rõ trong ghi chú."));
    }
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let gates = fleet::gates_in_force(&mut tx, &node).await?;
    let Some(there) = gates.iter().find(|there| there.spec.name == gate && there.controller == *controller) else {
        return Err(ApiError::not_found());
    };
    let (decision, ask) = (DecisionId(people.means.ids.next(now)), AskId(people.means.ids.next(now)));
    let entry = Entry::by(&authz, "gates.open").with_object(format!("{node}/{gate}")).with_detail(format!(
        "decision {} {}",
        decision.0,
        asked.reason.as_str()
    ));
    audit::append(&mut tx, controller, now, entry).await?;
    gate_decisions::insert(
        &mut tx,
        &NewGateDecision {
            decision: decision.0,
            controller: controller.as_str(),
            site: node.site.as_str(),
            node: node.node.as_str(),
            gate: gate.as_str(),
            verdict: "open",
            passage: None,
            revision: None,
            look: None,
            request: None,
            ask: Some(ask.0),
            reason: Some(asked.reason.as_str()),
            note: asked.note.as_deref(),
            by: officer.user(),
            session: officer.session(),
            at: now.0,
        },
    )
    .await?;
    if let Some(voice) = &people.voice {
        let told = Told {
            camera: there.spec.camera.clone(),
            controller: controller.clone(),
            decision: DecisionBody {
                decision,
                gate_node: node.clone(),
                gate: gate.clone(),
                verdict: GuardVerdict::Open,
                passage: None,
                passage_revision: None,
                look: None,
                request: None,
                ask: Some(ask),
                reason: Some(asked.reason.as_str().to_owned()),
                note: asked.note.clone(),
                officer: authz.session().name.clone(),
                at: now,
            },
        };
        voice.tell(&mut tx, told).await?;
    }
    tx.commit().await?;
    tracing::info!(node = %node, "gate {gate} of node {node}: a guard opens by hand");
    people.live.say(&DeskWord {
        controller,
        node: &node,
        camera: there.spec.camera.as_str(),
        gate: gate.as_str(),
        passage: None,
        word: "open",
        by: &authz.session().name,
        at: now,
    });
    let Some(told) = people.desk.ask(&node, &gate, ask).await else {
        return Err(ApiError::new(
            StatusCode::GATEWAY_TIMEOUT,
            "node_away",
            "Đã ghi quyết định nhưng thiết bị không trả lời trong 3 giây: hãy mở tại chỗ.",
        ));
    };
    let opening = people.desk.open(&node, &gate, (told.request, told.boot), decision);
    Ok(Json(GateDecisionView::of(decision, Some(opening))))
}
