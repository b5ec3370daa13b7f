//! The squares: figures cross a counting line both ways, alone and in pairs, under a passing cloud. The truth is
//! computed from the walks that are drawn, before any pixel exists.

use contract::bundle::LineCounts;
use contract::geometry::{Point, Rect, Segment};

use super::figures::{Figure, Pose};
use super::square_ground::{Place, background};
use super::walks::{Habit, Walk, drawn, first_square, second_square, side_to_side, up_or_down};
use super::{FPS, HEIGHT, Scene, WIDTH};
use crate::draw::layer::{Cloth, Face, Layer, Limb, SAMPLES};
use crate::draw::noise::{fractal, smooth, unit};
use crate::draw::paint::{Canvas, grey, scaled};
use crate::draw::picture::Picture;
use crate::draw::pinhole::{Pinhole, V3, cut_to_picture, v3};
use crate::draw::sensor::{Frame, Light, Sensor};
use crate::draw::shadow::{Sun, cast};
use crate::truth::{Class, Distractor, Passage, Truth, TruthLine, crossings};

const DURATION_S: u32 = 60;
const SHUTTER: f32 = 0.3;
const SUN: Sun = Sun { x: 0.62, y: -0.22 };
/// The cloud's grid over the picture.
const GRID: (usize, usize) = (33, 19);

#[derive(Debug)]
struct Actor {
    figure: Figure,
    walk: Walk,
    habit: Habit,
    paired: bool,
}

impl Actor {
    fn pose(&self, t: f32) -> Pose {
        let (x, y) = self.walk.at(t);
        let (ax, ay) = self.walk.at(t - 0.12);
        let (bx, by) = self.walk.at(t + 0.12);
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx.hypot(dy);
        let speed = length / 0.24;
        let facing = if length > 0.01 { (dx / length, dy / length) } else { (0.25, -0.97) };
        Pose { x, y, facing, speed, gone: self.walk.gone(t), t }
    }

    fn rect(&self, camera: &Pinhole, t: f32) -> Option<Rect> {
        let (start, end) = self.walk.span();
        if t < start || t > end {
            return None;
        }
        let (x, y) = self.walk.at(t);
        let h = self.figure.height;
        (y > 1.5).then(|| {
            camera.rect(&[v3(x - 0.25, y, 0.0), v3(x + 0.25, y, 0.0), v3(x - 0.25, y, h), v3(x + 0.25, y, h)])
        })?
    }

    fn visible(&self, camera: &Pinhole, t: f32) -> bool {
        self.rect(camera, t).is_some_and(|r| {
            let c = cut_to_picture(r);
            c.w > 0.003 && c.h > 0.01
        })
    }
}

/// A square.
#[derive(Debug)]
pub(crate) struct Square {
    pub(crate) truth: Truth,
    camera: Pinhole,
    place: Place,
    actors: Vec<Actor>,
    sensor: Sensor,
    background: Option<Picture>,
    canvas: Picture,
    layer: Layer,
    /// Ground places of the cloud's grid.
    grid: Vec<Option<(f32, f32)>>,
    flag: [Face; FLAG_STRIPS],
    flag_at: V3,
}

const FLAG_STRIPS: usize = 7;

struct Plan {
    camera: Pinhole,
    place: Place,
    /// Ends of the counting line on the ground.
    line: ((f32, f32), (f32, f32)),
    actors: Vec<Actor>,
    flag_at: V3,
}

fn plan(scene: Scene, seed: u32) -> Plan {
    let first = scene == Scene::Square;
    let (camera, place, line, flag_at) = if first {
        (
            Pinhole::new(v3(0.0, 0.0, 5.0), 6.0, 15.0, 1050.0, WIDTH, HEIGHT),
            Place {
                wall_y: 30.0,
                wall_high: 8.7,
                plaster: [0.80, 0.70, 0.48],
                slab: 0.6,
                paving: ([0.56, 0.53, 0.49], [0.44, 0.36, 0.31]),
                trees: [(-11.5, 22.0, 2.6, 2.6), (8.5, 24.0, 2.4, 2.3), (-3.5, 27.5, 2.2, 1.9)],
                seed,
            },
            ((-5.2, 11.4), (5.0, 12.6)),
            v3(4.0, 26.0, 0.0),
        )
    } else {
        (
            Pinhole::new(v3(0.0, 0.0, 5.4), -5.0, 17.5, 1040.0, WIDTH, HEIGHT),
            Place {
                wall_y: 27.0,
                wall_high: 11.6,
                plaster: [0.70, 0.73, 0.74],
                slab: 0.9,
                paving: ([0.50, 0.50, 0.50], [0.60, 0.55, 0.47]),
                trees: [(-8.5, 23.0, 2.2, 2.2), (12.0, 21.5, 2.8, 2.7), (4.0, 24.5, 2.0, 1.8)],
                seed,
            },
            ((0.5, 8.4), (0.2, 20.5)),
            v3(-3.2, 24.0, 0.0),
        )
    };
    let parts = match (scene.seed() as u32 == seed, first) {
        (true, true) => first_square(),
        (true, false) => second_square(),
        (false, true) => drawn(seed, (1.5, 3.1)),
        (false, false) => drawn(seed, (2.9, 4.7)),
    };
    let mut actors: Vec<Actor> = Vec::new();
    let mut own = 0;
    for (i, part) in parts.iter().enumerate() {
        // A pair shares its way: the second takes the first one's seed and keeps beside it.
        if !part.paired {
            own = seed.wrapping_mul(31).wrapping_add(i as u32);
        }
        let (walk, _) =
            if first { up_or_down(part, line.0, line.1, own) } else { side_to_side(part, line.0, line.1, own) };
        actors.push(Actor {
            figure: Figure::new(seed.wrapping_add(977 * (i as u32 + 1))),
            walk,
            habit: part.habit,
            paired: part.paired,
        });
    }
    Plan { camera, place, line, actors, flag_at }
}

impl Square {
    pub(crate) fn new(scene: Scene, seed: u64) -> Self {
        let Plan { camera, place, line, actors, flag_at } = plan(scene, seed as u32);
        let truth = truth((scene, seed), &camera, line, &actors, flag_at);
        let grid = (0..GRID.0 * GRID.1)
            .map(|i| {
                let (c, r) = ((i % GRID.0) as f32 / (GRID.0 - 1) as f32, (i / GRID.0) as f32 / (GRID.1 - 1) as f32);
                camera.ground(c * WIDTH as f32, r * HEIGHT as f32).filter(|p| p.y < 60.0).map(|p| (p.x, p.y))
            })
            .collect();
        let seed = seed as u32;
        Self {
            truth,
            flag: flag(seed),
            camera,
            place,
            actors,
            sensor: Sensor::new(seed, 2.6, 0.25),
            background: None,
            canvas: Picture::new(WIDTH, HEIGHT),
            layer: Layer::default(),
            grid,
            flag_at,
        }
    }

    pub(crate) fn frame(&mut self, number: u32) -> Frame {
        let background = self.background.get_or_insert_with(|| background(&self.camera, &self.place));
        self.canvas.copy_from(background);
        let t = number as f32 / FPS as f32;
        self.wave(t);
        let camera = &self.camera;
        let mut seen: Vec<(f32, &Actor)> =
            self.actors.iter().filter(|a| a.visible(camera, t)).map(|a| (a.walk.at(t).1, a)).collect();
        seen.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, actor) in &seen {
            shade(&mut self.canvas, camera, &actor.figure.limbs(&actor.pose(t), camera.at));
        }
        for (_, actor) in &seen {
            draw(&mut self.layer, &mut self.canvas, camera, actor, t);
        }
        let clouds: Vec<f32> =
            self.grid.iter().map(|p| p.map_or(1.0, |(x, y)| cloud(x, y, t, self.place.seed))).collect();
        // Lamps under a roof near the camera: a slow beat between mains and shutter.
        let flicker = 1.0 + 0.008 * (t * 7.3).sin() + 0.010 * (unit(number as i32, 4, self.place.seed) - 0.5);
        self.sensor.expose(&self.canvas, number, &Light { gain: flicker, cloud: Some((GRID.0, GRID.1, &clouds)) })
    }

    /// The flag on its pole.
    fn wave(&mut self, t: f32) {
        let foot = self.flag_at;
        let top = 5.2;
        let Some(r) = self.camera.rect(&[foot + v3(-0.3, 0.0, 0.0), foot + v3(2.3, 0.0, top + 0.3)]) else { return };
        let (w, h) = (WIDTH as f32, HEIGHT as f32);
        if !self.layer.begin([r.x * w, r.y * h, (r.x + r.w) * w, (r.y + r.h) * h], WIDTH, HEIGHT) {
            return;
        }
        let gust = 0.6 + 0.4 * smooth(t * 0.4, 2.0, self.place.seed);
        let edge = |k: f32| {
            v3(
                1.75 * k,
                0.30 * k * gust * (k * 7.0 - t * 6.5).sin(),
                -0.12 * k + 0.10 * k * gust * (k * 5.0 - t * 5.2).sin(),
            )
        };
        for offset in SAMPLES {
            self.layer.limb(
                &self.camera,
                &Limb {
                    a: foot,
                    b: foot + v3(0.0, 0.0, top),
                    ra: 0.06,
                    rb: 0.04,
                    colour: grey(0.66),
                    cloth: Cloth::Plain,
                },
                offset,
                -0.8,
            );
            for (k, strip) in self.flag.iter().enumerate() {
                let (a, b) = (edge(k as f32 / FLAG_STRIPS as f32), edge((k + 1) as f32 / FLAG_STRIPS as f32));
                let at = foot + v3(0.0, -0.05, top - 0.1);
                let light = 0.92 + 1.4 * (b.y - a.y);
                let face = Face { origin: at + a, along: b - a, light: light.clamp(0.6, 1.2), ..strip.clone() };
                self.layer.face(&self.camera, &face, v3(0.0, 0.0, 0.0), offset);
            }
            self.layer.commit();
        }
        self.layer.composite(&mut self.canvas);
    }
}

/// Light under the drifting cloud, 1 = full sun.
fn cloud(x: f32, y: f32, t: f32, seed: u32) -> f32 {
    let n = fractal(x * 0.05 + t * 0.055, y * 0.05 + t * 0.02, 3, seed + 200);
    1.02 - 0.20 * ((n - 0.46) * 5.0).clamp(0.0, 1.0)
}

/// A festival flag, cut into strips that wave.
fn flag(seed: u32) -> [Face; FLAG_STRIPS] {
    let colours = [[0.72, 0.12, 0.12], [0.90, 0.75, 0.20], [0.18, 0.42, 0.26], [0.20, 0.30, 0.60]];
    std::array::from_fn(|k| {
        let (w, h) = (1.75 / FLAG_STRIPS as f32, 1.2);
        let mut c = Canvas::new(w, h, 100.0);
        for (i, colour) in colours.into_iter().enumerate() {
            let inset = 0.16 * i as f32;
            let left = if k == 0 { inset.min(w) } else { 0.0 };
            let right = if k + 1 == FLAG_STRIPS { (w - inset).max(0.0) } else { w };
            c.rect(left - 0.01, inset, right - left + 0.02, h - 2.0 * inset, 0.0, scaled(colour, 1.0), 1.0);
        }
        c.worn(0.05, 0.1, seed + k as u32);
        Face {
            origin: v3(0.0, 0.0, 0.0),
            along: v3(w, 0.0, 0.0),
            down: v3(0.0, 0.0, -h),
            part: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
            texture: c.finish(),
            light: 1.0,
            fine: true,
        }
    })
}

fn draw(layer: &mut Layer, picture: &mut Picture, camera: &Pinhole, actor: &Actor, t: f32) {
    let pose = actor.pose(t);
    let (x, y, h) = (pose.x, pose.y, actor.figure.height + 0.12);
    let Some(r) = camera.rect(&[
        v3(x - 0.6, y - 0.4, -0.05),
        v3(x + 0.6, y - 0.4, -0.05),
        v3(x - 0.6, y + 0.4, h),
        v3(x + 0.6, y + 0.4, h),
    ]) else {
        return;
    };
    let (w, h) = (WIDTH as f32, HEIGHT as f32);
    if !layer.begin([r.x * w, r.y * h, (r.x + r.w) * w, (r.y + r.h) * h], WIDTH, HEIGHT) {
        return;
    }
    for (k, offset) in SAMPLES.into_iter().enumerate() {
        let moment = t + SHUTTER * ((k as f32 + 0.5) / SAMPLES.len() as f32 - 0.5) / FPS as f32;
        for limb in actor.figure.limbs(&actor.pose(moment), camera.at) {
            layer.limb(camera, &limb, offset, -0.8);
        }
        layer.commit();
    }
    layer.composite(picture);
}

/// The figure's shadow, as a few blobs along its limbs.
fn shade(picture: &mut Picture, camera: &Pinhole, limbs: &[Limb]) {
    let (mut low, mut high) = (Vec::new(), Vec::new());
    for limb in limbs {
        let bucket: &mut Vec<V3> = if limb.a.z.max(limb.b.z) < 1.0 { &mut low } else { &mut high };
        for (p, r) in [(limb.a, limb.ra), (limb.b, limb.rb)] {
            for (dx, dy) in [(-r, 0.0), (r, 0.0), (0.0, r), (0.0, -r)] {
                bucket.push(SUN.fall(p) + v3(dx * 0.8, dy * 0.8, 0.0));
            }
        }
    }
    cast(picture, camera, &low, 5.0, 0.40);
    cast(picture, camera, &high, 6.0, 0.36);
}

fn truth(
    (scene, seed): (Scene, u64),
    camera: &Pinhole,
    line: ((f32, f32), (f32, f32)),
    actors: &[Actor],
    flag_at: V3,
) -> Truth {
    let frames = DURATION_S * FPS;
    let at = |p: (f32, f32)| camera.point(v3(p.0, p.1, 0.0)).expect("it lies before the camera");
    let (name, title) = if scene == Scene::Square {
        ("gate", "Cổng quảng trường")
    } else {
        ("walk", "Lối dạo quảng trường")
    };
    let lines = vec![TruthLine {
        name: name.to_owned(),
        title: title.to_owned(),
        counts: LineCounts::Persons,
        segment: Segment { a: at(line.0), b: at(line.1) },
    }];
    let mut passages: Vec<Passage> = actors.iter().filter_map(|a| passage(camera, a, &lines, frames)).collect();
    passages.sort_by(|a, b| a.enter_s.total_cmp(&b.enter_s));
    for (i, p) in passages.iter_mut().enumerate() {
        p.id = i as u32 + 1;
    }
    let flag =
        camera.rect(&[flag_at + v3(-0.1, 0.0, 3.6), flag_at + v3(1.9, 0.0, 5.2)]).expect("it lies before the camera");
    Truth {
        schema: 1,
        camera: scene.camera().to_owned(),
        codec: scene.codec().name().to_owned(),
        seed,
        duration_s: f64::from(DURATION_S),
        fps: FPS,
        frames,
        width: WIDTH as u32,
        height: HEIGHT as u32,
        expected: Truth::totals(&lines, &passages),
        lines,
        directed: Vec::new(),
        passages,
        distractors: vec![
            Distractor { what: "flag in the wind".to_owned(), rect: cut_to_picture(flag), text: None },
            Distractor { what: "shadow of a cloud".to_owned(), rect: Rect::new(0.0, 0.0, 1.0, 1.0), text: None },
        ],
        gate: None,
    }
}

fn passage(camera: &Pinhole, actor: &Actor, lines: &[TruthLine], frames: u32) -> Option<Passage> {
    let times: Vec<f64> =
        (0..frames).map(|n| f64::from(n) / f64::from(FPS)).filter(|&t| actor.visible(camera, t as f32)).collect();
    let (enter_s, leave_s) = (*times.first()?, *times.last()?);
    let path: Vec<(f64, Point)> =
        times.iter().filter_map(|&t| Some((t, actor.rect(camera, t as f32)?.foot()))).collect();
    let note = match (actor.habit, actor.paired) {
        (Habit::Walks, false) => "",
        (Habit::Walks, true) => "in a pair with the one before",
        (Habit::Waits, _) => "stands near the line for five seconds",
        (Habit::TurnsRound, _) => "turns round before the line",
        (Habit::ComesBack, _) => "crosses and comes back",
    };
    Some(Passage {
        id: 0,
        class: Class::Person,
        enter_s,
        leave_s,
        plate: None,
        crossings: crossings(lines, &path),
        wrong_way: false,
        stopped: actor.habit == Habit::Waits,
        note: note.to_owned(),
    })
}
