//! `POST /api/v1/plate-lists/{id}/refuse`: a second officer refuses an entry, with a reason.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{ListEntry, ListReason, begin, end};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::plate_lists as table;
use crate::vehicles::{ListFault, list_reason};

/// Refuse an entry.
#[utoipa::path(post, path = "/api/v1/plate-lists/{id}/refuse", tag = "plate-lists", request_body = ListReason,
    params(("id" = uuid::Uuid, Path, description = "The entry"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Refused", body = ListEntry),
        (status = 400, description = "No reason", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "One's own, or not waiting", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn refuse_list_entry(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(asked): Body<ListReason>,
) -> Result<Json<ListEntry>, ApiError> {
    let why = list_reason(&asked.reason)?;
    let (officer, mut tx, entry) = begin(&people, &authz, id).await?;
    let now = people.now();
    entry.refuse(officer.user(), now)?;
    if !table::decide(&mut tx, id, Some(why), (officer.user(), officer.session()), now.0).await? {
        return Err(ListFault::NotProposed.into());
    }
    end(&people, &authz, tx, id, ("plate_lists.refuse", why)).await.map(Json)
}
