//! `POST /api/v1/watch`: a registrar proposes a watch entry, with a basis and an end within half a year.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::extract::Body;
use crate::api::text::moment;
use crate::api::v1::people::propose::ProposedView;
use crate::api::v1::people::{by, pictures};
use crate::api::{ApiError, People};
use crate::audit::Entry;
use crate::auth::Authz;
use crate::people::{ProposalFault, WatchProposal};

/// An entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposeWatch {
    /// What the desk has to know.
    pub label: String,
    /// On what it rests.
    pub basis: String,
    /// When it ends, RFC 3339; within half a year.
    pub expires_at: String,
    /// `site/node/gate`.
    pub gates: Vec<String>,
    /// One to five JPEG or PNG files, base64.
    pub pictures: Vec<String>,
}

/// Propose a watch entry.
#[utoipa::path(post, path = "/api/v1/watch", tag = "watch", request_body = ProposeWatch,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Proposed; another registrar has to approve", body = ProposedView),
        (status = 409, description = "The list is full", body = crate::api::error::ErrorEnvelope),
        (status = 422, description = "Not taken; the message names every reason", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn propose_watch(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<ProposeWatch>,
) -> Result<Json<ProposedView>, ApiError> {
    let by = by(&authz)?;
    let gate = |text: &String| {
        text.parse().map_err(|fault: ProposalFault| ApiError::bad_request("bad_gate", fault.to_string()))
    };
    let proposal = WatchProposal {
        label: asked.label,
        basis: asked.basis,
        expires_at: moment(&asked.expires_at)?,
        gates: asked.gates.iter().map(gate).collect::<Result<_, _>>()?,
        pictures: pictures(&asked.pictures)?,
    };
    let entry = Entry::by(&authz, "watch.propose");
    let proposed = people.office.watch_propose(authz.controller(), by, entry, &proposal).await?;
    Ok(Json(ProposedView {
        id: proposed.enrolment.to_string(),
        person: proposed.person.to_string(),
        pictures: proposed.pictures.into_iter().map(Into::into).collect(),
    }))
}
