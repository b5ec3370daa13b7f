//! One camera's way from frame to events, step by step in the order of the stages. It is a function of frames, answers of
//! the plate reader and the camera's state: it opens nothing, sends nothing and reads no clock, so that a replay of a
//! file goes exactly the way a live camera goes.

/// Pictures that become evidence.
mod pictures;
/// Which views are read, and what becomes of a read.
mod reads;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use contract::bundle::{CameraSpec, LineCounts, LineSpec, Purpose, WrongWayRule};
use contract::clock::{CaptureTime, SECOND_US, UtcMicros};
use contract::event::{
    BundleRevisions, CountBody, Crossing, Direction, EvidenceRef, EvidenceRole, HealthBody, PlateReading, RuleRef,
    StreamFigures,
};
use contract::geometry::{Point, Rect};
use contract::ids::{IdSource, LineName};

use super::effort::{Effort, Stage};
use super::reading::{Opinion, ReadRequest, ReadResult};
use crate::activity::{ACTIVITY_HEIGHT, ACTIVITY_WIDTH, Activity, KnownView, ViewFinding};
use crate::camera::supervise::CameraReport;
use crate::detection::motion::MotionDetector;
use crate::detection::{Detection, ObjectClass, ObjectDetector, fuse};
use crate::events::{
    BookSettings, CameraContext, EventDraft, Parting, PassageBook, PassageEnd, PassageUpdate, WrongWayFinding,
};
use crate::evidence::EvidenceStore;
use crate::frame::{Frame, Picture};
use crate::health::CameraHealth;
use crate::picture::{BgrPicture, PixelRect};
use crate::recognition::best_shot::{BestShots, Shot, quality, quality_share, sharpness};
use crate::recognition::vote::PlateVote;
use crate::rules::{BucketReport, LineBuckets, LineCrossing, LineWatch, WrongWayWatch};
use crate::telemetry;
use crate::tracking::{EndReason, Ended, Phase, Track, TrackGroup, TrackId, Tracker};
use crate::viewing::{Walks, WaysOfToday};

/// Attempts after which a passage is left unreadable unless reads came.
const MOST_ATTEMPTS: u32 = 10;
/// A class is told to the reader when at least this share of the votes is for it.
const SURE_CLASS: f32 = 0.6;
/// A passage that ended waits at most this long for its last reads before its final is said.
const LAST_READS_US: i64 = 4 * SECOND_US;
/// Frames out of order by less than this are a camera's own disorder; more is a clock that was set back.
const SET_BACK_US: i64 = SECOND_US;

/// What an analysis is made of besides its camera.
#[derive(Clone)]
pub struct Parts {
    /// Where pictures are kept; none in a replay without evidence.
    pub evidence: Option<EvidenceStore>,
    /// Quality of whole-frame pictures, 50..100.
    pub jpeg_quality: u8,
    /// CPU time by stage.
    pub effort: Arc<Effort>,
    /// Ids of passages.
    pub ids: Arc<dyn IdSource>,
    /// The plate reader has somebody else to ask where the fast reading is weak.
    pub second_opinion: bool,
    /// Where ways are remembered for a day; nowhere in a replay.
    pub ways: Option<Arc<WaysOfToday>>,
}

/// What is known of one passage besides its track.
#[derive(Default)]
struct Passing {
    vote: PlateVote,
    pending_reads: u32,
    /// Key and confidence of the reading whose pictures are kept.
    pictured: Option<(String, f32)>,
    new_evidence: Vec<EvidenceRef>,
    /// The best view that gave no reading, as a JPEG (a vehicle may stand for minutes): the picture of an unreadable passage.
    unread: Option<Unread>,
    /// The best view that was read, as long as the vote is weak: what a second opinion would be asked about.
    doubted: Option<Shot>,
    /// A second opinion was asked for; it is asked once a passage.
    asked_again: bool,
}

/// A view that gave no reading.
struct Unread {
    quality: f32,
    time: CaptureTime,
    jpeg: Vec<u8>,
}

/// A passage whose track has ended but whose last reads have not come.
struct Leaving {
    ended: Ended,
    since: UtcMicros,
    captured: CaptureTime,
}

/// One camera's analysis.
pub struct CameraAnalysis {
    spec: CameraSpec,
    parts: Parts,
    activity: Activity,
    motion: MotionDetector,
    tracker: Tracker,
    walks: Walks,
    lines: Vec<(LineWatch, LineBuckets)>,
    wrong_way: Vec<WrongWayWatch>,
    shots: BestShots,
    passing: BTreeMap<TrackId, Passing>,
    leaving: Vec<Leaving>,
    recent: VecDeque<(CaptureTime, Picture)>,
    /// The frame under analysis as shots keep it, once one wanted it.
    detached: Option<Picture>,
    /// Something moved on the last frame.
    moves: bool,
    /// Lines somebody went in over on the last frame.
    went_in: Vec<LineName>,
    /// The detector's net failed on the last frame.
    net_fails: bool,
    book: PassageBook,
    health: CameraHealth,
    last_time: Option<CaptureTime>,
    frames: u64,
}

impl CameraAnalysis {
    /// An analysis that has seen nothing yet.
    #[must_use]
    pub fn new(
        spec: CameraSpec,
        lines: &[LineSpec],
        rules: &[WrongWayRule],
        context: CameraContext,
        parts: Parts,
    ) -> Self {
        let book = PassageBook::new(context, BookSettings::default(), Arc::clone(&parts.ids));
        let followed = match spec.purpose {
            Purpose::Traffic => TrackGroup::Vehicle,
            Purpose::PeopleCounting | Purpose::FaceAccess => TrackGroup::Person,
        };
        let mut analysis = Self {
            motion: MotionDetector::new(spec.purpose),
            health: CameraHealth::new(&spec),
            spec,
            parts,
            activity: Activity::new(),
            tracker: Tracker::new(),
            walks: Walks::of(followed),
            lines: Vec::new(),
            wrong_way: Vec::new(),
            shots: BestShots::default(),
            passing: BTreeMap::new(),
            leaving: Vec::new(),
            recent: VecDeque::new(),
            detached: None,
            moves: false,
            went_in: Vec::new(),
            net_fails: false,
            book,
            last_time: None,
            frames: 0,
        };
        analysis.set_rules(lines, rules);
        analysis
    }

    fn set_rules(&mut self, lines: &[LineSpec], rules: &[WrongWayRule]) {
        let mine = |camera: &contract::ids::CameraName| *camera == self.spec.name;
        self.lines = lines
            .iter()
            .filter(|l| mine(&l.camera))
            .map(|l| (LineWatch::new(l.clone()), LineBuckets::new(l.name.clone())))
            .collect();
        self.wrong_way = rules.iter().filter(|r| mine(&r.camera)).map(|r| WrongWayWatch::new(r.clone())).collect();
    }

    /// Goes on where another analysis of the same camera broke off: with the minutes it has begun to count, with what it
    /// learned of the view, and with tracks of other numbers, so that a read still under way finds nobody.
    pub fn goes_on_from(&mut self, other: Self) {
        if let Some(view) = other.known_view() {
            self.judge_view_by(&view, true);
        }
        self.tracker.numbers_on_from(&other.tracker);
        self.frames = other.frames;
        for ((_, mine), (_, theirs)) in self.lines.iter_mut().zip(other.lines) {
            *mine = theirs;
        }
    }

    /// What was learned of the view, once it is known well enough to judge by.
    #[must_use]
    pub fn known_view(&self) -> Option<KnownView> {
        self.activity.known_view()
    }

    /// Judges the view by what was learned before; `recent`: in the same light.
    pub fn judge_view_by(&mut self, known: &KnownView, recent: bool) {
        self.activity.judge_view_by(known, recent);
    }

    /// Takes one frame. The detector is asked only when something moves. Whatever can fail comes first: a frame that cannot
    /// be analysed leaves everything as it was, and what a frame has made is never lost over a later failure.
    pub fn step(
        &mut self,
        frame: &Frame,
        detector: Option<&mut (dyn ObjectDetector + 'static)>,
    ) -> Result<Vec<EventDraft>> {
        let at = frame.time.captured_at;
        let effort = Arc::clone(&self.parts.effort);
        let grey = effort.measure(Stage::Scaling, || frame.picture.grey(ACTIVITY_WIDTH, ACTIVITY_HEIGHT))?;
        let looked =
            effort.measure(Stage::Activity, || self.activity.look(&grey, UtcMicros(frame.time.monotonic_us)))?;
        let blobs = effort.measure(Stage::Detection, || self.motion.detect(&looked.foreground))?;
        let found = match detector {
            Some(net) if !looked.moving.is_empty() => {
                let picture = effort.measure(Stage::Scaling, || frame.picture.bgr(WHOLE, Some(ACTIVITY_WIDTH)))?;
                self.unless_it_fails(effort.measure(Stage::Detection, || net.detect(&picture)))
            }
            _ => None,
        };

        self.moves = !looked.moving.is_empty();
        let mut drafts = Vec::new();
        if self.last_time.is_some_and(|last| last.captured_at.since_us(at) > SET_BACK_US) {
            drafts.extend(self.clock_set_back(frame.time));
        }
        self.last_time = Some(frame.time);
        self.frames += 1;
        drafts.extend(self.view_changed(looked.view, frame.time));
        let counts = looked.view.counts();
        if !counts {
            for (watch, _) in &mut self.lines {
                watch.suspend(at);
            }
            self.walks.suspend(at, self.parts.ways.as_deref());
        }
        let detections = match found {
            Some(found) => {
                let purpose = self.spec.purpose;
                // What stands still is the net's alone; a parked row of cars would only crowd the tracks.
                let moving: Vec<Detection> = found
                    .into_iter()
                    .filter(|d| looked.moving.iter().any(|m| m.intersection(d.rect).area() > 0.0))
                    .collect();
                fuse::fuse(blobs, moving, |class| wanted(purpose, class))
            }
            None => blobs,
        };
        let ended = effort.measure(Stage::Tracking, || self.tracker.update(&detections, at));
        drafts.extend(self.follow(frame, counts));
        for end in ended {
            drafts.extend(self.ended(end, frame.time, Some(frame)));
        }
        self.detached = None;
        drafts.extend(self.finish_leaving(at, false));
        drafts.extend(self.due_buckets(at, frame.time));
        self.remember(frame);
        Ok(drafts)
    }

    /// A net that fails on one frame fails on the next one too: it is said once, and motion alone goes on.
    fn unless_it_fails<T, E: Into<anyhow::Error>>(&mut self, found: Result<T, E>) -> Option<T> {
        match found {
            Ok(found) => {
                self.net_fails = false;
                Some(found)
            }
            Err(error) => {
                metrics::counter!(telemetry::DETECTION_NET_FAILURES_TOTAL).increment(1);
                if !std::mem::replace(&mut self.net_fails, true) {
                    let error: anyhow::Error = error.into();
                    tracing::error!(error = format!("{error:#}"), "the detector's net fails; motion alone goes on");
                }
                None
            }
        }
    }

    /// The wall clock was set back: what is under way ends, and everything that compares moments begins anew.
    fn clock_set_back(&mut self, now: CaptureTime) -> Vec<EventDraft> {
        tracing::warn!(camera.id = %self.spec.name, "the clock of camera {} was set back", self.spec.name);
        let drafts = self.break_off(now);
        self.recent.clear();
        for (watch, buckets) in &mut self.lines {
            watch.restart();
            buckets.set_back(now.captured_at);
        }
        drafts
    }

    /// Rules, best shots and the book, for every believed track.
    fn follow(&mut self, frame: &Frame, counts: bool) -> Vec<EventDraft> {
        let effort = Arc::clone(&self.parts.effort);
        let mut drafts = Vec::new();
        for (_, buckets) in &mut self.lines {
            buckets.frame(frame.time.captured_at, counts);
        }
        let tracks: Vec<Track> = self.tracker.believed().cloned().collect();
        for track in &tracks {
            let crossings = effort.measure(Stage::Rules, || self.cross(track, counts));
            if let (Some(ways), true) = (&self.parts.ways, counts) {
                self.walks.look(track, ways);
            }
            if self.spec.purpose != Purpose::Traffic || track.group != TrackGroup::Vehicle {
                continue;
            }
            let considered = effort.measure(Stage::BestShot, || self.consider(track, frame));
            told(considered, "a view of a vehicle could not be kept for the reader");
            drafts.extend(self.observe(track, &crossings, frame.time));
            drafts.extend(self.suspect(track, &crossings, frame));
        }
        drafts
    }

    fn cross(&mut self, track: &Track, counts: bool) -> Vec<LineCrossing> {
        if !counts {
            return Vec::new();
        }
        let mut crossings = Vec::new();
        for (watch, buckets) in &mut self.lines {
            if watch.counts(track.group) {
                for crossing in watch.look(track) {
                    count(buckets, &crossing);
                    if crossing.direction == Direction::In && !crossing.doubtful {
                        self.went_in.push(crossing.line.clone());
                    }
                    crossings.push(crossing);
                }
            }
        }
        crossings
    }

    fn observe(&mut self, track: &Track, crossings: &[LineCrossing], captured: CaptureTime) -> Vec<EventDraft> {
        let passing = self.passing.entry(track.id).or_default();
        let (class, class_score) = track.class();
        let update = PassageUpdate {
            track: track.id.0,
            // A parked vehicle that flickers, a shadow that trembles: nothing is said of what goes nowhere.
            confirmed: track.has_travelled(),
            class: class.as_str().to_owned(),
            class_score,
            rect: track.rect.intersection(WHOLE),
            seen: track.last_seen == captured.captured_at,
            captured,
            crossings: crossings.iter().filter(|c| !c.doubtful).map(crossing_of).collect(),
            plate: passing.vote.outcome(),
            evidence: std::mem::take(&mut passing.new_evidence),
            doubtful_identity: track.doubtful_identity,
        };
        let book = &mut self.book;
        self.parts.effort.measure(Stage::Events, || book.observe(update))
    }

    fn suspect(&mut self, track: &Track, crossings: &[LineCrossing], frame: &Frame) -> Vec<EventDraft> {
        let mut drafts = Vec::new();
        for index in 0..self.wrong_way.len() {
            let Some(wrong) = crossings.iter().find_map(|c| self.wrong_way[index].judge(c, track)) else { continue };
            let rule = self.wrong_way[index].rule().clone();
            let (class, _) = track.class();
            let two_wheels = matches!(class, ObjectClass::Motorcycle | ObjectClass::Bicycle);
            let finding = WrongWayFinding {
                track: track.id.0,
                rule: RuleRef { id: wrong.rule, version: wrong.version },
                violation: if two_wheels { rule.violation_motorcycle } else { rule.violation_car },
                line: wrong.line,
                direction: wrong.direction,
                captured: CaptureTime { captured_at: wrong.at, ..frame.time },
                class: class.as_str().to_owned(),
                path: wrong.path,
                evidence: self.before_and_after(wrong.at, frame),
            };
            let book = &mut self.book;
            drafts.extend(self.parts.effort.measure(Stage::Events, || book.suspect(finding)));
        }
        drafts
    }

    /// A track has ended. `frame` is the newest one, if there is any: a wrong way that became certain only now wants its
    /// picture.
    fn ended(&mut self, ended: Ended, captured: CaptureTime, frame: Option<&Frame>) -> Vec<EventDraft> {
        let effort = Arc::clone(&self.parts.effort);
        let crossings = effort.measure(Stage::Rules, || {
            let mut crossings = Vec::new();
            for (watch, buckets) in &mut self.lines {
                if watch.counts(ended.track.group) {
                    for crossing in watch.end(&ended.track, ended.reason) {
                        count(buckets, &crossing);
                        crossings.push(crossing);
                    }
                }
            }
            crossings
        });
        if let Some(ways) = &self.parts.ways {
            self.walks.end(&ended.track, ended.reason, ways);
        }
        let mut drafts = Vec::new();
        let vehicle = self.spec.purpose == Purpose::Traffic && ended.track.group == TrackGroup::Vehicle;
        if vehicle && !crossings.is_empty() {
            drafts.extend(self.observe(&ended.track, &crossings, captured));
            if let Some(frame) = frame {
                drafts.extend(self.suspect(&ended.track, &crossings, frame));
            }
        }
        for rule in &mut self.wrong_way {
            rule.end(ended.track.id);
        }
        if vehicle {
            self.leaving.push(Leaving { ended, since: captured.captured_at, captured });
        }
        drafts
    }

    /// Says the finals of passages whose reads have all come, or have been waited for long enough.
    fn finish_leaving(&mut self, now: UtcMicros, at_once: bool) -> Vec<EventDraft> {
        let mut drafts = Vec::new();
        let mut index = 0;
        while index < self.leaving.len() {
            let leaving = &self.leaving[index];
            let id = leaving.ended.track.id;
            let waits = self.passing.get(&id).is_some_and(|p| {
                p.pending_reads > 0 || self.wants_first_opinion(id, p) || self.wants_second_opinion(id, p)
            });
            if waits && !at_once && now.since_us(leaving.since) < LAST_READS_US {
                index += 1;
                continue;
            }
            let leaving = self.leaving.remove(index);
            drafts.extend(self.final_of(leaving));
        }
        drafts
    }

    fn final_of(&mut self, leaving: Leaving) -> Vec<EventDraft> {
        let Leaving { ended, captured, .. } = leaving;
        let id = ended.track.id;
        self.shots.forget(id.0);
        let passing = self.passing.remove(&id).unwrap_or_default();
        let mut evidence = passing.new_evidence;
        let mut plate = passing.vote.outcome();
        if let Some(plate) = &mut plate {
            // Also where nothing could be read by it.
            plate.second_opinion |= passing.asked_again;
        }
        if let (None, Some(unread)) = (&plate, &passing.unread) {
            let kept = self.keep_jpeg(EvidenceRole::Frame, unread.time, &unread.jpeg);
            evidence.extend(told(kept, "the picture of a passage was not kept").flatten());
        }
        let parting = match ended.reason {
            EndReason::Left => Parting::Left,
            EndReason::Timeout => Parting::Timeout,
            EndReason::StreamLost => Parting::StreamLost,
            EndReason::MergedInto(other) => Parting::MergedInto(other.0),
        };
        let book = &mut self.book;
        self.parts
            .effort
            .measure(Stage::Events, || book.end(PassageEnd { track: id.0, parting, captured, evidence, plate }))
    }

    /// Frames stay away: time is accounted as lost, buckets close, passages that wait are finished. How long they stay away is
    /// told by the clock that never jumps: what is captured reaches us later, and a camera has a clock of its own.
    pub fn no_frame(&mut self, now: CaptureTime) -> Vec<EventDraft> {
        let reached = self.last_time.map_or(now.captured_at, |last| {
            last.captured_at.plus_us(now.monotonic_us.saturating_sub(last.monotonic_us))
        });
        for (_, buckets) in &mut self.lines {
            buckets.no_frame(reached);
        }
        let mut drafts = self.due_buckets(now.captured_at, now);
        drafts.extend(self.finish_leaving(now.captured_at, false));
        drafts
    }

    /// The camera's connection changed.
    pub fn camera_changed(
        &mut self,
        report: &CameraReport,
        figures: StreamFigures,
        now: CaptureTime,
    ) -> Vec<EventDraft> {
        let mut drafts = Vec::new();
        if report.state == contract::event::CameraState::Offline {
            drafts.extend(self.break_off(now));
        }
        let said = self.health.connection(report, figures);
        drafts.extend(said.map(|body| self.say_health(body, now)));
        drafts
    }

    /// Other bundle revisions are in force that say the same of this camera.
    pub fn goes_on_under(&mut self, revisions: BundleRevisions) {
        self.book.goes_on_under(revisions);
    }

    /// The regular report: nothing changed, but the figures did.
    pub fn report(&mut self, figures: StreamFigures, now: CaptureTime) -> EventDraft {
        let body = self.health.regular(figures);
        self.say_health(body, now)
    }

    /// The last report of a camera that is no longer one of this node's.
    pub fn taken_away(&mut self, figures: StreamFigures, now: CaptureTime) -> EventDraft {
        let body = self.health.taken_away(figures, now.captured_at);
        self.say_health(body, now)
    }

    fn view_changed(&mut self, view: ViewFinding, now: CaptureTime) -> Vec<EventDraft> {
        let said = self.health.view(view.troubles(), now.captured_at);
        said.into_iter().map(|body| self.say_health(body, now)).collect()
    }

    fn say_health(&mut self, body: HealthBody, now: CaptureTime) -> EventDraft {
        self.book.health(body, now)
    }

    /// The stream broke: what was on the picture is over.
    fn break_off(&mut self, now: CaptureTime) -> Vec<EventDraft> {
        let mut drafts = Vec::new();
        for ended in self.tracker.end_all(EndReason::StreamLost) {
            drafts.extend(self.ended(ended, now, None));
        }
        drafts.extend(self.finish_leaving(now.captured_at, true));
        for (watch, _) in &mut self.lines {
            watch.restart();
        }
        self.walks.restart();
        drafts
    }

    /// The camera is taken away, the file is at its end, or the node stops: everything open is said.
    pub fn close(&mut self, parting: Parting, now: CaptureTime) -> Vec<EventDraft> {
        let mut drafts = self.break_off(now);
        for index in 0..self.lines.len() {
            let reports = self.lines[index].1.finish();
            drafts.extend(reports.into_iter().map(|r| self.bucket(index, r, now)).collect::<Vec<_>>());
        }
        drafts.extend(self.book.end_all(parting, now));
        drafts
    }

    fn due_buckets(&mut self, at: UtcMicros, now: CaptureTime) -> Vec<EventDraft> {
        let mut drafts = Vec::new();
        for index in 0..self.lines.len() {
            let due = self.lines[index].1.due(at);
            drafts.extend(due.into_iter().map(|r| self.bucket(index, r, now)).collect::<Vec<_>>());
        }
        drafts
    }

    fn bucket(&mut self, line: usize, report: BucketReport, now: CaptureTime) -> EventDraft {
        let class = match self.lines[line].0.spec().counts {
            LineCounts::Persons => "person",
            LineCounts::Vehicles => "vehicle",
        };
        let revision = report.revision + 1;
        let body = CountBody {
            line: report.line,
            class: class.to_owned(),
            start: report.start,
            entered: report.entered,
            left: report.left,
            doubtful: report.doubtful,
            analysed_ms: report.analysed_ms,
            lost_ms: report.lost_ms,
        };
        let mut draft = self.book.count(body, now);
        draft.revision = revision;
        draft
    }

    /// Did something move on the last frame?
    #[must_use]
    pub fn moves(&self) -> bool {
        self.moves
    }

    /// Lines that were crossed inwards since this was asked last, once for each crossing.
    pub fn take_went_in(&mut self) -> Vec<LineName> {
        std::mem::take(&mut self.went_in)
    }

    /// The camera.
    #[must_use]
    pub fn spec(&self) -> &CameraSpec {
        &self.spec
    }

    /// Frames analysed so far.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// When the last frame was captured.
    #[must_use]
    pub fn last_time(&self) -> Option<CaptureTime> {
        self.last_time
    }

    /// Tracks that are believed at this moment, for drawing.
    pub fn tracks(&self) -> impl Iterator<Item = &Track> {
        self.tracker.believed()
    }
}

const WHOLE: Rect = Rect::new(0.0, 0.0, 1.0, 1.0);

/// What could be had; a failure is told and leaves the rest of the frame's work alone.
fn told<T, E: Into<anyhow::Error>>(result: Result<T, E>, what: &str) -> Option<T> {
    result
        .map_err(|error| {
            let error: anyhow::Error = error.into();
            tracing::warn!(error = format!("{error:#}"), "{what}");
        })
        .ok()
}

/// Counts a crossing; one that comes too late for its minute is told.
fn count(buckets: &mut LineBuckets, crossing: &LineCrossing) {
    if !buckets.cross(crossing) {
        metrics::counter!(telemetry::COUNTING_CROSSINGS_TOO_LATE_TOTAL).increment(1);
        tracing::warn!(line.id = %crossing.line, "a crossing came too late to be counted");
    }
}

fn wanted(purpose: Purpose, class: ObjectClass) -> bool {
    match purpose {
        Purpose::PeopleCounting | Purpose::FaceAccess => class == ObjectClass::Person,
        Purpose::Traffic => class.is_vehicle(),
    }
}

fn crossing_of(crossing: &LineCrossing) -> Crossing {
    Crossing { line: crossing.line.clone(), direction: crossing.direction, at: crossing.at }
}
