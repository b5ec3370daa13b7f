//! Between session and writer: verifies each message and puts it into its lane. Holds a bounded number of messages and
//! bytes; what does not fit is turned away, counted, and comes again from its node.

use std::sync::Arc;
use std::time::Duration;

use contract::clock::{Clock, SECOND_US};
use metrics::counter;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::quarantine::Quarantined;
use super::verify::{Message, VerifiedEvent, may_be_news, verify};
use crate::fleet::KeyRing;
use crate::store::Db;
use crate::telemetry;

/// Messages held between session and writer, each lane.
const MESSAGES: usize = 16_384;
/// KiB of payload held between session and writer.
const KIB: usize = 64 * 1024;
/// An event older than this is backlog, whatever it says of itself.
const FRESH_US: i64 = 30 * SECOND_US;
/// The registered keys are asked for again at most this often on behalf of unknown senders.
const REFRESH_US: i64 = SECOND_US;

/// Which queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// What happened just now.
    Live,
    /// What was kept back, and what is quarantined.
    Backlog,
}

impl Lane {
    /// As a metric's label.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Backlog => "backlog",
        }
    }
}

/// What the writer is to do.
#[derive(Debug)]
pub struct Work {
    /// Store or keep apart.
    pub what: Result<VerifiedEvent, Box<Quarantined>>,
    /// Its lane.
    pub lane: Lane,
    /// When it came, by the monotonic clock.
    pub received_us: i64,
    /// Its share of the memory allowed; given back when the work is dropped.
    pub share: Option<OwnedSemaphorePermit>,
}

struct Taken {
    message: Message,
    received_us: i64,
    share: OwnedSemaphorePermit,
}

/// Where the session puts messages.
#[derive(Clone)]
pub struct Intake {
    queue: mpsc::Sender<Taken>,
    budget: Arc<Semaphore>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Intake")
    }
}

impl Intake {
    /// Takes a message, or turns it away. Never waits: the session must go on answering the broker.
    pub fn offer(&self, message: Message) -> bool {
        let kib = u32::try_from(message.payload.len() / 1024 + 1).unwrap_or(u32::MAX);
        let taken = Arc::clone(&self.budget).try_acquire_many_owned(kib).is_ok_and(|share| {
            let received_us = self.clock.monotonic_us();
            self.queue.try_send(Taken { message, received_us, share }).is_ok()
        });
        if !taken {
            counter!(telemetry::INGEST_TURNED_AWAY, "at" => "intake").increment(1);
        }
        taken
    }
}

/// The writer's ends of the two lanes.
#[derive(Debug)]
pub struct Lanes {
    /// Fresh events.
    pub live: mpsc::Receiver<Work>,
    /// The others.
    pub backlog: mpsc::Receiver<Work>,
}

/// The intake's own parts, to be run by [`run_intake`].
pub struct IntakeTask {
    queue: mpsc::Receiver<Taken>,
    live: mpsc::Sender<Work>,
    backlog: mpsc::Sender<Work>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for IntakeTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IntakeTask")
    }
}

impl Intake {
    /// The three ends: for the session, for the intake's task, for the writer.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> (Self, IntakeTask, Lanes) {
        let (queue, queued) = mpsc::channel(MESSAGES);
        let (live, live_end) = mpsc::channel(MESSAGES);
        let (backlog, backlog_end) = mpsc::channel(MESSAGES);
        (
            Self { queue, budget: Arc::new(Semaphore::new(KIB)), clock: Arc::clone(&clock) },
            IntakeTask { queue: queued, live, backlog, clock },
            Lanes { live: live_end, backlog: backlog_end },
        )
    }
}

/// Verifies and sorts until the session's end is dropped.
pub async fn run_intake(mut task: IntakeTask, ring: KeyRing, db: Db) {
    let mut refreshed_us = i64::MIN;
    while let Some(taken) = task.queue.recv().await {
        let mut what = verify(&taken.message, &ring.snapshot());
        let maybe_new = matches!(&what, Err(apart) if may_be_news(apart.reason));
        if maybe_new && task.clock.monotonic_us().saturating_sub(refreshed_us) >= REFRESH_US {
            refresh(&ring, &db).await;
            refreshed_us = task.clock.monotonic_us();
            what = verify(&taken.message, &ring.snapshot());
        }
        let lane = match &what {
            Ok(event) => lane_of(event, task.clock.as_ref()),
            Err(_) => Lane::Backlog,
        };
        counter!(telemetry::INGEST_RECEIVED, "lane" => lane.as_str()).increment(1);
        let work = Work { what, lane, received_us: taken.received_us, share: Some(taken.share) };
        let sent = match lane {
            Lane::Live => task.live.send(work).await.is_ok(),
            // Waiting here would keep fresh events behind old ones.
            Lane::Backlog => match task.backlog.try_send(work) {
                Ok(()) => true,
                Err(mpsc::error::TrySendError::Full(_)) => {
                    counter!(telemetry::INGEST_TURNED_AWAY, "at" => "backlog").increment(1);
                    true
                }
                Err(mpsc::error::TrySendError::Closed(_)) => false,
            },
        };
        if !sent {
            return;
        }
    }
}

fn lane_of(event: &VerifiedEvent, clock: &dyn Clock) -> Lane {
    let age_us = clock.now().since_us(event.envelope.captured.captured_at);
    if event.envelope.replayed || age_us > FRESH_US { Lane::Backlog } else { Lane::Live }
}

/// A sender must not be called unknown because the store was away.
async fn refresh(ring: &KeyRing, db: &Db) {
    let mut pause = Duration::from_millis(100);
    while let Err(error) = ring.refresh(db).await {
        tracing::warn!(error = telemetry::chain(&error), "the registered nodes cannot be read, trying again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}
