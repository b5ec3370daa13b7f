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
mod second_factor;
mod session;
mod sign_in;
mod totp;

pub use access::Access;
pub use accounts::{
    NewAccount, account, add_account, change_own_password, disable, enable, lock, may_handle, reset_password,
    set_password, set_roles, set_roles_at, unlock,
};
pub use authz::{Authz, Officer};
pub use lockout::{FAILURES_ALLOWED, FAILURES_ALLOWED_ADDRESS, LOCKED_FOR_US, Lockout, WINDOW_US};
pub use password::{PasswordError, PasswordHash, check_policy};
pub use pin::{check_pin, hash_pin, is_pin, keep_pin, lock_screen, open_screen};
pub use role::{AccountKind, Grant, Purpose, Role, UnknownRole};
pub use second_factor::{Sealing, begin_second_factor, check_code, confirm_second_factor, reset_second_factor};
pub use session::{
    ABSOLUTE_US, BACKGROUND_HEADER, COOKIE, CSRF_HEADER, IDLE_US, SecretToken, SessionEnd, cookie_of, ended, set_cookie,
};
pub use sign_in::{
    AuthError, KnownByPassword, Means, Must, Session, Use, Verified, add_user, begin_session, check_password,
    end_session, session_of, still_good,
};
pub use totp::TotpSecret;
