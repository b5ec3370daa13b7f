//! The one plate reader of a node: a thread with a bounded queue in front of it, and a budget of reads a second that all
//! cameras share. What it is asked and what it answers are values; it decides nothing about a passage. A reader that panics
//! over one picture is counted and told, answers that nothing was read, and goes on with the next.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
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
use crate::telemetry;

/// How much more than the vehicle's box is cut out: plates stand at its edge.
const MARGIN: f32 = 0.06;
/// Wider crops are scaled down to this: text detection gains nothing from more.
const CROP_WIDTH: u32 = 960;

/// Whose word is wanted on a vehicle's plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opinion {
    /// The fast nets', on every good view.
    First,
    /// The general nets', once a passage and only where the vote is weak.
    Second,
}

/// Reads plates on a crop of a vehicle. Corners of the reading are 0..1 of the crop.
pub trait PlateReader: Send {
    /// The plate that belongs to the vehicle, if one can be read.
    fn read(&mut self, crop: &BgrPicture, class: ObjectClass, opinion: Opinion)
    -> anyhow::Result<Option<PlateReading>>;

    /// Is there anybody to give a second opinion?
    fn has_second_opinion(&self) -> bool {
        false
    }
}

/// One vehicle to be read.
#[derive(Debug)]
pub struct ReadRequest {
    /// Its camera.
    pub camera: CameraName,
    /// Its class, as known so far.
    pub class: ObjectClass,
    /// Whose word is wanted.
    pub opinion: Opinion,
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
    let read = attempt(reader, &request, effort);
    concluded(request, read)
}

/// As [`read_one`], but a panic of the reader is a failed read.
fn read_unharmed(reader: &mut dyn PlateReader, request: ReadRequest, effort: &Effort) -> ReadResult {
    // What a panic leaves half done in the reader are buffers that the next read fills anew.
    let read = catch_unwind(AssertUnwindSafe(|| attempt(reader, &request, effort)));
    let read = read.unwrap_or_else(|_| Err(anyhow::anyhow!("the plate reader has panicked")));
    concluded(request, read)
}

fn attempt(
    reader: &mut dyn PlateReader,
    request: &ReadRequest,
    effort: &Effort,
) -> anyhow::Result<Option<PlateReading>> {
    effort.measure(Stage::PlateReading, || {
        let crop = request.shot.frame.bgr(cut_of(&request.shot), Some(CROP_WIDTH))?;
        reader.read(&crop, request.class, request.opinion)
    })
}

fn concluded(request: ReadRequest, read: anyhow::Result<Option<PlateReading>>) -> ReadResult {
    let ReadRequest { camera, shot, .. } = request;
    let cut = cut_of(&shot);
    count(match &read {
        Ok(Some(_)) => "read",
        Ok(None) => "nothing",
        Err(_) => "failed",
    });
    let reading = read.unwrap_or_else(|error| {
        tracing::warn!(camera.id = %camera, error = format!("{error:#}"), "a vehicle of camera {camera} could not be read");
        None
    });
    ReadResult { reading: reading.map(|r| on_frame(r, cut)), shot }
}

/// What is cut out of the frame for the reader.
fn cut_of(shot: &Shot) -> Rect {
    shot.rect.grown(MARGIN)
}

fn count(outcome: &'static str) {
    metrics::counter!(telemetry::PLATE_READS_TOTAL, "outcome" => outcome).increment(1);
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
    second_opinion: bool,
    /// That the thread is gone was told.
    told_gone: AtomicBool,
    budget: Mutex<ReadBudget>,
    thread: Option<JoinHandle<()>>,
}

impl ReadingDesk {
    /// Starts the thread. `per_second` reads are allowed for the whole node.
    pub fn start(mut reader: Box<dyn PlateReader>, per_second: f64, effort: Arc<Effort>) -> std::io::Result<Self> {
        // Two waiting jobs are enough to keep the thread busy; more would only grow old.
        let second_opinion = reader.has_second_opinion();
        let (jobs, waiting): (SyncSender<Job>, Receiver<Job>) = sync_channel(2);
        let thread = std::thread::Builder::new().name("plate-reader".to_owned()).spawn(move || {
            while let Ok(Job { request, done }) = waiting.recv() {
                done(read_unharmed(reader.as_mut(), request, &effort));
            }
        })?;
        let budget = Mutex::new(ReadBudget::new(per_second));
        Ok(Self { jobs: Some(jobs), second_opinion, told_gone: AtomicBool::new(false), budget, thread: Some(thread) })
    }

    /// Is there anybody to ask again where the vote of a passage is weak?
    #[must_use]
    pub fn has_second_opinion(&self) -> bool {
        self.second_opinion
    }

    /// May somebody be read now? Takes one read from the budget when so.
    pub fn may_read(&self, monotonic_us: i64) -> bool {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner).spend(monotonic_us)
    }

    /// Hands a job over; `false` when the job was dropped, because the desk is full or its thread is gone.
    pub fn submit(&self, request: ReadRequest, done: OnRead) -> bool {
        let Some(jobs) = &self.jobs else { return false };
        match jobs.try_send(Job { request, done }) {
            Ok(()) => true,
            Err(TrySendError::Full(_)) => {
                count("desk_full");
                false
            }
            Err(TrySendError::Disconnected(_)) => {
                count("reader_gone");
                if !self.told_gone.swap(true, Ordering::SeqCst) {
                    tracing::error!(
                        "the plate reader's thread is gone: no plates are read until the node starts again"
                    );
                }
                false
            }
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;
    use crate::frame::Picture;
    use contract::clock::{CaptureTime, ClockSource, UtcMicros};

    /// Panics over the first picture.
    struct Nervous(u32);

    impl PlateReader for Nervous {
        fn read(&mut self, _: &BgrPicture, _: ObjectClass, _: Opinion) -> anyhow::Result<Option<PlateReading>> {
            self.0 += 1;
            assert!(self.0 > 1, "this reader panics on purpose");
            Ok(None)
        }
    }

    fn request(track: u64) -> ReadRequest {
        let time = CaptureTime {
            captured_at: UtcMicros(0),
            clock_error_ms: 0,
            clock_source: ClockSource::Arrival,
            monotonic_us: 0,
        };
        let shot = Shot {
            track,
            time,
            rect: Rect::new(0.25, 0.25, 0.5, 0.5),
            quality: 1.0,
            frame: Picture::from_planes(64, 64, [vec![90; 4096], vec![128; 1024], vec![128; 1024]]).unwrap(),
        };
        ReadRequest { camera: "road-1".parse().unwrap(), class: ObjectClass::Car, opinion: Opinion::First, shot }
    }

    #[test]
    fn a_panic_over_one_picture_is_answered_and_the_next_is_read() {
        let desk = ReadingDesk::start(Box::new(Nervous(0)), 2.0, Arc::new(Effort::default())).unwrap();
        let (tell, told) = channel();
        for track in [1, 2] {
            let tell = tell.clone();
            assert!(desk.submit(request(track), Box::new(move |result| tell.send(result.shot.track).unwrap())));
        }
        let wait = Duration::from_secs(20);
        assert_eq!((told.recv_timeout(wait).unwrap(), told.recv_timeout(wait).unwrap()), (1, 2));
        assert!(desk.submit(request(3), Box::new(|_| ())), "the thread lives");
    }
}
