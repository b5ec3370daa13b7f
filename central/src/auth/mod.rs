//! Who may do what: accounts, sessions, roles, and the [`Authz`] that every handler takes. It never decides by itself
//! what a request means, never tells an unknown user from a wrong password, and never logs a name, a password or a token.

/// What each kind of route asks for.
pub mod access;
mod accounts;
mod authz;
mod lockout;
mod password;
mod pin;
mod role;
mod session;
mod sign_in;

pub use access::Access;
pub use accounts::{account, disable, enable, set_password, set_roles};
pub use authz::{Authz, Officer};
pub use lockout::{FAILURES_ALLOWED, FAILURES_ALLOWED_ADDRESS, LOCKED_FOR_US, Lockout, WINDOW_US};
pub use password::{PasswordError, PasswordHash, check_policy};
pub use pin::{check_pin, hash_pin, is_pin, keep_pin, lock_screen, open_screen};
pub use role::{AccountKind, Grant, Purpose, Role, UnknownRole};
pub use session::{ABSOLUTE_US, COOKIE, CSRF_HEADER, IDLE_US, SecretToken, SessionEnd, cookie_of, ended, set_cookie};
pub use sign_in::{
    AuthError, Means, Session, Verified, add_user, begin_session, check_password, end_session, session_of, still_good,
};
