//! The console: its files lie in the program itself (`web/build` makes them). They hold no data and need no session. Every screen
//! has an address of one word that gives the same page; scripts and styles are named by their hash and kept for a year.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};
use tower_http::compression::CompressionLayer;

use super::People;

#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
#[exclude = ".made-of"]
#[exclude = "manifest.json"]
struct Files;

/// Kept for good: another content has another name.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// Asked for again each time, so that a new version is seen at once.
const ASKED_AGAIN: &str = "no-cache";

/// The console's routes.
pub(crate) fn router() -> Router<Arc<People>> {
    Router::new()
        .route("/", get(page))
        .route("/{screen}", get(page))
        .route("/icon.svg", get(|| async { file("icon.svg", ASKED_AGAIN) }))
        .route(
            "/assets/{name}",
            get(|Path(name): Path<String>| async move { file(&format!("assets/{name}"), FOR_GOOD) }),
        )
        .layer(CompressionLayer::new().gzip(true))
}

async fn page() -> Response {
    if Files::get("index.html").is_none() {
        let words = "Trung tâm này được dựng mà không có giao diện: hãy chạy ./setup rồi dựng lại.\n\
                     This centre was built without its console: run ./setup, then build again.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, words).into_response();
    }
    file("index.html", ASKED_AGAIN)
}

fn file(name: &str, caching: &'static str) -> Response {
    let Some(EmbeddedFile { data, .. }) = Files::get(name) else { return StatusCode::NOT_FOUND.into_response() };
    let media_type = match name.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, caching)], data).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::Bench;
    use crate::store::testing::on_one_engine;

    #[tokio::test]
    async fn every_screen_is_one_page_without_inline_code_and_its_files_are_kept_for_good() {
        on_one_engine(|db| async move {
            let bench = Bench::new(db).await;
            let get = async |path: &str| bench.send("GET", path, &[], None).await;
            let page = get("/").await;
            assert_eq!(page.status, StatusCode::OK, "run central/web/build, then build again");
            assert_eq!(page.headers[header::CACHE_CONTROL], ASKED_AGAIN);
            assert_eq!(get("/desk").await.bytes, page.bytes, "a screen's address gives the page");
            let text = String::from_utf8(page.bytes.to_vec()).unwrap();
            assert!(!text.contains("<style") && !text.contains("style="), "{text}");
            let scripts: Vec<&str> = text.split("<script").skip(1).collect();
            assert!(
                !scripts.is_empty() && scripts.iter().all(|s| s.contains("src=\"/assets/") && s.contains("></script>"))
            );
            let files: Vec<&str> = text.split('"').filter(|part| part.starts_with("/assets/")).collect();
            assert!(files.len() >= 2, "a script and a style: {files:?}");
            for name in files {
                let answer = get(name).await;
                assert_eq!(
                    (answer.status, &answer.headers[header::CACHE_CONTROL]),
                    (StatusCode::OK, &FOR_GOOD.parse().unwrap())
                );
            }
            for path in ["/assets/nothing.js", "/assets/..%2Findex.html", "/manifest.json/x", "/desk/x"] {
                assert_eq!(get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        })
        .await;
    }
}
