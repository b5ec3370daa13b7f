//! `POST /api/v1/suspicions/reject-many`: throws up to 200 suspicions out for one reason (a camera that was turned, a lane that
//! was closed). Each has a decision and an audit record of its own; those that can't be rejected any more are named, the
//! others go through.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{case_of, read_back, store_verdict};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::auth::{AuthError, Authz, Officer};
use crate::cases::{BULK_REJECT_MAX, RejectionReason};
use crate::store::cases as table;

/// Which, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RejectMany {
    /// 1 to 200 suspicions.
    pub ids: Vec<Uuid>,
    /// The reason.
    pub reason: RejectionReason,
}

/// What became of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RejectedMany {
    /// These were rejected now.
    pub rejected: Vec<String>,
    /// These were not.
    pub refused: Vec<RefusedOne>,
}

/// One that was not rejected.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedOne {
    /// Which.
    pub id: String,
    /// Code of the error that rejecting it alone would give.
    pub code: String,
}

/// Reject many suspicions.
#[utoipa::path(post, path = "/api/v1/suspicions/reject-many", tag = "suspicions", request_body = RejectMany,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "What became of each", body = RejectedMany),
        (status = 400, description = "None, or more than 200", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn reject_suspicions(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<RejectMany>,
) -> Result<Json<RejectedMany>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let ids: BTreeSet<Uuid> = asked.ids.into_iter().collect();
    if ids.is_empty() || ids.len() > BULK_REJECT_MAX {
        return Err(ApiError::bad_request("bad_count", "Mỗi lần loại bỏ từ 1 đến 200 nghi vấn."));
    }
    let mut outcome = RejectedMany { rejected: Vec::new(), refused: Vec::new() };
    for id in ids {
        match reject_one(&people, &authz, &officer, id, asked.reason).await {
            Ok(()) => outcome.rejected.push(id.to_string()),
            Err(error) => outcome.refused.push(RefusedOne { id: id.to_string(), code: error.code().to_owned() }),
        }
    }
    tracing::info!(
        cases.rejected = outcome.rejected.len(),
        cases.refused = outcome.refused.len(),
        "suspicions were rejected together"
    );
    Ok(Json(outcome))
}

/// A transaction of its own: one refusal takes nothing else with it.
async fn reject_one(
    people: &People,
    authz: &Authz,
    officer: &Officer,
    id: Uuid,
    reason: RejectionReason,
) -> Result<(), ApiError> {
    let now = people.now();
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, authz.controller().as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    row.hold.open_to(officer.user(), now)?;
    let verdict = case_of(&row, &[])?.reject(officer, reason, None, None, now)?;
    store_verdict(&mut tx, authz, &verdict, None, now).await?;
    tx.commit().await?;
    read_back(people, authz, id).await?;
    Ok(())
}
