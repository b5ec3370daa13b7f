//! Cameras: how they are, what they show at this moment, and the lines drawn on their picture.

/// `POST /api/v1/cameras/{site}/{node}/{camera}/clear-still`
pub(crate) mod clear_still;
/// `GET /api/v1/cameras/{site}/{node}/{camera}/lines`
pub(crate) mod lines;
/// `GET /api/v1/cameras`
pub(crate) mod list;
/// `PUT /api/v1/cameras/{site}/{node}/{camera}/lines`
pub(crate) mod set_lines;
/// `POST /api/v1/cameras/{site}/{node}/{camera}/still`
pub(crate) mod still;
#[cfg(test)]
mod tests;
/// `POST /api/v1/cameras/{site}/{node}/{camera}/lines/preview`
pub(crate) mod try_lines;

use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::ids::{CameraName, ControllerName, NodeAddress, WishId};
use contract::wish::NoStill;

use crate::api::{ApiError, People};
use crate::devices::{NotAsked, StillPicture};
use crate::fleet::{self, CameraInForce};
use crate::store::{fleet as fleet_table, nodes_read};

/// Says when the frame of a still was captured, RFC 3339.
const CAPTURED_AT: HeaderName = HeaderName::from_static(contract::wish::CAPTURED_AT_HEADER);

/// A camera of this controller, as its node has it. One behind a site's own centre is told from one that is not there.
async fn camera_of(
    conn: &mut sqlx::AnyConnection,
    controller: &ControllerName,
    node: &NodeAddress,
    camera: &CameraName,
) -> Result<CameraInForce, ApiError> {
    let known = fleet_table::node(conn, node).await?.filter(|node| node.revoked_at.is_none());
    let known = known.ok_or_else(ApiError::not_found)?;
    if known.via.is_some() {
        let reported = nodes_read::cameras(conn, controller.as_str()).await?;
        let here = |row: &nodes_read::CameraRow| {
            row.site == node.site.as_str() && row.node == node.node.as_str() && row.camera == camera.as_str()
        };
        return Err(if reported.iter().any(here) { behind_site() } else { ApiError::not_found() });
    }
    let found = fleet::camera_in_force(conn, node, camera).await?;
    found.filter(|found| found.camera.controller == *controller).ok_or_else(ApiError::not_found)
}

fn behind_site() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "behind_site",
        "Camera này thuộc trung tâm tại điểm: hãy xem và chỉnh ngay trên bàn điều khiển tại điểm đó.",
    )
}

fn new_wish(people: &People) -> WishId {
    WishId(people.means.ids.next(people.now()))
}

/// Why a wish has no answer, for whoever asked.
fn not_asked(why: NotAsked) -> ApiError {
    match why {
        NotAsked::TooOften => too_often(),
        NotAsked::Silent => ApiError::new(
            StatusCode::GATEWAY_TIMEOUT,
            "node_silent",
            "Thiết bị không trả lời trong 8 giây. Hãy xem thiết bị có kết nối không, rồi thử lại.",
        ),
    }
}

fn too_often() -> ApiError {
    ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_often", "Camera này vừa được hỏi. Hãy chờ hai giây rồi thử lại.")
}

/// Why a node has no still, for whoever asked.
fn no_still(why: NoStill) -> ApiError {
    let (code, message) = match why {
        NoStill::NoFrame => (
            "camera_dark",
            "Camera không có hình mới: có thể mất kết nối hoặc vừa khởi động. Hãy xem tình trạng camera trong danh sách.",
        ),
        NoStill::NoCamera => (
            "no_camera",
            "Thiết bị chưa chạy camera này: gói cấu hình có thể chưa được áp dụng. Hãy chờ một phút rồi thử lại.",
        ),
        NoStill::TooOften => return too_often(),
    };
    ApiError::new(StatusCode::CONFLICT, code, message)
}

/// The answer with the picture: for this one asking, to be kept by nobody on the way.
fn hand_on(picture: StillPicture) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (CAPTURED_AT, picture.captured_at().to_rfc3339()),
    ];
    (headers, picture.into_answer()).into_response()
}
