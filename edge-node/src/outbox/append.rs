//! Making events: number, id, bytes, signature, ledger, queue, open passages and pictures, inside the caller's
//! transaction. The rules of a passage are checked here once more: `new` opens it, only an open one goes on, and a
//! final closes it, so that no error above can make a second final.
//!
//! Each draft is judged alone, before anything of it is written: one that is refused leaves no trace and takes none of
//! its neighbours with it, since whoever made them has gone on and will not offer them again.

use contract::clock::UtcMicros;
use contract::event::{Body, EvidenceState, State};
use contract::ids::{LogId, PassageId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

use super::{Appended, OutboxError, database, evidence};
use crate::events::{EventDraft, MintError, Minter};
use crate::telemetry::chain;

/// What became of each draft of a call, in their order.
pub(super) type Judged = Vec<Result<Appended, OutboxError>>;

/// What making events needs besides the drafts.
pub(super) struct Making<'a> {
    pub(super) connection: &'a mut SqliteConnection,
    pub(super) minter: &'a Minter,
    pub(super) log_id: LogId,
    pub(super) now: UtcMicros,
    /// Below the second reserve: only what [`must_be_said`].
    pub(super) only_what_must: bool,
}

/// Health is said with the last room there is, and what was begun is ended: a final is small, and a passage without one
/// stays open until the next start.
pub(super) fn must_be_said(draft: &EventDraft) -> bool {
    match draft.body {
        Body::Health(_) => true,
        // No node makes a decision.
        Body::Count(_) | Body::Decision(_) => false,
        Body::Pass(_) | Body::Access(_) | Body::Suspicion(_) => draft.ends_passage() && draft.revision > 1,
    }
}

impl Making<'_> {
    /// Appends what can be appended; `seq` is the last number given and is moved on. An error is one of the database: then
    /// the whole transaction is to be undone.
    pub(super) async fn append(&mut self, seq: &mut u64, drafts: &[EventDraft]) -> Result<Judged, OutboxError> {
        let mut judged = Vec::with_capacity(drafts.len());
        for draft in drafts {
            match self.append_one(seq, draft).await {
                Err(error @ OutboxError::Database { .. }) => return Err(error),
                verdict => judged.push(verdict),
            }
        }
        Ok(judged)
    }

    async fn append_one(&mut self, seq: &mut u64, draft: &EventDraft) -> Result<Appended, OutboxError> {
        if self.only_what_must && !must_be_said(draft) {
            return Err(OutboxError::DiskReserve);
        }
        let place = *seq + 1;
        let minted = self.minter.mint(draft.clone(), self.log_id, place, self.now).map_err(|error| match error {
            MintError::TooLarge { bytes } => OutboxError::TooLarge { bytes },
        })?;
        note_passage(self.connection, draft).await?;
        // From here on only the database can refuse, and then the caller undoes everything, the number too.
        *seq = place;
        let number = i64::try_from(place).unwrap_or(i64::MAX);
        sqlx::query("INSERT INTO ledger (seq, event_id, passage_id, kind, state) VALUES ($1, $2, $3, $4, $5)")
            .bind(number)
            .bind(minted.event_id.0.as_bytes().as_slice())
            .bind(draft.passage_id.0.as_bytes().as_slice())
            .bind(draft.kind().as_str())
            .bind(state_text(draft.state))
            .execute(&mut *self.connection)
            .await
            .map_err(database("writing the ledger"))?;
        sqlx::query("INSERT INTO outbox (seq, topic, bytes, signature, made_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(number)
            .bind(minted.topic.to_string())
            .bind(minted.bytes)
            .bind(minted.signature.to_string())
            .bind(self.now.0)
            .execute(&mut *self.connection)
            .await
            .map_err(database("queueing an event"))?;
        for picture in draft.evidence.iter().filter(|e| e.state == EvidenceState::AtEdge) {
            evidence::announce(self.connection, picture, number).await?;
        }
        Ok(Appended { event_id: minted.event_id, seq: place, passage_id: draft.passage_id })
    }

    /// Closes every passage the last run left open.
    pub(super) async fn close_left_open(&mut self, seq: &mut u64) -> Result<Vec<PassageId>, OutboxError> {
        let rows = sqlx::query("SELECT passage_id, draft FROM open_passage ORDER BY passage_id")
            .fetch_all(&mut *self.connection)
            .await
            .map_err(database("looking for open passages"))?;
        let mut finals = Vec::with_capacity(rows.len());
        for row in rows {
            let text: String = row.get("draft");
            match serde_json::from_str::<EventDraft>(&text) {
                Ok(draft) => finals.push(draft.closed_by_restart()),
                // Cannot be while the program that wrote it can read it; a row nobody can read must not stop the start.
                Err(error) => {
                    let passage = Uuid::from_slice(row.get::<&[u8], _>("passage_id")).unwrap_or_default();
                    tracing::error!(passage.id = %passage, error = %chain(&error), "an open passage cannot be read and stays open");
                }
            }
        }
        let judged = self.append(seq, &finals).await?;
        let mut closed = Vec::with_capacity(judged.len());
        for (draft, verdict) in finals.iter().zip(judged) {
            match verdict {
                Ok(place) => closed.push(place.passage_id),
                Err(error) => {
                    tracing::error!(passage.id = %draft.passage_id, error = %chain(&error), "an open passage stays open");
                }
            }
        }
        Ok(closed)
    }
}

/// A bucket and a health report are one message each, whole in themselves: a later revision of a bucket is another
/// message about the same minute, and nothing of them is ever open.
const fn stands_alone(draft: &EventDraft) -> bool {
    matches!(draft.body, Body::Count(_) | Body::Health(_))
}

/// A refusal changes nothing: what is asked for first is a look, or a change that finds no row.
async fn note_passage(connection: &mut SqliteConnection, draft: &EventDraft) -> Result<(), OutboxError> {
    let passage = draft.passage_id.0.as_bytes().as_slice();
    if stands_alone(draft) && draft.ends_passage() {
        return Ok(());
    }
    if draft.revision == 1 {
        if draft.ends_passage() {
            return refuse_if_open(connection, draft).await;
        }
        refuse_if_open(connection, draft).await?;
        sqlx::query("INSERT INTO open_passage (passage_id, revision, draft) VALUES ($1, $2, $3)")
            .bind(passage)
            .bind(i64::from(draft.revision))
            .bind(text_of(draft))
            .execute(&mut *connection)
            .await
            .map_err(database("opening a passage"))?;
        return Ok(());
    }
    let affected = if draft.ends_passage() {
        sqlx::query("DELETE FROM open_passage WHERE passage_id = $1 AND revision < $2")
            .bind(passage)
            .bind(i64::from(draft.revision))
            .execute(&mut *connection)
            .await
            .map_err(database("closing a passage"))?
            .rows_affected()
    } else {
        sqlx::query("UPDATE open_passage SET revision = $2, draft = $3 WHERE passage_id = $1 AND revision < $2")
            .bind(passage)
            .bind(i64::from(draft.revision))
            .bind(text_of(draft))
            .execute(&mut *connection)
            .await
            .map_err(database("going on with a passage"))?
            .rows_affected()
    };
    if affected == 1 { Ok(()) } else { Err(OutboxError::PassageNotOpen(draft.passage_id)) }
}

async fn refuse_if_open(connection: &mut SqliteConnection, draft: &EventDraft) -> Result<(), OutboxError> {
    let open: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM open_passage WHERE passage_id = $1")
        .bind(draft.passage_id.0.as_bytes().as_slice())
        .fetch_one(connection)
        .await
        .map_err(database("looking for a passage"))?;
    if open == 0 { Ok(()) } else { Err(OutboxError::PassageOpenAlready(draft.passage_id)) }
}

fn text_of(draft: &EventDraft) -> String {
    serde_json::to_string(draft).expect("a draft has string keys only and no failing serialiser")
}

const fn state_text(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Update => "update",
        State::Final => "final",
        State::Retracted => "retracted",
    }
}
