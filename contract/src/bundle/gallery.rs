//! The gallery on its way down: enrolled people and watch entries of one node, as templates under opaque ids, sealed for
//! that node (AES-256-GCM, NIST SP 800-38D) inside the signed bundle. Names never travel here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::{DAY_US, MINUTE_US, UtcMicros, VIETNAM_OFFSET_US};
use crate::ids::{EnrolmentId, GateName, NodeAddress};
use crate::signature::Sha256;

/// Most templates one gallery may hold.
pub const MAX_TEMPLATES: usize = 50_000;

/// On which list an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GalleryList {
    /// Enrolled: may be let in.
    Enrolled,
    /// Watched: the desk is told, nobody is let in by it, and nobody turned away.
    Watch,
}

/// When somebody may come in, in Vietnamese civil time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WeeklyHours {
    /// Days, 1 = Monday … 7 = Sunday (ISO 8601).
    pub days: Vec<u8>,
    /// First minute of the day, 0..1439.
    pub from_minute: u16,
    /// Minute it ends, 1..1440, after `from_minute`.
    pub to_minute: u16,
}

impl WeeklyHours {
    /// Does the moment lie in these hours?
    #[must_use]
    pub fn hold(&self, at: UtcMicros) -> bool {
        let local = at.0 + VIETNAM_OFFSET_US;
        // 1970-01-01 was a Thursday.
        let day = u8::try_from((local.div_euclid(DAY_US) + 3).rem_euclid(7) + 1).unwrap_or(0);
        let minute = u16::try_from(local.rem_euclid(DAY_US) / MINUTE_US).unwrap_or(u16::MAX);
        self.days.contains(&day) && (self.from_minute..self.to_minute).contains(&minute)
    }
}

/// One template.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GalleryTemplate {
    /// The embedder that made it; templates of different embedders never meet.
    pub embedder: Sha256,
    /// Little-endian `f32`s, base64.
    pub values: String,
}

impl std::fmt::Debug for GalleryTemplate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GalleryTemplate(…)")
    }
}

impl GalleryTemplate {
    /// From numbers.
    #[must_use]
    pub fn new(embedder: Sha256, values: &[f32]) -> Self {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        Self { embedder, values: BASE64.encode(bytes) }
    }

    /// The numbers; `None` when the text is not whole `f32`s or one of them is no number.
    #[must_use]
    pub fn numbers(&self) -> Option<Vec<f32>> {
        let bytes = BASE64.decode(&self.values).ok()?;
        let (whole, rest) = bytes.as_chunks::<4>();
        let numbers: Vec<f32> = whole.iter().map(|four| f32::from_le_bytes(*four)).collect();
        (rest.is_empty() && !numbers.is_empty() && numbers.iter().all(|v| v.is_finite())).then_some(numbers)
    }
}

/// One enrolled or watched person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GalleryEntry {
    /// Who, without saying who.
    pub enrolment: EnrolmentId,
    /// On which list.
    pub list: GalleryList,
    /// At which gates of this node.
    pub gates: Vec<GateName>,
    /// First moment of validity.
    pub valid_from: UtcMicros,
    /// Moment it ends.
    pub valid_to: UtcMicros,
    /// When; empty = at all hours.
    #[serde(default)]
    pub hours: Vec<WeeklyHours>,
    /// One to five pictures, for each embedder.
    pub templates: Vec<GalleryTemplate>,
    /// [`PassText::fingerprint`](crate::pass::PassText::fingerprint) of the pass beside the face; none = no pass was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass: Option<Sha256>,
}

impl GalleryEntry {
    /// May this person come in at this moment, as far as dates and hours go?
    #[must_use]
    pub fn allowed_at(&self, at: UtcMicros) -> bool {
        at >= self.valid_from && at < self.valid_to && (self.hours.is_empty() || self.hours.iter().any(|h| h.hold(at)))
    }
}

/// Everybody a node may know.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Gallery {
    /// Everybody.
    pub entries: Vec<GalleryEntry>,
}

/// The key a node's galleries are sealed with. It is fetched over mutual TLS and kept beside the node's own key.
#[derive(Clone, PartialEq, Eq)]
pub struct GalleryKey([u8; 32]);

impl std::fmt::Debug for GalleryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GalleryKey(…)")
    }
}

impl GalleryKey {
    /// From 32 random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// From base64; `None` when it is not 32 bytes.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        Some(Self(BASE64.decode(text.trim()).ok()?.try_into().ok()?))
    }

    /// To hand to the node and to nobody else.
    #[must_use]
    pub fn to_base64(&self) -> String {
        BASE64.encode(self.0)
    }

    /// Tells keys apart without showing them.
    #[must_use]
    pub fn id(&self) -> Sha256 {
        Sha256::of(&[b"gallery key".as_slice(), &self.0].concat())
    }

    fn aead(&self) -> LessSafeKey {
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &self.0).expect("a key of AES-256-GCM has 32 bytes"))
    }
}

/// Content of a `gallery` bundle: a [`Gallery`] as JSON, sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SealedGallery {
    /// [`GalleryKey::id`] of the key.
    pub key_id: Sha256,
    /// 12 bytes, base64; never used twice with one key.
    pub nonce: String,
    /// Ciphertext and tag, base64.
    pub sealed: String,
}

/// Why a gallery does not open.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    /// Sealed with another key: the node has to fetch the new one.
    #[error("the gallery is sealed with another key than this node's")]
    OtherKey,
    /// Changed, cut, or sealed for another node.
    #[error("the gallery does not open with its key")]
    Broken,
    /// What was sealed is no gallery.
    #[error("what was sealed is no gallery")]
    Malformed(#[source] serde_json::Error),
    /// Too large, or a template is not made of numbers.
    #[error("the gallery is not usable: {0}")]
    Unusable(&'static str),
}

impl SealedGallery {
    /// Seals a gallery for one node. `nonce` comes from the operating system's randomness and is never used again.
    #[must_use]
    pub fn seal(gallery: &Gallery, key: &GalleryKey, scope: &NodeAddress, nonce: [u8; NONCE_LEN]) -> Self {
        let mut data = serde_json::to_vec(gallery).expect("a gallery has string keys only");
        let aad = Aad::from(scope.to_string().into_bytes());
        key.aead()
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut data)
            .expect("a gallery is far smaller than what AES-GCM can seal");
        Self { key_id: key.id(), nonce: BASE64.encode(nonce), sealed: BASE64.encode(data) }
    }

    /// Opens it and checks that every template can be used.
    pub fn open(&self, key: &GalleryKey, scope: &NodeAddress) -> Result<Gallery, GalleryError> {
        if self.key_id != key.id() {
            return Err(GalleryError::OtherKey);
        }
        let nonce: [u8; NONCE_LEN] =
            BASE64.decode(&self.nonce).ok().and_then(|n| n.try_into().ok()).ok_or(GalleryError::Broken)?;
        let mut data = BASE64.decode(&self.sealed).map_err(|_| GalleryError::Broken)?;
        let aad = Aad::from(scope.to_string().into_bytes());
        let plain = key
            .aead()
            .open_in_place(Nonce::assume_unique_for_key(nonce), aad, &mut data)
            .map_err(|_| GalleryError::Broken)?;
        let gallery: Gallery = serde_json::from_slice(plain).map_err(GalleryError::Malformed)?;
        let templates = || gallery.entries.iter().flat_map(|e| &e.templates);
        if templates().count() > MAX_TEMPLATES {
            return Err(GalleryError::Unusable("more than 50,000 templates"));
        }
        if !templates().all(|t| t.numbers().is_some()) {
            return Err(GalleryError::Unusable("a template is not made of numbers"));
        }
        Ok(gallery)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn gallery() -> Gallery {
        Gallery {
            entries: vec![GalleryEntry {
                enrolment: EnrolmentId(Uuid::from_u128(7)),
                list: GalleryList::Enrolled,
                gates: vec!["gate-1".parse().unwrap()],
                valid_from: UtcMicros(0),
                valid_to: UtcMicros(10 * DAY_US),
                hours: Vec::new(),
                templates: vec![GalleryTemplate::new(Sha256([1; 32]), &[0.5, -0.25])],
                pass: None,
            }],
        }
    }

    #[test]
    fn a_gallery_opens_for_its_node_and_key_only() {
        let (key, here) = (GalleryKey::new([3; 32]), "hq/gate".parse().unwrap());
        let sealed = SealedGallery::seal(&gallery(), &key, &here, [9; 12]);
        assert_eq!(sealed.open(&key, &here).unwrap(), gallery());
        assert!(matches!(sealed.open(&GalleryKey::new([4; 32]), &here), Err(GalleryError::OtherKey)));
        assert!(matches!(sealed.open(&key, &"hq/other".parse().unwrap()), Err(GalleryError::Broken)));
        let text = serde_json::to_string(&sealed).unwrap();
        assert!(!text.contains("gate-1") && !text.contains(&Uuid::from_u128(7).to_string()), "nothing shows through");
        let mut torn = sealed;
        torn.sealed.truncate(40);
        assert!(matches!(torn.open(&key, &here), Err(GalleryError::Broken)));
    }

    #[test]
    fn a_template_that_is_not_made_of_numbers_makes_the_gallery_unusable() {
        let (key, here) = (GalleryKey::new([3; 32]), "hq/gate".parse().unwrap());
        for values in [vec![0u8; 3], Vec::new(), f32::NAN.to_le_bytes().to_vec()] {
            let mut bad = gallery();
            bad.entries[0].templates[0].values = BASE64.encode(values);
            let opened = SealedGallery::seal(&bad, &key, &here, [9; 12]).open(&key, &here);
            assert!(matches!(opened, Err(GalleryError::Unusable(_))));
        }
    }

    #[test]
    fn hours_are_vietnamese_and_days_iso() {
        let office = WeeklyHours { days: vec![1, 2, 3, 4, 5], from_minute: 7 * 60 + 30, to_minute: 17 * 60 };
        let at = |text: &str| UtcMicros::from_rfc3339(text).unwrap();
        assert!(office.hold(at("2026-11-25T00:30:00Z")), "Wednesday 07:30 at home");
        assert!(!office.hold(at("2026-11-25T00:29:59Z")));
        assert!(!office.hold(at("2026-11-25T10:00:00Z")), "17:00");
        assert!(!office.hold(at("2026-11-28T02:00:00Z")), "Saturday");
        assert!(!office.hold(at("2026-11-29T23:00:00Z")), "Monday 06:00 at home");
        let entry = GalleryEntry { hours: vec![office], ..gallery().entries[0].clone() };
        assert!(!entry.allowed_at(at("2026-11-25T02:00:00Z")), "its validity is over");
    }

    #[test]
    fn nothing_secret_prints() {
        assert_eq!(format!("{:?}", GalleryKey::new([3; 32])), "GalleryKey(…)");
        assert!(format!("{:?}", gallery()).contains("GalleryTemplate(…)"));
    }
}
