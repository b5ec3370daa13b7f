//! `GET /api/v1/arrivals/{id}`: one arrival with what doors did, what was decided, and, within a day, who the machine takes the
//! person for. A name is opened for this one answer, on record before it leaves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::{DAY_US, UtcMicros};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ArrivalView;
use crate::api::extract::PathId;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::{arrivals as table, gate_decisions, people as enrolled, watch};

/// An arrival in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArrivalDetail {
    /// The arrival.
    #[serde(flatten)]
    pub arrival: ArrivalView,
    /// What must always stand beside a likeness.
    pub caution: &'static str,
    /// Who the machine takes the person for; null when nobody, when that entry is gone, or when it was longer than a day ago.
    pub person: Option<PersonView>,
    /// What doors did, in order.
    pub acts: Vec<ActView>,
    /// What guards decided, and who looked into it; in order.
    pub decisions: Vec<DecidedView>,
}

/// Somebody on a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonView {
    /// `enrolled` or `watch`.
    pub list: &'static str,
    /// Name, or what the desk has to know.
    pub name: String,
    /// Unit, or on what the entry rests.
    pub unit: Option<String>,
}

impl std::fmt::Debug for PersonView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonView(…)")
    }
}

/// What a door did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActView {
    /// When.
    pub at: Moment,
    /// `admit` or `decision`.
    pub cause: String,
    /// Which.
    pub decision: Option<String>,
    /// `opened`, `accepted`, `refused`, `unreachable`, `timed_out`, `too_late`, `busy`, `no_door`.
    pub outcome: String,
    /// The door is a simulator.
    pub simulated: bool,
}

/// What a guard decided.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecidedView {
    /// Its id.
    pub id: String,
    /// `admit`, `refuse`, `not_this_person`, `open`, or `verifying`: no decision, but who looked into it.
    pub verdict: String,
    /// Why.
    pub reason: Option<String>,
    /// Free note.
    pub note: Option<String>,
    /// The guard.
    pub by: String,
    /// When.
    pub at: Moment,
}

const CAUTION: &str = "Gợi ý của hệ thống – bảo vệ xác minh và quyết định.";

/// One arrival.
#[utoipa::path(get, path = "/api/v1/arrivals/{id}", tag = "gates",
    params(("id" = uuid::Uuid, Path, description = "The arrival"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The arrival", body = ArrivalDetail),
        (status = 404, description = "None", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_arrival(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<ArrivalDetail>, ApiError> {
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let named = row.enrolment.filter(|_| now.since_us(UtcMicros(row.last_seen)) <= DAY_US);
    let subject = named.map(|enrolment| enrolment.to_string());
    let entry = Entry::by(&authz, "arrivals.get").with_object(id).with_subject(subject.as_deref());
    audit::append(&mut tx, controller, now, entry).await?;
    let acts = table::acts_of(&mut tx, id).await?;
    let decisions = gate_decisions::of_arrival(&mut tx, id).await?;
    let person = match named {
        Some(enrolment) => person(&people, &mut tx, controller.as_str(), enrolment).await?,
        None => None,
    };
    tx.commit().await?;
    Ok(Json(ArrivalDetail {
        arrival: ArrivalView::from(&row),
        caution: CAUTION,
        person,
        acts: acts
            .into_iter()
            .map(|act| ActView {
                at: Moment::of(act.at),
                cause: act.cause,
                decision: act.decision.map(|id| id.to_string()),
                outcome: act.outcome,
                simulated: act.simulated,
            })
            .collect(),
        decisions: decisions
            .into_iter()
            .map(|d| DecidedView {
                id: d.decision.to_string(),
                verdict: d.verdict,
                reason: d.reason,
                note: d.note,
                by: d.by,
                at: Moment::of(d.at),
            })
            .collect(),
    }))
}

async fn person(
    people: &People,
    tx: &mut crate::store::WriteTx,
    controller: &str,
    id: Uuid,
) -> Result<Option<PersonView>, ApiError> {
    if let Some(row) = enrolled::enrolment(tx, controller, id).await? {
        let shown = people.office.show(&row)?;
        return Ok(shown.name.map(|name| PersonView { list: "enrolled", name, unit: shown.unit }));
    }
    let Some(row) = watch::get(tx, controller, id).await? else { return Ok(None) };
    let label = people.office.show_watch(&row)?;
    Ok(label.map(|name| PersonView { list: "watch", name, unit: Some(row.basis) }))
}
