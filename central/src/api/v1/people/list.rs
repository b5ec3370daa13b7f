//! `GET /api/v1/people`: enrolments of one state, with names, for whoever enrols; on record before they are sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::extract::Params;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::people::EnrolmentState;
use crate::store::{faces, people as table};

const PAGE: i64 = 100;

/// Which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    state: Option<String>,
    after: Option<Uuid>,
    #[expect(dead_code, reason = "read by the judgement about the request")]
    controller: Option<String>,
}

/// A page of enrolments.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeopleList {
    /// The enrolments.
    pub items: Vec<EnrolmentView>,
    /// For `after`; null at the end.
    pub next: Option<String>,
}

/// An enrolment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnrolmentView {
    /// Its id.
    pub id: String,
    /// The person.
    pub person: String,
    /// Name; null once it was deleted.
    pub name: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// `proposed`, `approved`, …
    pub state: String,
    /// In words.
    pub state_text: String,
    /// On what it rests.
    pub basis: String,
    /// Day of the consent.
    pub consent_on: Option<String>,
    /// First moment.
    pub valid_from: Moment,
    /// Moment it ends.
    pub valid_to: Moment,
    /// `site/node/gate`.
    pub gates: Vec<String>,
    /// Who proposed.
    pub proposed_by: String,
    /// When.
    pub proposed_at: Moment,
    /// May whoever asks approve it? Who proposed may not.
    pub may_approve: bool,
}

/// Enrolments.
#[utoipa::path(get, path = "/api/v1/people", tag = "people",
    params(("state" = Option<String>, Query, description = "`proposed` (left out), `approved`, `rejected`, `withdrawn`, `expired`"),
        ("after" = Option<uuid::Uuid>, Query, description = "`next` of the page before"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The enrolments", body = PeopleList)))]
pub(crate) async fn list_people(
    authz: Authz,
    State(people): State<Arc<People>>,
    Params(which): Params<Which>,
) -> Result<Json<PeopleList>, ApiError> {
    let state = which.state.as_deref().unwrap_or("proposed");
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let rows = table::enrolments(&mut tx, controller.as_str(), state, which.after.unwrap_or(Uuid::nil()), PAGE).await?;
    let entry = Entry::by(&authz, "people.list").with_detail(format!("{state}, {} shown", rows.len()));
    audit::append(&mut tx, controller, people.now(), entry).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let shown = people.office.show(row)?;
        let gates = faces::gates_of(&mut tx, row.enrolment).await?;
        let stands = EnrolmentState::from_stored(&row.state, row.proposed_by, row.approved_by);
        items.push(EnrolmentView {
            id: row.enrolment.to_string(),
            person: row.person.to_string(),
            name: shown.name,
            unit: shown.unit,
            state: row.state.clone(),
            state_text: stands.map(|s| s.label().to_owned()).unwrap_or_default(),
            basis: row.basis.clone(),
            consent_on: row.consent_on.clone(),
            valid_from: Moment::of(row.valid_from),
            valid_to: Moment::of(row.valid_to),
            gates: gates.into_iter().map(|(node, gate)| format!("{node}/{gate}")).collect(),
            proposed_by: row.proposed_by_name.clone(),
            proposed_at: Moment::of(row.proposed_at),
            may_approve: row.state == "proposed" && row.proposed_by != authz.session().user_id,
        });
    }
    tx.commit().await?;
    let next = (rows.len() == usize::try_from(PAGE).unwrap_or(0))
        .then(|| rows.last().map(|r| r.enrolment.to_string()))
        .flatten();
    Ok(Json(PeopleList { items, next }))
}
