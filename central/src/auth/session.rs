//! Session tokens, their cookie, and when a session is over. The store holds hashes of tokens only; a token is never
//! printed, and never stands in a URL.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::clock::{HOUR_US, MINUTE_US, UtcMicros};
use contract::signature::Sha256;
use ring::rand::{SecureRandom as _, SystemRandom};

/// Name of the session cookie.
pub const COOKIE: &str = "chilang_session";
/// Header that repeats the CSRF token on every request that changes something.
pub const CSRF_HEADER: &str = "x-chilang-csrf";
/// Header of requests that a page sends by itself, again and again: they do not keep a session alive.
pub const BACKGROUND_HEADER: &str = "x-chilang-background";
/// A session nobody used for this long is over.
pub const IDLE_US: i64 = 15 * MINUTE_US;
/// A session this old is over, used or not.
pub const ABSOLUTE_US: i64 = 12 * HOUR_US;

/// 256 random bits as text. Only its hash is stored.
#[derive(Clone)]
pub struct SecretToken(String);

impl SecretToken {
    /// A new one from the operating system's generator.
    #[must_use]
    pub fn new(random: &SystemRandom) -> Self {
        let mut bytes = [0u8; 32];
        random.fill(&mut bytes).expect("the kernel's random generator does not fail once seeded");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// As a client sent it.
    #[must_use]
    pub fn from_client(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// For the cookie or the answer to a sign-in, nowhere else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the store keeps. Comparing hashes of 256-bit secrets gives an attacker nothing to time.
    #[must_use]
    pub fn hash(&self) -> Sha256 {
        Sha256::of(self.0.as_bytes())
    }

    /// The CSRF token of this session: follows from the session token, which no script and no other site can read.
    #[must_use]
    pub fn csrf(&self) -> String {
        let digest = Sha256::of(format!("chilang-csrf:{}", self.0).as_bytes());
        URL_SAFE_NO_PAD.encode(digest.0)
    }

    /// Is this the CSRF token of this session? Hashes are compared, so that time tells nothing of the token.
    #[must_use]
    pub fn fits_csrf(&self, sent: &str) -> bool {
        Sha256::of(sent.as_bytes()) == Sha256::of(self.csrf().as_bytes())
    }
}

impl fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretToken(…)")
    }
}

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionEnd {
    /// Not used for [`IDLE_US`].
    Idle,
    /// Older than [`ABSOLUTE_US`].
    TooOld,
}

/// Is a session over that began at `created` and was used last at `last_seen`?
#[must_use]
pub fn ended(created: UtcMicros, last_seen: UtcMicros, now: UtcMicros) -> Option<SessionEnd> {
    if now.since_us(created) >= ABSOLUTE_US {
        Some(SessionEnd::TooOld)
    } else if now.since_us(last_seen) >= IDLE_US {
        Some(SessionEnd::Idle)
    } else {
        None
    }
}

/// The `set-cookie` of a new session, or, without a token, the one that removes it.
#[must_use]
pub fn set_cookie(token: Option<&SecretToken>, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    match token {
        Some(token) => format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict{secure}", token.reveal()),
        None => format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}"),
    }
}

/// Finds the session token in a `cookie` header.
#[must_use]
pub fn cookie_of(header: &str) -> Option<SecretToken> {
    header.split(';').find_map(|part| {
        let (name, value) = part.trim().split_once('=')?;
        let plausible = !value.is_empty() && value.len() <= 64;
        (name == COOKIE && plausible).then(|| SecretToken::from_client(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_idle_or_old() {
        let at = UtcMicros;
        assert_eq!(ended(at(0), at(0), at(IDLE_US - 1)), None);
        assert_eq!(ended(at(0), at(0), at(IDLE_US)), Some(SessionEnd::Idle));
        let old = ABSOLUTE_US;
        assert_eq!(ended(at(0), at(old - 1), at(old)), Some(SessionEnd::TooOld));
    }

    #[test]
    fn the_cookie_is_strict_and_reads_back() {
        let token = SecretToken::new(&SystemRandom::new());
        let cookie = set_cookie(Some(&token), true);
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"));
        let header = format!("other=1; {COOKIE}={}", token.reveal());
        assert_eq!(cookie_of(&header).unwrap().hash(), token.hash());
        assert!(token.fits_csrf(&cookie_of(&header).unwrap().csrf()));
        assert!(!token.fits_csrf(token.reveal()));
        assert!(cookie_of("chilang_session=").is_none());
        assert_eq!(format!("{token:?}"), "SecretToken(…)");
    }
}
