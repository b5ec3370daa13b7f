//! Pictures in answers: what is listed of them, and how the bytes go out. Who may see one is decided before, by passage or
//! case; a hash alone opens nothing.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::store::passes_read::PictureRow;

/// A picture that belongs to a passage or a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Picture {
    /// What it shows: `frame`, `plate_crop`, `before`, `after`.
    pub role: String,
    /// Its hash, as made on the node.
    pub sha256: String,
    /// Its size.
    pub bytes: i64,
    /// `stored` when it can be fetched here.
    pub state: String,
    /// When that frame was captured.
    pub captured_at: Moment,
}

impl From<&PictureRow> for Picture {
    fn from(row: &PictureRow) -> Self {
        Self {
            role: row.role.clone(),
            sha256: row.sha256.to_string(),
            bytes: row.size_bytes,
            state: row.state.clone(),
            captured_at: Moment::of(row.captured_at),
        }
    }
}

/// The state of a picture that can be looked at no more.
pub(crate) const LOST: &str = "lost";

/// The picture of this role, if it is here already.
pub(crate) fn choose(pictures: Vec<PictureRow>, role: &str) -> Result<PictureRow, ApiError> {
    let picture = pictures.into_iter().find(|p| p.role == role).ok_or_else(ApiError::not_found)?;
    if picture.state == LOST {
        return Err(ApiError::new(
            axum::http::StatusCode::NOT_FOUND,
            "picture_lost",
            "Hình ảnh đã mất: thiết bị biên không còn giữ và trung tâm chưa nhận được.",
        ));
    }
    if picture.state != "stored" {
        return Err(ApiError::new(
            axum::http::StatusCode::NOT_FOUND,
            "not_uploaded",
            "Hình ảnh chưa được gửi về trung tâm.",
        ));
    }
    Ok(picture)
}

/// The answer with the bytes; it may leave only once the record that they were asked for is committed. What type they are says the
/// centre: a type from the node's own words could make a page with scripts of a picture, in an officer's session. The
/// sandbox does the same for bytes that are none.
pub(crate) async fn answer(people: &People, picture: &PictureRow) -> Result<Response, ApiError> {
    let bytes = people.pictures.read(picture.sha256).await?.ok_or_else(ApiError::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
    ];
    Ok((headers, bytes).into_response())
}
