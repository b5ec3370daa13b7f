//! What is done to accounts that are there: switched off and on, other roles, another password. All of it works at once: a
//! session ends or loses its rights with the next request, a live stream within seconds.

use contract::clock::Clock;
use uuid::Uuid;

use super::sign_in::{account_name, grants_of};
use super::{AuthError, Grant, PasswordError, check_policy, password};
use crate::store::{Db, sessions, users};

/// The account of this name: its id and its roles.
pub async fn account(db: &Db, name: &str) -> Result<(Uuid, Vec<Grant>), AuthError> {
    let name = account_name(name).ok_or(AuthError::BadName)?;
    let mut conn = db.read().await?;
    let user = users::by_name(&mut conn, &name).await?.ok_or(AuthError::NoSuchAccount)?;
    Ok((user.user_id, grants_of(&mut conn, user.user_id).await?))
}

/// Switches an account off and ends its sessions.
pub async fn disable(db: &Db, clock: &dyn Clock, user: Uuid) -> Result<(), AuthError> {
    let now = clock.now().0;
    let mut tx = db.write().await?;
    users::set_disabled(&mut tx, user, Some(now)).await?;
    sessions::end_all(&mut tx, user, now).await?;
    Ok(tx.commit().await?)
}

/// Switches an account on again. Its sessions stay ended.
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
    users::take_roles(&mut tx, user).await?;
    for grant in grants {
        users::grant(&mut tx, user, grant.controller.as_str(), grant.role.as_str()).await?;
    }
    Ok(tx.commit().await?)
}

/// Gives an account another password and ends its sessions: who changes it may do so because somebody else knows the old one.
pub async fn set_password(db: &Db, clock: &dyn Clock, user: Uuid, new: &str) -> Result<(), AuthError> {
    let name = users::name_of(&mut *db.read().await?, user).await?.ok_or(AuthError::NoSuchAccount)?;
    check_policy(&name, new)?;
    let secret = new.to_owned();
    let hashed =
        tokio::task::spawn_blocking(move || password::hash(&secret)).await.map_err(|_| PasswordError::Hashing)??;
    let mut tx = db.write().await?;
    users::set_password(&mut tx, user, hashed.as_stored()).await?;
    sessions::end_all(&mut tx, user, clock.now().0).await?;
    Ok(tx.commit().await?)
}
