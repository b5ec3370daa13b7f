//! The gates: people come up to the camera, look about, and go in or away. Bodies are the figures of the squares; heads
//! are reliefs, a held print is a plane. The truth is computed from the ways that are drawn, before any pixel exists.

use std::sync::Arc;

use contract::geometry::{Point, Rect};

use super::gate_cast::{NEAR_EYES_PX, Site, Visitor, approach, camera, door_segment, script};
use super::gate_faces::drawn_head;
use super::gate_ground::{DOOR_HIGH, background};
use super::gate_head::{Head, HeadPose, Relief};
use super::gate_portrait::{PORTRAIT_SHA256, Portrait};
use super::{GATE_FPS, HEIGHT, Scene, WIDTH};
use crate::draw::fonts::Fonts;
use crate::draw::layer::{Cloth, Face, Layer, Limb, SAMPLES};
use crate::draw::noise::{smooth, unit};
use crate::draw::paint::Texture;
use crate::draw::picture::Picture;
use crate::draw::pinhole::{Pinhole, V3, cut_to_picture, v3};
use crate::draw::sensor::{Frame, Light, Sensor};
use crate::draw::shadow::{Sun, cast};
use crate::truth::{Class, GateFigure, GateTruth, GateVisit, Passage, Span, Truth};

const SHUTTER: f32 = 0.3;
const SUN: Sun = Sun { x: 0.35, y: 0.30 };
const ALL: [f32; 4] = [0.0, 0.0, WIDTH as f32, HEIGHT as f32];

/// A gate.
#[derive(Debug)]
pub(crate) struct Gate {
    pub(crate) truth: Truth,
    camera: Pinhole,
    site: Site,
    fonts: Fonts,
    visitors: Vec<(Visitor, Head)>,
    /// The sheet: what is on it, width and height in eye distances.
    print: (Arc<Texture>, f32, f32),
    relief: Relief,
    sensor: Sensor,
    background: Option<Picture>,
    canvas: Picture,
    layer: Layer,
}

impl Gate {
    pub(crate) fn new(scene: Scene, seed: u64, fonts: Fonts, portrait: &Portrait) -> Self {
        let (camera, site) = (camera(), Site::of(scene, seed as u32));
        let (parts, duration_s) = script(scene);
        let visitors: Vec<Visitor> = parts.into_iter().map(|part| Visitor::new(part, &site)).collect();
        let truth = truth((scene, seed), &camera, &site, &visitors, duration_s);
        let seed = seed as u32;
        let head = |(i, v): (usize, Visitor)| {
            let own = seed.wrapping_add(311 * (i as u32 + 1));
            let head = match v.part.who {
                GateFigure::Enrolled => portrait.head(own),
                _ => drawn_head(v.figure.skin(), own),
            };
            (v, head)
        };
        Self {
            truth,
            camera,
            site,
            fonts,
            visitors: visitors.into_iter().enumerate().map(head).collect(),
            print: portrait.print(),
            relief: Relief::new(),
            sensor: Sensor::new(seed, 2.2, 0.10),
            background: None,
            canvas: Picture::new(WIDTH, HEIGHT),
            layer: Layer::default(),
        }
    }

    pub(crate) fn frame(&mut self, number: u32) -> Frame {
        let ground = self.background.get_or_insert_with(|| background(&self.camera, &self.site, &self.fonts));
        self.canvas.copy_from(ground);
        let t = number as f32 / GATE_FPS as f32;
        let mut there: Vec<usize> = (0..self.visitors.len()).filter(|&i| is_there(&self.visitors[i].0, t)).collect();
        let y = |i: usize| self.visitors[i].0.pose(t).y;
        there.sort_by(|&a, &b| y(b).total_cmp(&y(a)));
        for &i in &there {
            shade(&mut self.canvas, &self.camera, &self.site, &self.visitors[i].0, t);
        }
        for &i in &there {
            self.draw(i, t);
        }
        let seed = self.site.seed;
        let breath = 1.0 + 0.010 * (smooth(t * 0.8, 3.0, seed) - 0.5) + 0.006 * (unit(number as i32, 9, seed) - 0.5);
        self.sensor.expose(&self.canvas, number, &Light { gain: breath, cloud: None })
    }

    fn draw(&mut self, i: usize, t: f32) {
        let visitor = &self.visitors[i].0;
        let pose = visitor.pose(t);
        let holds = visitor.part.who == GateFigure::Print;
        let to_lens = self.camera.at - v3(pose.x, pose.y, 0.0);
        let faces_us = pose.facing.0 * to_lens.x + pose.facing.1 * to_lens.y > 0.0;
        // Whose back is turned hides what is held.
        if holds && !faces_us {
            self.draw_sheet(i, t);
        }
        self.draw_person(i, t);
        if holds && faces_us {
            self.draw_sheet(i, t);
        }
    }

    fn draw_person(&mut self, i: usize, t: f32) {
        let (visitor, head) = &self.visitors[i];
        let (camera, pose) = (&self.camera, visitor.pose(t));
        // Who has gone through the door is seen through it only.
        let clip = if pose.y > self.site.wall_y { door_on_picture(camera, &self.site) } else { ALL };
        let limbs = |t: f32| visitor.figure.limbs(&visitor.pose(t), camera.at);
        paint(&mut self.layer, &mut self.canvas, camera, clip, |k| limbs(t + SHUTTER * (k - 0.5) / GATE_FPS as f32));
        head.draw(&mut self.canvas, camera, &self.relief, &visitor.head(t, camera), clip);
    }

    /// The sheet between two hands.
    fn draw_sheet(&mut self, i: usize, t: f32) {
        let visitor = &self.visitors[i].0;
        let (camera, pose) = (&self.camera, visitor.pose(t));
        let head = visitor.head(t, camera);
        let up = visitor.sheet_raised(t);
        let forward = v3(pose.facing.0, pose.facing.1, 0.0);
        let left = v3(-pose.facing.1, pose.facing.0, 0.0);
        let h = visitor.figure.height;
        let chest = v3(pose.x, pose.y, 0.0);
        let low = chest + forward * 0.30 + v3(0.0, 0.0, 0.60 * h);
        // Before the face: the printed eyes where eyes would be, a hand's breadth before them.
        let high = head.place(0.0, 0.62, 2.0);
        let middle = low + (high - low) * up;
        let (yaw, pitch, roll) = visitor.sheet_tilt(t);
        let back = camera.at - middle;
        let tilt = HeadPose::new(middle, camera.at, yaw, pitch + 35.0 * (1.0 - up), roll);
        let (right, down) = (tilt.place(1.0, 0.0, 0.0) - tilt.eyes, tilt.place(0.0, 1.0, 0.0) - tilt.eyes);
        let (w, tall) = (right * self.print.1, down * self.print.2);
        let face = Face {
            origin: middle - w * 0.5 - tall * 0.5,
            along: w,
            down: tall,
            part: vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)],
            texture: Arc::clone(&self.print.0),
            light: 0.97,
            fine: true,
        };
        let side = if back.dot(forward) > 0.0 { 1.0 } else { -1.0 };
        let hands: Vec<[V3; 3]> = [-1.0f32, 1.0]
            .map(|s| {
                let shoulder = chest + left * (s * 0.19) + v3(0.0, 0.0, 0.79 * h);
                let hand = middle + w * (0.5 * s * side) + tall * 0.22 - forward * 0.01;
                let elbow = (shoulder + hand) * 0.5 + left * (s * 0.10) + v3(0.0, 0.0, -0.13);
                [shoulder, elbow, hand]
            })
            .to_vec();
        let (sleeve, skin) = (visitor.figure.sleeve(), visitor.figure.skin());
        let limb = |a: V3, b: V3, ra: f32, rb: f32, colour| Limb { a, b, ra, rb, colour, cloth: Cloth::Plain };
        let arms: Vec<Limb> = hands
            .iter()
            .flat_map(|[s, e, h]| [limb(*s, *e, 0.056, 0.046, sleeve), limb(*e, *h, 0.044, 0.032, sleeve)])
            .collect();
        let inward = |s: f32| w * (-0.11 * s * side);
        let fingers: Vec<Limb> = hands
            .iter()
            .zip([-1.0f32, 1.0])
            .flat_map(|([_, _, hand], s)| {
                let grip = *hand + forward * 0.03;
                let thumb = limb(grip, grip + inward(s) + down * -0.25, 0.014, 0.011, skin);
                let fist = limb(*hand + down * -0.2, *hand + down * 0.35, 0.030, 0.028, skin);
                [fist, thumb]
            })
            .collect();
        paint(&mut self.layer, &mut self.canvas, camera, ALL, |_| arms.clone());
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(u, v)| face.origin + w * u + tall * v);
        let Some(r) = camera.rect(&corners) else { return };
        let (pw, ph) = (WIDTH as f32, HEIGHT as f32);
        // Room for the fists that hold its edges.
        let b = [r.x * pw - 80.0, r.y * ph - 20.0, (r.x + r.w) * pw + 80.0, (r.y + r.h) * ph + 20.0];
        if self.layer.begin(b, WIDTH, HEIGHT) {
            for offset in SAMPLES {
                self.layer.face(camera, &face, v3(0.0, 0.0, 0.0), offset);
                for finger in &fingers {
                    self.layer.limb(camera, finger, offset, -0.8);
                }
                self.layer.commit();
            }
            self.layer.composite(&mut self.canvas);
        }
    }
}

fn is_there(visitor: &Visitor, t: f32) -> bool {
    let (start, end) = visitor.span();
    (start..end).contains(&t)
}

/// Draws limbs with their motion; `at` gives them for a moment 0..1 of the exposure.
fn paint(layer: &mut Layer, picture: &mut Picture, camera: &Pinhole, clip: [f32; 4], at: impl Fn(f32) -> Vec<Limb>) {
    let mut b = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    for limb in at(0.5) {
        for (p, r) in [(limb.a, limb.ra), (limb.b, limb.rb)] {
            if let Some((x, y, depth)) = camera.project(p) {
                let r = r * camera.focal / depth + 6.0;
                b = [b[0].min(x - r), b[1].min(y - r), b[2].max(x + r), b[3].max(y + r)];
            }
        }
    }
    let b = [b[0].max(clip[0]), b[1].max(clip[1]), b[2].min(clip[2]), b[3].min(clip[3])];
    if b[2] <= b[0] || b[3] <= b[1] || !layer.begin(b, WIDTH, HEIGHT) {
        return;
    }
    for (k, offset) in SAMPLES.into_iter().enumerate() {
        for limb in at((k as f32 + 0.5) / SAMPLES.len() as f32) {
            layer.limb(camera, &limb, offset, -0.8);
        }
        layer.commit();
    }
    layer.composite(picture);
}

/// The door's opening, pixels.
fn door_on_picture(camera: &Pinhole, site: &Site) -> [f32; 4] {
    let (left, right) = site.door;
    let corners = [v3(left, site.wall_y, DOOR_HIGH), v3(right, site.wall_y, 0.0)];
    let (w, h) = (WIDTH as f32, HEIGHT as f32);
    camera.rect(&corners).map_or(ALL, |r| [r.x * w, r.y * h, (r.x + r.w) * w, (r.y + r.h) * h])
}

/// A soft shadow of the legs and the trunk.
fn shade(picture: &mut Picture, camera: &Pinhole, site: &Site, visitor: &Visitor, t: f32) {
    let pose = visitor.pose(t);
    if pose.y > site.wall_y - 0.4 {
        return;
    }
    let mut ground = Vec::new();
    for limb in visitor.figure.limbs(&pose, camera.at) {
        for (p, r) in [(limb.a, limb.ra), (limb.b, limb.rb)] {
            for (dx, dy) in [(-r, 0.0), (r, 0.0), (0.0, r), (0.0, -r)] {
                let fallen = SUN.fall(p) + v3(dx, dy, 0.0);
                ground.push(v3(fallen.x, fallen.y.min(site.wall_y), 0.0));
            }
        }
    }
    cast(picture, camera, &ground, 9.0, 0.26);
}

/// The body's box, 0..1; `None` while it is not on the picture.
fn body(visitor: &Visitor, camera: &Pinhole, t: f32) -> Option<Rect> {
    let pose = is_there(visitor, t).then(|| visitor.pose(t))?;
    let (x, y, h) = (pose.x, pose.y, visitor.figure.height);
    let r = camera.rect(&[v3(x - 0.25, y, 0.0), v3(x + 0.25, y, 0.0), v3(x - 0.25, y, h), v3(x + 0.25, y, h)])?;
    let seen = cut_to_picture(r);
    (seen.w > 0.004 && seen.h > 0.02).then_some(r)
}

fn truth((scene, seed): (Scene, u64), camera: &Pinhole, site: &Site, visitors: &[Visitor], duration_s: u32) -> Truth {
    let frames = duration_s * GATE_FPS;
    let mut rows: Vec<(Passage, GateVisit)> = visitors.iter().filter_map(|v| row(v, camera, site, frames)).collect();
    rows.sort_by(|a, b| a.0.enter_s.total_cmp(&b.0.enter_s));
    for (i, (passage, visit)) in rows.iter_mut().enumerate() {
        passage.id = i as u32 + 1;
        visit.passage = passage.id;
    }
    let (passages, visits): (Vec<Passage>, Vec<GateVisit>) = rows.into_iter().unzip();
    // From the print's going to the last coming of the enrolled person.
    let near = |v: &&GateVisit| v.near.is_some();
    let withdrawal = visits.iter().filter(near).collect::<Vec<_>>().windows(2).find_map(|pair| {
        let (before, after) = (pair[0].near?, pair[1].near?);
        (pair[0].who == GateFigure::Print).then_some(Span { from_s: before.to_s, to_s: after.from_s })
    });
    Truth {
        schema: 1,
        camera: scene.camera().to_owned(),
        codec: scene.codec().name().to_owned(),
        seed,
        duration_s: f64::from(duration_s),
        fps: GATE_FPS,
        frames,
        width: WIDTH as u32,
        height: HEIGHT as u32,
        lines: Vec::new(),
        directed: Vec::new(),
        passages,
        distractors: Vec::new(),
        expected: Vec::new(),
        gate: Some(GateTruth {
            name: scene.camera().to_owned(),
            title: site.title.to_owned(),
            approach: approach(),
            door: door_segment(site, camera),
            withdrawal,
            portrait_sha256: PORTRAIT_SHA256.to_owned(),
            visits,
        }),
    }
}

/// What a visitor is in the truth.
fn row(visitor: &Visitor, camera: &Pinhole, site: &Site, frames: u32) -> Option<(Passage, GateVisit)> {
    let moments = || (0..frames).map(|n| f64::from(n) / f64::from(GATE_FPS));
    let span = |wanted: &dyn Fn(f32) -> bool| {
        let times: Vec<f64> = moments().filter(|&t| wanted(t as f32)).collect();
        Some(Span { from_s: *times.first()?, to_s: *times.last()? })
    };
    let seen = span(&|t| body(visitor, camera, t).is_some())?;
    let near = span(&|t| visitor.is_near(t, camera));
    let eyes_px = moments()
        .filter(|&t| visitor.is_near(t as f32, camera))
        .filter_map(|t| visitor.face(t as f32, camera))
        .fold(0.0, |most: f32, (eyes, _)| most.max(eyes));
    debug_assert!(near.is_none() || eyes_px >= NEAR_EYES_PX, "near means large enough");
    let door = door_segment(site, camera);
    let feet: Vec<(f64, Point)> = moments()
        .filter(|&t| is_there(visitor, t as f32))
        .filter_map(|t| {
            let pose = visitor.pose(t as f32);
            Some((t, camera.point(v3(pose.x, pose.y, 0.0))?))
        })
        .collect();
    let through_door_s = feet.windows(2).find_map(|step| {
        let side = door.crossed_to(step[0].1, step[1].1)?;
        (side == contract::geometry::Side::Right).then_some(step[1].0)
    });
    let part = &visitor.part;
    let passage = Passage {
        id: 0,
        class: Class::Person,
        enter_s: seen.from_s,
        leave_s: seen.to_s,
        plate: None,
        crossings: Vec::new(),
        wrong_way: false,
        stopped: near.is_some(),
        note: part.note.to_owned(),
    };
    let visit = GateVisit {
        passage: 0,
        who: part.who,
        seen,
        near,
        straight: near.map(|_| visitor.straight()),
        eyes_px: (eyes_px * 10.0).round() / 10.0,
        through_door_s,
        expected: part.expected,
        note: part.note.to_owned(),
    };
    Some((passage, visit))
}
