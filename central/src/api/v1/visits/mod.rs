//! Visits on business at a desk: the visitors' book (*sổ khách*), calling the host, and what guards decide. Each step quotes the
//! revision on the guard's screen; whoever is let in here still goes through the gate by the gate's own decision.

/// `POST /api/v1/visits/{id}/admit`
pub(crate) mod admit;
/// `POST /api/v1/visits/{id}/call-host`
pub(crate) mod call_host;
/// `GET /api/v1/visits/{id}`
pub(crate) mod get;
/// `POST /api/v1/visits/{id}/host-answer`
pub(crate) mod host_answer;
/// `POST /api/v1/visits/{id}/leave`
pub(crate) mod leave;
/// `POST /api/v1/visits/print`
pub(crate) mod print;
/// `POST /api/v1/visits/{id}/refuse`
pub(crate) mod refuse;
/// `POST /api/v1/visits`
pub(crate) mod register;
/// `POST /api/v1/visits/search`
pub(crate) mod search;
#[cfg(test)]
mod tests;
/// `GET /api/v1/visits`
pub(crate) mod there;

use contract::clock::{DAY_US, UtcMicros};
use contract::ids::SiteName;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::counting::civil::CivilDay;
use crate::live::VisitTold;
use crate::store::visits::{self as table, NewStep, StepRow, VisitRow};
use crate::store::{StoreError, WriteTx, hosts};
use crate::visits::{Visit, VisitFault, VisitState, VisitStep, plain_letters};

/// Longest free note.
const NOTE_CHARS: usize = 300;

/// A visit.
#[derive(Serialize, ToSchema)]
pub(crate) struct VisitView {
    /// Its id.
    pub visit_id: String,
    /// To be quoted with the next step.
    pub revision: i64,
    /// The place.
    pub site: String,
    /// Who came.
    pub visitor_name: String,
    /// From where.
    pub organisation: Option<String>,
    /// What for.
    pub purpose: String,
    /// The badge that was handed out.
    pub badge: Option<String>,
    /// The arrival at the gate.
    pub arrival_id: Option<String>,
    /// To whom.
    pub host: Option<VisitHostView>,
    /// `waiting`, `host_called`, `expected`, `not_expected`, `no_answer`, `admitted`, `refused`, `left`.
    pub state: String,
    /// In words.
    pub state_text: String,
    /// When it was registered.
    pub arrived_at: Moment,
    /// By whom.
    pub registered_by: String,
    /// When the host was called last.
    pub called_at: Option<Moment>,
    /// By whom.
    pub called_by: Option<String>,
    /// When the last call had its end.
    pub answered_at: Option<Moment>,
    /// `expected`, `not_expected`, `no_answer`.
    pub answer: Option<String>,
    /// When the visitor was let in, while that word holds.
    pub admitted_at: Option<Moment>,
    /// When the visitor was not let in, while that word holds.
    pub refused_at: Option<Moment>,
    /// Why not.
    pub refusal_reason: Option<String>,
    /// When the visitor left.
    pub left_at: Option<Moment>,
    /// Who decided last.
    pub decided_by: Option<String>,
    /// Why, in that guard's words.
    pub decided_why: Option<String>,
    /// What was recorded since the registration, in order.
    pub steps: Vec<VisitStepView>,
}

impl std::fmt::Debug for VisitView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VisitView({})", self.visit_id)
    }
}

/// To whom a visitor comes.
#[derive(Serialize, ToSchema)]
pub(crate) struct VisitHostView {
    /// Of the list; null for a name alone.
    pub host_id: Option<String>,
    /// Name.
    pub name: String,
    /// Department.
    pub department: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// What a guard recorded.
#[derive(Serialize, ToSchema)]
pub(crate) struct VisitStepView {
    /// The revision the visit had after it.
    pub number: i64,
    /// `call_host`, `host_answer`, `admit`, `refuse`, `leave`.
    pub step: String,
    /// Where the visit stood after it.
    pub state: String,
    /// When.
    pub at: Moment,
    /// The guard.
    pub by: String,
    /// Of a call: whom.
    pub host_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Free note.
    pub note: Option<String>,
}

impl From<&StepRow> for VisitStepView {
    fn from(row: &StepRow) -> Self {
        Self {
            number: row.number,
            step: row.step.clone(),
            state: row.state.clone(),
            at: Moment::of(row.at),
            by: row.by.clone(),
            host_name: row.host_name.clone(),
            reason: row.reason.clone(),
            note: row.note.clone(),
        }
    }
}

impl From<&VisitRow> for VisitView {
    fn from(row: &VisitRow) -> Self {
        let last = |kind: &str| row.steps.iter().rfind(|step| step.step == kind);
        let decided = row.steps.iter().rfind(|step| matches!(step.step.as_str(), "admit" | "refuse"));
        let word = |kind: &str| decided.filter(|step| step.step == kind);
        // A call after an answer waits for another one.
        let answered = row
            .steps
            .iter()
            .rfind(|step| matches!(step.step.as_str(), "call_host" | "host_answer"))
            .filter(|step| step.step == "host_answer");
        Self {
            visit_id: row.visit.to_string(),
            revision: row.revision,
            site: row.site.clone(),
            visitor_name: row.visitor.clone(),
            organisation: row.organisation.clone(),
            purpose: row.purpose.clone(),
            badge: row.badge.clone(),
            arrival_id: row.arrival.map(|id| id.to_string()),
            host: row.host_name.clone().map(|name| VisitHostView {
                host_id: row.host.map(|id| id.to_string()),
                name,
                department: row.host_department.clone(),
                room: row.host_room.clone(),
                phone: row.host_phone.clone(),
            }),
            state: row.state.clone(),
            state_text: VisitState::from_stored(&row.state).map(|s| s.label().to_owned()).unwrap_or_default(),
            arrived_at: Moment::of(row.arrived_at),
            registered_by: row.registered_by.clone(),
            called_at: last("call_host").map(|step| Moment::of(step.at)),
            called_by: last("call_host").map(|step| step.by.clone()),
            answered_at: answered.map(|step| Moment::of(step.at)),
            answer: answered.map(|step| step.state.clone()),
            admitted_at: word("admit").map(|step| Moment::of(step.at)),
            refused_at: word("refuse").map(|step| Moment::of(step.at)),
            refusal_reason: word("refuse").and_then(|step| step.reason.clone()),
            left_at: last("leave").map(|step| Moment::of(step.at)),
            decided_by: decided.map(|step| step.by.clone()),
            decided_why: decided.and_then(|step| step.note.clone().or_else(|| step.reason.clone())),
            steps: row.steps.iter().map(VisitStepView::from).collect(),
        }
    }
}

/// What belongs to a step besides which one it is.
#[derive(Debug, Clone, Copy, Default)]
struct Said<'a> {
    /// The revision on the screen.
    revision: i64,
    /// Why.
    reason: Option<&'a str>,
    /// Free note.
    note: Option<&'a str>,
    /// The badge from now on.
    badge: Option<&'a str>,
    /// Whom to call, if not whom the visit names.
    host: Option<Uuid>,
}

/// Records a step with its audit record, tells the other desks of the place, and answers the visit as it is then.
async fn step(
    people: &People,
    authz: &Authz,
    id: Uuid,
    step: VisitStep,
    said: Said<'_>,
) -> Result<VisitView, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let host = match said.host {
        Some(host) => Some(host_at(&mut tx, controller.as_str(), host, &row.site).await?),
        None => None,
    };
    let stands = Visit {
        revision: row.revision,
        state: VisitState::from_stored(&row.state).ok_or(StoreError::Unreadable("visits.state"))?,
        has_host: host.is_some() || row.host_name.is_some(),
    };
    let after = stands.take(step, said.revision)?;
    let called = step == VisitStep::CallHost;
    let host_name = host.as_ref().map(|host| host.1.clone()).or_else(|| row.host_name.clone()).filter(|_| called);
    let detail = format!("revision {}, {}", after.revision, after.state.as_str());
    let mut entry = Entry::by(authz, &format!("visits.{}", step.as_str())).with_object(id).with_detail(detail);
    entry.site = Some(row.site.clone());
    if let Some(reason) = said.reason {
        entry = entry.with_more(reason);
    }
    audit::append(&mut tx, controller, now, entry).await?;
    let named = host_name.as_deref().or(row.host_name.as_deref());
    let search_key = search_key(&row.visitor, row.organisation.as_deref(), named);
    let new = NewStep {
        visit: id,
        number: after.revision,
        controller: controller.as_str(),
        step: step.as_str(),
        state: after.state.as_str(),
        host: host.map(|host| host.0).or(row.host).filter(|_| called),
        host_name: host_name.as_deref(),
        reason: said.reason,
        note: said.note,
        by: officer.user(),
        session: officer.session(),
        at: now.0,
        badge: said.badge,
        search_key: &search_key,
    };
    match table::take_step(&mut tx, &new).await {
        Ok(true) => {}
        Ok(false) => return Err(VisitFault::Changed.into()),
        // Another guard's step came between this look and the next: the database looks at it last.
        Err(error) if error.is_refusal("a step of a visit follows the visit as it is") => {
            return Err(VisitFault::Changed.into());
        }
        Err(error) => return Err(error.into()),
    }
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    tx.commit().await?;
    tracing::info!(visit.id = %id, "visit {id} is {} now", after.state.as_str());
    tell_desks(people, authz, &row, now)?;
    Ok(VisitView::from(&row))
}

/// Tells the desks of the place that a visit is another one now.
fn tell_desks(people: &People, authz: &Authz, row: &VisitRow, at: UtcMicros) -> Result<(), StoreError> {
    people.live.tell_visit(&VisitTold {
        controller: authz.controller().clone(),
        site: row.site.parse().map_err(|_| StoreError::Unreadable("visits.site"))?,
        visit: row.visit,
        state: &row.state,
        revision: row.revision,
        by: &authz.session().name,
        at,
    });
    Ok(())
}

/// A host of the list who may be visited at this place: id and name.
async fn host_at(tx: &mut WriteTx, controller: &str, host: Uuid, site: &str) -> Result<(Uuid, String), ApiError> {
    let found = hosts::is_at(tx, controller, host, site).await?;
    found.map(|row| (row.host, row.name)).ok_or_else(|| {
        ApiError::bad_request("no_such_host", "Người tiếp không có trong danh sách của địa điểm này. Hãy tìm lại.")
    })
}

fn search_key(visitor: &str, organisation: Option<&str>, host: Option<&str>) -> String {
    plain_letters(&[visitor, organisation.unwrap_or_default(), host.unwrap_or_default()].join(" · "))
}

/// One place.
fn site(text: &str) -> Result<SiteName, ApiError> {
    text.parse().map_err(|_| ApiError::bad_request("one_site", "Hãy chọn đúng một địa điểm."))
}

/// The first moment of a Vietnamese day, and the moment after its last.
fn day(text: &str) -> Result<(UtcMicros, UtcMicros), ApiError> {
    let day: CivilDay = text.parse().map_err(|_| ApiError::bad_request("bad_day", "Ngày phải có dạng yyyy-mm-dd."))?;
    let from = day.start();
    Ok((from, from.plus_us(DAY_US)))
}

/// Why a book is looked into.
fn reason(text: &str) -> Result<&str, ApiError> {
    let text = text.trim();
    if (5..=300).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    Err(ApiError::bad_request("reason_needed", "Lý do tra cứu (bắt buộc, từ 5 ký tự). Việc tra cứu được ghi nhật ký."))
}

/// A line a guard typed: without control characters, not too long; none when it is empty.
fn line<'t>(text: Option<&'t str>, most: usize, code: &'static str, told: &str) -> Result<Option<&'t str>, ApiError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > most || text.chars().any(char::is_control) {
        return Err(ApiError::bad_request(code, told));
    }
    Ok(Some(text))
}

fn note(text: Option<&str>) -> Result<Option<&str>, ApiError> {
    line(text, NOTE_CHARS, "bad_note", "Ghi chú có tối đa 300 ký tự, không có ký tự điều khiển.")
}

fn badge(text: Option<&str>) -> Result<Option<&str>, ApiError> {
    line(text, 40, "bad_badge", "Số thẻ khách có tối đa 40 ký tự.")
}

/// What is looked for, in plain letters.
fn sought(text: Option<&str>) -> Result<String, ApiError> {
    let text = line(text, 80, "bad_text", "Nội dung tìm có tối đa 80 ký tự.")?;
    Ok(text.map(plain_letters).unwrap_or_default())
}
