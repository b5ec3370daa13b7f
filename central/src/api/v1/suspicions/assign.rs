//! `POST /api/v1/suspicions/{id}/assign`: a leader gives a waiting suspicion to one officer, who has it alone from then on, or takes
//! it back from whoever had it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SuspicionView, read_back};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::cases::CaseError;
use crate::store::case_holds::{self, NewAssignment};
use crate::store::cases as table;

/// To whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assign {
    /// The officer's account; null takes the case back.
    pub officer: Option<String>,
}

/// Give a suspicion to an officer.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/assign", tag = "suspicions", request_body = Assign,
    params(("id" = uuid::Uuid, Path, description = "The suspicion"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Given, or taken back", body = SuspicionView),
        (status = 400, description = "No such officer here", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not a leader in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "It is decided", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn assign_suspicion(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<Assign>,
) -> Result<Json<SuspicionView>, ApiError> {
    let leader = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let controller = authz.controller().as_str();
    let now = people.now();
    let mut tx = people.write().await?;
    table::get(&mut tx, controller, id).await?.ok_or_else(ApiError::not_found)?;
    let officer = match &asked.officer {
        None => None,
        Some(name) => {
            Some(case_holds::officers(&mut tx, controller).await?.into_iter().find(|o| o.name == *name).ok_or_else(
                || ApiError::bad_request("no_such_officer", "Không có cán bộ này trong danh sách cán bộ thẩm định."),
            )?)
        }
    };
    let words = officer.as_ref().map_or_else(|| "to nobody".to_owned(), |o| format!("to {}", o.name));
    let entry = Entry::by(&authz, "suspicions.assign").with_object(id).with_detail(words);
    audit::append(&mut tx, authz.controller(), now, entry).await?;
    if !case_holds::lock(&mut tx, controller, id, now.0).await? {
        return Err(CaseError::AlreadyDecided.into());
    }
    let hold = case_holds::hold(&mut tx, id).await?;
    case_holds::unassign(&mut tx, id).await?;
    if let Some(officer) = officer {
        // It leaves the screen of whoever else has it: what they decide now is refused.
        if hold.lease.is_some_and(|lease| lease.holder.id != officer.id) {
            case_holds::end_lease(&mut tx, id).await?;
        }
        let given = NewAssignment {
            case: id,
            controller,
            officer: officer.id,
            by: leader.user(),
            session: leader.session(),
            at: now.0,
        };
        case_holds::assign(&mut tx, given).await?;
    }
    tx.commit().await?;
    Ok(Json(read_back(&people, &authz, id).await?))
}
