//! Which class a key belongs to. The text gives the candidates; line count, colour and vehicle class order them. Where
//! they do not decide, the result says so: nothing is chosen in silence.

use super::grammar::{CLASSES, fits, foreign_suspect, is_state_letter};
use super::{CountryClass, PlateClass};
use crate::event::PlateColour;

/// What the picture tells besides the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// Lines of text on the plate, when known.
    pub lines: Option<u8>,
    /// Characters of the key on the upper of two lines, when known: where the metal breaks the text tells a car's plate
    /// (`30A` over `556.78`) from a motorcycle's (`30-A5` over `5678`).
    pub upper: Option<u8>,
    /// Background, when known.
    pub colour: Option<PlateColour>,
    /// The vehicle, when known.
    pub vehicle: Option<VehicleHint>,
}

/// Two wheels or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VehicleHint {
    /// Motorcycle or moped.
    TwoWheels,
    /// Car, bus, truck.
    FourWheels,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classification {
    /// The likeliest class.
    pub class: PlateClass,
    /// All classes the text fits, likeliest first. Empty for an unrecognised text.
    pub candidates: Vec<PlateClass>,
    /// Country and kind of the likeliest.
    pub country_class: CountryClass,
    /// Text and hints do not settle it, or they contradict each other (a civil text on red, a state colour with a letter
    /// that state vehicles do not have): a person has to look.
    pub to_verify: bool,
}

/// Classifies a canonical key (see [`super::normalise`]).
#[must_use]
pub fn classify(key: &str, hints: Hints) -> Classification {
    let mut candidates: Vec<PlateClass> = CLASSES.into_iter().filter(|class| fits(*class, key)).collect();
    // A stable sort keeps the order of preference among equals.
    candidates.sort_by_key(|class| std::cmp::Reverse(support(*class, hints)));
    let Some(&class) = candidates.first() else {
        let country_class = if foreign_suspect(key) { CountryClass::ForeignSuspect } else { CountryClass::Unreadable };
        return Classification { class: PlateClass::Unrecognised, candidates, country_class, to_verify: true };
    };
    let tied = candidates.get(1).is_some_and(|second| support(*second, hints) == support(class, hints));
    Classification {
        class,
        country_class: country_of(class),
        to_verify: tied || contradicts(class, key, hints),
        candidates,
    }
}

/// How many hints speak for the class, less those against it.
fn support(class: PlateClass, hints: Hints) -> i32 {
    use PlateClass as C;
    let two_wheels = matches!(class, C::Moto2L | C::Moto2L4 | C::MotoL15 | C::MotoL14 | C::EmotoLegacy);
    let civil_car = matches!(class, C::Car5 | C::Car4 | C::Special);
    let mut support = 0;
    match hints.lines {
        Some(1) if two_wheels => support -= 2,
        Some(2) if two_wheels => support += 1,
        Some(1) if civil_car => support += 1,
        _ => {}
    }
    // Printed on the metal: outranks what the vehicle was taken for.
    if let (Some(2), Some(upper), Some(owed)) = (hints.lines, hints.upper, upper_line(class)) {
        support += if upper == owed { 3 } else { -3 };
    }
    match hints.vehicle {
        Some(VehicleHint::TwoWheels) => {
            support += if two_wheels {
                2
            } else if civil_car {
                -2
            } else {
                0
            }
        }
        Some(VehicleHint::FourWheels) => {
            support += if two_wheels {
                -2
            } else if civil_car {
                2
            } else {
                0
            }
        }
        None => {}
    }
    match hints.colour {
        Some(PlateColour::Red) => support += if class == C::Military { 3 } else { -1 },
        Some(PlateColour::White | PlateColour::Yellow | PlateColour::Blue) if class == C::Military => support -= 3,
        Some(PlateColour::Yellow) if two_wheels => support -= 1,
        Some(PlateColour::Green) if class == C::CnNewEnergy => support += 2,
        _ => {}
    }
    support
}

/// Characters on the upper of two lines (Circular 79/2024 Annex 4), where the class has a two-line form with a fixed break.
fn upper_line(class: PlateClass) -> Option<u8> {
    use PlateClass as C;
    match class {
        C::Car5 | C::Car4 => Some(3),
        C::Moto2L | C::Moto2L4 | C::MotoL15 | C::MotoL14 => Some(4),
        _ => None,
    }
}

fn contradicts(class: PlateClass, key: &str, hints: Hints) -> bool {
    use PlateClass as C;
    let civil = country_of(class) == CountryClass::VnCivil;
    match hints.colour {
        Some(PlateColour::Red) => civil,
        Some(PlateColour::Blue) => {
            matches!(class, C::Car5 | C::Car4 | C::MotoL15 | C::MotoL14)
                && !key.as_bytes().get(2).copied().is_some_and(is_state_letter)
        }
        Some(PlateColour::White | PlateColour::Yellow) => class == C::Military,
        _ => false,
    }
}

fn country_of(class: PlateClass) -> CountryClass {
    use PlateClass as C;
    match class {
        C::Car5 | C::Car4 | C::Moto2L | C::Moto2L4 | C::MotoL15 | C::MotoL14 | C::Special | C::EmotoLegacy => {
            CountryClass::VnCivil
        }
        C::Temporary => CountryClass::VnTemporary,
        C::Diplomatic => CountryClass::VnDiplomatic,
        C::Military => CountryClass::VnMilitary,
        C::CnStandard | C::CnNewEnergy => CountryClass::ForeignCn,
        C::Unrecognised => CountryClass::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plate::normalise;

    fn classes(text: &str) -> Vec<PlateClass> {
        let mut found = classify(&normalise(text), Hints::default()).candidates;
        found.sort_by_key(|c| format!("{c:?}"));
        found
    }

    /// The 23 examples of the domain page (section 1.5) and what its reference expressions say of them.
    #[test]
    fn the_examples_of_the_domain_page() {
        use PlateClass as C;
        for (text, expected) in [
            ("12A-123.45", vec![C::Car5, C::MotoL14]),
            ("29B1-1234", vec![C::Car5, C::MotoL14]),
            ("12-B1 234.56", vec![C::MotoL15]),
            ("29-AA 123.45", vec![C::Moto2L]),
            ("29-AR 123.45", vec![C::Moto2L]),
            ("29-AG 123.45", vec![C::Moto2L]),
            ("13A-123.45", vec![]),
            ("30I-123.45", vec![]),
            ("29LD-123.45", vec![C::Moto2L, C::Special]),
            ("20KT-226.22", vec![C::Moto2L, C::Special]),
            ("80-441-NG-02", vec![C::Diplomatic]),
            ("29-121-NN-101", vec![C::Diplomatic]),
            ("T80-235.88", vec![C::Temporary]),
            ("TM-12-34", vec![C::Military]),
            ("29-MĐ1 234.56", vec![C::EmotoLegacy]),
            ("12-MĐ 234.56", vec![C::EmotoLegacy, C::Moto2L]),
            ("51R-012.34", vec![C::Special]),
            ("80B-1234", vec![C::Car4]),
            ("桂F·12345", vec![C::CnStandard]),
            ("桂AD12345", vec![C::CnNewEnergy]),
            ("桂F1234挂", vec![C::CnStandard]),
            ("12RM-012.34", vec![C::Special]),
            ("30A-00000", vec![]),
            ("50-CA 5874", vec![C::Moto2L4]),
        ] {
            assert_eq!(classes(text), expected, "{text}");
        }
    }

    #[test]
    fn hints_decide_and_their_absence_is_said() {
        let key = "29B11234";
        assert!(classify(key, Hints::default()).to_verify);
        let bike = Hints { lines: Some(2), vehicle: Some(VehicleHint::TwoWheels), ..Hints::default() };
        assert_eq!(classify(key, bike).class, PlateClass::MotoL14);
        let car = Hints { lines: Some(1), ..Hints::default() };
        assert_eq!(classify(key, car).class, PlateClass::Car5);
        assert!(!classify(key, car).to_verify);
    }

    #[test]
    fn where_the_metal_breaks_the_text_tells_a_car_from_a_motorcycle() {
        let broken = |upper, vehicle| {
            let c = classify("30A55678", Hints { lines: Some(2), upper: Some(upper), vehicle, ..Hints::default() });
            (c.class, c.to_verify)
        };
        assert_eq!(broken(3, None), (PlateClass::Car5, false));
        assert_eq!(broken(4, None), (PlateClass::MotoL14, false));
        // A vehicle that was taken for another one does not overrule the metal.
        assert_eq!(broken(3, Some(VehicleHint::TwoWheels)).0, PlateClass::Car5);
        assert_eq!(broken(4, Some(VehicleHint::FourWheels)).0, PlateClass::MotoL14);
        // Without the break the vehicle decides, and without both it stays open.
        let two = Hints { lines: Some(2), ..Hints::default() };
        let car = Hints { vehicle: Some(VehicleHint::FourWheels), ..two };
        assert_eq!(classify("30A55678", car).class, PlateClass::Car5);
        assert_eq!(classify("30A55678", two).candidates.len(), 2);
    }

    #[test]
    fn colours_that_do_not_fit_ask_for_a_person() {
        let on = |colour| Hints {
            lines: Some(1),
            colour: Some(colour),
            vehicle: Some(VehicleHint::FourWheels),
            ..Hints::default()
        };
        assert!(classify("12A12345", on(PlateColour::Red)).to_verify);
        assert!(classify("12N12345", on(PlateColour::Blue)).to_verify);
        assert!(!classify("12A12345", on(PlateColour::Blue)).to_verify);
    }

    #[test]
    fn a_lost_province_character_is_never_vietnamese() {
        let c = classify("F12345", Hints::default());
        assert_eq!((c.class, c.country_class), (PlateClass::Unrecognised, CountryClass::ForeignSuspect));
        assert_eq!(classify("桂F12345", Hints::default()).country_class, CountryClass::ForeignCn);
    }
}
