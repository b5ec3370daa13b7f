//! The project's own plate detector: a map of how likely a plate's middle lies in each place, with its four corners there,
//! turned into quadrilaterals. What stands on a plate, and whether it is one at all, is for the reader to say.

use super::DetectionError;
use super::text_regions::Quad;
use crate::inference::{NetSession, Output, Placement, place};
use crate::picture::BgrPicture;

/// A place of the map is so many pixels of the input wide and high.
const STRIDE: f32 = 8.0;
/// Places of one picture that are looked at, best first.
const MOST_PLACES: usize = 50;

/// A plate that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlatePlace {
    /// Its corners as the plate is read: clockwise from its own top left, in pixels of the picture; may lie a little outside.
    pub corners: Quad,
    /// How sure, 0..1.
    pub score: f32,
}

/// Finds plates by their corners.
#[derive(Debug)]
pub struct CornerDetector {
    net: NetSession,
}

impl CornerDetector {
    /// Around a net with `plate_corners` decoding.
    #[must_use]
    pub fn new(net: NetSession) -> Self {
        Self { net }
    }

    /// The plates of a picture whose longer side is brought to `longest` pixels, best first, none twice.
    pub fn find(&mut self, picture: &BgrPicture, longest: u32) -> Result<Vec<PlatePlace>, DetectionError> {
        let placed = place(picture, self.net.input(), Some(longest)).map_err(DetectionError::Inference)?;
        let outputs = self.net.run(placed.shape, placed.data).map_err(DetectionError::Inference)?;
        let defaults = self.net.defaults();
        decode(&outputs, &placed.placement, defaults.score, defaults.overlap)
            .ok_or_else(|| DetectionError::Output(format!("{} gave maps of other sizes", self.net.choice().name)))
    }

    /// Which net.
    #[must_use]
    pub fn net(&self) -> &NetSession {
        &self.net
    }
}

/// `outputs`: `score` [1, 1, rows, columns], 0 wherever a neighbour is higher, and `corners` [1, 8, rows, columns], pixels from
/// the place's middle. `None` when the sizes do not fit.
#[must_use]
pub fn decode(outputs: &[Output], placement: &Placement, least: f32, overlap: f32) -> Option<Vec<PlatePlace>> {
    let [score, corners] = outputs else { return None };
    let (columns, rows) = (placement.width as usize / STRIDE as usize, placement.height as usize / STRIDE as usize);
    let places = rows * columns;
    if score.data.len() != places || corners.data.len() != places * 8 {
        return None;
    }
    let mut peaks: Vec<(usize, f32)> =
        score.data.iter().copied().enumerate().filter(|(_, s)| s.is_finite() && *s >= least).collect();
    peaks.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut found: Vec<PlatePlace> = Vec::new();
    for (at, score) in peaks.into_iter().take(MOST_PLACES) {
        let middle = (((at % columns) as f32 + 0.5) * STRIDE, ((at / columns) as f32 + 0.5) * STRIDE);
        let corner = |i: usize| {
            let (dx, dy) = (corners.data[2 * i * places + at], corners.data[(2 * i + 1) * places + at]);
            placement.to_picture(middle.0 + dx, middle.1 + dy)
        };
        let corners = [corner(0), corner(1), corner(2), corner(3)];
        let finite = corners.iter().all(|(x, y)| x.is_finite() && y.is_finite());
        if finite && found.iter().all(|better| shared(&better.corners, &corners) < overlap) {
            found.push(PlatePlace { corners, score });
        }
    }
    Some(found)
}

/// Intersection over union of the boxes around two quadrilaterals.
fn shared(a: &Quad, b: &Quad) -> f32 {
    let bounds = |q: &Quad| {
        q.iter().fold([f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY], |[l, t, r, d], (x, y)| {
            [l.min(*x), t.min(*y), r.max(*x), d.max(*y)]
        })
    };
    let ([al, at, ar, ab], [bl, bt, br, bb]) = (bounds(a), bounds(b));
    let both = (ar.min(br) - al.max(bl)).max(0.0) * (ab.min(bb) - at.max(bt)).max(0.0);
    both / ((ar - al) * (ab - at) + (br - bl) * (bb - bt) - both).max(1e-6)
}

#[cfg(test)]
mod tests {
    use super::super::net::test_support::{filled, placement};
    use super::*;

    /// Maps of a 64 × 32 input with nothing on them.
    fn maps() -> [Output; 2] {
        [filled(&[1, 1, 4, 8], 0.0), filled(&[1, 8, 4, 8], 0.0)]
    }

    /// A plate of the given half width and height about the middle of a place.
    fn put(maps: &mut [Output; 2], row: usize, column: usize, score: f32, half: (f32, f32)) {
        let at = row * 8 + column;
        maps[0].data[at] = score;
        for (i, (x, y)) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].into_iter().enumerate() {
            maps[1].data[2 * i * 32 + at] = x * half.0;
            maps[1].data[(2 * i + 1) * 32 + at] = y * half.1;
        }
    }

    #[test]
    fn a_peak_becomes_four_corners_on_the_picture() {
        let mut maps = maps();
        put(&mut maps, 1, 3, 0.9, (10.0, 5.0));
        let found = decode(&maps, &placement(64, 32), 0.3, 0.3).unwrap();
        // Middle (28, 12) in the input; the picture is twice as large.
        assert_eq!(
            found,
            [PlatePlace { corners: [(36.0, 14.0), (76.0, 14.0), (76.0, 34.0), (36.0, 34.0)], score: 0.9 }]
        );
    }

    #[test]
    fn faint_ones_and_the_same_plate_twice_fall_away() {
        let mut maps = maps();
        put(&mut maps, 1, 2, 0.8, (12.0, 6.0));
        put(&mut maps, 1, 3, 0.9, (12.0, 6.0));
        put(&mut maps, 3, 6, 0.2, (4.0, 2.0));
        let found = decode(&maps, &placement(64, 32), 0.3, 0.3).unwrap();
        assert_eq!(found.iter().map(|f| f.score).collect::<Vec<_>>(), [0.9]);
    }

    #[test]
    fn maps_of_another_size_and_numbers_that_are_none_give_nothing() {
        assert_eq!(decode(&maps(), &placement(32, 32), 0.3, 0.3), None);
        let mut maps = maps();
        put(&mut maps, 0, 0, 0.9, (f32::NAN, 1.0));
        put(&mut maps, 0, 4, f32::NAN, (1.0, 1.0));
        assert_eq!(decode(&maps, &placement(64, 32), 0.3, 0.3), Some(vec![]));
    }
}
