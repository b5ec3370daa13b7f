//! `POST /api/v1/users`: a new account with roles at one controller. Its first password is made here, told once, and has to be
//! changed at the first sign-in: there is no default.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{FirstPassword, administrator};
use crate::api::extract::Body;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, NewAccount, Role, add_account};

/// An account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddUser {
    /// Its name: 2 to 40 of a-z, 0-9, '.' and '-'.
    pub name: String,
    /// Its roles at the controller of this request.
    pub roles: Vec<Role>,
}

/// The roles in words, for the record.
pub(super) fn words(roles: &BTreeSet<Role>) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ")
}

/// Add an account.
#[utoipa::path(post, path = "/api/v1/users", tag = "users", request_body = AddUser,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Added; the password is told once", body = FirstPassword),
        (status = 400, description = "No name or no role", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The name is taken", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn add_user(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<AddUser>,
) -> Result<Json<FirstPassword>, ApiError> {
    let by = administrator(&authz)?;
    let means = &people.means;
    let roles: BTreeSet<Role> = asked.roles.into_iter().collect();
    let new = NewAccount::prepare(&*means.clock, &*means.ids, &means.random, &asked.name).await?;
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "users.add").with_object(&new.name).with_detail(words(&roles));
    audit::append(&mut tx, authz.controller(), people.now(), entry).await?;
    add_account(&mut tx, &*means.clock, &by, &new, (authz.controller(), &roles)).await?;
    tx.commit().await?;
    Ok(Json(FirstPassword { id: new.user_id.to_string(), name: new.name, password: new.password }))
}
