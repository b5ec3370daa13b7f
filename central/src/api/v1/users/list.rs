//! `GET /api/v1/users`: the accounts with a role at a controller, by name.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{Authz, Role};
use crate::store::{accounts, users};

const PAGE: i64 = 200;

/// Which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    after: Option<String>,
    #[expect(dead_code, reason = "read by the judgement about the request")]
    controller: Option<String>,
}

/// A page of accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserList {
    /// The accounts.
    pub items: Vec<UserView>,
    /// For `after`; null at the end.
    pub next: Option<String>,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// A program's: it reads and never decides.
    pub program: bool,
    /// Its roles at this controller.
    pub roles: Vec<Role>,
    /// It has roles at another controller too.
    pub elsewhere: bool,
    /// It is the account of whoever asks.
    pub own: bool,
    /// When it was made.
    pub created_at: Moment,
    /// When it was locked.
    pub locked_at: Option<Moment>,
    /// When a session of it was used last.
    pub last_seen_at: Option<Moment>,
    /// A one-time code is asked for at its sign-in.
    pub second_factor: bool,
    /// It still has the password it was given.
    pub password_must_change: bool,
}

/// Accounts.
#[utoipa::path(get, path = "/api/v1/users", tag = "users",
    params(("after" = Option<String>, Query, description = "`next` of the page before"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The accounts", body = UserList)))]
pub(crate) async fn list_users(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(which): Params<Which>,
) -> Result<Json<UserList>, ApiError> {
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let mut rows = accounts::list(&mut tx, controller.as_str(), which.after.as_deref().unwrap_or(""), PAGE + 1).await?;
    let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let entry = Entry::by(&authz, "users.list").with_detail(format!("{} shown", rows.len()));
    audit::append(&mut tx, controller, people.now(), entry).await?;
    let next = more.then(|| rows.last().map(|row| row.name.clone())).flatten();
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let held = users::grants(&mut tx, row.user_id).await?;
        items.push(UserView {
            id: row.user_id.to_string(),
            own: row.user_id == authz.session().user_id,
            name: row.name,
            program: row.kind != "person",
            roles: held
                .into_iter()
                .filter(|(at, _)| at == controller.as_str())
                .filter_map(|(_, role)| role.parse().ok())
                .collect(),
            elsewhere: row.elsewhere,
            created_at: Moment::of(row.created_at),
            locked_at: row.disabled_at.map(Moment::of),
            last_seen_at: row.last_seen_at.map(Moment::of),
            second_factor: row.has_second_factor,
            password_must_change: row.password_must_change,
        });
    }
    tx.commit().await?;
    Ok(Json(UserList { items, next }))
}
