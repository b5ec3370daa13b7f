//! The detector that needs no weights: what moves, put together into things by shape and by what the camera is for. It
//! names a class only where size and shape leave little doubt; otherwise a vehicle is a `Vehicle`. It never sees what
//! stands still: keeping that alive is the tracker's part.

use contract::bundle::Purpose;
use contract::geometry::Rect;

use super::blobs::{around, beside, edges, middle, overlap, shared};
use super::people::{Perspective, apart, one_person};
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
    /// How its size changed in that step.
    dw: i32,
    dh: i32,
    /// Frames it has been known.
    age: u32,
    /// Frames since it was last seen with nothing touching it.
    touching: u32,
}

/// So long a thing that touches others is believed to be a thing of its own: a wrong split must not last.
const TOUCHING_FRAMES: u32 = 25;
/// A thing known for so many frames keeps its place when another comes beside it.
const KNOWN_FRAMES: u32 = 4;

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
    pub fn detect(&mut self, foreground: &Foreground) -> Result<Vec<Detection>, PictureError> {
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
            .merged(blobs, mask.width, mask.height)
            .into_iter()
            .map(|blob| if self.people { self.people_in(blob, &moving) } else { self.part_known(blob, &moving) })
            .collect();
        let touching: Vec<Part> = parted.iter().filter(|parts| parts.len() > 1).flatten().copied().collect();
        let mut things: Vec<Part> = parted.into_iter().flatten().collect();
        let least_area = mask.data.len() as f32 * shape.least_area;
        let least_height = (shape.least_height as f32 * mask.height as f32 / 360.0) as i32;
        things.retain(|p| p.area as f32 >= least_area && p.h >= least_height);
        let found = things.iter().map(|p| self.name(*p, mask.width, mask.height)).collect();
        // Bodies that were fitted into a group say nothing new about how large people are.
        let people = self.people;
        for thing in things.iter().filter(|t| !people || !touching.iter().any(|p| shared(*p, **t) == t.w * t.h)) {
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
    fn merged(&self, mut blobs: Vec<Part>, width: u32, height: u32) -> Vec<Part> {
        loop {
            let pair = (0..blobs.len()).flat_map(|a| (a + 1..blobs.len()).map(move |b| (a, b))).find(|(a, b)| {
                if self.people {
                    let together = around(blobs[*a], blobs[*b]);
                    let fits = self.usual(together).is_none_or(|usual| f64::from(together.h) <= 1.35 * usual);
                    fits && one_person(blobs[*a], blobs[*b])
                } else {
                    one_vehicle(blobs[*a], blobs[*b]) && !self.two_things(blobs[*a], blobs[*b], width, height)
                }
            });
            let Some((a, b)) = pair else { return blobs };
            let other = blobs.swap_remove(b);
            blobs[a] = around(blobs[a], other);
        }
    }

    /// The thing of the frame before that is this blob, if one is.
    fn same(&self, blob: Part) -> Option<&Known> {
        let like = |k: &&Known| shared(k.part, blob) * 10 >= 3 * (k.part.w * k.part.h).max(blob.w * blob.h);
        self.before.iter().filter(like).max_by_key(|k| shared(k.part, blob))
    }

    /// Two pieces that cannot be one vehicle: they go different ways, or one comes in over an edge of the picture that the
    /// other, long known without it, does not touch.
    fn two_things(&self, a: Part, b: Part, width: u32, height: u32) -> bool {
        let step = |known: &Known, now: Part| {
            let ((ax, ay), (bx, by)) = (middle(known.part), middle(now));
            (bx - ax, by - ay)
        };
        let comes_in = |known: &Known, new: Part| {
            let (old, new) = (edges(known.part, width, height), edges(new, width, height));
            known.age >= 2 && (0..4).any(|i| new[i] && !old[i])
        };
        match (self.same(a), self.same(b)) {
            (Some(one), Some(other)) if !std::ptr::eq(one, other) => {
                let ((ax, ay), (bx, by)) = (step(one, a), step(other, b));
                let goes = |x: i32, y: i32| x * x + y * y >= 16;
                goes(ax, ay) && goes(bx, by) && ax * bx + ay * by < 0
            }
            (Some(known), None) => comes_in(known, b),
            (None, Some(known)) => comes_in(known, a),
            _ => false,
        }
    }

    /// The people of a blob.
    fn people_in(&self, blob: Part, moving: &GreyPicture) -> Vec<Part> {
        let before: Vec<Part> = self.before.iter().map(Known::expected).collect();
        apart(blob, moving, &self.perspective, &before)
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
        if let [known] = inside.as_slice()
            && known.age >= KNOWN_FRAMES
        {
            return beside(blob, known.expected(), known.margin(), moving);
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
                let before = self.same(*part);
                let (dx, dy) = before.map_or((0, 0), |k| (part.x - k.part.x, part.y - k.part.y));
                let (dw, dh) = before.map_or((0, 0), |k| (part.w - k.part.w, part.h - k.part.h));
                let touches = touching.iter().any(|t| shared(*t, *part) * 10 >= 7 * part.w * part.h);
                let touching = if touches { before.map_or(0, |k| k.touching) + 1 } else { 0 };
                Known { part: *part, dx, dy, dw, dh, age: before.map_or(0, |k| k.age + 1), touching }
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

    /// How far from its expected place its own pixels may lie: it may go on growing, and speed up or slow down.
    fn margin(&self) -> i32 {
        let change = self.dx.abs().max(self.dy.abs()).max(self.dw.abs()).max(self.dh.abs());
        3 + self.part.w.min(self.part.h) / 20 + change
    }
}

fn band(blob: Part, height: u32) -> usize {
    (((blob.y + blob.h) as usize * BANDS) / (height.max(1) as usize + 1)).min(BANDS - 1)
}

/// Something much wider than high is no person, even on a square.
fn person_or_not(blob: Part) -> ObjectClass {
    if blob.w > 2 * blob.h { ObjectClass::Vehicle } else { ObjectClass::Person }
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
        let found = MotionDetector::new(purpose).detect(&foreground(parts)).unwrap();
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
            detector.detect(&foreground(&[(300, 120, 120, 160, MOVING), (x, 60, 110, 100, MOVING)])).unwrap().len()
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
            detector.detect(&foreground(&[(200, 150, 90, 70, MOVING)])).unwrap();
        }
        let class = |d: &mut MotionDetector, part| d.clone().detect(&foreground(&[part])).unwrap()[0].class;
        assert_eq!(class(&mut detector, (200, 150, 95, 72, MOVING)), ObjectClass::Car);
        assert_eq!(class(&mut detector, (200, 160, 30, 60, MOVING)), Motorcycle);
        assert_eq!(class(&mut detector, (200, 190, 40, 30, MOVING)), Vehicle);
    }
}
