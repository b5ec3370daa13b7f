//! Plates by the project's own nets: four corners on the picture, the plate straightened between them, and its rows read at
//! once. Milliseconds a plate. A general reader may be asked besides; that is not decided here.

use contract::event::PlateColour;
use contract::plate::VehicleHint;

use super::plate::{PlateError, PlateRead, best_of_each_place, better, is_a_plate};
use super::plate_judge::{Judged, judge};
use super::plate_layout::{grown, size};
use super::plate_rows::RowReader;
use super::read_times::{ReadTimes, timed};
use crate::detection::plate_corners::CornerDetector;
use crate::detection::text_regions::Quad;
use crate::inference::{Decoding, ModelChoice, NetSession};
use crate::picture::{BgrPicture, PictureError};

/// Size of a straightened plate.
const WIDTH: u32 = 128;
const HEIGHT: u32 = 64;
/// How far beyond its corners a plate is cut, as in training.
const GROWN: f32 = 0.02;
/// Below this probability no plate stands where the detector saw one.
const LEAST_PLATE: f32 = 0.5;
/// Most places of one picture that are read, best first.
const MOST_READ: usize = 16;
/// Longer side at which a plate is looked for on a picture of one plate.
const CROP_LONGEST: u32 = 192;

/// Finds plates by their corners and reads them.
#[derive(Debug)]
pub struct OwnReader {
    places: CornerDetector,
    rows: RowReader,
}

impl OwnReader {
    /// Of these two nets, if they are what this reader can read: one that gives corners and one that reads rows.
    pub(super) fn of(places: NetSession, rows: NetSession) -> Result<Self, PlateError> {
        for (net, wanted) in [(&places, Decoding::PlateCorners), (&rows, Decoding::PlateRows)] {
            if net.decoding() != wanted {
                return Err(PlateError::OtherKind { net: net.choice().name.clone(), is: net.decoding(), wanted });
            }
        }
        Ok(Self { places: CornerDetector::new(places), rows: RowReader::new(rows)? })
    }

    /// The nets it uses.
    #[must_use]
    pub fn models(&self) -> [ModelChoice; 2] {
        [self.places.net().choice().clone(), self.rows.net().choice().clone()]
    }

    /// Every plate on a picture whose longer side is brought to `longest` pixels for the search; `vehicle` is what carries the
    /// plates, when known. Best first.
    pub fn read(
        &mut self,
        picture: &BgrPicture,
        longest: u32,
        vehicle: Option<VehicleHint>,
        times: &mut ReadTimes,
    ) -> Result<Vec<PlateRead>, PlateError> {
        let mut found = Vec::new();
        let places = timed(&mut times.find, || self.places.find(picture, longest))?;
        for place in places.into_iter().take(MOST_READ) {
            let Some((judged, colour)) = self.read_between(picture, &place.corners, vehicle, times)? else { continue };
            if is_a_plate(&judged, &place.corners) {
                found.push(PlateRead::of(judged, place.corners, colour));
            }
        }
        Ok(best_of_each_place(found))
    }

    /// A picture that is one plate, more or less tightly cut: read between the corners that are found on it, and as it is
    /// where there are none or that reading is weak. `None` when nothing can be read on it.
    pub fn read_crop(&mut self, plate: &BgrPicture, times: &mut ReadTimes) -> Result<Option<PlateRead>, PlateError> {
        let places = timed(&mut times.find, || self.places.find(plate, CROP_LONGEST))?;
        let between = match places.first() {
            Some(place) => self
                .read_between(plate, &place.corners, None, times)?
                .map(|(judged, colour)| PlateRead::of(judged, place.corners, colour)),
            None => None,
        };
        if let Some(read) = between.as_ref().filter(|read| !read.is_weak()) {
            return Ok(Some(read.clone()));
        }
        let (w, h) = (plate.width as f32, plate.height as f32);
        let whole: Quad = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)];
        let rows = timed(&mut times.read, || self.rows.read(plate))?;
        let as_it_is = judge(&rows.rows, rows.colour, None).map(|judged| PlateRead::of(judged, whole, rows.colour));
        Ok(match (between, as_it_is) {
            (Some(between), Some(as_it_is)) => Some(better(between, as_it_is)),
            (one, other) => one.or(other),
        })
    }

    /// What stands between four corners, with its ground; `None` where the reader sees no plate there, or no character.
    fn read_between(
        &mut self,
        picture: &BgrPicture,
        corners: &Quad,
        vehicle: Option<VehicleHint>,
        times: &mut ReadTimes,
    ) -> Result<Option<(Judged, PlateColour)>, PlateError> {
        let read = timed(&mut times.read, || -> Result<_, PlateError> {
            Ok(self.rows.read(&straightened(picture, corners)?)?)
        })?;
        if read.is_plate < LEAST_PLATE {
            return Ok(None);
        }
        Ok(judge(&read.rows, read.colour, vehicle).map(|judged| (judged, read.colour)))
    }
}

/// The plate between four corners, upright, at the reader's size. Warping takes single pixels: a plate much larger than that
/// is cut at its own size first and then averaged down.
fn straightened(picture: &BgrPicture, corners: &Quad) -> Result<BgrPicture, PictureError> {
    let around = grown(corners, GROWN, GROWN);
    let (w, h) = size(&around);
    if w <= 1.5 * WIDTH as f32 && h <= 1.5 * HEIGHT as f32 {
        return picture.rectified(around, WIDTH, HEIGHT);
    }
    let side = |length: f32, least: u32| (length.round() as u32).clamp(least, 4 * least);
    picture.rectified(around, side(w, WIDTH), side(h, HEIGHT))?.resized(WIDTH, HEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_between_corners_is_brought_upright_whatever_its_size() {
        // Left half dark, right half light, on a picture that is otherwise grey.
        let mut picture = BgrPicture::filled(800, 400, [128; 3]).unwrap();
        for y in 100..300u32 {
            for x in 200..600u32 {
                let at = ((y * 800 + x) * 3) as usize;
                picture.data[at..at + 3].fill(if x < 400 { 10 } else { 240 });
            }
        }
        let upright =
            straightened(&picture, &[(200.0, 100.0), (600.0, 100.0), (600.0, 300.0), (200.0, 300.0)]).unwrap();
        assert_eq!((upright.width, upright.height), (WIDTH, HEIGHT));
        assert!(upright.pixel(30, 32)[0] < 30 && upright.pixel(98, 32)[0] > 220);
        let small = straightened(&picture, &[(390.0, 190.0), (410.0, 190.0), (410.0, 200.0), (390.0, 200.0)]).unwrap();
        assert!(small.pixel(20, 32)[0] < 30 && small.pixel(108, 32)[0] > 220);
    }
}
