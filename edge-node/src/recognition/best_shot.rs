//! The best pictures of each passage, and whose turn it is to be read. A shot keeps its own frame, so the picture that
//! becomes evidence is the very one that was read. It never keeps anything of a track that has gone.

use std::collections::BTreeMap;

use contract::clock::{CaptureTime, SECOND_US};
use contract::geometry::Rect;

use crate::frame::Picture;
use crate::picture::GreyPicture;

/// Unread shots kept for a track.
const SHOTS_KEPT: usize = 3;
/// Unread shots kept for all tracks of a camera: each holds a frame, and a crowded street must not fill the memory.
const MOST_SHOTS: usize = 24;
/// Two shots of a track are at least this far apart, so that they are not the same view twice.
const APART_US: i64 = 300_000;

/// One view of one vehicle.
#[derive(Debug, Clone)]
pub struct Shot {
    /// Local id of the track.
    pub track: u64,
    /// When its frame was captured.
    pub time: CaptureTime,
    /// Where the vehicle is on that frame.
    pub rect: Rect,
    /// Higher is better; see [`quality`].
    pub quality: f32,
    /// The whole frame.
    pub frame: Picture,
}

/// What a view is worth: the area in pixels, less what is blurred. A vehicle cut by the picture's edge may have lost its
/// plate and is worth a third. `sharpness` is the variance of the Laplacian of its grey picture.
#[must_use]
pub fn quality(rect: Rect, size: (u32, u32), sharpness: f32) -> f32 {
    const EDGE: f32 = 0.005;
    let pixels = rect.area() * size.0 as f32 * size.1 as f32;
    let cut = rect.x <= EDGE || rect.y <= EDGE || rect.x + rect.w >= 1.0 - EDGE || rect.y + rect.h >= 1.0 - EDGE;
    let sharp = (sharpness / (sharpness + 60.0)).clamp(0.05, 1.0);
    pixels * sharp * if cut { 1.0 / 3.0 } else { 1.0 }
}

/// [`quality`] as events carry it, 0..1: a sharp vehicle of 200 × 150 pixels has a half.
#[must_use]
pub fn quality_share(quality: f32) -> f32 {
    const HALF: f32 = 30_000.0;
    if quality.is_finite() { (quality / (quality + HALF)).clamp(0.0, 1.0) } else { 1.0 }
}

/// Variance of the four-neighbour Laplacian: high where edges are sharp (Pech-Pacheco et al., ICPR 2000).
#[must_use]
pub fn sharpness(grey: &GreyPicture) -> f32 {
    let (width, height) = (grey.width as usize, grey.height as usize);
    if width < 3 || height < 3 {
        return 0.0;
    }
    let at = |x: usize, y: usize| f64::from(grey.data[y * width + x]);
    let (mut sum, mut squares) = (0.0, 0.0);
    for y in 1..height - 1 {
        for x in 1..width - 1 {
            let value = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4.0 * at(x, y);
            sum += value;
            squares += value * value;
        }
    }
    let count = ((width - 2) * (height - 2)) as f64;
    (squares / count - (sum / count).powi(2)) as f32
}

/// Unread shots of all tracks of one camera.
#[derive(Debug, Default)]
pub struct BestShots {
    waiting: BTreeMap<u64, Vec<Shot>>,
    taken: BTreeMap<u64, u32>,
}

impl BestShots {
    /// Would a shot of this quality be kept? Asked before the costly part of making one.
    #[must_use]
    pub fn wants(&self, track: u64, quality: f32) -> bool {
        let shots = self.waiting.get(&track).map_or(&[][..], Vec::as_slice);
        shots.len() < SHOTS_KEPT || shots.iter().any(|s| s.quality < quality)
    }

    /// Keeps the shot if it is among the best of its track.
    pub fn offer(&mut self, shot: Shot) {
        let shots = self.waiting.entry(shot.track).or_default();
        let near = |s: &Shot| (s.time.captured_at.since_us(shot.time.captured_at)).abs() < APART_US;
        match shots.iter().position(near) {
            Some(i) if shots[i].quality < shot.quality => shots[i] = shot,
            Some(_) => {}
            None => shots.push(shot),
        }
        shots.sort_by(|a, b| b.quality.total_cmp(&a.quality));
        shots.truncate(SHOTS_KEPT);
        self.make_room();
    }

    /// Too many in all: the worst goes, of those tracks that have the most.
    fn make_room(&mut self) {
        while self.waiting.values().map(Vec::len).sum::<usize>() > MOST_SHOTS {
            let last = |shots: &Vec<Shot>| shots.last().map_or(f32::INFINITY, |s| s.quality);
            let crowded = self
                .waiting
                .iter()
                .max_by(|(_, a), (_, b)| a.len().cmp(&b.len()).then(last(b).total_cmp(&last(a))))
                .map(|(track, _)| *track);
            let Some(shots) = crowded.and_then(|track| self.waiting.get_mut(&track)) else { return };
            shots.pop();
        }
    }

    /// The next shot to read: the track read least often first, then the best view. `worth` says whether a track should
    /// be read at all (large enough, not settled).
    pub fn take(&mut self, worth: impl Fn(&Shot) -> bool) -> Option<Shot> {
        let (&track, _) = self
            .waiting
            .iter()
            .filter_map(|(track, shots)| Some((track, shots.first().filter(|s| worth(s))?)))
            .min_by(|(a, x), (b, y)| {
                let reads = |t| self.taken.get(t).copied().unwrap_or(0);
                reads(*a).cmp(&reads(*b)).then(y.quality.total_cmp(&x.quality))
            })?;
        let shots = self.waiting.get_mut(&track)?;
        let shot = shots.remove(0);
        *self.taken.entry(track).or_default() += 1;
        Some(shot)
    }

    /// Unread shots of a track.
    #[must_use]
    pub fn waiting_for(&self, track: u64) -> usize {
        self.waiting.get(&track).map_or(0, Vec::len)
    }

    /// Forgets a track and its pictures.
    pub fn forget(&mut self, track: u64) {
        self.waiting.remove(&track);
        self.taken.remove(&track);
    }
}

/// At most so many reads a second for the whole node, with a small reserve for a burst. Time comes from outside.
#[derive(Debug, Clone)]
pub struct ReadBudget {
    per_second: f64,
    most: f64,
    tokens: f64,
    last_us: Option<i64>,
}

impl ReadBudget {
    /// A budget of `per_second` reads, at most two seconds' worth saved up.
    #[must_use]
    pub fn new(per_second: f64) -> Self {
        Self { per_second, most: (per_second * 2.0).max(1.0), tokens: 1.0, last_us: None }
    }

    /// May one more be read at this moment? Takes it from the budget when so.
    pub fn spend(&mut self, monotonic_us: i64) -> bool {
        let passed = self.last_us.map_or(0, |last| monotonic_us.saturating_sub(last)).max(0);
        self.last_us = Some(monotonic_us.max(self.last_us.unwrap_or(i64::MIN)));
        self.tokens = (self.tokens + passed as f64 / SECOND_US as f64 * self.per_second).min(self.most);
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::clock::{ClockSource, UtcMicros};

    fn shot(track: u64, at_ms: i64, quality: f32) -> Shot {
        Shot {
            track,
            time: CaptureTime {
                captured_at: UtcMicros(at_ms * 1000),
                clock_error_ms: 0,
                clock_source: ClockSource::File,
                monotonic_us: at_ms * 1000,
            },
            rect: Rect::new(0.1, 0.1, 0.2, 0.2),
            quality,
            frame: Picture::from_planes(2, 2, [vec![0; 4], vec![0], vec![0]]).unwrap(),
        }
    }

    #[test]
    fn the_best_are_kept_and_neighbours_in_time_replace_each_other() {
        let mut shots = BestShots::default();
        for (at, q) in [(0, 1.0), (100, 2.0), (1000, 3.0), (2000, 4.0), (3000, 5.0)] {
            shots.offer(shot(1, at, q));
        }
        assert_eq!(shots.waiting_for(1), 3);
        assert!(!shots.wants(1, 2.5));
        assert!(shots.wants(1, 6.0));
        let order: Vec<f32> = std::iter::from_fn(|| shots.take(|_| true)).map(|s| s.quality).collect();
        assert_eq!(order, [5.0, 4.0, 3.0]);
    }

    #[test]
    fn everybody_is_read_once_before_anybody_twice() {
        let mut shots = BestShots::default();
        for (track, at, q) in [(1, 0, 9.0), (1, 1000, 8.0), (2, 0, 1.0), (3, 0, 0.5)] {
            shots.offer(shot(track, at, q));
        }
        let order: Vec<u64> = std::iter::from_fn(|| shots.take(|_| true)).map(|s| s.track).collect();
        assert_eq!(order, [1, 2, 3, 1]);
        assert!(shots.take(|_| true).is_none());
    }

    #[test]
    fn what_is_not_worth_it_waits() {
        let mut shots = BestShots::default();
        shots.offer(shot(1, 0, 1.0));
        assert!(shots.take(|s| s.quality > 5.0).is_none());
        assert_eq!(shots.waiting_for(1), 1);
        shots.forget(1);
        assert_eq!(shots.waiting_for(1), 0);
    }

    #[test]
    fn two_a_second_it_is() {
        let mut budget = ReadBudget::new(2.0);
        let spent = (0..200).filter(|i| budget.spend(i * 50_000)).count();
        assert!((20..=21).contains(&spent), "{spent} in ten seconds");
        // A clock that goes back gives nothing.
        assert!(!budget.spend(0));
    }

    #[test]
    fn a_chequered_picture_is_sharper_than_a_plain_one() {
        let picture =
            |f: fn(u32, u32) -> u8| GreyPicture::new(16, 16, (0..256).map(|i| f(i % 16, i / 16)).collect()).unwrap();
        let ramp = sharpness(&picture(|x, _| (x * 8) as u8));
        let chequered = sharpness(&picture(|x, y| if (x + y) % 2 == 0 { 0 } else { 200 }));
        assert!(chequered > 1000.0 && ramp < 1.0, "{chequered} {ramp}");
    }

    #[test]
    fn a_cut_vehicle_and_a_blurred_one_are_worth_less() {
        let whole = quality(Rect::new(0.2, 0.2, 0.3, 0.3), (1280, 720), 200.0);
        assert!(whole > quality(Rect::new(0.7, 0.2, 0.3, 0.3), (1280, 720), 200.0));
        assert!(whole > quality(Rect::new(0.2, 0.2, 0.3, 0.3), (1280, 720), 10.0));
        assert!(quality_share(whole) > 0.3 && quality_share(whole) < 1.0);
        assert_eq!((quality_share(0.0), quality_share(f32::INFINITY)), (0.0, 1.0));
    }
}
