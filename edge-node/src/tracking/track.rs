//! One thing followed over frames: where it was, what it likely is, how sure its identity is. Written by the tracker only.

use std::collections::BTreeMap;

use contract::clock::UtcMicros;
use contract::geometry::{Point, Rect};

use super::motion_model::{MotionModel, size};
use crate::detection::{Detection, ObjectClass};

/// A track's number, unique for one tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrackId(pub u64);

/// Classes that may be mistaken for each other and are tracked together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TrackGroup {
    /// People on foot.
    Person,
    /// Everything driven or ridden.
    Vehicle,
}

impl TrackGroup {
    /// The group of a class; faces and plates are parts of things and not tracked.
    #[must_use]
    pub const fn of(class: ObjectClass) -> Option<Self> {
        match class {
            ObjectClass::Person => Some(Self::Person),
            ObjectClass::Face | ObjectClass::Plate => None,
            _ => Some(Self::Vehicle),
        }
    }
}

/// Where in its life a track is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Seen too few times to be believed.
    Tentative,
    /// Believed and in sight.
    Confirmed,
    /// Believed, out of sight since [`Track::last_seen`].
    Lost,
}

/// Why a track ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// It left the picture at its edge.
    Left,
    /// It was not seen for too long.
    Timeout,
    /// The stream went away.
    StreamLost,
    /// It turned out to be a part of another track.
    MergedInto(TrackId),
}

/// A foot point of the past.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathPoint {
    /// When.
    pub at: UtcMicros,
    /// Where it stood.
    pub foot: Point,
    /// Seen there, or supposed there while hidden behind another.
    pub seen: bool,
}

/// Points kept of a path; older ones are thinned.
const PATH_POINTS: usize = 256;

/// One thing followed over frames.
#[derive(Debug, Clone)]
pub struct Track {
    /// Its number.
    pub id: TrackId,
    /// Person or vehicle.
    pub group: TrackGroup,
    /// Where in its life it is.
    pub phase: Phase,
    /// Where it is, smoothed; while lost, where it is supposed to be.
    pub rect: Rect,
    /// Where it was last seen, as detected.
    pub seen_rect: Rect,
    /// Score of its last detection.
    pub score: f32,
    /// Frame time of its first detection.
    pub first_seen: UtcMicros,
    /// Frame time of its last detection.
    pub last_seen: UtcMicros,
    /// Detections so far.
    pub sightings: u32,
    /// It met another track and was told apart with doubt.
    pub doubtful_identity: bool,
    /// Its way, oldest first.
    pub path: Vec<PathPoint>,
    /// Farthest distance of its foot from where it began, in its own sizes.
    pub travelled: f32,
    /// Hidden in the box of this other track.
    pub hidden_in: Option<TrackId>,
    pub(super) model: MotionModel,
    pub(super) began_inside: Option<TrackId>,
    pub(super) covered_s: f64,
    /// Speed of its middle when it was last seen.
    pub(super) course: (f64, f64),
    classes: BTreeMap<ObjectClass, f32>,
}

impl Track {
    pub(super) fn new(id: TrackId, group: TrackGroup, detection: &Detection, at: UtcMicros) -> Self {
        let mut track = Self {
            id,
            group,
            phase: Phase::Tentative,
            rect: detection.rect,
            seen_rect: detection.rect,
            score: detection.score,
            first_seen: at,
            last_seen: at,
            sightings: 0,
            doubtful_identity: false,
            path: Vec::new(),
            travelled: 0.0,
            hidden_in: None,
            model: MotionModel::new(detection.rect),
            began_inside: None,
            covered_s: 0.0,
            course: (0.0, 0.0),
            classes: BTreeMap::new(),
        };
        track.note(detection, at);
        track
    }

    /// Takes a detection as this track's.
    pub(super) fn see(&mut self, detection: &Detection, at: UtcMicros) {
        self.model.correct(detection.rect);
        self.note(detection, at);
    }

    fn note(&mut self, detection: &Detection, at: UtcMicros) {
        self.rect = self.model.rect();
        self.seen_rect = detection.rect;
        self.score = detection.score;
        self.last_seen = at;
        self.sightings += 1;
        self.hidden_in = None;
        self.course = self.model.middle_velocity();
        *self.classes.entry(detection.class).or_default() += detection.score;
        self.step(at, true);
    }

    /// Adds the present foot point to the way.
    pub(super) fn step(&mut self, at: UtcMicros, seen: bool) {
        let foot = self.model.foot();
        if self.path.last().is_some_and(|p| p.at >= at) {
            return;
        }
        if self.path.len() >= PATH_POINTS {
            let half = PATH_POINTS / 2;
            let old: Vec<_> = self.path.drain(..half).step_by(2).collect();
            self.path.splice(0..0, old);
        }
        self.path.push(PathPoint { at, foot, seen });
        if let Some(first) = self.path.first() {
            let far = f64::from(foot.x - first.foot.x).hypot(f64::from(foot.y - first.foot.y));
            self.travelled = self.travelled.max((far / size(self.rect)) as f32);
        }
    }

    /// The likeliest class and its share of the votes. The unspecific `Vehicle` wins only when nothing better was seen.
    #[must_use]
    pub fn class(&self) -> (ObjectClass, f32) {
        let total: f32 = self.classes.values().sum();
        let best = |specific: bool| {
            self.classes
                .iter()
                .filter(|(class, _)| !specific || **class != ObjectClass::Vehicle)
                .max_by(|a, b| a.1.total_cmp(b.1))
                .map(|(class, votes)| (*class, votes / total.max(f32::EPSILON)))
        };
        match best(true) {
            Some((class, share)) if share >= 0.4 => (class, share),
            _ => best(false).unwrap_or((ObjectClass::Vehicle, 0.0)),
        }
    }

    /// Did it really go somewhere? A parked vehicle that flickers does not.
    #[must_use]
    pub fn has_travelled(&self) -> bool {
        self.travelled >= 0.5
    }

    /// Hardly any speed, measured by its own size.
    #[must_use]
    pub fn is_stationary(&self) -> bool {
        let (x, y) = self.model.velocity();
        x.hypot(y) < 0.15 * size(self.rect)
    }

    /// Where it stands, or is supposed to stand.
    #[must_use]
    pub fn foot(&self) -> Point {
        self.model.foot()
    }

    /// Speed in picture units a second.
    #[must_use]
    pub fn velocity(&self) -> (f32, f32) {
        let (x, y) = self.model.velocity();
        (x as f32, y as f32)
    }

    /// Length of the way from point to point, picture units; short trembling is in it.
    #[must_use]
    pub fn path_length(&self) -> f32 {
        self.path.windows(2).map(|w| (w[1].foot.x - w[0].foot.x).hypot(w[1].foot.y - w[0].foot.y)).sum()
    }

    /// Is it about to leave, or has it left, over an edge of the picture?
    pub(super) fn is_leaving(&self) -> bool {
        const EDGE: f32 = 0.02;
        let r = self.seen_rect;
        let (vx, vy) = self.course;
        let outward = (r.x <= EDGE && vx < 0.0)
            || (r.x + r.w >= 1.0 - EDGE && vx > 0.0)
            || (r.y <= EDGE && vy < 0.0)
            || (r.y + r.h >= 1.0 - EDGE && vy > 0.0);
        let inside = self.rect.intersection(Rect::new(0.0, 0.0, 1.0, 1.0)).area();
        outward || inside < 0.4 * self.rect.area()
    }
}
