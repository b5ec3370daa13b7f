//! How moments look in answers: RFC 3339 in UTC for programs, and the words people read.

use contract::clock::UtcMicros;
use serde::Serialize;
use utoipa::ToSchema;

use super::ApiError;

/// A moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Moment {
    /// RFC 3339, UTC.
    pub utc: String,
    /// `dd/mm/yyyy HH:MM:SS`, Asia/Ho_Chi_Minh.
    pub text: String,
}

impl From<UtcMicros> for Moment {
    fn from(at: UtcMicros) -> Self {
        Self { utc: at.to_rfc3339(), text: at.to_vietnamese() }
    }
}

impl Moment {
    /// From a stored column.
    #[must_use]
    pub(crate) fn of(micros: i64) -> Self {
        UtcMicros(micros).into()
    }
}

/// A moment a client gave, RFC 3339.
pub(crate) fn moment(text: &str) -> Result<UtcMicros, ApiError> {
    UtcMicros::from_rfc3339(text)
        .filter(|at| at.is_plausible())
        .ok_or_else(|| ApiError::bad_request("bad_moment", "Thời điểm phải theo RFC 3339."))
}

/// Text the store holds as JSON, as JSON again; null when it is not.
#[must_use]
pub(crate) fn stored_json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or(serde_json::Value::Null)
}
