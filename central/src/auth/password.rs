//! Passwords: what is accepted, and how they are kept (Argon2id). Never logs or prints one; the type that holds a hash
//! has no readable `Debug`.
//!
//! Policy (TCVN 14423:2026 level 3, domain 4.3): without a second factor at least 14 characters of all four classes
//! (lower case, upper case, digits, others); never the account's name. A second factor allows no shorter form.

use std::fmt;

use argon2::password_hash::phc::PasswordHash as Phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use ring::rand::{SecureRandom as _, SystemRandom};

/// Memory of one hash: 19 MiB.
pub(crate) const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over that memory.
pub(crate) const ITERATIONS: u32 = 2;
/// Lanes: one, since the machine has other work.
pub(crate) const LANES: u32 = 1;

/// Shortest password, in characters.
pub(crate) const MIN_CHARS: usize = 14;
/// Longest password, in bytes: a longer one only costs the server time.
pub(crate) const MAX_BYTES: usize = 256;

/// Why a password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than [`MIN_CHARS`].
    #[error("the password is too short: at least {MIN_CHARS} characters are needed")]
    TooShort,
    /// More than [`MAX_BYTES`].
    #[error("the password is too long: at most {MAX_BYTES} bytes are taken")]
    TooLong,
    /// A class is missing.
    #[error("the password needs a lower-case letter, an upper-case letter, a digit and another character")]
    FewClasses,
    /// It holds the account's name.
    #[error("the password must not contain the account's name")]
    ContainsName,
    /// The hash function refused (its parameters are constants, so this is a fault of ours).
    #[error("the password could not be hashed")]
    Hashing,
}

/// A stored hash, in PHC text form.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// From the store.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// For the store.
    #[must_use]
    pub fn as_stored(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// Is this password good enough for this account?
pub fn check_policy(name: &str, password: &str) -> Result<(), PasswordError> {
    if password.chars().count() < MIN_CHARS {
        return Err(PasswordError::TooShort);
    }
    if password.len() > MAX_BYTES {
        return Err(PasswordError::TooLong);
    }
    let classes = [
        password.chars().any(char::is_lowercase),
        password.chars().any(char::is_uppercase),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_alphanumeric()),
    ];
    if classes.contains(&false) {
        return Err(PasswordError::FewClasses);
    }
    if password.to_lowercase().contains(&name.to_lowercase()) {
        return Err(PasswordError::ContainsName);
    }
    Ok(())
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, ITERATIONS, LANES, None).map_err(|_| PasswordError::Hashing)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A password for somebody's first sign-in: some 80 random bits in letters that are not mistaken for one another, of all four
/// classes. It is shown once and has to be changed.
#[must_use]
pub(crate) fn first_password(name: &str, random: &SystemRandom) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    loop {
        let mut bytes = [0u8; 16];
        random.fill(&mut bytes).expect("the kernel's random generator does not fail once seeded");
        let text: String = bytes.iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect();
        let password = format!("{}-{}-{}-{}K7", &text[..4], &text[4..8], &text[8..12], &text[12..]);
        // A name of two letters may stand in it by chance.
        if check_policy(name, &password).is_ok() {
            return password;
        }
    }
}

/// Hashes a password with a fresh salt. About 20 ms of one core: call it off the async threads.
pub(crate) fn hash(password: &str) -> Result<PasswordHash, PasswordError> {
    let text = argon2()?.hash_password(password.as_bytes()).map_err(|_| PasswordError::Hashing)?.to_string();
    Ok(PasswordHash(text))
}

/// Does the password fit the hash? Without a hash (no such account) the same work is done against a hash nobody's password
/// fits, so that the answer takes as long and says as little.
#[must_use]
pub(crate) fn verify(password: &str, stored: Option<&PasswordHash>) -> bool {
    // A well-formed hash under the same parameters whose salt and output are arbitrary.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$Y2hpbGFuZy1ub2JvZHkh$mFL0YzQ0qNnGZ0hQd2Zb0wZ4o8mXo7mWQzq4q2cQx1k";
    let text = stored.map_or(NOBODY, |h| h.0.as_str());
    let fits = Phc::new(text)
        .ok()
        .zip(argon2().ok())
        .is_some_and(|(parsed, argon2)| argon2.verify_password(password.as_bytes(), &parsed).is_ok());
    fits && stored.is_some() && password.len() <= MAX_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_what_is_missing() {
        use PasswordError as E;
        for (password, verdict) in [
            ("Chi-Lang-1427-x", Ok(())),
            ("Ngắn-1a", Err(E::TooShort)),
            ("chi-lang-1427-xx", Err(E::FewClasses)),
            ("ChiLangChiLang14", Err(E::FewClasses)),
            ("Can-Bo-01-matkhau", Err(E::ContainsName)),
        ] {
            assert_eq!(check_policy("can-bo-01", password), verdict, "{password}");
        }
        assert_eq!(check_policy("x", &"aA1-".repeat(80)), Err(E::TooLong));
    }

    #[test]
    fn a_first_password_fits_the_policy_and_is_another_each_time() {
        let random = SystemRandom::new();
        let made = first_password("can-bo-01", &random);
        assert_eq!(check_policy("can-bo-01", &made), Ok(()));
        assert_eq!(made.len(), 21);
        assert_ne!(made, first_password("can-bo-01", &random));
    }

    #[test]
    fn a_hash_fits_its_password_only_and_states_its_parameters() {
        let stored = hash("Chi-Lang-1427-x").unwrap();
        assert!(stored.as_stored().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("Chi-Lang-1427-x", Some(&stored)));
        assert!(!verify("Chi-Lang-1427-y", Some(&stored)));
        assert_ne!(stored, hash("Chi-Lang-1427-x").unwrap());
        assert_eq!(format!("{stored:?}"), "PasswordHash(…)");
    }

    #[test]
    fn an_unknown_account_costs_the_same_work_and_never_fits() {
        // The hash of nobody must parse, or the answer would come at once and tell that the account does not exist.
        let started = std::time::Instant::now();
        assert!(!verify("Chi-Lang-1427-x", None));
        let nobody = started.elapsed();
        let stored = hash("Chi-Lang-1427-x").unwrap();
        let started = std::time::Instant::now();
        assert!(verify("Chi-Lang-1427-x", Some(&stored)));
        let somebody = started.elapsed();
        assert!(nobody * 10 > somebody, "{nobody:?} against {somebody:?}");
    }
}
