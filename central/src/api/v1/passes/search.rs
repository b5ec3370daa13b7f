//! `POST /api/v1/passes/search`: vehicles at one place within at most 24 hours. A search, so that a plate never stands in a
//! URL; on record before the answer leaves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PassView;
use crate::api::extract::Body;
use crate::api::{ApiError, People, cursor};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::passes_read::{self, PassSearch};
use crate::vehicles::{PassQuery, Sought};

/// What is looked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PassSearchRequest {
    /// One place.
    pub site: String,
    /// First moment, RFC 3339.
    pub from: String,
    /// Moment after the last, RFC 3339; at most 24 hours later.
    pub to: String,
    /// A whole plate.
    pub key: Option<String>,
    /// The last five characters of a plate.
    pub last5: Option<String>,
    /// Rows of a page, 1..200; 50 if not given.
    pub limit: Option<i64>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// A page of passages, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassPage {
    /// The passages.
    pub items: Vec<PassView>,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// Look for vehicles.
#[utoipa::path(post, path = "/api/v1/passes/search", tag = "passes", request_body = PassSearchRequest,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "A page of passages", body = PassPage),
        (status = 400, description = "More than one place, more than 24 hours, a wildcard", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn search_passes(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<PassSearchRequest>,
) -> Result<Json<PassPage>, ApiError> {
    let query = PassQuery::read(&asked.site, &asked.from, &asked.to, asked.key.as_deref(), asked.last5.as_deref())?;
    let after = asked.cursor.as_deref().map(cursor::decode).transpose()?;
    let limit = cursor::limit(asked.limit);
    let (key, last5) = match &query.sought {
        Sought::Anything => ("", ""),
        Sought::Key(key) => (key.as_str(), ""),
        Sought::Last5(tail) => ("", tail.as_str()),
    };
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "passes.search")
        .with_place(query.site.as_str(), query.from, query.to)
        .with_subject(query.subject());
    audit::append(&mut tx, authz.controller(), people.now(), entry).await?;
    let mut rows = passes_read::search(
        &mut tx,
        &PassSearch {
            controller: authz.controller().as_str(),
            site: query.site.as_str(),
            from: query.from.0,
            to: query.to.0,
            key,
            last5,
            after,
            limit: limit + 1,
        },
    )
    .await?;
    tx.commit().await?;
    let next = cursor::cut(&mut rows, limit, |row| (row.first_seen, row.passage_id));
    Ok(Json(PassPage { items: rows.iter().map(PassView::from).collect(), next }))
}
