//! The detector that needs no weights: what moves, put together into things by shape and by what the camera is for. It
//! names a class only where size and shape leave little doubt; otherwise a vehicle is a `Vehicle`. It never sees what
//! stands still: keeping that alive is the tracker's part.

use contract::bundle::Purpose;
use contract::clock::UtcMicros;
use contract::geometry::Rect;

use super::{Detection, ObjectClass};
use crate::activity::background::{Foreground, MOVING, Part, closed, parts};
use crate::picture::{GreyPicture, PictureError};

/// Heights are learned in so many bands of the picture, by where things stand.
const BANDS: usize = 8;
/// A band's size is believed after so many things.
const BAND_THINGS: u32 = 12;

/// Finds moving things on the foreground of one camera.
#[derive(Debug, Clone)]
pub struct MotionDetector {
    people: bool,
    /// Typical height in pixels of what passes here, by band of the foot point.
    heights: [f32; BANDS],
    seen: [u32; BANDS],
    before: Vec<Known>,
    perspective: Perspective,
}

/// A thing of the frame before, in pixels, with its step since the frame before that.
#[derive(Debug, Clone, Copy)]
struct Known {
    part: Part,
    dx: i32,
    dy: i32,
    /// Frames it has stood still.
    stood: u32,
    /// Frames since it was last seen with nothing touching it.
    touching: u32,
}

/// So long a thing that touches others is believed to be a thing of its own: a wrong split must not last.
const TOUCHING_FRAMES: u32 = 25;
/// A thing that stood for so many frames keeps its place when another comes beside it.
const STOOD_FRAMES: u32 = 4;

/// How high a person is by where the feet are: on level ground a straight line. Learned, forgetting slowly.
#[derive(Debug, Clone, Copy, Default)]
struct Perspective {
    n: f64,
    y: f64,
    h: f64,
    yy: f64,
    yh: f64,
}

impl Perspective {
    const KEEPS: f64 = 0.998;

    fn learn(&mut self, foot: f64, height: f64) {
        for sum in [&mut self.n, &mut self.y, &mut self.h, &mut self.yy, &mut self.yh] {
            *sum *= Self::KEEPS;
        }
        self.n += 1.0;
        self.y += foot;
        self.h += height;
        self.yy += foot * foot;
        self.yh += foot * height;
    }

    /// The usual height at this place; none while too little was seen.
    fn usual(&self, foot: f64) -> Option<f64> {
        if self.n < 25.0 {
            return None;
        }
        let (y, h) = (self.y / self.n, self.h / self.n);
        let (spread, both) = (self.yy / self.n - y * y, self.yh / self.n - y * h);
        // Feet all on one row give no slope.
        let slope = if spread > 25.0 { (both / spread).max(0.0) } else { 0.0 };
        Some((h + slope * (foot - y)).max(8.0))
    }
}

/// What differs between looking for people and for vehicles.
struct Shape {
    /// Gaps closed inside a thing, pixels across and down, for a picture 640 wide.
    close: (i32, i32),
    /// Least height in pixels of a picture 360 high.
    least_height: i32,
    /// Least area of moving pixels, share of the picture.
    least_area: f32,
}

const PEOPLE: Shape = Shape { close: (5, 11), least_height: 16, least_area: 0.0004 };
const VEHICLES: Shape = Shape { close: (11, 9), least_height: 12, least_area: 0.0008 };

impl MotionDetector {
    /// A detector for a camera of this purpose.
    #[must_use]
    pub fn new(purpose: Purpose) -> Self {
        let people = matches!(purpose, Purpose::PeopleCounting | Purpose::FaceAccess);
        Self {
            people,
            heights: [0.0; BANDS],
            seen: [0; BANDS],
            before: Vec::new(),
            perspective: Perspective::default(),
        }
    }

    /// The things on one frame's foreground.
    pub fn detect(&mut self, foreground: &Foreground, _at: UtcMicros) -> Result<Vec<Detection>, PictureError> {
        let mask = &foreground.mask;
        if mask.data.iter().all(|p| *p != MOVING) {
            self.before.clear();
            return Ok(Vec::new());
        }
        let shape = if self.people { PEOPLE } else { VEHICLES };
        let moving = GreyPicture::new(
            mask.width,
            mask.height,
            mask.data.iter().map(|p| if *p == MOVING { 255 } else { 0 }).collect(),
        )?;
        let scale = mask.width as f32 / 640.0;
        let odd = |n: i32| ((n as f32 * scale) as i32 | 1).max(3);
        let solid = closed(&moving.as_mat()?, odd(shape.close.0), odd(shape.close.1))?;
        let speck = (mask.data.len() as f32 * shape.least_area / 4.0) as i32;
        let blobs: Vec<Part> = parts(&solid)?.into_iter().filter(|p| p.area >= speck).collect();
        let parted: Vec<Vec<Part>> = self
            .merged(blobs)
            .into_iter()
            .map(|blob| if self.people { vec![blob] } else { self.part_known(blob, &moving) })
            .collect();
        let touching: Vec<Part> = parted.iter().filter(|parts| parts.len() > 1).flatten().copied().collect();
        let mut things: Vec<Part> = parted.into_iter().flatten().collect();
        if self.people {
            things = things.into_iter().map(|blob| trimmed(blob, &moving)).collect();
        }
        let least_area = mask.data.len() as f32 * shape.least_area;
        let least_height = (shape.least_height as f32 * mask.height as f32 / 360.0) as i32;
        things.retain(|p| p.area as f32 >= least_area && p.h >= least_height);
        let found = things.iter().map(|p| self.name(*p, mask.width, mask.height)).collect();
        for thing in &things {
            self.learn(*thing, mask.width, mask.height);
        }
        self.remember(&things, &touching);
        Ok(found)
    }

    /// Usual height of a person who stands where this blob ends.
    fn usual(&self, blob: Part) -> Option<f64> {
        self.perspective.usual(f64::from(blob.y + blob.h))
    }

    /// Puts fragments of one thing together: those whose gap is small beside their size.
    fn merged(&self, mut blobs: Vec<Part>) -> Vec<Part> {
        loop {
            let pair = (0..blobs.len()).flat_map(|a| (a + 1..blobs.len()).map(move |b| (a, b))).find(|(a, b)| {
                if self.people {
                    let together = around(blobs[*a], blobs[*b]);
                    let fits = self.usual(together).is_none_or(|usual| f64::from(together.h) <= 1.35 * usual);
                    fits && one_person(blobs[*a], blobs[*b])
                } else {
                    one_vehicle(blobs[*a], blobs[*b])
                }
            });
            let Some((a, b)) = pair else { return blobs };
            let other = blobs.swap_remove(b);
            blobs[a] = around(blobs[a], other);
        }
    }

    /// Takes a blob apart that holds things which were apart a moment ago: each pixel goes to the thing whose expected place
    /// is nearest, measured by its own size.
    fn part_known(&self, blob: Part, moving: &GreyPicture) -> Vec<Part> {
        let inside: Vec<&Known> = self
            .before
            .iter()
            .filter(|k| k.touching < TOUCHING_FRAMES)
            .filter(|k| {
                let p = k.expected();
                shared(p, blob) * 10 >= 6 * p.w * p.h && p.w * p.h * 20 >= blob.w * blob.h
            })
            .collect();
        if let [standing] = inside.as_slice()
            && standing.stood >= STOOD_FRAMES
        {
            return beside(blob, standing.part, moving);
        }
        let members: Vec<Part> = inside.iter().map(|k| k.expected()).collect();
        let apart = |a: &Part, b: &Part| shared(*a, *b) * 10 < 4 * (a.w * a.h).min(b.w * b.h);
        let all_apart = (0..members.len()).all(|i| (i + 1..members.len()).all(|j| apart(&members[i], &members[j])));
        if !(2..=6).contains(&members.len()) || !all_apart {
            return vec![blob];
        }
        let mut found: Vec<Option<Part>> = vec![None; members.len()];
        for y in blob.y..blob.y + blob.h {
            for x in blob.x..blob.x + blob.w {
                if moving.data[(y as u32 * moving.width + x as u32) as usize] == 0 {
                    continue;
                }
                let far = |p: &Part| {
                    let dx = (x * 2 - p.x * 2 - p.w) as f32 / p.w.max(1) as f32;
                    let dy = (y * 2 - p.y * 2 - p.h) as f32 / p.h.max(1) as f32;
                    dx.abs().max(dy.abs())
                };
                let nearest = (0..members.len()).min_by(|a, b| far(&members[*a]).total_cmp(&far(&members[*b])));
                // What lies far outside every known place belongs to none of them.
                if let Some(nearest) = nearest.filter(|n| far(&members[*n]) <= 1.7) {
                    let pixel = Part { x, y, w: 1, h: 1, area: 1 };
                    found[nearest] = Some(found[nearest].map_or(pixel, |p| around(p, pixel)));
                }
            }
        }
        let parts: Vec<Part> = found.into_iter().flatten().collect();
        if parts.len() < 2 { vec![blob] } else { parts }
    }

    /// Remembers where things were, and how they moved since the frame before.
    fn remember(&mut self, things: &[Part], touching: &[Part]) {
        let now = things
            .iter()
            .map(|part| {
                let same = |k: &&Known| shared(k.part, *part) * 10 >= 4 * (k.part.w * k.part.h).max(part.w * part.h);
                let before = self.before.iter().filter(same).max_by_key(|k| shared(k.part, *part));
                let (dx, dy) = before.map_or((0, 0), |k| (part.x - k.part.x, part.y - k.part.y));
                let trembling = dx.abs().max(dy.abs()) <= 2 + part.w.min(part.h) / 40;
                let stood = before.filter(|_| trembling).map_or(0, |k| k.stood + 1);
                let touches = touching.iter().any(|t| shared(*t, *part) * 10 >= 7 * part.w * part.h);
                let touching = if touches { before.map_or(0, |k| k.touching) + 1 } else { 0 };
                Known { part: *part, dx, dy, stood, touching }
            })
            .collect();
        self.before = now;
    }

    fn name(&self, blob: Part, width: u32, height: u32) -> Detection {
        let (w, h) = (width as f32, height as f32);
        let rect = Rect::new(blob.x as f32 / w, blob.y as f32 / h, blob.w as f32 / w, blob.h as f32 / h);
        let filled = blob.area as f32 / (blob.w * blob.h).max(1) as f32;
        let at_edge =
            blob.x <= 1 || blob.y <= 1 || blob.x + blob.w + 1 >= width as i32 || blob.y + blob.h + 1 >= height as i32;
        // A piece far smaller than people are here begins no track; at the edge people come in by pieces.
        let piece = self.people && !at_edge && self.usual(blob).is_some_and(|usual| f64::from(blob.h) < 0.5 * usual);
        let score = if piece { 0.3 } else { (0.45 + 0.6 * filled).clamp(0.3, 0.95) };
        let class = if self.people { person_or_not(blob) } else { self.vehicle(blob, height) };
        Detection::plain(class, score, rect)
    }

    /// Motorcycle, car or unknown. Without a measure of what usually passes at this place, only the shape speaks.
    fn vehicle(&self, blob: Part, height: u32) -> ObjectClass {
        let aspect = blob.w as f32 / blob.h.max(1) as f32;
        let band = band(blob, height);
        let usual = self.heights[band];
        if self.seen[band] < BAND_THINGS {
            return if aspect < 0.6 { ObjectClass::Motorcycle } else { ObjectClass::Vehicle };
        }
        let (tall, wide) = (blob.h as f32 / usual, blob.w as f32 / usual);
        if aspect < 0.65 && wide < 0.75 {
            ObjectClass::Motorcycle
        } else if aspect >= 0.85 && (0.6..1.6).contains(&tall) && wide >= 0.8 {
            ObjectClass::Car
        } else {
            ObjectClass::Vehicle
        }
    }

    fn learn(&mut self, blob: Part, width: u32, height: u32) {
        let at_edge =
            blob.x <= 1 || blob.y <= 1 || blob.x + blob.w + 1 >= width as i32 || blob.y + blob.h + 1 >= height as i32;
        let upright = blob.h * 10 >= blob.w * 17 && blob.h <= blob.w * 6;
        let (foot, tall) = (f64::from(blob.y + blob.h), f64::from(blob.h));
        // Pieces and pairs would pull the measure; what is far from it is looked at with suspicion.
        let likely = self.perspective.usual(foot).is_none_or(|usual| (0.6..1.5).contains(&(tall / usual)));
        if upright && !at_edge && likely {
            self.perspective.learn(foot, tall);
        }
        let band = band(blob, height);
        let rate = 1.0 / (self.seen[band].min(50) as f32 + 1.0);
        self.heights[band] += rate * (blob.h as f32 - self.heights[band]);
        self.seen[band] = self.seen[band].saturating_add(1);
    }
}

impl Known {
    /// Where it should be now.
    fn expected(&self) -> Part {
        Part { x: self.part.x + self.dx, y: self.part.y + self.dy, ..self.part }
    }
}

/// A blob that holds a thing which stands, and perhaps another that came beside it.
fn beside(blob: Part, standing: Part, moving: &GreyPicture) -> Vec<Part> {
    let margin = 3 + standing.w.min(standing.h) / 20;
    let (mut own, mut other): (Option<Part>, Option<Part>) = (None, None);
    for y in blob.y..blob.y + blob.h {
        for x in blob.x..blob.x + blob.w {
            if moving.data[(y as u32 * moving.width + x as u32) as usize] == 0 {
                continue;
            }
            let within = x >= standing.x - margin
                && x < standing.x + standing.w + margin
                && y >= standing.y - margin
                && y < standing.y + standing.h + margin;
            let whose = if within { &mut own } else { &mut other };
            let pixel = Part { x, y, w: 1, h: 1, area: 1 };
            *whose = Some(whose.map_or(pixel, |p| around(p, pixel)));
        }
    }
    match (own, other) {
        (Some(own), Some(other)) if other.area * 7 > own.area && other.w.min(other.h) > 4 * margin => vec![own, other],
        // A bit of something else at its side does not change it.
        (Some(own), _) => vec![own],
        _ => vec![blob],
    }
}

/// Per column of a blob: the highest moving pixel, counted from the blob's top; its height where none moves.
fn tops(blob: Part, moving: &GreyPicture) -> Vec<i32> {
    let mut tops = vec![blob.h; blob.w as usize];
    for dy in 0..blob.h {
        let row = ((blob.y + dy) as u32 * moving.width + blob.x as u32) as usize;
        for (dx, pixel) in moving.data[row..row + blob.w as usize].iter().enumerate() {
            if *pixel > 0 {
                tops[dx] = tops[dx].min(dy);
            }
        }
    }
    tops
}

/// Without the flat parts at its sides: shadows that were not recognised lie at a person's feet.
fn trimmed(blob: Part, moving: &GreyPicture) -> Part {
    let tops = tops(blob, moving);
    let upright = |x: &usize| tops[*x] < blob.h * 55 / 100;
    let (Some(first), Some(last)) = ((0..tops.len()).find(upright), (0..tops.len()).rev().find(upright)) else {
        return blob;
    };
    // A step sets a foot a little outside the body.
    let step = (blob.h / 12) as usize;
    let (from, to) = (first.saturating_sub(step), (last + 1 + step).min(tops.len()));
    if to - from < 4 { blob } else { shrunk(blob, from as i32, to as i32, moving).unwrap_or(blob) }
}

/// Pixels of the box that two parts share.
fn shared(a: Part, b: Part) -> i32 {
    overlap(a.x, a.w, b.x, b.w).max(0) * overlap(a.y, a.h, b.y, b.h).max(0)
}

fn band(blob: Part, height: u32) -> usize {
    (((blob.y + blob.h) as usize * BANDS) / (height.max(1) as usize + 1)).min(BANDS - 1)
}

/// Something much wider than high is no person, even on a square.
fn person_or_not(blob: Part) -> ObjectClass {
    if blob.w > 2 * blob.h { ObjectClass::Vehicle } else { ObjectClass::Person }
}

/// Overlap of two spans; negative: the gap between them.
fn overlap(a: i32, a_length: i32, b: i32, b_length: i32) -> i32 {
    (a + a_length).min(b + b_length) - a.max(b)
}

/// Head, body and legs stand over each other.
fn one_person(a: Part, b: Part) -> bool {
    let across = overlap(a.x, a.w, b.x, b.w);
    let down = overlap(a.y, a.h, b.y, b.h);
    let together = around(a, b);
    across * 10 >= 6 * a.w.min(b.w) && -down <= a.h.max(b.h) * 35 / 100 && together.h * 10 <= 45 * together.w
}

/// Roof, wheels and lamps lie close together; a small fragment belongs to the large one beside it.
fn one_vehicle(a: Part, b: Part) -> bool {
    let across = overlap(a.x, a.w, b.x, b.w);
    let down = overlap(a.y, a.h, b.y, b.h);
    let large = if a.area >= b.area { a } else { b };
    let near_x = across * 10 >= 5 * a.w.min(b.w) && -down <= large.h / 5;
    let near_y = down * 10 >= 5 * a.h.min(b.h) && -across <= large.w / 8;
    // Two things of like size side by side are two things; one much smaller is a part.
    let inside = across * 10 >= 8 * a.w.min(b.w) && down * 10 >= 8 * a.h.min(b.h);
    inside || near_x || (near_y && a.area.min(b.area) * 3 < large.area)
}

fn around(a: Part, b: Part) -> Part {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Part { x, y, w: (a.x + a.w).max(b.x + b.w) - x, h: (a.y + a.h).max(b.y + b.h) - y, area: a.area + b.area }
}

/// The part of a blob between two columns, as high as what moves in it.
fn shrunk(blob: Part, from: i32, to: i32, moving: &GreyPicture) -> Option<Part> {
    let filled = |y: i32| {
        (from..to).filter(|dx| moving.data[(y as u32 * moving.width + (blob.x + dx) as u32) as usize] > 0).count()
            as i32
    };
    let rows: Vec<(i32, i32)> = (blob.y..blob.y + blob.h).map(|y| (y, filled(y))).filter(|(_, n)| *n > 0).collect();
    let (top, bottom) = (rows.first()?.0, rows.last()?.0);
    Some(Part { x: blob.x + from, y: top, w: to - from, h: bottom - top + 1, area: rows.iter().map(|(_, n)| n).sum() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::background::{SHADOW, STILL};

    const W: u32 = 640;
    const H: u32 = 360;

    /// A foreground with these rectangles of a kind: x, y, w, h, kind.
    fn foreground(parts: &[(u32, u32, u32, u32, u8)]) -> Foreground {
        let mut data = vec![STILL; (W * H) as usize];
        for (x, y, w, h, kind) in parts {
            for row in *y..y + h {
                data[(row * W + x) as usize..(row * W + x + w) as usize].fill(*kind);
            }
        }
        Foreground { mask: GreyPicture::new(W, H, data).unwrap() }
    }

    fn found(purpose: Purpose, parts: &[(u32, u32, u32, u32, u8)]) -> Vec<(ObjectClass, [u32; 4])> {
        let found = MotionDetector::new(purpose).detect(&foreground(parts), UtcMicros(0)).unwrap();
        let px = |share: f32, of: u32| (share * of as f32).round() as u32;
        let mut found: Vec<_> = found
            .iter()
            .map(|d| (d.class, [px(d.rect.x, W), px(d.rect.y, H), px(d.rect.w, W), px(d.rect.h, H)]))
            .collect();
        found.sort_by_key(|f| f.1);
        found
    }

    use ObjectClass::{Motorcycle, Person, Vehicle};
    use Purpose::{PeopleCounting, Traffic};

    #[test]
    fn a_person_in_pieces_is_one_person() {
        let pieces = [
            (100, 100, 14, 14, MOVING),
            (96, 118, 22, 40, MOVING),
            (98, 168, 8, 30, MOVING),
            (108, 168, 8, 30, MOVING),
        ];
        assert_eq!(found(PeopleCounting, &pieces), [(Person, [96, 100, 22, 98])]);
    }

    #[test]
    fn a_shadow_that_was_not_recognised_is_cut_off() {
        let person = [(100, 100, 24, 80, MOVING), (124, 172, 60, 8, MOVING)];
        let found = found(PeopleCounting, &person);
        assert_eq!(found.len(), 1);
        assert!(found[0].1[2] <= 34, "{found:?}");
    }

    #[test]
    fn two_that_were_apart_stay_two_when_they_touch() {
        let mut detector = MotionDetector::new(Traffic);
        let mut count = |x: u32| {
            detector
                .detect(&foreground(&[(300, 120, 120, 160, MOVING), (x, 60, 110, 100, MOVING)]), UtcMicros(0))
                .unwrap()
                .len()
        };
        assert_eq!([count(130), count(150), count(170), count(189), count(191)], [2; 5]);
    }

    #[test]
    fn a_cart_is_not_three_people() {
        assert_eq!(found(PeopleCounting, &[(100, 100, 130, 70, MOVING)]).len(), 1);
    }

    #[test]
    fn specks_and_shadows_are_nothing_and_the_shadow_is_not_in_the_box() {
        assert_eq!(found(PeopleCounting, &[(10, 10, 2, 2, MOVING), (300, 200, 60, 20, SHADOW)]), []);
        let with_shadow = [(100, 100, 24, 80, MOVING), (124, 170, 70, 12, SHADOW)];
        assert_eq!(found(PeopleCounting, &with_shadow), [(Person, [100, 100, 24, 80])]);
    }

    #[test]
    fn a_vehicle_in_pieces_is_one_and_two_in_a_queue_are_two() {
        let pieces = [(200, 150, 90, 30, MOVING), (205, 186, 80, 14, MOVING), (294, 160, 10, 20, MOVING)];
        assert_eq!(found(Traffic, &pieces).len(), 1);
        let queue = [(100, 150, 80, 50, MOVING), (196, 152, 80, 50, MOVING)];
        assert_eq!(found(Traffic, &queue).len(), 2);
    }

    #[test]
    fn only_a_narrow_one_is_called_a_motorcycle() {
        assert_eq!(found(Traffic, &[(100, 100, 30, 70, MOVING)])[0].0, Motorcycle);
        assert_eq!(found(Traffic, &[(100, 100, 70, 70, MOVING)])[0].0, Vehicle);
    }

    #[test]
    fn what_usually_passes_gives_the_measure_for_cars() {
        let mut detector = MotionDetector::new(Traffic);
        for _ in 0..20 {
            detector.detect(&foreground(&[(200, 150, 90, 70, MOVING)]), UtcMicros(0)).unwrap();
        }
        let class =
            |d: &mut MotionDetector, part| d.clone().detect(&foreground(&[part]), UtcMicros(0)).unwrap()[0].class;
        assert_eq!(class(&mut detector, (200, 150, 95, 72, MOVING)), ObjectClass::Car);
        assert_eq!(class(&mut detector, (200, 160, 30, 60, MOVING)), Motorcycle);
        assert_eq!(class(&mut detector, (200, 190, 40, 30, MOVING)), Vehicle);
    }
}
