//! Grants to look for a case's vehicle at several places and over up to a week: asked for by one officer, approved by another, with an
//! end. Everything about them is on record.

/// `POST /api/v1/grants/{id}/approve`
pub(crate) mod approve;
/// `POST /api/v1/grants`
pub(crate) mod ask;
/// `GET /api/v1/grants`
pub(crate) mod list;
/// `POST /api/v1/grants/{id}/refuse`
pub(crate) mod refuse;
#[cfg(test)]
mod tests;
/// `POST /api/v1/grants/{id}/withdraw`
pub(crate) mod withdraw;

use contract::clock::UtcMicros;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz, Officer};
use crate::store::plate_grants::{self as table, GrantRow};
use crate::store::{StoreError, WriteTx};
use crate::vehicles::{GrantState, PlateGrant};

/// A grant.
#[derive(Serialize, ToSchema)]
pub(crate) struct GrantView {
    /// Its id.
    pub grant_id: String,
    /// `asked`, `granted`, `refused`, `withdrawn`, `expired`.
    pub state: String,
    /// In words.
    pub state_text: String,
    /// The case.
    pub case_id: String,
    /// Its number.
    pub case_number: String,
    /// The case's plate; null once the case is another one than when the grant was asked for, or has ended.
    pub plate: Option<String>,
    /// First moment.
    pub from: Moment,
    /// Moment after the last.
    pub to: Moment,
    /// The places.
    pub sites: Vec<String>,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Moment,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// Why it was refused.
    pub decided_why: Option<String>,
    /// When it ends.
    pub expires_at: Option<Moment>,
    /// Who took it back.
    pub withdrawn_by: Option<String>,
    /// When.
    pub withdrawn_at: Option<Moment>,
    /// Why.
    pub withdrawn_why: Option<String>,
    /// May whoever asks approve or refuse it?
    pub may_approve: bool,
    /// May whoever asks search under it now?
    pub may_use: bool,
}

impl std::fmt::Debug for GrantView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GrantView({})", self.grant_id)
    }
}

/// A grant out of its row, for its steps.
pub(crate) fn grant_of(row: &GrantRow) -> Result<PlateGrant, StoreError> {
    let unreadable = || StoreError::Unreadable("plate_grants.state");
    let state = match row.state.as_str() {
        "asked" => GrantState::Asked,
        "granted" => GrantState::Granted {
            by: row.decided_by.ok_or_else(unreadable)?,
            expires_at: UtcMicros(row.expires_at.ok_or_else(unreadable)?),
        },
        "refused" => GrantState::Refused,
        "withdrawn" => GrantState::Withdrawn,
        _ => return Err(unreadable()),
    };
    Ok(PlateGrant { asked_by: row.asked_by, state, case_holds: row.case_holds })
}

impl GrantView {
    fn of(row: &GrantRow, asks: Uuid, now: UtcMicros) -> Result<Self, StoreError> {
        let grant = grant_of(row)?;
        let expired = matches!(grant.state, GrantState::Granted { expires_at, .. } if expires_at <= now);
        let (state, state_text) = match grant.state {
            GrantState::Granted { .. } if expired => ("expired", "Đã hết hạn"),
            GrantState::Asked => ("asked", "Chờ phê duyệt"),
            GrantState::Granted { .. } => ("granted", "Đã phê duyệt"),
            GrantState::Refused => ("refused", "Không phê duyệt"),
            GrantState::Withdrawn => ("withdrawn", "Đã rút"),
        };
        Ok(Self {
            grant_id: row.grant.to_string(),
            state: state.to_owned(),
            state_text: state_text.to_owned(),
            case_id: row.case.to_string(),
            case_number: row.case_number.clone(),
            plate: row.plate_display.clone().or_else(|| row.plate_key.clone()),
            from: Moment::of(row.from),
            to: Moment::of(row.to),
            sites: row.sites.clone(),
            reason: row.reason.clone(),
            asked_by: row.asked_by_name.clone(),
            asked_at: Moment::of(row.asked_at),
            decided_by: row.decided_by_name.clone(),
            decided_at: row.decided_at.map(Moment::of),
            decided_why: row.decided_why.clone(),
            expires_at: row.expires_at.map(Moment::of),
            withdrawn_by: row.withdrawn_by_name.clone(),
            withdrawn_at: row.withdrawn_at.map(Moment::of),
            withdrawn_why: row.withdrawn_why.clone(),
            may_approve: grant.state == GrantState::Asked && row.asked_by != asks,
            may_use: grant.gives(asks, now).is_ok(),
        })
    }
}

/// Why something is asked for, refused or taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantReason {
    /// Why, 5 to 300 characters.
    pub reason: String,
}

fn reason(text: &str) -> Result<&str, ApiError> {
    let text = text.trim();
    if (5..=300).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    Err(ApiError::bad_request("reason_needed", "Lý do (bắt buộc, từ 5 đến 300 ký tự)."))
}

/// A step about a grant: the officer, the transaction, and the grant as it stands.
async fn begin(people: &People, authz: &Authz, id: Uuid) -> Result<(Officer, WriteTx, GrantRow, PlateGrant), ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, authz.controller().as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let grant = grant_of(&row)?;
    Ok((officer, tx, row, grant))
}

/// The record of a step, the commit, and the grant as it is then.
async fn end(
    people: &People,
    authz: &Authz,
    mut tx: WriteTx,
    id: Uuid,
    (action, detail): (&str, &str),
) -> Result<GrantView, ApiError> {
    let (controller, now) = (authz.controller(), people.now());
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let detail = format!("case {}, places {}, {detail}", row.case_number, row.sites.join(" "));
    let mut entry = Entry::by(authz, action).with_object(id).with_subject(row.plate_key.as_deref()).with_detail(detail);
    entry.window = Some(audit::Window { from: UtcMicros(row.from), to: UtcMicros(row.to) });
    audit::append(&mut tx, controller, now, entry).await?;
    tx.commit().await?;
    tracing::info!(grant.id = %id, "grant {id}: {action}");
    Ok(GrantView::of(&row, authz.session().user_id, now)?)
}
