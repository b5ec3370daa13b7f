//! The PIN of a desk: it opens a screen that its guard locked, and nothing else. Guessing ends the session.

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use sqlx::AnyConnection;

use super::sign_in::{KnownByPassword, count_attempt, hashed, verify_off_thread};
use super::{AuthError, Means, PasswordHash, Session, lockout};
use crate::store::{desk_pins, sessions, users};

/// How many digits a PIN may have.
pub(crate) const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// Is this a PIN? Digits only, and not one digit over and over: that is what a screen smeared by fingers tells.
#[must_use]
pub fn is_pin(text: &str) -> bool {
    let digits = text.as_bytes();
    let plain = digits.iter().all(u8::is_ascii_digit);
    plain && DIGITS.contains(&digits.len()) && digits.iter().any(|d| *d != digits[0])
}

fn subject(session: &Session) -> Sha256 {
    Sha256::of(format!("pin:{}", session.session_id).as_bytes())
}

/// A PIN's hash, to be kept.
pub async fn hash_pin(pin: &str) -> Result<PasswordHash, AuthError> {
    if !is_pin(pin) {
        return Err(AuthError::BadPin);
    }
    hashed(pin).await
}

/// Keeps a PIN's hash, in the caller's transaction, for somebody whose password was right.
pub async fn keep_pin(
    tx: &mut AnyConnection,
    who: &KnownByPassword,
    hash: &PasswordHash,
    now: UtcMicros,
) -> Result<(), AuthError> {
    who.forgive(&mut *tx, true).await?;
    Ok(desk_pins::keep(tx, who.user_id, hash.as_stored(), now.0).await?)
}

/// Does the PIN fit the account of this session? The attempt is counted before the PIN is looked at; after too many of them the
/// session is over, and only the password begins another.
pub async fn check_pin(means: &Means, session: &Session, pin: &str) -> Result<(), AuthError> {
    let now = means.clock.now();
    let counted = [(Some(subject(session)), lockout::FAILURES_ALLOWED)];
    match count_attempt(&means.db, &counted, now).await {
        Err(AuthError::LockedOut) => {
            let mut tx = means.db.write().await?;
            sessions::end(&mut tx, session.session_id, now.0).await?;
            tx.commit().await?;
            return Err(AuthError::SessionEnded);
        }
        other => other?,
    }
    let stored = desk_pins::hash_of(&mut *means.db.read().await?, session.user_id).await?;
    let fits = verify_off_thread(pin, stored.map(PasswordHash::from_stored)).await;
    if fits { Ok(()) } else { Err(AuthError::WrongPin) }
}

/// Opens a screen, in the caller's transaction, after its PIN fitted.
pub async fn open_screen(tx: &mut AnyConnection, session: &Session) -> Result<(), AuthError> {
    users::forgive(&mut *tx, &subject(session), true).await?;
    Ok(desk_pins::set_locked(tx, session.session_id, None).await?)
}

/// Locks a screen, in the caller's transaction. Only whoever has a PIN can: another lock could not be opened.
pub async fn lock_screen(tx: &mut AnyConnection, session: &Session, now: UtcMicros) -> Result<(), AuthError> {
    if desk_pins::hash_of(&mut *tx, session.user_id).await?.is_none() {
        return Err(AuthError::NoPin);
    }
    Ok(desk_pins::set_locked(tx, session.session_id, Some(now.0)).await?)
}

#[test]
fn a_pin_has_four_to_eight_digits_and_not_one_over_and_over() {
    for good in ["1234", "00000001", "90210"] {
        assert!(is_pin(good), "{good}");
    }
    for bad in ["", "123", "123456789", "1111", "12a4", "１２３４", " 1234"] {
        assert!(!is_pin(bad), "{bad}");
    }
}
