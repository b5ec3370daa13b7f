//! Lists of plates, wanted and allowed: proposed by one officer, decided by another, with an end. They hold plates: everything about
//! them, each look too, is on record before it is answered.

/// `POST /api/v1/plate-lists/{id}/approve`
pub(crate) mod approve;
/// `GET /api/v1/plate-lists`
pub(crate) mod list;
/// `POST /api/v1/plate-lists`
pub(crate) mod propose;
/// `POST /api/v1/plate-lists/{id}/refuse`
pub(crate) mod refuse;
#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod tests;
/// `POST /api/v1/plate-lists/{id}/withdraw`
pub(crate) mod withdraw;

use contract::clock::UtcMicros;
use contract::plate::{Hints, classify, display};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz, Officer};
use crate::store::plate_lists::{self as table, ListRow};
use crate::store::{StoreError, WriteTx};
use crate::vehicles::{ListKind, ListState, ListedPlate};

/// An entry of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListEntry {
    /// Its id.
    pub entry_id: String,
    /// `wanted` or `allowed`.
    pub kind: String,
    /// `proposed`, `approved`, `refused`, `withdrawn`, `expired`.
    pub state: String,
    /// In words.
    pub state_text: String,
    /// The plate, as people write it.
    pub plate: String,
    /// The places.
    pub sites: Vec<String>,
    /// The unit, and who there answers for it.
    pub keeper: String,
    /// Why.
    pub reason: String,
    /// When it ends by itself.
    pub expires_at: Moment,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: Moment,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// Why it was refused.
    pub decided_why: Option<String>,
    /// Who took it back.
    pub ended_by: Option<String>,
    /// When.
    pub ended_at: Option<Moment>,
    /// Why.
    pub ended_why: Option<String>,
    /// May whoever asks approve or refuse it?
    pub may_approve: bool,
}

impl std::fmt::Debug for ListEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ListEntry({})", self.entry_id)
    }
}

/// An entry out of its row, for its steps.
fn entry_of(row: &ListRow) -> Result<ListedPlate, StoreError> {
    let unreadable = || StoreError::Unreadable("plate_lists.state");
    let state = match row.state.as_str() {
        "proposed" => ListState::Proposed,
        "approved" => ListState::Approved { at: UtcMicros(row.decided_at.ok_or_else(unreadable)?) },
        "refused" => ListState::Refused,
        "withdrawn" => ListState::Withdrawn,
        _ => return Err(unreadable()),
    };
    Ok(ListedPlate {
        kind: ListKind::of(&row.kind).ok_or(StoreError::Unreadable("plate_lists.kind"))?,
        places: row.sites.len(),
        proposed_by: row.proposed_by,
        expires_at: UtcMicros(row.expires_at),
        state,
    })
}

impl ListEntry {
    fn of(row: &ListRow, asks: Uuid, now: UtcMicros) -> Result<Self, StoreError> {
        let entry = entry_of(row)?;
        let (state, state_text) = match entry.state {
            _ if entry.is_over(now) => ("expired", "Đã hết hạn"),
            ListState::Proposed => ("proposed", "Chờ phê duyệt"),
            ListState::Approved { .. } => ("approved", "Đang có hiệu lực"),
            ListState::Refused => ("refused", "Không phê duyệt"),
            ListState::Withdrawn => ("withdrawn", "Đã rút"),
        };
        Ok(Self {
            entry_id: row.entry.to_string(),
            kind: row.kind.clone(),
            state: state.to_owned(),
            state_text: state_text.to_owned(),
            plate: written(&row.plate_key),
            sites: row.sites.clone(),
            keeper: row.keeper.clone(),
            reason: row.reason.clone(),
            expires_at: Moment::of(row.expires_at),
            proposed_by: row.proposed_by_name.clone(),
            proposed_at: Moment::of(row.proposed_at),
            decided_by: row.decided_by_name.clone(),
            decided_at: row.decided_at.map(Moment::of),
            decided_why: row.decided_why.clone(),
            ended_by: row.ended_by_name.clone(),
            ended_at: row.ended_at.map(Moment::of),
            ended_why: row.ended_why.clone(),
            may_approve: entry.may_be_decided_by(asks, now),
        })
    }
}

/// A key the way people write its likeliest class.
pub(super) fn written(key: &str) -> String {
    display(key, classify(key, Hints::default()).class)
}

/// Why an entry is refused or taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListReason {
    /// Why, 5 to 300 characters.
    pub reason: String,
}

/// A step about an entry: the officer, the transaction, and the entry as it stands.
async fn begin(people: &People, authz: &Authz, id: Uuid) -> Result<(Officer, WriteTx, ListedPlate), ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, authz.controller().as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let entry = entry_of(&row)?;
    Ok((officer, tx, entry))
}

/// The record of a step, the commit, and the entry as it is then.
async fn end(
    people: &People,
    authz: &Authz,
    mut tx: WriteTx,
    id: Uuid,
    (action, detail): (&str, &str),
) -> Result<ListEntry, ApiError> {
    let (controller, now) = (authz.controller(), people.now());
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let until = UtcMicros(row.expires_at).to_rfc3339();
    let detail = format!("{}, places {}, until {until}, {detail}", row.kind, row.sites.join(" "));
    let entry = Entry::by(authz, action).with_object(id).with_subject(Some(&row.plate_key)).with_detail(detail);
    audit::append(&mut tx, controller, now, entry).await?;
    tx.commit().await?;
    tracing::info!(entry.id = %id, "entry {id}: {action}");
    Ok(ListEntry::of(&row, authz.session().user_id, now)?)
}
