//! `POST /api/v1/people`: a registrar proposes a person with one to five pictures. What each picture is worth is told; only
//! good ones are kept, and nothing is in force before another registrar approves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::bundle::WeeklyHours;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PictureView, by, pictures};
use crate::api::extract::Body;
use crate::api::text::moment;
use crate::api::{ApiError, People};
use crate::audit::Entry;
use crate::auth::Authz;
use crate::people::{Basis, Proposal};

/// A person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Propose {
    /// Name.
    pub name: String,
    /// Unit.
    #[serde(default)]
    pub unit: String,
    /// The consent's or the decision's own words: number, office.
    pub basis: String,
    /// Day of the consent, `yyyy-mm-dd`; left out where a law is the basis.
    pub consent_on: Option<String>,
    /// First moment, RFC 3339; left out: now.
    pub valid_from: Option<String>,
    /// Moment it ends, RFC 3339.
    pub valid_to: String,
    /// `site/node/gate`.
    pub gates: Vec<String>,
    /// When; left out: at all hours.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// One to five JPEG or PNG files, base64.
    pub pictures: Vec<String>,
}

/// Hours of a week, in Vietnam.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hours {
    /// 1 = Monday … 7 = Sunday.
    pub days: Vec<u8>,
    /// First minute of the day.
    pub from_minute: u16,
    /// Minute it ends.
    pub to_minute: u16,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposedView {
    /// The enrolment.
    pub id: String,
    /// The person.
    pub person: String,
    /// What each picture was worth.
    pub pictures: Vec<PictureView>,
}

/// Propose a person.
#[utoipa::path(post, path = "/api/v1/people", tag = "people", request_body = Propose,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Proposed; another registrar has to approve", body = ProposedView),
        (status = 403, description = "Not a registrar in person", body = crate::api::error::ErrorEnvelope),
        (status = 422, description = "Not taken; the message names every reason", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn propose_person(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<Propose>,
) -> Result<Json<ProposedView>, ApiError> {
    let by = by(&authz)?;
    let proposal = Proposal {
        name: asked.name,
        unit: asked.unit,
        basis: Basis { text: asked.basis, consent_on: asked.consent_on },
        valid_from: asked.valid_from.as_deref().map(moment).transpose()?.unwrap_or_else(|| people.now()),
        valid_to: moment(&asked.valid_to)?,
        gates: asked
            .gates
            .iter()
            .map(|gate| {
                gate.parse()
                    .map_err(|fault: crate::people::ProposalFault| ApiError::bad_request("bad_gate", fault.to_string()))
            })
            .collect::<Result<_, _>>()?,
        hours: asked
            .hours
            .into_iter()
            .map(|h| WeeklyHours { days: h.days, from_minute: h.from_minute, to_minute: h.to_minute })
            .collect(),
        pictures: pictures(&asked.pictures)?,
        batch: None,
        row_key: None,
    };
    let proposed =
        people.office.propose(authz.controller(), by, Entry::by(&authz, "people.propose"), &proposal).await?;
    Ok(Json(ProposedView {
        id: proposed.enrolment.to_string(),
        person: proposed.person.to_string(),
        pictures: proposed.pictures.into_iter().map(Into::into).collect(),
    }))
}
