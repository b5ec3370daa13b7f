//! `GET /api/v1/arrivals/{id}/look`: the picture of whoever stands at a gate, out of the node's memory, for one pair of eyes.
//! The centre asks the node for it, hands it on and keeps nothing; that it was asked for is on record before, that it was
//! served to this session just before its bytes leave.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::ids::{LookId, PassageId};

use super::{decided_here, is_open, node_of};
use crate::api::extract::PathId;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::store::arrivals as table;
use crate::visits::Look;

/// Names the picture's hash, which a decision quotes.
const LOOK_HEADER: HeaderName = HeaderName::from_static("x-chilang-look");

/// The picture of whoever stands there.
#[utoipa::path(get, path = "/api/v1/arrivals/{id}/look", tag = "gates",
    params(("id" = uuid::Uuid, Path, description = "The arrival"),
        ("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "The picture; x-chilang-look holds its hash", content_type = "image/jpeg"),
        (status = 409, description = "The gate is decided at its own site", body = crate::api::error::ErrorEnvelope),
        (status = 404, description = "The node holds none, or the person has left", body = crate::api::error::ErrorEnvelope),
        (status = 504, description = "The node did not send it in three seconds", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn get_look(
    authz: Authz,
    State(people): State<Arc<People>>,
    PathId(id): PathId,
) -> Result<Response, ApiError> {
    let controller = authz.controller();
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    decided_here(&mut tx, &node_of(&row)?).await?;
    if row.look.is_none() || !is_open(&row) || row.replayed {
        return Err(not_held());
    }
    audit::append(&mut tx, controller, people.now(), Entry::by(&authz, "arrivals.look").with_object(id)).await?;
    tx.commit().await?;
    let look = LookId(people.means.ids.next(people.now()));
    let picture = match people.desk.look(&node_of(&row)?, PassageId(id), look).await {
        Look::Picture(picture) => picture,
        Look::NotHeld => return Err(not_held()),
        Look::Silent => {
            return Err(ApiError::new(
                StatusCode::GATEWAY_TIMEOUT,
                "look_timeout",
                "Thiết bị không gửi được ảnh trong 3 giây. Hãy kiểm tra trực tiếp tại cổng.",
            ));
        }
    };
    let sha256 = picture.sha256();
    let mut tx = people.write().await?;
    table::note_look(&mut tx, authz.session().session_id, id, &sha256, people.now().0).await?;
    tx.commit().await?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (LOOK_HEADER, sha256.to_string()),
    ];
    Ok((headers, picture.into_answer()).into_response())
}

fn not_held() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "no_look", "Thiết bị không còn giữ ảnh của lượt này.")
}
