//! Normalisation, display and the fuzzy key. Text only; no judgement of what a plate is.

use super::PlateClass;

/// The canonical key: upper case, Đ→D, and nothing but `0-9A-Z` and CJK ideographs. Vietnamese letters with marks never
/// stand on plates; Đ written as D with a combining stroke (NFD has none) is the only one folded.
#[must_use]
pub fn normalise(text: &str) -> String {
    text.chars()
        .flat_map(char::to_uppercase)
        .map(|c| if c == 'Đ' || c == 'Ð' { 'D' } else { c })
        .filter(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || ('\u{4e00}'..='\u{9fff}').contains(c))
        .collect()
}

/// The way people write a key of this class: `12A-123.45`, `29-B1 123.45`, `80-441-NG-02`. A key that fits no class is
/// shown as it is.
#[must_use]
pub fn display(key: &str, class: PlateClass) -> String {
    let at = |from: usize, to: usize| key.get(from..to).unwrap_or_default();
    let tail = |from: usize| key.get(from..).unwrap_or_default();
    match class {
        PlateClass::Car5 | PlateClass::Car4 => format!("{}-{}", at(0, 3), dotted(tail(3))),
        PlateClass::Moto2L | PlateClass::Moto2L4 | PlateClass::MotoL15 | PlateClass::MotoL14 => {
            format!("{}-{} {}", at(0, 2), at(2, 4), dotted(tail(4)))
        }
        PlateClass::Special => {
            let letters = key.bytes().skip(2).take_while(u8::is_ascii_alphabetic).count();
            format!("{}-{}", at(0, 2 + letters), dotted(tail(2 + letters)))
        }
        PlateClass::EmotoLegacy => {
            let split = key.len().saturating_sub(5);
            format!("{}-MĐ{} {}", at(0, 2), at(4, split), dotted(tail(split)))
        }
        PlateClass::Temporary => format!("{}-{}", at(0, 3), dotted(tail(3))),
        PlateClass::Diplomatic if key.as_bytes().get(2).is_some_and(u8::is_ascii_digit) => {
            format!("{}-{}-{}-{}", at(0, 2), at(2, 5), at(5, 7), tail(7))
        }
        PlateClass::Diplomatic => format!("{}-{}-{}-{}", at(0, 2), at(4, 7), at(2, 4), tail(7)),
        PlateClass::Military => {
            let rest = tail(2);
            match rest.len() {
                4 if rest.bytes().all(|b| b.is_ascii_digit()) => {
                    format!("{}-{}-{}", at(0, 2), at(2, 4), tail(4))
                }
                _ => format!("{}-{rest}", at(0, 2)),
            }
        }
        PlateClass::CnStandard | PlateClass::CnNewEnergy => {
            let split = key.char_indices().nth(2).map_or(key.len(), |(i, _)| i);
            format!("{}·{}", at(0, split), tail(split))
        }
        PlateClass::Unrecognised => key.to_owned(),
    }
}

/// `12345` → `123.45`; four digits stay together.
fn dotted(serial: &str) -> String {
    match serial.len() {
        5 => format!("{}.{}", &serial[..3], &serial[3..]),
        _ => serial.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalising_twice_changes_nothing() {
        for text in ["12a-123.45", "29-MĐ1 234.56", "桂F·12345", " t80-235.88\n", "đ"] {
            let key = normalise(text);
            assert_eq!(normalise(&key), key);
        }
        assert_eq!(normalise("29-mđ1 234.56"), "29MD123456");
    }

    #[test]
    fn display_is_what_people_write() {
        use PlateClass as C;
        for (key, class, shown) in [
            ("12A12345", C::Car5, "12A-123.45"),
            ("12A1234", C::Car4, "12A-1234"),
            ("29AA12345", C::Moto2L, "29-AA 123.45"),
            ("29B11234", C::MotoL14, "29-B1 1234"),
            ("20KT22622", C::Special, "20KT-226.22"),
            ("51R01234", C::Special, "51R-012.34"),
            ("29MD123456", C::EmotoLegacy, "29-MĐ1 234.56"),
            ("T8023588", C::Temporary, "T80-235.88"),
            ("80441NG02", C::Diplomatic, "80-441-NG-02"),
            ("80NG44102", C::Diplomatic, "80-441-NG-02"),
            ("TM1234", C::Military, "TM-12-34"),
            ("桂F12345", C::CnStandard, "桂F·12345"),
        ] {
            assert_eq!(display(key, class), shown);
        }
    }
}
