//! Why a suspicion is thrown out: an enumerated reason, so that the causes can be counted and mended. Labels are the
//! words officers use (domain 2.5).

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest free note to a rejection.
pub const NOTE_MAX_CHARS: usize = 500;

/// Why there is no case here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// Mờ, không đọc được biển số.
    PlateUnreadable,
    /// Xe ưu tiên.
    PriorityVehicle,
    /// Theo hiệu lệnh của cảnh sát giao thông.
    DirectedByPolice,
    /// Tín hiệu đèn lỗi.
    SignalFault,
    /// Sai làn do tổ chức giao thông tạm.
    TemporaryArrangement,
    /// Trùng lặp.
    Duplicate,
    /// Không đủ chứng cứ.
    NotEnoughEvidence,
    /// Nhận dạng sai.
    WrongRecognition,
    /// Biển quân đội hoặc nước ngoài.
    MilitaryOrForeign,
    /// Ngoài phạm vi thời gian.
    OutsideTime,
}

/// A text was no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is no reason for a rejection")]
pub struct UnknownReason;

impl RejectionReason {
    /// All of them, in the order forms list them.
    pub const ALL: [Self; 10] = [
        Self::PlateUnreadable,
        Self::PriorityVehicle,
        Self::DirectedByPolice,
        Self::SignalFault,
        Self::TemporaryArrangement,
        Self::Duplicate,
        Self::NotEnoughEvidence,
        Self::WrongRecognition,
        Self::MilitaryOrForeign,
        Self::OutsideTime,
    ];

    /// As stored and as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PlateUnreadable => "plate_unreadable",
            Self::PriorityVehicle => "priority_vehicle",
            Self::DirectedByPolice => "directed_by_police",
            Self::SignalFault => "signal_fault",
            Self::TemporaryArrangement => "temporary_arrangement",
            Self::Duplicate => "duplicate",
            Self::NotEnoughEvidence => "not_enough_evidence",
            Self::WrongRecognition => "wrong_recognition",
            Self::MilitaryOrForeign => "military_or_foreign",
            Self::OutsideTime => "outside_time",
        }
    }

    /// As screens show it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::PlateUnreadable => "Mờ, không đọc được biển số",
            Self::PriorityVehicle => "Xe ưu tiên",
            Self::DirectedByPolice => "Theo hiệu lệnh của cảnh sát giao thông",
            Self::SignalFault => "Tín hiệu đèn lỗi",
            Self::TemporaryArrangement => "Sai làn do tổ chức giao thông tạm thời",
            Self::Duplicate => "Trùng lặp",
            Self::NotEnoughEvidence => "Không đủ chứng cứ",
            Self::WrongRecognition => "Nhận dạng sai",
            Self::MilitaryOrForeign => "Biển quân đội hoặc nước ngoài",
            Self::OutsideTime => "Ngoài phạm vi thời gian",
        }
    }
}

impl FromStr for RejectionReason {
    type Err = UnknownReason;
    fn from_str(text: &str) -> Result<Self, UnknownReason> {
        Self::ALL.into_iter().find(|r| r.as_str() == text).ok_or(UnknownReason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_read_back_and_have_different_labels() {
        let mut labels = std::collections::BTreeSet::new();
        for reason in RejectionReason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), serde_json::json!(reason.as_str()));
            assert!(labels.insert(reason.label()));
        }
        assert_eq!("because".parse::<RejectionReason>(), Err(UnknownReason));
    }
}
