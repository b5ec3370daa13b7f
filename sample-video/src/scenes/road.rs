//! The road scene. The truth is computed from the same trajectories that are drawn, before any pixel exists.

use contract::bundle::LineCounts;
use contract::event::{Direction, PlateColour};
use contract::geometry::{Point, Segment};

use super::plates::{Condition, Format, Plate};
use super::road_ground::{BANNER, BANNER_AT, background};
use super::traffic::{Row, drawn, told};
use super::vehicles::{Body, End, Vehicle, build};
use super::{FPS, HEIGHT, Scene, WIDTH};
use crate::draw::fonts::{Family, Fonts};
use crate::draw::layer::{Layer, SAMPLES};
use crate::draw::noise;
use crate::draw::picture::Picture;
use crate::draw::pinhole::{Pinhole, V3, cut_to_picture, v3};
use crate::draw::sensor::{Frame, Light, Sensor};
use crate::draw::shadow::{Sun, cast};
use crate::truth::{Class, DirectedLine, Distractor, Passage, PlateTruth, Truth, TruthLine, crossings};

/// Length of the clip, seconds.
const DURATION_S: u32 = 76;
/// Share of a frame's time the shutter is open.
const SHUTTER: f32 = 0.11;
const SUN: Sun = Sun { x: -0.34, y: 0.22 };

/// Where a vehicle is, by time.
#[derive(Debug, Clone, Copy)]
struct Path {
    enter_s: f32,
    from_y: f32,
    /// Metres a second along y; negative towards the camera.
    speed: f32,
    /// Stops after so many metres, for so many seconds.
    stop: Option<(f32, f32)>,
}

impl Path {
    /// Metres gone since entry.
    fn gone(&self, t: f32) -> f32 {
        let (t, v) = (t - self.enter_s, self.speed.abs());
        let Some((distance, wait)) = self.stop else { return v * t };
        let brake = 2.4f32;
        let slowing = v / brake;
        let until = (distance - v * v / (2.0 * brake)) / v;
        if t < until {
            v * t
        } else if t < until + slowing {
            let s = t - until;
            v * until + v * s - brake * s * s / 2.0
        } else if t < until + slowing + wait {
            distance
        } else {
            let s = t - until - slowing - wait;
            if s < slowing {
                distance + brake * s * s / 2.0
            } else {
                distance + v * v / (2.0 * brake) + v * (s - slowing)
            }
        }
    }

    fn y(&self, t: f32) -> f32 {
        self.from_y + self.speed.signum() * self.gone(t)
    }
}

#[derive(Debug)]
struct Actor {
    vehicle: Vehicle,
    x: f32,
    path: Path,
    body: Body,
    plate: Plate,
    note: &'static str,
}

impl Actor {
    fn shift(&self, t: f32) -> V3 {
        let y = self.path.y(t);
        v3(self.x + 0.05 * (y * 0.31 + self.path.enter_s).sin(), y, 0.0)
    }

    fn corners(&self, t: f32) -> [V3; 8] {
        let (s, w, l, h) = (self.shift(t), self.vehicle.width / 2.0, self.vehicle.length, self.vehicle.height);
        std::array::from_fn(|i| {
            s + v3(if i & 1 == 0 { -w } else { w }, if i & 2 == 0 { 0.0 } else { l }, if i & 4 == 0 { 0.0 } else { h })
        })
    }
}

/// The scene.
#[derive(Debug)]
pub(crate) struct Road {
    pub(crate) truth: Truth,
    camera: Pinhole,
    fonts: Fonts,
    actors: Vec<Actor>,
    seed: u32,
    sensor: Sensor,
    background: Option<Picture>,
    canvas: Picture,
    layer: Layer,
}

fn camera() -> Pinhole {
    Pinhole::new(v3(3.3, 0.0, 4.0), 9.0, 11.3, 5520.0, WIDTH, HEIGHT)
}

impl Road {
    pub(crate) fn new(scene: Scene, seed: u64, fonts: Fonts) -> Self {
        let camera = camera();
        let mut rows = told();
        if seed != scene.seed() {
            rows = drawn(rows, seed as u32);
        }
        let actors = actors(rows, &fonts, seed as u32);
        let truth = truth((scene, seed), &camera, &actors);
        let seed = seed as u32;
        Self {
            truth,
            camera,
            fonts,
            actors,
            seed,
            sensor: Sensor::new(seed, 2.3, 0.22),
            background: None,
            canvas: Picture::new(WIDTH, HEIGHT),
            layer: Layer::default(),
        }
    }

    /// The empty road with what stands there.
    fn empty(&self) -> Picture {
        let mut picture = background(&self.camera, &self.fonts, self.seed);
        let mut layer = Layer::default();
        let (vehicle, at) = parked(&self.fonts, self.seed);
        shade(&mut picture, &self.camera, &vehicle, at);
        draw(&mut layer, &mut picture, &self.camera, &vehicle, |_| at);
        picture
    }

    pub(crate) fn frame(&mut self, number: u32) -> Frame {
        if self.background.is_none() {
            self.background = Some(self.empty());
        }
        self.canvas.copy_from(self.background.as_ref().expect("it was painted just now"));
        let t = number as f32 / FPS as f32;
        let mut seen: Vec<&Actor> = self.actors.iter().filter(|a| visible(&self.camera, a, t)).collect();
        seen.sort_by(|a, b| b.path.y(t).total_cmp(&a.path.y(t)));
        for actor in &seen {
            shade(&mut self.canvas, &self.camera, &actor.vehicle, actor.shift(t));
        }
        for actor in &seen {
            draw(&mut self.layer, &mut self.canvas, &self.camera, &actor.vehicle, |k| {
                actor.shift(t + SHUTTER * (k - 0.5) / FPS as f32)
            });
        }
        let breath = 1.0
            + 0.012 * (noise::smooth(t * 0.8, 3.0, self.seed) - 0.5)
            + 0.006 * (noise::unit(number as i32, 9, self.seed) - 0.5);
        self.sensor.expose(&self.canvas, number, &Light { gain: breath, cloud: None })
    }
}

/// Draws a vehicle with its motion; `at` gives its place for a moment 0..1 of the exposure.
fn draw(layer: &mut Layer, picture: &mut Picture, camera: &Pinhole, vehicle: &Vehicle, at: impl Fn(f32) -> V3) {
    let (start, end) = (at(0.0), at(1.0));
    let mut points = Vec::new();
    for shift in [start, end] {
        for i in 0..8 {
            let side = vehicle.width / 2.0 + 0.25;
            points.push(
                shift
                    + v3(
                        if i & 1 == 0 { -side } else { side },
                        if i & 2 == 0 { 0.0 } else { vehicle.length },
                        if i & 4 == 0 { 0.0 } else { vehicle.height },
                    ),
            );
        }
    }
    let Some(r) = camera.rect(&points) else { return };
    let (w, h) = (camera.width as f32, camera.height as f32);
    if !layer.begin([r.x * w, r.y * h, (r.x + r.w) * w, (r.y + r.h) * h], camera.width, camera.height) {
        return;
    }
    for (k, offset) in SAMPLES.into_iter().enumerate() {
        let shift = at((k as f32 + 0.5) / SAMPLES.len() as f32);
        for face in &vehicle.faces {
            layer.face(camera, face, shift, offset);
        }
        for limb in &vehicle.limbs {
            layer.limb(
                camera,
                &crate::draw::layer::Limb { a: limb.a + shift, b: limb.b + shift, ..*limb },
                offset,
                0.8,
            );
        }
        for face in &vehicle.late {
            layer.face(camera, face, shift, offset);
        }
        layer.commit();
    }
    layer.composite(picture);
}

/// The shadow beside and under a vehicle.
fn shade(picture: &mut Picture, camera: &Pinhole, vehicle: &Vehicle, at: V3) {
    let narrow = if vehicle.faces.is_empty() { 0.25 } else { vehicle.width / 2.0 };
    let foot = |x: f32, y: f32| at + v3(x, y, 0.0);
    let under: Vec<V3> = [(-narrow, 0.05), (narrow, 0.05), (narrow, vehicle.length), (-narrow, vehicle.length)]
        .map(|(x, y)| foot(x, y))
        .to_vec();
    let mut long = under.clone();
    for (x, y) in [
        (-narrow * 0.8, 0.5),
        (narrow * 0.8, 0.5),
        (narrow * 0.8, vehicle.length - 0.5),
        (-narrow * 0.8, vehicle.length - 0.5),
    ] {
        long.push(SUN.fall(foot(x, y) + v3(0.0, 0.0, vehicle.height)));
    }
    cast(picture, camera, &long, 14.0, 0.42);
    cast(picture, camera, &under, 24.0, 0.45);
}

fn visible(camera: &Pinhole, actor: &Actor, t: f32) -> bool {
    if t < actor.path.enter_s - 1.0 {
        return false;
    }
    actor_rect(camera, actor, t).is_some_and(|r| {
        let c = cut_to_picture(r);
        c.w > 0.003 && c.h > 0.004
    })
}

fn actor_rect(camera: &Pinhole, actor: &Actor, t: f32) -> Option<contract::geometry::Rect> {
    // Behind the pole nothing projects; what has got there has left the picture.
    (actor.path.y(t) > 0.8).then(|| camera.rect(&actor.corners(t)))?
}

/// A car that stands on the verge for the whole clip.
fn parked(fonts: &Fonts, seed: u32) -> (Vehicle, V3) {
    let plate =
        Plate::new(PARKED_PLATE, Format::CarShort, PlateColour::White, Family::RobotoCondensed, Condition::Dirty);
    (build(Body::Hatchback, End::Rear, [0.45, 0.47, 0.50], Some(&plate), fonts, seed + 90), v3(-4.15, 27.9, 0.0))
}

const PARKED_PLATE: &str = "12A-098.76";

fn actors(rows: Vec<Row>, fonts: &Fonts, seed: u32) -> Vec<Actor> {
    rows.into_iter()
        .enumerate()
        .map(|(i, row)| {
            let Row { enter_s, way, x, speed, body, paint, plate, stop, note } = row;
            let end = if way < 0.0 { End::Front } else { End::Rear };
            let vehicle = build(body, end, paint, Some(&plate), fonts, seed + 100 * (i as u32 + 1));
            // Just outside: the front at the far edge, or the whole vehicle still under the near edge.
            let from_y = if way < 0.0 { 32.6 } else { 8.6 - vehicle.length - (vehicle.height - 1.5).max(0.0) * 3.7 };
            Actor { vehicle, x, path: Path { enter_s, from_y, speed: speed * way, stop }, body, plate, note }
        })
        .collect()
}

/// The lines: everything that goes past, and the lane that leads away.
fn lines(camera: &Pinhole) -> Vec<TruthLine> {
    let at = |x: f32, y: f32| camera.point(v3(x, y, 0.0)).expect("it lies before the camera");
    let line = |name: &str, title: &str, a: Point, b: Point| TruthLine {
        name: name.to_owned(),
        title: title.to_owned(),
        counts: LineCounts::Vehicles,
        segment: Segment { a, b },
    };
    vec![
        line("road", "Mặt cắt đường, hai chiều", at(-2.2, 19.6), at(2.48, 19.6)),
        line("lane-away", "Làn ra, chỉ một chiều", at(0.02, 21.6), at(2.40, 21.6)),
    ]
}

fn truth((scene, seed): (Scene, u64), camera: &Pinhole, actors: &[Actor]) -> Truth {
    let frames = DURATION_S * FPS;
    let lines = lines(camera);
    let directed = vec![DirectedLine { line: "lane-away".to_owned(), forbidden: Direction::In }];
    let mut passages: Vec<Passage> =
        actors.iter().filter_map(|a| passage(camera, a, &lines, &directed, frames)).collect();
    passages.sort_by(|a, b| a.enter_s.total_cmp(&b.enter_s));
    for (i, p) in passages.iter_mut().enumerate() {
        p.id = i as u32 + 1;
    }
    let (x, y0, y1, z0, z1) = BANNER_AT;
    let box_of = |points: &[V3]| cut_to_picture(camera.rect(points).expect("it lies before the camera"));
    let distractors = vec![
        Distractor {
            what: "banner on a rail".to_owned(),
            rect: box_of(&[v3(x, y0, z0), v3(x, y1, z0), v3(x, y0, z1), v3(x, y1, z1)]),
            text: Some(BANNER.to_owned()),
        },
        Distractor {
            what: "parked car".to_owned(),
            rect: box_of(&[v3(-4.99, 27.9, 0.0), v3(-3.31, 27.9, 0.0), v3(-4.99, 31.7, 1.5), v3(-3.31, 27.9, 1.5)]),
            text: Some(PARKED_PLATE.to_owned()),
        },
        Distractor {
            what: "lettering on the truck's side".to_owned(),
            rect: contract::geometry::Rect::new(0.0, 0.0, 1.0, 1.0),
            text: Some(super::heavy::TRUCK_SIDE_TEXT.to_owned()),
        },
    ];
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
        directed,
        passages,
        distractors,
        gate: None,
    }
}

fn passage(
    camera: &Pinhole,
    actor: &Actor,
    lines: &[TruthLine],
    directed: &[DirectedLine],
    frames: u32,
) -> Option<Passage> {
    let times: Vec<f64> =
        (0..frames).map(|n| f64::from(n) / f64::from(FPS)).filter(|&t| visible(camera, actor, t as f32)).collect();
    let (enter_s, leave_s) = (*times.first()?, *times.last()?);
    let path: Vec<(f64, Point)> =
        times.iter().filter_map(|&t| Some((t, actor_rect(camera, actor, t as f32)?.foot()))).collect();
    let crossings = crossings(lines, &path);
    let wrong_way = crossings.iter().any(|c| directed.iter().any(|d| d.line == c.line && d.forbidden == c.direction));
    let class = match actor.body {
        Body::Bus => Class::Bus,
        Body::Truck => Class::Truck,
        Body::Motorcycle => Class::Motorcycle,
        _ => Class::Car,
    };
    Some(Passage {
        id: 0,
        class,
        enter_s,
        leave_s,
        plate: best_view(camera, actor, &times),
        crossings,
        wrong_way,
        stopped: actor.path.stop.is_some(),
        note: actor.note.to_owned(),
    })
}

/// The widest view with the whole plate on the picture.
fn best_view(camera: &Pinhole, actor: &Actor, times: &[f64]) -> Option<PlateTruth> {
    let local = actor.vehicle.plate?;
    let mut best: Option<(f32, f64, Vec<Point>)> = None;
    for &t in times {
        let shift = actor.shift(t as f32);
        let corners: Option<Vec<Point>> = local.iter().map(|&c| camera.point(c + shift)).collect();
        let Some(corners) = corners else { continue };
        if corners.iter().any(|c| !(0.006..0.994).contains(&c.x) || !(0.008..0.992).contains(&c.y)) {
            continue;
        }
        let side = |a: Point, b: Point| ((a.x - b.x) * camera.width as f32).hypot((a.y - b.y) * camera.height as f32);
        let width = (side(corners[0], corners[1]) + side(corners[3], corners[2])) / 2.0;
        if best.as_ref().is_none_or(|b| width > b.0) {
            best = Some((width, t, corners));
        }
    }
    let (best_width_px, best_at_s, best_corners) = best?;
    let plate = &actor.plate;
    Some(PlateTruth {
        text: plate.text.to_owned(),
        key: plate.key(),
        lines: plate.rows.len() as u8,
        colour: plate.colour,
        country_class: plate.country,
        best_width_px,
        best_at_s,
        best_corners,
        font: plate.family.name().to_owned(),
        condition: plate.condition.name().to_owned(),
    })
}
