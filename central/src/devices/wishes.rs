//! What a node is asked to show of a camera at this moment, on its way to the one person who asked. It is in memory for as
//! long as that takes and is written nowhere: the picture's type can be neither copied, printed nor serialised, and whoever
//! waits no more has lost it. One wish a camera at a time, and a pause between two: nobody makes a film of stills.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use contract::clock::{Clock, SECOND_US, UtcMicros};
use contract::downlink::Command;
use contract::ids::{CameraName, NodeAddress, WishId};
use contract::wish::{LineTrial, NoStill, StillView, TrialLine, WishAnswer};
use tokio::sync::oneshot;

use crate::visits::Commands;

/// How long whoever asks waits for a node.
const PATIENCE: Duration = Duration::from_secs(8);
/// A command that could not go out in this time is dropped: nobody would wait for its answer.
const COMMAND_LIVES_US: i64 = 6 * SECOND_US;
/// Between two wishes of one kind about one camera.
const PAUSE_US: i64 = 2 * SECOND_US;
/// Cameras whose last wish is remembered: more than any province has.
const REMEMBERED: usize = 4_096;

/// A picture that is handed on and kept by nobody. No `Clone`, no `Debug`, no `Serialize`: a test sees to it.
pub struct StillPicture {
    jpeg: Bytes,
    captured_at: UtcMicros,
}

impl StillPicture {
    /// Around a node's bytes, with the moment its frame was captured.
    #[must_use]
    pub fn new(jpeg: Bytes, captured_at: UtcMicros) -> Self {
        Self { jpeg, captured_at }
    }

    /// When its frame was captured.
    #[must_use]
    pub fn captured_at(&self) -> UtcMicros {
        self.captured_at
    }

    /// The bytes, for the one answer they go into.
    #[must_use]
    pub fn into_answer(self) -> Bytes {
        self.jpeg
    }
}

/// What a node brought.
pub enum Answer {
    /// A still.
    Picture(StillPicture),
    /// There is none.
    NoStill(NoStill),
    /// What lines would have counted.
    Trial(LineTrial),
}

impl From<WishAnswer> for Answer {
    fn from(answer: WishAnswer) -> Self {
        match answer {
            WishAnswer::NoStill { why } => Self::NoStill(why),
            WishAnswer::Trial { trial } => Self::Trial(trial),
        }
    }
}

/// Why a wish has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAsked {
    /// Somebody waits for the same already, or has had it a moment ago.
    TooOften,
    /// The node said nothing in its time, or the wish could not be sent.
    Silent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Still,
    Trial,
}

type Subject = (NodeAddress, CameraName, Kind);

struct Waiting {
    node: NodeAddress,
    kind: Kind,
    tell: oneshot::Sender<Answer>,
}

#[derive(Default)]
struct Board {
    waiting: HashMap<WishId, Waiting>,
    /// The wish that is outstanding, and when one was last made, by our monotonic clock.
    subjects: HashMap<Subject, (Option<WishId>, i64)>,
}

/// Who waits for what of which node.
#[derive(Clone)]
pub struct Wishes {
    board: Arc<Mutex<Board>>,
    commands: Arc<dyn Commands>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Wishes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wishes")
    }
}

/// A place among those who wait; given back when it is dropped, also by a client that has left.
struct Expected {
    wishes: Wishes,
    wish: WishId,
    subject: Subject,
    answer: oneshot::Receiver<Answer>,
}

impl Drop for Expected {
    fn drop(&mut self) {
        let mut board = self.wishes.lock();
        board.waiting.remove(&self.wish);
        if let Some((outstanding, _)) = board.subjects.get_mut(&self.subject) {
            *outstanding = None;
        }
    }
}

impl Wishes {
    /// Nobody waits yet; wishes go down through `commands`.
    #[must_use]
    pub fn new(commands: Arc<dyn Commands>, clock: Arc<dyn Clock>) -> Self {
        Self { board: Arc::default(), commands, clock }
    }

    /// Asks for a still and waits for it.
    pub async fn still(
        &self,
        node: &NodeAddress,
        camera: &CameraName,
        view: StillView,
        wish: WishId,
    ) -> Result<Answer, NotAsked> {
        let command = Command::Still { camera: camera.clone(), view, wish };
        self.ask((node.clone(), camera.clone(), Kind::Still), wish, &command).await
    }

    /// Asks what lines would have counted today and waits for it.
    pub async fn try_lines(
        &self,
        node: &NodeAddress,
        camera: &CameraName,
        lines: Vec<TrialLine>,
        wish: WishId,
    ) -> Result<Answer, NotAsked> {
        let command = Command::TryLines { camera: camera.clone(), lines, wish };
        self.ask((node.clone(), camera.clone(), Kind::Trial), wish, &command).await
    }

    async fn ask(&self, subject: Subject, wish: WishId, command: &Command) -> Result<Answer, NotAsked> {
        let node = subject.0.clone();
        let mut expected = self.expect(subject, wish)?;
        if !self.commands.send(&node, command, Some(COMMAND_LIVES_US)) {
            return Err(NotAsked::Silent);
        }
        match tokio::time::timeout(PATIENCE, &mut expected.answer).await {
            Ok(Ok(answer)) => Ok(answer),
            _ => Err(NotAsked::Silent),
        }
    }

    fn expect(&self, subject: Subject, wish: WishId) -> Result<Expected, NotAsked> {
        let now_us = self.clock.monotonic_us();
        let mut board = self.lock();
        if let Some((outstanding, asked_us)) = board.subjects.get(&subject)
            && (outstanding.is_some() || now_us.saturating_sub(*asked_us) < PAUSE_US)
        {
            return Err(NotAsked::TooOften);
        }
        if board.subjects.len() >= REMEMBERED {
            board
                .subjects
                .retain(|_, (outstanding, at)| outstanding.is_some() || now_us.saturating_sub(*at) < PAUSE_US);
        }
        let (tell, answer) = oneshot::channel();
        board.waiting.insert(wish, Waiting { node: subject.0.clone(), kind: subject.2, tell });
        board.subjects.insert(subject.clone(), (Some(wish), now_us));
        Ok(Expected { wishes: self.clone(), wish, subject, answer })
    }

    /// A node brings an answer. False when nobody waits for it from this node, or waits for something else: then it is gone at
    /// once.
    #[must_use]
    pub fn bring(&self, wish: WishId, node: &NodeAddress, answer: Answer) -> bool {
        let mut board = self.lock();
        let asked = board.waiting.get(&wish).is_some_and(|waiting| {
            waiting.node == *node
                && match &answer {
                    Answer::Picture(_) => waiting.kind == Kind::Still,
                    Answer::Trial(_) => waiting.kind == Kind::Trial,
                    // Said of either: the camera is not at work.
                    Answer::NoStill(_) => true,
                }
        });
        if !asked {
            return false;
        }
        board.waiting.remove(&wish).is_some_and(|waiting| waiting.tell.send(answer).is_ok())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use contract::clock::ManualClock;
    use uuid::Uuid;

    use super::*;

    /// Fails to compile when the type has the trait: two ways to answer, and no way to choose.
    macro_rules! has_not {
        ($type:ty, $($name:ident: $bound:path),*) => {$(
            mod $name {
                use super::super::*;
                trait Ambiguous<A> { fn answer() {} }
                impl<T: ?Sized> Ambiguous<()> for T {}
                struct Other;
                impl<T: ?Sized + $bound> Ambiguous<Other> for T {}
                #[test]
                fn is_so() {
                    let _ = <$type as Ambiguous<_>>::answer;
                }
            }
        )*};
    }
    has_not!(StillPicture, not_clone: Clone, not_debug: std::fmt::Debug, not_serialize: serde::Serialize);

    struct Sent(Mutex<Vec<Command>>);

    impl Commands for Sent {
        fn send(&self, _: &NodeAddress, command: &Command, lives_us: Option<i64>) -> bool {
            assert_eq!(lives_us, Some(COMMAND_LIVES_US), "a wish nobody waits for any more is not sent");
            self.0.lock().unwrap().push(command.clone());
            true
        }
    }

    fn wishes() -> (Wishes, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::at(UtcMicros(0)));
        (Wishes::new(Arc::new(Sent(Mutex::default())), Arc::clone(&clock) as _), clock)
    }

    fn subject(camera: &str) -> Subject {
        ("road-1/n1".parse().unwrap(), camera.parse().unwrap(), Kind::Still)
    }

    fn picture() -> Answer {
        Answer::Picture(StillPicture::new(Bytes::from_static(b"jpeg"), UtcMicros(7)))
    }

    const FIRST: WishId = WishId(Uuid::from_u128(1));

    #[tokio::test]
    async fn a_still_goes_to_whoever_waits_for_it_once_and_to_nobody_else() {
        let (wishes, clock) = wishes();
        let (here, other): (NodeAddress, NodeAddress) = ("road-1/n1".parse().unwrap(), "road-1/n2".parse().unwrap());
        assert!(!wishes.bring(FIRST, &here, picture()), "nobody asked");
        let mut expected = wishes.expect(subject("cam-1"), FIRST).unwrap();
        assert!(!wishes.bring(FIRST, &other, picture()), "another node was asked");
        let trial = LineTrial { since: None, until: UtcMicros(0), tracks: 0, lines: Vec::new() };
        assert!(!wishes.bring(FIRST, &here, Answer::Trial(trial)), "something else was asked");
        assert!(wishes.bring(FIRST, &here, picture()));
        assert!(!wishes.bring(FIRST, &here, picture()), "once");
        let Ok(Answer::Picture(still)) = (&mut expected.answer).await else { panic!("the still was brought") };
        assert_eq!((still.captured_at(), still.into_answer()), (UtcMicros(7), Bytes::from_static(b"jpeg")));
        drop(expected);
        clock.advance_us(PAUSE_US);
        drop(wishes.expect(subject("cam-1"), FIRST).unwrap());
        assert!(!wishes.bring(FIRST, &here, picture()), "whoever asked has left");
    }

    #[tokio::test]
    async fn one_wish_a_camera_and_a_pause_between_two() {
        let (wishes, clock) = wishes();
        let held = wishes.expect(subject("cam-1"), FIRST).unwrap();
        clock.advance_us(10 * PAUSE_US);
        let again = |camera: &str| wishes.expect(subject(camera), WishId(Uuid::from_u128(2))).map(drop);
        assert_eq!(again("cam-1"), Err(NotAsked::TooOften), "somebody waits");
        assert_eq!(again("cam-2"), Ok(()), "another camera");
        drop(held);
        assert_eq!(again("cam-1"), Ok(()));
        assert_eq!(again("cam-1"), Err(NotAsked::TooOften), "a moment ago");
        clock.advance_us(PAUSE_US);
        assert_eq!(again("cam-1"), Ok(()));
    }
}
