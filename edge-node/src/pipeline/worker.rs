//! One camera at work: its supervisor's thread, its analysis' thread, and the events they make. Nothing is shared between
//! cameras but the plate reader's desk, the outbox and the disk, so that one camera's trouble stays its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context as _, Result};
use contract::bundle::{CameraSpec, LineSpec, WrongWayRule};
use contract::clock::{CaptureTime, Clock, ClockSource, SECOND_US};
use contract::event::{BundleRevisions, CameraState, StreamFigures};
use contract::signature::Sha256;
use contract::wish::NoStill;

use super::analysis::{CameraAnalysis, Parts};
use super::gate_work::{GateMessage, GateWork};
use super::gates::{CameraGates, GateEffect};
use super::reading::{ReadResult, ReadingDesk};
use super::views::ViewKeeper;
use crate::camera::supervise::{CameraFigures, CameraReport, Patience, SupervisedCamera, Supervision};
use crate::camera::{CameraOpener, Credential};
use crate::detection::ObjectDetector;
use crate::events::{CameraContext, EventDraft, Parting};
use crate::frame::{Frame, FrameSlot, SlotFigures, Taken};
use crate::outbox::Outbox;
use crate::tracking::TrackId;
use crate::viewing::{self, FRAME_WITHIN_US, StillRequest, Viewfinder};

/// The thread looks up from waiting for frames this often: for reports, reads and the end.
const LOOK_UP: Duration = Duration::from_millis(200);
/// A camera's figures are reported this often when nothing changes.
const REPORT_EVERY_US: i64 = 60 * SECOND_US;
/// A frame whose analysis failed.
pub const DROP_FAILED: &str = "analysis_failed";
/// Pictures are left out for so long after one on which the analysis fell over: the next may well fell it again.
const REST_US: i64 = SECOND_US;
/// What was learned of the view is kept so often; the first time after a minute.
const KEEP_VIEW_EVERY_US: i64 = 600 * SECOND_US;
/// Messages that may wait for a camera's thread.
const WAITING_MESSAGES: usize = 256;

/// What a worker is made of.
pub struct WorkerParts {
    /// The camera.
    pub spec: CameraSpec,
    /// What it wants to hear.
    pub credential: Option<Credential>,
    /// All lines of the node.
    pub lines: Vec<LineSpec>,
    /// All rules of the node.
    pub rules: Vec<WrongWayRule>,
    /// What stands in its events.
    pub context: CameraContext,
    /// The stages' shared parts.
    pub parts: Parts,
    /// A net for persons or vehicles, where there is one.
    pub detector: Option<Box<dyn ObjectDetector>>,
    /// Its gates, where it has any.
    pub gates: Option<GateWork>,
    /// Where requests for a still come from.
    pub viewfinder: Arc<Viewfinder>,
    /// The plate reader.
    pub desk: Arc<ReadingDesk>,
    /// Where events go.
    pub outbox: Arc<Outbox>,
    /// Opens the stream.
    pub opener: Arc<dyn CameraOpener>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Keeps what was learned of the view over restarts.
    pub views: ViewKeeper,
    /// Told where frame times come from, when that changes.
    pub on_clock_source: Box<dyn Fn(ClockSource) + Send>,
}

enum Message {
    Report(CameraReport),
    Read(ReadResult),
    /// Other revisions are in force; nothing about this camera has changed by them.
    Revisions(BundleRevisions),
    Gate(GateMessage),
    /// Somebody waits for a still.
    Still(StillRequest),
}

impl From<GateMessage> for Message {
    fn from(message: GateMessage) -> Self {
        Self::Gate(message)
    }
}

/// A camera at work.
pub struct Worker {
    supervised: Arc<SupervisedCamera>,
    slot: Arc<FrameSlot>,
    online: Arc<AtomicBool>,
    messages: SyncSender<Message>,
    config_sha: Sha256,
    taken_away: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts both threads.
    pub fn start(mut parts: WorkerParts) -> Result<Self> {
        let name = parts.spec.name.clone();
        let (messages, received) = sync_channel(WAITING_MESSAGES);
        let gates = parts.gates.take();
        if let Some(gates) = &gates {
            gates.connect(&messages);
        }
        let asked = messages.clone();
        let post = move |request| asked.try_send(Message::Still(request)).is_ok();
        parts.viewfinder.connect(name.clone(), Box::new(post));
        let slot = Arc::new(FrameSlot::new());
        let reports = messages.clone();
        let online = Arc::new(AtomicBool::new(false));
        let is_online = Arc::clone(&online);
        let supervised = Supervision {
            spec: parts.spec.clone(),
            credential: parts.credential.clone(),
            opener: Arc::clone(&parts.opener),
            slot: Arc::clone(&slot),
            clock: Arc::clone(&parts.clock),
            on_report: Box::new(move |report| {
                is_online.store(report.state == CameraState::Online, Ordering::SeqCst);
                tell(&reports, Message::Report(report));
            }),
            patience: Patience::default(),
        }
        .start()
        .with_context(|| format!("starting the thread of camera {name}"))?;
        let supervised = Arc::new(supervised);
        let (to_thread, config_sha) = (messages.clone(), parts.context.config_sha);
        let taken_away = Arc::new(AtomicBool::new(false));
        let work = Work {
            taken_away: Arc::clone(&taken_away),
            supervised: Arc::clone(&supervised),
            slot: Arc::clone(&slot),
            messages,
            next_report_us: parts.clock.monotonic_us() + REPORT_EVERY_US,
            next_view_us: parts.clock.monotonic_us() + REPORT_EVERY_US,
            counted: (0, parts.clock.monotonic_us()),
            clock_source: None,
            last_report: None,
            rests_until_us: i64::MIN,
            stills: Vec::new(),
            analysis: first_analysis(&parts),
            gates,
            parts,
        };
        let thread = std::thread::Builder::new()
            .name(format!("analysis-{name}"))
            .spawn(move || work.run(&received))
            .with_context(|| format!("starting the analysis of camera {name}"))?;
        Ok(Self { supervised, slot, online, messages: to_thread, config_sha, taken_away, thread: Some(thread) })
    }

    /// Everything that was configured about this camera, its lines and its rules, in one hash.
    #[must_use]
    pub fn config_sha(&self) -> Sha256 {
        self.config_sha
    }

    /// Other bundle revisions are in force, but what they say of this camera is what it was: it goes on without a gap, and
    /// its events name the new revisions. Answers whether the thread was told.
    #[must_use]
    pub fn goes_on_under(&self, revisions: BundleRevisions) -> bool {
        self.messages.try_send(Message::Revisions(revisions)).is_ok()
    }

    /// Do pictures come?
    #[must_use]
    pub fn online(&self) -> bool {
        self.online.load(Ordering::SeqCst)
    }

    /// What the camera did since its thread started.
    #[must_use]
    pub fn figures(&self) -> CameraFigures {
        self.supervised.figures()
    }

    /// What went through the slot before its analysis.
    #[must_use]
    pub fn slot_figures(&self) -> SlotFigures {
        self.slot.figures()
    }

    /// Stops the stream; everything open is said, then the thread ends.
    pub fn stop(mut self) {
        self.end();
    }

    /// The camera is no longer one of this node's: as [`Worker::stop`], and its last report says so. Otherwise what it said last
    /// would be taken for its state for ever.
    pub fn take_away(mut self) {
        self.taken_away.store(true, Ordering::SeqCst);
        self.end();
    }

    fn end(&mut self) {
        self.supervised.stop();
        self.slot.close();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the analysis of a camera has failed");
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}

fn tell(messages: &SyncSender<Message>, message: Message) {
    if let Err(TrySendError::Full(_)) = messages.try_send(message) {
        tracing::warn!("a camera's analysis is too busy to be told what happened");
    }
}

struct Work {
    parts: WorkerParts,
    taken_away: Arc<AtomicBool>,
    supervised: Arc<SupervisedCamera>,
    slot: Arc<FrameSlot>,
    messages: SyncSender<Message>,
    analysis: CameraAnalysis,
    gates: Option<GateWork>,
    next_report_us: i64,
    next_view_us: i64,
    counted: (u64, i64),
    clock_source: Option<ClockSource>,
    /// What the supervisor said last, for an analysis that begins anew.
    last_report: Option<CameraReport>,
    rests_until_us: i64,
    /// Who waits for the next frame, and until when.
    stills: Vec<(StillRequest, i64)>,
}

fn fresh_analysis(p: &WorkerParts) -> CameraAnalysis {
    CameraAnalysis::new(p.spec.clone(), &p.lines, &p.rules, p.context.clone(), p.parts.clone())
}

/// The first of this process: it judges the view by what the one before has learned.
fn first_analysis(p: &WorkerParts) -> CameraAnalysis {
    let mut analysis = fresh_analysis(p);
    if let Some((known, recent)) = p.views.load(p.clock.now()) {
        analysis.judge_view_by(&known, recent);
    }
    analysis
}

impl Work {
    fn run(mut self, received: &Receiver<Message>) {
        let span = tracing::info_span!("camera.analyse", camera.id = %self.parts.spec.name);
        let _in_span = span.enter();
        loop {
            match catch_unwind(AssertUnwindSafe(|| self.look(received))) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => self.begin_anew(),
            }
        }
        self.parts.viewfinder.disconnect(&self.parts.spec.name);
        while let Ok(message) = received.try_recv() {
            self.hear(message);
        }
        if let Some(mut gates) = self.gates.take() {
            gates.disconnect();
            let effects = gates.gates.close();
            gates.act(effects, &self.messages);
        }
        let now = self.now();
        let mut drafts = self.analysis.close(Parting::StreamLost, now);
        if self.taken_away.load(Ordering::SeqCst) {
            let figures = self.figures();
            drafts.push(self.analysis.taken_away(figures, now));
        }
        self.append(drafts);
        self.keep_view();
    }

    /// Takes the next frame, or notices that there is none, and hears what came meanwhile. Answers `false` at the end.
    fn look(&mut self, received: &Receiver<Message>) -> bool {
        match self.slot.take(LOOK_UP) {
            Taken::Frame(_) if self.parts.clock.monotonic_us() < self.rests_until_us => {
                self.slot.count_dropped(DROP_FAILED, 1);
            }
            Taken::Frame(frame) => {
                self.show(&frame);
                if self.clock_source != Some(frame.time.clock_source) {
                    self.clock_source = Some(frame.time.clock_source);
                    (self.parts.on_clock_source)(frame.time.clock_source);
                }
                let stepped = self.analysis.step(&frame, self.parts.detector.as_deref_mut());
                self.made(stepped);
                self.guard_gates(&frame);
                self.ask_reader();
            }
            Taken::Nothing => {
                let now = self.now();
                let drafts = self.analysis.no_frame(now);
                self.append(drafts);
                self.gates_do(CameraGates::no_frame);
                self.ask_reader();
            }
            Taken::Closed => return false,
        }
        while let Ok(message) = received.try_recv() {
            self.hear(message);
        }
        self.answer_the_late();
        self.report_when_due();
        if self.parts.clock.monotonic_us() >= self.next_view_us {
            self.next_view_us = self.parts.clock.monotonic_us() + KEEP_VIEW_EVERY_US;
            self.keep_view();
        }
        true
    }

    /// Makes a still of this frame for each who waits. Nothing of it stays here.
    fn show(&mut self, frame: &Frame) {
        for (request, _) in self.stills.drain(..) {
            let still = viewing::take(&frame.picture, frame.time.captured_at, request.view, self.parts.spec.purpose);
            if let Err(error) = &still {
                tracing::warn!(error = %error, "a still could not be made");
            }
            // Whoever asked may have left.
            let _ = request.answer.send(still.map_err(|_| NoStill::NoFrame));
        }
    }

    /// Whoever has waited for a frame for too long is told that none comes.
    fn answer_the_late(&mut self) {
        let now_us = self.parts.clock.monotonic_us();
        for (request, _) in self.stills.extract_if(.., |(_, until_us)| *until_us <= now_us) {
            let _ = request.answer.send(Err(NoStill::NoFrame));
        }
    }

    /// The gates' turn at a frame. A face that could not be looked at is told once a frame was; the next one is as good.
    fn guard_gates(&mut self, frame: &Frame) {
        let Some(gates) = &mut self.gates else { return };
        for line in self.analysis.take_went_in() {
            let effects = gates.gates.went_in(&line);
            gates.act(effects, &self.messages);
        }
        let recordable = gates.recordable();
        match gates.gates.step(frame, self.analysis.moves(), recordable) {
            Ok(effects) => gates.act(effects, &self.messages),
            Err(error) => {
                self.slot.count_dropped(DROP_FAILED, 1);
                tracing::warn!(error = format!("{error:#}"), "faces before a gate could not be looked at");
            }
        }
    }

    fn gates_do(&mut self, what: impl FnOnce(&mut CameraGates) -> Vec<GateEffect>) {
        if let Some(gates) = &mut self.gates {
            let effects = what(&mut gates.gates);
            gates.act(effects, &self.messages);
        }
    }

    fn keep_view(&self) {
        let Some(known) = self.analysis.known_view() else { return };
        if let Err(error) = self.parts.views.save(known, self.parts.clock.now()) {
            tracing::warn!(error = %error, "what was learned of the view could not be kept; a restart learns it anew");
        }
    }

    /// The analysis panicked: what it had under way is ended as far as that still works, and a fresh one goes on with its
    /// counts. What cannot be ended now is ended out of the outbox when the node starts again.
    fn begin_anew(&mut self) {
        let camera = &self.parts.spec.name;
        tracing::error!("a fault of ours felled the analysis of camera {camera}; it begins anew");
        self.slot.count_dropped(DROP_FAILED, 1);
        self.rests_until_us = self.parts.clock.monotonic_us() + REST_US;
        let now = self.now();
        let mut broken = std::mem::replace(&mut self.analysis, fresh_analysis(&self.parts));
        match catch_unwind(AssertUnwindSafe(|| broken.close(Parting::StreamLost, now))) {
            Ok(drafts) => self.append(drafts),
            Err(_) => tracing::error!("what was under way there ends when the node starts again"),
        }
        self.analysis.goes_on_from(broken);
        self.begin_gates_anew();
        if let Some(report) = self.last_report.clone() {
            self.hear(Message::Report(report));
        }
    }

    /// Whoever stood at the gates when the analysis fell over is told of as lost; the gates begin anew with nobody there.
    fn begin_gates_anew(&mut self) {
        let Some(mut gates) = self.gates.take() else { return };
        if let Ok(effects) = catch_unwind(AssertUnwindSafe(|| gates.gates.close())) {
            gates.act(effects, &self.messages);
        }
        self.gates = Some(gates.begun_anew());
    }

    fn hear(&mut self, message: Message) {
        match message {
            Message::Report(report) => {
                if report.state == CameraState::Offline {
                    self.gates_do(CameraGates::stream_lost);
                }
                self.last_report = Some(report.clone());
                let (figures, now) = (self.figures(), self.now());
                let drafts = self.analysis.camera_changed(&report, figures, now);
                self.append(drafts);
            }
            Message::Read(result) => {
                if let Err(error) = self.analysis.read(result) {
                    tracing::warn!(error = format!("{error:#}"), "what was read on a vehicle could not be kept");
                }
            }
            Message::Revisions(revisions) => {
                if let Some(gates) = &mut self.gates {
                    gates.goes_on_under(revisions.clone());
                }
                self.analysis.goes_on_under(revisions);
            }
            Message::Still(request) => {
                self.stills.push((request, self.parts.clock.monotonic_us() + FRAME_WITHIN_US));
            }
            Message::Gate(message) => {
                if let Some(gates) = &mut self.gates {
                    gates.hear(message, &self.messages);
                }
            }
        }
    }

    /// Hands the next vehicle to the reader, if the node's budget allows.
    fn ask_reader(&mut self) {
        if !self.analysis.wants_reading() || !self.parts.desk.may_read(self.parts.clock.monotonic_us()) {
            return;
        }
        let Some(request) = self.analysis.next_to_read() else { return };
        let track = TrackId(request.shot.track);
        let messages = self.messages.clone();
        if !self.parts.desk.submit(request, Box::new(move |result| tell(&messages, Message::Read(result)))) {
            self.analysis.not_read(track);
        }
    }

    fn report_when_due(&mut self) {
        if self.parts.clock.monotonic_us() < self.next_report_us {
            return;
        }
        self.next_report_us = self.parts.clock.monotonic_us() + REPORT_EVERY_US;
        if let Some(ways) = &self.parts.parts.ways {
            ways.roll(self.parts.clock.now());
        }
        let (figures, now) = (self.figures(), self.now());
        let draft = self.analysis.report(figures, now);
        self.append(vec![draft]);
    }

    fn made(&self, stepped: Result<Vec<EventDraft>>) {
        match stepped {
            Ok(drafts) => self.append(drafts),
            Err(error) => {
                self.slot.count_dropped(DROP_FAILED, 1);
                tracing::warn!(error = format!("{error:#}"), "a frame could not be analysed");
            }
        }
    }

    fn append(&self, drafts: Vec<EventDraft>) {
        if drafts.is_empty() {
            return;
        }
        let count = drafts.len();
        // What cannot be stored is not made: it is counted, and health tells of the disk.
        if let Err(error) = self.parts.outbox.append_blocking(drafts) {
            tracing::error!(error = %error, events = count, "{count} events of camera {} were not made", self.parts.spec.name);
        }
    }

    fn now(&self) -> CaptureTime {
        CaptureTime {
            captured_at: self.parts.clock.now(),
            clock_error_ms: 0,
            clock_source: ClockSource::Arrival,
            monotonic_us: self.parts.clock.monotonic_us(),
        }
    }

    fn figures(&mut self) -> StreamFigures {
        let camera = self.supervised.figures();
        let slot = self.slot.figures();
        let now_us = self.parts.clock.monotonic_us();
        let (before, since_us) = self.counted;
        let seconds = (now_us - since_us) as f32 / SECOND_US as f32;
        let fps = if seconds > 0.5 { (camera.frames_decoded.saturating_sub(before)) as f32 / seconds } else { 0.0 };
        if seconds > 0.5 {
            self.counted = (camera.frames_decoded, now_us);
        }
        StreamFigures {
            frames_decoded: camera.frames_decoded,
            frames_analysed: self.analysis.frames(),
            frames_dropped: slot.dropped,
            fps: (fps * 10.0).round() / 10.0,
            reconnects: camera.reconnects,
            decoder: camera.decoder,
        }
    }
}

#[cfg(test)]
#[path = "worker_tests.rs"]
mod tests;
