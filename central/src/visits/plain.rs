//! Names in plain letters: what a search compares, so that *Hoà*, *Hòa* and *hoa* are one and *Đ* is *d*. Pure. Nothing but
//! lower-case letters, digits and single spaces comes out, so that no pattern of a database can go in.

/// Vietnamese letters by the plain one they are written with.
const LETTERS: &[(char, &str)] = &[
    ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
    ('d', "đ"),
    ('e', "èéẻẽẹêềếểễệ"),
    ('i', "ìíỉĩị"),
    ('o', "òóỏõọôồốổỗộơờớởỡợ"),
    ('u', "ùúủũụưừứửữự"),
    ('y', "ỳýỷỹỵ"),
];

/// A text in plain letters.
#[must_use]
pub fn plain_letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        // Accents that stand apart, as some keyboards and every Mac write them.
        if ('\u{300}'..='\u{36f}').contains(&letter) {
            continue;
        }
        let found = LETTERS.iter().find(|(_, accented)| accented.contains(letter)).map_or(letter, |(plain, _)| *plain);
        if found.is_alphanumeric() {
            plain.push(found);
        } else if !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_case_and_signs_make_no_difference() {
        for text in ["Hoà Bình", "hòa bình", "HOA  BINH", "Hoà-Bình.", "Hoa\u{300} Bi\u{300}nh"] {
            assert_eq!(plain_letters(text), "hoa binh", "{text}");
        }
        assert_eq!(plain_letters("Đặng Thị Ưởng 01"), "dang thi uong 01");
        assert_eq!(plain_letters("李明"), "李明");
        assert_eq!(plain_letters(" %_* "), "");
    }

    proptest! {
        #[test]
        fn no_pattern_ever_comes_out_and_twice_is_once(text in any::<String>()) {
            let once = plain_letters(&text);
            prop_assert!(once.chars().all(|c| c == ' ' || c.is_alphanumeric()));
            prop_assert!(!once.contains("  ") && once.trim() == once);
            prop_assert_eq!(plain_letters(&once), once.clone());
        }
    }
}
