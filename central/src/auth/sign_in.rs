//! Accounts and sessions in the store: adding an account, checking a password under lockout, beginning, finding and ending a
//! session. An unknown account, a wrong password and an account that was switched off are one and the same answer.

use std::sync::Arc;

use contract::clock::{Clock, MINUTE_US, UtcMicros};
use contract::ids::{ControllerName, IdSource};
use contract::signature::Sha256;
use ring::rand::SystemRandom;
use sqlx::AnyConnection;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::{
    AccountKind, Grant, Lockout, PasswordError, PasswordHash, Role, SecretToken, check_policy, ended, lockout, password,
};
use crate::store::sessions::NewSession;
use crate::store::users::UserRow;
use crate::store::{Db, StoreError, sessions, users};

/// How many passwords are checked at once: each takes 19 MiB and a core.
static HASHERS: Semaphore = Semaphore::const_new(2);

/// Why somebody is not let in, or not let through.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// Unknown account, wrong password, account switched off: not told apart.
    #[error("the name or the password is wrong")]
    WrongCredentials,
    /// Too many failures for this account or this address.
    #[error("too many failed attempts")]
    LockedOut,
    /// No session.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The session is over.
    #[error("the session is over")]
    SessionEnded,
    /// The CSRF header is missing or wrong.
    #[error("the request does not come from our own page")]
    Csrf,
    /// No role that suffices.
    #[error("the role does not allow this")]
    Forbidden,
    /// A program, or a session nobody sits at, wants to decide.
    #[error("a decision needs a person")]
    PersonNeeded,
    /// Roles at several controllers: one must be named.
    #[error("name the controller")]
    ControllerNeeded,
    /// An account's name is not of its form.
    #[error("an account's name has 2 to 40 of a-z, 0-9, '.' and '-'")]
    BadName,
    /// The name is taken.
    #[error("an account of this name exists already")]
    NameTaken,
    /// No account of this name; said on the command line only.
    #[error("there is no account of this name")]
    NoSuchAccount,
    /// An account without a role could do nothing.
    #[error("an account needs at least one role")]
    NoRole,
    /// The screen is locked.
    #[error("the screen is locked")]
    Locked,
    /// No PIN was set.
    #[error("no PIN was set")]
    NoPin,
    /// The PIN does not fit.
    #[error("the PIN is wrong")]
    WrongPin,
    /// It is no PIN.
    #[error("a PIN has four to eight digits, not all the same")]
    BadPin,
    /// The password is not accepted.
    #[error("the password is not accepted")]
    Password(#[from] PasswordError),
    /// The store failed.
    #[error("accounts can't be reached")]
    Store(#[from] StoreError),
}

/// A session with all that is judged by.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its id, which is no secret.
    pub session_id: Uuid,
    /// The account.
    pub user_id: Uuid,
    /// The account's name.
    pub name: String,
    /// Person or program.
    pub kind: AccountKind,
    /// Does a person sit there?
    pub interactive: bool,
    /// Its screen is locked: it sees no person and decides nothing.
    pub locked: bool,
    /// When it began.
    pub created_at: UtcMicros,
    /// Its token.
    pub token: SecretToken,
    /// Its roles, by controller.
    pub grants: Vec<Grant>,
}

/// Adds an account. The password is checked against the policy and kept as an Argon2id hash only.
pub async fn add_user(
    db: &Db,
    clock: &dyn Clock,
    ids: &dyn IdSource,
    name: &str,
    kind: AccountKind,
    grants: &[Grant],
    password: &str,
) -> Result<Uuid, AuthError> {
    let name = account_name(name).ok_or(AuthError::BadName)?;
    if grants.is_empty() {
        return Err(AuthError::NoRole);
    }
    check_policy(&name, password)?;
    let hashed = hash_off_thread(password).await?;
    let now = clock.now();
    let row = UserRow {
        user_id: ids.next(now),
        name,
        kind: kind.as_str().to_owned(),
        password_hash: hashed.as_stored().to_owned(),
        disabled_at: None,
    };
    let mut tx = db.write().await?;
    users::insert(&mut tx, &row, now.0)
        .await
        .map_err(|e| if e.is_unique_violation() { AuthError::NameTaken } else { AuthError::Store(e) })?;
    for grant in grants {
        users::grant(&mut tx, row.user_id, grant.controller.as_str(), grant.role.as_str()).await?;
    }
    tx.commit().await?;
    Ok(row.user_id)
}

/// Names are lower case, so that one person has one account.
pub(super) fn account_name(text: &str) -> Option<String> {
    let name = text.trim().to_lowercase();
    let fits = (2..=40).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    fits.then_some(name)
}

/// Somebody whose password was right, before a session begins.
#[derive(Debug, Clone)]
pub struct Verified {
    user_id: Uuid,
    name: String,
    kind: AccountKind,
    account: Sha256,
    address: Option<Sha256>,
}

/// Checks name and password. The attempt is counted as failed *before* the password is looked at and forgiven when it was
/// right, so that many attempts at once can't outrun the count. Without an address only the account is counted.
pub async fn check_password(
    db: &Db,
    clock: &dyn Clock,
    name: &str,
    password: &str,
    address: Option<&str>,
) -> Result<Verified, AuthError> {
    // A malformed name goes the same way as an unknown one.
    let name = account_name(name).unwrap_or_default();
    let account = Sha256::of(format!("account:{name}").as_bytes());
    let address = address.map(|address| Sha256::of(format!("address:{address}").as_bytes()));
    let counted = [(Some(account), lockout::FAILURES_ALLOWED), (address, lockout::FAILURES_ALLOWED_ADDRESS)];
    count_attempt(db, &counted, clock.now()).await?;
    let user = users::by_name(&mut *db.read().await?, &name).await?;
    let stored = user.as_ref().map(|u| PasswordHash::from_stored(u.password_hash.clone()));
    let fits = verify_off_thread(password, stored).await;
    match user {
        Some(user) if fits && user.disabled_at.is_none() => Ok(Verified {
            user_id: user.user_id,
            kind: AccountKind::from_stored(&user.kind),
            name: user.name,
            account,
            address,
        }),
        _ => Err(AuthError::WrongCredentials),
    }
}

/// Hashes a secret off the async threads.
pub(super) async fn hash_off_thread(secret: &str) -> Result<PasswordHash, AuthError> {
    let secret = secret.to_owned();
    Ok(tokio::task::spawn_blocking(move || password::hash(&secret)).await.map_err(|_| PasswordError::Hashing)??)
}

/// Does a secret fit? Off the async threads, few at once; without a hash it takes as long.
pub(super) async fn verify_off_thread(secret: &str, stored: Option<PasswordHash>) -> bool {
    let secret = secret.to_owned();
    let _permit = HASHERS.acquire().await.ok();
    tokio::task::spawn_blocking(move || password::verify(&secret, stored.as_ref())).await.unwrap_or(false)
}

impl Verified {
    /// The account.
    pub(super) fn user(&self) -> Uuid {
        self.user_id
    }
}

/// Takes the failures before back, in the caller's transaction: the password was right.
pub(super) async fn forgive(tx: &mut AnyConnection, who: &Verified) -> Result<(), StoreError> {
    users::forgive(&mut *tx, &who.account, true).await?;
    if let Some(address) = &who.address {
        users::forgive(tx, address, false).await?;
    }
    Ok(())
}

pub(super) async fn count_attempt(
    db: &Db,
    subjects: &[(Option<Sha256>, i64)],
    now: UtcMicros,
) -> Result<(), AuthError> {
    let mut tx = db.write().await?;
    for (subject, allowed) in subjects {
        let Some(subject) = subject else { continue };
        let (failures, first_at, last_at) = users::lock_failures(&mut tx, subject).await?;
        let state = Lockout { failures, first_at, last_at };
        if state.is_locked(now, *allowed) {
            return Err(AuthError::LockedOut);
        }
        let next = state.after_failure(now);
        users::set_failures(&mut tx, subject, (next.failures, next.first_at, next.last_at)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Begins a session, in the caller's transaction, for somebody whose password was right.
pub async fn begin_session(
    tx: &mut AnyConnection,
    clock: &dyn Clock,
    ids: &dyn IdSource,
    random: &SystemRandom,
    who: Verified,
) -> Result<Session, AuthError> {
    let now = clock.now();
    forgive(&mut *tx, &who).await?;
    let token = SecretToken::new(random);
    let session = Session {
        session_id: ids.next(now),
        user_id: who.user_id,
        name: who.name,
        kind: who.kind,
        interactive: who.kind == AccountKind::Person,
        locked: false,
        created_at: now,
        grants: grants_of(&mut *tx, who.user_id).await?,
        token,
    };
    let row = NewSession {
        session_id: session.session_id,
        token_hash: session.token.hash(),
        user_id: session.user_id,
        interactive: session.interactive,
    };
    sessions::insert(tx, &row, now.0).await?;
    Ok(session)
}

/// Finds the session of a token, ends it when its time is over, and notes its use (once a minute at most).
pub async fn session_of(db: &Db, clock: &dyn Clock, token: SecretToken) -> Result<Session, AuthError> {
    let now = clock.now();
    let mut conn = db.read().await?;
    let row = sessions::by_token(&mut conn, &token.hash()).await?.ok_or(AuthError::NotSignedIn)?;
    let grants = grants_of(&mut conn, row.user_id).await?;
    drop(conn);
    if row.ended_at.is_some() || row.user_disabled {
        return Err(AuthError::SessionEnded);
    }
    let last_seen = UtcMicros(row.last_seen_at);
    if ended(UtcMicros(row.created_at), last_seen, now).is_some() {
        let mut tx = db.write().await?;
        sessions::end(&mut tx, row.session_id, now.0).await?;
        tx.commit().await?;
        return Err(AuthError::SessionEnded);
    }
    if now.since_us(last_seen) >= MINUTE_US {
        let mut tx = db.write().await?;
        sessions::touch(&mut tx, row.session_id, now.0).await?;
        tx.commit().await?;
    }
    Ok(Session {
        session_id: row.session_id,
        user_id: row.user_id,
        name: row.user_name,
        kind: AccountKind::from_stored(&row.user_kind),
        interactive: row.interactive,
        locked: row.locked,
        created_at: UtcMicros(row.created_at),
        token,
        grants,
    })
}

/// Is the session of this token still good, and does its account still hold these roles? Unlike [`session_of`] it does not
/// count as use: for a stream that stays open.
pub async fn still_good(
    db: &Db,
    clock: &dyn Clock,
    session: &Session,
    controller: &ControllerName,
    roles: &[Role],
) -> Result<bool, AuthError> {
    let mut conn = db.read().await?;
    let row = sessions::by_token(&mut conn, &session.token.hash()).await?;
    let grants = grants_of(&mut conn, session.user_id).await?;
    let holds = |role: &Role| grants.iter().any(|g| g.controller == *controller && g.role == *role);
    Ok(row.is_some_and(|row| {
        roles.iter().all(holds) && {
            let times = (UtcMicros(row.created_at), UtcMicros(row.last_seen_at));
            row.ended_at.is_none() && !row.user_disabled && ended(times.0, times.1, clock.now()).is_none()
        }
    }))
}

/// Ends a session, in the caller's transaction.
pub async fn end_session(tx: &mut AnyConnection, clock: &dyn Clock, session: &Session) -> Result<(), AuthError> {
    Ok(sessions::end(tx, session.session_id, clock.now().0).await?)
}

/// A role or controller the store holds but this version does not know gives nothing.
pub(super) async fn grants_of(conn: &mut AnyConnection, user: Uuid) -> Result<Vec<Grant>, AuthError> {
    Ok(users::grants(conn, user)
        .await?
        .into_iter()
        .filter_map(|(controller, role)| {
            Some(Grant { controller: controller.parse().ok()?, role: role.parse::<Role>().ok()? })
        })
        .collect())
}

/// What the people's side needs everywhere: store, time, ids, randomness.
#[derive(Clone)]
pub struct Means {
    /// The store.
    pub db: Db,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Ids.
    pub ids: Arc<dyn IdSource>,
    /// Randomness for tokens: the operating system's and no other.
    pub random: SystemRandom,
}

impl std::fmt::Debug for Means {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Means")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_and_plain() {
        assert_eq!(account_name(" Can-Bo.01 ").as_deref(), Some("can-bo.01"));
        for bad in ["", "a", "cán bộ", "a b", "a/b", &"x".repeat(41)] {
            assert_eq!(account_name(bad), None, "{bad}");
        }
    }
}
