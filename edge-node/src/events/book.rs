//! The passages of one camera that are under way. It is told of tracks, findings, buckets and health, and answers with
//! the events to be made. Rate limits, "worth saying" and "exactly one final" are decided here and nowhere else; the
//! outbox checks the last of these once more. It never reads a clock: moments come with the observations.
//!
//! People leave no passages: a camera for counting yields counts and health only, and a person on a traffic camera
//! yields nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::bundle::Purpose;
use contract::clock::{CaptureTime, SECOND_US, UtcMicros};
use contract::event::{
    Body, BundleRevisions, CountBody, Crossing, Direction, End, EvidenceRef, HealthBody, ModelRef, Origin, PassBody,
    PlateReading, RuleRef, State, SuspicionBody,
};
use contract::geometry::{Point, Rect};
use contract::ids::{BootId, CameraName, ControllerName, IdSource, LineName, NodeAddress, PassageId};
use contract::signature::Sha256;

use super::EventDraft;

/// Number of a track, unique on its camera within one run.
pub type TrackId = u64;

/// The longest way of a foot point that travels with a suspicion; a longer one is thinned out evenly.
const MAX_PATH_POINTS: usize = 120;
/// The most crossings one passage tells of; a thing that dances on a line would outgrow the packet.
const MAX_CROSSINGS: usize = 64;
/// The most pictures one passage carries.
const MAX_EVIDENCE: usize = 16;

/// What stands in every event of one camera.
#[derive(Debug, Clone)]
pub struct CameraContext {
    /// The node.
    pub node: NodeAddress,
    /// The camera.
    pub camera: CameraName,
    /// The body answerable for its data.
    pub controller: ControllerName,
    /// What the camera is for.
    pub purpose: Purpose,
    /// This run of the process.
    pub boot_id: BootId,
    /// The models in use, by role.
    pub models: BTreeMap<String, ModelRef>,
    /// SHA-256 of the configuration in force.
    pub config_sha: Sha256,
    /// The bundle revisions in force.
    pub bundle_revisions: BundleRevisions,
    /// A trial run.
    pub shadow: bool,
    /// From a file.
    pub replayed: bool,
}

/// How chatty the book is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookSettings {
    /// Least time between two messages of one passage, microseconds; `new` and `final` are exempt. Default one second.
    pub update_every_us: i64,
    /// A suspicion becomes final this long after it was made, or when the vehicle's passage ends, whichever is first.
    /// Default 20 s.
    pub suspicion_settles_us: i64,
}

impl Default for BookSettings {
    fn default() -> Self {
        Self { update_every_us: SECOND_US, suspicion_settles_us: 20 * SECOND_US }
    }
}

/// What was seen of one track in one frame.
#[derive(Debug, Clone)]
pub struct PassageUpdate {
    /// The track.
    pub track: TrackId,
    /// The tracker is sure that it is something; before that nothing is announced.
    pub confirmed: bool,
    /// `car`, `motorcycle`, `bus`, `truck`, `bicycle`, `vehicle` or `person`.
    pub class: String,
    /// Confidence in the class, 0..1.
    pub class_score: f32,
    /// Where it is.
    pub rect: Rect,
    /// It was detected on this very frame; otherwise its place is only supposed, and no sighting is counted.
    pub seen: bool,
    /// When.
    pub captured: CaptureTime,
    /// Lines crossed since the last update.
    pub crossings: Vec<Crossing>,
    /// The vote on its plate so far.
    pub plate: Option<PlateReading>,
    /// Pictures kept since the last update.
    pub evidence: Vec<EvidenceRef>,
    /// Two tracks met and were told apart with doubt.
    pub doubtful_identity: bool,
}

/// Why a track ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// It left the picture.
    Left,
    /// It was not seen for too long inside the picture.
    Timeout,
    /// The stream broke.
    StreamLost,
    /// It is the same thing as that other track.
    MergedInto(TrackId),
}

/// The end of a track.
#[derive(Debug, Clone)]
pub struct PassageEnd {
    /// The track.
    pub track: TrackId,
    /// Why.
    pub parting: Parting,
    /// When that was decided.
    pub captured: CaptureTime,
    /// Pictures kept since the last update (the best shot is often known only now).
    pub evidence: Vec<EvidenceRef>,
    /// The last vote on its plate, when it changed since the last update.
    pub plate: Option<PlateReading>,
}

/// A vehicle went the wrong way over a directed line.
#[derive(Debug, Clone)]
pub struct WrongWayFinding {
    /// The vehicle's track.
    pub track: TrackId,
    /// The rule.
    pub rule: RuleRef,
    /// Catalogue code.
    pub violation: String,
    /// The line.
    pub line: LineName,
    /// The way that was taken.
    pub direction: Direction,
    /// The crossing.
    pub captured: CaptureTime,
    /// Class of the vehicle.
    pub class: String,
    /// The way of its foot point, oldest first.
    pub path: Vec<(UtcMicros, Point)>,
    /// The picture before the line and, where it exists already, the one after it.
    pub evidence: Vec<EvidenceRef>,
}

/// One passage under way.
#[derive(Debug)]
struct Open {
    id: PassageId,
    /// 0 until `new` was made.
    revision: u32,
    said_at: UtcMicros,
    /// Something worth saying was not said yet.
    pending: bool,
    captured: CaptureTime,
    body: PassBody,
    evidence: Vec<EvidenceRef>,
}

/// One suspicion that is not final yet.
#[derive(Debug)]
struct Suspected {
    id: PassageId,
    revision: u32,
    made_at: UtcMicros,
    captured: CaptureTime,
    rule: RuleRef,
    body: SuspicionBody,
    evidence: Vec<EvidenceRef>,
}

/// The passages of one camera.
pub struct PassageBook {
    context: CameraContext,
    settings: BookSettings,
    ids: Arc<dyn IdSource>,
    open: BTreeMap<TrackId, Open>,
    suspected: Vec<(TrackId, Suspected)>,
}

impl std::fmt::Debug for PassageBook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PassageBook")
            .field("camera", &self.context.camera)
            .field("open", &self.open.len())
            .finish_non_exhaustive()
    }
}

impl PassageBook {
    /// An empty book for one camera.
    #[must_use]
    pub fn new(context: CameraContext, settings: BookSettings, ids: Arc<dyn IdSource>) -> Self {
        Self { context, settings, ids, open: BTreeMap::new(), suspected: Vec::new() }
    }

    /// Passages under way, announced or not.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.open.len()
    }

    /// The passage of a track, once it was announced.
    #[must_use]
    pub fn passage_of(&self, track: TrackId) -> Option<PassageId> {
        self.open.get(&track).filter(|open| open.revision > 0).map(|open| open.id)
    }

    /// A track was seen. Answers with `new`, `update` or nothing, and with suspicions whose time has come.
    pub fn observe(&mut self, update: PassageUpdate) -> Vec<EventDraft> {
        let mut drafts = self.settle(update.captured.captured_at);
        if !self.has_passages() || update.class == "person" {
            return drafts;
        }
        let at = update.captured.captured_at;
        let confirmed = update.confirmed;
        let open = self.open.entry(update.track).or_insert_with(|| Open {
            id: PassageId(self.ids.next(at)),
            revision: 0,
            said_at: at,
            pending: false,
            captured: update.captured,
            body: PassBody {
                class: update.class.clone(),
                class_score: update.class_score,
                first_seen: at,
                last_seen: at,
                rect: update.rect,
                sightings: 0,
                crossings: Vec::new(),
                plate: None,
                unreadable: false,
                doubtful_identity: false,
            },
            evidence: Vec::new(),
        });
        open.take(update);
        if open.revision == 0 {
            if confirmed {
                drafts.push(open.say(&self.context, State::New, None, at));
            }
        } else if open.pending && at.since_us(open.said_at) >= self.settings.update_every_us {
            drafts.push(open.say(&self.context, State::Update, None, at));
        }
        drafts
    }

    /// A track ended. An announced passage gets its one final, one never announced leaves nothing.
    pub fn end(&mut self, end: PassageEnd) -> Vec<EventDraft> {
        let at = end.captured.captured_at;
        let mut drafts = self.settle(at);
        let target = match end.parting {
            Parting::MergedInto(other) => self.passage_of(other),
            _ => None,
        };
        let Some(mut open) = self.open.remove(&end.track) else {
            return drafts;
        };
        if end.plate.is_some() {
            open.body.plate = end.plate;
        }
        open.keep(end.evidence);
        drafts.extend(self.settle_track(end.track, &open.body));
        if open.revision == 0 {
            return drafts;
        }
        let why = match (end.parting, target) {
            (Parting::Left, _) => End::Left,
            (Parting::Timeout, _) => End::Timeout,
            (Parting::StreamLost, _) => End::StreamLost,
            (Parting::MergedInto(_), Some(id)) => End::MergedInto(id),
            // The other passage is over or was never announced: then this one stands for both, with doubt.
            (Parting::MergedInto(_), None) => {
                open.body.doubtful_identity = true;
                End::Left
            }
        };
        open.body.unreadable = open.body.plate.is_none();
        drafts.push(open.say(&self.context, State::Final, Some(why), at));
        drafts
    }

    /// Ends everything: the stream broke, the camera was taken away, or the process stops in order.
    pub fn end_all(&mut self, parting: Parting, captured: CaptureTime) -> Vec<EventDraft> {
        let tracks: Vec<TrackId> = self.open.keys().copied().collect();
        let mut drafts = Vec::new();
        for track in tracks {
            let end = PassageEnd { track, parting, captured, evidence: Vec::new(), plate: None };
            drafts.extend(self.end(end));
        }
        for (_, suspected) in std::mem::take(&mut self.suspected) {
            drafts.push(suspected.finish(&self.context));
        }
        drafts
    }

    /// A wrong way was found. Makes the vehicle's passage known if it was not, then the suspicion's `new`.
    pub fn suspect(&mut self, finding: WrongWayFinding) -> Vec<EventDraft> {
        let at = finding.captured.captured_at;
        let mut drafts = self.settle(at);
        if !self.has_passages() {
            return drafts;
        }
        // A track the book never heard of has nothing a suspicion could point to.
        let Some(open) = self.open.get_mut(&finding.track) else {
            return drafts;
        };
        if self.suspected.iter().any(|(track, s)| *track == finding.track && s.rule == finding.rule) {
            return drafts;
        }
        if open.revision == 0 {
            drafts.push(open.say(&self.context, State::New, None, at));
        }
        let mut suspected = Suspected {
            id: PassageId(self.ids.next(at)),
            revision: 0,
            made_at: at,
            captured: finding.captured,
            rule: finding.rule,
            body: SuspicionBody {
                vehicle_passage: open.id,
                violation: finding.violation,
                line: finding.line,
                direction: finding.direction,
                occurred_at: at,
                class: finding.class,
                plate: open.body.plate.clone(),
                path: thinned(finding.path),
            },
            evidence: finding.evidence,
        };
        drafts.push(suspected.say(&self.context, State::New, None));
        self.suspected.push((finding.track, suspected));
        drafts
    }

    /// A picture that belongs to the track's newest open suspicion came later (the one after the line).
    /// Answers `false` when there is none.
    pub fn add_suspicion_evidence(&mut self, track: TrackId, evidence: EvidenceRef) -> bool {
        match self.suspected.iter_mut().rev().find(|(t, _)| *t == track) {
            Some((_, suspected)) if suspected.evidence.len() < MAX_EVIDENCE => {
                suspected.evidence.push(evidence);
                true
            }
            _ => false,
        }
    }

    /// A minute of a line: one message, a passage of its own.
    pub fn count(&mut self, bucket: CountBody, captured: CaptureTime) -> EventDraft {
        let id = PassageId(self.ids.next(captured.captured_at));
        draft(&self.context, id, 1, (State::Final, Some(End::Left)), captured, Body::Count(bucket))
    }

    /// Other bundle revisions are in force; events made from now on name them.
    pub fn goes_on_under(&mut self, revisions: BundleRevisions) {
        self.context.bundle_revisions = revisions;
    }

    /// The state of the camera: one message, a passage of its own.
    pub fn health(&mut self, health: HealthBody, captured: CaptureTime) -> EventDraft {
        let id = PassageId(self.ids.next(captured.captured_at));
        draft(&self.context, id, 1, (State::Final, Some(End::Left)), captured, Body::Health(health))
    }

    fn has_passages(&self) -> bool {
        self.context.purpose == Purpose::Traffic
    }

    /// Finals of suspicions that have waited long enough.
    fn settle(&mut self, now: UtcMicros) -> Vec<EventDraft> {
        let limit = self.settings.suspicion_settles_us;
        let mut drafts = Vec::new();
        let mut index = 0;
        while index < self.suspected.len() {
            if now.since_us(self.suspected[index].1.made_at) < limit {
                index += 1;
                continue;
            }
            let (track, mut suspected) = self.suspected.remove(index);
            if let Some(open) = self.open.get(&track) {
                suspected.body.plate.clone_from(&open.body.plate);
            }
            drafts.push(suspected.finish(&self.context));
        }
        drafts
    }

    /// Finals of the suspicions of a track that ends, with the plate as finally known.
    fn settle_track(&mut self, track: TrackId, body: &PassBody) -> Vec<EventDraft> {
        let (done, waiting) = std::mem::take(&mut self.suspected).into_iter().partition(|(t, _)| *t == track);
        self.suspected = waiting;
        let done: Vec<(TrackId, Suspected)> = done;
        done.into_iter()
            .map(|(_, mut suspected)| {
                suspected.body.plate.clone_from(&body.plate);
                suspected.finish(&self.context)
            })
            .collect()
    }
}

impl Open {
    fn take(&mut self, update: PassageUpdate) {
        let body = &mut self.body;
        if update.seen {
            self.captured = update.captured;
            body.last_seen = body.last_seen.max(update.captured.captured_at);
            body.sightings = body.sightings.saturating_add(1);
            body.rect = update.rect;
        }
        body.class_score = update.class_score;
        if body.class != update.class {
            body.class = update.class;
            self.pending = true;
        }
        if update.doubtful_identity && !body.doubtful_identity {
            body.doubtful_identity = true;
            self.pending = true;
        }
        for crossing in update.crossings {
            if body.crossings.len() < MAX_CROSSINGS {
                body.crossings.push(crossing);
                self.pending = true;
            }
        }
        if let Some(plate) = update.plate {
            self.pending |= body.plate.as_ref().is_none_or(|told| worth_telling(told, &plate));
            body.plate = Some(plate);
        }
        self.keep(update.evidence);
    }

    fn keep(&mut self, evidence: Vec<EvidenceRef>) {
        for picture in evidence {
            if self.evidence.len() < MAX_EVIDENCE && !self.evidence.iter().any(|e| e.sha256 == picture.sha256) {
                self.evidence.push(picture);
                self.pending = true;
            }
        }
    }

    fn say(&mut self, context: &CameraContext, state: State, end: Option<End>, at: UtcMicros) -> EventDraft {
        self.revision += 1;
        self.said_at = at;
        self.pending = false;
        EventDraft {
            evidence: self.evidence.clone(),
            ..draft(context, self.id, self.revision, (state, end), self.captured, Body::Pass(self.body.clone()))
        }
    }
}

impl Suspected {
    fn say(&mut self, context: &CameraContext, state: State, end: Option<End>) -> EventDraft {
        self.revision += 1;
        EventDraft {
            rule: Some(self.rule.clone()),
            evidence: self.evidence.clone(),
            ..draft(context, self.id, self.revision, (state, end), self.captured, Body::Suspicion(self.body.clone()))
        }
    }

    fn finish(mut self, context: &CameraContext) -> EventDraft {
        self.say(context, State::Final, Some(End::Left))
    }
}

/// A vote changed in a way a reader of the record would notice: another text or class, a first agreement.
fn worth_telling(told: &PlateReading, now: &PlateReading) -> bool {
    told.key != now.key
        || told.class != now.class
        || told.colour != now.colour
        || (told.agreeing_reads < 2 && now.agreeing_reads >= 2)
}

fn thinned(path: Vec<(UtcMicros, Point)>) -> Vec<(UtcMicros, Point)> {
    if path.len() <= MAX_PATH_POINTS {
        return path;
    }
    let last = path.len() - 1;
    (0..MAX_PATH_POINTS).map(|i| path[i * last / (MAX_PATH_POINTS - 1)]).collect()
}

pub(super) fn draft(
    context: &CameraContext,
    passage_id: PassageId,
    revision: u32,
    (state, end): (State, Option<End>),
    captured: CaptureTime,
    body: Body,
) -> EventDraft {
    EventDraft {
        passage_id,
        revision,
        state,
        end,
        node: context.node.clone(),
        camera: context.camera.clone(),
        controller: context.controller.clone(),
        captured,
        boot_id: context.boot_id,
        model: context.models.clone(),
        rule: None,
        config_sha: context.config_sha,
        bundle_revisions: context.bundle_revisions.clone(),
        origin: Origin::Own,
        shadow: context.shadow,
        replayed: context.replayed,
        evidence: Vec::new(),
        body,
    }
}

#[cfg(test)]
#[path = "book_tests.rs"]
mod tests;
