//! Accounts of one controller, for its administrators. Whatever is done is on record in the chain of every body the account has
//! a role at, before it is done. No password is ever read; a first one is told once, to whoever made it.

/// `POST /api/v1/users`
pub(crate) mod add;
/// `POST /api/v1/users/{id}/sessions/end`
pub(crate) mod end_sessions;
/// `GET /api/v1/users`
pub(crate) mod list;
/// `POST /api/v1/users/{id}/lock`
pub(crate) mod lock;
/// `POST /api/v1/users/{id}/password`
pub(crate) mod reset_password;
/// `POST /api/v1/users/{id}/roles`
pub(crate) mod roles;
/// `GET /api/v1/users/{id}/sessions`
pub(crate) mod sessions;
#[cfg(test)]
mod tests;
/// `POST /api/v1/users/{id}/unlock`
pub(crate) mod unlock;

use std::collections::BTreeSet;

use contract::ids::ControllerName;
use serde::Serialize;
use sqlx::AnyConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz, Officer};
use crate::store::accounts::{self, AccountRow};
use crate::store::users;

/// A first password: in this answer and nowhere else.
#[derive(Serialize, ToSchema)]
pub(crate) struct FirstPassword {
    /// The account.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Good for signing in, after which another has to be chosen.
    pub password: String,
}

impl std::fmt::Debug for FirstPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FirstPassword(…)")
    }
}

/// The administrator in person. The routes ask for one; this is how a handler gets hold of it.
fn administrator(authz: &Authz) -> Result<Officer, ApiError> {
    authz.officer().ok_or_else(|| AuthError::PersonNeeded.into())
}

/// The account, if it has a role at the controller of this request.
async fn account_here(conn: &mut AnyConnection, authz: &Authz, user: Uuid) -> Result<AccountRow, ApiError> {
    accounts::one(conn, authz.controller().as_str(), user).await?.ok_or_else(ApiError::not_found)
}

/// On record at every body the account has a role at, and at the administrator's own.
async fn on_record(
    tx: &mut AnyConnection,
    people: &People,
    authz: &Authz,
    (action, account, detail): (&str, &AccountRow, &str),
) -> Result<(), ApiError> {
    let held = users::grants(&mut *tx, account.user_id).await?;
    let mut bodies: BTreeSet<ControllerName> =
        held.iter().filter_map(|(controller, _)| controller.parse().ok()).collect();
    bodies.insert(authz.controller().clone());
    for body in bodies {
        let mut entry = Entry::by(authz, action).with_object(&account.name);
        if !detail.is_empty() {
            entry = entry.with_detail(detail);
        }
        audit::append(&mut *tx, &body, people.now(), entry).await?;
    }
    Ok(())
}
