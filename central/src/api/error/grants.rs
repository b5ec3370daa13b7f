//! What an officer is told when a step of a grant is not taken, or a grant gives nothing.

use axum::http::StatusCode;

use super::ApiError;
use crate::vehicles::GrantFault;

impl From<GrantFault> for ApiError {
    fn from(fault: GrantFault) -> Self {
        use StatusCode as S;
        let (status, code, message) = match fault {
            GrantFault::WindowTooLong => {
                (S::BAD_REQUEST, "window_too_long", "Khoảng thời gian của một phê duyệt tối đa 7 ngày.")
            }
            GrantFault::EmptyWindow => (S::BAD_REQUEST, "empty_window", "Thời điểm cuối phải sau thời điểm đầu."),
            GrantFault::LivesTooLong => (S::BAD_REQUEST, "lives_too_long", "Phê duyệt có hiệu lực từ 1 đến 7 ngày."),
            GrantFault::SamePerson => {
                (S::CONFLICT, "same_person", "Người đề nghị không được tự phê duyệt: cần cán bộ thứ hai.")
            }
            GrantFault::NotAsked => (S::CONFLICT, "not_asked", "Đề nghị này không còn chờ phê duyệt."),
            GrantFault::Ended => (S::CONFLICT, "grant_ended", "Đề nghị này đã kết thúc."),
            GrantFault::CaseChanged => (
                S::CONFLICT,
                "case_changed",
                "Hồ sơ đã thay đổi hoặc đã kết thúc từ khi đề nghị. Hãy lập đề nghị mới nếu vẫn cần.",
            ),
            GrantFault::CaseWithoutPlate => {
                (S::CONFLICT, "case_without_plate", "Hồ sơ không có biển số hoặc đã kết thúc: không thể đề nghị.")
            }
            GrantFault::NotYours => (
                S::FORBIDDEN,
                "grant_not_yours",
                "Chỉ người đề nghị và người phê duyệt được tra cứu theo phê duyệt này.",
            ),
            GrantFault::Over => (S::CONFLICT, "grant_over", "Phê duyệt chưa có, đã hết hạn hoặc đã bị rút."),
            GrantFault::HasItsPlate => (
                S::BAD_REQUEST,
                "grant_has_its_plate",
                "Tra cứu theo phê duyệt chỉ tìm biển số của hồ sơ: không nhập biển số.",
            ),
            GrantFault::Outside => (S::BAD_REQUEST, "outside_grant", "Địa điểm hoặc thời gian nằm ngoài phê duyệt."),
        };
        Self::new(status, code, message)
    }
}
