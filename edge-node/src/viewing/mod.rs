//! What the people above may wish to see of a camera now: a still (`still.rs`), and what lines drawn anew would have counted over
//! today's ways (`ways.rs`). A still is made of the next frame after it was asked for, handed on and forgotten; nothing is
//! made while nobody asks. Both live in this node's memory alone.

mod still;
mod ways;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use contract::bundle::CameraSpec;
use contract::clock::{SECOND_US, UtcMicros};
use contract::ids::CameraName;
use contract::wish::{LineTrial, NoStill, StillView, TrialLine};
use tokio::sync::oneshot;

pub use still::{Still, take};
pub use ways::{Walks, WaysOfToday};

/// A still is made of a frame that comes in this time, or not at all.
pub const FRAME_WITHIN_US: i64 = 2 * SECOND_US;
/// Between two stills of one camera, whoever asks: a still is no film.
const PAUSE_US: i64 = SECOND_US;

/// Somebody waits for a still.
pub struct StillRequest {
    /// How much of the picture.
    pub view: StillView,
    /// Where it goes.
    pub answer: oneshot::Sender<Result<Still, NoStill>>,
}

/// Takes a request to one camera at once, or answers `false`.
pub type Post = Box<dyn Fn(StillRequest) -> bool + Send>;

#[derive(Default)]
struct Seat {
    post: Option<Post>,
    /// When the last still was asked for, by our monotonic clock.
    asked_us: Option<i64>,
    /// What the ways were walked on: another view has other ways.
    view: Option<(String, u32)>,
    ways: Arc<WaysOfToday>,
}

/// The cameras of a node, for whoever asks about one of them.
#[derive(Default)]
pub struct Viewfinder {
    seats: Mutex<BTreeMap<CameraName, Seat>>,
}

impl std::fmt::Debug for Viewfinder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Viewfinder").field("cameras", &self.lock().len()).finish_non_exhaustive()
    }
}

impl Viewfinder {
    /// A camera is at work from now on.
    pub fn connect(&self, camera: CameraName, post: Post) {
        self.lock().entry(camera).or_default().post = Some(post);
    }

    /// A camera is at work no more; its ways stay, for it may only be started anew.
    pub fn disconnect(&self, camera: &CameraName) {
        if let Some(seat) = self.lock().get_mut(camera) {
            seat.post = None;
        }
    }

    /// Cameras that are not this node's any more are forgotten, with their ways.
    pub fn keep_only(&self, cameras: &[CameraSpec]) {
        self.lock().retain(|name, _| cameras.iter().any(|spec| spec.name == *name));
    }

    /// Where the ways of a camera are remembered: over a change of its lines, not over a change of its view.
    #[must_use]
    pub fn ways_of(&self, spec: &CameraSpec) -> Arc<WaysOfToday> {
        let mut seats = self.lock();
        let seat = seats.entry(spec.name.clone()).or_default();
        let view = Some((spec.uri.clone(), spec.view_revision));
        if seat.view != view {
            seat.view = view;
            seat.ways = Arc::default();
        }
        Arc::clone(&seat.ways)
    }

    /// Asks a camera for a still at this reading of the monotonic clock.
    pub fn still(
        &self,
        camera: &CameraName,
        view: StillView,
        now_us: i64,
    ) -> Result<oneshot::Receiver<Result<Still, NoStill>>, NoStill> {
        let mut seats = self.lock();
        let seat = seats.get_mut(camera).ok_or(NoStill::NoCamera)?;
        let post = seat.post.as_ref().ok_or(NoStill::NoCamera)?;
        if seat.asked_us.is_some_and(|asked| now_us.saturating_sub(asked) < PAUSE_US) {
            return Err(NoStill::TooOften);
        }
        let (answer, still) = oneshot::channel();
        if !post(StillRequest { view, answer }) {
            return Err(NoStill::NoFrame);
        }
        seat.asked_us = Some(now_us);
        Ok(still)
    }

    /// Counts today's ways of a camera against these lines. `None`: there is no such camera.
    #[must_use]
    pub fn try_lines(&self, camera: &CameraName, lines: &[TrialLine], now: UtcMicros) -> Option<LineTrial> {
        let ways = Arc::clone(&self.lock().get(camera)?.ways);
        Some(ways.try_lines(lines, now))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<CameraName, Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(change: impl FnOnce(&mut serde_json::Value)) -> CameraSpec {
        let mut spec = serde_json::json!({
            "name": "c1", "title": "Máy quay 1", "controller": "office", "purpose": "traffic", "uri": "test:"
        });
        change(&mut spec);
        serde_json::from_value(spec).unwrap()
    }

    #[test]
    fn a_request_finds_its_camera_or_nobody_and_none_comes_at_once_after_another() {
        let finder = Viewfinder::default();
        let (here, there) = ("c1".parse().unwrap(), "c2".parse().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        finder.connect(
            "c1".parse().unwrap(),
            Box::new(move |request| {
                heard.lock().unwrap().push(request.view);
                heard.lock().unwrap().len() < 3
            }),
        );
        let ask = |camera: &CameraName, at| finder.still(camera, StillView::Pixelated, at).err();
        assert_eq!(ask(&there, 0), Some(NoStill::NoCamera));
        assert_eq!(ask(&here, 0), None);
        assert_eq!(ask(&here, PAUSE_US - 1), Some(NoStill::TooOften));
        assert_eq!(ask(&here, PAUSE_US), None);
        assert_eq!(ask(&here, 2 * PAUSE_US), Some(NoStill::NoFrame), "it is too busy to hear");
        assert_eq!(asked.lock().unwrap().len(), 3);
        finder.disconnect(&here);
        assert_eq!(ask(&here, 9 * PAUSE_US), Some(NoStill::NoCamera));
    }

    #[test]
    fn ways_outlive_a_change_of_lines_and_no_change_of_the_view() {
        let finder = Viewfinder::default();
        let ways = finder.ways_of(&camera(|_| ()));
        assert!(Arc::ptr_eq(&ways, &finder.ways_of(&camera(|spec| spec["title"] = "Cổng".into()))));
        let turned = finder.ways_of(&camera(|spec| spec["view_revision"] = 1.into()));
        assert!(!Arc::ptr_eq(&ways, &turned));
        assert!(finder.try_lines(&"c1".parse().unwrap(), &[], UtcMicros(0)).is_some());
        finder.keep_only(&[]);
        assert!(finder.try_lines(&"c1".parse().unwrap(), &[], UtcMicros(0)).is_none());
    }
}
