//! The only durable queue of the node, and the only place with SQL. An event is *made* when its transaction here
//! commits: number, id, bytes, signature, ledger row and the note which passages are open are one transaction. It is
//! forgotten only on the centre's acknowledgement; the ledger row stays while the file lives, as the node's own
//! account of what it has said.
//!
//! One task writes, by one connection, and puts everything that waits into one transaction (group commit); readers have
//! connections of their own. The file has its own id, the `log_id`: a new file is a new ledger.
//!
//! A file that SQLite finds damaged at start is set aside as `<name>.torn-<µs>` (nothing is deleted) and a new ledger
//! begins, because a node that refuses to start sees nothing at all; the centre notices the second ledger. A file of
//! a newer program, of another node, or one that another process holds, stops the start instead.

mod acknowledge;
mod append;
mod evidence;
mod file;
mod read;
mod writer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contract::clock::{Clock, UtcMicros};
use contract::downlink::Ack;
use contract::ids::{EventId, IdSource, LogId, NodeAddress, PassageId};
use contract::signature::{Sha256, SigningKey};
use courier::Parcel;
use sqlx::SqlitePool;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio_util::sync::CancellationToken;

pub use evidence::{EvidenceMark, LONGEST_WAIT_US, WaitingEvidence};
pub use read::{LedgerSummary, Unacknowledged, summary_of};

use crate::events::{EventDraft, Minter};
use crate::evidence::DiskGuard;
use file::Opened;
use writer::{Command, Writer};

/// Why the outbox did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// Another process works with this file.
    #[error("the outbox {0} is in use by another process: stop that one first")]
    InUse(PathBuf),
    /// The file is something else, or of a newer program.
    #[error("the file {path} is not an outbox this version can use: {reason}")]
    Foreign {
        /// Which file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The file belongs to another node.
    #[error("the outbox {path} belongs to node {owner}: move it away or use that node's data folder")]
    OtherNode {
        /// Which file.
        path: PathBuf,
        /// Whose it is.
        owner: String,
    },
    /// No room: the event was not made.
    #[error("the disk has no room for new events")]
    DiskFull,
    /// What room there is, is kept for health and for the ends of what was begun: the event was not made.
    #[error("the disk is below its reserve: no new events are made")]
    DiskReserve,
    /// The event is larger than the contract allows; it was not made.
    #[error("the event has {bytes} bytes, more than a message may have")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// The event would tell of a passage that was never opened or is closed; it was not made.
    #[error("passage {0} is not open: no event was made")]
    PassageNotOpen(PassageId),
    /// The event would open a passage twice; it was not made.
    #[error("passage {0} is open already: no event was made")]
    PassageOpenAlready(PassageId),
    /// An acknowledgement for another ledger.
    #[error("the acknowledgement is for ledger {0}, not for this one")]
    OtherLedger(LogId),
    /// The writer has stopped.
    #[error("the outbox is closed")]
    Closed,
    /// The file system refused.
    #[error("{doing} for the outbox failed")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error("the outbox failed while {doing}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
}

impl OutboxError {
    /// Would the same call succeed later without anybody changing anything in the program?
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::DiskFull | Self::DiskReserve | Self::Io { .. } | Self::Database { .. })
    }
}

fn database(doing: &'static str) -> impl FnOnce(sqlx::Error) -> OutboxError {
    move |source| OutboxError::Database { doing, source }
}

/// Where the outbox lies and how it works.
#[derive(Debug, Clone)]
pub struct OutboxOptions {
    /// The file.
    pub path: PathBuf,
    /// Whose it is.
    pub node: NodeAddress,
    /// Calls that may wait for the writer. When that many wait, callers wait too.
    pub queue: usize,
    /// The largest number of pages the file may have; for tests of a full disk.
    pub max_page_count: Option<u32>,
}

impl OutboxOptions {
    /// The usual outbox of a node in its data folder.
    #[must_use]
    pub fn in_folder(data_dir: &Path, node: NodeAddress) -> Self {
        Self { path: data_dir.join("outbox.sqlite"), node, queue: 256, max_page_count: None }
    }
}

/// The place an event got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The event.
    pub event_id: EventId,
    /// Its place in the ledger.
    pub seq: u64,
    /// Its passage.
    pub passage_id: PassageId,
}

/// What an acknowledgement did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Acknowledged {
    /// Events forgotten now.
    pub forgotten: u64,
    /// Of these, events the centre keeps apart as unacceptable.
    pub quarantined: u64,
    /// Why, with how many.
    pub reasons: BTreeMap<String, u64>,
    /// It spoke of events beyond the end of the ledger: this file has gone back in time, or the centre is confused.
    pub beyond_end: bool,
}

/// The durable queue. Share it by `Arc`; dropping the last one ends the writer after what waits.
pub struct Outbox {
    log_id: LogId,
    set_aside: Option<PathBuf>,
    path: PathBuf,
    reader: SqlitePool,
    commands: mpsc::Sender<Command>,
    last_seq: Arc<AtomicU64>,
    /// Events that wait for their acknowledgement; kept by the writer, because counting the rows would mean to walk over
    /// every page of a backlog, every few seconds.
    waiting: Arc<AtomicU64>,
    appended: Arc<Notify>,
    /// Set by the end of the writer's task, whatever ended it.
    ended: CancellationToken,
    guard: Arc<DiskGuard>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outbox").field("log_id", &self.log_id).finish_non_exhaustive()
    }
}

impl Outbox {
    /// Opens the file or makes a new one. Must be called inside a tokio runtime, which then runs the writer.
    /// Call [`Outbox::close_left_open`] next, before the first event is appended.
    pub async fn open(
        options: OutboxOptions,
        key: SigningKey,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        guard: Arc<DiskGuard>,
    ) -> Result<Self, OutboxError> {
        let minter = Minter::new(key, ids);
        let Opened { connection, reader, log_id, last_seq, waiting, set_aside, lock } =
            file::open(&options, &minter, clock.now()).await?;
        let last_seq = Arc::new(AtomicU64::new(last_seq));
        let waiting = Arc::new(AtomicU64::new(waiting));
        let appended = Arc::new(Notify::new());
        let (commands, asked) = mpsc::channel(options.queue.max(1));
        let writer = Writer {
            connection,
            minter,
            log_id,
            last_seq: last_seq.clone(),
            waiting: waiting.clone(),
            appended: appended.clone(),
            clock: clock.clone(),
            guard: guard.clone(),
            lock,
        };
        let ended = CancellationToken::new();
        let at_its_end = ended.clone().drop_guard();
        tokio::spawn(async move {
            // Dropped also when the writer panics.
            let _at_its_end = at_its_end;
            writer.run(asked).await;
        });
        let path = options.path;
        Ok(Self { log_id, set_aside, path, reader, commands, last_seq, waiting, appended, ended, guard, clock })
    }

    /// The ledger's id.
    #[must_use]
    pub fn log_id(&self) -> LogId {
        self.log_id
    }

    /// Where a damaged predecessor was put when this one was opened.
    #[must_use]
    pub fn set_aside(&self) -> Option<&Path> {
        self.set_aside.as_deref()
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of the last event made; 0 when none was.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.last_seq.load(Ordering::SeqCst)
    }

    /// The guard over the disk.
    #[must_use]
    pub fn guard(&self) -> &Arc<DiskGuard> {
        &self.guard
    }

    /// Waits until an event was made since the last time this returned (one waiter).
    pub async fn appended(&self) {
        self.appended.notified().await;
    }

    /// Waits until the writer has ended. Before [`Outbox::close`] that means it has failed: then no event can be made any
    /// more, and the node must not go on as if it could.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// Makes events, in one transaction; the answer comes after the commit and names those that were made. A draft that is
    /// refused (its passage is not open, it is too large, the disk is below its reserve) is left out, counted with its
    /// reason and told in the log. When none was made, the answer is why the first was not.
    pub async fn append(&self, drafts: Vec<EventDraft>) -> Result<Vec<Appended>, OutboxError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Command::Append { drafts, answer }, answered).await
    }

    /// As [`Outbox::append`], for threads that are not part of the runtime.
    pub fn append_blocking(&self, drafts: Vec<EventDraft>) -> Result<Vec<Appended>, OutboxError> {
        let (answer, answered) = oneshot::channel();
        self.commands.blocking_send(Command::Append { drafts, answer }).map_err(|_| OutboxError::Closed)?;
        answered.blocking_recv().map_err(|_| OutboxError::Closed)?
    }

    /// Gives every passage that an earlier run left open its one final, and answers with their ids.
    pub async fn close_left_open(&self) -> Result<Vec<PassageId>, OutboxError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Command::CloseLeftOpen { answer }, answered).await
    }

    /// Forgets what the centre has taken over.
    pub async fn acknowledge(&self, ack: Ack) -> Result<Acknowledged, OutboxError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Command::Acknowledge { ack, answer }, answered).await
    }

    /// Notes what became of pictures.
    pub async fn mark_evidence(&self, marks: Vec<(Sha256, EvidenceMark)>) -> Result<(), OutboxError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Command::MarkEvidence { marks, answer }, answered).await
    }

    /// Unacknowledged events with `after < seq <= until`, oldest first.
    pub async fn peek(&self, after: u64, until: u64, limit: usize) -> Result<Vec<Parcel>, OutboxError> {
        read::peek(&self.reader, after, until, limit).await
    }

    /// The unacknowledged ones among these events; the others have been forgotten.
    pub async fn rows(&self, seqs: &[u64]) -> Result<Vec<Parcel>, OutboxError> {
        read::rows(&self.reader, seqs).await
    }

    /// How many events wait for an acknowledgement, and which is the first. Costs the same however many they are.
    pub async fn unacknowledged(&self) -> Result<Unacknowledged, OutboxError> {
        read::unacknowledged(&self.reader, self.waiting.load(Ordering::SeqCst)).await
    }

    /// The node's own account of everything it has said.
    pub async fn ledger_summary(&self) -> Result<LedgerSummary, OutboxError> {
        read::summary(&self.reader).await
    }

    /// Pictures to upload now: their event is acknowledged and their time has come; wanted ones first.
    pub async fn evidence_due(&self, limit: usize) -> Result<Vec<WaitingEvidence>, OutboxError> {
        evidence::due(&self.reader, self.clock.now(), limit).await
    }

    /// Every picture an event speaks of and that is still the node's business.
    pub async fn evidence_known(&self) -> Result<Vec<Sha256>, OutboxError> {
        evidence::known(&self.reader).await
    }

    /// How many pictures wait to be uploaded.
    pub async fn evidence_waiting(&self) -> Result<u64, OutboxError> {
        evidence::waiting(&self.reader).await
    }

    /// Pictures whose way ended before `moment`: the centre has them, or they are lost.
    pub async fn evidence_settled_before(&self, moment: UtcMicros) -> Result<Vec<Sha256>, OutboxError> {
        evidence::settled_before(&self.reader, moment).await
    }

    /// Ends the writer after what waits, and closes the file in order. The writer's connection is the last to go, because
    /// only a connection that may write puts the log back into the file.
    pub async fn close(&self) {
        self.reader.close().await;
        let (answer, answered) = oneshot::channel();
        if self.commands.send(Command::Close { answer }).await.is_ok() {
            // The writer answers after its connection is closed; when it is gone already, it is closed too.
            let _ = answered.await;
        }
    }

    async fn ask<T>(
        &self,
        command: Command,
        answered: oneshot::Receiver<Result<T, OutboxError>>,
    ) -> Result<T, OutboxError> {
        self.commands.send(command).await.map_err(|_| OutboxError::Closed)?;
        answered.await.map_err(|_| OutboxError::Closed)?
    }
}

#[cfg(test)]
mod tests;
