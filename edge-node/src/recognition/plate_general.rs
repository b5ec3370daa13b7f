//! Plates by general nets: lines of text are found, laid out as one- or two-line plates, and read one by one. Careful and
//! slow; on a node with nets of its own it is the second opinion, else the only one.

use contract::plate::VehicleHint;

use super::plate::{PlateError, PlateRead, View, best_of_each_place, is_a_plate};
use super::plate_colour::background;
use super::plate_judge::{Judged, judge};
use super::plate_layout::{Layout, band, grown, layouts, size};
use super::plate_text::{LineReader, LineText};
use crate::detection::text_regions::{Quad, TextDetector, TextSettings};
use crate::inference::{Decoding, ModelChoice, NetSession};
use crate::picture::{BgrPicture, PictureError};
use contract::event::PlateColour;

/// Longer side at which text is looked for on a street,
const STREET_LONGEST: u32 = 1152;
/// on the cut of one vehicle,
const VEHICLE_LONGEST: u32 = 640;
/// and on a picture that is one plate.
const CROP_LONGEST: u32 = 320;
/// Most places of one picture that are read, best first.
const MOST_READ: usize = 24;
/// A plate picture wider than this many heights has one line, and
const SURELY_ONE_LINE: f32 = 3.0;
/// one narrower than this has two (Circular 79/2024 Annex 4: 4.7 and 4.3 against 2.0, 1.4).
const SURELY_TWO_LINES: f32 = 2.5;

/// How much the lines found and the whole picture are grown for each try at a crop. The second and third are made only
/// while the readings do not agree: they cost as much as the first.
const CROP_VARIANTS: [((f32, f32), f32); 3] = [((0.0, 0.0), 0.02), ((0.04, 0.10), -0.03), ((-0.01, -0.06), -0.06)];
/// Readings agree when at least two gave the same fitting key and every character of the best has this confidence.
const AGREED_CONFIDENCE: f32 = 0.8;

/// Finds and reads lines of text, and takes those that may be plates.
#[derive(Debug)]
pub struct GeneralReader {
    text: TextDetector,
    lines: LineReader,
}

impl GeneralReader {
    /// Of these two nets, if they are what this reader can read: one that finds text and one that spells it.
    pub(super) fn of(text: NetSession, lines: NetSession) -> Result<Self, PlateError> {
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

    /// Every plate on a street picture, or on the cut of one vehicle; `vehicle` is what carries the plates, when known. Best first.
    pub fn read(
        &mut self,
        picture: &BgrPicture,
        view: View,
        vehicle: Option<VehicleHint>,
    ) -> Result<Vec<PlateRead>, PlateError> {
        let longest = match view {
            View::Street => STREET_LONGEST,
            View::Vehicle => VEHICLE_LONGEST,
        };
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
            if is_a_plate(&judged, &layout.corners) {
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
