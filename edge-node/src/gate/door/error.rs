//! What can go wrong with a door, each case saying which door, and whether it may have opened all the same. No text here
//! holds an address beyond host and port, a user or a password.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;

use contract::ids::DoorName;

/// What was asked of the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Open once.
    Open,
    /// Say that a person decided against it.
    Deny,
    /// Stay shut a while longer.
    Hold,
    /// Let go until held again.
    Release,
}

impl Asked {
    /// As in metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Deny => "deny",
            Self::Hold => "hold",
            Self::Release => "release",
        }
    }

    const fn doing(self) -> &'static str {
        match self {
            Self::Open => "opening",
            Self::Deny => "telling of a denial to",
            Self::Hold => "holding",
            Self::Release => "releasing",
        }
    }
}

/// A door did not do what was asked, or did not say so. Nothing of this is ever tried again with the same order.
#[derive(Debug, thiserror::Error)]
#[error("{} door {door} failed", .asked.doing())]
pub struct DoorError {
    /// Which door.
    pub door: DoorName,
    /// What was asked.
    pub asked: Asked,
    /// The device may have acted all the same: what was asked had left the node, and the device did not refuse.
    pub may_have_acted: bool,
    /// What is wrong.
    #[source]
    pub trouble: Trouble,
}

/// What is wrong with a door.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// No answer in time.
    #[error("the device gave no answer within {within_ms} ms")]
    TimedOut {
        /// The door's `timeout_ms`.
        within_ms: u32,
    },
    /// Nobody there, or the connection broke.
    #[error("the device at {place} cannot be reached")]
    Unreachable {
        /// Host and port.
        place: String,
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// The name led to an address outside the private ranges that the settings do not list.
    #[error("{host} leads to {address}, which is neither private nor in the door's `allow`")]
    ForbiddenAddress {
        /// Host of the settings.
        host: String,
        /// Where it led.
        address: IpAddr,
    },
    /// The device said no.
    #[error("the device refused: {words}")]
    Refused {
        /// Its words, shortened.
        words: String,
    },
    /// The order's deadline passed first; nothing was sent.
    #[error("the order came too late: its deadline has passed and nothing was sent")]
    TooLate,
    /// Another order is on its way to this door; nothing was sent.
    #[error("another order is on its way to this door")]
    Busy,
    /// The device took the order, but its state never said that it acted.
    #[error("the device took the order but does not say that it acted; it says: {said}")]
    Unconfirmed {
        /// What its state said last, shortened.
        said: String,
    },
    /// The device's answer is none of its protocol.
    #[error("the device's answer cannot be read: {what}")]
    Unreadable {
        /// What is wrong with it.
        what: String,
    },
    /// This kind of door cannot do that.
    #[error("this door cannot do that")]
    Unsupported,
}

impl Trouble {
    /// A short name, for results of commands and for metrics.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TimedOut { .. } => "timed_out",
            Self::Unreachable { .. } => "unreachable",
            Self::ForbiddenAddress { .. } => "forbidden_address",
            Self::Refused { .. } => "refused",
            Self::TooLate => "too_late",
            Self::Busy => "busy",
            Self::Unconfirmed { .. } => "unconfirmed",
            Self::Unreadable { .. } => "unreadable",
            Self::Unsupported => "unsupported",
        }
    }

    /// For the guard's screen.
    #[must_use]
    pub const fn vietnamese(&self) -> &'static str {
        match self {
            Self::TimedOut { .. } => "bộ điều khiển cửa không trả lời kịp",
            Self::Unreachable { .. } => "không kết nối được bộ điều khiển cửa",
            Self::ForbiddenAddress { .. } => "địa chỉ bộ điều khiển cửa không được phép",
            Self::Refused { .. } => "bộ điều khiển cửa từ chối lệnh",
            Self::TooLate => "lệnh đã quá hạn nên không gửi",
            Self::Busy => "cửa đang thực hiện một lệnh khác",
            Self::Unconfirmed { .. } => "cửa nhận lệnh nhưng không báo là đã mở",
            Self::Unreadable { .. } => "không hiểu trả lời của bộ điều khiển cửa",
            Self::Unsupported => "cửa này không làm được việc đó",
        }
    }

    /// Is it certain that the device did nothing?
    pub(super) const fn is_certain_no(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::TooLate | Self::Busy | Self::Unsupported)
    }

    pub(super) fn unreachable(place: impl fmt::Display, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unreachable { place: place.to_string(), source: source.into() }
    }
}

/// A device's own words for a log or a screen: one short line, without what the node keeps secret, should the device
/// have repeated it.
pub(super) fn words(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "***");
    }
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 200 { line.chars().take(200).chain(['…']).collect() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::chain;

    #[test]
    fn an_error_names_the_door_and_what_was_done_and_its_cause_comes_after() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        let error = DoorError {
            door: "gate-1".parse().unwrap(),
            asked: Asked::Open,
            may_have_acted: false,
            trouble: Trouble::unreachable("10.0.0.5:80", refused),
        };
        assert_eq!(error.to_string(), "opening door gate-1 failed");
        let whole = chain(&error).to_string();
        assert!(whole.contains("the device at 10.0.0.5:80 cannot be reached") && whole.contains("refused"), "{whole}");
    }

    #[test]
    fn words_of_a_device_are_one_short_line_without_secrets() {
        assert_eq!(words("no\r\n\tway,  hunter2 \u{1b}[31m", &["hunter2", ""]), "no way, *** [31m");
        assert_eq!(words(&"a".repeat(500), &[]).chars().count(), 201);
    }
}
