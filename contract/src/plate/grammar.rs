//! The shapes of plate keys, one by one. Each function answers for one class and nothing else.

use super::PlateClass;

/// The 81 province codes in use (Circular 79/2024/TT-BCA Annex 2): 11–99 without 13, 42, 44, 45, 46, 87, 91, 96.
pub const PROVINCE_CODES: std::ops::RangeInclusive<u8> = 11..=99;

const UNUSED_CODES: [u8; 8] = [13, 42, 44, 45, 46, 87, 91, 96];
/// Series letters of private and business vehicles.
const L20: &[u8] = b"ABCDEFGHKLMNPSTUVXYZ";
/// Series letters of state vehicles.
const L11: &[u8] = b"ABCDEFGHKLM";
const SPECIAL: [&str; 10] = ["CD", "RM", "HC", "KT", "MK", "TD", "LD", "DA", "CT", "LB"];
const DIPLOMATIC: [&str; 4] = ["NG", "QT", "CV", "NN"];
const MILITARY_UNITS: &str = "TM TC TH TT TK TN KA KB KC KD KV KP KK KT AA AC AD QA QH QB QC QM BL BB BC BK BP BH BT HA HB HC HE HD HH HT HQ HN PA PG PK PX PP AV AT AN AX AM VT CA CB CD CH CM CN CP CT CV";
/// The province characters of Chinese plates (GA 36-2018).
const CN_PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
const CN_LAST: &str = "挂学警港澳";

/// Is this a province code in use?
#[must_use]
pub fn is_province_code(code: u8) -> bool {
    PROVINCE_CODES.contains(&code) && !UNUSED_CODES.contains(&code)
}

/// A second letter of motorcycle series: L20 and R (Art 37.5.d and Annex 4 §2.1.3 differ; the union is accepted).
fn is_moto_second(b: u8) -> bool {
    L20.contains(&b) || b == b'R'
}

/// May a state vehicle (blue plate) carry this series letter?
pub(super) fn is_state_letter(b: u8) -> bool {
    L11.contains(&b)
}

fn province(key: &[u8]) -> Option<&[u8]> {
    let (code, rest) = key.split_at_checked(2)?;
    let number = std::str::from_utf8(code).ok()?.parse::<u8>().ok()?;
    (code.iter().all(u8::is_ascii_digit) && is_province_code(number)).then_some(rest)
}

fn digits(text: &[u8], counts: &[usize]) -> bool {
    counts.contains(&text.len()) && text.iter().all(u8::is_ascii_digit)
}

/// Serials run from 00001: five zeros are never issued.
fn serial(text: &[u8], counts: &[usize]) -> bool {
    digits(text, counts) && text.iter().any(|b| *b != b'0')
}

fn series(key: &[u8], first: impl Fn(u8) -> bool, second: impl Fn(u8) -> bool, count: usize) -> bool {
    matches!(province(key), Some([a, b, rest @ ..]) if first(*a) && second(*b) && serial(rest, &[count]))
}

fn car(key: &[u8], count: usize) -> bool {
    matches!(province(key), Some([a, rest @ ..]) if L20.contains(a) && serial(rest, &[count]))
}

fn series_digit(b: u8) -> bool {
    (b'1'..=b'9').contains(&b)
}

fn special(key: &[u8]) -> bool {
    let Some(rest) = province(key) else {
        return false;
    };
    let two = SPECIAL.iter().any(|s| rest.strip_prefix(s.as_bytes()).is_some_and(|n| serial(n, &[4, 5])));
    two || rest.strip_prefix(b"R").is_some_and(|n| serial(n, &[4, 5]))
}

fn emoto(key: &[u8]) -> bool {
    let Some(rest) = province(key).and_then(|r| r.strip_prefix(b"MD")) else {
        return false;
    };
    serial(rest, &[5]) || matches!(rest, [d, n @ ..] if series_digit(*d) && serial(n, &[5]))
}

fn temporary(key: &[u8]) -> bool {
    key.strip_prefix(b"T").and_then(province).is_some_and(|n| serial(n, &[5]))
}

fn diplomatic(key: &[u8]) -> bool {
    let Some(rest) = province(key) else {
        return false;
    };
    // Two-line plates may be read with the series between province and country code.
    let series_first = DIPLOMATIC.iter().any(|s| rest.strip_prefix(s.as_bytes()).is_some_and(|n| digits(n, &[5, 6])));
    let country_first = rest.split_at_checked(3).is_some_and(|(country, tail)| {
        digits(country, &[3])
            && DIPLOMATIC.iter().any(|s| tail.strip_prefix(s.as_bytes()).is_some_and(|n| digits(n, &[2, 3])))
    });
    country_first || series_first
}

fn military(key: &[u8]) -> bool {
    let Some((unit, rest)) = key.split_at_checked(2) else {
        return false;
    };
    if !MILITARY_UNITS.split(' ').any(|u| u.as_bytes() == unit) {
        return false;
    }
    let rest = match rest {
        [b'S' | b'L' | b'X', tail @ ..] => tail,
        other => other,
    };
    let rest = rest.strip_suffix(b"RM").or_else(|| rest.strip_suffix(b"BM")).unwrap_or(rest);
    let rest = match rest {
        [head @ .., b'A'..=b'C'] => head,
        other => other,
    };
    digits(rest, &[3, 4, 5, 6])
}

fn cn_letter(c: char) -> bool {
    c.is_ascii_uppercase() && c != 'I' && c != 'O'
}

fn cn_char(c: char) -> bool {
    c.is_ascii_digit() || cn_letter(c)
}

fn chinese(key: &str) -> Option<Vec<char>> {
    let mut chars = key.chars();
    let province = chars.next()?;
    let city = chars.next()?;
    (CN_PROVINCES.contains(province) && cn_letter(city)).then(|| chars.collect())
}

fn cn_standard(key: &str) -> bool {
    matches!(chinese(key).as_deref(), Some([head @ .., last]) if head.len() == 4
        && head.iter().all(|c| cn_char(*c)) && (cn_char(*last) || CN_LAST.contains(*last)))
}

fn cn_new_energy(key: &str) -> bool {
    let nev = |c: char| matches!(c, 'A'..='H' | 'J' | 'K');
    match chinese(key).as_deref() {
        Some([a, x, n @ ..]) if nev(*a) && cn_char(*x) && n.len() == 4 => n.iter().all(char::is_ascii_digit),
        Some([n @ .., z]) if nev(*z) && n.len() == 5 => n.iter().all(char::is_ascii_digit),
        _ => false,
    }
}

/// Does the key fit this class?
pub(super) fn fits(class: PlateClass, key: &str) -> bool {
    let bytes = key.as_bytes();
    let letter = |b: u8| L20.contains(&b);
    match class {
        PlateClass::Car5 => car(bytes, 5),
        PlateClass::Car4 => car(bytes, 4),
        PlateClass::Moto2L => series(bytes, letter, is_moto_second, 5),
        PlateClass::Moto2L4 => series(bytes, letter, is_moto_second, 4),
        PlateClass::MotoL15 => series(bytes, letter, series_digit, 5),
        PlateClass::MotoL14 => series(bytes, letter, series_digit, 4),
        PlateClass::Special => special(bytes),
        PlateClass::EmotoLegacy => emoto(bytes),
        PlateClass::Temporary => temporary(bytes),
        PlateClass::Diplomatic => diplomatic(bytes),
        PlateClass::Military => military(bytes),
        PlateClass::CnStandard => cn_standard(key),
        PlateClass::CnNewEnergy => cn_new_energy(key),
        PlateClass::Unrecognised => false,
    }
}

/// A Chinese plate that lost its province character: a letter and five or six letters or digits. Never a Vietnamese one.
pub(super) fn foreign_suspect(key: &str) -> bool {
    let mut chars = key.chars();
    let city = chars.next().is_some_and(cn_letter);
    let rest: Vec<char> = chars.collect();
    city && (5..=6).contains(&rest.len())
        && rest.iter().all(|c| cn_char(*c))
        && rest.iter().filter(|c| c.is_ascii_digit()).count() >= 3
}

/// Every class there is a grammar for, in the order they are preferred when nothing else decides.
pub(super) const CLASSES: [PlateClass; 13] = [
    PlateClass::Special,
    PlateClass::Car5,
    PlateClass::MotoL15,
    PlateClass::Moto2L,
    PlateClass::MotoL14,
    PlateClass::Car4,
    PlateClass::Moto2L4,
    PlateClass::EmotoLegacy,
    PlateClass::Temporary,
    PlateClass::Diplomatic,
    PlateClass::Military,
    PlateClass::CnStandard,
    PlateClass::CnNewEnergy,
];
