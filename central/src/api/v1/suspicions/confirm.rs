//! `POST /api/v1/suspicions/{id}/confirm`: a named officer confirms one suspicion, quoting its revision and every picture of
//! it, each served to this very session. One at a time; there is no other way to *confirmed*.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::signature::Sha256;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SuspicionView, case_of, read_back, store_verdict};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::{AuthError, Authz};
use crate::cases::Quoted;
use crate::store::{cases as table, passes_read};

/// What the officer looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirm {
    /// `revision` of the suspicion on the screen.
    pub revision: i64,
    /// The hashes of all its pictures.
    pub seen: Vec<String>,
    /// What was ticked, as the form has it: up to 40 names.
    pub checklist: Option<Vec<String>>,
}

/// Confirm a suspicion.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/confirm", tag = "suspicions", request_body = Confirm,
    params(("id" = uuid::Uuid, Path, description = "The suspicion"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Confirmed", body = SuspicionView),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Decided already, or changed since", body = crate::api::error::ErrorEnvelope),
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
    let checklist = asked.checklist.unwrap_or_default();
    if checklist.len() > 40 || checklist.iter().any(|item| item.chars().count() > 80) {
        return Err(ApiError::bad_request("bad_checklist", "Danh mục kiểm tra quá dài."));
    }
    let checklist = serde_json::Value::from(checklist).to_string();
    let controller = authz.controller().as_str();
    let now = people.now();
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller, id).await?.ok_or_else(ApiError::not_found)?;
    let pictures = passes_read::pictures(&mut tx, controller, row.suspicion_passage).await?;
    let served = table::served(&mut tx, officer.session(), id).await?;
    let verdict = case_of(&row, &pictures)?.confirm(&officer, &quoted, &served, now)?;
    store_verdict(&mut tx, &authz, &verdict, Some(&checklist), now).await?;
    tx.commit().await?;
    tracing::info!(case.id = %id, "case {id} was confirmed");
    Ok(Json(read_back(&people, &authz, id).await?))
}
