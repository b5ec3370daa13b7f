//! `GET /api/v1/openapi.json`: the document made from the router.

use std::sync::Arc;

use axum::Extension;
use axum::http::header;
use axum::response::IntoResponse;

/// The document as text, made once.
#[derive(Debug, Clone)]
pub(crate) struct Document(pub Arc<str>);

/// The OpenAPI document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "service",
    responses((status = 200, description = "The document", content_type = "application/json")))]
pub(crate) async fn get_openapi(Extension(Document(text)): Extension<Document>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], text.to_string())
}
