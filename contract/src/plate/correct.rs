//! Position-wise correction: a weak character that cannot stand where it stands becomes the one it is usually confused
//! with. Only when the key fits nothing as read, never a character read with confidence, never towards a foreign plate,
//! and always flagged: a corrected read goes to a person.

use super::classify::{Classification, Hints, classify};
use super::{CountryClass, PlateClass};

/// A character read with at least this confidence is never changed.
const SURE: f32 = 0.9;
/// At most this many characters are changed.
const MOST_CHANGES: usize = 2;

/// A corrected key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The key after correction.
    pub key: String,
    /// How it is classified.
    pub classification: Classification,
    /// How many characters were changed, at least 1.
    pub changes: usize,
}

/// What a letter read in a digit's place most likely is.
fn as_digit(c: u8) -> Option<&'static [u8]> {
    Some(match c {
        b'O' | b'Q' | b'D' => b"0",
        b'I' | b'J' | b'L' => b"1",
        b'Z' => b"2",
        b'A' => b"4",
        b'S' => b"5",
        b'G' => b"6",
        b'T' => b"7",
        b'B' => b"8",
        _ => return None,
    })
}

/// What a digit read in a letter's place most likely is.
fn as_letter(c: u8) -> Option<&'static [u8]> {
    Some(match c {
        b'0' => b"D",
        b'1' => b"LT",
        b'2' => b"Z",
        b'3' | b'8' => b"B",
        b'4' => b"A",
        b'5' => b"S",
        b'6' => b"G",
        b'7' => b"TZ",
        _ => return None,
    })
}

/// What stands at each place: `D` a digit, `L` a letter, `?` never touched. Civil shapes only.
fn masks(length: usize) -> &'static [&'static [u8]] {
    match length {
        7 => &[b"DDLDDDD"],
        8 => &[b"DDL?DDDD"],
        9 => &[b"DDL?DDDDD"],
        _ => &[],
    }
}

/// Tries to correct a key that fits no class. `confidence` has one value per character, 0..1. `None` when the key fits
/// already, looks foreign, or cannot be mended by few weak characters.
#[must_use]
pub fn correct(key: &str, confidence: &[f32], hints: Hints) -> Option<Correction> {
    let read = classify(key, hints);
    if read.class != PlateClass::Unrecognised || read.country_class == CountryClass::ForeignSuspect {
        return None;
    }
    if !key.is_ascii() || key.len() != confidence.len() {
        return None;
    }
    masks(key.len()).iter().find_map(|mask| apply(key.as_bytes(), mask, confidence, hints))
}

fn apply(key: &[u8], mask: &[u8], confidence: &[f32], hints: Hints) -> Option<Correction> {
    let mut options: Vec<Vec<u8>> = vec![Vec::with_capacity(key.len())];
    let mut changes = 0;
    for ((&c, &slot), &sure) in key.iter().zip(mask).zip(confidence) {
        let fits = match slot {
            b'D' => c.is_ascii_digit(),
            b'L' => c.is_ascii_uppercase(),
            _ => true,
        };
        let replacements: &[u8] = if fits {
            &[c]
        } else {
            if sure >= SURE {
                return None;
            }
            changes += 1;
            if slot == b'D' { as_digit(c)? } else { as_letter(c)? }
        };
        options = options
            .into_iter()
            .flat_map(|head| {
                replacements.iter().map(move |r| {
                    let mut longer = head.clone();
                    longer.push(*r);
                    longer
                })
            })
            .collect();
    }
    if changes == 0 || changes > MOST_CHANGES {
        return None;
    }
    options.into_iter().find_map(|bytes| {
        let key = String::from_utf8(bytes).ok()?;
        let classification = classify(&key, hints);
        (classification.class != PlateClass::Unrecognised).then_some(Correction { key, classification, changes })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weak(key: &str) -> Vec<f32> {
        vec![0.5; key.len()]
    }

    #[test]
    fn weak_characters_are_mended_by_place() {
        let mended = |key: &str| correct(key, &weak(key), Hints::default()).map(|c| c.key);
        assert_eq!(mended("1ZA12345").as_deref(), Some("12A12345"));
        assert_eq!(mended("12812345").as_deref(), Some("12B12345"));
        assert_eq!(mended("12A123S5").as_deref(), Some("12A12355"));
        // Three wrong places are not a slip, and an unused province is not invented away.
        assert_eq!(mended("IZA1Z345"), None);
        assert_eq!(mended("13A12345"), None);
    }

    #[test]
    fn sure_characters_and_foreign_plates_stay() {
        let mut confidence = weak("1ZA12345");
        confidence[1] = 0.95;
        assert_eq!(correct("1ZA12345", &confidence, Hints::default()), None);
        assert_eq!(correct("F12345", &weak("F12345"), Hints::default()), None);
        assert_eq!(correct("12A12345", &weak("12A12345"), Hints::default()), None);
    }

    proptest! {
        #[test]
        fn a_correction_always_fits_and_always_differs(key in "[0-9A-Z]{5,10}", sure in 0.0f32..1.0) {
            if let Some(c) = correct(&key, &vec![sure; key.len()], Hints::default()) {
                prop_assert_ne!(&c.key, &key);
                prop_assert_eq!(c.key.len(), key.len());
                prop_assert!(c.classification.class != PlateClass::Unrecognised);
                prop_assert!(c.changes >= 1 && c.changes <= MOST_CHANGES);
                prop_assert!(sure < SURE);
            }
        }
    }
}
