//! The second factor: time-based one-time codes (RFC 6238, which is RFC 4226 over steps of 30 s), six digits, HMAC-SHA-1 as every
//! authenticator app on a telephone speaks it. Pure: a secret, a moment, a code. It keeps nothing and prints no secret.

use std::fmt;

use contract::clock::{SECOND_US, UtcMicros};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};

/// One step.
const STEP_S: i64 = 30;
/// Bytes of a secret: as long as the hash, as RFC 4226 section 4 recommends.
const SECRET_BYTES: usize = 20;
/// Steps a telephone's clock may be off, either way.
const STEPS_OFF: i64 = 1;
/// The letters of base32 (RFC 4648).
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What an account's telephone and the centre share.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; SECRET_BYTES]);

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

impl TotpSecret {
    /// A new one from the operating system's generator.
    #[must_use]
    pub fn new(random: &SystemRandom) -> Self {
        let mut bytes = [0u8; SECRET_BYTES];
        random.fill(&mut bytes).expect("the kernel's random generator does not fail once seeded");
        Self(bytes)
    }

    /// From what was sealed.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// To be sealed.
    #[must_use]
    pub(crate) fn expose(&self) -> &[u8] {
        &self.0
    }

    /// As a person types it into an app, in groups of four.
    #[must_use]
    pub fn to_base32(&self) -> String {
        let text: Vec<u8> = self
            .0
            .chunks(5)
            .flat_map(|five| {
                let number = five.iter().fold(0u64, |n, byte| n << 8 | u64::from(*byte));
                (0..8).rev().map(move |i| LETTERS[usize::try_from(number >> (5 * i) & 31).unwrap_or(0)])
            })
            .collect();
        let groups: Vec<_> = text.chunks(4).map(String::from_utf8_lossy).collect();
        groups.join(" ")
    }

    /// And back.
    #[must_use]
    pub fn from_base32(text: &str) -> Option<Self> {
        let digits: Vec<u64> = text
            .bytes()
            .filter(|b| *b != b' ')
            .map(|b| LETTERS.iter().position(|l| *l == b).and_then(|i| u64::try_from(i).ok()))
            .collect::<Option<_>>()?;
        if !digits.len().is_multiple_of(8) {
            return None;
        }
        let bytes: Vec<u8> = digits
            .chunks(8)
            .flat_map(|eight| eight.iter().fold(0u64, |n, digit| n << 5 | digit).to_be_bytes().into_iter().skip(3))
            .collect();
        Self::from_bytes(&bytes)
    }

    /// What the QR code says (the key URI of authenticator apps). `account` is an account's name: letters, digits, '.', '-'.
    #[must_use]
    pub fn uri(&self, account: &str) -> String {
        let secret = self.to_base32().replace(' ', "");
        format!(
            "otpauth://totp/Chi%20Lang:{account}?secret={secret}&issuer=Chi%20Lang&algorithm=SHA1&digits=6&period=30"
        )
    }

    /// The code of a moment.
    #[must_use]
    pub fn code_at(&self, at: UtcMicros) -> String {
        format!("{:06}", number_of(&self.0, step_of(at)) % 1_000_000)
    }

    /// The step whose code this is: within a step of now, and behind `last`, the one that was used last.
    #[must_use]
    pub fn step_of_code(&self, code: &str, now: UtcMicros, last: i64) -> Option<i64> {
        let code: String = code.chars().filter(|c| *c != ' ').collect();
        if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number: u32 = code.parse().ok()?;
        let now = step_of(now);
        // Every step is looked at, whichever fits: time tells nothing.
        let fitting = (now - STEPS_OFF..=now + STEPS_OFF)
            .map(|step| (step, number_of(&self.0, step) % 1_000_000 == number))
            .filter(|(step, fits)| *fits && *step > last)
            .map(|(step, _)| step);
        fitting.min()
    }
}

fn step_of(at: UtcMicros) -> i64 {
    at.0.div_euclid(SECOND_US * STEP_S)
}

/// The 31-bit number of a step (RFC 4226 section 5.3).
fn number_of(secret: &[u8], step: i64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let hash = tag.as_ref();
    let offset = usize::from(hash.last().copied().unwrap_or(0) & 0xf);
    let four = hash.get(offset..offset + 4).and_then(|four| four.try_into().ok()).unwrap_or([0; 4]);
    u32::from_be_bytes(four) & 0x7fff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC: &[u8; 20] = b"12345678901234567890";

    #[test]
    fn the_numbers_of_rfc_4226_appendix_d() {
        let codes: Vec<u32> = (0..10).map(|step| number_of(RFC, step) % 1_000_000).collect();
        assert_eq!(codes, [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489]);
    }

    #[test]
    fn the_codes_of_rfc_6238_appendix_b() {
        // The RFC shows eight digits; ours are the last six of them.
        for (seconds, eight) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            let at = UtcMicros(seconds * SECOND_US);
            assert_eq!(number_of(RFC, step_of(at)) % 100_000_000, eight, "{seconds}");
            assert_eq!(TotpSecret(*RFC).code_at(at), format!("{:06}", eight % 1_000_000));
        }
    }

    #[test]
    fn a_code_counts_a_step_early_or_late_and_never_again() {
        let secret = TotpSecret(*RFC);
        let at = |step: i64| UtcMicros(step * STEP_S * SECOND_US);
        let code = secret.code_at(at(100));
        for step in [99, 100, 101] {
            assert_eq!(secret.step_of_code(&code, at(step), 0), Some(100));
        }
        for step in [98, 102] {
            assert_eq!(secret.step_of_code(&code, at(step), 0), None);
        }
        assert_eq!(secret.step_of_code(&code, at(100), 100), None, "used");
        assert_eq!(secret.step_of_code(&code, at(100), 101), None, "a later one was used");
        assert_eq!(secret.step_of_code(&format!("{} {}", &code[..3], &code[3..]), at(100), 0), Some(100));
        for wrong in ["", "12345", "1234567", "abcdef", "+12345", "１２３４５６"] {
            assert_eq!(secret.step_of_code(wrong, at(100), 0), None, "{wrong}");
        }
    }

    #[test]
    fn base32_is_that_of_rfc_4648_and_reads_back() {
        let secret = TotpSecret(*RFC);
        assert_eq!(secret.to_base32(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(TotpSecret::from_base32(&secret.to_base32()), Some(secret.clone()));
        for bad in ["", "GEZD", "GEZ1 GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"] {
            assert_eq!(TotpSecret::from_base32(bad), None, "{bad}");
        }
        let uri = secret.uri("quan-tri");
        assert!(
            uri.starts_with("otpauth://totp/Chi%20Lang:quan-tri?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&"),
            "{uri}"
        );
        assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
    }
}
