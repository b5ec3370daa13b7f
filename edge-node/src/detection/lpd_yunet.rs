//! LPD-YuNet: plates with four corners, on a 320×240 picture. Made for one-line Chinese plates.

use contract::geometry::Point;

use super::net::{share_point, share_rect};
use super::{Detection, ObjectClass};
use crate::inference::{Output, Placement};

/// Stride of each level and the sizes of its priors, in pixels.
const LEVELS: [(u32, &[f32]); 4] =
    [(8, &[10.0, 16.0, 24.0]), (16, &[32.0, 48.0]), (32, &[64.0, 96.0]), (64, &[128.0, 192.0, 256.0])];
/// Offsets are in tenths of the prior's size.
const VARIANCE: f32 = 0.1;
/// Numbers in a row, and where the corners stand, clockwise from the top left.
const WIDTH: usize = 14;
const CORNERS: [usize; 4] = [4, 6, 10, 12];

/// `outputs`: `loc` [n, 14], `conf` [n, 2], `iou` [n, 1]. `None` when the sizes do not fit.
#[must_use]
pub fn decode(outputs: &[Output], placement: &Placement, min_score: f32) -> Option<Vec<Detection>> {
    let [places, confidence, overlap] = outputs else { return None };
    let priors = priors(placement.width, placement.height);
    let n = priors.len();
    if places.data.len() != n * WIDTH || confidence.data.len() != n * 2 || overlap.data.len() != n {
        return None;
    }
    let mut found = Vec::new();
    for (index, (cx, cy, size)) in priors.into_iter().enumerate() {
        let score = (confidence.data[index * 2 + 1].clamp(0.0, 1.0) * overlap.data[index].clamp(0.0, 1.0)).sqrt();
        if score < min_score {
            continue;
        }
        let row = &places.data[index * WIDTH..(index + 1) * WIDTH];
        let corners = CORNERS.map(|at| (cx + row[at] * VARIANCE * size, cy + row[at + 1] * VARIANCE * size));
        let keypoints: Vec<Point> = corners.iter().map(|(x, y)| share_point(placement, *x, *y)).collect();
        let bound = |pick: fn(f32, f32) -> f32, side: fn(&(f32, f32)) -> f32| corners.iter().map(side).reduce(pick);
        let (left, right) = (bound(f32::min, |c| c.0)?, bound(f32::max, |c| c.0)?);
        let (top, bottom) = (bound(f32::min, |c| c.1)?, bound(f32::max, |c| c.1)?);
        if let Some(rect) = share_rect(placement, left, top, right, bottom) {
            found.push(Detection { class: ObjectClass::Plate, score, rect, keypoints });
        }
    }
    Some(found)
}

/// Middle and size of every prior, in pixels. The coarse grids lose their odd rows, as in training.
fn priors(width: u32, height: u32) -> Vec<(f32, f32, f32)> {
    let halved = |side: u32| side.div_ceil(2) / 2;
    let (mut columns, mut rows) = (halved(width), halved(height));
    let mut priors = Vec::new();
    for (stride, sizes) in LEVELS {
        (columns, rows) = (columns / 2, rows / 2);
        for row in 0..rows {
            for col in 0..columns {
                let (cx, cy) = ((col as f32 + 0.5) * stride as f32, (row as f32 + 0.5) * stride as f32);
                priors.extend(sizes.iter().map(|size| (cx, cy, *size)));
            }
        }
    }
    priors
}

#[cfg(test)]
mod tests {
    use super::super::net::test_support::{filled, placement};
    use super::*;

    #[test]
    fn there_are_as_many_priors_as_the_net_has_rows() {
        assert_eq!(priors(320, 240).len(), 4385);
    }

    #[test]
    fn a_prior_becomes_a_plate_with_corners() {
        let placement = placement(320, 240);
        let mut outputs = [filled(&[4385, 14], 0.0), filled(&[4385, 2], 0.0), filled(&[4385, 1], 1.0)];
        // First level, row 3, column 5, second size: middle (44, 28), 16 pixels.
        let index = (3 * 40 + 5) * 3 + 1;
        outputs[1].data[index * 2 + 1] = 0.64;
        let corners = [(-10.0, -5.0), (10.0, -5.0), (10.0, 5.0), (-10.0, 5.0)];
        for (at, (x, y)) in CORNERS.iter().zip(corners) {
            outputs[0].data[index * 14 + at] = x;
            outputs[0].data[index * 14 + at + 1] = y;
        }
        let found = decode(&outputs, &placement, 0.5).unwrap();
        assert_eq!(found.len(), 1);
        assert!((found[0].score - 0.8).abs() < 1e-6);
        let first = found[0].keypoints[0];
        assert!((first.x - 28.0 / 320.0).abs() < 1e-6 && (first.y - 20.0 / 240.0).abs() < 1e-6);
        assert!((found[0].rect.w - 32.0 / 320.0).abs() < 1e-6);
    }
}
