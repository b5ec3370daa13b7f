//! `GET /api/v1/passes/{passage_id}`: one passage with what the node said and which pictures there are. On record before the
//! answer leaves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::PassView;
use crate::api::extract::PathId;
use crate::api::text::stored_json;
use crate::api::v1::picture::Picture;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::passes_read;

/// A passage in full.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassDetail {
    /// The passage.
    #[serde(flatten)]
    pub pass: PassView,
    /// The node's own words.
    pub body: serde_json::Value,
    /// Its pictures.
    pub evidence: Vec<Picture>,
}

/// One passage.
#[utoipa::path(get, path = "/api/v1/passes/{passage_id}", tag = "passes",
    params(("passage_id" = uuid::Uuid, Path, description = "The passage"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The passage", body = PassDetail),
        (status = 404, description = "None of this controller", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_pass(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(passage): PathId,
) -> Result<Json<PassDetail>, ApiError> {
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "passes.read").with_object(passage);
    audit::append(&mut tx, controller, people.now(), entry).await?;
    let row = passes_read::get(&mut tx, controller.as_str(), passage).await?.ok_or_else(ApiError::not_found)?;
    let pictures = passes_read::pictures(&mut tx, controller.as_str(), (&row.site, &row.node), passage).await?;
    tx.commit().await?;
    Ok(Json(PassDetail {
        pass: PassView::from(&row),
        body: stored_json(&row.body),
        evidence: pictures.iter().map(Picture::from).collect(),
    }))
}
