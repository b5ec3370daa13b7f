//! `GET /healthz`: the process answers and reaches its store. Says nothing else.

use std::sync::Arc;

use axum::extract::State;

use crate::api::{ApiError, People};

/// Answers `ok`.
#[utoipa::path(get, path = "/healthz", tag = "service",
    responses((status = 200, description = "It answers", body = String, content_type = "text/plain"),
        (status = 503, description = "The store is away", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_health(State(people): State<Arc<People>>) -> Result<&'static str, ApiError> {
    drop(people.db().read().await?);
    Ok("ok")
}
