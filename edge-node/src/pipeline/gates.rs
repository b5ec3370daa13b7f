//! The gates of one camera, from frame to what is to be said and opened. Faces are looked for before the gates only, and
//! compared with the people of that gate only. What is seen here lives in this thread's memory; the one picture that may
//! leave it goes to the [`Switchboard`], which holds it for the desk and for nobody else.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use contract::bundle::{CameraSpec, GateSpec};
use contract::clock::{CaptureTime, Clock, UtcMicros};
use contract::event::{CalibrationRef, DoorCause, DoorOutcome, Sureness};
use contract::geometry::{Point, Rect};
use contract::ids::{BootId, EnrolmentId, GateName, IdSource, PassageId};
use contract::signature::Sha256;
use tokio::sync::watch;

use super::effort::{Effort, Stage};
use crate::detection::{Detection, NetDetector};
use crate::frame::Frame;
use crate::gallery::in_force::{GalleryInForce, GateGallery};
use crate::gallery::search::Match;
use crate::gate::judge::{Candidate, GalleryState, Likeness, Situation};
use crate::gate::{
    Effect, FaceSeen, FreshFrame, Gate, GateSettings, KnownHere, Look, Moment, NotOpened, Order, Switchboard, Wants,
};
use crate::inference::{Calibration, ModelStore, Role, Sureness as Measured};
use crate::picture::BgrPicture;
use crate::recognition::face::FaceEmbedder;
use crate::recognition::face_landmarks::settled;
use crate::recognition::face_quality::{FaceLimits, FaceQuality};
use crate::recognition::face_spoof::{Liveness, SpoofCheck};
use crate::recognition::face_template::FaceTemplate;
use crate::recognition::face_turn::nose_place;
use crate::recognition::gate_pass::passes;
use crate::tracking::faces::{FaceId, FaceTracks};

/// The ground before the gates is looked at with so many pixels across at most.
const LOOK_WIDTH: u32 = 640;
/// A face is looked for some way around the zones, so that it is known when it comes in.
const AROUND: f32 = 0.12;
/// What is cut out around a face to be compared, as a share of the face on each side.
const FACE_MARGIN: f32 = 0.9;
/// What the desk sees around a face, as a share of the face on each side.
const LOOK_MARGIN: f32 = 0.8;
/// Its width in pixels at most, and the quality of its JPEG.
const LOOK_PICTURE_WIDTH: u32 = 480;
const LOOK_QUALITY: u8 = 88;
/// Faces are looked for this long after the last movement: somebody who stands still is still there.
const STILL_THERE_US: i64 = 5_000_000;
/// A stranger meets every person of a gallery once: among *n* of them a false accept rate of *f* lets about *n · f* in. A face
/// alone opens only while that stays below this; beyond it a second factor is asked for. More people want a calibration
/// on more impostors, at a lower rate.
const MOST_FALSE_A_STRANGER: f64 = 0.02;
/// Passes are looked for so often, on a picture of so many pixels across.
const PASSES_EVERY_US: i64 = 300_000;
const PASS_WIDTH: u32 = 1280;
/// At most so many faces of one frame are compared, the largest first.
const MOST_COMPARED: usize = 3;

/// The nets a gate needs.
pub struct GateNets {
    detector: NetDetector,
    embedder: FaceEmbedder,
    spoof: SpoofCheck,
    calibration: Option<Calibration>,
}

impl GateNets {
    /// With the best nets of this machine.
    pub fn open(store: &ModelStore) -> Result<Self> {
        let detector = NetDetector::best(store, Role::FaceDetector).context("opening the face detector")?;
        let detector = detector.context("no face detector is here: run models/pull")?;
        let embedder = FaceEmbedder::open(store).context("opening the face embedder")?;
        let behind = store.best(Role::FaceDetector).context("looking for the face detector")?.name.clone();
        let calibration = embedder.calibration(&behind).cloned();
        if calibration.is_none() {
            tracing::warn!(
                "the face embedder is not calibrated behind this detector: a person decides about everybody"
            );
        }
        Ok(Self { detector, embedder, spoof: SpoofCheck::open(store).context("opening the spoof check")?, calibration })
    }
}

/// What the gates of a camera are made of.
pub struct GateParts {
    /// The camera.
    pub camera: CameraSpec,
    /// All gates of the node.
    pub gates: Vec<GateSpec>,
    /// Which of the doors they name are here.
    pub has_door: Box<dyn Fn(&GateSpec) -> bool + Send>,
    /// This run of the process.
    pub boot_id: BootId,
    /// Ids of passages and requests.
    pub ids: Arc<dyn IdSource>,
    /// The gallery in force, and every change of it.
    pub gallery: watch::Receiver<Option<GalleryInForce>>,
    /// Holds the pictures.
    pub board: Arc<Switchboard>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// CPU time by stage.
    pub effort: Arc<Effort>,
    /// The nets.
    pub nets: GateNets,
}

struct OneGate {
    gate: Gate,
    known: GateGallery,
}

/// The gates of one camera.
pub struct CameraGates {
    parts: GateParts,
    gates: Vec<OneGate>,
    tracks: FaceTracks,
    gallery: Option<GalleryInForce>,
    around: Rect,
    moved_us: i64,
    passes_us: i64,
}

/// One thing to be done for one gate.
pub type GateEffect = (usize, Effect);

impl CameraGates {
    /// The gates of this camera; `None` when it has none.
    #[must_use]
    pub fn new(parts: GateParts) -> Option<Self> {
        let mine = parts.gates.iter().filter(|g| g.camera == parts.camera.name);
        let gates: Vec<OneGate> = mine
            .map(|spec| {
                let has_door = (parts.has_door)(spec);
                let settings = GateSettings { spec: spec.clone(), boot_id: parts.boot_id, has_door };
                OneGate { gate: Gate::new(settings, Arc::clone(&parts.ids)), known: GateGallery::default() }
            })
            .collect();
        let corners: Vec<Point> = gates.iter().flat_map(|g| g.gate.spec().approach.iter().copied()).collect();
        let around = around(&corners)?;
        let mut all = Self {
            parts,
            gates,
            tracks: FaceTracks::default(),
            gallery: None,
            around,
            moved_us: i64::MIN,
            passes_us: i64::MIN,
        };
        all.take_gallery();
        Some(all)
    }

    /// The same gates with nobody before them.
    #[must_use]
    pub fn begun_anew(mut self) -> Self {
        for one in &mut self.gates {
            one.gate = one.gate.begun_anew();
        }
        self.tracks.end_all();
        self
    }

    /// Their names, in order.
    pub fn names(&self) -> impl Iterator<Item = &GateName> {
        self.gates.iter().map(|g| &g.gate.spec().name)
    }

    /// The door a gate has.
    #[must_use]
    pub fn spec(&self, gate: usize) -> &GateSpec {
        self.gates[gate].gate.spec()
    }

    /// The place of a gate.
    #[must_use]
    pub fn place_of(&self, name: &GateName) -> Option<usize> {
        self.names().position(|n| n == name)
    }

    fn now(&self) -> Moment {
        Moment { wall: self.parts.clock.now(), monotonic_us: self.parts.clock.monotonic_us() }
    }

    fn take_gallery(&mut self) {
        self.gallery = self.parts.gallery.borrow_and_update().clone();
        let embedder = &self.parts.nets.embedder;
        let Some(sha256) = embedder.model().sha256 else { return };
        for one in &mut self.gates {
            let name = one.gate.spec().name.clone();
            let known = self.gallery.as_ref().map(|g| g.at_gate(&name, sha256, |v| embedder.enrolled(sha256, v)));
            one.known = match known {
                Some(Ok(known)) => known,
                None => GateGallery::default(),
                Some(Err(error)) => {
                    tracing::error!(gate.id = %name, error = %error, "the gallery cannot be searched at gate {name}");
                    GateGallery::default()
                }
            };
            let people = one.known.people();
            tracing::info!(gate.id = %name, people, "gate {name} knows {people} people");
            let calibration = self.parts.nets.calibration.as_ref();
            if one.gate.spec().face_alone && calibration.is_some_and(|c| !enough_for(c, people)) {
                tracing::warn!(gate.id = %name, people, "more people than the calibration bears: at gate {name} a face alone opens nothing");
            }
        }
    }

    /// Takes one frame of the live camera. `moves`: something moves on it; `recordable`: events can be made.
    pub fn step(&mut self, frame: &Frame, moves: bool, recordable: bool) -> Result<Vec<GateEffect>> {
        if self.parts.gallery.has_changed().unwrap_or(false) {
            self.take_gallery();
        }
        let fresh_us = frame.time.monotonic_us;
        if moves {
            self.moved_us = fresh_us;
        }
        let found =
            if fresh_us.saturating_sub(self.moved_us) <= STILL_THERE_US { self.find(frame)? } else { Vec::new() };
        let (ids, gone) = self.tracks.update(&found, fresh_us);
        let mut effects = self.gone(&gone);
        let views = self.judged_views(frame, &found, &ids)?;
        self.look_for_passes(frame, recordable)?;
        for index in 0..self.gates.len() {
            effects.extend(self.tell(index, frame, &found, &ids, &views, recordable));
        }
        Ok(effects)
    }

    /// No frame came for a while.
    pub fn no_frame(&mut self) -> Vec<GateEffect> {
        let now = self.now();
        let gone = self.tracks.gone(now.monotonic_us);
        let mut effects = self.gone(&gone);
        for (index, one) in self.gates.iter_mut().enumerate() {
            effects.extend(one.gate.tick(now).into_iter().map(|e| (index, e)));
        }
        effects
    }

    /// The stream broke.
    pub fn stream_lost(&mut self) -> Vec<GateEffect> {
        let now = self.now();
        self.tracks.end_all();
        self.each(|gate| gate.stream_lost(now))
    }

    /// The gates are taken away, or the node stops.
    pub fn close(&mut self) -> Vec<GateEffect> {
        let now = self.now();
        self.each(|gate| gate.close(now))
    }

    /// An order from above.
    pub fn obey(&mut self, gate: usize, order: Order) -> Result<Vec<GateEffect>, NotOpened> {
        let now = self.now();
        let done = self.gates[gate].gate.obey(order, now)?;
        Ok(done.into_iter().map(|e| (gate, e)).collect())
    }

    /// A door has answered.
    pub fn acted(
        &mut self,
        gate: usize,
        passage: PassageId,
        cause: DoorCause,
        outcome: DoorOutcome,
        simulated: bool,
    ) -> Vec<GateEffect> {
        let now = self.now();
        let told = self.gates[gate].gate.acted(passage, cause, outcome, simulated, now);
        told.into_iter().map(|e| (gate, e)).collect()
    }

    /// What was to be said could not be recorded.
    pub fn not_recorded(&mut self, gate: usize, passage: PassageId) {
        self.gates[gate].gate.not_recorded(passage);
    }

    /// Somebody went in over a door's line.
    pub fn went_in(&mut self, line: &contract::ids::LineName) -> Vec<GateEffect> {
        let now = self.now();
        let mut effects = Vec::new();
        for (index, one) in self.gates.iter_mut().enumerate() {
            if one.gate.spec().door_line.as_ref() == Some(line) {
                effects.extend(one.gate.went_in(now).into_iter().map(|e| (index, e)));
            }
        }
        effects
    }

    fn each(&mut self, mut act: impl FnMut(&mut Gate) -> Vec<Effect>) -> Vec<GateEffect> {
        let mut effects = Vec::new();
        for (index, one) in self.gates.iter_mut().enumerate() {
            effects.extend(act(&mut one.gate).into_iter().map(|e| (index, e)));
        }
        effects
    }

    fn gone(&mut self, gone: &[FaceId]) -> Vec<GateEffect> {
        let now = self.now();
        let mut effects = Vec::new();
        for id in gone {
            effects.extend(self.each(|gate| gate.gone(*id, now)));
        }
        effects
    }

    /// Faces before the gates, in the coordinates of the whole picture.
    fn find(&mut self, frame: &Frame) -> Result<Vec<Detection>> {
        let effort = Arc::clone(&self.parts.effort);
        let ground = effort.measure(Stage::Scaling, || frame.picture.bgr(self.around, Some(LOOK_WIDTH)))?;
        let found = effort.measure(Stage::Faces, || self.parts.nets.detector.detect_at(&ground, None))?;
        let place = |p: Point| Point::new(self.around.x + p.x * self.around.w, self.around.y + p.y * self.around.h);
        Ok(found
            .into_iter()
            .map(|face| {
                let corner = place(Point::new(face.rect.x, face.rect.y));
                let rect = Rect::new(corner.x, corner.y, face.rect.w * self.around.w, face.rect.h * self.around.h);
                Detection { rect, keypoints: face.keypoints.into_iter().map(place).collect(), ..face }
            })
            .collect())
    }

    /// Looks closely at the faces some gate wants to know more of.
    fn judged_views(&mut self, frame: &Frame, found: &[Detection], ids: &[FaceId]) -> Result<Vec<Option<View>>> {
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by(|a, b| found[*b].rect.area().total_cmp(&found[*a].rect.area()));
        let mut views: Vec<Option<View>> = found.iter().map(|_| None).collect();
        let mut compared = 0;
        let now_us = self.now().monotonic_us;
        for place in order {
            let face = &found[place];
            let eyes = eye_distance(face, frame);
            let wanted = self.gates.iter().any(|one| one.gate.wants(ids[place], face.rect, eyes, 0.0, now_us).compare);
            if wanted && compared < MOST_COMPARED {
                compared += 1;
                views[place] = Some(self.view(frame, face)?);
            }
        }
        Ok(views)
    }

    /// Reads passes that are shown to a gate where somebody stands whom one could help; at other times no code is read.
    fn look_for_passes(&mut self, frame: &Frame, recordable: bool) -> Result<()> {
        let now = self.now();
        if now.monotonic_us.saturating_sub(self.passes_us) < PASSES_EVERY_US {
            return Ok(());
        }
        let wanted = |one: &OneGate| {
            one.known.has_passes()
                && one.gate.may_want_pass()
                && !self.situation(one.gate.spec(), one.known.people(), recordable).face_alone
        };
        let wanting: Vec<usize> = (0..self.gates.len()).filter(|i| wanted(&self.gates[*i])).collect();
        if wanting.is_empty() {
            return Ok(());
        }
        self.passes_us = now.monotonic_us;
        let (width, height) = frame.picture.size();
        let scale = (PASS_WIDTH as f32 / width.max(1) as f32).min(1.0);
        let size = |side: u32| (side as f32 * scale).round() as u32;
        let effort = Arc::clone(&self.parts.effort);
        let grey = effort.measure(Stage::Scaling, || frame.picture.grey(size(width), size(height)))?;
        let shown = effort.measure(Stage::Passes, || passes(&grey));
        for pass in &shown {
            for index in &wanting {
                self.gates[*index].gate.pass_shown(pass.clone(), now);
            }
        }
        Ok(())
    }

    fn view(&mut self, frame: &Frame, face: &Detection) -> Result<View> {
        let effort = Arc::clone(&self.parts.effort);
        let cut = face.rect.grown(FACE_MARGIN);
        let picture = effort.measure(Stage::Scaling, || frame.picture.bgr(cut, None))?;
        let within = |p: &Point| Point::new((p.x - cut.x) / cut.w, (p.y - cut.y) / cut.h);
        let corner = within(&Point::new(face.rect.x, face.rect.y));
        let here = Detection {
            rect: Rect::new(corner.x, corner.y, face.rect.w / cut.w, face.rect.h / cut.h),
            keypoints: face.keypoints.iter().map(within).collect(),
            ..face.clone()
        };
        let nets = &mut self.parts.nets;
        let landmarks = effort.measure(Stage::Faces, || settled(&mut nets.detector, &picture, &here))?;
        let nose = nose_place(&landmarks, (picture.width, picture.height));
        let Ok(quality) = FaceQuality::of(&picture, &here, &landmarks) else {
            return Ok(View { nose, quality: 0.0, template: None, live: None });
        };
        let good = quality.verdict(&FaceLimits::GATE).good;
        let template = if good {
            effort.measure(Stage::Embedding, || nets.embedder.embed(&picture, &landmarks)).map(Some)?
        } else {
            None
        };
        let live = match effort.measure(Stage::Embedding, || spoof(&mut nets.spoof, frame, face))? {
            Liveness::Score(score) => Some(score),
            Liveness::NotChecked => None,
        };
        Ok(View { nose, quality: worth(&quality), template, live })
    }

    fn tell(
        &mut self,
        index: usize,
        frame: &Frame,
        found: &[Detection],
        ids: &[FaceId],
        views: &[Option<View>],
        recordable: bool,
    ) -> Vec<GateEffect> {
        let now = self.now();
        let one = &self.gates[index];
        let mut faces = Vec::with_capacity(found.len());
        for ((face, id), view) in found.iter().zip(ids).zip(views) {
            let eyes = eye_distance(face, frame);
            let quality = view.as_ref().map_or(0.0, |v| v.quality);
            let wants = one.gate.wants(*id, face.rect, eyes, quality, now.monotonic_us);
            faces.push(FaceSeen {
                id: *id,
                rect: face.rect,
                eye_distance_px: eyes,
                nose: view.as_ref().and_then(|v| v.nose),
                quality,
                likeness: view.as_ref().filter(|_| wants.compare).and_then(|v| self.likeness(one, v)),
                live: view.as_ref().and_then(|v| v.live),
                look: self.hold(frame, face, wants, now),
            });
        }
        let situation = self.situation(one.gate.spec(), one.known.people(), recordable);
        let one = &mut self.gates[index];
        let known = KnownNow { gallery: &one.known, at: now.wall };
        let effects = one.gate.sees(&faces, FreshFrame::of(frame), frame.time, &situation, &known, now);
        effects.into_iter().map(|e| (index, e)).collect()
    }

    fn situation(&self, spec: &GateSpec, people: usize, recordable: bool) -> Situation {
        let gallery = match &self.gallery {
            None => GalleryState::Missing,
            Some(gallery) if gallery.is_valid(self.parts.clock.as_ref()) => GalleryState::Valid,
            Some(_) => GalleryState::Expired,
        };
        let nets = &self.parts.nets;
        let calibration = nets.calibration.as_ref().zip(nets.embedder.model().sha256);
        Situation {
            gallery,
            calibration: calibration.map(|(c, embedder)| reference(c, embedder)),
            face_alone: spec.face_alone && nets.calibration.as_ref().is_some_and(|c| enough_for(c, people)),
            recordable,
        }
    }

    fn likeness(&self, one: &OneGate, view: &View) -> Option<Likeness> {
        let found = one.known.search(view.template.as_ref()?);
        let candidate = |found: Match| {
            let list = one.known.list_of(found.enrolment)?;
            let sureness = self.parts.nets.calibration.as_ref().map_or(Measured::No, |c| c.sureness(found.similarity));
            Some(Candidate { enrolment: found.enrolment, list, sureness: in_words(sureness) })
        };
        Some(found.map_or_else(Likeness::default, |found| Likeness {
            best: candidate(found.best),
            second: found.second.and_then(candidate),
        }))
    }

    /// Holds the picture for the desk, if the gate wants it.
    fn hold(&self, frame: &Frame, face: &Detection, wants: Wants, now: Moment) -> Option<Sha256> {
        let passage = wants.look?;
        let made = frame
            .picture
            .bgr(face.rect.grown(LOOK_MARGIN), Some(LOOK_PICTURE_WIDTH))
            .and_then(|picture: BgrPicture| picture.to_jpeg(LOOK_QUALITY));
        match made {
            Ok(jpeg) => {
                let look = Look::new(jpeg);
                let sha256 = look.sha256();
                self.parts.board.looks.hold(passage, look, now.monotonic_us);
                Some(sha256)
            }
            Err(error) => {
                tracing::warn!(error = %error, "the picture for the desk could not be made");
                None
            }
        }
    }

    /// When an event without a frame happens.
    #[must_use]
    pub fn captured_now(&self) -> CaptureTime {
        let now = self.now();
        CaptureTime {
            captured_at: now.wall,
            clock_error_ms: 0,
            clock_source: contract::clock::ClockSource::Arrival,
            monotonic_us: now.monotonic_us,
        }
    }

    /// On which list, for tests and figures: people known at each gate.
    pub fn people(&self) -> impl Iterator<Item = usize> {
        self.gates.iter().map(|g| g.known.people())
    }
}

/// The people of a gate at one moment.
struct KnownNow<'a> {
    gallery: &'a GateGallery,
    at: UtcMicros,
}

impl KnownHere for KnownNow<'_> {
    fn allowed_now(&self, enrolment: EnrolmentId) -> bool {
        self.gallery.allowed_at(enrolment, self.at)
    }
    fn pass_of(&self, enrolment: EnrolmentId) -> Option<Sha256> {
        self.gallery.pass_of(enrolment)
    }
}

/// A close look at one face.
struct View {
    nose: Option<(f32, f32)>,
    quality: f32,
    template: Option<FaceTemplate>,
    live: Option<f32>,
}

fn spoof(check: &mut SpoofCheck, frame: &Frame, face: &Detection) -> Result<Liveness> {
    // The widest cut of the two nets is four faces across; what lies beyond is not needed.
    let cut = face.rect.grown(1.6);
    let picture = frame.picture.bgr(cut, Some(LOOK_WIDTH))?;
    let rect = Rect::new(
        (face.rect.x - cut.x) / cut.w,
        (face.rect.y - cut.y) / cut.h,
        face.rect.w / cut.w,
        face.rect.h / cut.h,
    );
    Ok(check.check(&picture, rect)?)
}

/// How good a picture is for a person to look at: large, sharp, from the front.
fn worth(quality: &FaceQuality) -> f32 {
    let m = &quality.measures;
    let front = (1.0 - (m.yaw.abs() + m.pitch.abs()) / 90.0).max(0.1);
    m.eye_distance_px.max(1.0) * m.sharpness.clamp(0.001, 0.2).sqrt() * front
}

fn eye_distance(face: &Detection, frame: &Frame) -> f32 {
    let [right, left, ..] = face.keypoints.as_slice() else { return 0.0 };
    let (width, height) = frame.picture.size();
    ((left.x - right.x) * width as f32).hypot((left.y - right.y) * height as f32)
}

/// The smallest box around all zones, grown; `None` for no corners.
fn around(corners: &[Point]) -> Option<Rect> {
    let first = corners.first()?;
    let whole = corners
        .iter()
        .fold((first.x, first.y, first.x, first.y), |b, p| (b.0.min(p.x), b.1.min(p.y), b.2.max(p.x), b.3.max(p.y)));
    Some(Rect::new(whole.0, whole.1, whole.2 - whole.0, whole.3 - whole.1).grown(AROUND))
}

/// Is the calibration's rate low enough for so many people?
fn enough_for(calibration: &Calibration, people: usize) -> bool {
    calibration.far * people as f64 <= MOST_FALSE_A_STRANGER
}

fn reference(calibration: &Calibration, embedder: Sha256) -> CalibrationRef {
    CalibrationRef {
        embedder,
        threshold: calibration.threshold,
        far: calibration.far as f32,
        impostors: calibration.impostors,
    }
}

const fn in_words(measured: Measured) -> Sureness {
    match measured {
        Measured::Sure => Sureness::Sure,
        Measured::Doubtful => Sureness::Doubtful,
        Measured::No => Sureness::Unlike,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_alone_opens_only_while_the_calibration_bears_that_many_people() {
        let manifest = crate::inference::Manifest::parse(include_str!("../../../models/manifest.toml")).unwrap();
        let calibration = manifest.of_role(Role::FaceEmbedder).find_map(|c| c.calibration.first()).unwrap();
        assert!((calibration.far - 0.001).abs() < 1e-9);
        assert!(enough_for(calibration, 0) && enough_for(calibration, 20));
        assert!(!enough_for(calibration, 21));
    }

    #[test]
    fn the_ground_looked_at_holds_every_zone_with_some_way_around() {
        let zone = [(0.3, 0.3), (0.6, 0.3), (0.6, 0.9)].map(|(x, y)| Point::new(x, y));
        let ground = around(&zone).unwrap();
        assert!(zone.iter().all(|p| ground.contains(*p)));
        assert!(ground.x < 0.3 && ground.x + ground.w > 0.6 && ground.y + ground.h <= 1.0);
        assert_eq!(around(&[]), None);
    }
}
