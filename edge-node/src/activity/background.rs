//! What moves: the picture against a background that is learned by the pixel. Pure arithmetic on grey pictures, the same
//! on every run; it never looks at what moves.
//!
//! Each pixel holds a mean and a variance, learned only while it shows background. Something that stands still is taken
//! into the background after [`ABSORB_S`] (sooner where what was held for background was hardly seen itself), and what was there before is remembered beside it, so that a vehicle that
//! drives off after a stop leaves no ghost. Light that changes everywhere at once (clouds, a camera's exposure) is divided out
//! first. Shadows keep the texture of the ground and only dim it: they are marked, so that boxes fit without them.

use contract::clock::UtcMicros;
use contract::geometry::Rect;
use opencv::core::{BORDER_REPLICATE, Mat, MatTraitConst, Point as CvPoint, Scalar, Size, ToInputArray};
use opencv::imgproc;

use crate::picture::{GreyPicture, PictureError};

/// Seconds something must stand still to become background.
const ABSORB_S: f32 = 20.0;
/// The same where the background itself was hardly ever seen: what was on the first picture and drove off must not be held
/// for the road.
const ABSORB_UNSEEN_S: f32 = 3.0;
/// Seen for less than this, a background is hardly seen.
const SEEN_S: f32 = 1.0;
/// In the first seconds everything is learned that differs by less, grey levels: a truck that goes past just then is not.
const BEGIN_WITHIN: f32 = 28.0;
/// Seconds a background that was covered by something absorbed is remembered.
const REMEMBER_S: f32 = 900.0;
/// Time constant of learning, seconds.
const LEARN_S: f32 = 8.0;
/// The first seconds learn faster: nothing is known yet.
const BEGIN_S: f32 = 2.0;
/// A pixel is foreground beyond so many standard deviations.
const SIGMAS: f32 = 4.0;
/// Least deviation believed in, grey levels: compression alone moves pixels by this much.
const LEAST_SIGMA: f32 = 3.5;
/// Largest deviation learned, grey levels: leaves in the wind.
const MOST_SIGMA: f32 = 14.0;
/// More of the picture than this at once is a change of scene, not movement.
const SCENE_CHANGED: f32 = 0.8;
/// It must last this long before everything is learned anew: a bus may fill the view while it passes.
const SCENE_CHANGED_S: f32 = 4.0;
/// With more of the picture moving than this, the light cannot be told from things.
const MUCH_MOVES: f32 = 0.35;
/// Parts of the picture that must agree on a change of light.
const TILES_ACROSS: usize = 6;
/// The same, downwards.
const TILES_DOWN: usize = 4;

/// A pixel of [`Foreground`]: background.
pub const STILL: u8 = 0;
/// A pixel of [`Foreground`]: darker ground, likely a shadow.
pub const SHADOW: u8 = 127;
/// A pixel of [`Foreground`]: something else than the background.
pub const MOVING: u8 = 255;

fn doing(doing: &'static str) -> impl FnOnce(opencv::Error) -> PictureError {
    move |source| PictureError::OpenCv { doing, source }
}

/// What moves, by pixel: [`STILL`], [`SHADOW`] or [`MOVING`].
#[derive(Debug, Clone)]
pub struct Foreground {
    /// One byte a pixel of the looked-at picture.
    pub mask: GreyPicture,
}

impl Foreground {
    /// Share of pixels that move, shadows not counted.
    #[must_use]
    pub fn share(&self) -> f32 {
        let moving = self.mask.data.iter().filter(|p| **p == MOVING).count();
        moving as f32 / self.mask.data.len().max(1) as f32
    }

    /// Boxes around connected parts that move, small specks left out; for the gate and for crops, not for tracking.
    pub fn boxes(&self) -> Result<Vec<Rect>, PictureError> {
        if self.mask.data.iter().all(|p| *p != MOVING) {
            return Ok(Vec::new());
        }
        let mut solid = Mat::default();
        imgproc::threshold(&self.mask.as_mat()?, &mut solid, f64::from(SHADOW), 255.0, imgproc::THRESH_BINARY)
            .map_err(doing("separating shadows"))?;
        let solid = closed(&solid, 5, 9)?;
        let (width, height) = (self.mask.width as f32, self.mask.height as f32);
        let parts = parts(&solid)?;
        let least = (width * height * 0.0004) as i32;
        Ok(parts
            .into_iter()
            .filter(|p| p.area >= least)
            .map(|p| Rect::new(p.x as f32 / width, p.y as f32 / height, p.w as f32 / width, p.h as f32 / height))
            .collect())
    }
}

/// A connected part of a mask, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) w: i32,
    pub(crate) h: i32,
    pub(crate) area: i32,
}

/// Removes specks and closes gaps of a mask: a gap up to `across` × `down` pixels.
pub(crate) fn closed(mask: &impl ToInputArray, across: i32, down: i32) -> Result<Mat, PictureError> {
    let element = |w, h| {
        imgproc::get_structuring_element_def(imgproc::MORPH_RECT, Size::new(w, h)).map_err(doing("making a brush"))
    };
    let mut opened = Mat::default();
    let mut out = Mat::default();
    let (middle, black) = (CvPoint::new(-1, -1), Scalar::all(0.0));
    imgproc::morphology_ex(mask, &mut opened, imgproc::MORPH_OPEN, &element(3, 3)?, middle, 1, BORDER_REPLICATE, black)
        .map_err(doing("removing specks"))?;
    imgproc::morphology_ex(
        &opened,
        &mut out,
        imgproc::MORPH_CLOSE,
        &element(across, down)?,
        middle,
        1,
        BORDER_REPLICATE,
        black,
    )
    .map_err(doing("closing gaps"))?;
    Ok(out)
}

/// The connected parts of a mask.
pub(crate) fn parts(mask: &Mat) -> Result<Vec<Part>, PictureError> {
    let (mut labels, mut stats, mut centres) = (Mat::default(), Mat::default(), Mat::default());
    let count = imgproc::connected_components_with_stats_def(mask, &mut labels, &mut stats, &mut centres)
        .map_err(doing("finding parts"))?;
    let at = |row: i32, column: i32| stats.at_2d::<i32>(row, column).copied().map_err(doing("reading a part"));
    (1..count)
        .map(|i| {
            Ok(Part {
                x: at(i, imgproc::CC_STAT_LEFT)?,
                y: at(i, imgproc::CC_STAT_TOP)?,
                w: at(i, imgproc::CC_STAT_WIDTH)?,
                h: at(i, imgproc::CC_STAT_HEIGHT)?,
                area: at(i, imgproc::CC_STAT_AREA)?,
            })
        })
        .collect()
}

/// The learned background of one camera.
#[derive(Debug, Default)]
pub struct Background {
    width: u32,
    height: u32,
    mean: Vec<f32>,
    variance: Vec<f32>,
    /// What was background before something was absorbed; negative where there is none.
    before: Vec<f32>,
    /// What may become background, and for how many tenths of a second it has been there.
    waiting: Vec<u8>,
    waited: Vec<u16>,
    /// For how many tenths of a second the background was seen, up to [`ABSORB_S`].
    confirmed: Vec<u16>,
    gain: f32,
    began: Option<UtcMicros>,
    last: Option<UtcMicros>,
    forget_before_at: Option<UtcMicros>,
    changed_s: f32,
    share: f32,
}

/// The middle one of some ratios; none when there are too few to say.
fn median(ratios: &mut [f32]) -> Option<f32> {
    if ratios.len() < 8 {
        return None;
    }
    let middle = ratios.len() / 2;
    let (_, median, _) = ratios.select_nth_unstable_by(middle, f32::total_cmp);
    Some(*median)
}

impl Background {
    /// Knows nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { gain: 1.0, ..Self::default() }
    }

    fn begin(&mut self, grey: &GreyPicture, at: UtcMicros) {
        let n = grey.data.len();
        (self.width, self.height) = (grey.width, grey.height);
        self.mean = grey.data.iter().map(|p| f32::from(*p)).collect();
        self.variance = vec![LEAST_SIGMA * LEAST_SIGMA * 2.0; n];
        self.before = vec![-1.0; n];
        self.waiting = vec![0; n];
        self.waited = vec![0; n];
        self.confirmed = vec![0; n];
        self.gain = 1.0;
        self.began = Some(at);
        self.last = Some(at);
        self.forget_before_at = None;
        self.changed_s = 0.0;
        self.share = 0.0;
    }

    /// Is the background known well enough to say what moves?
    #[must_use]
    pub fn is_known(&self, at: UtcMicros) -> bool {
        self.began.is_some_and(|b| at.since_us(b) as f32 >= BEGIN_S * 1e6)
    }

    /// What moves in this picture, and learns from it.
    pub fn look(&mut self, grey: &GreyPicture, at: UtcMicros) -> Result<Foreground, PictureError> {
        let (Some(began), Some(last)) = (self.began, self.last) else {
            self.begin(grey, at);
            return Ok(Foreground { mask: GreyPicture::new(grey.width, grey.height, vec![STILL; grey.data.len()])? });
        };
        if (grey.width, grey.height) != (self.width, self.height) {
            self.begin(grey, at);
            return Ok(Foreground { mask: GreyPicture::new(grey.width, grey.height, vec![STILL; grey.data.len()])? });
        }
        // A gap or a jump of time teaches nothing about how long something stood.
        let dt = (at.since_us(last) as f32 / 1e6).clamp(0.0, 1.0);
        self.last = Some(at);
        self.gain = self.light(grey);
        let beginning = at.since_us(began) as f32 / 1e6 < BEGIN_S;
        let rate = (dt / if beginning { BEGIN_S / 3.0 } else { LEARN_S }).clamp(0.0, 0.5);
        let mut mask = self.compare(grey, rate, beginning);
        self.absorb(grey, &mask, dt, at);
        self.mark_shadows(grey, &mut mask)?;
        let foreground = Foreground { mask: GreyPicture::new(grey.width, grey.height, mask)? };
        self.share = foreground.share();
        self.changed_s = if self.share > SCENE_CHANGED { self.changed_s + dt } else { 0.0 };
        if self.changed_s > SCENE_CHANGED_S {
            self.begin(grey, at);
        }
        Ok(foreground)
    }

    /// How much brighter the whole scene is than what was learned: what most parts of the picture agree on. A bus in front
    /// of half the view is no change of light, so a large foreground keeps what was known.
    fn light(&self, grey: &GreyPicture) -> f32 {
        if self.share > MUCH_MOVES {
            return self.gain;
        }
        let (width, height) = (self.width as usize, self.height as usize);
        let mut medians = Vec::with_capacity(TILES_ACROSS * TILES_DOWN);
        for tile in 0..TILES_ACROSS * TILES_DOWN {
            let (tx, ty) = (tile % TILES_ACROSS, tile / TILES_ACROSS);
            let columns = tx * width / TILES_ACROSS..(tx + 1) * width / TILES_ACROSS;
            let mut ratios: Vec<f32> = (ty * height / TILES_DOWN..(ty + 1) * height / TILES_DOWN)
                .step_by(5)
                .flat_map(|y| columns.clone().step_by(5).map(move |x| y * width + x))
                .filter(|i| (24.0..232.0).contains(&self.mean[*i]))
                .map(|i| (f32::from(grey.data[i]) + 1.0) / (self.mean[i] + 1.0))
                .collect();
            medians.extend(median(&mut ratios));
        }
        let tiles = medians.len();
        let Some(all) = median(&mut medians) else { return 1.0 };
        let agree = medians.iter().filter(|m| (*m / all - 1.0).abs() < 0.08).count();
        // Small swings are noise of the estimate; the mean follows them anyway.
        if (all - 1.0).abs() < 0.02 || agree * 10 < tiles * 6 { 1.0 } else { all.clamp(0.4, 2.5) }
    }

    /// Compares and learns where the background is seen.
    fn compare(&mut self, grey: &GreyPicture, rate: f32, beginning: bool) -> Vec<u8> {
        let gain = self.gain;
        let (least, most) = (LEAST_SIGMA * LEAST_SIGMA, MOST_SIGMA * MOST_SIGMA);
        let limit = SIGMAS * SIGMAS;
        let mut mask = vec![STILL; grey.data.len()];
        for (((out, pixel), mean), variance) in
            mask.iter_mut().zip(&grey.data).zip(&mut self.mean).zip(&mut self.variance)
        {
            let difference = f32::from(*pixel) - *mean * gain;
            let squared = difference * difference;
            let still = squared <= limit * *variance;
            let learn = if still || (beginning && difference.abs() < BEGIN_WITHIN) { rate } else { 0.0 };
            *mean = (*mean + learn * difference).clamp(0.0, 255.0);
            *variance = (*variance + learn * (squared.min(most) - *variance)).clamp(least, most);
            *out = if still { STILL } else { MOVING };
        }
        mask
    }

    /// What has stood still long enough becomes background; what was there before is remembered and recognised again.
    fn absorb(&mut self, grey: &GreyPicture, mask: &[u8], dt: f32, at: UtcMicros) {
        if self.forget_before_at.is_some_and(|t| at > t) {
            self.before.fill(-1.0);
            self.forget_before_at = None;
        }
        let tenths = (dt * 10.0).round() as u16;
        let in_tenths = |seconds: f32| (seconds * 10.0) as u16;
        let (soon, enough) = (in_tenths(ABSORB_UNSEEN_S), in_tenths(ABSORB_S));
        let seen_at_all = in_tenths(SEEN_S);
        let near = SIGMAS * LEAST_SIGMA;
        let mut absorbed = false;
        for (i, seen) in mask.iter().enumerate() {
            if *seen == STILL {
                // Leaking, not forgetting: a passer-by in front of a stopped car must not start its wait again.
                self.waited[i] = self.waited[i].saturating_sub(tenths);
                self.confirmed[i] = (self.confirmed[i] + tenths).min(enough);
                continue;
            }
            let pixel = grey.data[i];
            let value = f32::from(pixel);
            if self.before[i] >= 0.0 && (value - self.before[i] * self.gain).abs() < near {
                // What was absorbed has gone.
                self.mean[i] = self.before[i];
                self.before[i] = -1.0;
                self.waited[i] = 0;
                continue;
            }
            if f32::from(pixel.abs_diff(self.waiting[i])) < near {
                self.waited[i] = self.waited[i].saturating_add(tenths);
                // Follows slowly, so that noise at the beginning does not decide.
                let toward = (i16::from(pixel) - i16::from(self.waiting[i])).signum();
                self.waiting[i] = (i16::from(self.waiting[i]) + toward).clamp(0, 255) as u8;
                let known = self.confirmed[i] >= seen_at_all;
                if self.waited[i] >= if known { enough } else { soon } {
                    self.before[i] = if known { self.mean[i] } else { -1.0 };
                    self.confirmed[i] = self.waited[i];
                    self.mean[i] = value / self.gain.max(0.1);
                    self.variance[i] = LEAST_SIGMA * LEAST_SIGMA * 2.0;
                    self.waited[i] = 0;
                    absorbed = true;
                }
            } else if self.waited[i] <= tenths {
                self.waiting[i] = pixel;
                self.waited[i] = tenths;
            } else {
                self.waited[i] -= tenths;
            }
        }
        if absorbed {
            self.forget_before_at = Some(at.plus_us((REMEMBER_S * 1e6) as i64));
        }
    }

    /// Marks dimmed ground: darker by a ratio that hardly changes over a few pixels.
    fn mark_shadows(&self, grey: &GreyPicture, mask: &mut [u8]) -> Result<(), PictureError> {
        const DARKEST: f32 = 0.35;
        const BRIGHTEST: f32 = 0.93;
        // Ratio in 1/128, 0 where the pixel is not a candidate.
        let mut ratio = vec![0u8; mask.len()];
        let mut any = false;
        for (i, out) in ratio.iter_mut().enumerate() {
            if mask[i] == STILL {
                continue;
            }
            let share = f32::from(grey.data[i]) / (self.mean[i] * self.gain).max(1.0);
            if (DARKEST..BRIGHTEST).contains(&share) {
                *out = (share * 128.0) as u8;
                any = true;
            }
        }
        if !any {
            return Ok(());
        }
        let ratio = GreyPicture::new(grey.width, grey.height, ratio)?;
        let (mut lowest, mut highest) = (Mat::default(), Mat::default());
        let brush = imgproc::get_structuring_element_def(imgproc::MORPH_RECT, Size::new(5, 5))
            .map_err(doing("making a brush"))?;
        imgproc::erode_def(&ratio.as_mat()?, &mut lowest, &brush).map_err(doing("finding the darkest"))?;
        imgproc::dilate_def(&ratio.as_mat()?, &mut highest, &brush).map_err(doing("finding the brightest"))?;
        let (lowest, highest) = (GreyPicture::from_mat(&lowest)?, GreyPicture::from_mat(&highest)?);
        for (i, out) in mask.iter_mut().enumerate() {
            // A neighbour that is no candidate has ratio 0 and spoils the evenness: edges of things stay things.
            if ratio.data[i] > 0 && lowest.data[i] > 0 && highest.data[i] - lowest.data[i] < 14 {
                *out = SHADOW;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: u32 = 160;
    const H: u32 = 90;

    /// A textured ground with noise that follows from the frame's number, and things painted on it.
    fn scene(n: u32, light: f32, things: &[(u32, u32, u32, u32, u8)]) -> GreyPicture {
        let mut data = Vec::new();
        for y in 0..H {
            for x in 0..W {
                let ground = 100.0 + 30.0 * ((x / 8 + y / 8) % 2) as f32;
                let noise = ((x * 7919 + y * 104_729 + n * 1_299_709).wrapping_mul(2_654_435_761) >> 29) as f32 - 3.5;
                let thing =
                    things.iter().find(|(tx, ty, tw, th, _)| x >= *tx && x < tx + tw && y >= *ty && y < ty + th);
                // Things have a texture of their own: stripes.
                let value = thing.map_or(ground, |t| f32::from(t.4) + if (x + n) % 6 < 3 { 12.0 } else { -12.0 });
                data.push((value * light + noise).clamp(0.0, 255.0) as u8);
            }
        }
        GreyPicture::new(W, H, data).unwrap()
    }

    fn at(n: u32) -> UtcMicros {
        UtcMicros(i64::from(n) * 200_000)
    }

    /// Looks at `frames` frames and returns the last finding.
    fn watch(
        background: &mut Background,
        frames: std::ops::Range<u32>,
        light: f32,
        things: &[(u32, u32, u32, u32, u8)],
    ) -> Foreground {
        let mut last = None;
        for n in frames {
            last = Some(background.look(&scene(n, light, things), at(n)).unwrap());
        }
        last.unwrap()
    }

    #[test]
    fn noise_is_not_movement_and_a_thing_is() {
        let mut background = Background::new();
        assert!(watch(&mut background, 0..30, 1.0, &[]).share() < 0.001);
        let found = watch(&mut background, 30..31, 1.0, &[(60, 30, 24, 30, 220)]);
        let boxes = found.boxes().unwrap();
        assert_eq!(boxes.len(), 1, "{boxes:?}");
        let expected = Rect::new(60.0 / 160.0, 30.0 / 90.0, 24.0 / 160.0, 30.0 / 90.0);
        assert!(boxes[0].iou(expected) > 0.8, "{boxes:?}");
    }

    #[test]
    fn a_cloud_is_not_movement() {
        let mut background = Background::new();
        watch(&mut background, 0..30, 1.0, &[]);
        for (n, light) in [(30, 0.7), (31, 1.35), (32, 1.0)] {
            assert!(watch(&mut background, n..n + 1, light, &[]).share() < 0.02, "{light}");
        }
    }

    #[test]
    fn what_stands_becomes_background_and_leaves_no_ghost() {
        let mut background = Background::new();
        watch(&mut background, 0..30, 1.0, &[]);
        // The stripes of the thing must stand too: the same frame's texture again and again.
        let parked = |n: u32| {
            let mut picture = scene(n, 1.0, &[]);
            for y in 30..60 {
                for x in 60..84 {
                    picture.data[(y * W + x) as usize] = 220;
                }
            }
            picture
        };
        let mut share = 1.0;
        for n in 30..180 {
            share = background.look(&parked(n), at(n)).unwrap().share();
        }
        assert!(share < 0.001, "absorbed after 30 s, still {share}");
        // A frame or two may show the change; then the old ground is known again, long before 20 s.
        assert!(watch(&mut background, 180..183, 1.0, &[]).share() < 0.002);
    }

    #[test]
    fn a_passing_thing_leaves_no_trace() {
        let mut background = Background::new();
        watch(&mut background, 0..30, 1.0, &[]);
        for n in 30..60 {
            watch(&mut background, n..n + 1, 1.0, &[((n - 30) * 4, 30, 24, 30, 220)]);
        }
        assert!(watch(&mut background, 60..62, 1.0, &[]).share() < 0.001);
    }

    #[test]
    fn a_shadow_is_told_from_a_thing() {
        let mut background = Background::new();
        watch(&mut background, 0..30, 1.0, &[]);
        let mut picture = scene(30, 1.0, &[]);
        for y in 30..60 {
            for x in 60..100 {
                let p = &mut picture.data[(y * W + x) as usize];
                *p = (f32::from(*p) * 0.6) as u8;
            }
        }
        let found = background.look(&picture, at(30)).unwrap();
        let count = |kind| found.mask.data.iter().filter(|p| **p == kind).count();
        assert!(count(SHADOW) > 3 * count(MOVING), "{} of shadow, {} moving", count(SHADOW), count(MOVING));
    }

    #[test]
    fn what_passes_while_the_node_starts_leaves_no_ghost() {
        let mut background = Background::new();
        // One car stands on the first picture and drives off, a truck follows a second later; then the road is empty.
        for n in 0..4 {
            watch(&mut background, n..n + 1, 1.0, &[(10 + n * 25, 30, 24, 30, 40)]);
        }
        for n in 4..15 {
            watch(&mut background, n..n + 1, 1.0, &[((n - 4) * 12, 10, 60, 70, 220)]);
        }
        watch(&mut background, 15..34, 1.0, &[]);
        assert!(watch(&mut background, 34..35, 1.0, &[]).share() < 0.01, "four seconds later the road is known");
    }

    #[test]
    fn another_scene_is_learned_anew() {
        let mut background = Background::new();
        watch(&mut background, 0..30, 1.0, &[]);
        // The same pattern with dark and bright exchanged, far beyond what light explains; the noise stays.
        let other = |n| {
            let mut picture = scene(n, 1.0, &[]);
            picture.data.iter_mut().for_each(|p| *p = if *p > 115 { 20 + *p % 8 } else { 220 + *p % 8 });
            picture
        };
        assert!(background.look(&other(30), at(30)).unwrap().share() > 0.8);
        for n in 31..80 {
            background.look(&other(n), at(n)).unwrap();
        }
        assert!(background.look(&other(80), at(80)).unwrap().share() < 0.05);
    }
}
