//! Keeps one camera running: opens it, passes its frames to the slot, notices silence, backs off, tries again for ever.
//! One thread a camera and nothing shared between cameras, so that one camera's trouble never touches another.
//! Reports changes of state, never single frames.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use contract::bundle::CameraSpec;
use contract::clock::{Clock, UtcMicros};
use contract::event::CameraState;
use contract::ids::CameraName;

use super::{CameraError, CameraOpener, Credential, Next, Stream, Trouble};
use crate::frame::FrameSlot;

/// A change in how a camera is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraReport {
    /// Which camera.
    pub camera: CameraName,
    /// How it is now.
    pub state: CameraState,
    /// Why it is offline.
    pub trouble: Option<Trouble>,
    /// The same in words for the operator, Vietnamese; empty when all is well.
    pub reason: String,
    /// How far its clock is off in milliseconds, when that is too far to be believed.
    pub clock_off_ms: Option<i64>,
    /// Since when it is so.
    pub at: UtcMicros,
}

/// Takes reports. Called on the camera's thread: must not block.
pub type OnReport = Box<dyn Fn(CameraReport) + Send>;

/// What a camera did since its thread started.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CameraFigures {
    /// Frames decoded, all connections together.
    pub frames_decoded: u64,
    /// Frames passed on to the slot.
    pub frames_passed: u64,
    /// Times the stream was opened again.
    pub reconnects: u32,
    /// The decoder in use.
    pub decoder: String,
}

/// How patient the supervisor is. The defaults are what the product promises.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// No frame for this long: the stream is given up and opened again.
    pub silence: Duration,
    /// First pause before opening again; doubles with every failure.
    pub first_pause: Duration,
    /// Longest pause: an attempt that was made just before the camera came back costs `silence`, then this pause, then a
    /// connection and a key frame; together they stay within the 10 s that are promised.
    pub longest_pause: Duration,
    /// Pause after repeated wrong passwords: many cameras lock the account after five.
    pub locked_pause: Duration,
    /// Frames for this long make the next pause the first again.
    pub settled: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            silence: Duration::from_secs(5),
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(2),
            locked_pause: Duration::from_secs(30),
            settled: Duration::from_secs(10),
        }
    }
}

/// Pauses between attempts. Pure.
#[derive(Debug, Clone)]
pub struct BackOff {
    patience: Patience,
    failures: u32,
    wrong_passwords: u32,
}

impl BackOff {
    /// No failure yet.
    #[must_use]
    pub fn new(patience: Patience) -> Self {
        Self { patience, failures: 0, wrong_passwords: 0 }
    }

    /// The pause after one more failure; `ran` is how long frames came before it.
    pub fn after(&mut self, trouble: Trouble, ran: Duration) -> Duration {
        if ran >= self.patience.settled {
            self.failures = 0;
        }
        self.wrong_passwords = if trouble == Trouble::WrongPassword { self.wrong_passwords + 1 } else { 0 };
        let pause =
            self.patience.first_pause.saturating_mul(1 << self.failures.min(16)).min(self.patience.longest_pause);
        self.failures = self.failures.saturating_add(1);
        if self.wrong_passwords > 3 { self.patience.locked_pause } else { pause }
    }
}

#[derive(Debug, Default)]
struct Control {
    stopping: Mutex<bool>,
    changed: Condvar,
    figures: Mutex<CameraFigures>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Control {
    fn stopping(&self) -> bool {
        *lock(&self.stopping)
    }

    /// Waits; true when it is time to stop.
    fn pause(&self, length: Duration) -> bool {
        let guard = lock(&self.stopping);
        let (guard, _) = self
            .changed
            .wait_timeout_while(guard, length, |stopping| !*stopping)
            .unwrap_or_else(PoisonError::into_inner);
        *guard
    }
}

/// A camera being kept running. Dropping it stops the thread and waits for it.
#[derive(Debug)]
pub struct SupervisedCamera {
    control: Arc<Control>,
    thread: Option<JoinHandle<()>>,
}

/// All a supervisor needs.
pub struct Supervision {
    /// The camera.
    pub spec: CameraSpec,
    /// What it wants to hear.
    pub credential: Option<Credential>,
    /// How streams are opened.
    pub opener: Arc<dyn CameraOpener>,
    /// Where frames go.
    pub slot: Arc<FrameSlot>,
    /// Dates the reports.
    pub clock: Arc<dyn Clock>,
    /// Who hears of changes.
    pub on_report: OnReport,
    /// How patient to be.
    pub patience: Patience,
}

impl Supervision {
    /// Starts the camera's thread.
    pub fn start(self) -> std::io::Result<SupervisedCamera> {
        let control = Arc::new(Control::default());
        let of_thread = Arc::clone(&control);
        let thread = std::thread::Builder::new()
            .name(format!("cam-{}", self.spec.name))
            .spawn(move || Keeper::new(self, of_thread).keep())?;
        Ok(SupervisedCamera { control, thread: Some(thread) })
    }
}

impl SupervisedCamera {
    /// What it did so far.
    #[must_use]
    pub fn figures(&self) -> CameraFigures {
        lock(&self.control.figures).clone()
    }

    /// Asks the thread to stop; returns at once.
    pub fn stop(&self) {
        *lock(&self.control.stopping) = true;
        self.control.changed.notify_all();
    }
}

impl Drop for SupervisedCamera {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            // It catches panics itself; should one slip through, the camera is gone either way.
            let _ = thread.join();
        }
    }
}

/// How one connection ended.
struct Run {
    error: CameraError,
    ran: Duration,
}

/// The thread's own state.
struct Keeper {
    with: Supervision,
    control: Arc<Control>,
    told: Option<(CameraState, Option<Trouble>, bool)>,
    number: u64,
    decoded_before: u64,
}

impl Keeper {
    fn new(with: Supervision, control: Arc<Control>) -> Self {
        Self { with, control, told: None, number: 0, decoded_before: 0 }
    }

    fn keep(mut self) {
        let mut back_off = BackOff::new(self.with.patience);
        self.tell(CameraState::Starting, None, None);
        while !self.control.stopping() {
            // A panic in a decoder's binding must not silence this camera for ever.
            let run = catch_unwind(AssertUnwindSafe(|| self.run_once())).unwrap_or_else(|_| {
                Some(Run { error: CameraError::plain(&self.with.spec.name, Trouble::Internal), ran: Duration::ZERO })
            });
            let Some(Run { error, ran }) = run else { break };
            if self.told.is_none_or(|(_, trouble, _)| trouble != Some(error.trouble)) {
                let cause = error.said.as_ref().map(ToString::to_string).unwrap_or_default();
                tracing::warn!(camera.id = %self.with.spec.name, camera.trouble = %error.trouble, cause, "{error}");
            }
            self.tell(CameraState::Offline, Some(error.trouble), None);
            if self.control.pause(back_off.after(error.trouble, ran)) {
                break;
            }
            lock(&self.control.figures).reconnects += 1;
        }
    }

    /// One connection, from opening to its end; `None` when asked to stop.
    fn run_once(&mut self) -> Option<Run> {
        let mut first_frame: Option<Instant> = None;
        let mut stream = match self.with.opener.open(&self.with.spec, self.with.credential.as_ref()) {
            Ok(stream) => stream,
            Err(error) => return Some(Run { error, ran: Duration::ZERO }),
        };
        let mut last_frame = Instant::now();
        let ended = loop {
            if self.control.stopping() {
                break None;
            }
            match stream.next(Duration::from_millis(250)) {
                Ok(Next::Frame(mut frame)) => {
                    last_frame = Instant::now();
                    first_frame.get_or_insert(last_frame);
                    frame.number = self.number;
                    self.number += 1;
                    self.with.slot.put(frame);
                    self.count(stream.as_ref(), 1);
                    self.tell(CameraState::Online, None, stream.clock_off_ms());
                }
                Ok(Next::Nothing) if last_frame.elapsed() >= self.with.patience.silence => {
                    break Some(CameraError::plain(&self.with.spec.name, stream.why_silent()));
                }
                Ok(Next::Nothing) => self.count(stream.as_ref(), 0),
                Ok(Next::Ended) => break Some(CameraError::plain(&self.with.spec.name, Trouble::Ended)),
                Err(error) => break Some(error),
            }
        };
        self.count(stream.as_ref(), 0);
        self.decoded_before += stream.frames_decoded();
        ended.map(|error| Run { error, ran: first_frame.map_or(Duration::ZERO, |at| at.elapsed()) })
    }

    fn count(&self, stream: &dyn Stream, passed: u64) {
        let mut figures = lock(&self.control.figures);
        figures.frames_decoded = self.decoded_before + stream.frames_decoded();
        figures.frames_passed += passed;
        let decoder = stream.decoder();
        if figures.decoder != decoder && !decoder.is_empty() {
            figures.decoder = decoder;
        }
    }

    /// Reports when something changed.
    fn tell(&mut self, state: CameraState, trouble: Option<Trouble>, clock_off_ms: Option<i64>) {
        let now = (state, trouble, clock_off_ms.is_some());
        if self.told == Some(now) {
            return;
        }
        self.told = Some(now);
        let reason = match (trouble, clock_off_ms) {
            (Some(trouble), _) => trouble.words().to_owned(),
            (None, Some(ms)) => format!("đồng hồ máy quay lệch {} giây; dùng giờ của nút", ms.div_euclid(1000)),
            (None, None) => String::new(),
        };
        tracing::info!(camera.id = %self.with.spec.name, camera.state = ?state, "camera {} is {state:?}", self.with.spec.name);
        (self.with.on_report)(CameraReport {
            camera: self.with.spec.name.clone(),
            state,
            trouble,
            reason,
            clock_off_ms,
            at: self.with.clock.now(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::gstreamer::tests::spec;
    use super::*;
    use crate::frame::{Frame, Picture, Taken};
    use contract::clock::{CaptureTime, ClockSource, ManualClock};
    use std::collections::VecDeque;
    use std::sync::mpsc;

    /// What one connection of the false camera does.
    enum Act {
        Refuse(Trouble),
        /// So many frames, then this.
        Frames(u32, After),
        Panic,
    }

    #[derive(Clone, Copy)]
    enum After {
        End,
        Silence,
        Fail(Trouble),
    }

    struct FalseCamera {
        acts: Mutex<VecDeque<Act>>,
        open: Arc<std::sync::atomic::AtomicI64>,
    }

    struct FalseStream {
        left: u32,
        after: After,
        sent: u64,
        open: Arc<std::sync::atomic::AtomicI64>,
    }

    impl Drop for FalseStream {
        fn drop(&mut self) {
            self.open.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
        }
    }

    fn frame(number: u64) -> Frame {
        let time = CaptureTime {
            captured_at: UtcMicros(0),
            clock_error_ms: 0,
            clock_source: ClockSource::Arrival,
            monotonic_us: 0,
        };
        let picture = Picture::from_planes(2, 2, [vec![0; 4], vec![128], vec![128]]).unwrap();
        Frame { camera: "c1".parse().unwrap(), number, time, picture }
    }

    impl Stream for FalseStream {
        fn next(&mut self, _: Duration) -> Result<Next, CameraError> {
            if self.left > 0 {
                self.left -= 1;
                self.sent += 1;
                return Ok(Next::Frame(frame(0)));
            }
            match self.after {
                After::End => Ok(Next::Ended),
                After::Silence => Ok(Next::Nothing),
                After::Fail(trouble) => Err(CameraError::plain(&"c1".parse().unwrap(), trouble)),
            }
        }
        fn decoder(&self) -> String {
            "false".to_owned()
        }
        fn frames_decoded(&self) -> u64 {
            self.sent
        }
    }

    impl CameraOpener for FalseCamera {
        fn open(&self, spec: &CameraSpec, _: Option<&Credential>) -> Result<Box<dyn Stream>, CameraError> {
            let act = self.acts.lock().unwrap().pop_front();
            match act {
                Some(Act::Refuse(trouble)) => Err(CameraError::plain(&spec.name, trouble)),
                Some(Act::Frames(left, after)) => {
                    self.open.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    Ok(Box::new(FalseStream { left, after, sent: 0, open: Arc::clone(&self.open) }))
                }
                Some(Act::Panic) => panic!("a decoder's binding fell over"),
                None => Err(CameraError::plain(&spec.name, Trouble::NoRoute)),
            }
        }
    }

    struct Scene {
        camera: SupervisedCamera,
        reports: mpsc::Receiver<CameraReport>,
        slot: Arc<FrameSlot>,
        open: Arc<std::sync::atomic::AtomicI64>,
    }

    fn play(acts: Vec<Act>) -> Scene {
        let (send, reports) = mpsc::sync_channel(1000);
        let slot = Arc::new(FrameSlot::new());
        let open = Arc::default();
        let camera = Supervision {
            spec: spec("test:"),
            credential: None,
            opener: Arc::new(FalseCamera { acts: Mutex::new(acts.into()), open: Arc::clone(&open) }),
            slot: Arc::clone(&slot),
            clock: Arc::new(ManualClock::at(UtcMicros(5))),
            on_report: Box::new(move |r| {
                let _ = send.try_send(r);
            }),
            patience: Patience {
                silence: Duration::from_millis(20),
                first_pause: Duration::from_millis(1),
                longest_pause: Duration::from_millis(2),
                locked_pause: Duration::from_millis(3),
                settled: Duration::from_secs(1),
            },
        }
        .start()
        .unwrap();
        Scene { camera, reports, slot, open }
    }

    impl Scene {
        /// Reports until one with this trouble, as (state, trouble).
        fn until(&self, trouble: Trouble) -> Vec<(CameraState, Option<Trouble>)> {
            let mut seen = Vec::new();
            loop {
                let report = self.reports.recv_timeout(Duration::from_secs(20)).expect("a report in time");
                seen.push((report.state, report.trouble));
                if report.trouble == Some(trouble) {
                    return seen;
                }
            }
        }
    }

    use CameraState::{Offline, Online, Starting};

    #[test]
    fn every_trouble_is_reported_once_and_the_camera_comes_back() {
        let scene = play(vec![
            Act::Refuse(Trouble::Refused),
            Act::Refuse(Trouble::Refused),
            Act::Frames(3, After::Silence),
            Act::Panic,
            Act::Frames(2, After::Fail(Trouble::Garbage)),
            Act::Frames(1, After::End),
        ]);
        let seen = scene.until(Trouble::NoRoute);
        let expected = [
            (Starting, None),
            (Offline, Some(Trouble::Refused)),
            (Online, None),
            (Offline, Some(Trouble::NoData)),
            (Offline, Some(Trouble::Internal)),
            (Online, None),
            (Offline, Some(Trouble::Garbage)),
            (Online, None),
            (Offline, Some(Trouble::Ended)),
            (Offline, Some(Trouble::NoRoute)),
        ];
        assert_eq!(seen, expected);
        let figures = scene.camera.figures();
        assert_eq!((figures.frames_decoded, figures.frames_passed), (6, 6));
        assert!(figures.reconnects >= 6 && figures.decoder == "false");
        // Numbers go on over reconnections, and no connection is left behind.
        assert!(matches!(scene.slot.take(Duration::ZERO), Taken::Frame(f) if f.number == 5));
        assert_eq!(scene.open.load(std::sync::atomic::Ordering::SeqCst), 0);
    }

    #[test]
    fn a_hundred_reconnections_leave_nothing_open() {
        let scene = play((0..100).map(|_| Act::Frames(1, After::End)).collect());
        scene.until(Trouble::NoRoute);
        assert_eq!(scene.open.load(std::sync::atomic::Ordering::SeqCst), 0);
        assert_eq!(scene.camera.figures().frames_passed, 100);
    }

    #[test]
    fn stopping_does_not_wait_for_the_pause() {
        let scene = play(vec![Act::Frames(1, After::Silence)]);
        scene.until(Trouble::NoRoute);
        let began = Instant::now();
        drop(scene.camera);
        assert!(began.elapsed() < Duration::from_secs(2));
    }

    #[test]
    fn pauses_double_to_two_seconds_and_a_wrong_password_waits_longer() {
        let mut back_off = BackOff::new(Patience::default());
        let ms = |d: Duration| d.as_millis();
        let pauses: Vec<_> = (0..6).map(|_| ms(back_off.after(Trouble::NoRoute, Duration::ZERO))).collect();
        assert_eq!(pauses, [500, 1000, 2000, 2000, 2000, 2000]);
        assert_eq!(ms(back_off.after(Trouble::NoData, Duration::from_secs(60))), 500, "it had been well for a minute");
        let locked: Vec<_> = (0..4).map(|_| ms(back_off.after(Trouble::WrongPassword, Duration::ZERO))).collect();
        assert_eq!(locked, [1000, 2000, 2000, 30_000]);
        assert_eq!(ms(back_off.after(Trouble::Refused, Duration::ZERO)), 2000);
    }

    #[test]
    fn a_real_source_runs_under_supervision() {
        let (send, reports) = mpsc::sync_channel(10);
        let slot = Arc::new(FrameSlot::new());
        let clock: Arc<dyn Clock> = Arc::new(contract::clock::SystemClock::new());
        let _camera = Supervision {
            spec: spec("test:"),
            credential: None,
            opener: Arc::new(super::super::gstreamer::GstreamerOpener::new(Arc::clone(&clock))),
            slot: Arc::clone(&slot),
            clock,
            on_report: Box::new(move |r| {
                let _ = send.try_send(r);
            }),
            patience: Patience::default(),
        }
        .start()
        .unwrap();
        assert!(matches!(slot.take(Duration::from_secs(20)), Taken::Frame(_)));
        let states: Vec<_> = (0..2).map(|_| reports.recv_timeout(Duration::from_secs(20)).unwrap().state).collect();
        assert_eq!(states, [Starting, Online]);
    }
}
