//! `POST /api/v1/suspicions/{id}/confirm`: a named officer confirms one suspicion, quoting its revision and every picture of
//! it, each served to this very session, and stating every item of the checklist of the day of the act. One at a time; there is no
//! other way to *confirmed*.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use contract::signature::Sha256;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SuspicionView, case_of, read_back, store_verdict};
use crate::api::extract::{Body, PathId};
use crate::api::v1::picture::LOST;
use crate::api::{ApiError, People};
use crate::auth::{AuthError, Authz};
use crate::cases::{CaseError, CaseState, Checklist, Quoted};
use crate::store::{cases as table, law, passes_read};

/// What the officer looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirm {
    /// `revision` of the suspicion on the screen.
    pub revision: i64,
    /// The hashes of all its pictures.
    pub seen: Vec<String>,
    /// The names of all items of its checklist: the officer states each of them.
    pub checklist: Vec<String>,
}

/// Confirm a suspicion.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/confirm", tag = "suspicions", request_body = Confirm,
    params(("id" = uuid::Uuid, Path, description = "The suspicion"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Confirmed", body = SuspicionView),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Decided already, changed since, another officer has it, or its checklist is not answered", body = crate::api::error::ErrorEnvelope),
        (status = 412, description = "A picture was not served to this session", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn confirm_suspicion(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<Confirm>,
) -> Result<Json<SuspicionView>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let quoted = Quoted {
        revision: asked.revision,
        seen: asked
            .seen
            .iter()
            .map(|text| text.parse::<Sha256>())
            .collect::<Result<_, _>>()
            .map_err(|_| ApiError::bad_request("bad_hash", "Mã băm hình ảnh không hợp lệ."))?,
    };
    let controller = authz.controller().as_str();
    let now = people.now();
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller, id).await?.ok_or_else(ApiError::not_found)?;
    row.hold.open_to(officer.user(), now)?;
    let pictures = passes_read::pictures(&mut tx, controller, (&row.site, &row.node), row.suspicion_passage).await?;
    let served = table::served(&mut tx, officer.session(), id).await?;
    let case = case_of(&row, &pictures)?;
    // Said plainly: "not served" would send an officer looking for a picture that nobody has any more.
    if case.state == CaseState::PendingReview && pictures.iter().any(|p| p.state == LOST && !served.contains(&p.sha256))
    {
        return Err(CaseError::EvidenceLost.into());
    }
    let verdict = case.confirm(&officer, &quoted, &served, now)?;
    let occurred_at = UtcMicros(row.occurred_at);
    let rule = law::rule(&mut tx, &row.violation, occurred_at).await?;
    let items = law::items(&mut tx, &row.violation, occurred_at).await?;
    let checklist = Checklist::answer(rule.as_ref(), &items, &asked.checklist)?;
    store_verdict(&mut tx, &authz, &verdict, Some(&checklist.to_json()), now).await?;
    tx.commit().await?;
    tracing::info!(case.id = %id, "case {id} was confirmed");
    Ok(Json(read_back(&people, &authz, id).await?))
}

#[cfg(test)]
#[path = "confirm_tests.rs"]
mod tests;
