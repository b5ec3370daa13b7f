//! One's own session: begin, look, end; and one's own password and second factor.

/// `POST /api/v1/session/totp`
pub(crate) mod begin_totp;
/// `POST /api/v1/session/totp/proof`
pub(crate) mod confirm_totp;

/// `POST /api/v1/session`
pub(crate) mod create;
/// `DELETE /api/v1/session`
pub(crate) mod delete;
/// `GET /api/v1/session`
pub(crate) mod get;
/// `POST /api/v1/session/hand-over`
pub(crate) mod hand_over;
/// `POST /api/v1/session/lock`
pub(crate) mod lock;
/// `POST /api/v1/session/password`
pub(crate) mod password;
/// `POST /api/v1/session/pin`
pub(crate) mod set_pin;
#[cfg(test)]
mod tests;
/// `POST /api/v1/session/unlock`
pub(crate) mod unlock;

use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::{Must, Role, Session};

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
    /// The screen is locked.
    pub locked: bool,
    /// There is a PIN that opens a locked screen.
    pub has_pin: bool,
    /// What has to be done before anything else; every other route is shut until then.
    pub must: Option<Must>,
    /// A one-time code is asked for at sign-in.
    pub second_factor: bool,
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
            locked: session.locked,
            has_pin: session.has_pin,
            must: session.must,
            second_factor: session.has_second_factor,
        }
    }
}
