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
    AccountKind, Grant, Lockout, PasswordError, PasswordHash, Role, SecretToken, SessionEnd, check_policy, ended,
    lockout, password,
};
use crate::store::sessions::NewSession;
use crate::store::users::UserRow;
use crate::store::{Db, StoreError, desk_pins, sessions, users};

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
    /// The account's password was right, and it has a second factor.
    #[error("a one-time code is needed")]
    CodeNeeded,
    /// The code is not that of this moment, or was used.
    #[error("the one-time code is wrong or was used")]
    WrongCode,
    /// Something comes before everything else.
    #[error("first: {0}")]
    First(Must),
    /// A second factor is enrolled.
    #[error("a second factor is enrolled already")]
    HasSecondFactor,
    /// No enrolment was begun.
    #[error("no second factor was begun")]
    NoSecondFactor,
    /// The new password is the old one.
    #[error("the new password is the old one")]
    SamePassword,
    /// Nobody does this to the own account.
    #[error("this is the own account")]
    OwnAccount,
    /// The account has roles where whoever asks is no administrator.
    #[error("the account has roles at another body")]
    OtherBodies,
    /// A body would be without an administrator.
    #[error("a body keeps its last administrator who is not locked: add another one first")]
    LastAdministrator,
    /// A program is no administrator.
    #[error("an administrator is a person")]
    ProgramAdministrator,
    /// The password is not accepted.
    #[error("the password is not accepted")]
    Password(#[from] PasswordError),
    /// The store failed.
    #[error("accounts can't be reached")]
    Store(#[from] StoreError),
}

/// What an account has to do before it may do anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Must {
    /// Its password is one an administrator was shown.
    ChangePassword,
    /// It is an administrator's and has no second factor.
    EnrolSecondFactor,
}

impl std::fmt::Display for Must {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::ChangePassword => "another password has to be chosen",
            Self::EnrolSecondFactor => "a second factor has to be enrolled",
        })
    }
}

impl Must {
    fn of(password_must_change: bool, has_second_factor: bool, grants: &[Grant]) -> Option<Self> {
        if password_must_change {
            return Some(Self::ChangePassword);
        }
        let administers = grants.iter().any(|grant| grant.role == Role::Administrator);
        (administers && !has_second_factor).then_some(Self::EnrolSecondFactor)
    }
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
    /// The account has a PIN that opens a locked screen.
    pub has_pin: bool,
    /// When it began.
    pub created_at: UtcMicros,
    /// Its token.
    pub token: SecretToken,
    /// Its roles, by controller.
    pub grants: Vec<Grant>,
    /// What comes before everything else.
    pub must: Option<Must>,
    /// The account has a second factor.
    pub has_second_factor: bool,
}

/// Adds an account, by the machine's own command line. The password is checked against the policy and kept as an Argon2id
/// hash only.
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
    if kind != AccountKind::Person && grants.iter().any(|grant| grant.role == Role::Administrator) {
        return Err(AuthError::ProgramAdministrator);
    }
    check_policy(&name, password)?;
    let hashed = hashed(password).await?;
    let now = clock.now();
    let row = UserRow {
        user_id: ids.next(now),
        name,
        kind: kind.as_str().to_owned(),
        password_hash: hashed.as_stored().to_owned(),
        disabled_at: None,
        password_must_change: false,
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

/// Hashes off the async threads.
pub(super) async fn hashed(password: &str) -> Result<PasswordHash, AuthError> {
    let secret = password.to_owned();
    Ok(tokio::task::spawn_blocking(move || password::hash(&secret)).await.map_err(|_| PasswordError::Hashing)??)
}

/// Under which a name's failed attempts are counted.
pub(super) fn failures_of(name: &str) -> Sha256 {
    Sha256::of(format!("account:{name}").as_bytes())
}

/// Names are lower case, so that one person has one account.
pub(super) fn account_name(text: &str) -> Option<String> {
    let name = text.trim().to_lowercase();
    let fits = (2..=40).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    fits.then_some(name)
}

/// Somebody whose password was right. Without a look at the second factor ([`check_code`](super::check_code)) no session
/// can be made of it.
#[derive(Debug, Clone)]
pub struct KnownByPassword {
    pub(super) user_id: Uuid,
    name: String,
    kind: AccountKind,
    password_must_change: bool,
    account: Sha256,
    address: Option<Sha256>,
}

impl KnownByPassword {
    /// After the second factor was looked at.
    pub(super) fn verified(self, has_second_factor: bool) -> Verified {
        Verified { who: self, has_second_factor }
    }

    /// Takes the attempt back.
    pub(super) async fn forgive(&self, tx: &mut AnyConnection, all: bool) -> Result<(), StoreError> {
        users::forgive(&mut *tx, &self.account, all).await?;
        if let Some(address) = &self.address {
            users::forgive(&mut *tx, address, false).await?;
        }
        Ok(())
    }
}

/// Somebody who has shown all that the account asks for, before a session begins.
#[derive(Debug, Clone)]
pub struct Verified {
    who: KnownByPassword,
    has_second_factor: bool,
}

/// Checks name and password. The attempt is counted as failed *before* the password is looked at and forgiven when it was
/// right, so that many attempts at once can't outrun the count. Without an address only the account is counted.
pub async fn check_password(
    db: &Db,
    clock: &dyn Clock,
    name: &str,
    password: &str,
    address: Option<&str>,
) -> Result<KnownByPassword, AuthError> {
    // A malformed name goes the same way as an unknown one.
    let name = account_name(name).unwrap_or_default();
    let account = failures_of(&name);
    let address = address.map(|address| Sha256::of(format!("address:{address}").as_bytes()));
    let counted = [(Some(account), lockout::FAILURES_ALLOWED), (address, lockout::FAILURES_ALLOWED_ADDRESS)];
    count_attempt(db, &counted, clock.now()).await?;
    let user = users::by_name(&mut *db.read().await?, &name).await?;
    let stored = user.as_ref().map(|u| PasswordHash::from_stored(u.password_hash.clone()));
    let fits = verify_off_thread(password, stored).await;
    match user {
        Some(user) if fits && user.disabled_at.is_none() => Ok(KnownByPassword {
            user_id: user.user_id,
            kind: AccountKind::from_stored(&user.kind),
            name: user.name,
            password_must_change: user.password_must_change,
            account,
            address,
        }),
        _ => Err(AuthError::WrongCredentials),
    }
}

/// Does a secret fit? Off the async threads, few at once; without a hash it takes as long.
pub(super) async fn verify_off_thread(secret: &str, stored: Option<PasswordHash>) -> bool {
    let secret = secret.to_owned();
    let _permit = HASHERS.acquire().await.ok();
    tokio::task::spawn_blocking(move || password::verify(&secret, stored.as_ref())).await.unwrap_or(false)
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

/// Begins a session, in the caller's transaction, for somebody who has shown all that is asked for.
pub async fn begin_session(
    tx: &mut AnyConnection,
    clock: &dyn Clock,
    ids: &dyn IdSource,
    random: &SystemRandom,
    who: Verified,
) -> Result<Session, AuthError> {
    let now = clock.now();
    let Verified { who, has_second_factor } = who;
    who.forgive(&mut *tx, true).await?;
    let token = SecretToken::new(random);
    let grants = grants_of(&mut *tx, who.user_id).await?;
    let has_pin = desk_pins::hash_of(&mut *tx, who.user_id).await?.is_some();
    let session = Session {
        session_id: ids.next(now),
        user_id: who.user_id,
        name: who.name,
        kind: who.kind,
        interactive: who.kind == AccountKind::Person,
        locked: false,
        has_pin,
        created_at: now,
        must: Must::of(who.password_must_change, has_second_factor, &grants),
        has_second_factor,
        grants,
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

/// Does a request come from a person's hand, or does a page ask by itself?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A person did something: the session was used.
    ByHand,
    /// A page asks again and again: the session is not used by it, and ends when nobody is there.
    Background,
}

/// A desk nobody touches through a quiet night locks itself instead of going dark: who waits is still seen and heard, and the
/// PIN opens it. Where there is no PIN nothing could.
fn goes_on_watching(row: &sessions::SessionRow, grants: &[Grant]) -> bool {
    row.has_pin && grants.iter().any(|grant| grant.role == Role::Desk)
}

/// Finds the session of a token, ends it when its time is over, and notes its use by hand (once a minute at most).
pub async fn session_of(db: &Db, clock: &dyn Clock, token: SecretToken, used: Use) -> Result<Session, AuthError> {
    let now = clock.now();
    let mut conn = db.read().await?;
    let row = sessions::by_token(&mut conn, &token.hash()).await?.ok_or(AuthError::NotSignedIn)?;
    let grants = grants_of(&mut conn, row.user_id).await?;
    drop(conn);
    if row.ended_at.is_some() || row.user_disabled {
        return Err(AuthError::SessionEnded);
    }
    let last_seen = UtcMicros(row.last_seen_at);
    let mut locked = row.locked;
    match ended(UtcMicros(row.created_at), last_seen, now) {
        Some(SessionEnd::Idle) if goes_on_watching(&row, &grants) => {
            if !locked {
                let mut tx = db.write().await?;
                desk_pins::set_locked(&mut tx, row.session_id, Some(now.0)).await?;
                tx.commit().await?;
            }
            locked = true;
        }
        Some(_) => {
            let mut tx = db.write().await?;
            sessions::end(&mut tx, row.session_id, now.0).await?;
            tx.commit().await?;
            return Err(AuthError::SessionEnded);
        }
        None => {}
    }
    if used == Use::ByHand && now.since_us(last_seen) >= MINUTE_US {
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
        locked,
        has_pin: row.has_pin,
        created_at: UtcMicros(row.created_at),
        token,
        must: Must::of(row.password_must_change, row.has_second_factor, &grants),
        has_second_factor: row.has_second_factor,
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
            let free = Must::of(row.password_must_change, row.has_second_factor, &grants).is_none();
            let over = match ended(times.0, times.1, clock.now()) {
                Some(SessionEnd::Idle) => !goes_on_watching(&row, &grants),
                Some(SessionEnd::TooOld) => true,
                None => false,
            };
            free && row.ended_at.is_none() && !row.user_disabled && !over
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
