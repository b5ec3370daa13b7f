//! What an officer is told when an entry of a list of plates is not taken, or a step of it not made.

use axum::http::StatusCode;

use super::ApiError;
use crate::vehicles::ListFault;

impl From<ListFault> for ApiError {
    fn from(fault: ListFault) -> Self {
        use StatusCode as S;
        let (status, code, message) = match fault {
            ListFault::Plate(fault) => return fault.into(),
            ListFault::Places => (S::BAD_REQUEST, "no_such_site", "Hãy chọn từ 1 đến 20 địa điểm của đơn vị."),
            ListFault::Keeper => {
                (S::BAD_REQUEST, "keeper_needed", "Đơn vị, người theo dõi (bắt buộc, từ 2 đến 100 ký tự).")
            }
            ListFault::Reason => (S::BAD_REQUEST, "reason_needed", "Lý do (bắt buộc, từ 5 đến 300 ký tự)."),
            ListFault::EndsBefore => (S::BAD_REQUEST, "ends_before", "Thời hạn phải ở tương lai."),
            ListFault::EndsTooLate => (S::BAD_REQUEST, "ends_too_late", "Thời hạn của một mục tối đa 184 ngày."),
            ListFault::Full => (
                S::CONFLICT,
                "list_full",
                "Danh sách xe của đơn vị đã đủ 200 mục còn hiệu lực hoặc chờ phê duyệt: hãy rút bớt mục cũ.",
            ),
            ListFault::AlreadyListed => {
                (S::CONFLICT, "already_listed", "Biển số này đã có trong danh sách tại một trong các địa điểm đã chọn.")
            }
            ListFault::OwnEntry => {
                (S::CONFLICT, "own_entry", "Người đề nghị không được tự phê duyệt: cần cán bộ thứ hai.")
            }
            ListFault::NotProposed => (S::CONFLICT, "not_proposed", "Mục này không còn chờ phê duyệt."),
            ListFault::TooLong => (
                S::CONFLICT,
                "too_long",
                "Mục xe cần chú ý ở nhiều địa điểm có hiệu lực tối đa 7 ngày kể từ khi phê duyệt; mục khác tối đa 184 ngày. \
                 Hãy đề nghị lại với thời hạn ngắn hơn.",
            ),
            ListFault::Ended => (S::CONFLICT, "entry_ended", "Mục này đã kết thúc."),
        };
        Self::new(status, code, message)
    }
}
