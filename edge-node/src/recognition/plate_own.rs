//! Plates by the project's own nets: four corners on the picture, the plate straightened between them, and its rows read at
//! once. Milliseconds a plate. A general reader may be asked besides; that is not decided here.

use contract::event::PlateColour;
use contract::plate::VehicleHint;

use super::plate::{PlateError, PlateRead, View, best_of_each_place, better, is_a_plate, overlap};
use super::plate_colour::{background, has_colours};
use super::plate_judge::{Judged, judge};
use super::plate_layout::{grown, size};
use super::plate_rows::{PlateRows, RowReader};
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
/// Longer side at which a plate is looked for on a picture of one plate, with its edge drawn out by
const CROP_LONGEST: u32 = 224;
/// this share on each side: the net has learnt plates that stand in something.
const CROP_AROUND: f32 = 0.3;
/// A crop whose every character is at least so sure is not looked at again.
const CROP_SURE: f32 = 0.95;

/// Longer sides at which plates are looked for, largest first. The net finds plates of 16 to 260 pixels: near ones in the small look, far ones in
/// the large.
const fn looks(view: View) -> &'static [u32] {
    match view {
        View::Street => &[640, 320],
        View::Vehicle => &[512],
    }
}

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

    /// Every plate on a street picture, or on the cut of one vehicle; `vehicle` is what carries the plates, when known. Best first.
    pub fn read(
        &mut self,
        picture: &BgrPicture,
        view: View,
        vehicle: Option<VehicleHint>,
        times: &mut ReadTimes,
    ) -> Result<Vec<PlateRead>, PlateError> {
        let mut found: Vec<PlateRead> = Vec::new();
        for (longest, small) in timed(&mut times.find, || shrunk(picture, looks(view)))? {
            let places = timed(&mut times.find, || self.places.find(&small, longest))?;
            let (x, y) = (picture.width as f32 / small.width as f32, picture.height as f32 / small.height as f32);
            for place in places.into_iter().take(MOST_READ) {
                let corners = place.corners.map(|corner| (corner.0 * x, corner.1 * y));
                // What a look before has surely read is not read again.
                if found.iter().any(|read| overlap(&read.corners, &corners) && !read.is_weak()) {
                    continue;
                }
                let Some((judged, colour)) = self.read_between(picture, &corners, vehicle, times)? else { continue };
                if is_a_plate(&judged, &corners) {
                    found.push(PlateRead::of(judged, corners, colour));
                }
            }
        }
        Ok(best_of_each_place(found))
    }

    /// A picture that is one plate, more or less tightly cut: read as it is, and where that is not sure also between the
    /// corners that are found on it. `None` when nothing can be read on it.
    pub fn read_crop(&mut self, plate: &BgrPicture, times: &mut ReadTimes) -> Result<Option<PlateRead>, PlateError> {
        let (w, h) = (plate.width as f32, plate.height as f32);
        let whole: Quad = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)];
        let rows = timed(&mut times.read, || self.rows.read(plate))?;
        let colour = ground(&rows, plate, plate);
        let as_it_is = judge(&rows.rows, colour, None).map(|judged| PlateRead::of(judged, whole, colour));
        if let Some(read) = as_it_is.as_ref().filter(|read| read.is_surely(CROP_SURE)) {
            return Ok(Some(read.clone()));
        }
        let found = timed(&mut times.find, || -> Result<_, PlateError> {
            let around = grown(&whole, CROP_AROUND, CROP_AROUND);
            let share = 1.0 + 2.0 * CROP_AROUND;
            let scale = (CROP_LONGEST as f32 / (share * w.max(h))).min(1.0);
            // Averaged down first: what is cut with an edge takes single pixels.
            let side = |length: f32| (length * scale).round().max(4.0);
            let small = plate.resized(side(w) as u32, side(h) as u32)?;
            let at = around.map(|(x, y)| (x * side(w) / w, y * side(h) / h));
            let wide = small.rectified(at, (side(w) * share).round() as u32, (side(h) * share).round() as u32)?;
            let back = |(x, y): (f32, f32)| {
                (
                    x * share * w / wide.width as f32 - CROP_AROUND * w,
                    y * share * h / wide.height as f32 - CROP_AROUND * h,
                )
            };
            let places = self.places.find(&wide, CROP_LONGEST)?;
            Ok(places.first().map(|place| place.corners.map(back)))
        })?;
        let between = match found {
            Some(corners) => self
                .read_between(plate, &corners, None, times)?
                .map(|(judged, colour)| PlateRead::of(judged, corners, colour)),
            None => None,
        };
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
        let upright = timed(&mut times.read, || straightened(picture, corners))?;
        let read = timed(&mut times.read, || self.rows.read(&upright))?;
        if read.is_plate < LEAST_PLATE {
            return Ok(None);
        }
        let colour = ground(&read, &upright, picture);
        Ok(judge(&read.rows, colour, vehicle).map(|judged| (judged, colour)))
    }
}

/// The ground of a plate. The net sees the plate alone, and says *unknown* where a white one stands in neutral light: then the
/// picture around it says whether there are colours at all.
fn ground(read: &PlateRows, upright: &BgrPicture, picture: &BgrPicture) -> PlateColour {
    match read.colour {
        PlateColour::Unknown if has_colours(picture) => background(upright),
        colour => colour,
    }
}

/// A picture for each look, not larger than the look wants it; each is made of the one before, which is the largest.
fn shrunk(picture: &BgrPicture, looks: &[u32]) -> Result<Vec<(u32, BgrPicture)>, PictureError> {
    let mut made: Vec<(u32, BgrPicture)> = Vec::with_capacity(looks.len());
    for &longest in looks {
        let from = made.last().map_or(picture, |(_, larger)| larger);
        let scale = (longest as f32 / from.width.max(from.height) as f32).min(1.0);
        let side = |length: u32| ((length as f32 * scale).round() as u32).max(1);
        let small = from.resized(side(from.width), side(from.height))?;
        made.push((longest, small));
    }
    Ok(made)
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
    use crate::inference::runtime::weights_or_note;
    use crate::recognition::plate::PlateReader;

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

    #[test]
    fn the_shipped_nets_come_first_and_read_nothing_where_there_is_nothing() {
        let names = ["plates_detector", "plates_reader"];
        let store = weights_or_note("our own plate nets", &names).expect("they lie in the repository");
        let mut reader = PlateReader::open(&store).unwrap();
        let first: Vec<String> = reader.models().into_iter().take(2).map(|choice| choice.name).collect();
        assert_eq!(first, names);
        // A street with a bright box and stripes on it, of a size that no net wants as it is.
        let mut street = BgrPicture::filled(1283, 721, [96, 104, 110]).unwrap();
        for y in 300..360u32 {
            for x in 400..640u32 {
                let at = ((y * 1283 + x) * 3) as usize;
                street.data[at..at + 3].fill(if x % 24 < 12 { 235 } else { 20 });
            }
        }
        assert_eq!(reader.read(&street, View::Street, None).unwrap(), []);
        assert_eq!(reader.read(&BgrPicture::filled(3, 2, [0; 3]).unwrap(), View::Vehicle, None).unwrap(), []);
        // What no plate is, is none as a crop either, however small or long.
        for (w, h) in [(1, 1), (2, 300), (900, 3)] {
            assert_eq!(reader.read_crop(&BgrPicture::filled(w, h, [120; 3]).unwrap()).unwrap(), None, "{w} × {h}");
        }
    }

    #[test]
    fn looks_are_made_of_one_another_and_never_larger_than_the_picture() {
        let picture = BgrPicture::filled(1920, 1080, [9; 3]).unwrap();
        let sizes = |picture: &BgrPicture| {
            shrunk(picture, looks(View::Street)).unwrap().iter().map(|(_, p)| (p.width, p.height)).collect::<Vec<_>>()
        };
        assert_eq!(sizes(&picture), [(640, 360), (320, 180)]);
        assert_eq!(sizes(&BgrPicture::filled(100, 40, [9; 3]).unwrap()), [(100, 40), (100, 40)]);
    }
}
