//! One gate, step by step: what random histories reach too seldom to be relied on.

use std::sync::Arc;

use contract::bundle::GateSpec;
use contract::clock::{CaptureTime, ClockSource, UtcMicros};
use contract::event::Sureness;
use contract::geometry::{Point, Rect};
use contract::ids::{AskId, BootId, DecisionId, EnrolmentId, RequestId, SeededIds};
use contract::signature::Sha256;
use uuid::Uuid;

use super::FreshFrame;
use super::judge::tests::{like, situation};
use super::keeper::{Effect, FaceSeen, Gate, GateSettings, KnownHere, Moment, Order};
use super::requests::{NotOpened, OpenQuote};
use crate::tracking::faces::FaceId;

const BOOT: BootId = BootId(Uuid::from_u128(1));
const STAFF: [EnrolmentId; 2] = [EnrolmentId(Uuid::from_u128(7)), EnrolmentId(Uuid::from_u128(8))];
/// 12 frames a second.
const FRAME_US: i64 = 83_333;
const DWELL_MS: u32 = 500;

/// A gate whose approach is the middle of the picture.
struct Watched {
    gate: Gate,
    at_us: i64,
    frames: u32,
}

#[derive(Clone, Copy)]
struct Somebody {
    id: u64,
    across: f32,
    staff: Option<EnrolmentId>,
}

const STRANGER: Somebody = Somebody { id: 1, across: 0.45, staff: None };

/// Everybody may come in, and nobody was given a pass.
struct Everybody;

impl KnownHere for Everybody {
    fn allowed_now(&self, _: EnrolmentId) -> bool {
        true
    }
    fn pass_of(&self, _: EnrolmentId) -> Option<Sha256> {
        None
    }
}

impl Watched {
    fn new() -> Self {
        let approach = [(0.2, 0.0), (0.8, 0.0), (0.8, 1.0), (0.2, 1.0)].map(|(x, y)| Point::new(x, y)).to_vec();
        let spec = GateSpec {
            name: "main".parse().unwrap(),
            title: "Cổng".into(),
            camera: "gate-1".parse().unwrap(),
            approach,
            dwell_ms: DWELL_MS,
            eye_distance_px: 60,
            door: Some("door".parse().unwrap()),
            door_line: Some("in".parse().unwrap()),
            face_alone: true,
        };
        let settings = GateSettings { spec, boot_id: BOOT, has_door: true };
        Self { gate: Gate::new(settings, Arc::new(SeededIds::new([3; 32])) as _), at_us: 1_000_000, frames: 0 }
    }

    fn now(&self) -> Moment {
        Moment { wall: UtcMicros(1_795_000_000_000_000 + self.at_us), monotonic_us: self.at_us }
    }

    fn frame(&mut self, people: &[Somebody]) -> Vec<Effect> {
        self.at_us += FRAME_US;
        self.frames += 1;
        let nose = [-0.2, -0.1, 0.0, 0.1, 0.2][self.frames as usize % 5];
        let faces: Vec<FaceSeen> = people
            .iter()
            .map(|who| FaceSeen {
                id: FaceId(who.id),
                rect: Rect::new(who.across, 0.3, 0.1, 0.2),
                eye_distance_px: 80.0,
                nose: Some((nose, 0.5)),
                quality: 1.0,
                likeness: Some(who.staff.map_or_else(Default::default, |staff| like(staff, Sureness::Sure))),
                live: None,
                look: None,
            })
            .collect();
        let now = self.now();
        let captured = CaptureTime {
            captured_at: now.wall,
            clock_error_ms: 0,
            clock_source: ClockSource::Arrival,
            monotonic_us: now.monotonic_us,
        };
        self.gate.sees(&faces, FreshFrame::taken_up_at(self.at_us), captured, &situation(), &Everybody, now)
    }

    fn open(&mut self, request: RequestId) -> Result<Vec<Effect>, NotOpened> {
        let not_after_us = self.at_us + 1_000_000;
        let quote = OpenQuote { request, decision: DecisionId(Uuid::nil()), boot_id: BOOT, not_after_us };
        self.gate.obey(Order::Open(quote), self.now())
    }
}

fn opens(effects: &[Effect]) -> usize {
    effects.iter().filter(|e| matches!(e, Effect::Open(_))).count()
}

fn request(effects: &[Effect]) -> Option<RequestId> {
    effects.iter().find_map(|e| match e {
        Effect::Say(said) => said.body.request.as_ref().map(|r| r.id),
        _ => None,
    })
}

fn says(effects: &[Effect]) -> bool {
    effects.iter().any(|e| matches!(e, Effect::Say(_)))
}

#[test]
fn whoever_passes_by_makes_no_request() {
    // Beside the approach, for as long as it likes.
    let mut beside = Watched::new();
    for _ in 0..60 {
        assert!(!says(&beside.frame(&[Somebody { across: 0.85, ..STRANGER }])));
    }
    // Through it, in less time than one must stay.
    let mut through = Watched::new();
    for _ in 0..(i64::from(DWELL_MS) * 1000 / FRAME_US) {
        assert!(!says(&through.frame(&[STRANGER])), "within the first half second");
    }
    let gone = through.gate.gone(FaceId(1), through.now());
    assert!(!says(&gone), "nobody came, so nothing ends");
    // Whoever stays is asked about.
    let mut stays = Watched::new();
    assert!((0..60).any(|_| request(&stays.frame(&[STRANGER])).is_some()));
}

#[test]
fn one_frame_lets_one_person_in() {
    let mut gate = Watched::new();
    let both = [
        Somebody { id: 1, across: 0.3, staff: Some(STAFF[0]) },
        Somebody { id: 2, across: 0.6, staff: Some(STAFF[1]) },
    ];
    let let_in: Vec<usize> = (0..60).map(|_| opens(&gate.frame(&both))).collect();
    assert!(let_in.iter().all(|opened| *opened <= 1), "{let_in:?}");
    assert_eq!(let_in.iter().sum::<usize>(), 2, "each on a frame of its own");
}

#[test]
fn a_stream_that_broke_ends_what_was_asked_of_those_before_it() {
    let mut gate = Watched::new();
    let asked = (0..60).find_map(|_| request(&gate.frame(&[STRANGER]))).unwrap();
    gate.gate.gone(FaceId(1), gate.now());
    gate.gate.stream_lost(gate.now());
    assert_eq!(gate.open(asked).err(), Some(NotOpened::NotOutstanding));
    // Somebody who only left is still decided about for a moment: they may stand beside the camera.
    let mut gate = Watched::new();
    let asked = (0..60).find_map(|_| request(&gate.frame(&[STRANGER]))).unwrap();
    gate.gate.gone(FaceId(1), gate.now());
    assert_eq!(opens(&gate.open(asked).unwrap()), 1);
}

#[test]
fn a_request_that_could_not_be_recorded_is_not_outstanding() {
    let mut gate = Watched::new();
    let effects = gate.gate.obey(Order::Ask(AskId(Uuid::nil())), gate.now()).unwrap();
    let asked = request(&effects).unwrap();
    let Some(Effect::Say(said)) = effects.first() else { panic!("the request is said") };
    gate.gate.not_recorded(said.passage);
    assert_eq!(gate.open(asked).err(), Some(NotOpened::NotOutstanding));
}
