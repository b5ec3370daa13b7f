//! The one task that writes. It takes everything that waits into one transaction, each call in a savepoint of its own,
//! and answers after the commit. When a whole group fails, each call is tried alone, so that one event too many cannot
//! keep acknowledgements from making room; and when a call that holds health or ends of passages finds no room, these are
//! tried once more without the rest, with the room of the reserve.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contract::clock::Clock;
use contract::downlink::Ack;
use contract::ids::{LogId, PassageId};
use contract::signature::Sha256;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{Notify, mpsc, oneshot};

use super::append::{Judged, Making, must_be_said};
use super::evidence::EvidenceMark;
use super::file::extended_code;
use super::{Acknowledged, Appended, OutboxError, acknowledge, database, evidence};
use crate::events::{EventDraft, Minter};
use crate::evidence::{DiskGuard, DiskLevel};
use crate::telemetry;

/// Free pages (4 KiB) the file keeps for what comes next.
const KEPT_FREE_PAGES: i64 = 1024;
/// Calls in one transaction at most.
const GROUP: usize = 128;

pub(super) type Answer<T> = oneshot::Sender<Result<T, OutboxError>>;

/// What the writer is asked for.
pub(super) enum Command {
    Append { drafts: Vec<EventDraft>, answer: Answer<Vec<Appended>> },
    CloseLeftOpen { answer: Answer<Vec<PassageId>> },
    Acknowledge { ack: Ack, answer: Answer<Acknowledged> },
    MarkEvidence { marks: Vec<(Sha256, EvidenceMark)>, answer: Answer<()> },
    Close { answer: oneshot::Sender<()> },
}

/// What a call came to, before the commit.
enum Done {
    Appended(Judged),
    Closed(Vec<PassageId>),
    Acknowledged(Acknowledged),
    Marked,
}

/// The writing task's state.
pub(super) struct Writer {
    pub(super) connection: SqliteConnection,
    pub(super) minter: Minter,
    pub(super) log_id: LogId,
    pub(super) last_seq: Arc<AtomicU64>,
    pub(super) waiting: Arc<AtomicU64>,
    pub(super) appended: Arc<Notify>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) guard: Arc<DiskGuard>,
    pub(super) lock: File,
}

impl Writer {
    /// Works until nobody can ask any more.
    pub(super) async fn run(mut self, mut waiting: mpsc::Receiver<Command>) {
        while let Some(first) = waiting.recv().await {
            let mut group = Vec::new();
            let mut close = None;
            let mut next = Some(first);
            while let Some(command) = next {
                match command {
                    Command::Close { answer } => close = Some(answer),
                    other => group.push(other),
                }
                let full = group.len() >= GROUP || close.is_some();
                next = if full { None } else { waiting.try_recv().ok() };
            }
            let frees = group.iter().any(|command| matches!(command, Command::Acknowledge { .. }));
            self.commit_group(group).await;
            if frees {
                self.give_room_back().await;
            }
            if let Some(answer) = close {
                waiting.close();
                let _ = self.connection.close().await;
                drop(self.lock);
                let _ = answer.send(());
                return;
            }
        }
        let _ = self.connection.close().await;
    }

    async fn commit_group(&mut self, group: Vec<Command>) {
        if group.is_empty() {
            return;
        }
        let level = self.guard.level();
        match self.transaction(&group, level).await {
            Ok(results) => self.answer(group, results),
            Err(error) if group.len() == 1 => {
                let retried = if is_full(&error) && holds_what_must_be_said(&group[0]) {
                    if self.guard.release_reserve() {
                        tracing::warn!("the disk is full: the reserve is given up for health and for ends of passages");
                    }
                    self.transaction(&group, DiskLevel::NoEvents).await
                } else {
                    Err(error)
                };
                match retried {
                    Ok(results) => self.answer(group, results),
                    Err(error) => self.answer(group, vec![Err(full_or(error))]),
                }
            }
            Err(_) => {
                for command in group {
                    Box::pin(self.commit_group(vec![command])).await;
                }
            }
        }
    }

    /// Gives the room of what was forgotten back to the disk, a piece at a time. SQLite would keep it for itself, and a disk
    /// that a long outage has filled would stay full for ever, as the guard sees it.
    async fn give_room_back(&mut self) {
        let free: Result<i64, _> = sqlx::query_scalar("PRAGMA freelist_count").fetch_one(&mut self.connection).await;
        if free.is_ok_and(|pages| pages > KEPT_FREE_PAGES)
            && let Err(error) =
                execute(&mut self.connection, "PRAGMA incremental_vacuum(512)", "giving room back").await
        {
            tracing::debug!(error = %crate::telemetry::chain(&error), "the outbox keeps its room for now");
        }
    }

    async fn transaction(
        &mut self,
        group: &[Command],
        level: DiskLevel,
    ) -> Result<Vec<Result<Done, OutboxError>>, OutboxError> {
        execute(&mut self.connection, "BEGIN IMMEDIATE", "beginning").await?;
        let mut results = Vec::with_capacity(group.len());
        let mut last_seq = self.last_seq.load(Ordering::SeqCst);
        for command in group {
            match self.savepoint(command, &mut last_seq, level).await {
                // Room and damage concern the whole transaction; everything else only the call itself.
                Err(error @ OutboxError::Database { .. }) => {
                    let _ = execute(&mut self.connection, "ROLLBACK", "rolling back").await;
                    return Err(error);
                }
                result => results.push(result),
            }
        }
        if let Err(error) = execute(&mut self.connection, "COMMIT", "committing").await {
            let _ = execute(&mut self.connection, "ROLLBACK", "rolling back").await;
            return Err(error);
        }
        metrics::counter!(telemetry::OUTBOX_COMMITS_TOTAL).increment(1);
        let before = self.last_seq.swap(last_seq, Ordering::SeqCst);
        let forgotten: u64 = results.iter().flatten().map(Done::forgotten).sum();
        let waiting = self.waiting.load(Ordering::SeqCst) + (last_seq - before);
        self.waiting.store(waiting.saturating_sub(forgotten), Ordering::SeqCst);
        if last_seq > before {
            self.appended.notify_one();
        }
        Ok(results)
    }

    async fn savepoint(
        &mut self,
        command: &Command,
        last_seq: &mut u64,
        level: DiskLevel,
    ) -> Result<Done, OutboxError> {
        execute(&mut self.connection, "SAVEPOINT call", "marking a call").await?;
        let mut seq = *last_seq;
        let result = self.perform(command, &mut seq, level).await;
        if result.is_ok() {
            *last_seq = seq;
        } else if !matches!(result, Err(OutboxError::Database { .. })) {
            execute(&mut self.connection, "ROLLBACK TO call", "undoing a call").await?;
        }
        if !matches!(result, Err(OutboxError::Database { .. })) {
            execute(&mut self.connection, "RELEASE call", "ending a call").await?;
        }
        result
    }

    async fn perform(&mut self, command: &Command, seq: &mut u64, level: DiskLevel) -> Result<Done, OutboxError> {
        let now = self.clock.now();
        let only_what_must = level == DiskLevel::NoEvents;
        let (connection, minter, log_id) = (&mut self.connection, &self.minter, self.log_id);
        match command {
            Command::Append { drafts, .. } => {
                let mut making = Making { connection, minter, log_id, now, only_what_must };
                making.append(seq, drafts).await.map(Done::Appended)
            }
            Command::CloseLeftOpen { .. } => {
                let mut making = Making { connection, minter, log_id, now, only_what_must };
                making.close_left_open(seq).await.map(Done::Closed)
            }
            Command::Acknowledge { ack, .. } => {
                acknowledge::acknowledge(connection, log_id, *seq, ack, now).await.map(Done::Acknowledged)
            }
            Command::MarkEvidence { marks, .. } => evidence::mark(connection, now, marks).await.map(|()| Done::Marked),
            Command::Close { .. } => Ok(Done::Marked),
        }
    }

    /// Answers may go nowhere: a caller that has gone does not undo what was committed.
    fn answer(&self, group: Vec<Command>, results: Vec<Result<Done, OutboxError>>) {
        for (command, result) in group.into_iter().zip(results) {
            match command {
                Command::Append { drafts, answer } => {
                    let _ = answer.send(match result {
                        Ok(Done::Appended(judged)) => told(&drafts, judged),
                        Ok(_) => Ok(Vec::new()),
                        Err(error) => {
                            drafts.iter().for_each(|draft| count_refused(draft, &error));
                            Err(error)
                        }
                    });
                }
                Command::CloseLeftOpen { answer } => {
                    let _ = answer.send(result.map(|done| match done {
                        Done::Closed(passages) => passages,
                        _ => Vec::new(),
                    }));
                }
                Command::Acknowledge { answer, .. } => {
                    let _ = answer.send(result.map(|done| match done {
                        Done::Acknowledged(what) => what,
                        _ => Acknowledged::default(),
                    }));
                }
                Command::MarkEvidence { answer, .. } => {
                    let _ = answer.send(result.map(|_| ()));
                }
                Command::Close { answer } => {
                    let _ = answer.send(());
                }
            }
        }
    }
}

/// Counts each draft, and answers with the places of those that were made. Those left out beside others are told here;
/// when all are left out, the caller hears why and tells.
fn told(drafts: &[EventDraft], judged: Judged) -> Result<Vec<Appended>, OutboxError> {
    let mut made = Vec::with_capacity(judged.len());
    let mut refused = Vec::new();
    for (draft, verdict) in drafts.iter().zip(judged) {
        match verdict {
            Ok(place) => {
                metrics::counter!(telemetry::OUTBOX_EVENTS_MADE_TOTAL, "kind" => draft.kind().as_str()).increment(1);
                made.push(place);
            }
            Err(error) => {
                count_refused(draft, &error);
                refused.push((draft, error));
            }
        }
    }
    if made.is_empty() && !refused.is_empty() {
        return Err(refused.swap_remove(0).1);
    }
    for (draft, error) in refused {
        tracing::warn!(
            passage.id = %draft.passage_id, event.kind = draft.kind().as_str(), error = %error,
            "an event of passage {} was not made", draft.passage_id
        );
    }
    Ok(made)
}

fn count_refused(draft: &EventDraft, error: &OutboxError) {
    let reason = match error {
        OutboxError::DiskFull => "disk_full",
        OutboxError::DiskReserve => "disk_reserve",
        OutboxError::TooLarge { .. } => "too_large",
        OutboxError::PassageNotOpen(_) | OutboxError::PassageOpenAlready(_) => "passage",
        _ => "failed",
    };
    let kind = draft.kind().as_str();
    metrics::counter!(telemetry::OUTBOX_EVENTS_NOT_MADE_TOTAL, "kind" => kind, "reason" => reason).increment(1);
}

fn holds_what_must_be_said(command: &Command) -> bool {
    match command {
        Command::Append { drafts, .. } => drafts.iter().any(must_be_said),
        Command::CloseLeftOpen { .. } => true,
        Command::Acknowledge { .. } | Command::MarkEvidence { .. } | Command::Close { .. } => false,
    }
}

impl Done {
    /// Rows that left the queue.
    fn forgotten(&self) -> u64 {
        match self {
            Self::Acknowledged(done) => done.forgotten,
            Self::Appended(_) | Self::Closed(_) | Self::Marked => 0,
        }
    }
}

/// SQLITE_FULL; or SQLITE_IOERR_SHMSIZE, by which SQLite says that the index of its log found no room.
fn is_full(error: &OutboxError) -> bool {
    matches!(error, OutboxError::Database { source, .. } if matches!(extended_code(source), Some(13 | 4874)))
}

fn full_or(error: OutboxError) -> OutboxError {
    if is_full(&error) { OutboxError::DiskFull } else { error }
}

/// Transactions are spelled out: after SQLITE_FULL, SQLite has rolled back by itself, and a transaction type that
/// counts levels would from then on open savepoints only.
async fn execute(connection: &mut SqliteConnection, sql: &'static str, doing: &'static str) -> Result<(), OutboxError> {
    sqlx::query(sql).execute(connection).await.map(|_| ()).map_err(database(doing))
}
