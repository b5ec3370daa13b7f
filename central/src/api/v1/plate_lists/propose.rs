//! `POST /api/v1/plate-lists`: an officer proposes an entry. It holds for nothing until another officer approves it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ListEntry, end};
use crate::api::extract::Body;
use crate::api::text::moment;
use crate::api::{ApiError, People};
use crate::auth::{AuthError, Authz};
use crate::store::nodes_read;
use crate::store::plate_lists::{self as table, NewListEntry};
use crate::vehicles::{LISTED_MAX, ListFault, ListKind, ListProposal};

/// What is proposed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposeListEntry {
    /// Which list.
    pub kind: ListKind,
    /// A whole plate, 4 to 12 letters and digits.
    pub plate: String,
    /// One to twenty places of this body.
    pub sites: Vec<String>,
    /// The unit, and who there answers for it; 2 to 100 characters.
    pub keeper: String,
    /// Why, 5 to 300 characters.
    pub reason: String,
    /// When it ends, RFC 3339; 184 days ahead at most. A wanted entry of several places is approved for 7 days at most.
    pub expires_at: String,
}

/// Propose an entry.
#[utoipa::path(post, path = "/api/v1/plate-lists", tag = "plate-lists", request_body = ProposeListEntry,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Proposed; another officer has to approve", body = ListEntry),
        (status = 400, description = "No whole plate, no such place, no keeper, no reason, no end", body = crate::api::error::ErrorEnvelope),
        (status = 403, description = "Not an officer in person", body = crate::api::error::ErrorEnvelope),
        (status = 409, description = "The list is full, or the plate is on it at one of the places", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn propose_list_entry(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<ProposeListEntry>,
) -> Result<Json<ListEntry>, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let expires_at = moment(&asked.expires_at)?;
    let words = (asked.keeper.as_str(), asked.reason.as_str());
    let proposal = ListProposal::read(asked.kind, &asked.plate, &asked.sites, words, expires_at, now)?;
    let mut tx = people.write().await?;
    let known = nodes_read::sites(&mut tx, controller.as_str()).await?;
    if !proposal.sites.iter().all(|site| known.contains(site)) {
        return Err(ListFault::Places.into());
    }
    if table::open(&mut tx, controller.as_str(), now.0).await? >= LISTED_MAX {
        return Err(ListFault::Full.into());
    }
    let plate = (proposal.kind.as_str(), proposal.key.as_str());
    let listed = table::listed_at(&mut tx, controller.as_str(), plate, now.0).await?;
    if proposal.sites.iter().any(|site| listed.contains(site)) {
        return Err(ListFault::AlreadyListed.into());
    }
    let id = people.means.ids.next(now);
    let new = NewListEntry {
        entry: id,
        controller: controller.as_str(),
        proposal: &proposal,
        by: officer.user(),
        session: officer.session(),
        at: now.0,
    };
    match table::insert(&mut tx, &new).await {
        // Somebody else's proposal came between this look and the next: the database looks at both last.
        Err(error) if error.is_refusal("lists of this body are full") => return Err(ListFault::Full.into()),
        Err(error) if error.is_refusal("listed at this place already") => return Err(ListFault::AlreadyListed.into()),
        stored => stored?,
    }
    end(&people, &authz, tx, id, ("plate_lists.propose", &proposal.reason)).await.map(Json)
}
