//! Is the view the one that was set up? Dark or covered, frozen, moved: each only after it has lasted, and gone only after it
//! has been gone for a while. Pure: small grey pictures and moments in, findings out.
//!
//! Moved: the edges that are always there are learned with their direction. Light changes them little, and a crowd hides
//! only some of them, so a view counts as moved when they are found again at another place, or hardly any is found for long.
//! A mast that sags and a mount that gives by a few pixels do a line no harm: up to [`TOLERATED`] the view is the same one,
//! and what is learned is put back to where it was, so that a slow drift is measured from where it began.

use contract::clock::UtcMicros;
use contract::event::ViewTrouble;
use serde::{Deserialize, Serialize};

use crate::picture::{GreyPicture, PictureError};

/// What is wrong with a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ViewFinding {
    /// Too dark to see, or covered.
    pub dark: bool,
    /// The picture does not change at all, not even by noise.
    pub frozen: bool,
    /// Not the view the lines were drawn on.
    pub moved: bool,
}

impl ViewFinding {
    /// May lines count on this view? Time in which they may not is lost time, not empty time.
    #[must_use]
    pub const fn counts(self) -> bool {
        !(self.dark || self.frozen || self.moved)
    }

    /// As events name it.
    #[must_use]
    pub fn troubles(self) -> Vec<ViewTrouble> {
        [(self.dark, ViewTrouble::Dark), (self.frozen, ViewTrouble::Frozen), (self.moved, ViewTrouble::Moved)]
            .into_iter()
            .filter_map(|(is, trouble)| is.then_some(trouble))
            .collect()
    }
}

/// A condition that counts only after it has lasted, both ways.
#[derive(Debug, Clone)]
struct Lasting {
    on_after_us: i64,
    off_after_us: i64,
    on: bool,
    since: Option<UtcMicros>,
}

impl Lasting {
    const fn new(on_after_s: i64, off_after_s: i64) -> Self {
        Self { on_after_us: on_after_s * 1_000_000, off_after_us: off_after_s * 1_000_000, on: false, since: None }
    }

    fn update(&mut self, now_so: bool, at: UtcMicros) -> bool {
        if now_so == self.on {
            self.since = None;
            return self.on;
        }
        let since = *self.since.get_or_insert(at);
        let needed = if self.on { self.off_after_us } else { self.on_after_us };
        // A moment before `since` is a clock that went back: begin again.
        if at < since {
            self.since = Some(at);
        } else if at.since_us(since) >= needed {
            self.on = now_so;
            self.since = None;
        }
        self.on
    }
}

/// Edges are judged on a picture of this width.
const WIDTH: u32 = 160;
/// … and this height.
const HEIGHT: u32 = 90;
/// Below this mean brightness, with little spread, nothing is to be seen.
const DARK_MEAN: f32 = 20.0;
/// Spread (standard deviation) of a dark picture with a few lamps at most.
const DARK_SPREAD: f32 = 12.0;
/// Spread of a covered lens, however bright.
const COVERED_SPREAD: f32 = 6.0;
/// Seconds between two looks at the edges.
const LOOK_EVERY_US: i64 = 1_000_000;
/// Seconds of learning before a view can count as moved.
const LEARN_US: i64 = 10_000_000;
/// Looks in which edges learned long ago must be found again.
const PROOF_LOOKS: u32 = 10;
/// An edge is known from this strength on (2 for each look that sees it, −1 for each that does not).
const KNOWN: u8 = 12;
/// Strongest an edge gets: what is gone for longer than this is forgotten.
const STRONGEST: u8 = 60;
/// With fewer known edges nothing can be said.
const FEWEST_EDGES: usize = 80;
/// Share of known edges found below which the view is another one …
const LOST_SHARE: f32 = 0.3;
/// … and above which it is the same.
const SAME_SHARE: f32 = 0.5;
/// How far a turn of the camera is looked for, pixels of the small picture.
const REACH: i32 = 16;
/// A view that has moved by so many pixels of the small picture at most (2.5 % of the width) is still the same.
const TOLERATED: i32 = 4;
/// So much more of the edges must be found beside the old place to believe that the view is a little off.
const BESIDE: f32 = 0.05;

/// No pixel of a frozen picture differs by more steps of grey than this from the first one …
const FROZEN_STEP: u8 = 9;
/// … and all of them together by less than this on average.
const FROZEN_MEAN: f64 = 1.0;

/// Watches the view of one camera.
#[derive(Debug, Clone)]
pub struct View {
    dark: Lasting,
    frozen: Lasting,
    shifted: Lasting,
    lost: Lasting,
    before: Vec<u8>,
    edges: Option<Edges>,
    looked: Option<UtcMicros>,
    moved: bool,
    /// So many looks are left in which edges learned long ago, perhaps in another light, may be found again; 0: they are sure.
    unproven: u32,
}

/// What a view looks like, as far as it is known: the direction of each edge that is always there, by the cells of a raster of
/// 160 × 90, as text of digits (0: no edge). Holds no brightness and no colour, and nothing that moves or stands for less than
/// some seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KnownView(String);

impl Default for View {
    fn default() -> Self {
        Self::new()
    }
}

impl View {
    /// Knows no view yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            dark: Lasting::new(3, 2),
            // A quiet night may pass without a change for a while.
            frozen: Lasting::new(20, 1),
            shifted: Lasting::new(3, 3),
            // A bus may stand in front of most of the view for a few seconds.
            lost: Lasting::new(8, 3),
            before: Vec::new(),
            edges: None,
            looked: None,
            moved: false,
            unproven: 0,
        }
    }

    /// What was learned, once it is enough to judge by.
    #[must_use]
    pub fn known(&self) -> Option<KnownView> {
        let edges = self.edges.as_ref().filter(|edges| edges.known().len() >= FEWEST_EDGES)?;
        let digit =
            |(direction, strength): (&u8, &u8)| char::from(b'0' + if *strength >= KNOWN { *direction } else { 0 });
        Some(KnownView(edges.direction.iter().zip(&edges.strength).map(digit).collect()))
    }

    /// Judges by what was learned before. Where that is not `recent`, the light may be another one, and a view that is found
    /// neither here nor beside is learned anew; found beside, it counts as moved all the same.
    pub fn judge_by(&mut self, known: &KnownView, recent: bool) {
        let cells = (WIDTH * HEIGHT) as usize;
        let direction: Vec<u8> = known.0.bytes().map(|digit| digit.wrapping_sub(b'0')).collect();
        // What is no view of ours is no view.
        if direction.len() != cells || direction.iter().any(|d| *d > 8) {
            return;
        }
        let strength = direction.iter().map(|d| if *d == 0 { 0 } else { STRONGEST / 2 }).collect();
        self.edges = Some(Edges { direction, strength, began: UtcMicros(-LEARN_US) });
        self.unproven = if recent { 0 } else { PROOF_LOOKS };
    }

    /// Looks at one picture.
    pub fn look(&mut self, grey: &GreyPicture, at: UtcMicros) -> Result<ViewFinding, PictureError> {
        let small = grey.resized(WIDTH, HEIGHT)?;
        let same = repeats(&self.before, &grey.data);
        let frozen = self.frozen.update(same, at);
        if !same {
            self.before.clone_from(&grey.data);
        }
        let (mean, spread) = mean_and_spread(&small.data);
        let blind = (mean < DARK_MEAN && spread < DARK_SPREAD) || spread < COVERED_SPREAD;
        let dark = self.dark.update(blind, at);
        if !blind && !same && self.looked.is_none_or(|t| at.since_us(t) >= LOOK_EVERY_US || at < t) {
            self.looked = Some(at);
            self.look_at_edges(&small, at);
        }
        Ok(ViewFinding { dark, frozen, moved: self.moved })
    }

    fn look_at_edges(&mut self, small: &GreyPicture, at: UtcMicros) {
        let seen = directions(small);
        let edges = self.edges.get_or_insert_with(|| Edges::new(at));
        let known = edges.known();
        if at.since_us(edges.began) < LEARN_US || known.len() < FEWEST_EDGES {
            edges.learn(&seen, (0, 0));
            return;
        }
        // A few hundred edges tell as much as thousands.
        let some: Vec<Edge> = known.iter().step_by((known.len() / 600).max(1)).copied().collect();
        let beside = best(&some, &seen, |far| far <= TOLERATED);
        let in_place = share_found(&known, &seen, 0, 0);
        let (here, off) = if beside.0 > in_place + BESIDE { beside } else { (in_place, (0, 0)) };
        let elsewhere = if here < 0.6 { best(&some, &seen, |far| far > TOLERATED).0 } else { 0.0 };
        let shifted = elsewhere > 0.4 && elsewhere > here + 0.15;
        if here >= SAME_SHARE || self.moved {
            self.unproven = 0;
        } else if self.unproven > 0 && !shifted {
            self.unproven -= 1;
            if self.unproven == 0 {
                *edges = Edges::new(at);
                return;
            }
        }
        let gone = if self.moved { here < SAME_SHARE } else { here < LOST_SHARE };
        let lost = gone && self.unproven == 0;
        // Both are asked every time, so that each keeps its own count of time.
        let (shifted, lost) = (self.shifted.update(shifted || (self.moved && lost), at), self.lost.update(lost, at));
        self.moved = shifted || lost;
        if here >= SAME_SHARE && !shifted {
            edges.learn(&seen, off);
        }
    }
}

fn mean_and_spread(data: &[u8]) -> (f32, f32) {
    let n = data.len().max(1) as f64;
    let (sum, squares) =
        data.iter().fold((0u64, 0u64), |(s, q), p| (s + u64::from(*p), q + u64::from(*p) * u64::from(*p)));
    let mean = sum as f64 / n;
    (mean as f32, (squares as f64 / n - mean * mean).max(0.0).sqrt() as f32)
}

/// Per pixel: 0 where there is no edge, else 1..=8 for the direction in which it gets brighter.
fn directions(small: &GreyPicture) -> Vec<u8> {
    const LEAST: i32 = 14;
    let (w, h) = (small.width as usize, small.height as usize);
    let mut out = vec![0; w * h];
    let at = |x: usize, y: usize| i32::from(small.data[y * w + x]);
    for y in 1..h.saturating_sub(1) {
        for x in 1..w - 1 {
            let (dx, dy) = (at(x + 1, y) - at(x - 1, y), at(x, y + 1) - at(x, y - 1));
            if dx.abs().max(dy.abs()) >= LEAST {
                let eighth = (f64::from(dy).atan2(f64::from(dx)) / std::f64::consts::FRAC_PI_4).round() as i32;
                out[y * w + x] = eighth.rem_euclid(8) as u8 + 1;
            }
        }
    }
    out
}

/// Edges of the view, with how surely each belongs to it.
#[derive(Debug, Clone)]
struct Edges {
    direction: Vec<u8>,
    strength: Vec<u8>,
    began: UtcMicros,
}

/// A known edge: column, row, direction.
type Edge = (i32, i32, u8);

impl Edges {
    fn new(began: UtcMicros) -> Self {
        let n = (WIDTH * HEIGHT) as usize;
        Self { direction: vec![0; n], strength: vec![0; n], began }
    }

    /// Learns from a view that is off by so many pixels: what it shows is put where it was. What lies outside is not judged.
    fn learn(&mut self, seen: &[u8], (dx, dy): (i32, i32)) {
        let (width, height) = (WIDTH as i32, HEIGHT as i32);
        for (i, (direction, strength)) in self.direction.iter_mut().zip(&mut self.strength).enumerate() {
            let (x, y) = (i as i32 % width + dx, i as i32 / width + dy);
            if !(1..width - 1).contains(&x) || !(1..height - 1).contains(&y) {
                continue;
            }
            let now = seen[(y * width + x) as usize];
            if *strength == 0 {
                if now != 0 {
                    (*direction, *strength) = (now, 2);
                }
            } else if alike(*direction, now) {
                *strength = (*strength + 2).min(STRONGEST);
            } else {
                *strength -= 1;
            }
        }
    }

    fn known(&self) -> Vec<Edge> {
        self.direction
            .iter()
            .zip(&self.strength)
            .enumerate()
            .filter(|(_, (_, strength))| **strength >= KNOWN)
            .map(|(i, (direction, _))| ((i % WIDTH as usize) as i32, (i / WIDTH as usize) as i32, *direction))
            .collect()
    }
}

/// The same direction, or the one next to it.
fn alike(a: u8, b: u8) -> bool {
    a != 0 && b != 0 && matches!((a + 8 - b) % 8, 0 | 1 | 7)
}

/// Share of the known edges that are seen when the view is moved by (dx, dy); edges that leave the picture do not count.
fn share_found(known: &[Edge], seen: &[u8], dx: i32, dy: i32) -> f32 {
    let (mut inside, mut found) = (0u32, 0u32);
    for &(x, y, direction) in known {
        let (x, y) = (x + dx, y + dy);
        if (1..WIDTH as i32 - 1).contains(&x) && (1..HEIGHT as i32 - 1).contains(&y) {
            inside += 1;
            found += u32::from(alike(direction, seen[(y * WIDTH as i32 + x) as usize]));
        }
    }
    // A view seen only by a corner proves nothing.
    if inside as usize * 2 < known.len() { 0.0 } else { found as f32 / inside.max(1) as f32 }
}

/// The best share over all moves of a length (in pixels, the longer of the two directions), and the move.
fn best(known: &[Edge], seen: &[u8], of_length: impl Fn(i32) -> bool) -> (f32, (i32, i32)) {
    let mut best = (0.0f32, (0, 0));
    for dy in -REACH / 2..=REACH / 2 {
        for dx in -REACH..=REACH {
            if of_length(dx.abs().max(dy.abs())) {
                let share = share_found(known, seen, dx, dy);
                if share > best.0 {
                    best = (share, (dx, dy));
                }
            }
        }
    }
    best
}

/// Is this the picture that came before, but for what an encoder makes of one and the same picture? Even a street at rest
/// has noise, a leaf that moves and a clock in the corner; one picture encoded again and again differs by a few steps (at
/// 2.5 Mbit/s by 8 at most, 0.9 on average: measured on the misbehaving sample camera). At very low bit rates the encoder's
/// own rustle is as large as noise, and a frozen picture is not noticed.
fn repeats(before: &[u8], now: &[u8]) -> bool {
    if before.len() != now.len() || now.is_empty() {
        return false;
    }
    let mut sum = 0u32;
    for (a, b) in before.iter().zip(now) {
        let step = a.abs_diff(*b);
        if step > FROZEN_STEP {
            return false;
        }
        sum += u32::from(step);
    }
    f64::from(sum) < FROZEN_MEAN * now.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: u32 = 640;
    const H: u32 = 360;

    /// A street of rectangles that follow from a seed, looked at from (dx, dy), with noise, light and a crowd in front.
    struct Street {
        seed: u32,
        dx: i32,
        dy: i32,
        light: f32,
        crowd: f32,
    }

    const STREET: Street = Street { seed: 1, dx: 0, dy: 0, light: 1.0, crowd: 0.0 };

    fn mixed(a: u32, b: u32) -> u32 {
        let mut h = a.wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0x85EB_CA77);
        h ^= h >> 15;
        h = h.wrapping_mul(0x2C1B_3C6D);
        h ^ (h >> 13)
    }

    impl Street {
        fn at(&self, n: u32) -> GreyPicture {
            let mut data = vec![0; (W * H) as usize];
            for y in 0..H {
                for x in 0..W {
                    let (wx, wy) = ((x as i32 + self.dx + 4000) as u32, (y as i32 + self.dy + 4000) as u32);
                    let (across, down) = (57 + self.seed * 7, 43 + self.seed * 5);
                    let wall = 50.0 + (mixed(wx / across + self.seed * 991, wy / down) % 140) as f32;
                    let walker = mixed((x + n * 11) / 40, y / 90 + 77) % 1000;
                    let value =
                        if (walker as f32) < self.crowd * 1000.0 && y > H / 4 { (walker % 200) as f32 } else { wall };
                    let noise = (mixed(x + n * 640, y) % 7) as f32 - 3.0;
                    data[(y * W + x) as usize] = (value * self.light + noise).clamp(0.0, 255.0) as u8;
                }
            }
            GreyPicture::new(W, H, data).unwrap()
        }
    }

    /// One picture a second from `from` on; the last finding.
    fn watch(view: &mut View, from: u32, seconds: u32, picture: impl Fn(u32) -> GreyPicture) -> ViewFinding {
        let mut last = ViewFinding::default();
        for n in from..from + seconds {
            last = view.look(&picture(n), UtcMicros(i64::from(n) * 1_000_000)).unwrap();
        }
        last
    }

    fn settled() -> View {
        let mut view = View::new();
        assert_eq!(watch(&mut view, 0, 30, |n| STREET.at(n)), ViewFinding::default());
        view
    }

    #[test]
    fn a_turned_camera_is_noticed_and_its_return_too() {
        let mut view = settled();
        let turned = |n| Street { dx: 30, dy: 8, ..STREET }.at(n);
        assert!(!watch(&mut view, 30, 2, turned).moved, "a moment is not enough");
        assert!(watch(&mut view, 32, 4, turned).moved);
        assert!(watch(&mut view, 36, 60, turned).moved, "it is not learned by itself");
        assert!(watch(&mut view, 96, 2, |n| STREET.at(n)).moved);
        assert_eq!(watch(&mut view, 98, 6, |n| STREET.at(n)), ViewFinding::default());
    }

    /// A process that begins with what another has learned.
    fn begun_with(known: &KnownView, recent: bool) -> View {
        let mut view = View::new();
        view.judge_by(known, recent);
        view
    }

    #[test]
    fn what_was_learned_outlives_a_restart() {
        let known = settled().known().unwrap();
        assert_eq!(View::new().known(), None);
        let text = serde_json::to_string(&known).unwrap();
        assert_eq!(serde_json::from_str::<KnownView>(&text).unwrap(), known);
        let turned = |n| Street { dx: 30, dy: 8, ..STREET }.at(n);
        let elsewhere = |n| Street { seed: 5, ..STREET }.at(n);
        for recent in [true, false] {
            assert!(!watch(&mut begun_with(&known, recent), 0, 30, |n| STREET.at(n)).moved, "the same view");
            let mut view = begun_with(&known, recent);
            assert!(watch(&mut view, 0, 5, turned).moved, "turned while nobody looked");
            assert!(watch(&mut view, 5, 60, turned).moved, "it is not learned by itself");
            assert!(!watch(&mut view, 65, 8, |n| STREET.at(n)).moved, "put right again");
        }
        assert!(watch(&mut begun_with(&known, true), 0, 12, elsewhere).moved);
        // After a long while a view that is not found may be the old one by night: it is learned anew.
        let mut view = begun_with(&known, false);
        assert!(!watch(&mut view, 0, 60, elsewhere).moved);
        assert!(watch(&mut view, 60, 12, |n| STREET.at(n)).moved, "and is judged by from then on");
        assert_eq!(begun_with(&KnownView("99".to_owned()), true).known(), None);
    }

    #[test]
    fn a_camera_turned_elsewhere_is_noticed_within_ten_seconds() {
        let mut view = settled();
        assert!(watch(&mut view, 30, 10, |n| Street { seed: 5, ..STREET }.at(n)).moved);
    }

    #[test]
    fn crowds_light_and_shaking_are_not_a_move() {
        for (what, street) in [
            ("a crowd", Street { crowd: 0.5, ..STREET }),
            ("dusk", Street { light: 0.6, ..STREET }),
            ("sun", Street { light: 1.3, ..STREET }),
            ("wind", Street { dx: 3, dy: 1, ..STREET }),
        ] {
            let mut view = settled();
            assert!(!watch(&mut view, 30, 30, |n| street.at(n)).moved, "{what}");
        }
    }

    #[test]
    fn a_view_learned_through_a_crowd_still_knows_a_move() {
        let mut view = View::new();
        let crowded = |n| Street { crowd: 0.4, ..STREET }.at(n);
        assert!(!watch(&mut view, 0, 60, crowded).moved);
        assert!(watch(&mut view, 60, 15, |n| Street { crowd: 0.4, dx: 36, ..STREET }.at(n)).moved);
    }

    /// A car park: thin bright lines on even ground, and things as large as cars standing about in front of most of it.
    fn car_park(n: u32, (dx, dy): (i32, i32), cars: bool) -> GreyPicture {
        let mut data = vec![0; (W * H) as usize];
        for y in 0..H {
            for x in 0..W {
                let (wx, wy) = (x as i32 + dx + 900, y as i32 + dy + 900);
                // Lines on the slant, four pixels thick, and one across.
                let line = (wx + wy).rem_euclid(90) < 4 && y < H * 2 / 3 || (wy - 960).rem_euclid(400) < 4;
                let car = cars && x % 160 < 110 && (y + n * 4) % 120 < 80;
                let value = match (car, line) {
                    (true, _) => 60 + mixed(x / 9 + n, y / 9) % 120,
                    (_, true) => 190,
                    _ => 110,
                };
                data[(y * W + x) as usize] = (value + mixed(x + n * 640, y) % 7) as u8;
            }
        }
        GreyPicture::new(W, H, data).unwrap()
    }

    #[test]
    fn a_mount_that_gives_a_little_is_not_a_move_and_one_that_goes_on_giving_is() {
        // Seen on a real clip of a car park: 14 of 640 pixels in 39 s, thin lines, cars before them.
        let mut view = View::new();
        let drifting = |n: u32| car_park(n, (n.min(40) as i32 * 14 / 39, n.min(40) as i32 / 10), false);
        for n in 0..90 {
            assert!(!watch(&mut view, n, 1, drifting).moved, "after {n} s");
        }
        // It was not learned as a new view: seven more pixels each twenty seconds are noticed in the end.
        let going_on = |n: u32| car_park(n, (14 + (n as i32 - 90) * 7 / 20, 4), false);
        assert!(watch(&mut view, 90, 120, going_on).moved);
    }

    #[test]
    fn much_foreground_before_thin_lines_is_not_a_move() {
        let mut view = View::new();
        assert!(!watch(&mut view, 0, 30, |n| car_park(n, (0, 0), false)).moved);
        for n in 30..90 {
            assert!(!watch(&mut view, n, 1, |n| car_park(n, (3, 1), true)).moved, "after {n} s");
        }
    }

    #[test]
    fn dark_and_covered_views_are_noticed_after_three_seconds() {
        for cover in [3u8, 128, 250] {
            let mut view = settled();
            let covered = |n: u32| {
                let mut picture = STREET.at(n);
                picture.data.iter_mut().for_each(|p| *p = (*p % 4).saturating_add(cover));
                picture
            };
            assert!(!watch(&mut view, 30, 3, covered).dark);
            assert!(watch(&mut view, 33, 1, covered).dark, "{cover}");
            let after = watch(&mut view, 34, 4, |n| STREET.at(n));
            assert_eq!(after, ViewFinding::default());
        }
    }

    #[test]
    fn a_frozen_picture_is_noticed_and_a_still_street_is_not() {
        let mut view = settled();
        assert!(!watch(&mut view, 30, 30, |n| STREET.at(n)).frozen, "noise is life");
        assert!(!watch(&mut view, 60, 20, |_| STREET.at(60)).frozen);
        // The encoder's own rustle, two steps at most.
        let rustle = |n: u32| {
            let mut picture = STREET.at(60);
            picture.data.iter_mut().skip(n as usize % 3).step_by(5).for_each(|p| *p = p.saturating_add((n % 3) as u8));
            picture
        };
        let frozen = watch(&mut view, 80, 2, rustle);
        assert!(frozen.frozen && !frozen.counts());
        assert_eq!(frozen.troubles(), [ViewTrouble::Frozen]);
        assert!(!watch(&mut view, 82, 3, |n| STREET.at(n)).frozen);
    }
}
