//! What was read, held against the grammar: fits as read, fits after a flagged change of weak characters, or fits nothing.
//! Nothing is changed in silence, and nothing that may be foreign is changed at all.

use contract::event::PlateColour;
use contract::plate::{Classification, CountryClass, Hints, PlateClass, VehicleHint, classify, correct};

use super::plate_text::{LineText, ReadChar};

/// A character at least this sure is never changed.
const SURE: f32 = 0.9;
/// A changed character must have been the net's own other choice with at least this share of the first.
const OTHER_AT_LEAST: f32 = 0.05;
/// Not more characters than this are changed.
const MOST_CHANGES: usize = 2;

/// A reading held against the grammar.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Lines joined by a space, as read.
    pub raw: String,
    /// The key, after correction if there was one.
    pub key: String,
    /// One confidence a character of the key.
    pub char_confidence: Vec<f32>,
    /// Class and country.
    pub classification: Classification,
    /// A weak character was changed.
    pub corrected: bool,
    /// Mean of the characters, lower after a correction.
    pub confidence: f32,
    /// 1 or 2.
    pub lines: u8,
}

impl Judged {
    /// How much one reading speaks for its key among others of the same plate: the chance that every character is right, as
    /// the net sees it, weighted by how the key stands to the grammar. A longer key explains more of what stands there.
    #[must_use]
    pub fn support(&self) -> f32 {
        let kind = match (self.classification.class, self.classification.country_class) {
            (PlateClass::Unrecognised, CountryClass::ForeignSuspect) => 0.12,
            (PlateClass::Unrecognised, _) => 0.05,
            _ if self.corrected => 0.3,
            _ => 1.0,
        };
        let all_right: f32 = self.char_confidence.iter().product();
        kind * (all_right + 0.02) * 1.3f32.powi(self.char_confidence.len().min(9) as i32)
    }

    /// Does it fit a class?
    #[must_use]
    pub fn fits(&self) -> bool {
        self.classification.class != PlateClass::Unrecognised
    }
}

/// Holds the lines of one plate, top first, against the grammar; `vehicle` is what carries it, when known. `None` when
/// nothing was read.
#[must_use]
pub fn judge(lines: &[LineText], colour: PlateColour, vehicle: Option<VehicleHint>) -> Option<Judged> {
    let chars: Vec<&ReadChar> = lines.iter().flat_map(|l| &l.chars).collect();
    if chars.is_empty() {
        return None;
    }
    let raw = lines.iter().map(|l| l.raw.trim()).filter(|r| !r.is_empty()).collect::<Vec<_>>().join(" ");
    let line_count = if lines.iter().filter(|l| !l.chars.is_empty()).count() > 1 { 2 } else { 1 };
    let upper = lines.first().filter(|_| line_count == 2).and_then(|top| u8::try_from(top.chars.len()).ok());
    let hints = Hints { lines: Some(line_count), upper, colour: Some(colour), vehicle };
    let key: String = chars.iter().map(|c| c.character).collect();
    let confidence: Vec<f32> = chars.iter().map(|c| c.confidence).collect();
    let mean = confidence.iter().sum::<f32>() / confidence.len() as f32;
    let as_read = classify(&key, hints);
    let judged = |key, char_confidence, classification, corrected, confidence| {
        Some(Judged {
            raw: raw.clone(),
            key,
            char_confidence,
            classification,
            corrected,
            confidence,
            lines: line_count,
        })
    };
    if as_read.class != PlateClass::Unrecognised || as_read.country_class == CountryClass::ForeignSuspect {
        return judged(key, confidence, as_read, false, mean);
    }
    if let Some((key, confidence)) = own_second_choices(&chars, hints) {
        let classification = classify(&key, hints);
        return judged(key, confidence, classification, true, mean * 0.8);
    }
    if let Some(mended) = correct(&key, &confidence, hints) {
        return judged(mended.key, confidence, mended.classification, true, mean * 0.7);
    }
    judged(key, confidence, as_read, false, mean)
}

/// Place, new character, its probability.
type Change = (usize, char, f32);

/// The likeliest key that fits when up to two weak characters are replaced by what the net itself held possible.
fn own_second_choices(chars: &[&ReadChar], hints: Hints) -> Option<(String, Vec<f32>)> {
    let mut options: Vec<(f32, Vec<Change>)> = vec![(1.0, Vec::new())];
    for (at, c) in chars.iter().enumerate() {
        if c.confidence >= SURE {
            continue;
        }
        let mut more = Vec::new();
        for (other, p) in c.others.iter().filter(|(_, p)| *p >= OTHER_AT_LEAST * c.confidence) {
            for (weight, changes) in options.iter().filter(|(_, changes)| changes.len() < MOST_CHANGES) {
                let mut changes = changes.clone();
                changes.push((at, *other, *p));
                more.push((weight * p / c.confidence, changes));
            }
        }
        options.extend(more);
    }
    options.retain(|(_, changes)| !changes.is_empty());
    options.sort_by(|a, b| b.0.total_cmp(&a.0));
    options.into_iter().find_map(|(_, changes)| {
        let mut key: Vec<char> = chars.iter().map(|c| c.character).collect();
        let mut confidence: Vec<f32> = chars.iter().map(|c| c.confidence).collect();
        for (at, other, p) in changes {
            (key[at], confidence[at]) = (other, p);
        }
        let key: String = key.into_iter().collect();
        (classify(&key, hints).class != PlateClass::Unrecognised).then_some((key, confidence))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, confidence: f32) -> LineText {
        let chars = text.chars().map(|character| ReadChar { character, confidence, others: Vec::new() }).collect();
        LineText { raw: text.to_owned(), chars }
    }

    #[test]
    fn what_fits_is_left_as_it_was_read() {
        let judged = judge(&[line("59P1", 0.6), line("66480", 0.8)], PlateColour::White, None).unwrap();
        assert_eq!((judged.key.as_str(), judged.lines, judged.corrected), ("59P166480", 2, false));
        assert_eq!(judged.classification.class, PlateClass::MotoL15);
        assert_eq!(judged.raw, "59P1 66480");
    }

    #[test]
    fn the_nets_own_second_choice_mends_a_weak_character_and_is_flagged() {
        let mut top = line("5BP1", 0.95);
        top.chars[1] = ReadChar { character: 'B', confidence: 0.5, others: vec![('8', 0.2), ('9', 0.3)] };
        let judged = judge(&[top, line("66480", 0.95)], PlateColour::White, None).unwrap();
        assert_eq!((judged.key.as_str(), judged.corrected), ("59P166480", true));
        assert!(judged.confidence < 0.8);
    }

    #[test]
    fn a_sure_character_and_a_foreign_plate_are_never_changed() {
        let mut top = line("5BP1", 0.95);
        top.chars[1].others = vec![('8', 0.04)];
        let judged = judge(&[top, line("66480", 0.95)], PlateColour::White, None).unwrap();
        assert_eq!((judged.key.as_str(), judged.fits()), ("5BP166480", false));
        let foreign = judge(&[line("F12345", 0.5)], PlateColour::Blue, None).unwrap();
        assert_eq!((foreign.key.as_str(), foreign.corrected), ("F12345", false));
        assert_eq!(foreign.classification.country_class, CountryClass::ForeignSuspect);
    }

    #[test]
    fn a_cars_two_line_plate_is_shown_as_one() {
        let shown = |top, bottom, vehicle| {
            let judged = judge(&[line(top, 0.9), line(bottom, 0.9)], PlateColour::White, vehicle).unwrap();
            contract::plate::display(&judged.key, judged.classification.class)
        };
        assert_eq!(shown("30A", "55678", None), "30A-556.78");
        assert_eq!(shown("30A5", "5678", None), "30-A5 5678");
        assert_eq!(shown("30A", "55678", Some(VehicleHint::TwoWheels)), "30A-556.78");
    }

    #[test]
    fn fitting_readings_rank_first() {
        let fits = judge(&[line("12A12345", 0.8)], PlateColour::White, None).unwrap();
        let not = judge(&[line("ABCD", 0.99)], PlateColour::White, None).unwrap();
        assert!(fits.support() > not.support());
        assert!(judge(&[line("", 0.9)], PlateColour::White, None).is_none());
    }
}
