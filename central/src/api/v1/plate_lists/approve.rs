//! `POST /api/v1/plate-lists/{id}/approve`: a second officer approves an entry; it holds until its end. Who proposed never approves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ListEntry, begin, end};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::plate_lists as table;
use crate::vehicles::ListFault;

/// Nothing more is said: an entry is approved as it was proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveListEntry {}

/// Approve an entry.
#[utoipa::path(post, path = "/api/v1/plate-lists/{id}/approve", tag = "plate-lists", request_body = ApproveListEntry,
    params(("id" = uuid::Uuid, Path, description = "The entry"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Approved", body = ListEntry),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "One's own, not waiting, or it would live too long", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn approve_list_entry(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
    Body(ApproveListEntry {}): Body<ApproveListEntry>,
) -> Result<Json<ListEntry>, ApiError> {
    let (officer, mut tx, entry) = begin(&people, &authz, id).await?;
    let now = people.now();
    entry.approve(officer.user(), now)?;
    if !table::decide(&mut tx, id, None, (officer.user(), officer.session()), now.0).await? {
        return Err(ListFault::NotProposed.into());
    }
    end(&people, &authz, tx, id, ("plate_lists.approve", "approved")).await.map(Json)
}
