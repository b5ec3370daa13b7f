//! The one task that writes. It takes everything that waits into one transaction, each call in a savepoint of its own,
//! and answers after the commit. When a whole group fails, each call is tried alone, so that one event too many cannot
//! keep acknowledgements from making room.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contract::clock::Clock;
use contract::downlink::Ack;
use contract::ids::{LogId, PassageId};
use contract::signature::Sha256;
use contract::topic::EventKind;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;
use tokio::sync::{Notify, mpsc, oneshot};

use super::evidence::EvidenceMark;
use super::file::primary_code;
use super::{Acknowledged, Appended, OutboxError, acknowledge, append, database, evidence};
use crate::events::{EventDraft, Minter};
use crate::evidence::{DiskGuard, DiskLevel};
use crate::telemetry;

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
    Appended(Vec<Appended>),
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
            self.commit_group(group).await;
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
        match self.transaction(&group).await {
            Ok(results) => self.answer(group, results),
            Err(error) if group.len() == 1 => {
                let retried = if self.may_use_reserve(&group[0], &error) {
                    tracing::warn!("the disk is full: the reserve is given up for a health report");
                    self.transaction(&group).await
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

    /// A health report that found the disk full may have the room of the reserve.
    fn may_use_reserve(&self, command: &Command, error: &OutboxError) -> bool {
        is_full(error) && only_health(command) && self.guard.release_reserve()
    }

    async fn transaction(&mut self, group: &[Command]) -> Result<Vec<Result<Done, OutboxError>>, OutboxError> {
        execute(&mut self.connection, "BEGIN IMMEDIATE", "beginning").await?;
        let mut results = Vec::with_capacity(group.len());
        let mut last_seq = self.last_seq.load(Ordering::SeqCst);
        let level = self.guard.level();
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
        let (connection, minter, log_id) = (&mut self.connection, &self.minter, self.log_id);
        match command {
            Command::Append { drafts, .. } => {
                if level == DiskLevel::NoEvents && !only_health(command) {
                    return Err(OutboxError::DiskFull);
                }
                append::append(connection, minter, log_id, seq, now, drafts).await.map(Done::Appended)
            }
            Command::CloseLeftOpen { .. } => {
                append::close_left_open(connection, minter, log_id, seq, now).await.map(Done::Closed)
            }
            Command::Acknowledge { ack, .. } => {
                acknowledge::acknowledge(connection, log_id, *seq, ack).await.map(Done::Acknowledged)
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
                    count_appended(&drafts, result.as_ref().err());
                    let _ = answer.send(result.map(|done| match done {
                        Done::Appended(places) => places,
                        _ => Vec::new(),
                    }));
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

fn count_appended(drafts: &[EventDraft], error: Option<&OutboxError>) {
    for draft in drafts {
        let kind = draft.kind().as_str();
        match error {
            None => {
                metrics::counter!(telemetry::OUTBOX_EVENTS_MADE_TOTAL, "kind" => kind).increment(1);
            }
            Some(error) => {
                let reason = match error {
                    OutboxError::DiskFull => "disk_full",
                    OutboxError::TooLarge { .. } => "too_large",
                    OutboxError::PassageNotOpen(_) | OutboxError::PassageOpenAlready(_) => "passage",
                    _ => "failed",
                };
                metrics::counter!(telemetry::OUTBOX_EVENTS_NOT_MADE_TOTAL, "kind" => kind, "reason" => reason)
                    .increment(1);
            }
        }
    }
}

fn only_health(command: &Command) -> bool {
    matches!(command, Command::Append { drafts, .. }
        if drafts.iter().all(|draft| draft.kind() == EventKind::Health))
}

/// SQLITE_FULL, or an input/output error that the full disk may hide behind.
fn is_full(error: &OutboxError) -> bool {
    matches!(error, OutboxError::Database { source, .. } if primary_code(source) == Some(13))
}

fn full_or(error: OutboxError) -> OutboxError {
    if is_full(&error) { OutboxError::DiskFull } else { error }
}

/// Transactions are spelled out: after SQLITE_FULL, SQLite has rolled back by itself, and a transaction type that
/// counts levels would from then on open savepoints only.
async fn execute(connection: &mut SqliteConnection, sql: &'static str, doing: &'static str) -> Result<(), OutboxError> {
    sqlx::query(sql).execute(connection).await.map(|_| ()).map_err(database(doing))
}
