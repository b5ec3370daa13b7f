//! Does a face turn like a head, or like a sheet of paper? No weights: geometry alone.
//!
//! The eyes and the mouth of a head lie near one plane, the tip of the nose stands before it. Under an affine camera (a face
//! seen from a few metres) the place of the nose in the frame *eye to eye, eyes to mouth* is the same on every view of a
//! flat picture, however it is moved, turned or tilted, because affine maps keep affine coordinates; on a head that turns by
//! θ it wanders by about `depth · sin θ` (Koenderink and van Doorn, "Affine structure from motion", JOSA A 1991).
//!
//! Limits, stated wherever the answer is shown: a video on a screen turns like a head, and so does a mask; a print that is
//! bent wanders a little; whoever never turns proves nothing. It is one reason to ask a person, never a proof of life.

use std::collections::VecDeque;

use contract::geometry::Point;

/// Range of the nose's place across the eyes, in eye distances, from which a face has turned like a head. A nose stands out
/// by about 0.4 to 0.5 eye distances, so this is a turn of some 20° from side to side.
pub const TURNED_LIKE_A_HEAD: f32 = 0.14;
/// Share of the views that must lie at or beyond each end of the range, and the fewest: landmarks that go astray now and then
/// prove nothing, however long somebody stands there.
const SHARE_AT_EACH_END: usize = 10;
const FEWEST_AT_EACH_END: usize = 3;
/// The newest views count, some five seconds of them.
const VIEWS_KEPT: usize = 60;

/// The nose in the frame of eyes and mouth: across (in eye distances from the middle of the eyes) and down (0 = eyes, 1 =
/// mouth). `picture` is width and height in pixels. `None` for landmarks that make no frame.
#[must_use]
pub fn nose_place(landmarks: &[Point], picture: (u32, u32)) -> Option<(f32, f32)> {
    let at = |p: &Point| (p.x * picture.0 as f32, p.y * picture.1 as f32);
    let (right, left, nose, mouth) = match landmarks {
        [right, left, nose, a, b] => {
            let (a, b) = (at(a), at(b));
            (at(right), at(left), at(nose), ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0))
        }
        [right, left, nose, mouth, _, _] => (at(right), at(left), at(nose), at(mouth)),
        _ => return None,
    };
    let middle = ((right.0 + left.0) / 2.0, (right.1 + left.1) / 2.0);
    let (across, down) = ((left.0 - right.0, left.1 - right.1), (mouth.0 - middle.0, mouth.1 - middle.1));
    let nose = (nose.0 - middle.0, nose.1 - middle.1);
    let area = across.0 * down.1 - across.1 * down.0;
    // Eyes and mouth on one line: seen from the side, or no face.
    let long = across.0.hypot(across.1) * down.0.hypot(down.1);
    if !(area.abs() > 0.2 * long && long > 0.0) {
        return None;
    }
    let place = ((nose.0 * down.1 - nose.1 * down.0) / area, (across.0 * nose.1 - across.1 * nose.0) / area);
    (place.0.is_finite() && place.1.is_finite()).then_some(place)
}

/// How a face turned lately.
#[derive(Debug, Clone, Default)]
pub struct FaceTurn {
    across: VecDeque<f32>,
}

impl FaceTurn {
    /// One more view.
    pub fn add(&mut self, (across, _): (f32, f32)) {
        if self.across.len() == VIEWS_KEPT {
            self.across.pop_front();
        }
        self.across.push_back(across);
    }

    /// Range of the nose's place across, in eye distances, each end told by a tenth of the views and three at least.
    #[must_use]
    pub fn range(&self) -> f32 {
        let mut across: Vec<f32> = self.across.iter().copied().collect();
        across.sort_by(f32::total_cmp);
        let at_each_end = (across.len() / SHARE_AT_EACH_END).max(FEWEST_AT_EACH_END);
        if across.len() < 2 * at_each_end {
            return 0.0;
        }
        across[across.len() - at_each_end] - across[at_each_end - 1]
    }

    /// It turned as heads do.
    #[must_use]
    pub fn like_a_head(&self) -> bool {
        self.range() >= TURNED_LIKE_A_HEAD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A head's landmarks: right eye, left eye, nose, mouth corners; units of eye distances, z towards the camera.
    const HEAD: [(f32, f32, f32); 5] =
        [(-0.5, 0.0, 0.0), (0.5, 0.0, 0.0), (0.0, 0.6, 0.45), (-0.4, 1.05, 0.0), (0.4, 1.05, 0.0)];

    /// Turned about the vertical and nodded, seen by a pinhole `distance` eye distances away.
    fn seen(head: &[(f32, f32, f32); 5], turn_deg: f32, nod_deg: f32, distance: f32) -> Vec<Point> {
        let (ty, tx) = (turn_deg.to_radians(), nod_deg.to_radians());
        head.iter()
            .map(|(x, y, z)| {
                let (x, z) = (x * ty.cos() + z * ty.sin(), -x * ty.sin() + z * ty.cos());
                let (y, z) = (y * tx.cos() - z * tx.sin(), y * tx.sin() + z * tx.cos());
                let scale = distance / (distance - z);
                Point::new(0.5 + x * scale * 0.1, 0.4 + y * scale * 0.1)
            })
            .collect()
    }

    fn flat() -> [(f32, f32, f32); 5] {
        HEAD.map(|(x, y, _)| (x, y, 0.0))
    }

    fn range(head: &[(f32, f32, f32); 5], turns: impl Iterator<Item = (f32, f32)>) -> f32 {
        let mut turn = FaceTurn::default();
        for (y, x) in turns {
            turn.add(nose_place(&seen(head, y, x, 25.0), (1000, 1000)).unwrap());
        }
        turn.range()
    }

    fn sway(degrees: f32) -> impl Iterator<Item = (f32, f32)> {
        (-10..=10_i8).map(move |step| (f32::from(step) / 10.0 * degrees, 5.0))
    }

    #[test]
    fn a_head_that_turns_shows_it_and_a_print_does_not_however_it_is_tilted() {
        assert!(range(&HEAD, sway(15.0)) > TURNED_LIKE_A_HEAD);
        assert!(range(&HEAD, sway(3.0)) < TURNED_LIKE_A_HEAD, "whoever stands still proves nothing");
        assert!(range(&flat(), sway(15.0)) < 0.03);
        assert!(range(&flat(), sway(35.0)) < 0.06, "perspective moves it a little");
        // A picture of a head seen half from the side, swayed as a print.
        let turned: Vec<Point> = seen(&HEAD, 20.0, 0.0, 25.0);
        let print: Vec<(f32, f32, f32)> =
            turned.iter().map(|p| ((p.x - 0.5) * 10.0, (p.y - 0.4) * 10.0, 0.0)).collect();
        assert!(range(&print.try_into().unwrap(), sway(25.0)) < 0.05);
    }

    #[test]
    fn two_wild_landmark_sets_prove_nothing() {
        let mut turn = FaceTurn::default();
        for wild in [0.0, 0.01, 0.0, 0.01, 0.0, 0.02, 0.0, 0.9, -0.9, 0.8, -0.8] {
            turn.add((wild, 0.5));
        }
        assert!(!turn.like_a_head());
        assert_eq!(FaceTurn::default().range(), 0.0);
    }

    #[test]
    fn patience_gives_a_print_no_life_and_takes_none_from_whoever_stood_still_first() {
        let mut print = FaceTurn::default();
        for view in 0..2000 {
            // One view in twenty-five is a landmark set gone astray, to either side.
            let wild = if view % 50 == 0 { -0.4 } else { 0.4 };
            print.add((if view % 25 == 0 { wild } else { 0.01 * f32::from(i8::from(view % 2 == 0)) }, 0.5));
            assert!(!print.like_a_head(), "after {view} views");
        }
        let mut head = FaceTurn::default();
        (0..500).for_each(|_| head.add((0.0, 0.5)));
        assert!(!head.like_a_head());
        (0..VIEWS_KEPT as u8).for_each(|view| head.add((f32::from(view % 20) * 0.02 - 0.2, 0.5)));
        assert!(head.like_a_head());
    }

    #[test]
    fn six_landmarks_give_the_same_place_and_useless_ones_none() {
        let five = seen(&HEAD, 10.0, 0.0, 25.0);
        let middle = Point::new((five[3].x + five[4].x) / 2.0, (five[3].y + five[4].y) / 2.0);
        let six = [five[0], five[1], five[2], middle, five[0], five[1]];
        let (a, b) = (nose_place(&five, (640, 480)).unwrap(), nose_place(&six, (640, 480)).unwrap());
        assert!((a.0 - b.0).abs() < 1e-5 && (a.1 - b.1).abs() < 1e-5);
        assert_eq!(nose_place(&five[..4], (640, 480)), None);
        assert_eq!(nose_place(&[Point::new(0.5, 0.5); 5], (640, 480)), None);
    }
}
