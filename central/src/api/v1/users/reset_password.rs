//! `POST /api/v1/users/{id}/password`: a first password again, told once; the account's sessions end. A second factor stays: it
//! is removed at the machine only.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{FirstPassword, account_here, administrator, on_record};
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::auth::{Authz, reset_password};

/// Reset an account's password.
#[utoipa::path(post, path = "/api/v1/users/{id}/password", tag = "users",
    params(("id" = uuid::Uuid, Path, description = "The account"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The password; it is told once", body = FirstPassword),
        (status = 403, description = "`own_account`, `other_bodies`", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such account here", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn reset_user_password(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(user): PathId,
) -> Result<Json<FirstPassword>, ApiError> {
    let by = administrator(&authz)?;
    let means = &people.means;
    let mut tx = people.write().await?;
    let account = account_here(&mut tx, &authz, user).await?;
    on_record(&mut tx, &people, &authz, ("users.password", &account, "")).await?;
    let password = reset_password(&mut tx, &*means.clock, &means.random, &by, user).await?;
    tx.commit().await?;
    Ok(Json(FirstPassword { id: user.to_string(), name: account.name, password }))
}
