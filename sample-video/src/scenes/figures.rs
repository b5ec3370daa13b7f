//! Walking figures: jointed bodies of shaded limbs with clothes, hats and bags of their own, and no faces. A figure is
//! told where it is and how fast it goes; it does not know why.

use crate::draw::layer::{Cloth, Limb};
use crate::draw::noise::unit;
use crate::draw::paint::{Rgb, grey, scaled};
use crate::draw::pinhole::{V3, v3};

/// What the upper and lower body wear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    Trousers,
    Shorts,
    Skirt,
    LongDress,
}

/// What is on the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    Hair,
    LongHair,
    Cap,
    ConicalHat,
}

/// One figure's looks.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) height: f32,
    broad: f32,
    top: Rgb,
    cloth: Cloth,
    bottom: Rgb,
    below: Below,
    head: Head,
    head_colour: Rgb,
    skin: Rgb,
    bag: Option<Rgb>,
    sleeves: bool,
    /// The head is drawn by somebody else, and so what it stands on is drawn with care.
    headless: bool,
    /// The arms are drawn by somebody else.
    armless: bool,
    /// Steps do not fall together.
    phase: f32,
}

/// Where it is at a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pose {
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// Direction it faces, of length one.
    pub(crate) facing: (f32, f32),
    /// Metres a second.
    pub(crate) speed: f32,
    /// Metres gone so far.
    pub(crate) gone: f32,
    /// Seconds, for small movements while standing.
    pub(crate) t: f32,
}

const CLOTHES: [Rgb; 12] = [
    [0.80, 0.78, 0.74],
    [0.16, 0.24, 0.45],
    [0.62, 0.12, 0.13],
    [0.10, 0.11, 0.13],
    [0.86, 0.70, 0.25],
    [0.24, 0.42, 0.30],
    [0.55, 0.62, 0.70],
    [0.78, 0.45, 0.50],
    [0.45, 0.32, 0.22],
    [0.90, 0.90, 0.92],
    [0.35, 0.22, 0.45],
    [0.20, 0.50, 0.55],
];

impl Figure {
    /// Looks drawn from a seed.
    pub(crate) fn new(seed: u32) -> Self {
        let r = |k: i32| unit(k, 11, seed);
        let pick = |k: i32| CLOTHES[((r(k) * 12.0) as usize).min(11)];
        let top = pick(1);
        let below = match (r(2) * 10.0) as u32 {
            0..=5 => Below::Trousers,
            6 | 7 => Below::Shorts,
            8 => Below::Skirt,
            _ => Below::LongDress,
        };
        let head = match (r(3) * 10.0) as u32 {
            0..=3 => Head::Hair,
            4..=6 => Head::LongHair,
            7 | 8 => Head::Cap,
            _ => Head::ConicalHat,
        };
        let other = pick(4);
        let cloth = match (r(5) * 10.0) as u32 {
            0..=5 => Cloth::Plain,
            6 | 7 => Cloth::Rings(other, 0.055),
            _ => Cloth::Checks(other, 0.06),
        };
        let bottom = if below == Below::LongDress {
            top
        } else {
            [[0.11, 0.13, 0.20], [0.25, 0.24, 0.22], [0.40, 0.36, 0.28], [0.07, 0.07, 0.08]]
                [((r(6) * 4.0) as usize).min(3)]
        };
        let head_colour = match head {
            Head::Hair | Head::LongHair => [0.07 + 0.05 * r(7), 0.06 + 0.03 * r(7), 0.05],
            Head::Cap => pick(8),
            Head::ConicalHat => [0.82, 0.74, 0.55],
        };
        let tone = r(9);
        Self {
            height: 1.54 + 0.27 * r(10),
            broad: 0.92 + 0.18 * r(12),
            top,
            cloth,
            bottom,
            below,
            head,
            head_colour,
            skin: [0.58 + 0.14 * tone, 0.42 + 0.13 * tone, 0.32 + 0.12 * tone],
            bag: (r(13) > 0.6).then(|| pick(14)),
            sleeves: r(15) > 0.5,
            headless: false,
            armless: false,
            phase: r(16) * std::f32::consts::TAU,
        }
    }

    /// Leaves the head to somebody else: near a camera a ball is not enough.
    pub(crate) fn without_head(mut self) -> Self {
        self.headless = true;
        if self.below == Below::LongDress {
            self.below = Below::Trousers;
        }
        self
    }

    /// Leaves the arms to somebody else.
    pub(crate) fn without_arms(mut self) -> Self {
        self.armless = true;
        self
    }

    /// In one colour, with this skin and this height.
    pub(crate) fn dressed(mut self, top: Rgb, skin: Rgb, height: f32) -> Self {
        (self.top, self.skin, self.height, self.cloth, self.bag) = (top, skin, height, Cloth::Plain, None);
        (self.below, self.bottom, self.sleeves) = (Below::Trousers, scaled(top, 0.8), true);
        self
    }

    /// Its skin.
    pub(crate) fn skin(&self) -> Rgb {
        self.skin
    }

    /// What its arms are covered with.
    pub(crate) fn sleeve(&self) -> Rgb {
        self.top
    }

    /// How far its body is lifted by its step, metres.
    pub(crate) fn bob(&self, pose: &Pose) -> f32 {
        let phase = pose.gone * std::f32::consts::TAU / (0.82 * self.height) + self.phase;
        (pose.speed / 0.9).clamp(0.0, 1.0) * 0.018 * (2.0 * phase).cos()
    }

    /// The body's limbs, far ones first.
    pub(crate) fn limbs(&self, pose: &Pose, from: V3) -> Vec<Limb> {
        let h = self.height;
        let (fx, fy) = pose.facing;
        let forward = v3(fx, fy, 0.0);
        let left = v3(-fy, fx, 0.0);
        let walk = (pose.speed / 0.9).clamp(0.0, 1.0);
        let phase = pose.gone * std::f32::consts::TAU / (0.82 * h) + self.phase;
        let sway = (1.0 - walk) * 0.025 * (pose.t * 0.9 + self.phase).sin();
        let bob = self.bob(pose);
        let root = v3(pose.x, pose.y, 0.0) + left * sway;
        let up = |z: f32| v3(0.0, 0.0, z + bob);
        let mut limbs = Vec::with_capacity(24);
        let mut add = |a: V3, b: V3, ra: f32, rb: f32, colour: Rgb, cloth: Cloth| {
            limbs.push(Limb { a, b, ra: ra * self.broad, rb: rb * self.broad, colour, cloth })
        };
        let lean = forward * (0.03 * walk);
        for side in [-1.0f32, 1.0] {
            let swing = (phase + if side > 0.0 { 0.0 } else { std::f32::consts::PI }).sin();
            let lift = (phase + if side > 0.0 { 0.0 } else { std::f32::consts::PI }).cos().max(0.0);
            let hip = root + left * (side * 0.085) + up(0.52 * h);
            let thigh = 0.52 * walk * swing;
            let knee = hip + forward * (0.25 * h * thigh.sin()) + v3(0.0, 0.0, -0.25 * h * thigh.cos());
            let shin = thigh - walk * (0.25 + 0.75 * lift);
            let ankle = knee + forward * (0.245 * h * shin.sin()) + v3(0.0, 0.0, -0.245 * h * shin.cos());
            let (leg, lower) = match self.below {
                Below::Trousers => (self.bottom, self.bottom),
                Below::Shorts => (self.bottom, self.skin),
                Below::Skirt | Below::LongDress => (self.skin, self.skin),
            };
            add(hip, knee, 0.085, 0.065, leg, Cloth::Plain);
            add(knee, ankle, 0.058, 0.042, lower, Cloth::Plain);
            add(
                ankle + v3(0.0, 0.0, -0.02),
                ankle + forward * 0.15 + v3(0.0, 0.0, -0.03),
                0.045,
                0.038,
                grey(0.14),
                Cloth::Plain,
            );
            if self.armless {
                continue;
            }
            let shoulder = root + left * (side * 0.18 * self.broad) + lean + up(0.80 * h);
            let arm = -0.45 * walk * swing;
            let elbow = shoulder
                + forward * (0.18 * h * arm.sin())
                + left * (side * 0.05)
                + v3(0.0, 0.0, -0.18 * h * arm.cos());
            let fore = arm + 0.25 + 0.2 * walk;
            let hand = elbow + forward * (0.16 * h * fore.sin()) + v3(0.0, 0.0, -0.16 * h * fore.cos());
            add(shoulder, elbow, 0.055, 0.045, self.top, Cloth::Plain);
            add(elbow, hand, 0.042, 0.034, if self.sleeves { scaled(self.top, 0.95) } else { self.skin }, Cloth::Plain);
            add(hand, hand + v3(0.0, 0.0, -0.06), 0.036, 0.03, self.skin, Cloth::Plain);
        }
        let (hips, chest) = (root + up(0.55 * h), root + lean + up(0.765 * h));
        match self.below {
            Below::Skirt => add(root + up(0.36 * h), hips, 0.20, 0.14, self.bottom, Cloth::Plain),
            Below::LongDress => add(root + up(0.14 * h), hips, 0.19, 0.14, self.bottom, Cloth::Plain),
            _ => add(root + up(0.50 * h), hips, 0.145, 0.145, self.bottom, Cloth::Plain),
        }
        add(hips, chest, 0.145, 0.175, self.top, self.cloth);
        if let Some(bag) = self.bag {
            add(
                chest - forward * 0.18 + v3(0.0, 0.0, 0.02),
                hips - forward * 0.17 + v3(0.0, 0.0, 0.08),
                0.12,
                0.13,
                bag,
                Cloth::Plain,
            );
        }
        if self.headless {
            self.shoulders(&mut add, root + lean, (forward, left), bob);
        } else {
            self.head(&mut add, root + lean + forward * 0.02, forward, h, bob);
        }
        limbs.sort_by(|a, b| {
            let depth = |l: &Limb| {
                let m = (l.a + l.b) * 0.5 - from;
                m.dot(m)
            };
            depth(b).total_cmp(&depth(a))
        });
        limbs
    }

    /// Neck, collar and shoulders, for a head that is drawn apart.
    fn shoulders(
        &self,
        add: &mut impl FnMut(V3, V3, f32, f32, Rgb, Cloth),
        at: V3,
        (forward, left): (V3, V3),
        bob: f32,
    ) {
        let up = |z: f32| v3(0.0, 0.0, z * self.height + bob);
        // The neck stands behind what lies on the shoulders, so that it ends in a collar.
        let (neck, front) = (at - forward * 0.05, at + forward * 0.030);
        add(neck + up(0.82), neck + up(0.89), 0.058, 0.054, scaled(self.skin, 0.84), Cloth::Plain);
        for side in [-1.0f32, 1.0] {
            let end = at + left * (side * 0.165 * self.broad) + up(0.790);
            add(at + left * (side * 0.02) + up(0.803), end, 0.080, 0.064, self.top, Cloth::Plain);
            let (behind, ahead) = (at + left * (side * 0.062) + up(0.846), front + left * (side * 0.004) + up(0.824));
            add(behind, ahead, 0.017, 0.020, scaled(self.top, 0.80), Cloth::Plain);
        }
    }

    fn head(&self, add: &mut impl FnMut(V3, V3, f32, f32, Rgb, Cloth), at: V3, forward: V3, h: f32, bob: f32) {
        let up = |z: f32| v3(0.0, 0.0, z + bob);
        add(at + up(0.83 * h), at + up(0.88 * h), 0.052, 0.052, self.skin, Cloth::Plain);
        add(at + up(0.905 * h), at + up(0.945 * h), 0.085, 0.092, self.skin, Cloth::Plain);
        let back = at - forward * 0.035;
        match self.head {
            Head::Hair => add(
                back + up(0.935 * h),
                back + forward * 0.03 + up(0.965 * h),
                0.093,
                0.092,
                self.head_colour,
                Cloth::Plain,
            ),
            Head::LongHair => {
                add(back + up(0.83 * h), back + up(0.94 * h), 0.085, 0.095, self.head_colour, Cloth::Plain);
                add(
                    back + up(0.94 * h),
                    back + forward * 0.03 + up(0.965 * h),
                    0.095,
                    0.09,
                    self.head_colour,
                    Cloth::Plain,
                );
            }
            Head::Cap => {
                add(back + up(0.955 * h), at + up(0.965 * h), 0.095, 0.092, self.head_colour, Cloth::Plain);
                add(
                    at + forward * 0.08 + up(0.945 * h),
                    at + forward * 0.14 + up(0.94 * h),
                    0.05,
                    0.03,
                    scaled(self.head_colour, 0.8),
                    Cloth::Plain,
                );
            }
            Head::ConicalHat => add(
                at + up(0.955 * h),
                at + up(1.02 * h),
                0.225,
                0.015,
                self.head_colour,
                Cloth::Rings(scaled(self.head_colour, 0.88), 0.02),
            ),
        }
    }
}
