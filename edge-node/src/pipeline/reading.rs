//! The one plate reader of a node: a thread with a bounded queue in front of it, and a budget of reads a second that all
//! cameras share. What it is asked and what it answers are values; it decides nothing about a passage.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use contract::event::PlateReading;
use contract::geometry::{Point, Rect};
use contract::ids::CameraName;

use super::effort::{Effort, Stage};
use crate::detection::ObjectClass;
use crate::picture::BgrPicture;
use crate::recognition::best_shot::{ReadBudget, Shot};

/// How much more than the vehicle's box is cut out: plates stand at its edge.
const MARGIN: f32 = 0.06;
/// Wider crops are scaled down to this: text detection gains nothing from more.
const CROP_WIDTH: u32 = 960;

/// Reads plates on a crop of a vehicle. Corners of the reading are 0..1 of the crop.
pub trait PlateReader: Send {
    /// The plate that belongs to the vehicle, if one can be read.
    fn read(&mut self, crop: &BgrPicture, class: ObjectClass) -> anyhow::Result<Option<PlateReading>>;
}

/// One vehicle to be read.
#[derive(Debug)]
pub struct ReadRequest {
    /// Its camera.
    pub camera: CameraName,
    /// Its class, as known so far.
    pub class: ObjectClass,
    /// The view.
    pub shot: Shot,
}

/// What came of it.
#[derive(Debug)]
pub struct ReadResult {
    /// The view that was read.
    pub shot: Shot,
    /// What stands there; corners 0..1 of the whole frame.
    pub reading: Option<PlateReading>,
}

/// Cuts the vehicle out and reads it.
pub fn read_one(reader: &mut dyn PlateReader, request: ReadRequest, effort: &Effort) -> ReadResult {
    let ReadRequest { camera, class, shot } = request;
    let cut = shot.rect.grown(MARGIN);
    let reading = effort.measure(Stage::PlateReading, || {
        let crop = shot.frame.bgr(cut, Some(CROP_WIDTH))?;
        reader.read(&crop, class)
    });
    let reading = reading.unwrap_or_else(|error| {
        tracing::warn!(camera.id = %camera, error = format!("{error:#}"), "a vehicle of camera {camera} could not be read");
        None
    });
    ReadResult { reading: reading.map(|r| on_frame(r, cut)), shot }
}

/// From the crop's coordinates to the frame's.
fn on_frame(reading: PlateReading, cut: Rect) -> PlateReading {
    let corners = reading.corners.iter().map(|p| Point::new(cut.x + p.x * cut.w, cut.y + p.y * cut.h)).collect();
    PlateReading { corners, ..reading }
}

/// Where a result is sent.
pub type OnRead = Box<dyn FnOnce(ReadResult) + Send>;

struct Job {
    request: ReadRequest,
    done: OnRead,
}

/// The node's reader thread. Dropping it ends the thread after the job in hand.
pub struct ReadingDesk {
    jobs: Option<SyncSender<Job>>,
    budget: Mutex<ReadBudget>,
    thread: Option<JoinHandle<()>>,
}

impl ReadingDesk {
    /// Starts the thread. `per_second` reads are allowed for the whole node.
    pub fn start(mut reader: Box<dyn PlateReader>, per_second: f64, effort: Arc<Effort>) -> std::io::Result<Self> {
        // Two waiting jobs are enough to keep the thread busy; more would only grow old.
        let (jobs, waiting): (SyncSender<Job>, Receiver<Job>) = sync_channel(2);
        let thread = std::thread::Builder::new().name("plate-reader".to_owned()).spawn(move || {
            while let Ok(Job { request, done }) = waiting.recv() {
                done(read_one(reader.as_mut(), request, &effort));
            }
        })?;
        Ok(Self { jobs: Some(jobs), budget: Mutex::new(ReadBudget::new(per_second)), thread: Some(thread) })
    }

    /// May somebody be read now? Takes one read from the budget when so.
    pub fn may_read(&self, monotonic_us: i64) -> bool {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner).spend(monotonic_us)
    }

    /// Hands a job over; `false` when the desk is full and the job was dropped.
    pub fn submit(&self, request: ReadRequest, done: OnRead) -> bool {
        let Some(jobs) = &self.jobs else { return false };
        match jobs.try_send(Job { request, done }) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
        }
    }
}

impl Drop for ReadingDesk {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
