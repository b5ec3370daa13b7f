//! `POST /api/v1/suspicions/take-next`: the waiting suspicion with the nearest deadline that nobody else has, taken at once.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{read_back, take};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::auth::{AuthError, Authz};
use crate::store::case_holds;

/// So many may be passed over.
const SKIP_MAX: usize = 200;
/// So often another officer may be faster before this one is told to try again.
const TRIES: usize = 5;

/// Which not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeNext {
    /// Passed over by this officer; up to 200.
    pub skip: Vec<Uuid>,
}

/// What was taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Taken {
    /// The suspicion; null when none is free.
    pub id: Option<String>,
}

/// Take the next free suspicion.
#[utoipa::path(post, path = "/api/v1/suspicions/take-next", tag = "suspicions", request_body = TakeNext,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "It is this officer's, or there is none", body = Taken),
        (status = 400, description = "Too many passed over", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn take_next_suspicion(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<TakeNext>,
) -> Result<Json<Taken>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    if asked.skip.len() > SKIP_MAX {
        return Err(ApiError::bad_request("bad_count", "Bỏ qua tối đa 200 nghi vấn."));
    }
    let most = i64::try_from(asked.skip.len() + 1).unwrap_or(i64::MAX);
    let mut last = ApiError::timeout();
    for _ in 0..TRIES {
        let now = people.now();
        let mut tx = people.write().await?;
        let free = case_holds::free(&mut tx, authz.controller().as_str(), officer.user(), now.0, most).await?;
        let Some(id) = free.into_iter().find(|id| !asked.skip.contains(id)) else {
            return Ok(Json(Taken { id: None }));
        };
        match take::take(&mut tx, &authz, &officer, id, (false, false), now).await {
            Ok(()) => {
                tx.commit().await?;
                read_back(&people, &authz, id).await?;
                return Ok(Json(Taken { id: Some(id.to_string()) }));
            }
            // Somebody was faster: nothing of this transaction stays, and the next one finds another.
            Err(error) => last = error,
        }
    }
    Err(last)
}
