//! `POST /api/v1/users/{id}/lock`: the account can sign in no more, and its sessions end at once. Nobody locks the own one, and
//! a body keeps its last administrator.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::{account_here, administrator, on_record};
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::auth::{Authz, lock};

/// Lock an account.
#[utoipa::path(post, path = "/api/v1/users/{id}/lock", tag = "users",
    params(("id" = uuid::Uuid, Path, description = "The account"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 204, description = "Locked; its sessions are over"),
        (status = 403, description = "`own_account`, `other_bodies`", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such account here", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "`last_administrator`", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn lock_user(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(user): PathId,
) -> Result<StatusCode, ApiError> {
    let by = administrator(&authz)?;
    let mut tx = people.write().await?;
    let account = account_here(&mut tx, &authz, user).await?;
    on_record(&mut tx, &people, &authz, ("users.lock", &account, "")).await?;
    lock(&mut tx, &*people.means.clock, &by, user).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
