//! One's own session: begin, look, end.

/// `POST /api/v1/session`
pub(crate) mod create;
/// `DELETE /api/v1/session`
pub(crate) mod delete;
/// `GET /api/v1/session`
pub(crate) mod get;

use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::{Role, Session};

/// A role at a controller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleAt {
    /// Whose data.
    pub controller: String,
    /// Which role.
    pub role: Role,
    /// As screens show it.
    pub label: String,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// The account's name.
    pub user: String,
    /// Its roles.
    pub roles: Vec<RoleAt>,
    /// To be sent as `x-chilang-csrf` with everything that is not a GET.
    pub csrf: String,
}

impl From<&Session> for SessionView {
    fn from(session: &Session) -> Self {
        Self {
            user: session.name.clone(),
            roles: session
                .grants
                .iter()
                .map(|g| RoleAt {
                    controller: g.controller.to_string(),
                    role: g.role,
                    label: g.role.label().to_owned(),
                })
                .collect(),
            csrf: session.token.csrf(),
        }
    }
}
