//! The bare live page, until the console shows passing vehicles too: three files out of the program itself. No script or style stands in the
//! page, so that the content policy can forbid both.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use super::People;

/// The page's routes. They hold no data and need no session.
pub(crate) fn router() -> Router<Arc<People>> {
    Router::new()
        .route("/live", get(|| async { file("text/html; charset=utf-8", include_str!("../../web/live/index.html")) }))
        .route(
            "/live.js",
            get(|| async { file("text/javascript; charset=utf-8", include_str!("../../web/live/live.js")) }),
        )
        .route("/live.css", get(|| async { file("text/css; charset=utf-8", include_str!("../../web/live/live.css")) }))
}

fn file(media_type: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type)], text)
}
