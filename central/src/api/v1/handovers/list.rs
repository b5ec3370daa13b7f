//! `GET /api/v1/handovers`: the latest changes of shift, and what the guard before left to be known.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::auth::Authz;
use crate::store::handovers::{self, HandoverRow};

const MOST: i64 = 20;

/// Changes of shift.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandoverList {
    /// The latest first.
    pub items: Vec<HandoverView>,
    /// Always null: there is one page.
    pub next: Option<String>,
}

/// A change of shift.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandoverView {
    /// Who went.
    pub from: String,
    /// Who came.
    pub to: String,
    /// When.
    pub at: Moment,
    /// How many people waited for a decision then.
    pub waiting: i64,
    /// What the next guard had to know.
    pub note: Option<String>,
}

impl From<HandoverRow> for HandoverView {
    fn from(row: HandoverRow) -> Self {
        Self { from: row.from, to: row.to, at: Moment::of(row.at), waiting: row.waiting, note: row.note }
    }
}

/// The latest changes of shift.
#[utoipa::path(get, path = "/api/v1/handovers", tag = "gates",
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Changes of shift", body = HandoverList)))]
pub(crate) async fn list_handovers(
    authz: Authz,
    State(people): State<Arc<People>>,
) -> Result<Json<HandoverList>, ApiError> {
    let mut conn = people.db().read().await?;
    let rows = handovers::latest(&mut conn, authz.controller().as_str(), MOST).await?;
    Ok(Json(HandoverList { items: rows.into_iter().map(HandoverView::from).collect(), next: None }))
}
