//! What a guard is told when a step of a visit is not taken.

use axum::http::StatusCode;

use super::ApiError;
use crate::visits::VisitFault;

impl From<VisitFault> for ApiError {
    fn from(fault: VisitFault) -> Self {
        use StatusCode as S;
        let (status, code, message) = match fault {
            VisitFault::Changed => (
                S::CONFLICT,
                "visit_changed",
                "Lượt khách này đã thay đổi từ khi được mở (bảo vệ khác vừa ghi). Hãy xem lại.",
            ),
            VisitFault::Over => (S::CONFLICT, "visit_over", "Khách này đã ra về hoặc đã bị từ chối."),
            VisitFault::Decided => (S::CONFLICT, "visit_decided", "Bảo vệ đã quyết định về lượt khách này."),
            VisitFault::NobodyToCall => {
                (S::CONFLICT, "nobody_to_call", "Lượt khách chưa ghi người tiếp: hãy chọn người tiếp trong danh sách.")
            }
            VisitFault::NotCalled => (S::CONFLICT, "not_called", "Chưa ghi việc gọi người tiếp: hãy gọi trước."),
            VisitFault::AlreadySaid => (S::CONFLICT, "already_said", "Quyết định này đã được ghi."),
            VisitFault::ReasonNeeded => (
                S::BAD_REQUEST,
                "reason_needed",
                "Người tiếp chưa đồng ý tiếp: hãy ghi lý do cho vào (từ 5 đến 300 ký tự).",
            ),
        };
        Self::new(status, code, message)
    }
}
