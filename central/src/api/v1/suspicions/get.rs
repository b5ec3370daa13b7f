//! `GET /api/v1/suspicions/{id}`: one suspicion with what the node said and which pictures there are. On record before the
//! answer leaves. Listing a picture is not serving it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::UtcMicros;
use serde::Serialize;
use utoipa::ToSchema;

use super::law::{ItemView, RuleView};
use super::{SuspicionView, view};
use crate::api::extract::PathId;
use crate::api::text::{Moment, stored_json};
use crate::api::v1::picture::Picture;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::cases::RejectionReason;
use crate::store::plate_lists::{self, AllowedRow};
use crate::store::{cases as table, law, passes_read};

/// A suspicion in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspicionDetail {
    /// The suspicion.
    #[serde(flatten)]
    pub suspicion: SuspicionView,
    /// The passage of the vehicle.
    pub vehicle_passage: String,
    /// The node's own words.
    pub body: serde_json::Value,
    /// Its pictures: each must be fetched, and its hash quoted, to confirm.
    pub evidence: Vec<Picture>,
    /// The rule of this behaviour on the day of the act; none where the data have none.
    pub law: Option<RuleView>,
    /// What has to be stated to confirm.
    pub checklist: Vec<ItemView>,
    /// The reasons a rejection can name.
    pub rejection_reasons: Vec<ReasonView>,
    /// Permits of this plate at this place that held when it happened: to be looked at beside the checklist; they decide nothing.
    pub allowed: Vec<AllowedNote>,
}

/// A permit, out of the list of allowed plates.
#[derive(Serialize, ToSchema)]
pub(crate) struct AllowedNote {
    /// The entry.
    pub entry_id: String,
    /// The unit, and who there answers for it.
    pub keeper: String,
    /// Why.
    pub reason: String,
    /// When it ends.
    pub expires_at: Moment,
}

impl std::fmt::Debug for AllowedNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AllowedNote({})", self.entry_id)
    }
}

impl From<&AllowedRow> for AllowedNote {
    fn from(row: &AllowedRow) -> Self {
        Self {
            entry_id: row.entry.to_string(),
            keeper: row.keeper.clone(),
            reason: row.reason.clone(),
            expires_at: Moment::of(row.expires_at),
        }
    }
}

/// A reason.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonView {
    /// To be sent.
    pub reason: RejectionReason,
    /// To be shown.
    pub text: String,
}

/// One suspicion.
#[utoipa::path(get, path = "/api/v1/suspicions/{id}", tag = "suspicions",
    params(("id" = uuid::Uuid, Path, description = "The suspicion"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The suspicion", body = SuspicionDetail),
        (status = 404, description = "None of this controller", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_suspicion(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Json<SuspicionDetail>, ApiError> {
    let controller = authz.controller();
    let now = people.now();
    let mut tx = people.write().await?;
    let allowed = plate_lists::allowed_of_case(&mut tx, controller.as_str(), id).await?;
    let mut entry = Entry::by(&authz, "suspicions.read").with_object(id);
    if !allowed.is_empty() {
        // A look at the list, too.
        let entries: Vec<String> = allowed.iter().map(|permit| permit.entry.to_string()).collect();
        entry = entry.with_detail(format!("allowed by {}", entries.join(" ")));
    }
    audit::append(&mut tx, controller, now, entry).await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    let pictures =
        passes_read::pictures(&mut tx, controller.as_str(), (&row.site, &row.node), row.suspicion_passage).await?;
    let occurred_at = UtcMicros(row.occurred_at);
    let rule = law::rule(&mut tx, &row.violation, occurred_at).await?;
    let items = law::items(&mut tx, &row.violation, occurred_at).await?;
    tx.commit().await?;
    Ok(Json(SuspicionDetail {
        suspicion: view(&row, now, authz.session().user_id)?,
        vehicle_passage: row.vehicle_passage.to_string(),
        body: stored_json(&row.body),
        evidence: pictures.iter().map(Picture::from).collect(),
        law: rule.as_ref().map(RuleView::from),
        checklist: items.iter().map(ItemView::from).collect(),
        rejection_reasons: RejectionReason::ALL
            .into_iter()
            .map(|reason| ReasonView { reason, text: reason.label().to_owned() })
            .collect(),
        allowed: allowed.iter().map(AllowedNote::from).collect(),
    }))
}
