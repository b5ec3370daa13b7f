//! Making events: number, id, bytes, signature, ledger, queue, open passages and pictures, inside the caller's
//! transaction. The rules of a passage are checked here once more: `new` opens it, only an open one goes on, and a
//! final closes it, so that no error above can make a second final.

use contract::clock::UtcMicros;
use contract::event::{EvidenceState, State};
use contract::ids::{LogId, PassageId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

use super::{Appended, OutboxError, database, evidence};
use crate::events::{EventDraft, MintError, Minter};

/// Appends all drafts; `seq` is the last number given and is moved on.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    minter: &Minter,
    log_id: LogId,
    seq: &mut u64,
    now: UtcMicros,
    drafts: &[EventDraft],
) -> Result<Vec<Appended>, OutboxError> {
    let mut places = Vec::with_capacity(drafts.len());
    for draft in drafts {
        note_passage(connection, draft).await?;
        *seq += 1;
        let minted = minter.mint(draft.clone(), log_id, *seq, now).map_err(|error| match error {
            MintError::TooLarge { bytes } => OutboxError::TooLarge { bytes },
        })?;
        let number = i64::try_from(*seq).unwrap_or(i64::MAX);
        sqlx::query("INSERT INTO ledger (seq, event_id, passage_id, kind, state) VALUES ($1, $2, $3, $4, $5)")
            .bind(number)
            .bind(minted.event_id.0.as_bytes().as_slice())
            .bind(draft.passage_id.0.as_bytes().as_slice())
            .bind(draft.kind().as_str())
            .bind(state_text(draft.state))
            .execute(&mut *connection)
            .await
            .map_err(database("writing the ledger"))?;
        sqlx::query("INSERT INTO outbox (seq, topic, bytes, signature, made_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(number)
            .bind(minted.topic.to_string())
            .bind(minted.bytes)
            .bind(minted.signature.to_string())
            .bind(now.0)
            .execute(&mut *connection)
            .await
            .map_err(database("queueing an event"))?;
        for picture in draft.evidence.iter().filter(|e| e.state == EvidenceState::AtEdge) {
            evidence::announce(connection, picture, number).await?;
        }
        places.push(Appended { event_id: minted.event_id, seq: *seq, passage_id: draft.passage_id });
    }
    Ok(places)
}

/// Closes every passage the last run left open.
pub(super) async fn close_left_open(
    connection: &mut SqliteConnection,
    minter: &Minter,
    log_id: LogId,
    seq: &mut u64,
    now: UtcMicros,
) -> Result<Vec<PassageId>, OutboxError> {
    let rows = sqlx::query("SELECT passage_id, draft FROM open_passage ORDER BY passage_id")
        .fetch_all(&mut *connection)
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
                tracing::error!(passage.id = %passage, error = %error, "an open passage cannot be read and stays open");
            }
        }
    }
    append(connection, minter, log_id, seq, now, &finals).await?;
    Ok(finals.into_iter().map(|draft| draft.passage_id).collect())
}

async fn note_passage(connection: &mut SqliteConnection, draft: &EventDraft) -> Result<(), OutboxError> {
    let passage = draft.passage_id.0.as_bytes().as_slice();
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
