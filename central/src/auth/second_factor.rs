//! The second factor of an account: begun in one's own session, in force once a code of it was shown, demanded at every
//! sign-in from then on. Its secret lies sealed in the store. Whoever lost the telephone goes to the machine
//! (`central user reset-totp`); nobody takes it away over the network.

use contract::clock::Clock;
use ring::rand::SystemRandom;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::sign_in::KnownByPassword;
use super::{AuthError, Session, TotpSecret, Verified};
use crate::store::{Db, StoreError, sessions, totp};

/// Seals what only the centre may open, bound to an account.
pub trait Sealing: Send + Sync {
    /// Seals.
    fn seal_for(&self, account: Uuid, plain: &[u8]) -> Vec<u8>;
    /// Opens; none when it was changed, moved or sealed elsewhere.
    fn open_for(&self, account: Uuid, sealed: &[u8]) -> Option<Vec<u8>>;
}

fn opened(sealing: &dyn Sealing, user: Uuid, sealed: &[u8]) -> Result<TotpSecret, AuthError> {
    sealing
        .open_for(user, sealed)
        .and_then(|plain| TotpSecret::from_bytes(&plain))
        .ok_or(AuthError::Store(StoreError::Unreadable("user_totp.secret")))
}

/// Looks at the second factor of somebody whose password was right. An account without one needs no code. The attempt counts
/// as failed until the code was right; that no code was sent yet is taken back, for it is how a sign-in begins.
pub async fn check_code(
    db: &Db,
    clock: &dyn Clock,
    sealing: &dyn Sealing,
    who: KnownByPassword,
    code: Option<&str>,
) -> Result<Verified, AuthError> {
    let mut tx = db.write().await?;
    let Some(row) = totp::of(&mut tx, who.user_id).await?.filter(|row| row.confirmed) else {
        return Ok(who.verified(false));
    };
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
        who.forgive(&mut tx, false).await?;
        tx.commit().await?;
        return Err(AuthError::CodeNeeded);
    };
    let secret = opened(sealing, who.user_id, &row.secret)?;
    let step = secret.step_of_code(code, clock.now(), row.last_step).ok_or(AuthError::WrongCode)?;
    if !totp::spend(&mut tx, who.user_id, step).await? {
        return Err(AuthError::WrongCode);
    }
    tx.commit().await?;
    Ok(who.verified(true))
}

/// A new secret for whoever sits here, in the caller's transaction. One that was begun and not confirmed is dropped; one that
/// is in force stays.
pub async fn begin_second_factor(
    tx: &mut AnyConnection,
    clock: &dyn Clock,
    sealing: &dyn Sealing,
    random: &SystemRandom,
    session: &Session,
) -> Result<TotpSecret, AuthError> {
    let user = session.user_id;
    totp::remove(&mut *tx, user, true).await?;
    if totp::of(&mut *tx, user).await?.is_some() {
        return Err(AuthError::HasSecondFactor);
    }
    let secret = TotpSecret::new(random);
    totp::insert(tx, user, &sealing.seal_for(user, secret.expose()), clock.now().0).await?;
    Ok(secret)
}

/// Puts the second factor in force, in the caller's transaction, with a code of it. The account's other sessions end: they
/// were begun without one.
pub async fn confirm_second_factor(
    tx: &mut AnyConnection,
    clock: &dyn Clock,
    sealing: &dyn Sealing,
    session: &Session,
    code: &str,
) -> Result<(), AuthError> {
    let user = session.user_id;
    let row = totp::of(&mut *tx, user).await?.ok_or(AuthError::NoSecondFactor)?;
    if row.confirmed {
        return Err(AuthError::HasSecondFactor);
    }
    let step = opened(sealing, user, &row.secret)?
        .step_of_code(code, clock.now(), row.last_step)
        .ok_or(AuthError::WrongCode)?;
    if !totp::spend(&mut *tx, user, step).await? {
        return Err(AuthError::WrongCode);
    }
    let now = clock.now().0;
    totp::confirm(&mut *tx, user, now).await?;
    Ok(sessions::end_others(tx, user, session.session_id, now).await?)
}

/// Removes the second factor of an account and ends its sessions: from the machine's own command line only. Was there one?
pub async fn reset_second_factor(db: &Db, clock: &dyn Clock, user: Uuid) -> Result<bool, AuthError> {
    let mut tx = db.write().await?;
    let there = totp::remove(&mut tx, user, false).await?;
    sessions::end_all(&mut tx, user, clock.now().0).await?;
    tx.commit().await?;
    Ok(there)
}
