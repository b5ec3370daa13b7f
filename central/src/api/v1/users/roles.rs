//! `POST /api/v1/users/{id}/roles`: these roles at this controller and no others there. Nobody changes the own ones, and a body
//! keeps its last administrator.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::add::words;
use super::{account_here, administrator, on_record};
use crate::api::extract::{Body, PathId};
use crate::api::{ApiError, People};
use crate::auth::{AccountKind, Authz, Role, set_roles_at};

/// Roles.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetRoles {
    /// All the account has at this controller from now on; empty only where it has some elsewhere.
    pub roles: Vec<Role>,
}

/// Set an account's roles.
#[utoipa::path(post, path = "/api/v1/users/{id}/roles", tag = "users", request_body = SetRoles,
    params(("id" = uuid::Uuid, Path, description = "The account"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 204, description = "They hold from the account's next request on"),
        (status = 403, description = "`own_account`", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "No such account here", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "`last_administrator`", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn set_user_roles(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(user): PathId,
    Body(asked): Body<SetRoles>,
) -> Result<StatusCode, ApiError> {
    let by = administrator(&authz)?;
    let roles: BTreeSet<Role> = asked.roles.into_iter().collect();
    let mut tx = people.write().await?;
    let account = account_here(&mut tx, &authz, user).await?;
    let detail = format!("{}: {}", authz.controller(), words(&roles));
    on_record(&mut tx, &people, &authz, ("users.roles", &account, &detail)).await?;
    let kind = AccountKind::from_stored(&account.kind);
    set_roles_at(&mut tx, &by, user, authz.controller(), (kind, &roles)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
