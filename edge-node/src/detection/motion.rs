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
        Self { people, heights: [0.0; BANDS], seen: [0; BANDS] }
    }

    /// The things on one frame's foreground.
    pub fn detect(&mut self, foreground: &Foreground, _at: UtcMicros) -> Result<Vec<Detection>, PictureError> {
        let mask = &foreground.mask;
        if mask.data.iter().all(|p| *p != MOVING) {
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
        let mut things = self.merged(blobs);
        if self.people {
            things = things.into_iter().flat_map(|blob| self.split(blob, &moving)).collect();
        }
        let least_area = mask.data.len() as f32 * shape.least_area;
        let least_height = (shape.least_height as f32 * mask.height as f32 / 360.0) as i32;
        // Most of the picture at once is light or a turned camera, not a thing.
        things.retain(|p| {
            p.area as f32 >= least_area && p.h >= least_height && (p.w * p.h) < (mask.data.len() as i32) * 7 / 10
        });
        let found = things.iter().map(|p| self.name(*p, mask.width, mask.height)).collect();
        for thing in &things {
            self.learn(*thing, mask.height);
        }
        Ok(found)
    }

    /// Puts fragments of one thing together: those whose gap is small beside their size.
    fn merged(&self, mut blobs: Vec<Part>) -> Vec<Part> {
        loop {
            let pair = (0..blobs.len()).flat_map(|a| (a + 1..blobs.len()).map(move |b| (a, b))).find(|(a, b)| {
                if self.people { one_person(blobs[*a], blobs[*b]) } else { one_vehicle(blobs[*a], blobs[*b]) }
            });
            let Some((a, b)) = pair else { return blobs };
            let other = blobs.swap_remove(b);
            blobs[a] = around(blobs[a], other);
        }
    }

    /// Takes people apart who walk side by side: a blob far wider than a person, at the columns where it is lowest.
    fn split(&self, blob: Part, moving: &GreyPicture) -> Vec<Part> {
        // A person with swinging arms is up to 0.6 of its height wide, one who stands 0.35.
        let share = blob.w as f32 / blob.h.max(1) as f32;
        let count = ((share / 0.42).round() as i32).max(2);
        if share <= 0.68 || count > 8 {
            return vec![blob];
        }
        let filled: Vec<u32> = (0..blob.w)
            .map(|dx| {
                (0..blob.h)
                    .filter(|dy| moving.data[((blob.y + dy) as u32 * moving.width + (blob.x + dx) as u32) as usize] > 0)
                    .count() as u32
            })
            .collect();
        let each = blob.w / count;
        let mut cuts = vec![0];
        for i in 1..count {
            let middle = i * each;
            let reach = each / 3;
            let lowest = (middle - reach..=middle + reach).min_by_key(|x| (filled[*x as usize], (x - middle).abs()));
            cuts.extend(lowest);
        }
        cuts.push(blob.w);
        let peak = |from: i32, to: i32| filled[from as usize..to as usize].iter().copied().max().unwrap_or(0);
        // A cut must go through a valley, or a cart would become three people.
        let valleys = cuts[1..cuts.len() - 1]
            .iter()
            .zip(cuts.windows(3))
            .all(|(cut, w)| f64::from(filled[*cut as usize]) < 0.6 * f64::from(peak(w[0], w[1]).min(peak(w[1], w[2]))));
        if !valleys {
            return vec![blob];
        }
        cuts.windows(2).filter_map(|w| shrunk(blob, w[0], w[1], moving)).collect()
    }

    fn name(&self, blob: Part, width: u32, height: u32) -> Detection {
        let (w, h) = (width as f32, height as f32);
        let rect = Rect::new(blob.x as f32 / w, blob.y as f32 / h, blob.w as f32 / w, blob.h as f32 / h);
        let filled = blob.area as f32 / (blob.w * blob.h).max(1) as f32;
        let score = (0.45 + 0.6 * filled).clamp(0.3, 0.95);
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

    fn learn(&mut self, blob: Part, height: u32) {
        let band = band(blob, height);
        let rate = 1.0 / (self.seen[band].min(50) as f32 + 1.0);
        self.heights[band] += rate * (blob.h as f32 - self.heights[band]);
        self.seen[band] = self.seen[band].saturating_add(1);
    }
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
    fn two_people_side_by_side_are_two() {
        // Two bodies that touch at the hands.
        let bodies = [(100, 100, 30, 100, MOVING), (130, 140, 12, 12, MOVING), (142, 104, 30, 96, MOVING)];
        let found = found(PeopleCounting, &bodies);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|f| f.0 == Person && f.1[3] >= 90));
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
