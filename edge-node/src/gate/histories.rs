//! Thousands of random histories of a gate: people come and go, frames grow old, clocks jump, lists expire, the node starts
//! again, orders come twice, late, for another run or for nobody. Whatever happens, a door opens only on a fresh frame of an
//! enrolled person under a valid list, or on an outstanding request that a person's decision quotes in time. What is
//! true is kept here a second time, from what the gate said alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use contract::bundle::GateSpec;
use contract::clock::{CaptureTime, ClockSource, UtcMicros};
use contract::downlink::OPEN_LIVES_US;
use contract::event::{AccessBody, DoorCause, DoorOutcome, GateVerdict, State, Sureness, VerifyReason};
use contract::geometry::{Point, Rect};
use contract::ids::{AskId, BootId, DecisionId, EnrolmentId, IdSource as _, PassageId, RequestId, SeededIds};
use contract::pass::{PASS_BYTES, PassText};
use contract::signature::Sha256;
use proptest::prelude::*;
use uuid::Uuid;

use super::judge::tests::{like, situation};
use super::judge::{GalleryState, Likeness, Situation};
use super::keeper::{Effect, FaceSeen, Gate, GateSettings, KnownHere, Moment, Order, Said};
use super::requests::OpenQuote;
use super::{FRESH_US, FreshFrame};
use crate::tracking::faces::FaceId;

const STAFF: EnrolmentId = EnrolmentId(Uuid::from_u128(7));

/// One thing that happens.
#[derive(Debug, Clone)]
enum Happening {
    /// A frame with these faces, taken up so long ago.
    Frame {
        age_us: i64,
        faces: Vec<(u64, Face)>,
    },
    Time {
        us: i64,
    },
    ClockJump {
        us: i64,
    },
    List(GalleryState),
    Allowed(bool),
    Calibrated(bool),
    DiskFull(bool),
    FaceAlone(bool),
    /// Somebody shows a pass: that of the enrolled person, or another.
    Pass {
        own: bool,
    },
    Gone(u64),
    StreamLost,
    Restart,
    Door(DoorOutcome),
    Ask,
    /// An order that quotes the `nth` request ever made.
    Open {
        nth: usize,
        decision: u8,
        lives_us: i64,
        this_run: bool,
    },
    Withdraw {
        nth: usize,
    },
    NotThisPerson,
    WentIn,
}

#[derive(Debug, Clone, Copy)]
enum Face {
    Staff,
    StaffFlat,
    Stranger,
    PassingBy,
    Far,
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let face = prop_oneof![
        6 => Just(Face::Staff),
        1 => Just(Face::StaffFlat),
        2 => Just(Face::Stranger),
        1 => Just(Face::PassingBy),
        1 => Just(Face::Far)
    ];
    let frame = (
        prop_oneof![8 => 0..200_000_i64, 1 => FRESH_US - 10..FRESH_US + 200_000],
        prop::collection::vec((0..3_u64, face), 0..3),
    )
        .prop_map(|(age_us, faces)| Happening::Frame { age_us, faces });
    let one = prop_oneof![
        40 => frame,
        6 => (0..3_000_000_i64).prop_map(|us| Happening::Time { us }),
        1 => (0..90_000_000_i64).prop_map(|us| Happening::Time { us }),
        1 => (-4_000_000_000_i64..4_000_000_000).prop_map(|us| Happening::ClockJump { us }),
        1 => prop_oneof![3 => Just(GalleryState::Valid), 1 => Just(GalleryState::Expired), 1 => Just(GalleryState::Missing)]
            .prop_map(Happening::List),
        1 => prop::bool::weighted(0.7).prop_map(Happening::Allowed),
        1 => prop::bool::weighted(0.8).prop_map(Happening::Calibrated),
        1 => prop::bool::weighted(0.2).prop_map(Happening::DiskFull),
        1 => prop::bool::weighted(0.6).prop_map(Happening::FaceAlone),
        2 => prop::bool::weighted(0.6).prop_map(|own| Happening::Pass { own }),
        2 => (0..3_u64).prop_map(Happening::Gone),
        1 => Just(Happening::StreamLost),
        1 => Just(Happening::Restart),
        4 => prop_oneof![Just(DoorOutcome::Opened), Just(DoorOutcome::TimedOut), Just(DoorOutcome::Refused)].prop_map(Happening::Door),
        2 => Just(Happening::Ask),
        12 => (0..4_usize, 0..4_u8, prop_oneof![6 => 0..OPEN_LIVES_US, 1 => -2_000_000..0_i64, 1 => OPEN_LIVES_US..2 * OPEN_LIVES_US], prop::bool::weighted(0.8))
            .prop_map(|(nth, decision, lives_us, this_run)| Happening::Open { nth, decision, lives_us, this_run }),
        2 => (0..4_usize).prop_map(|nth| Happening::Withdraw { nth }),
        1 => Just(Happening::NotThisPerson),
        2 => Just(Happening::WentIn),
    ];
    prop::collection::vec(one, 40..160)
}

fn pass(own: bool) -> PassText {
    PassText::new([u8::from(own); PASS_BYTES])
}

/// The enrolled person was given a pass.
struct Known {
    allowed: bool,
}

impl KnownHere for Known {
    fn allowed_now(&self, _: EnrolmentId) -> bool {
        self.allowed
    }
    fn pass_of(&self, enrolment: EnrolmentId) -> Option<Sha256> {
        (enrolment == STAFF).then(|| pass(true).fingerprint(STAFF))
    }
}

fn spec() -> GateSpec {
    let corner = |x: f32, y: f32| Point::new(x, y);
    GateSpec {
        name: "main".parse().unwrap(),
        title: "Cổng".into(),
        camera: "gate-1".parse().unwrap(),
        approach: vec![corner(0.2, 0.0), corner(0.8, 0.0), corner(0.8, 1.0), corner(0.2, 1.0)],
        dwell_ms: 100,
        eye_distance_px: 60,
        door: Some("door".parse().unwrap()),
        door_line: Some("in".parse().unwrap()),
        face_alone: true,
    }
}

/// The gate, and what is true.
struct World {
    gate: Gate,
    ids: Arc<SeededIds>,
    now: Moment,
    boot: BootId,
    situation: Situation,
    allowed: bool,
    disk_full: bool,
    doubted_until_us: i64,
    /// The own pass counts until then.
    pass_until_us: i64,
    turn: f32,
    /// Requests ever said, newest last, with the run they belong to.
    said: Vec<(RequestId, BootId, PassageId)>,
    /// Requests outstanding by what was said.
    outstanding: BTreeMap<PassageId, RequestId>,
    used: BTreeSet<RequestId>,
    at_door: Vec<(PassageId, DoorCause)>,
    last_frame_us: Option<i64>,
    finals: BTreeSet<PassageId>,
    revisions: BTreeMap<PassageId, u32>,
    opened: (u32, u32),
}

impl World {
    fn new() -> Self {
        let ids = Arc::new(SeededIds::new([5; 32]));
        let boot = BootId(ids.next(UtcMicros(0)));
        Self {
            gate: Self::gate(boot, &ids),
            ids,
            now: Moment { wall: UtcMicros(1_795_000_000_000_000), monotonic_us: 1_000_000 },
            boot,
            situation: situation(),
            allowed: true,
            disk_full: false,
            doubted_until_us: i64::MIN,
            pass_until_us: i64::MIN,
            turn: 0.0,
            said: Vec::new(),
            outstanding: BTreeMap::new(),
            used: BTreeSet::new(),
            at_door: Vec::new(),
            last_frame_us: None,
            finals: BTreeSet::new(),
            revisions: BTreeMap::new(),
            opened: (0, 0),
        }
    }

    fn gate(boot_id: BootId, ids: &Arc<SeededIds>) -> Gate {
        Gate::new(GateSettings { spec: spec(), boot_id, has_door: true }, Arc::clone(ids) as _)
    }

    fn captured(&self) -> CaptureTime {
        CaptureTime {
            captured_at: self.now.wall,
            clock_error_ms: 0,
            clock_source: ClockSource::Arrival,
            monotonic_us: self.now.monotonic_us,
        }
    }

    fn pass(&mut self, us: i64) {
        self.now.monotonic_us += us;
        self.now.wall = self.now.wall.plus_us(us);
    }

    fn face(&mut self, id: u64, face: Face) -> FaceSeen {
        self.turn = if self.turn > 0.2 { -0.2 } else { self.turn + 0.05 };
        let inside = !matches!(face, Face::PassingBy);
        let likeness = match face {
            Face::Staff | Face::StaffFlat => Some(like(STAFF, Sureness::Sure)),
            Face::Stranger => Some(Likeness::default()),
            Face::PassingBy | Face::Far => None,
        };
        FaceSeen {
            id: FaceId(id),
            rect: Rect::new(if inside { 0.45 } else { 0.85 }, 0.3, 0.1, 0.2),
            eye_distance_px: if matches!(face, Face::Far) { 40.0 } else { 80.0 },
            nose: Some((if matches!(face, Face::StaffFlat) { 0.0 } else { self.turn }, 0.5)),
            quality: 1.0,
            likeness,
            live: None,
            look: None,
        }
    }

    fn happens(&mut self, happening: Happening) {
        let effects = match happening {
            Happening::Frame { age_us, faces } => {
                self.pass(80_000);
                let mut distinct = BTreeMap::new();
                distinct.extend(faces);
                let faces: Vec<FaceSeen> = distinct.into_iter().map(|(id, face)| self.face(id, face)).collect();
                let taken_up = self.now.monotonic_us - age_us;
                self.last_frame_us = Some(taken_up);
                self.situation.recordable = !self.disk_full;
                let (known, situation) = (Known { allowed: self.allowed }, self.situation.clone());
                let captured = self.captured();
                let fresh = FreshFrame::taken_up_at(taken_up);
                self.gate.sees(&faces, fresh, captured, &situation, &known, self.now)
            }
            Happening::Time { us } => {
                self.pass(us);
                self.gate.tick(self.now)
            }
            Happening::ClockJump { us } => {
                self.now.wall = self.now.wall.plus_us(us);
                self.gate.tick(self.now)
            }
            Happening::List(state) => {
                self.situation.gallery = state;
                Vec::new()
            }
            Happening::Allowed(allowed) => {
                self.allowed = allowed;
                Vec::new()
            }
            Happening::Calibrated(calibrated) => {
                self.situation.calibration = if calibrated { situation().calibration } else { None };
                Vec::new()
            }
            Happening::DiskFull(full) => {
                self.disk_full = full;
                Vec::new()
            }
            Happening::FaceAlone(alone) => {
                self.situation.face_alone = alone;
                Vec::new()
            }
            Happening::Pass { own } => {
                if own {
                    self.pass_until_us = self.now.monotonic_us + 10_000_000;
                }
                self.gate.pass_shown(pass(own), self.now);
                Vec::new()
            }
            Happening::Gone(id) => self.gate.gone(FaceId(id), self.now),
            Happening::StreamLost => {
                let effects = self.gate.stream_lost(self.now);
                // What was asked of people whom nobody sees any more opens nothing.
                self.forget_people();
                effects
            }
            Happening::Restart => {
                self.boot = BootId(self.ids.next(self.now.wall));
                self.gate = Self::gate(self.boot, &self.ids);
                self.outstanding.clear();
                self.at_door.clear();
                self.revisions.clear();
                self.doubted_until_us = i64::MIN;
                self.pass_until_us = i64::MIN;
                self.now.monotonic_us = 1_000_000;
                Vec::new()
            }
            Happening::Door(outcome) => {
                if self.at_door.is_empty() {
                    return;
                }
                let (passage, cause) = self.at_door.remove(0);
                self.gate.acted(passage, cause, outcome, true, self.now)
            }
            Happening::Ask => {
                let ask = AskId(self.ids.next(self.now.wall));
                self.gate.obey(Order::Ask(ask), self.now).unwrap()
            }
            Happening::Open { nth, decision, lives_us, this_run } => {
                let Some((request, boot, _)) = self.nth(nth) else { return };
                let quote = OpenQuote {
                    request,
                    decision: DecisionId(Uuid::from_u128(u128::from(decision))),
                    boot_id: if this_run { boot } else { BootId(Uuid::from_u128(9)) },
                    not_after_us: self.now.monotonic_us + lives_us,
                };
                let effects = self.gate.obey(Order::Open(quote), self.now).unwrap_or_default();
                let permits = effects.iter().filter(|e| matches!(e, Effect::Open(_))).count();
                if permits > 0 {
                    assert_eq!(permits, 1);
                    assert_eq!(quote.boot_id, self.boot, "an order for another run opened");
                    assert!((0..=OPEN_LIVES_US).contains(&lives_us), "an order out of its time opened");
                    assert!(
                        self.outstanding.values().any(|r| *r == request),
                        "a request that is not outstanding opened"
                    );
                    assert!(self.used.insert(request), "a request opened twice");
                }
                effects
            }
            Happening::Withdraw { nth } => {
                let Some((request, _, _)) = self.nth(nth) else { return };
                self.gate.obey(Order::Withdraw(request, DecisionId(Uuid::nil())), self.now).unwrap_or_default()
            }
            Happening::NotThisPerson => {
                self.doubted_until_us = self.now.monotonic_us + 12 * 3600 * 1_000_000;
                self.gate.obey(Order::NotThisPerson(PassageId(Uuid::nil()), STAFF), self.now).unwrap()
            }
            Happening::WentIn => self.gate.went_in(self.now),
        };
        self.done(effects);
    }

    fn forget_people(&mut self) {
        let doors: BTreeSet<PassageId> = self.asked_doors();
        self.outstanding.retain(|passage, _| doors.contains(passage));
    }

    fn asked_doors(&self) -> BTreeSet<PassageId> {
        // A door alone has said one thing only: its request.
        self.said.iter().map(|(_, _, p)| *p).filter(|p| self.revisions.get(p) == Some(&1)).collect()
    }

    fn nth(&self, from_newest: usize) -> Option<(RequestId, BootId, PassageId)> {
        self.said.len().checked_sub(from_newest + 1).map(|i| self.said[i])
    }

    fn done(&mut self, effects: Vec<Effect>) {
        let mut unrecorded = BTreeSet::new();
        for effect in effects {
            match effect {
                Effect::Say(said) if self.disk_full && said.state != State::Final => {
                    unrecorded.insert(said.passage);
                    self.gate.not_recorded(said.passage);
                }
                Effect::Say(said) => self.heard(&said),
                Effect::Open(permit) if unrecorded.contains(&permit.passage()) => {}
                Effect::Open(permit) => self.door_opens(permit.passage(), permit.cause(), permit.deadline_us()),
                Effect::Departed(_) | Effect::ForgetLook(_) => {}
            }
        }
    }

    fn door_opens(&mut self, passage: PassageId, cause: DoorCause, deadline_us: i64) {
        assert!(deadline_us >= self.now.monotonic_us && deadline_us <= self.now.monotonic_us + OPEN_LIVES_US);
        match cause {
            DoorCause::Admit => {
                let taken_up = self.last_frame_us.expect("an admit without any frame");
                assert!((0..=FRESH_US).contains(&(self.now.monotonic_us - taken_up)), "an old frame opened");
                assert_eq!(self.situation.gallery, GalleryState::Valid, "opened without a valid list");
                assert!(self.situation.calibration.is_some(), "an uncalibrated embedder opened");
                assert!(self.allowed, "opened for somebody not allowed at this time");
                assert!(self.now.monotonic_us >= self.doubted_until_us, "opened for somebody whom a guard doubts");
                let showed = self.now.monotonic_us < self.pass_until_us;
                assert!(self.situation.face_alone || showed, "a face alone opened where it may not");
                self.opened.0 += 1;
            }
            DoorCause::Decision(_) => self.opened.1 += 1,
        }
        self.outstanding.remove(&passage);
        self.at_door.push((passage, cause));
    }

    fn heard(&mut self, said: &Said) {
        let last = self.revisions.insert(said.passage, said.revision).unwrap_or(0);
        assert!(said.revision > last, "revisions grow");
        assert_eq!(said.state == State::New, said.revision == 1);
        assert!(!self.finals.contains(&said.passage), "something was said after the last word");
        let AccessBody { answer, request, .. } = &said.body;
        if let Some(answer) = answer {
            assert_eq!(answer.verdict == GateVerdict::Admit, answer.reasons.is_empty());
            assert!(answer.verdict == GateVerdict::Verify || request.is_none());
            let named = answer.enrolment.is_some();
            assert!(
                !named || answer.reasons.iter().all(|r| *r != VerifyReason::NoMatch && *r != VerifyReason::Uncertain)
            );
        }
        match request {
            Some(request) => {
                if !self.said.iter().any(|(id, ..)| *id == request.id) {
                    self.said.push((request.id, self.boot, said.passage));
                }
                self.outstanding.insert(said.passage, request.id);
            }
            None => drop(self.outstanding.remove(&said.passage)),
        }
        if said.state == State::Final {
            assert!(request.is_none(), "a last word asks for nothing");
            self.finals.insert(said.passage);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn no_door_opens_without_a_fresh_frame_a_valid_entry_or_a_named_guards_request(history in happenings()) {
        let mut world = World::new();
        for happening in history {
            world.happens(happening);
        }
    }
}

/// The property would hold of a gate that never opens: this one does, both ways.
#[test]
fn the_histories_do_open_doors() {
    let mut world = World::new();
    let frame = |face| Happening::Frame { age_us: 0, faces: vec![(0, face)] };
    (0..15).for_each(|_| world.happens(frame(Face::Staff)));
    assert_eq!(world.opened, (1, 0));
    world.happens(Happening::Door(DoorOutcome::Opened));
    world.happens(Happening::Gone(0));
    (0..30).for_each(|_| world.happens(frame(Face::Stranger)));
    assert_eq!(world.opened, (1, 0), "a stranger waits for a person");
    world.happens(Happening::Open { nth: 0, decision: 1, lives_us: 2_000_000, this_run: true });
    assert_eq!(world.opened, (1, 1));
    world.happens(Happening::Door(DoorOutcome::Opened));
    world.happens(Happening::Gone(0));
    (0..40).for_each(|_| world.happens(frame(Face::StaffFlat)));
    assert_eq!(world.opened, (1, 1), "a print waits for a person");
    world.happens(Happening::Ask);
    world.happens(Happening::Open { nth: 0, decision: 2, lives_us: 2_000_000, this_run: true });
    assert_eq!(world.opened, (1, 2), "a door opened by hand");
}

/// Where a face alone opens nothing, the pass of that person does, within its time, for one entrance.
#[test]
fn the_histories_do_open_doors_by_a_pass_too() {
    let mut world = World::new();
    let frame = |face| Happening::Frame { age_us: 0, faces: vec![(0, face)] };
    world.happens(Happening::FaceAlone(false));
    (0..30).for_each(|_| world.happens(frame(Face::Staff)));
    world.happens(Happening::Pass { own: false });
    (0..10).for_each(|_| world.happens(frame(Face::Staff)));
    assert_eq!(world.opened, (0, 0), "asked about, and another pass changes nothing");
    world.happens(Happening::Pass { own: true });
    (0..3).for_each(|_| world.happens(frame(Face::Staff)));
    assert_eq!(world.opened, (1, 0), "the answer became a better one");
    world.happens(Happening::Door(DoorOutcome::Opened));
    world.happens(Happening::Gone(0));
    (0..30).for_each(|_| world.happens(Happening::Frame { age_us: 0, faces: vec![(1, Face::Staff)] }));
    assert_eq!(world.opened, (1, 0), "a pass that was shown let one in");
}

/// Found by the histories: the last word of a door that was asked for while the disk was full came without a first one.
#[test]
fn what_could_not_be_recorded_is_neither_outstanding_nor_ended() {
    let mut world = World::new();
    world.happens(Happening::DiskFull(true));
    world.happens(Happening::Ask);
    world.happens(Happening::DiskFull(false));
    world.happens(Happening::Time { us: 20_000_000 });
    assert!(world.said.is_empty() && world.finals.is_empty());
}
