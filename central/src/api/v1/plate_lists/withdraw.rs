//! `POST /api/v1/plate-lists/{id}/withdraw`: an officer takes an entry back, proposed or approved; from then on it holds for nothing.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{ListEntry, ListReason, begin, end};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::plate_lists as table;
use crate::vehicles::{ListFault, list_reason};

/// Take an entry back.
#[utoipa::path(post, path = "/api/v1/plate-lists/{id}/withdraw", tag = "plate-lists", request_body = ListReason,
    params(("id" = uuid::Uuid, Path, description = "The entry"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Taken back", body = ListEntry),
        (status = 400, description = "No reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "Refused, taken back or over already", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn withdraw_list_entry(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<ListReason>,
) -> Result<Json<ListEntry>, ApiError> {
    let why = list_reason(&asked.reason)?;
    let (officer, mut tx, entry) = begin(&people, &authz, id).await?;
    let now = people.now();
    entry.withdraw(now)?;
    if !table::withdraw(&mut tx, id, why, (officer.user(), officer.session()), now.0).await? {
        return Err(ListFault::Ended.into());
    }
    end(&people, &authz, tx, id, ("plate_lists.withdraw", why)).await.map(Json)
}
