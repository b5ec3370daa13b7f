//! A gate pass: the second factor beside a face, shown as a QR code. It is random and says nothing of anybody. The centre
//! tells it once and keeps a fingerprint; a node knows fingerprints too and can make no pass of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::ids::EnrolmentId;
use crate::signature::Sha256;

/// What the text of every pass begins with.
const PREFIX: &str = "CHILANG1:";
/// Random bytes in a pass: nobody guesses one.
pub const PASS_BYTES: usize = 16;

/// The text of a pass. Whoever holds it holds the pass: nothing prints it but for its bearer.
#[derive(Clone, PartialEq, Eq)]
pub struct PassText(String);

impl std::fmt::Debug for PassText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PassText(…)")
    }
}

impl PassText {
    /// Of random bytes.
    #[must_use]
    pub fn new(random: [u8; PASS_BYTES]) -> Self {
        Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(random)))
    }

    /// What a code says, if that is a pass at all: other codes (a menu, a ticket, an identity card) are not kept for a moment.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let random = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (random.len() == PASS_BYTES).then(|| Self(text.to_owned()))
    }

    /// To be shown as a code to its bearer.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// SHA-256 over enrolment and text: the same pass of another person has another fingerprint.
    #[must_use]
    pub fn fingerprint(&self, enrolment: EnrolmentId) -> Sha256 {
        Sha256::of(&[b"gate pass".as_slice(), enrolment.0.as_bytes(), self.0.as_bytes()].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_pass_survives_its_code_and_other_codes_are_none() {
        let pass = PassText::new([7; PASS_BYTES]);
        assert_eq!(PassText::read(pass.expose()), Some(pass.clone()));
        for other in [
            "",
            "CHILANG1:",
            "CHILANG1:AAAA",
            "CHILANG1:*",
            "https://example.vn",
            "001099000001|…",
            "chilang1:BwcHBwcHBwcHBwcHBwcHBw",
        ] {
            assert_eq!(PassText::read(other), None, "{other}");
        }
        assert_eq!(format!("{pass:?}"), "PassText(…)");
    }

    #[test]
    fn a_fingerprint_is_of_one_pass_and_one_person() {
        let [a, b] = [1, 2].map(|n| EnrolmentId(Uuid::from_u128(n)));
        let pass = PassText::new([7; PASS_BYTES]);
        assert_eq!(pass.fingerprint(a), pass.fingerprint(a));
        assert_ne!(pass.fingerprint(a), pass.fingerprint(b));
        assert_ne!(pass.fingerprint(a), PassText::new([8; PASS_BYTES]).fingerprint(a));
    }
}
