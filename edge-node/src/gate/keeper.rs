//! One gate at work: its arrivals from the first look to the last word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use contract::bundle::GateSpec;
use contract::clock::{CaptureTime, ClockSource, SECOND_US, UtcMicros};
use contract::event::{
    AccessBody, AccessSubject, DecisionRequest, DoorAct, DoorCause, DoorOutcome, End, GateAnswer, GateVerdict, State,
    VerifyReason,
};
use contract::geometry::Rect;
use contract::ids::{AskId, BootId, DecisionId, EnrolmentId, IdSource, PassageId, RequestId};
use contract::pass::PassText;
use contract::signature::Sha256;

use super::approach::in_zone;
use super::arrival::{Arrival, Stage, opened};
use super::fresh::FreshFrame;
use super::judge::{Judgement, Likeness, Permissions, Situation, judge};
use super::requests::{NotOpened, OpenPermit, OpenQuote, Requests};
use crate::tracking::faces::FaceId;

/// Faces are compared from this share of the distance between the eyes on at which they are answered: whoever walks up is
/// known when he arrives.
const COMPARED_SHARE: f32 = 0.6;
/// An answer that could still change for the better is waited for so long after the stay in the zone was long enough.
const PATIENCE_US: i64 = 2 * SECOND_US;
/// After an answer a better one may follow for so long.
const BETTER_ANSWER_US: i64 = 20 * SECOND_US;
/// A request outlives its person's departure by this: somebody may have stepped aside to the desk.
const REQUEST_AFTER_US: i64 = 10 * SECOND_US;
/// No request is outstanding for longer.
const REQUEST_LIVES_US: i64 = 10 * 60 * SECOND_US;
/// A request that was handed out to open a door by hand.
const ASKED_LIVES_US: i64 = 10 * SECOND_US;
/// Whoever goes through a door after it opened does so within this time.
const DOOR_OPEN_US: i64 = 15 * SECOND_US;
/// "Not this person" asks a person for so long.
const DOUBT_LIVES_US: i64 = 12 * 3600 * SECOND_US;
/// A pass that was shown counts for so long: whoever shows it stands there or is about to.
const PASS_COUNTS_US: i64 = 10 * SECOND_US;
/// Passes remembered at once.
const MOST_PASSES: usize = 8;
/// A picture replaces the one before when it is better by this factor.
const BETTER_PICTURE: f32 = 1.25;

/// What of a gate does not come from above.
#[derive(Debug, Clone)]
pub struct GateSettings {
    /// The gate.
    pub spec: GateSpec,
    /// This run of the process.
    pub boot_id: BootId,
    /// There is such a door here.
    pub has_door: bool,
}

/// A moment on both clocks. The wall clock may jump; whatever decides over a door goes by the monotonic one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// UTC µs, for people to read and for dates and hours.
    pub wall: UtcMicros,
    /// µs since the process started.
    pub monotonic_us: i64,
}

/// One face on one frame.
#[derive(Debug, Clone)]
pub struct FaceSeen {
    /// Its number.
    pub id: FaceId,
    /// Where.
    pub rect: Rect,
    /// Distance between the eyes, pixels of the camera's picture.
    pub eye_distance_px: f32,
    /// Its nose in the frame of eyes and mouth.
    pub nose: Option<(f32, f32)>,
    /// How good the picture is, for choosing the best; not negative.
    pub quality: f32,
    /// What the gallery says; none when the view was not compared.
    pub likeness: Option<Likeness>,
    /// How live a net finds it, 0..1; none when not asked.
    pub live: Option<f32>,
    /// The picture that is now held for the desk, when one was asked for.
    pub look: Option<Sha256>,
}

/// What the gate wants to know of a face before it is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wants {
    /// Compare it with the gallery, check it for being a picture.
    pub compare: bool,
    /// Hold this picture for the desk, under the passage's id.
    pub look: Option<PassageId>,
}

/// Something to be said: the pipeline makes an event of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The passage.
    pub passage: PassageId,
    /// Its revision, from 1.
    pub revision: u32,
    /// Where it stands.
    pub state: State,
    /// Why it ended.
    pub end: Option<End>,
    /// When.
    pub captured: CaptureTime,
    /// What.
    pub body: AccessBody,
}

/// What is to be done, in this order.
#[derive(Debug)]
pub enum Effect {
    /// Record and send. When it cannot be recorded, what follows for the same passage must not be done.
    Say(Box<Said>),
    /// Open the door.
    Open(OpenPermit),
    /// The person left: the picture's last minute begins.
    Departed(PassageId),
    /// The picture is wanted no more.
    ForgetLook(PassageId),
}

/// What comes from above for one gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// A guard wants to open by hand: hand out a request.
    Ask(AskId),
    /// Open.
    Open(OpenQuote),
    /// A person decided not to.
    Withdraw(RequestId, DecisionId),
    /// It was somebody else.
    NotThisPerson(PassageId, EnrolmentId),
}

/// What the gallery in force says of people at this gate and moment.
pub trait KnownHere {
    /// May this person come in now, by dates and hours?
    fn allowed_now(&self, enrolment: EnrolmentId) -> bool;
    /// Fingerprint of the pass this person was given.
    fn pass_of(&self, enrolment: EnrolmentId) -> Option<Sha256>;
}

/// One gate.
pub struct Gate {
    settings: GateSettings,
    ids: Arc<dyn IdSource>,
    arrivals: BTreeMap<FaceId, Arrival>,
    /// Gone, or without a face; each waits for its last word.
    parting: Vec<(Arrival, End)>,
    requests: Requests,
    doubts: BTreeMap<EnrolmentId, i64>,
    /// Passes that were shown, and until when they count.
    shown: Vec<(PassText, i64)>,
    /// Times at which the door opened for one person each who has not gone through yet.
    owed_passages_us: Vec<i64>,
    /// The opening somebody who slips in is told of.
    last_opened: Option<(PassageId, i64)>,
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gate").field("name", &self.settings.spec.name).finish_non_exhaustive()
    }
}

/// Asks the gallery, and remembers what guards said.
struct Allowed<'a> {
    gallery: &'a dyn KnownHere,
    doubts: &'a BTreeMap<EnrolmentId, i64>,
    shown: &'a [(PassText, i64)],
    now_us: i64,
}

impl Permissions for Allowed<'_> {
    fn allowed_now(&self, enrolment: EnrolmentId) -> bool {
        self.gallery.allowed_now(enrolment)
    }
    fn doubted(&self, enrolment: EnrolmentId) -> bool {
        self.doubts.get(&enrolment).is_some_and(|until| self.now_us < *until)
    }
    fn showed_pass(&self, enrolment: EnrolmentId) -> bool {
        let Some(owed) = self.gallery.pass_of(enrolment) else { return false };
        self.shown.iter().any(|(pass, until)| self.now_us < *until && pass.fingerprint(enrolment) == owed)
    }
}

impl Gate {
    /// A gate where nobody is.
    #[must_use]
    pub fn new(settings: GateSettings, ids: Arc<dyn IdSource>) -> Self {
        Self {
            requests: Requests::new(settings.boot_id),
            settings,
            ids,
            arrivals: BTreeMap::new(),
            parting: Vec::new(),
            doubts: BTreeMap::new(),
            shown: Vec::new(),
            owed_passages_us: Vec::new(),
            last_opened: None,
        }
    }

    /// The same gate with nobody there and nothing outstanding.
    #[must_use]
    pub fn begun_anew(&self) -> Self {
        let mut anew = Self::new(self.settings.clone(), Arc::clone(&self.ids));
        anew.doubts.clone_from(&self.doubts);
        anew
    }

    /// The gate.
    #[must_use]
    pub fn spec(&self) -> &GateSpec {
        &self.settings.spec
    }

    /// What it wants to know of a face that was found on a frame. Faces elsewhere on the picture are never compared with
    /// anybody.
    #[must_use]
    pub fn wants(&self, id: FaceId, rect: Rect, eye_distance_px: f32, quality: f32, now_us: i64) -> Wants {
        let inside = in_zone(&self.settings.spec.approach, rect.center());
        let near = eye_distance_px >= COMPARED_SHARE * self.eye_distance_px();
        if !inside || !near {
            return Wants::default();
        }
        let Some(arrival) = self.arrivals.get(&id) else { return Wants { compare: true, look: None } };
        let better = arrival.look.is_none_or(|(_, before)| quality > before * BETTER_PICTURE);
        let waits = matches!(arrival.stage, Stage::Looking | Stage::Answered);
        let may_change = arrival.answered_us.is_none_or(|at| now_us - at < BETTER_ANSWER_US);
        Wants { compare: waits && may_change, look: (waits && better).then_some(arrival.passage) }
    }

    /// Does somebody stand here whom a pass could help?
    #[must_use]
    pub fn may_want_pass(&self) -> bool {
        let waits = |a: &Arrival| a.dwell.inside() && matches!(a.stage, Stage::Looking | Stage::Answered);
        self.arrivals.values().any(waits)
    }

    /// Somebody showed a pass.
    pub fn pass_shown(&mut self, pass: PassText, now: Moment) {
        self.shown.retain(|(before, _)| *before != pass);
        if self.shown.len() == MOST_PASSES {
            self.shown.remove(0);
        }
        self.shown.push((pass, now.monotonic_us + PASS_COUNTS_US));
    }

    fn eye_distance_px(&self) -> f32 {
        self.settings.spec.eye_distance_px as f32
    }

    /// Takes the faces of one frame.
    pub fn sees(
        &mut self,
        faces: &[FaceSeen],
        frame: FreshFrame,
        captured: CaptureTime,
        situation: &Situation,
        known: &dyn KnownHere,
        now: Moment,
    ) -> Vec<Effect> {
        for face in faces {
            self.look_at(face, captured, now);
        }
        let mut effects = Vec::new();
        let here: Vec<FaceId> = faces.iter().map(|f| f.id).filter(|id| self.arrivals.contains_key(id)).collect();
        let mut frame = Some(frame);
        for id in here {
            effects.extend(self.answer(id, &mut frame, situation, known, now));
        }
        effects.extend(self.tick(now));
        effects
    }

    fn look_at(&mut self, face: &FaceSeen, captured: CaptureTime, now: Moment) {
        let inside = in_zone(&self.settings.spec.approach, face.rect.center());
        let near = face.eye_distance_px >= COMPARED_SHARE * self.eye_distance_px();
        let comes_up = inside && near;
        if !comes_up && !self.arrivals.contains_key(&face.id) {
            return;
        }
        let arrival = self.arrivals.entry(face.id).or_insert_with(|| {
            let passage = PassageId(self.ids.next(captured.captured_at));
            Arrival::new(passage, self.settings.spec.name.clone(), AccessSubject::Person, captured)
        });
        arrival.dwell.look(inside, now.monotonic_us);
        arrival.captured = captured;
        arrival.rect = face.rect;
        arrival.frames = arrival.frames.saturating_add(1);
        arrival.eye_distance_px = arrival.eye_distance_px.max(face.eye_distance_px);
        if let Some(likeness) = face.likeness {
            arrival.seen.compared(likeness, face.nose, face.live);
        }
        if let Some(sha256) = face.look {
            arrival.look = Some((sha256, face.quality));
        }
    }

    /// Answers for one arrival that is on the frame, if it is time.
    fn answer(
        &mut self,
        id: FaceId,
        frame: &mut Option<FreshFrame>,
        situation: &Situation,
        known: &dyn KnownHere,
        now: Moment,
    ) -> Vec<Effect> {
        let dwell_us = i64::from(self.settings.spec.dwell_ms) * 1000;
        let (enough_px, watched) = (self.eye_distance_px(), self.settings.spec.door_line.is_some());
        let others = self.arrivals.iter().any(|(other, a)| *other != id && a.dwell.inside() && !a.let_in());
        let permissions =
            Allowed { gallery: known, doubts: &self.doubts, shown: &self.shown, now_us: now.monotonic_us };
        let Some(arrival) = self.arrivals.get_mut(&id) else { return Vec::new() };
        let stayed_us = arrival.dwell.so_far_us(now.monotonic_us);
        if !arrival.dwell.inside() || stayed_us < dwell_us || arrival.at_door {
            return Vec::new();
        }
        let late = stayed_us >= dwell_us + PATIENCE_US;
        let judged = judge(&arrival.seen, situation, &permissions, watched || !others);
        let near = arrival.eye_distance_px >= enough_px;
        let worth_saying = match arrival.stage {
            Stage::Looking => late || (near && judged.settled),
            Stage::Answered => {
                let since = arrival.answered_us.map_or(0, |at| now.monotonic_us - at);
                near && judged.verdict() == GateVerdict::Admit && since < BETTER_ANSWER_US
            }
            Stage::Admitted | Stage::Decided => false,
        };
        if !worth_saying {
            return Vec::new();
        }
        self.give(id, judged, frame, situation, now)
    }

    fn give(
        &mut self,
        id: FaceId,
        mut judged: Judgement,
        frame: &mut Option<FreshFrame>,
        situation: &Situation,
        now: Moment,
    ) -> Vec<Effect> {
        let Some(arrival) = self.arrivals.get_mut(&id) else { return Vec::new() };
        let passage = arrival.passage;
        let mut permit = None;
        if judged.verdict() == GateVerdict::Admit {
            // The frame is used up by the first who is let in on it: the next one is let in on the next frame.
            let Some(fresh) = frame.take() else { return Vec::new() };
            permit = OpenPermit::on_admit(passage, &fresh, now.monotonic_us);
            if permit.is_none() {
                judged.reasons.push(VerifyReason::StaleFrame);
            }
        }
        let verdict = judged.verdict();
        arrival.answer = Some(GateAnswer {
            verdict,
            reasons: judged.reasons,
            enrolment: judged.enrolment,
            sureness: judged.sureness,
            agreeing_frames: judged.agreeing,
            liveness: judged.liveness,
            calibration: situation.calibration.clone(),
            at: now.wall,
        });
        arrival.answered_us.get_or_insert(now.monotonic_us);
        if verdict == GateVerdict::Admit {
            arrival.stage = Stage::Admitted;
            arrival.request = None;
            arrival.at_door = self.settings.has_door;
            self.requests.withdraw(passage);
            // A pass that was shown lets one in.
            self.shown.clear();
        } else {
            arrival.stage = Stage::Answered;
            let request = RequestId(self.ids.next(now.wall));
            self.requests.issue(request, passage, now.monotonic_us + REQUEST_LIVES_US);
            arrival.request = Some(DecisionRequest { id: request, asked_monotonic_us: now.monotonic_us, ask: None });
        }
        let mut effects = vec![say(arrival)];
        match permit {
            Some(permit) if self.settings.has_door => effects.push(Effect::Open(permit)),
            _ => {}
        }
        if verdict == GateVerdict::Admit {
            // Nobody needs to look at somebody who is known.
            arrival.look = None;
            effects.push(Effect::ForgetLook(passage));
        }
        effects
    }

    /// A face is gone from the picture.
    pub fn gone(&mut self, id: FaceId, now: Moment) -> Vec<Effect> {
        self.depart(id, End::Left, now)
    }

    /// The stream broke: whoever stood there is seen no more, and no decision can rest on what was seen.
    pub fn stream_lost(&mut self, now: Moment) -> Vec<Effect> {
        self.shown.clear();
        let ids: BTreeSet<FaceId> = self.arrivals.keys().copied().collect();
        let mut effects: Vec<Effect> = ids.into_iter().flat_map(|id| self.depart(id, End::StreamLost, now)).collect();
        for (arrival, _) in &mut self.parting {
            if arrival.subject == AccessSubject::Person {
                self.requests.withdraw(arrival.passage);
            }
        }
        effects.extend(self.tick(now));
        effects
    }

    fn depart(&mut self, id: FaceId, end: End, now: Moment) -> Vec<Effect> {
        let Some(mut arrival) = self.arrivals.remove(&id) else { return Vec::new() };
        if arrival.revision == 0 {
            // Somebody who only passed by: nothing is said, and a picture, if one was held, is forgotten at once.
            return vec![Effect::ForgetLook(arrival.passage)];
        }
        arrival.departed_us = Some(now.monotonic_us);
        let passage = arrival.passage;
        self.parting.push((arrival, end));
        vec![Effect::Departed(passage)]
    }

    /// Time goes by: last words that are due.
    pub fn tick(&mut self, now: Moment) -> Vec<Effect> {
        let now_us = now.monotonic_us;
        self.doubts.retain(|_, until| now_us < *until);
        self.shown.retain(|(_, until)| now_us < *until);
        self.owed_passages_us.retain(|at| now_us - at < DOOR_OPEN_US);
        let mut effects = Vec::new();
        let watched = self.settings.spec.door_line.is_some();
        let mut index = 0;
        while index < self.parting.len() {
            let (arrival, _) = &self.parting[index];
            let gone_us = arrival.departed_us.map_or(0, |at| now_us - at);
            let person = arrival.subject == AccessSubject::Person;
            let waits_for_decision = arrival.request.is_some()
                && self.requests.outstanding_for(arrival.passage, now_us)
                && (!person || gone_us < REQUEST_AFTER_US);
            let door_watched =
                watched && self.last_opened.is_some_and(|(p, at)| p == arrival.passage && now_us - at < DOOR_OPEN_US);
            if arrival.at_door || waits_for_decision || door_watched {
                index += 1;
                continue;
            }
            let (arrival, end) = self.parting.remove(index);
            effects.extend(self.last_word(arrival, end));
        }
        effects
    }

    /// What comes from above. A refusal of an order is told where its passage is known, and in the log.
    pub fn obey(&mut self, order: Order, now: Moment) -> Result<Vec<Effect>, NotOpened> {
        match order {
            Order::Ask(ask) => Ok(self.hand_out(ask, now)),
            Order::Open(quote) => {
                let passage = self.requests.passage_of(quote.request, now.monotonic_us);
                match self.requests.open(quote, now.monotonic_us) {
                    Ok(permit) => Ok(self.on_decision(permit, now)),
                    Err(why @ NotOpened::TooLate) => {
                        let cause = DoorCause::Decision(quote.decision);
                        let told =
                            passage.map_or_else(Vec::new, |p| self.acted(p, cause, DoorOutcome::TooLate, false, now));
                        if told.is_empty() { Err(why) } else { Ok(told) }
                    }
                    Err(why) => Err(why),
                }
            }
            Order::Withdraw(request, _) => {
                let Some(passage) = self.requests.passage_of(request, now.monotonic_us) else {
                    return Err(NotOpened::NotOutstanding);
                };
                self.requests.withdraw(passage);
                Ok(self.decided(passage))
            }
            Order::NotThisPerson(passage, enrolment) => {
                self.doubts.insert(enrolment, now.monotonic_us + DOUBT_LIVES_US);
                let known = self
                    .find(passage)
                    .is_some_and(|a| a.answer.as_ref().is_some_and(|x| x.enrolment == Some(enrolment)));
                if !known {
                    tracing::info!(passage.id = %passage, "a doubt of a passage that is over was noted");
                }
                Ok(Vec::new())
            }
        }
    }

    /// A request for a door before which nobody stands.
    fn hand_out(&mut self, ask: AskId, now: Moment) -> Vec<Effect> {
        let captured = CaptureTime {
            captured_at: now.wall,
            clock_error_ms: 0,
            clock_source: ClockSource::Arrival,
            monotonic_us: now.monotonic_us,
        };
        let passage = PassageId(self.ids.next(now.wall));
        let mut arrival = Arrival::new(passage, self.settings.spec.name.clone(), AccessSubject::Door, captured);
        let request = RequestId(self.ids.next(now.wall));
        self.requests.issue(request, passage, now.monotonic_us + ASKED_LIVES_US);
        arrival.stage = Stage::Answered;
        arrival.request = Some(DecisionRequest { id: request, asked_monotonic_us: now.monotonic_us, ask: Some(ask) });
        let said = say(&mut arrival);
        self.parting.push((arrival, End::Timeout));
        vec![said]
    }

    fn on_decision(&mut self, permit: OpenPermit, now: Moment) -> Vec<Effect> {
        let (passage, cause, has_door) = (permit.passage(), permit.cause(), self.settings.has_door);
        let Some(arrival) = self.find_mut(passage) else { return Vec::new() };
        arrival.stage = Stage::Decided;
        arrival.request = None;
        arrival.look = None;
        let mut effects = vec![Effect::ForgetLook(passage)];
        if has_door {
            arrival.at_door = true;
            effects.push(Effect::Open(permit));
        } else {
            effects.extend(self.acted(passage, cause, DoorOutcome::NoDoor, false, now));
        }
        effects
    }

    fn decided(&mut self, passage: PassageId) -> Vec<Effect> {
        let Some(arrival) = self.find_mut(passage) else { return Vec::new() };
        arrival.stage = Stage::Decided;
        arrival.request = None;
        arrival.look = None;
        vec![say(arrival), Effect::ForgetLook(passage)]
    }

    /// The door has answered.
    pub fn acted(
        &mut self,
        passage: PassageId,
        cause: DoorCause,
        outcome: DoorOutcome,
        simulated: bool,
        now: Moment,
    ) -> Vec<Effect> {
        let act = DoorAct { at: now.wall, cause, outcome, simulated };
        if opened(&act) {
            self.owed_passages_us.push(now.monotonic_us);
            self.last_opened = Some((passage, now.monotonic_us));
        }
        let Some(arrival) = self.find_mut(passage) else { return Vec::new() };
        arrival.at_door = false;
        if outcome == DoorOutcome::TooLate {
            arrival.request = None;
        }
        arrival.acts.push(act);
        vec![say(arrival)]
    }

    /// What was to be said could not be recorded: it was not said. An *admit* was not given, and a request that nobody
    /// heard of is not outstanding.
    pub fn not_recorded(&mut self, passage: PassageId) {
        self.requests.withdraw(passage);
        if let Some(arrival) = self.find_mut(passage) {
            arrival.at_door = false;
            arrival.stage = Stage::Answered;
            // Said again as soon as anything can be said.
            arrival.answer = None;
            arrival.answered_us = None;
            arrival.request = None;
            if arrival.revision == 1 {
                arrival.revision = 0;
                arrival.stage = Stage::Looking;
            }
        }
    }

    /// Somebody went in through the door. Answers when it was one more than were let in.
    pub fn went_in(&mut self, now: Moment) -> Vec<Effect> {
        self.owed_passages_us.retain(|at| now.monotonic_us - at < DOOR_OPEN_US);
        if !self.owed_passages_us.is_empty() {
            self.owed_passages_us.remove(0);
            return Vec::new();
        }
        match self.last_opened {
            Some((passage, at)) if now.monotonic_us - at < DOOR_OPEN_US => {
                let Some(arrival) = self.find_mut(passage) else { return Vec::new() };
                arrival.tailgaters = arrival.tailgaters.saturating_add(1);
                vec![say(arrival)]
            }
            // A door that somebody opened by other means is not ours to judge.
            _ => Vec::new(),
        }
    }

    /// Everything open is said: the node stops or the gate is taken away.
    pub fn close(&mut self, now: Moment) -> Vec<Effect> {
        let mut effects = self.stream_lost(now);
        for (arrival, end) in std::mem::take(&mut self.parting) {
            let passage = arrival.passage;
            effects.extend(self.last_word(arrival, end));
            effects.push(Effect::ForgetLook(passage));
        }
        effects
    }

    /// The last word of somebody of whom something was said; where nothing could be recorded, nothing began that could end.
    fn last_word(&mut self, mut arrival: Arrival, end: End) -> Option<Effect> {
        self.requests.withdraw(arrival.passage);
        arrival.request = None;
        (arrival.revision > 0).then(|| said(&mut arrival, Some(end)))
    }

    fn find(&self, passage: PassageId) -> Option<&Arrival> {
        self.arrivals.values().chain(self.parting.iter().map(|(a, _)| a)).find(|a| a.passage == passage)
    }

    fn find_mut(&mut self, passage: PassageId) -> Option<&mut Arrival> {
        self.arrivals.values_mut().chain(self.parting.iter_mut().map(|(a, _)| a)).find(|a| a.passage == passage)
    }
}

fn say(arrival: &mut Arrival) -> Effect {
    said(arrival, None)
}

/// With an `end` it is the last word.
fn said(arrival: &mut Arrival, end: Option<End>) -> Effect {
    arrival.revision += 1;
    let state = match (end, arrival.revision) {
        (Some(_), _) => State::Final,
        (None, 1) => State::New,
        (None, _) => State::Update,
    };
    let (passage, revision, captured) = (arrival.passage, arrival.revision, arrival.captured);
    Effect::Say(Box::new(Said { passage, revision, state, end, captured, body: arrival.body() }))
}
