//! The one error envelope, and the one place where errors become statuses and words. No database text, no path, no value a
//! client did not send leaves here; faults of ours are logged once, with their cause, and answered with a bare sentence.

mod grants;
mod lists;
mod visits;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use contract::settings::Fault;
use serde::Serialize;
use utoipa::ToSchema;

use super::state::PictureError;
use crate::auth::{AuthError, Must, PasswordError};
use crate::cases::{CaseError, HeldError, Unanswered};
use crate::forward::TellError;
use crate::people::{IMPORT_ROWS, ImportError, OfficeError, SpreadsheetError, StateFault};
use crate::store::StoreError;
use crate::vehicles::PassQueryError;
use crate::visits::DecisionFault;

/// What a client is told when something is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    faults: Vec<Fault>,
}

/// The envelope of every error.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorEnvelope {
    /// The error.
    pub error: ErrorBody,
}

/// An error.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    /// For programs: stable, snake_case.
    pub code: String,
    /// For people, Vietnamese.
    pub message: String,
    /// Every fault of what was sent, where there are several; left out otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub faults: Vec<FaultView>,
}

/// One fault of what was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FaultView {
    /// Where: `lines[0].points`.
    pub key: String,
    /// What is wrong and what to do, Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

impl ApiError {
    /// An error of this status, code and sentence.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), faults: Vec::new() }
    }

    /// What was sent has these faults.
    pub(crate) fn faulty(faults: Vec<Fault>) -> Self {
        let message = "Nội dung gửi lên có lỗi: xem từng lỗi.";
        Self { faults, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "faults", message) }
    }

    /// Something in the request is not of its form.
    pub fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// One's own password, asked for inside a session, was wrong: that ends no session, so it is no 401.
    pub(crate) fn of_own_password(error: AuthError) -> Self {
        match error {
            AuthError::WrongCredentials => {
                Self::new(StatusCode::FORBIDDEN, "wrong_password", "Mật khẩu hiện tại không đúng.")
            }
            other => other.into(),
        }
    }

    /// There is no such thing, or none this controller has: the two are not told apart.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "Không tìm thấy.")
    }

    /// A fault of ours.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = chain(error), "a request failed by a fault of ours");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Hệ thống gặp lỗi. Lỗi đã được ghi lại.")
    }

    /// It took too long.
    pub fn timeout() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", "Hệ thống đang bận. Vui lòng thử lại.")
    }

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }
}

/// An error and its causes in one line. Store errors carry no values of rows in their own text; the driver's text stays in
/// our log.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text.push_str(": ");
        text.push_str(&source.to_string());
        cause = source.source();
    }
    text
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let faults = self.faults.into_iter().map(|f| FaultView { key: f.key, vi: f.vi, en: f.en }).collect();
        let body = ErrorEnvelope { error: ErrorBody { code: self.code.to_owned(), message: self.message, faults } };
        (self.status, Json(body)).into_response()
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.worth_retrying() {
            tracing::warn!(error = chain(&error), "the store is out of reach");
            return Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "store_away",
                "Kho dữ liệu tạm thời không truy cập được. Vui lòng thử lại.",
            );
        }
        Self::internal(&error)
    }
}

impl From<TellError> for ApiError {
    fn from(error: TellError) -> Self {
        match error {
            TellError::Store(error) => error.into(),
            TellError::Event(_) => Self::internal(&error),
        }
    }
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> Self {
        use StatusCode as S;
        match error {
            AuthError::WrongCredentials => {
                Self::new(S::UNAUTHORIZED, "wrong_credentials", "Tên đăng nhập hoặc mật khẩu không đúng.")
            }
            AuthError::LockedOut => Self::new(
                S::TOO_MANY_REQUESTS,
                "locked_out",
                "Đăng nhập sai quá nhiều lần. Vui lòng thử lại sau 15 phút.",
            ),
            AuthError::NotSignedIn => Self::new(S::UNAUTHORIZED, "not_signed_in", "Vui lòng đăng nhập."),
            AuthError::SessionEnded => {
                Self::new(S::UNAUTHORIZED, "session_ended", "Phiên làm việc đã hết. Vui lòng đăng nhập lại.")
            }
            AuthError::Csrf => Self::new(S::FORBIDDEN, "csrf", "Yêu cầu không đến từ trang của hệ thống."),
            AuthError::Forbidden => {
                Self::new(S::FORBIDDEN, "forbidden", "Vai trò của tài khoản không được phép làm việc này.")
            }
            AuthError::PersonNeeded => {
                Self::new(S::FORBIDDEN, "person_needed", "Chỉ cán bộ có tên, đăng nhập trực tiếp, mới được quyết định.")
            }
            AuthError::ControllerNeeded => {
                Self::bad_request("controller_needed", "Tài khoản có vai trò ở nhiều đơn vị: hãy chọn một đơn vị.")
            }
            AuthError::Locked => Self::new(S::LOCKED, "screen_locked", "Màn hình đang khoá: nhập PIN để mở."),
            AuthError::NoPin => {
                Self::new(S::CONFLICT, "no_pin", "Tài khoản chưa đặt PIN: hãy đặt PIN trước khi khoá màn hình.")
            }
            AuthError::WrongPin => Self::new(S::FORBIDDEN, "wrong_pin", "PIN không đúng."),
            AuthError::BadPin => {
                Self::bad_request("bad_pin", "PIN gồm 4 đến 8 chữ số, không phải toàn một chữ số lặp lại.")
            }
            AuthError::CodeNeeded => {
                Self::new(S::UNAUTHORIZED, "code_needed", "Tài khoản này cần thêm mã xác thực trên điện thoại.")
            }
            AuthError::WrongCode => Self::new(
                S::UNAUTHORIZED,
                "wrong_code",
                "Mã xác thực không đúng hoặc đã dùng. Hãy chờ mã mới rồi nhập lại.",
            ),
            AuthError::First(Must::ChangePassword) => {
                Self::new(S::FORBIDDEN, "password_change_needed", "Hãy đổi mật khẩu được cấp trước khi làm việc khác.")
            }
            AuthError::First(Must::EnrolSecondFactor) => Self::new(
                S::FORBIDDEN,
                "second_factor_needed",
                "Tài khoản quản trị phải đăng ký mã xác thực trước khi làm việc khác.",
            ),
            AuthError::HasSecondFactor => {
                Self::new(S::CONFLICT, "has_second_factor", "Tài khoản đã đăng ký mã xác thực.")
            }
            AuthError::NoSecondFactor => {
                Self::new(S::CONFLICT, "no_second_factor", "Chưa bắt đầu đăng ký mã xác thực. Hãy làm lại từ đầu.")
            }
            AuthError::SamePassword => Self::bad_request("same_password", "Mật khẩu mới phải khác mật khẩu đang dùng."),
            AuthError::OwnAccount => {
                Self::new(S::FORBIDDEN, "own_account", "Không ai tự đổi quyền hoặc tự khóa tài khoản của mình.")
            }
            AuthError::OtherBodies => Self::new(
                S::FORBIDDEN,
                "other_bodies",
                "Tài khoản còn vai trò ở đơn vị mà bạn không quản trị. Tại đây chỉ gỡ được vai trò ở đơn vị này.",
            ),
            AuthError::LastAdministrator => Self::new(
                S::CONFLICT,
                "last_administrator",
                "Đây là quản trị cuối cùng của đơn vị. Hãy thêm một quản trị khác trước.",
            ),
            AuthError::ProgramAdministrator => {
                Self::bad_request("program_administrator", "Tài khoản của chương trình không thể là quản trị.")
            }
            AuthError::BadName => {
                Self::bad_request("bad_name", "Tên đăng nhập gồm 2 đến 40 ký tự: a–z, 0–9, dấu chấm, dấu gạch ngang.")
            }
            AuthError::NameTaken => Self::new(S::CONFLICT, "name_taken", "Tên đăng nhập này đã có."),
            AuthError::NoSuchAccount => Self::not_found(),
            AuthError::NoRole => Self::bad_request(
                "no_role",
                "Tài khoản cần ít nhất một vai trò. Không dùng nữa thì hãy khóa tài khoản.",
            ),
            AuthError::Password(fault) => {
                let (code, message) = match fault {
                    PasswordError::TooShort => ("password_short", "Mật khẩu phải có ít nhất 14 ký tự."),
                    PasswordError::TooLong => ("password_long", "Mật khẩu quá dài."),
                    PasswordError::FewClasses => {
                        ("password_classes", "Mật khẩu cần có chữ thường, chữ hoa, chữ số và ký tự khác.")
                    }
                    PasswordError::ContainsName => ("password_name", "Mật khẩu không được chứa tên đăng nhập."),
                    PasswordError::Hashing => return Self::internal(&fault),
                };
                Self::bad_request(code, message)
            }
            AuthError::Store(error) => error.into(),
        }
    }
}

impl From<CaseError> for ApiError {
    fn from(error: CaseError) -> Self {
        use StatusCode as S;
        let (status, code, message) = match error {
            CaseError::AlreadyDecided => (S::CONFLICT, "already_decided", "Hồ sơ đã có quyết định."),
            CaseError::Changed { .. } => {
                (S::CONFLICT, "case_changed", "Hồ sơ đã thay đổi từ khi được mở. Hãy xem lại.")
            }
            CaseError::NoEvidence => (S::CONFLICT, "no_evidence", "Hồ sơ không có hình ảnh để xác nhận."),
            CaseError::OtherEvidence => {
                (S::PRECONDITION_FAILED, "other_evidence", "Hình ảnh nêu ra không phải là hình ảnh của hồ sơ.")
            }
            CaseError::NotServed => {
                (S::PRECONDITION_FAILED, "evidence_not_served", "Có hình ảnh của hồ sơ chưa được mở trong phiên này.")
            }
            CaseError::TimeBarred => (S::CONFLICT, "time_barred", "Đã hết thời hiệu xử phạt."),
            CaseError::EvidenceLost => (
                S::CONFLICT,
                "evidence_lost",
                "Một hình ảnh của hồ sơ đã mất nên không thể xác nhận. Chỉ có thể loại bỏ (lý do: Không đủ chứng cứ).",
            ),
            CaseError::NotConfirmed => (S::CONFLICT, "not_confirmed", "Hồ sơ chưa được xác nhận."),
            CaseError::NoticeSentAlready => {
                (S::CONFLICT, "notice_sent_already", "Thông báo của hồ sơ này đã được ghi nhận là đã gửi.")
            }
            CaseError::NoticeMoment => (
                S::BAD_REQUEST,
                "bad_notice_moment",
                "Thời điểm gửi thông báo phải sau khi xác nhận và không ở tương lai.",
            ),
            CaseError::NoteTooLong => (S::BAD_REQUEST, "note_too_long", "Ghi chú quá dài."),
        };
        Self::new(status, code, message)
    }
}

impl From<HeldError> for ApiError {
    fn from(error: HeldError) -> Self {
        let (code, message) = match error {
            HeldError::Leased(lease) => (
                "held_by_other",
                format!("Cán bộ {} đang xử lý hồ sơ này (đến {}).", lease.holder.name, lease.until.to_vietnamese()),
            ),
            HeldError::Assigned(given) => {
                ("assigned_to_other", format!("Hồ sơ này đã được giao cho cán bộ {}.", given.officer.name))
            }
        };
        Self::new(StatusCode::CONFLICT, code, message)
    }
}

impl From<Unanswered> for ApiError {
    fn from(_: Unanswered) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "checklist_open",
            "Danh mục kiểm tra của ngày xảy ra hành vi chưa được trả lời đủ. Hãy xem lại.",
        )
    }
}

impl From<PassQueryError> for ApiError {
    fn from(error: PassQueryError) -> Self {
        use PassQueryError as E;
        let (code, message) = match error {
            E::NotOneSite => ("one_site", "Hãy chọn đúng một địa điểm."),
            E::NotAMoment => ("bad_moment", "Thời điểm phải theo RFC 3339."),
            E::EmptyWindow => ("empty_window", "Thời điểm cuối phải sau thời điểm đầu."),
            E::WindowTooLong => {
                ("window_too_long", "Mỗi lần tra cứu tối đa 24 giờ. Khoảng dài hơn cần được phê duyệt.")
            }
            E::Wildcard => ("wildcard", "Không dùng ký tự đại diện: nhập cả biển số hoặc năm ký tự cuối."),
            E::NotAPlate => ("not_a_plate", "Biển số gồm 4 đến 12 chữ và số."),
            E::NotFive => ("not_five", "Cần đúng năm ký tự cuối của biển số."),
            E::BothGiven => ("key_or_last5", "Chỉ nhập biển số hoặc năm ký tự cuối."),
        };
        Self::bad_request(code, message)
    }
}

impl From<OfficeError> for ApiError {
    fn from(error: OfficeError) -> Self {
        use StatusCode as S;
        match error {
            OfficeError::Refused { faults, pictures } => {
                let words = faults.iter().map(ToString::to_string);
                let pictures = pictures
                    .iter()
                    .filter(|picture| !picture.good)
                    .map(|picture| format!("ảnh {}: {}", picture.number, picture.words.join(" ")));
                let all: Vec<String> = words.chain(pictures).collect();
                Self::new(S::UNPROCESSABLE_ENTITY, "not_taken", format!("Chưa nhận đăng ký: {}", all.join("; ")))
            }
            OfficeError::NotFound => Self::not_found(),
            OfficeError::State(fault) => {
                let (code, message) = match fault {
                    StateFault::SamePerson => {
                        ("same_person", "Người đề nghị không được tự phê duyệt: cần cán bộ thứ hai.")
                    }
                    StateFault::NotProposed => ("not_proposed", "Đăng ký này không còn chờ phê duyệt."),
                    StateFault::NotApproved => ("not_approved", "Đăng ký này chưa được phê duyệt."),
                    StateFault::Ended => ("ended", "Đăng ký này đã kết thúc."),
                    StateFault::Over => ("over", "Thời hạn của đăng ký đã hết."),
                };
                Self::new(S::CONFLICT, code, message)
            }
            OfficeError::WatchListFull => {
                Self::new(S::CONFLICT, "list_full", "Danh sách cần chú ý đã đủ số mục cho phép: hãy rút bớt mục cũ.")
            }
            OfficeError::RowIsThere => Self::new(S::CONFLICT, "row_is_there", "Dòng này đã được nhập."),
            OfficeError::Store(error) => error.into(),
            OfficeError::Gallery(crate::people::GalleryFault::Store(error)) => error.into(),
            OfficeError::Worker(error) => {
                tracing::error!(error = chain(&error), "enrolment pictures could not be judged");
                Self::new(
                    S::SERVICE_UNAVAILABLE,
                    "worker_away",
                    "Chương trình kiểm tra ảnh không chạy được. Vui lòng thử lại.",
                )
            }
            error @ (OfficeError::Vault(_) | OfficeError::Gallery(_)) => Self::internal(&error),
        }
    }
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Spreadsheet(SpreadsheetError::Kind(_)) => {
                Self::bad_request("bad_spreadsheet", "Tệp phải là .csv (UTF-8) hoặc .xlsx.")
            }
            ImportError::Spreadsheet(_) => Self::bad_request(
                "bad_spreadsheet",
                "Không đọc được tệp: cần .csv mã UTF-8 hoặc .xlsx không có mật khẩu.",
            ),
            ImportError::Columns(missing) => {
                Self::bad_request("bad_columns", format!("Dòng đầu phải ghi tên các cột. Còn thiếu: {missing}."))
            }
            ImportError::TooMany(rows) => Self::bad_request(
                "too_many_rows",
                format!("Tệp có {rows} dòng; mỗi lần nhập tối đa {IMPORT_ROWS} dòng."),
            ),
            ImportError::Office(error) => error.into(),
        }
    }
}

impl From<DecisionFault> for ApiError {
    fn from(fault: DecisionFault) -> Self {
        use StatusCode as S;
        let (status, code, message) = match fault {
            DecisionFault::Over => (S::CONFLICT, "arrival_over", "Người này đã rời cổng."),
            DecisionFault::Changed => {
                (S::CONFLICT, "arrival_changed", "Tình hình tại cổng đã thay đổi từ khi được mở. Hãy xem lại.")
            }
            DecisionFault::NotServed => {
                (S::PRECONDITION_FAILED, "look_not_served", "Hãy xem ảnh tại cổng trước khi cho vào.")
            }
            DecisionFault::NobodyNamed => {
                (S::CONFLICT, "nobody_named", "Hệ thống không nhận là người nào trong danh sách.")
            }
            DecisionFault::Replayed => (S::CONFLICT, "replayed", "Lượt này lấy từ tệp, không thể quyết định."),
            DecisionFault::AnsweredOtherwise => {
                (S::CONFLICT, "already_decided", "Một bảo vệ khác đã quyết định lượt này.")
            }
        };
        Self::new(status, code, message)
    }
}

impl From<PictureError> for ApiError {
    fn from(error: PictureError) -> Self {
        Self::internal(&error)
    }
}

/// For every path there is no route for.
pub(crate) async fn not_found() -> ApiError {
    ApiError::not_found()
}

/// For every method a path does not have.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Đường dẫn này không nhận phương thức đó.")
}
