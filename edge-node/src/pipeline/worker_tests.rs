//! A camera at work whose analysis falls over.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::AtomicU32;
use std::time::Instant;

use contract::clock::{MINUTE_US, SystemClock, UtcMicros};
use contract::event::{Body, Envelope, PlateReading, State};
use contract::ids::{BootId, SystemIds};
use contract::signature::SigningKey;
use contract::wish::StillView;
use uuid::Uuid;

use super::*;
use crate::camera::{CameraError, Next, Stream};
use crate::detection::{Detection, DetectionError, ObjectClass};
use crate::evidence::disk_tests::no_guard;
use crate::frame::{Frame, Picture};
use crate::inference::ModelChoice;
use crate::outbox::OutboxOptions;
use crate::picture::BgrPicture;
use crate::pipeline::effort::Effort;
use crate::pipeline::reading::{Opinion, PlateReader};

const WIDTH: usize = 320;
const HEIGHT: usize = 240;
/// The net falls over on this picture, when a vehicle has long been announced.
const FATAL_CALL: u32 = 25;

/// Finds nothing beyond what moves, and falls over once.
struct Faulty(Arc<AtomicU32>);

impl ObjectDetector for Faulty {
    fn detect(&mut self, _: &BgrPicture) -> Result<Vec<Detection>, DetectionError> {
        let call = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        assert!(call != FATAL_CALL, "this net falls over on purpose");
        Ok(Vec::new())
    }
    fn model(&self) -> ModelChoice {
        ModelChoice { role: crate::inference::Role::Detector, name: "faulty".into(), sha256: None }
    }
}

struct NoReader;

impl PlateReader for NoReader {
    fn read(&mut self, _: &BgrPicture, _: ObjectClass, _: Opinion) -> anyhow::Result<Option<PlateReading>> {
        Ok(None)
    }
}

/// A bright square that goes over the picture once in fifteen seconds, five frames a second of its own time, one whenever asked.
struct Square {
    number: u64,
    begin: UtcMicros,
    monotonic_begin_us: i64,
}

impl Square {
    fn frame(&self) -> Frame {
        let us = i64::try_from(self.number).unwrap() * SECOND_US / 5;
        let left = (us / 1000 % 15_000) as usize * (WIDTH - 80) / 15_000;
        let mut light = vec![60; WIDTH * HEIGHT];
        for y in 100..160 {
            light[y * WIDTH + left..y * WIDTH + left + 80].fill(220);
        }
        let grey = vec![128; WIDTH * HEIGHT / 4];
        let picture = Picture::from_planes(WIDTH as u32, HEIGHT as u32, [light, grey.clone(), grey]).unwrap();
        let time = CaptureTime {
            captured_at: self.begin.plus_us(us),
            clock_error_ms: 0,
            clock_source: ClockSource::Arrival,
            monotonic_us: self.monotonic_begin_us + us,
        };
        Frame { camera: "c1".parse().unwrap(), number: self.number, time, picture }
    }
}

/// The stream hands out a frame when the analysis has taken the one before.
struct SquareStream(Square, Arc<AtomicU32>);

impl Stream for SquareStream {
    fn next(&mut self, patience: Duration) -> Result<Next, CameraError> {
        // The test lets frames through, so many at a time.
        if self.1.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_err() {
            std::thread::park_timeout(patience.min(Duration::from_millis(1)));
            return Ok(Next::Nothing);
        }
        self.0.number += 1;
        Ok(Next::Frame(self.0.frame()))
    }
    fn decoder(&self) -> String {
        "none".to_owned()
    }
    fn frames_decoded(&self) -> u64 {
        self.0.number
    }
}

struct SquareCamera(Mutex<Option<SquareStream>>);

impl CameraOpener for SquareCamera {
    fn open(&self, spec: &CameraSpec, _: Option<&Credential>) -> Result<Box<dyn Stream>, CameraError> {
        let stream = self.0.lock().unwrap().take();
        stream
            .map(|s| Box::new(s) as Box<dyn Stream>)
            .ok_or_else(|| CameraError::plain(&spec.name, crate::camera::Trouble::NoRoute))
    }
}

fn camera() -> CameraSpec {
    serde_json::from_value(serde_json::json!({
        "name": "c1", "title": "Máy quay 1", "controller": "office", "purpose": "traffic", "uri": "test:", "decoder": "auto"
    }))
    .unwrap()
}

fn middle() -> LineSpec {
    serde_json::from_value(serde_json::json!({
        "name": "middle", "camera": "c1", "title": "Vạch giữa", "counts": "vehicles",
        "segment": { "a": { "x": 0.5, "y": 0.1 }, "b": { "x": 0.5, "y": 0.9 } }
    }))
    .unwrap()
}

fn context() -> CameraContext {
    CameraContext {
        node: "road/node-1".parse().unwrap(),
        camera: camera().name,
        controller: camera().controller,
        purpose: camera().purpose,
        boot_id: BootId(Uuid::from_u128(1)),
        models: BTreeMap::new(),
        config_sha: Sha256::of(b"config"),
        bundle_revisions: BundleRevisions::default(),
        shadow: false,
        replayed: false,
    }
}

#[test]
fn a_stream_that_comes_late_is_watched_all_the_same() {
    let parts = Parts {
        evidence: None,
        jpeg_quality: 85,
        effort: Arc::new(Effort::default()),
        ids: Arc::new(SystemIds::new()),
        second_opinion: false,
        ways: None,
    };
    let mut analysis = CameraAnalysis::new(camera(), &[middle()], &[], context(), parts);
    let begin = UtcMicros(600 * MINUTE_US);
    let mut square = Square { number: 0, begin, monotonic_begin_us: 0 };
    let mut minutes = Vec::new();
    // What the camera's clock calls 0 s arrives at 1.9 s of ours; between two frames nobody comes for 0.2 s.
    for number in 0..5 * 80 {
        square.number = number;
        let frame = square.frame();
        minutes.extend(analysis.step(&frame, None).unwrap());
        let looked = CaptureTime {
            captured_at: frame.time.captured_at.plus_us(2_100_000),
            monotonic_us: frame.time.monotonic_us + 200_000,
            ..frame.time
        };
        minutes.extend(analysis.no_frame(looked));
    }
    let counts = |d: &EventDraft| if let Body::Count(count) = &d.body { Some(count.clone()) } else { None };
    let first = minutes.iter().find_map(counts).expect("a whole minute was reported");
    assert_eq!((first.start, first.analysed_ms, first.lost_ms), (begin, 60_000, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_still_is_made_of_the_next_frame_and_of_none_when_none_comes() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(SystemClock::new());
    let ids = Arc::new(SystemIds::new());
    let options = OutboxOptions::in_folder(dir.path(), "road/node-1".parse().unwrap());
    let outbox =
        Outbox::open(options, SigningKey::from_seed([9; 32]), clock.clone(), ids.clone(), no_guard(dir.path())).await;
    let (spec, gate) = (camera(), Arc::new(AtomicU32::new(0)));
    let (effort, finder) = (Arc::new(Effort::default()), Arc::new(Viewfinder::default()));
    let square = Square { number: 0, begin: clock.now(), monotonic_begin_us: clock.monotonic_us() };
    let worker = Worker::start(WorkerParts {
        gates: None,
        viewfinder: Arc::clone(&finder),
        credential: None,
        views: ViewKeeper::new(dir.path(), &spec, &[], &[]),
        lines: Vec::new(),
        rules: Vec::new(),
        context: context(),
        parts: Parts {
            evidence: None,
            jpeg_quality: 85,
            effort: Arc::clone(&effort),
            ids,
            second_opinion: false,
            ways: None,
        },
        detector: None,
        desk: Arc::new(ReadingDesk::start(Box::new(NoReader), 2.0, effort).unwrap()),
        outbox: Arc::new(outbox.unwrap()),
        opener: Arc::new(SquareCamera(Mutex::new(Some(SquareStream(square, Arc::clone(&gate)))))),
        clock: clock.clone(),
        on_clock_source: Box::new(|_| ()),
        spec: spec.clone(),
    })
    .unwrap();
    let ask = |later_us: i64| {
        let asked = finder.still(&spec.name, StillView::Pixelated, clock.monotonic_us() + later_us);
        asked.unwrap_or_else(|why| panic!("{why:?}"))
    };
    let mut waiting = ask(0);
    let deadline = Instant::now() + Duration::from_secs(20);
    let still = loop {
        assert!(Instant::now() < deadline, "no still came");
        gate.store(1, Ordering::SeqCst);
        if let Ok(still) = waiting.try_recv() {
            break still;
        }
        std::thread::yield_now();
    };
    let still = still.unwrap_or_else(|why| panic!("{why:?}"));
    assert!(still.into_request().starts_with(&[0xff, 0xd8, 0xff]), "a JPEG");
    gate.store(0, Ordering::SeqCst);
    // At most one frame is still on its way; the second asks of a camera that gives none any more.
    let (_, second) = (ask(2 * SECOND_US).await, ask(4 * SECOND_US).await.unwrap());
    assert_eq!(second.err(), Some(NoStill::NoFrame));
    worker.stop();
    let after = finder.still(&spec.name, StillView::Pixelated, i64::MAX).err();
    assert_eq!(after, Some(NoStill::NoCamera), "a camera that is at work no more takes no request");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_analysis_that_falls_over_ends_what_was_open_once_and_begins_anew() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(SystemClock::new());
    let node: contract::ids::NodeAddress = "road/node-1".parse().unwrap();
    let options = OutboxOptions::in_folder(dir.path(), node.clone());
    let ids = Arc::new(SystemIds::new());
    let outbox =
        Outbox::open(options, SigningKey::from_seed([9; 32]), clock.clone(), ids.clone(), no_guard(dir.path())).await;
    let outbox = Arc::new(outbox.unwrap());
    let spec = camera();
    let calls = Arc::new(AtomicU32::new(0));
    let gate = Arc::new(AtomicU32::new(0));
    let begin = clock.now().floor_to(MINUTE_US);
    let monotonic_begin_us = clock.monotonic_us();
    let effort = Arc::new(Effort::default());
    let finder = Arc::new(Viewfinder::default());
    let worker = Worker::start(WorkerParts {
        gates: None,
        viewfinder: Arc::clone(&finder),
        credential: None,
        views: ViewKeeper::new(dir.path(), &spec, &[], &[]),
        lines: vec![middle()],
        rules: Vec::new(),
        context: context(),
        parts: Parts {
            evidence: None,
            jpeg_quality: 85,
            effort: Arc::clone(&effort),
            ids,
            second_opinion: false,
            ways: Some(finder.ways_of(&spec)),
        },
        detector: Some(Box::new(Faulty(Arc::clone(&calls)))),
        desk: Arc::new(ReadingDesk::start(Box::new(NoReader), 2.0, effort).unwrap()),
        outbox: Arc::clone(&outbox),
        opener: Arc::new(SquareCamera(Mutex::new(Some(SquareStream(
            Square { number: 0, begin, monotonic_begin_us },
            Arc::clone(&gate),
        ))))),
        clock,
        on_clock_source: Box::new(|_| ()),
        spec,
    })
    .unwrap();

    let events = async || {
        let rows = outbox.peek(0, u64::MAX, 10_000).await.unwrap();
        rows.iter().map(|row| Envelope::from_bytes(&row.bytes).unwrap()).collect::<Vec<_>>()
    };
    // A whole minute of the camera's own time after the fall is counted.
    let deadline = Instant::now() + Duration::from_secs(60);
    let mut felled_at = None;
    loop {
        assert!(Instant::now() < deadline, "the camera is silent after {} pictures", calls.load(Ordering::SeqCst));
        if gate.load(Ordering::SeqCst) == 0 {
            gate.store(1, Ordering::SeqCst);
        }
        let said = events().await;
        if calls.load(Ordering::SeqCst) >= FATAL_CALL {
            felled_at = felled_at.or(said.iter().map(|e| e.captured.captured_at).max());
        }
        let counts_again = said.iter().any(|e| match &e.body {
            Body::Count(count) => {
                felled_at.is_some_and(|felled| count.start > felled.plus_us(MINUTE_US))
                    && count.entered + count.left > 0
            }
            _ => false,
        });
        if counts_again {
            break;
        }
    }
    worker.take_away();
    let last = events().await.pop().expect("it said something");
    let Body::Health(last) = last.body else { panic!("the last word is {:?}", last.body) };
    assert_eq!(last.camera_state, CameraState::Disabled, "a camera that is taken away says so");

    let mut said_of: BTreeMap<Uuid, Vec<State>> = BTreeMap::new();
    for event in events().await.iter().filter(|e| matches!(e.body, Body::Pass(_))) {
        said_of.entry(event.passage_id.0).or_default().push(event.state);
    }
    assert!(said_of.len() >= 2, "one vehicle before the fall and one after: {said_of:?}");
    for states in said_of.values() {
        assert_eq!(states.first(), Some(&State::New));
        assert_eq!(states.iter().filter(|s| **s == State::Final).count(), 1, "{states:?}");
        assert_eq!(states.last(), Some(&State::Final));
    }
    let mut minutes: BTreeMap<(UtcMicros, u32), usize> = BTreeMap::new();
    for event in events().await {
        if let Body::Count(count) = event.body {
            *minutes.entry((count.start, event.revision)).or_default() += 1;
        }
    }
    assert!(minutes.values().all(|n| *n == 1), "each revision of a minute is said once: {minutes:?}");
}
