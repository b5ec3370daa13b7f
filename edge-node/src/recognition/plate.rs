//! Plates out of pictures: lines of text are found, laid out as one- or two-line plates, read, and held against the
//! grammar. What does not look like a plate and fit the grammar is no plate: shop signs, adverts and timestamps fall away
//! here. Reads one picture at a time; votes over frames come later, and whose plate it is, is never asked here.

use contract::event::{PlateColour, PlateReading};
use contract::geometry::Point;
use contract::plate::{Classification, CountryClass, PlateClass, VehicleHint, display};

use super::plate_colour::background;
use super::plate_judge::{Judged, judge};
use super::plate_layout::{Layout, band, grown, layouts, size};
use super::plate_text::{LineReader, LineText};
use crate::detection::DetectionError;
use crate::detection::text_regions::{Quad, TextDetector, TextSettings};
use crate::inference::{Decoding, InferenceError, ModelChoice, ModelStore, NetSession, Role};
use crate::picture::{BgrPicture, PictureError};

/// Longer side for whole street photos.
pub const PHOTO_LONGEST: u32 = 1152;
/// Longer side for the cut of one vehicle.
pub const VEHICLE_LONGEST: u32 = 640;
/// Longer side for a picture that is one plate.
const CROP_LONGEST: u32 = 320;
/// In a street a reading below this mean confidence is not a plate.
const LEAST_CONFIDENCE: f32 = 0.6;
/// A text that only looks foreign needs more.
const LEAST_FOREIGN_CONFIDENCE: f32 = 0.85;
/// Most places of one picture that are read, best first.
const MOST_READ: usize = 24;
/// Plates of one picture.
const MOST_PLATES: usize = 8;
/// A plate picture wider than this many heights has one line, and
const SURELY_ONE_LINE: f32 = 3.0;
/// one narrower than this has two (Circular 79/2024 Annex 4: 4.7 and 4.3 against 2.0, 1.4).
const SURELY_TWO_LINES: f32 = 2.5;

/// How much the lines found and the whole picture are grown for each try at a crop. The second and third are made only
/// while the readings do not agree: they cost as much as the first.
const CROP_VARIANTS: [((f32, f32), f32); 3] = [((0.0, 0.0), 0.02), ((0.04, 0.10), -0.03), ((-0.01, -0.06), -0.06)];
/// Readings agree when at least two gave the same fitting key and every character of the best has this confidence.
const AGREED_CONFIDENCE: f32 = 0.8;

/// Why a picture could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PlateError {
    /// Finding text failed.
    #[error("text could not be looked for")]
    Detection(#[from] DetectionError),
    /// Reading failed.
    #[error("text could not be read")]
    Inference(#[from] InferenceError),
    /// The picture could not be cut.
    #[error("a plate could not be cut out")]
    Picture(#[from] PictureError),
    /// The manifest's best net for a role gives something this reader does not understand.
    #[error("the net {net} gives {is:?}; plates are read by one that gives {wanted:?}")]
    OtherKind {
        /// Its name in the manifest.
        net: String,
        /// What it gives.
        is: Decoding,
        /// What is needed in its place.
        wanted: Decoding,
    },
}

/// One plate on one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct PlateRead {
    /// As read, lines joined by a space.
    pub raw_text: String,
    /// Canonical key.
    pub key: String,
    /// As people write it.
    pub display: String,
    /// Class, candidates, country.
    pub classification: Classification,
    /// Mean of the characters, lower after a correction; 0..1, uncalibrated.
    pub confidence: f32,
    /// One per character of the key.
    pub char_confidence: Vec<f32>,
    /// In pixels of the picture, clockwise from the top left; may lie a little outside.
    pub corners: Quad,
    /// 1 or 2.
    pub lines: u8,
    /// Background.
    pub colour: PlateColour,
    /// A weak character was changed to fit the grammar.
    pub corrected: bool,
    /// Up to two other keys for the same place, likeliest first.
    pub alternatives: Vec<(String, f32)>,
}

impl PlateRead {
    fn of(judged: Judged, corners: Quad, colour: PlateColour) -> Self {
        Self {
            display: display(&judged.key, judged.classification.class),
            raw_text: judged.raw,
            key: judged.key,
            classification: judged.classification,
            confidence: judged.confidence,
            char_confidence: judged.char_confidence,
            corners,
            lines: judged.lines,
            colour,
            corrected: judged.corrected,
            alternatives: Vec::new(),
        }
    }

    /// Which class it is.
    #[must_use]
    pub fn class(&self) -> PlateClass {
        self.classification.class
    }

    /// As an event carries it: one read. `place` turns pixels of the picture that was read into shares of the frame.
    #[must_use]
    pub fn to_event(&self, place: impl Fn(f32, f32) -> Point) -> PlateReading {
        PlateReading {
            raw_text: self.raw_text.clone(),
            key: self.key.clone(),
            display_text: self.display.clone(),
            class: self.classification.class,
            candidates: self.classification.candidates.clone(),
            country_class: self.classification.country_class,
            colour: self.colour,
            lines: self.lines,
            confidence: self.confidence,
            char_confidence: self.char_confidence.clone(),
            agreeing_reads: 1,
            reads: 1,
            corrected: self.corrected,
            to_verify: self.classification.to_verify,
            alternatives: self.alternatives.clone(),
            corners: self.corners.iter().map(|(x, y)| place(*x, *y)).collect(),
        }
    }
}

/// Finds and reads plates.
#[derive(Debug)]
pub struct PlateReader {
    text: TextDetector,
    lines: LineReader,
}

impl PlateReader {
    /// With the nets of this machine.
    pub fn open(store: &ModelStore) -> Result<Self, PlateError> {
        let best = |role| store.open_best(role)?.ok_or(InferenceError::NothingFor { role });
        Self::of(best(Role::PlateDetector)?, best(Role::PlateReader)?)
    }

    /// Of these two nets, if they are what this reader can read: one that finds text and one that spells it.
    fn of(text: NetSession, lines: NetSession) -> Result<Self, PlateError> {
        for (net, wanted) in [(&text, Decoding::DbText), (&lines, Decoding::Ctc)] {
            if net.decoding() != wanted {
                return Err(PlateError::OtherKind { net: net.choice().name.clone(), is: net.decoding(), wanted });
            }
        }
        Ok(Self { text: TextDetector::new(text, TextSettings::default()), lines: LineReader::new(lines)? })
    }

    /// The nets it uses.
    #[must_use]
    pub fn models(&self) -> [ModelChoice; 2] {
        [self.text.net().choice().clone(), self.lines.model().clone()]
    }

    /// Every plate on a street picture, or on the cut of one vehicle. `longest` is the side text is looked for at: see
    /// [`PHOTO_LONGEST`] and [`VEHICLE_LONGEST`]; `vehicle` is what carries the plates, when known. Best first.
    pub fn read(
        &mut self,
        picture: &BgrPicture,
        longest: u32,
        vehicle: Option<VehicleHint>,
    ) -> Result<Vec<PlateRead>, PlateError> {
        let regions = self.text.find(picture, longest)?;
        let mut texts: Vec<Option<LineText>> = vec![None; regions.len()];
        let mut found: Vec<PlateRead> = Vec::new();
        for layout in layouts(&regions).into_iter().take(MOST_READ) {
            let upright = upright(picture, &grown(&layout.corners, 0.02, 0.02))?;
            let colour = background(&upright);
            let lines = if layout.both_in_one {
                self.halves(picture, &layout.corners)?
            } else {
                for &index in &layout.lines {
                    if texts[index].is_none() {
                        texts[index] = Some(self.line(picture, &regions[index].corners)?);
                    }
                }
                layout.lines.iter().filter_map(|i| texts[*i].clone()).collect()
            };
            let Some(judged) = judge(&lines, colour, vehicle) else { continue };
            if is_a_plate(&judged, &layout) {
                found.push(PlateRead::of(judged, layout.corners, colour));
            }
        }
        Ok(best_of_each_place(found))
    }

    /// A picture that is one plate, more or less tightly cut: read as one line, as two halves, and by finding its lines; the
    /// reading that fits the grammar best wins. `None` when nothing can be read on it.
    pub fn read_crop(&mut self, plate: &BgrPicture) -> Result<Option<PlateRead>, PlateError> {
        let (w, h) = (plate.width as f32, plate.height as f32);
        let whole: Quad = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)];
        let colour = background(plate);
        let aspect = w / h;
        let regions = self.text.find(plate, CROP_LONGEST)?;
        let found: Vec<Layout> = layouts(&regions).into_iter().filter(|l| !l.both_in_one).take(MOST_READ).collect();
        let mut tries: Vec<(Judged, Quad)> = Vec::new();
        for (grow_line, grow_whole) in CROP_VARIANTS {
            for layout in &found {
                let mut lines = Vec::new();
                for &index in &layout.lines {
                    lines.push(self.line(plate, &grown(&regions[index].corners, grow_line.0, grow_line.1))?);
                }
                tries.extend(judge(&lines, colour, None).map(|judged| (judged, layout.corners)));
            }
            let whole = grown(&whole, grow_whole, grow_whole);
            if aspect < SURELY_ONE_LINE {
                let halves = self.halves(plate, &whole)?;
                tries.extend(judge(&halves, colour, None).map(|judged| (judged, whole)));
            }
            if aspect > SURELY_TWO_LINES {
                let line = self.line(plate, &whole)?;
                tries.extend(judge(&[line], colour, None).map(|judged| (judged, whole)));
            }
            if agreed(&tries) {
                break;
            }
        }
        Ok(vote(tries, colour))
    }

    /// Reads one line of text.
    fn line(&mut self, picture: &BgrPicture, quad: &Quad) -> Result<LineText, PlateError> {
        Ok(self.lines.read(&upright(picture, quad)?)?)
    }

    /// Reads the upper and the lower half as a line each. They overlap a little: the gap is seldom in the middle.
    fn halves(&mut self, picture: &BgrPicture, quad: &Quad) -> Result<Vec<LineText>, PlateError> {
        let top = self.line(picture, &band(quad, 0.0, 0.52))?;
        let bottom = self.line(picture, &band(quad, 0.46, 1.0))?;
        Ok(vec![top, bottom])
    }
}

/// A quadrilateral as an upright picture, at its own size.
fn upright(picture: &BgrPicture, quad: &Quad) -> Result<BgrPicture, PictureError> {
    let (w, h) = size(quad);
    // Small plates are not made larger here; very large ones need not be cut at full size.
    let shrink = (128.0 / h).min(1.0);
    let (w, h) = ((w * shrink).round().max(4.0), (h * shrink).round().max(4.0));
    picture.rectified(*quad, w as u32, h as u32)
}

/// Grammar, confidence and shape together: what a street shows besides plates fails one of them.
fn is_a_plate(judged: &Judged, layout: &Layout) -> bool {
    let (w, h) = size(&layout.corners);
    let aspect = w / h;
    let shape = if judged.lines == 2 { (0.8..=3.6).contains(&aspect) } else { (2.2..=8.0).contains(&aspect) };
    if !shape {
        return false;
    }
    match judged.classification.country_class {
        CountryClass::ForeignSuspect => judged.lines == 1 && judged.confidence >= LEAST_FOREIGN_CONFIDENCE,
        _ => judged.fits() && judged.confidence >= LEAST_CONFIDENCE,
    }
}

/// Of readings that lie on one another the best, with the others as alternatives. Best first.
fn best_of_each_place(mut found: Vec<PlateRead>) -> Vec<PlateRead> {
    let rank = |r: &PlateRead| {
        let kind = if r.classification.class == PlateClass::Unrecognised {
            0.0
        } else if r.corrected {
            1.0
        } else {
            2.0
        };
        // A longer key explains more of the text that stands there.
        kind + r.confidence + 0.02 * r.key.chars().count() as f32
    };
    found.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    let mut kept: Vec<PlateRead> = Vec::new();
    for read in found {
        match kept.iter_mut().find(|better| overlap(&better.corners, &read.corners)) {
            Some(better) => {
                if better.key != read.key && better.alternatives.len() < 2 {
                    better.alternatives.push((read.key, read.confidence));
                }
            }
            None => kept.push(read),
        }
    }
    kept.truncate(MOST_PLATES);
    kept
}

/// Do the boxes around two places share a good part of the smaller one?
fn overlap(a: &Quad, b: &Quad) -> bool {
    let bounds = |q: &Quad| {
        q.iter().fold([f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY], |[l, t, r, d], (x, y)| {
            [l.min(*x), t.min(*y), r.max(*x), d.max(*y)]
        })
    };
    let ([al, at, ar, ab], [bl, bt, br, bb]) = (bounds(a), bounds(b));
    let shared = (ar.min(br) - al.max(bl)).max(0.0) * (ab.min(bb) - at.max(bt)).max(0.0);
    let smaller = ((ar - al) * (ab - at)).min((br - bl) * (bb - bt));
    shared > 0.4 * smaller
}

/// Did two tries read the same key, which fits, with every character sure?
fn agreed(tries: &[(Judged, Quad)]) -> bool {
    let sure = |j: &Judged| j.fits() && !j.corrected && j.char_confidence.iter().all(|c| *c >= AGREED_CONFIDENCE);
    tries.iter().enumerate().any(|(i, (a, _))| sure(a) && tries[..i].iter().any(|(b, _)| b.key == a.key && sure(b)))
}

/// The key with the most support among several readings of one plate.
fn vote(tries: Vec<(Judged, Quad)>, colour: PlateColour) -> Option<PlateRead> {
    let mut groups: Vec<(f32, Judged, Quad)> = Vec::new();
    for (judged, quad) in tries {
        let support = judged.support();
        match groups.iter_mut().find(|(_, best, _)| best.key == judged.key) {
            Some((weight, best, place)) => {
                *weight += support;
                if support > best.support() {
                    (*best, *place) = (judged, quad);
                }
            }
            None => groups.push((support, judged, quad)),
        }
    }
    groups.sort_by(|a, b| b.0.total_cmp(&a.0));
    let total: f32 = groups.iter().map(|g| g.0).sum();
    let mut groups = groups.into_iter();
    let (_, best, place) = groups.next()?;
    let alternatives = groups.take(2).map(|(weight, judged, _)| (judged.key, weight / total.max(1e-6))).collect();
    Some(PlateRead { alternatives, ..PlateRead::of(best, place, colour) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inference::runtime::weights_or_note;

    #[test]
    fn a_net_of_another_kind_is_refused_by_name() {
        let Some(store) = weights_or_note("a net of another kind", &["ppocr_v4_det", "ppocr_v4_rec"]) else { return };
        let net = |name| store.open_named(name).unwrap();
        assert!(PlateReader::of(net("ppocr_v4_det"), net("ppocr_v4_rec")).is_ok());
        let refused = PlateReader::of(net("ppocr_v4_rec"), net("ppocr_v4_det")).unwrap_err();
        assert!(
            matches!(&refused, PlateError::OtherKind { net, wanted: Decoding::DbText, .. } if net == "ppocr_v4_rec")
        );
        assert_eq!(refused.to_string(), "the net ppocr_v4_rec gives Ctc; plates are read by one that gives DbText");
    }
}
