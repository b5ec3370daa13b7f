//! What is done to accounts that are there: locked and unlocked, other roles, another password. All of it works at once: a
//! session ends or loses its rights with the next request, a live stream within seconds. The command line's functions stand
//! first; those of an administrator, who has one controller and never the own account, follow.

use std::collections::BTreeSet;

use contract::clock::Clock;
use contract::ids::{ControllerName, IdSource};
use ring::rand::SystemRandom;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::password::first_password;
use super::sign_in::{account_name, failures_of, grants_of, hashed};
use super::{AccountKind, AuthError, Grant, Officer, PasswordHash, Role, Session, check_policy};
use crate::store::users::UserRow;
use crate::store::{Db, StoreError, accounts, sessions, users};

/// As the databases' triggers put it.
const LAST_ADMINISTRATOR: &str = "a body keeps its last administrator";

fn refused(error: StoreError) -> AuthError {
    if error.is_refusal(LAST_ADMINISTRATOR) { AuthError::LastAdministrator } else { error.into() }
}

/// The account of this name: its id and its roles.
pub async fn account(db: &Db, name: &str) -> Result<(Uuid, Vec<Grant>), AuthError> {
    let name = account_name(name).ok_or(AuthError::BadName)?;
    let mut conn = db.read().await?;
    let user = users::by_name(&mut conn, &name).await?.ok_or(AuthError::NoSuchAccount)?;
    Ok((user.user_id, grants_of(&mut conn, user.user_id).await?))
}

/// Locks an account and ends its sessions.
pub async fn disable(db: &Db, clock: &dyn Clock, user: Uuid) -> Result<(), AuthError> {
    let mut tx = db.write().await?;
    close(&mut tx, clock, user).await?;
    Ok(tx.commit().await?)
}

async fn close(tx: &mut AnyConnection, clock: &dyn Clock, user: Uuid) -> Result<(), AuthError> {
    let now = clock.now().0;
    users::set_disabled(&mut *tx, user, Some(now)).await.map_err(refused)?;
    Ok(sessions::end_all(tx, user, now).await?)
}

/// Unlocks an account. Its sessions stay ended.
pub async fn enable(db: &Db, user: Uuid) -> Result<(), AuthError> {
    let mut tx = db.write().await?;
    users::set_disabled(&mut tx, user, None).await?;
    Ok(tx.commit().await?)
}

/// Gives an account these roles and no others.
pub async fn set_roles(db: &Db, user: Uuid, grants: &[Grant]) -> Result<(), AuthError> {
    if grants.is_empty() {
        return Err(AuthError::NoRole);
    }
    let mut tx = db.write().await?;
    for grant in grants {
        users::grant(&mut tx, user, grant.controller.as_str(), grant.role.as_str()).await?;
    }
    for (controller, role) in users::grants(&mut tx, user).await? {
        if !grants.iter().any(|g| g.controller.as_str() == controller && g.role.as_str() == role) {
            users::take_role(&mut tx, user, &controller, &role).await.map_err(refused)?;
        }
    }
    Ok(tx.commit().await?)
}

/// Gives an account another password and ends its sessions: who changes it may do so because somebody else knows the old one.
pub async fn set_password(db: &Db, clock: &dyn Clock, user: Uuid, new: &str) -> Result<(), AuthError> {
    let name = users::name_of(&mut *db.read().await?, user).await?.ok_or(AuthError::NoSuchAccount)?;
    check_policy(&name, new)?;
    let hashed = hashed(new).await?;
    let mut tx = db.write().await?;
    users::set_password(&mut tx, user, hashed.as_stored(), false).await?;
    sessions::end_all(&mut tx, user, clock.now().0).await?;
    Ok(tx.commit().await?)
}

/// Whoever sits here chooses another password, in the caller's transaction; the current one was checked. This session goes on,
/// the account's others end.
pub async fn change_own_password(
    tx: &mut AnyConnection,
    clock: &dyn Clock,
    session: &Session,
    (current, new): (&str, &str),
) -> Result<(), AuthError> {
    if current == new {
        return Err(AuthError::SamePassword);
    }
    check_policy(&session.name, new)?;
    let hashed = hashed(new).await?;
    users::set_password(&mut *tx, session.user_id, hashed.as_stored(), false).await?;
    users::forgive(&mut *tx, &failures_of(&session.name), true).await?;
    Ok(sessions::end_others(tx, session.user_id, session.session_id, clock.now().0).await?)
}

/// An account that an administrator adds, with its first password, which is told once.
pub struct NewAccount {
    /// Its id.
    pub user_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its first password.
    pub password: String,
    hash: PasswordHash,
}

impl std::fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewAccount(…)")
    }
}

impl NewAccount {
    /// Prepares one; hashing takes a moment, which no transaction waits for.
    pub async fn prepare(
        clock: &dyn Clock,
        ids: &dyn IdSource,
        random: &SystemRandom,
        name: &str,
    ) -> Result<Self, AuthError> {
        let name = account_name(name).ok_or(AuthError::BadName)?;
        let password = first_password(&name, random);
        let hash = hashed(&password).await?;
        Ok(Self { user_id: ids.next(clock.now()), name, password, hash })
    }
}

/// Adds an account, in the caller's transaction, with roles at one controller, given by an administrator there.
pub async fn add_account(
    tx: &mut AnyConnection,
    clock: &dyn Clock,
    by: &Officer,
    new: &NewAccount,
    (controller, roles): (&ControllerName, &BTreeSet<Role>),
) -> Result<(), AuthError> {
    if roles.is_empty() {
        return Err(AuthError::NoRole);
    }
    let row = UserRow {
        user_id: new.user_id,
        name: new.name.clone(),
        kind: AccountKind::Person.as_str().to_owned(),
        password_hash: new.hash.as_stored().to_owned(),
        disabled_at: None,
        password_must_change: true,
    };
    users::insert(&mut *tx, &row, clock.now().0)
        .await
        .map_err(|e| if e.is_unique_violation() { AuthError::NameTaken } else { AuthError::Store(e) })?;
    for role in roles {
        users::grant_by(&mut *tx, new.user_id, (controller.as_str(), role.as_str()), by.user()).await?;
    }
    Ok(())
}

/// May this administrator do something to the account as a whole? Never to the own one, and to none that has roles where he is
/// no administrator: a new password would open another body's data to him.
pub async fn may_handle(conn: &mut AnyConnection, by: &Officer, user: Uuid) -> Result<(), AuthError> {
    if by.user() == user {
        return Err(AuthError::OwnAccount);
    }
    if accounts::is_beyond(conn, user, by.user()).await? {
        return Err(AuthError::OtherBodies);
    }
    Ok(())
}

/// Gives an account these roles at one controller and no others there, in the caller's transaction.
pub async fn set_roles_at(
    tx: &mut AnyConnection,
    by: &Officer,
    user: Uuid,
    controller: &ControllerName,
    (kind, roles): (AccountKind, &BTreeSet<Role>),
) -> Result<(), AuthError> {
    if by.user() == user {
        return Err(AuthError::OwnAccount);
    }
    if kind != AccountKind::Person && roles.contains(&Role::Administrator) {
        return Err(AuthError::ProgramAdministrator);
    }
    let held = users::grants(&mut *tx, user).await?;
    let (here, elsewhere): (Vec<_>, Vec<_>) = held.into_iter().partition(|(at, _)| at == controller.as_str());
    if roles.is_empty() && elsewhere.is_empty() {
        return Err(AuthError::NoRole);
    }
    for role in roles {
        users::grant_by(&mut *tx, user, (controller.as_str(), role.as_str()), by.user()).await?;
    }
    for (at, role) in here {
        if !roles.iter().any(|kept| kept.as_str() == role) {
            users::take_role(&mut *tx, user, &at, &role).await.map_err(refused)?;
        }
    }
    Ok(())
}

/// Locks an account and ends its sessions, in the caller's transaction.
pub async fn lock(tx: &mut AnyConnection, clock: &dyn Clock, by: &Officer, user: Uuid) -> Result<(), AuthError> {
    may_handle(&mut *tx, by, user).await?;
    close(tx, clock, user).await
}

/// Unlocks an account, in the caller's transaction, and forgets its failed sign-ins. Its sessions stay ended.
pub async fn unlock(tx: &mut AnyConnection, by: &Officer, user: Uuid) -> Result<(), AuthError> {
    may_handle(&mut *tx, by, user).await?;
    users::set_disabled(&mut *tx, user, None).await?;
    forgive(tx, user).await
}

async fn forgive(tx: &mut AnyConnection, user: Uuid) -> Result<(), AuthError> {
    if let Some(name) = users::name_of(&mut *tx, user).await? {
        users::forgive(tx, &failures_of(&name), true).await?;
    }
    Ok(())
}

/// Gives an account a first password again and ends its sessions. The password is told once; a second factor stays.
pub async fn reset_password(
    tx: &mut AnyConnection,
    clock: &dyn Clock,
    random: &SystemRandom,
    by: &Officer,
    user: Uuid,
) -> Result<String, AuthError> {
    may_handle(&mut *tx, by, user).await?;
    let name = users::name_of(&mut *tx, user).await?.ok_or(AuthError::NoSuchAccount)?;
    let password = first_password(&name, random);
    users::set_password(&mut *tx, user, hashed(&password).await?.as_stored(), true).await?;
    sessions::end_all(&mut *tx, user, clock.now().0).await?;
    forgive(tx, user).await?;
    Ok(password)
}
